"""The guide and the README: what they show is run."""

import re
from pathlib import Path
from typing import Any

import polars
import pytest
from conftest import ROOT

RULES = """
[ruleset]
name = "The guide's"
version = "1"
[evidence.thefts]
kind = "count"
title = "Thefts"
[evidence.worry]
kind = "percentage"
title = "Worry"
[[criterion]]
id = "thefts"
title = "Thefts"
question = "How many?"
weight = 1
measure = "thefts"
unit = "thefts"
decimals = 0
direction = "higher-is-worse"
value = { linear = { from = 0, to = 100 } }
missing = "neutral"
because = "{measure}"
[[criterion]]
id = "worry"
title = "Worry"
question = "How many?"
weight = 1
measure = "worry"
unit = "%"
decimals = 0
direction = "higher-is-worse"
value = { linear = { from = 0, to = 50 } }
missing = "neutral"
because = "{measure}"
[[tier]]
id = "all"
title = "All"
"""


def blocks(path: Path) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", path.read_text(), re.MULTILINE | re.DOTALL)


def test_the_readme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (only,) = blocks(ROOT / "python" / "README.md")
    exec(only, {})


def test_the_guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder, table = blocks(ROOT / "docs" / "python.md")
    exec(folder, {})
    (tmp_path / "ours" / "rules" / "ruleset.toml").write_text(RULES)
    frame = polars.DataFrame({"ward": ["a", "b"], "name": ["A", "B"], "thefts": [12, 40], "residents": [900, 1200], "worry": [31.5, None]})
    names: dict[str, Any] = {"prioritise": __import__("prioritise"), "polars": polars, "frame": frame}
    exec(table, names)
    assert [row["id"] for row in names["ranking"].rows()] == ["b", "a"]
    assert names["ranking"].notes == []
