"""Assessments in folders."""

from __future__ import annotations

import os
from collections.abc import Sequence

from ._prioritise import about
from ._results import Check, Explanation, Ranking, Result
from ._rules import Rules
from ._running import options, run

Path = str | os.PathLike[str]


def load(folder: Path = ".", *, rules: Path | None = None) -> Assessment:
    """Opens an assessment.

    `folder` has it, or is its `assessment.toml`; `rules` is the folder of another rule set than the one that it names.

    Raises `Problems` with all that is wrong in either.
    """
    return Assessment(folder, rules=rules)


def new(folder: Path) -> Assessment:
    """Makes a folder with a small made-up assessment to start from, and opens it.

    Raises `Problems` where there is something already.
    """
    run("new", folder, "--quiet")
    return Assessment(folder)


class Assessment:
    """An assessment and the rules that rank it. Each method reads the files as they stand."""

    title: str
    """The title on its cover."""
    partnership: str
    """The partnership that files it."""
    period: str
    """What it is about, in words: `April 2025 to March 2026`."""
    candidates: list[str]
    """The ids of its candidates, ascending."""
    rules: Rules
    """The rules that rank it, for tables of your own."""

    def __init__(self, folder: Path, *, rules: Path | None = None) -> None:
        self.folder = os.fspath(folder)
        self._rules = None if rules is None else os.fspath(rules)
        found = about(self.folder, self._rules)
        self.title, self.partnership, self.period = found["title"], found["partnership"], found["period"]
        self.candidates = found["candidates"]
        self.rules = Rules(found["rules_folder"], period=found["last_day"], partnership=self.partnership, people=found["people"])

    def __repr__(self) -> str:
        return f"<prioritise.Assessment {self.title!r}, {self.period}: {len(self.candidates)} candidates, {self.folder!r}>"

    def _own(self) -> list[str]:
        return [self.folder, *options(rules=self._rules)]

    def rank(self, *, area: str | None = None, public: bool = False, threads: int | None = None) -> Ranking:
        """Ranks the candidates.

        `area` is the code of one list, where the rules make several: its documents are of that list alone. `public` leaves out
        what may not be published. `threads` changes no byte of the list.

        Raises `Problems` where a script of the rules fails, or nothing may be published.
        """
        given = [*self._own(), *options(area=area, public=public, threads=threads)]
        return Ranking(self.folder, self._rules, threads, "rank", *given)

    def explain(self, candidate: str, *, against: str | None = None) -> Explanation:
        """Explains one candidate's place, by its id; `against` is another's, to say why one stands above the other.

        Raises `Problems` for an id that nobody has.
        """
        return Explanation("explain", self.folder, candidate, *options(rules=self._rules, against=against))

    def check(self, *, for_committee: bool = False) -> Check:
        """Looks for every problem in evidence and rules; `for_committee` asks for what a committee expects as well.

        Raises nothing for what it finds, not even for errors: these are in what it gives.
        """
        return Check("check", *self._own(), *options(for_committee=for_committee))

    def sensitivity(
        self,
        *,
        vary: str = "weights",
        weights: Path = "uniform",
        draws: int | None = None,
        seed: int | None = None,
        area: str | None = None,
        threads: int | None = None,
    ) -> Result:
        """Finds how much the list depends on weights and evidence.

        `vary` is `weights`, `evidence` or `both`; `weights` is `uniform`, `current` or a file of bounds. The same `seed` gives
        the same draws.
        """
        given = options(vary=vary, weights=weights, draws=draws, seed=seed, area=area, threads=threads)
        return Result("sensitivity", *self._own(), *given)

    def diff(self, other: Path | Assessment | None = None, *, rules: Path | Sequence[Path] | None = None) -> Result:
        """Finds what moved between this assessment and `other`, a later one or a record, and which change did it.

        Without `other` it is what other `rules` would move: one rule set against its own, or two of them.

        Raises `Problems` where there is nothing to compare with.
        """
        later = [other.folder if isinstance(other, Assessment) else os.fspath(other)] if other is not None else []
        own: Sequence[Path] = [rules] if isinstance(rules, str | os.PathLike) else list(rules or [])
        if self._rules is not None and not own and other is not None:
            own = [self._rules]
        return Result("diff", self.folder, *later, *options(rules=list(own)))

    def choose(
        self,
        *,
        year: str | None = None,
        curve: str | None = None,
        draws: int | None = None,
        seed: int | None = None,
        threads: int | None = None,
    ) -> Result:
        """Chooses the best set of the plan's actions for what there is.

        `year` is the year whose amounts count, `curve` the resource for which the best set is shown at every amount, and
        `draws` how often weights and evidence are drawn to see how often each action is chosen.

        Raises `Problems` where there is no plan.
        """
        return Result("choose", *self._own(), *options(year=year, curve=curve, draws=draws, seed=seed, threads=threads))

    def record(
        self,
        folder: Path,
        *,
        date: str | None = None,
        by: str | None = None,
        note: str | None = None,
        draws: int | None = None,
        seed: int | None = None,
        templates: Path | None = None,
        threads: int | None = None,
    ) -> str:
        """Seals assessment, rules and list in a new folder that anyone can check, and gives its digest.

        `date` is the day to state, `2020-02-14`, and `by` the role of whoever seals it: the clock is not read.

        Raises `Problems` where the folder exists, or something is wrong.
        """
        given = options(date=date, by=by, note=note, draws=draws, seed=seed, templates=templates, threads=threads)
        return run("record", *self._own(), "--output", folder, "--quiet", *given)[1].decode().strip()
