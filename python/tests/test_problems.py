"""What is wrong raises, with code, file, line and how to mend it."""

import shutil
from pathlib import Path

import prioritise
import pytest


def broken(tmp_path: Path) -> Path:
    folder = tmp_path / "starter"
    shutil.copytree("fixtures/starter", folder)
    return folder


def test_a_misspelt_key_is_told_at_its_line(tmp_path: Path) -> None:
    folder = broken(tmp_path)
    rules = folder / "rules" / "ruleset.toml"
    text = rules.read_text()
    rules.write_text(text.replace("direction", "dirction", 1))
    with pytest.raises(prioritise.Problems) as raised:
        prioritise.load(folder)
    first = raised.value.problems[0]
    assert (first.code, first.severity, first.file) == ("unknown-key", "error", str(rules))
    assert first.line == text[: text.index("direction")].count("\n") + 1
    assert (raised.value.code, raised.value.line, raised.value.help) == (first.code, first.line, first.help)
    assert "unknown-key" in str(raised.value)
    # `check` gives problems, and raises none.
    assert "unknown-key" in [problem.code for problem in raised.value.problems]


def test_what_is_edited_counts_at_once(tmp_path: Path) -> None:
    folder = broken(tmp_path)
    ours = prioritise.load(folder)
    before = ours.rank()
    rules = folder / "rules" / "ruleset.toml"
    rules.write_text(rules.read_text().replace('direction', 'dirction', 1))
    with pytest.raises(prioritise.Problems):
        ours.rank()
    assert [problem.code for problem in ours.check().problems if problem.severity == "error"][0] == "unknown-key"
    assert before.to_dict()["ranking"]


def test_an_id_that_nobody_has() -> None:
    with pytest.raises(prioritise.Problems) as raised:
        prioritise.load("fixtures/starter").explain("burglry")
    assert raised.value.code == "unknown-id"
    assert "burglary" in (raised.value.help or "")


def test_a_folder_that_is_not_there() -> None:
    with pytest.raises(prioritise.Problems) as raised:
        prioritise.load("fixtures/nowhere")
    assert (raised.value.code, raised.value.file) == ("file-missing", None)


def test_a_wrong_argument_is_said() -> None:
    with pytest.raises(prioritise.Problems) as raised:
        prioritise.command("rank", "--foo")
    assert "--foo" in str(raised.value) and raised.value.problems == ()


def test_new_makes_a_folder_once(tmp_path: Path) -> None:
    ours = prioritise.new(tmp_path / "ours")
    assert len(ours.rank()) == len(ours.candidates)
    with pytest.raises(prioritise.Problems):
        prioritise.new(tmp_path / "ours")


def test_a_result_is_saved_and_never_over_its_input(tmp_path: Path) -> None:
    folder = broken(tmp_path)
    prioritise.load(folder).rank().save(tmp_path / "list.csv")
    assert (tmp_path / "list.csv").read_bytes() == prioritise.load(folder).rank().format("csv")
    with pytest.raises(prioritise.Problems) as raised:
        prioritise.load(folder).rank().save(tmp_path / "list.pdf")
    assert raised.value.code == "bad-value"
