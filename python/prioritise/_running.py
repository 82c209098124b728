"""The command, called in this process."""

from __future__ import annotations

import os

from ._prioritise import call
from ._problems import Problem, Problems, read

WRONG = 2


def command(*arguments: str | os.PathLike[str]) -> bytes:
    """Runs any command of `prioritise` in this process, and gives its result: `command("history", "2024", "2025")`.

    What it would print on a terminal is what it gives, to the byte. Raises `Problems` where the input or the arguments are
    wrong. The answer no, as of `check` and `test`, raises nothing.
    """
    return run(*arguments)[1]


def run(*arguments: str | os.PathLike[str]) -> tuple[int, bytes, tuple[Problem, ...]]:
    """Runs a command; its exit code, its result, and the warnings beside it.

    Raises `Problems` where the exit code says that something is wrong and there is no result that says it.
    """
    code, result, told = call([*arguments, "--error-format", "json"])
    if code == WRONG and not result:
        raise Problems.of_lines(told)
    return code, result, tuple(read(told)[0])


def options(**given: object) -> list[str]:
    """Options of a command: those that are None are left out, and True stands alone."""
    words: list[str] = []
    for name, value in given.items():
        option = "--" + name.replace("_", "-")
        match value:
            case None | False:
                continue
            case True:
                words.append(option)
            case list() | tuple():
                for item in value:
                    words += [option, os.fspath(item) if isinstance(item, os.PathLike) else str(item)]
            case os.PathLike():
                words += [option, os.fspath(value)]
            case _:
                words += [option, str(value)]
    return words
