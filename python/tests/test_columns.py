"""Tables in and out: of Polars, pandas, PyArrow and DuckDB, to the figures of the same table filed as CSV."""

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import prioritise
import pyarrow as pa
import pytest

RULES = """
[ruleset]
name = "Columns"
version = "1"
ties = ["harm"]

[evidence.thefts]
kind = "count"
title = "Recorded thefts"
[evidence.harm]
kind = "number"
title = "Days of imprisonment"
[evidence.repeats]
kind = "answer"
title = "Whether the same people suffer it again"

[[criterion]]
id = "thefts"
title = "Volume"
question = "How many?"
weight = 2
measure = "thefts"
unit = "thefts"
decimals = 0
direction = "higher-is-worse"
value = { points = [[0, 0], [10, 0.2], [50, 0.5], [200, 0.8], [500, 1]] }
missing = "worst"
because = "{measure}"

[[criterion]]
id = "harm"
title = "Harm"
question = "How much?"
weight = 3
measure = "harm"
unit = "days"
decimals = 1
direction = "higher-is-worse"
value = { relative = "min-max" }
missing = "neutral"
because = "{measure}"

[[gate]]
id = "again"
title = "Again"
when = "repeats == true"
effect = "include"
reason = "The same people suffer it again."

[[tier]]
id = "first"
title = "First"
places = 3
[[tier]]
id = "rest"
title = "The others"
"""

ASSESSMENT = """
[assessment]
title = "Columns"
partnership = "Ours"
period = "2025"
rules = "rules"
[[source]]
id = "police"
title = "Police figures"
[[table]]
file = "table.csv"
id = "id"
title = "name"
kind = "place"
[table.column.thefts]
header = "thefts"
kind = "count"
period = "2025"
source = "police"
where = "Table 1"
[table.column.harm]
header = "harm"
kind = "number"
source = "police"
where = "Table 2"
[table.column.repeats]
header = "repeats"
kind = "answer"
source = "police"
where = "Table 3"
"""

COLUMNS = {
    "thefts": {"kind": "count", "period": "2025", "source": "police", "where": "Table 1"},
    "harm": {"kind": "number", "source": "police", "where": "Table 2"},
    "repeats": {"kind": "answer", "source": "police", "where": "Table 3"},
}
SOURCES = {"police": "Police figures"}


def frame(rows: int) -> pl.DataFrame:
    random = np.random.default_rng(2026)
    harm = random.integers(0, 5000, rows) / 10
    return pl.DataFrame(
        {
            "id": [f"n{number:06}" for number in random.permutation(rows)],
            "name": [f"Place {number}" for number in range(rows)],
            "thefts": [None if number % 11 == 0 else int(number) for number in random.integers(0, 600, rows)],
            "harm": [None if at % 13 == 0 else float(number) for at, number in enumerate(harm)],
            "repeats": [None if number % 7 == 0 else bool(number % 50 == 1) for number in range(rows)],
            "unread": ["x"] * rows,
        }
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "ruleset.toml").write_text(RULES)
    (tmp_path / "assessment.toml").write_text(ASSESSMENT)
    table = frame(400).with_columns(pl.col("repeats").replace_strict({True: "yes", False: "no"}, default=None))
    table.drop("unread").write_csv(tmp_path / "table.csv")
    return tmp_path


def given(kind: str, table: pl.DataFrame) -> Any:
    match kind:
        case "polars":
            return table
        case "chunks":
            return pl.concat([table[:100], table[100:101], table[101:]], rechunk=False)
        case "pandas":
            return table.to_pandas(use_pyarrow_extension_array=True)
        case "pyarrow":
            return table.to_arrow()
        case "reader":
            return table.to_arrow().to_reader(max_chunksize=64)
        case "categories":
            return table.with_columns(pl.col("name").cast(pl.Categorical))
        case _:
            return duckdb.from_arrow(table.to_arrow())


@pytest.mark.parametrize("kind", ["polars", "chunks", "pandas", "pyarrow", "reader", "categories", "duckdb"])
def test_a_table_makes_the_list_that_its_csv_makes(folder: Path, kind: str) -> None:
    filed = prioritise.load(folder)
    ranking = filed.rules.rank(given(kind, frame(400)), title="name", kind="place", columns=COLUMNS, sources=SOURCES)
    expected = filed.rank()
    assert ranking.rows(0, 400) == expected.rows(0, 400)
    assert {row["gates"] == ["again"] for row in ranking.rows(0, 400)} == {True, False}
    assert ranking.notes == ["the column `unread` is not read: no rule reads it"]
    assert pl.DataFrame(ranking).equals(pl.DataFrame(expected))


def test_a_list_is_a_table_of_every_library(folder: Path) -> None:
    ranking = prioritise.load(folder).rank()
    table = pa.table(ranking)
    assert table.column("id").to_pylist() == [row["id"] for row in ranking.rows(0, 400)]
    assert table.num_rows == len(ranking) == 400
    assert pd.DataFrame.from_arrow(ranking)["total"].notna().sum() == table.num_rows - table.column("total").null_count
    assert duckdb.from_arrow(table).count("*").fetchall() == [(400,)]
    assert pl.DataFrame(ranking).schema["thefts missing"] == pl.Boolean
    assert pa.schema(ranking).names == table.column_names


def test_parquet_and_arrow_files_in_and_out(folder: Path) -> None:
    rules = prioritise.load(folder).rules
    frame(400).write_parquet(folder / "table.parquet")
    frame(400).write_ipc(folder / "table.arrow")
    in_memory = rules.rank(frame(400), columns=COLUMNS, sources=SOURCES)
    for table in (pl.read_parquet(folder / "table.parquet"), pl.read_ipc(folder / "table.arrow")):
        ranking = rules.rank(table, columns=COLUMNS, sources=SOURCES)
        assert ranking.rows(0, 400) == in_memory.rows(0, 400)
    relation = duckdb.sql(f"select * from '{folder}/table.parquet'")
    assert rules.rank(relation, columns=COLUMNS, sources=SOURCES).rows(0, 400) == in_memory.rows(0, 400)
    pl.DataFrame(in_memory).write_parquet(folder / "list.parquet")
    assert pl.read_parquet(folder / "list.parquet").equals(pl.DataFrame(in_memory))


def test_ids_may_be_whole_numbers(folder: Path) -> None:
    rules = prioritise.load(folder).rules
    ranking = rules.rank(pl.DataFrame({"id": [3, 1, 2], "thefts": [1, 2, 3], "harm": [1.0, 2.0, 3.0]}), columns={"thefts": COLUMNS["thefts"]}, sources=SOURCES)
    assert [row["id"] for row in ranking.rows()] == ["2", "1", "3"]
    assert ranking.notes == ["nothing is declared of the column `harm`: it is taken as a number without an interval"]


def test_an_undeclared_column_of_another_kind_is_refused(folder: Path) -> None:
    rules = prioritise.load(folder).rules
    with pytest.raises(prioritise.Problems) as raised:
        rules.rank(frame(20))
    assert raised.value.code == "wrong-kind"
    assert (raised.value.file, raised.value.problems[-1].text) == ("columns in memory", "thefts")


def test_what_is_wrong_with_cells_and_declarations(folder: Path) -> None:
    rules = prioritise.load(folder).rules
    table = frame(20).with_columns(thefts=pl.lit(-1))
    with pytest.raises(prioritise.Problems) as raised:
        rules.rank(table, columns=COLUMNS, sources=SOURCES)
    assert raised.value.code == "negative"
    assert "and 15 more cells of this column" in str(raised.value)
    with pytest.raises(ValueError, match="unknown field `knd`"):
        rules.rank(frame(20), columns={"thefts": {"knd": "count"}})
    with pytest.raises(prioritise.Problems, match="there is no column headed `name2`"):
        rules.rank(frame(20), title="name2")
    with pytest.raises(TypeError):
        rules.rank([1, 2, 3])  # type: ignore[arg-type]


def test_rules_alone_rank(folder: Path) -> None:
    rules = prioritise.load_rules(folder / "rules", period="2025")
    assert len(rules.rank(frame(50), columns=COLUMNS, sources=SOURCES)) == 50


def test_a_notebook_shows_the_list_with_marks(folder: Path) -> None:
    shown = prioritise.load(folder).rank()._repr_html_()
    assert "400 candidates, ranked by Columns 1" in shown and "350 more are not shown" in shown
    assert shown.count("<svg") == 50 and "<circle" in shown and "<rect" in shown
    assert "&lt;" not in shown


def test_what_is_typed_is_no_markup(folder: Path) -> None:
    table = frame(20).with_columns(name=pl.lit("<script>alert(1)</script>"))
    ranking = prioritise.load(folder).rules.rank(table, title="name", columns=COLUMNS, sources=SOURCES)
    assert "<script>" not in ranking._repr_html_() and "&lt;script&gt;" in ranking._repr_html_()


def test_the_package_needs_none_of_these_libraries(folder: Path) -> None:
    code = (
        "import sys\n"
        "for name in ('numpy', 'pandas', 'polars', 'pyarrow'): sys.modules[name] = None\n"
        f"import prioritise; print(len(prioritise.load({str(folder)!r}).rank().rows(0, 1000)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "400\n"


def test_other_threads_go_on_meanwhile(folder: Path) -> None:
    rules = prioritise.load(folder).rules
    table = frame(100_000)
    done = threading.Event()

    def rank() -> None:
        rules.rank(table, columns=COLUMNS, sources=SOURCES)
        done.set()

    ticks = 0
    thread = threading.Thread(target=rank)
    thread.start()
    while not done.wait(0.001):
        ticks += 1
    thread.join()
    assert ticks > 5
