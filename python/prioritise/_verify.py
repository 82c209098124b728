"""Records, checked and made again."""

from __future__ import annotations

import os
from collections.abc import Sequence

from ._results import Verification
from ._running import options


def verify(
    record: str | os.PathLike[str],
    *,
    trust: Sequence[str | os.PathLike[str]] = (),
    list_only: bool = False,
    threads: int | None = None,
) -> Verification:
    """Checks a record's digests and makes its list again.

    `trust` names files of public keys whose signatures it must have. `list_only` is content with the list where another engine
    made the record. `holds` of what it gives says whether all of that was proven.

    Raises `Problems` where there is no record.
    """
    return Verification("verify", record, *options(trust=list(trust), list_only=list_only, threads=threads))
