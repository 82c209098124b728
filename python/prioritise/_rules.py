"""Rule sets, for tables of your own."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any, Protocol

from ._prioritise import Table, rank_columns

Path = str | os.PathLike[str]


class Stream(Protocol):
    """Anything that lends its rows as Arrow: frames of Polars and pandas 3, PyArrow's tables, relations of DuckDB."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


def load_rules(folder: Path, *, period: str) -> Rules:
    """Opens the rule set in a folder. `period` says which values of its parameters are in force: `2025/26`, `2025-03`.

    Raises nothing yet: the rules are read when they rank.
    """
    return Rules(folder, period=period)


class Rules:
    """A rule set, for a period. It is read as it stands each time that it ranks."""

    def __init__(
        self,
        folder: Path,
        *,
        period: str,
        partnership: str = "Columns in memory",
        people: float | None = None,
    ) -> None:
        self.folder = os.fspath(folder)
        self.period = period
        """The period as the rules read it: that of the assessment ends on its last day."""
        self._partnership, self._people = partnership, people

    def __repr__(self) -> str:
        return f"<prioritise.Rules {self.folder!r} for {self.period}>"

    def rank(
        self,
        data: Stream,
        *,
        id: str = "id",
        title: str | None = None,
        area: str | None = None,
        kind: str | None = None,
        columns: Mapping[str, Mapping[str, Any]] | None = None,
        sources: Mapping[str, str] | None = None,
        people: float | None = None,
        period: str | None = None,
        threads: int | None = None,
    ) -> ColumnRanking:
        """Ranks a table, a candidate a row.

        `data` is anything with `__arrow_c_stream__`. `id`, `title` and `area` are the headers of the columns with each
        candidate's id (text or whole numbers; letters a to z, digits, `-`, `_` and `.`), title and area code; `kind` is what a
        row is, such as `crime` or `place`.

        `columns` declares evidence by name as `[table.column.NAME]` does: `{"thefts": {"kind": "count", "period": "2025",
        "population": "residents", "source": "police", "where": "Table 1"}}`, with `header` where that is another, and
        `sources` the documents by id. A column that the rules read and nobody declares is taken as a number without an
        interval, or as yes and no, and `notes` says so; one that no rule reads is left out, and `notes` says that too. A null
        is a missing answer, never zero. Text may say `<5` or `..`, where a figure is withheld.

        `people` is whom counts are set against; `period` what the figures are about, that of the rules unless told.

        Raises `Problems` with all that is wrong in rules, declarations and cells, and `ValueError` for a declaration with a
        key that none has. Python's lock is released meanwhile.
        """
        asked = {
            "rules": self.folder,
            "period": period or self.period,
            "heading": "Columns in memory",
            "partnership": self._partnership,
            "id": id,
            "title": title,
            "area": area,
            "kind": None if kind is None else json.dumps(kind),
            "people": people if people is not None else self._people,
            "sources": json.dumps(dict(sources or {})),
            "columns": json.dumps({name: dict(said) for name, said in (columns or {}).items()}),
        }
        return ColumnRanking(rank_columns(data, asked, threads))


class ColumnRanking:
    """A ranked table, itself an Arrow table with the columns of `Ranking`: `polars.DataFrame(ranking)`."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.notes: list[str] = table.notes
        """What a reader should know of the columns: which were not declared, and which no rule reads."""
        self.rules: str = table.rules
        """The name and version of the rules."""
        self.rules_digest: str = table.rules_digest
        """The digest of the rules."""

    def __len__(self) -> int:
        return len(self._table)

    def __repr__(self) -> str:
        return f"<prioritise.ColumnRanking of {len(self)} candidates by {self.rules}>"

    def rows(self, first: int = 0, most: int = 100) -> list[dict[str, Any]]:
        """Some rows of the table, each a dict by the names of its columns."""
        return self._table.rows(first, most)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        return self._table.__arrow_c_schema__()

    def _repr_html_(self) -> str:
        from ._html import ranking

        return ranking(self._table)
