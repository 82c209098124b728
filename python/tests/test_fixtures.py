"""Every method gives the bytes that the command prints, of every fixture."""

from pathlib import Path

import prioritise
import pytest
from conftest import FIXTURES, files, said


@pytest.fixture(params=FIXTURES)
def folder(request: pytest.FixtureRequest) -> str:
    return f"fixtures/{request.param}"


def test_rank(folder: str) -> None:
    ranking = prioritise.load(folder).rank()
    assert ranking.json() == said("rank", folder, "--format", "json")
    for format in ("text", "csv", "long-csv"):
        assert ranking.format(format) == said("rank", folder, "--format", format)
    listed = ranking.to_dict()["ranking"]
    assert len(ranking) == len(listed)
    for row, entry in zip(ranking.rows(0, len(ranking)), listed, strict=True):
        assert (row["rank"], row["id"], row["title"], row["tier"]) == (entry["rank"], entry["id"], entry["title"], entry["tier"])
        assert row["total"] == entry["total"]
        if entry["range"]:
            assert (row["least"], row["most"]) == (entry["range"]["lower"], entry["range"]["upper"])
        fired = [gate["id"] for gate in [entry["gate"], *entry["other_gates"], entry.get("lead_gate")] if gate]
        assert row["gates"][: len(fired)] == fired
        for part in entry["contributions"]:
            name = part["criterion"]
            assert row[f"{name} value"] == part["value"]
            assert row[f"{name} missing"] == (part["missing"] is not None)
            brings = next(key for key in ("points", "factor", "score") if f"{name} {key}" in row)
            assert row[f"{name} {brings}"] == part[brings]


def test_papers(folder: str) -> None:
    ranking = prioritise.load(folder).rank()
    assert ranking.format("markdown") == said("rank", folder, "--format", "markdown")
    assert ranking.format("html") == said("rank", folder, "--format", "html")


def test_explain(folder: str) -> None:
    assessment = prioritise.load(folder)
    for candidate in assessment.candidates[:4]:
        explanation = assessment.explain(candidate)
        assert explanation.json() == said("explain", folder, candidate, "--format", "json")
        assert explanation.text().encode() == said("explain", folder, candidate)
        assert "<table" in explanation._repr_html_()
    first, second = assessment.candidates[:2]
    if assessment.rank().to_dict()["rules"].get("per") is None:
        against = assessment.explain(first, against=second)
        assert against.json() == said("explain", folder, first, "--against", second, "--format", "json")


def test_check(folder: str) -> None:
    check = prioritise.load(folder).check()
    assert check.json() == said("check", folder, "--format", "json")
    assert check.text().encode() == said("check", folder)
    assert len(check.problems) == len(check.to_dict()["problems"])
    assert check.is_clean == (check.to_dict()["warnings"] == 0)


def test_sensitivity(folder: str) -> None:
    if (per := prioritise.load(folder).rank().to_dict()["rules"].get("per")) is not None:
        pytest.skip(f"a list for each {per}")
    found = prioritise.load(folder).sensitivity(vary="both", draws=100, seed=7)
    asked = ["sensitivity", folder, "--vary", "both", "--draws", "100", "--seed", "7", "--format"]
    assert found.json() == said(*asked, "json")
    assert found.format("csv") == said(*asked, "csv")


def test_record_and_verify(folder: str, tmp_path: Path) -> None:
    stated = ["--date", "2026-11-02", "--by", "Analyst"]
    printed = said("record", folder, "-o", tmp_path / "by-command", *stated).decode().strip()
    digest = prioritise.load(folder).record(tmp_path / "by-python", date="2026-11-02", by="Analyst")
    assert digest == printed
    assert files(tmp_path / "by-python") == files(tmp_path / "by-command")
    found = prioritise.verify(tmp_path / "by-python")
    assert found.holds
    assert found.json() == said("verify", tmp_path / "by-python", "--format", "json")
    sealed = next((tmp_path / "by-python" / "data").rglob("*.toml"))
    sealed.write_bytes(sealed.read_bytes() + b"\n# altered\n")
    assert not prioritise.verify(tmp_path / "by-python").holds


def test_diff_and_choose() -> None:
    old, new = "fixtures/cambridgeshire-2014", "fixtures/starter"
    found = prioritise.load(old).diff(prioritise.load(new))
    assert found.json() == said("diff", old, new, "--format", "json")
    assert found.format("markdown") == said("diff", old, new, "--format", "markdown")
    chosen = prioritise.load("fixtures/huntingdonshire-2019").choose()
    assert chosen.json() == said("choose", "fixtures/huntingdonshire-2019", "--format", "json")


def test_any_command() -> None:
    assert prioritise.command("schema", "ranking") == said("schema", "ranking")
    assert prioritise.command("help", "codes") == said("help", "codes")
    assert prioritise.command("test", "fixtures/starter/rules") == said("test", "fixtures/starter/rules")
