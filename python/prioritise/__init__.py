"""Turns a community safety partnership's evidence into priorities that it can defend.

Three lines make a list::

    import prioritise
    prioritise.new("ours")
    prioritise.load("ours").rank()

`load` opens an assessment: a folder of evidence with the rules that rank it. What is wrong in either raises `Problems`, each
with its code, file, line and how to mend it. `Rules.rank` ranks any table of yours instead: of Polars, pandas 3, PyArrow or
DuckDB.

Every method reads the files as they stand when it is called, so that what you edit counts at once. Results are those of the
command `prioritise`, to the byte.
"""

from ._assessment import Assessment, load, new
from ._problems import Problem, Problems
from ._results import Check, Explanation, Ranking, Result, Verification
from ._rules import ColumnRanking, Rules, load_rules
from ._running import command
from ._verify import verify

__all__ = [
    "Assessment",
    "Check",
    "ColumnRanking",
    "Explanation",
    "Problem",
    "Problems",
    "Ranking",
    "Result",
    "Rules",
    "Verification",
    "command",
    "load",
    "load_rules",
    "new",
    "verify",
]
