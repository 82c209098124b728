"""What commands answer: each in every format that the command has."""

from __future__ import annotations

import json
import os
from typing import Any

from ._problems import Problem
from ._prioritise import call
from ._running import run


class Result:
    """What a command answers.

    Its JSON was made when the method was called. Another format is made when it is asked for, of the files as they stand then.
    """

    def __init__(self, *arguments: str | os.PathLike[str]) -> None:
        self._arguments = arguments
        self.warnings: tuple[Problem, ...]
        """What a reader should know before relying on it."""
        self._code, self._json, self.warnings = run(*arguments, "--format", "json")

    def json(self) -> bytes:
        """The answer as JSON, the bytes that the command prints. `prioritise schema` describes it."""
        return self._json

    def to_dict(self) -> dict[str, Any]:
        """The same as a dict."""
        whole: dict[str, Any] = json.loads(self._json)
        return whole

    def format(self, name: str) -> bytes:
        """The answer in another format of the command, such as `html`, `markdown`, `csv`, `xlsx` or `docx`.

        Raises `Problems` where the command has no such format.
        """
        if name == "json":
            return self._json
        return run(*self._arguments, "--format", name)[1]

    def text(self) -> str:
        """The answer as a terminal shows it, 80 columns wide."""
        return self.format("text").decode()

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the answer to a file, whose ending says the format. An existing file is replaced.

        Raises `Problems` where it can't be written, or would replace what it was made of.
        """
        run(*self._arguments, "-o", path)

    def __str__(self) -> str:
        return self.text()


class Ranking(Result):
    """A ranked list.

    It is an Arrow table as well, a candidate a row in the order of the list: `polars.DataFrame(ranking)`,
    `pyarrow.table(ranking)`, `pandas.DataFrame.from_arrow(ranking)`. Its columns are `rank` (from 1), `id`, `title`, `area`
    where candidates have one, `total` (points), `least` and `most` (what the total could be, in points), `tier` (the id),
    `standing` (in words), `gates` (ids), and for each criterion `NAME measure` (in its unit), `NAME value`, `NAME points` (or
    `factor`, `score`) and `NAME missing`.
    """

    def __init__(self, assessment: str, rules: str | None, threads: int | None, *arguments: str) -> None:
        from ._prioritise import rank_folder

        super().__init__(*arguments)
        self._table = rank_folder(assessment, rules, threads)

    def __len__(self) -> int:
        return len(self._table)

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


class Explanation(Result):
    """Why one candidate is where it is, and what would change that."""

    def _repr_html_(self) -> str:
        from ._html import explanation

        return explanation(self.to_dict())


class Check(Result):
    """Every problem that was found in evidence and rules."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All of them: errors, warnings, notes."""
        return tuple(Problem(**problem) for problem in self.to_dict()["problems"])

    @property
    def is_clean(self) -> bool:
        """Whether there is no error and no warning among them."""
        return self._code == 0

    def text(self) -> str:
        """The problems with the lines that they are in, and how many there are of what."""
        _, result, told = call(self._arguments)
        return result.decode() or told


class Verification(Result):
    """What could be proven of a record."""

    @property
    def holds(self) -> bool:
        """Whether the record is unaltered and was made again, and signed by those whom you trust."""
        return self._code == 0
