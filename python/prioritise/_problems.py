"""What is wrong in files, tables and arguments."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, where, and how to mend it."""

    code: str
    """The stable name of its kind: `unknown-key`. `prioritise help CODE` says more."""
    severity: str
    """`error`, `warning` or `note`."""
    message: str
    """What is wrong."""
    file: str | None
    """The file; None where it is in none that could be read."""
    line: int | None
    """The line where it begins, from 1."""
    column: int | None
    """The column where it begins, from 1."""
    end_line: int | None
    """The line where it ends."""
    end_column: int | None
    """The column behind its end."""
    text: str | None
    """What stands there."""
    help: str | None
    """How to mend it; None where the message says it."""

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}: " if self.file and self.line else ""
        mend = f"\n  {self.help}" if self.help else ""
        return f"{place}{self.message} [{self.code}]{mend}"


class Problems(Exception):
    """What stops the engine: every problem that it found, not the first one alone.

    `problems` has each; `code`, `file`, `line` and `help` are those of the first error. Warnings stand among them where there
    are errors as well.
    """

    problems: tuple[Problem, ...]

    def __init__(self, problems: tuple[Problem, ...], said: str = "") -> None:
        super().__init__(problems, said)
        self.problems = problems
        self.said = said
        """What was said where it is no problem of a file: a wrong argument."""

    @classmethod
    def of_lines(cls, told: str) -> Problems:
        """The exception of what a command told, a problem a line as JSON."""
        problems, said = read(told)
        return cls(tuple(problems), said)

    def _first(self) -> Problem | None:
        errors = (problem for problem in self.problems if problem.severity == "error")
        return next(errors, self.problems[0] if self.problems else None)

    @property
    def code(self) -> str | None:
        """The code of the first error."""
        first = self._first()
        return first.code if first else None

    @property
    def file(self) -> str | None:
        """The file of the first error."""
        first = self._first()
        return first.file if first else None

    @property
    def line(self) -> int | None:
        """The line of the first error, from 1."""
        first = self._first()
        return first.line if first else None

    @property
    def help(self) -> str | None:
        """How to mend the first error."""
        first = self._first()
        return first.help if first else None

    def __str__(self) -> str:
        return "\n".join([str(problem) for problem in self.problems] + ([self.said.strip()] if self.said else []))


def read(told: str) -> tuple[list[Problem], str]:
    """The problems among what a command told, and what else it said."""
    problems, said = [], []
    for line in told.splitlines(keepends=True):
        if line.startswith('{"code"'):
            problems.append(Problem(**json.loads(line)))
        else:
            said.append(line)
    return problems, "".join(said)
