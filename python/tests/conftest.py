"""What the tests share: the repository's fixtures, and the command that they are held against."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
FIXTURES = sorted(path.parent.name for path in (ROOT / "fixtures").glob("*/assessment.toml"))
COMMAND = Path(os.environ["PRIORITISE"]).resolve()


def said(*arguments: str | Path, codes: tuple[int, ...] = (0, 1)) -> bytes:
    """What the command prints to standard output."""
    ran = subprocess.run([COMMAND, *arguments], capture_output=True, check=False)
    assert ran.returncode in codes, (arguments, ran.stderr.decode())
    return ran.stdout


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path there."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths in results are as they were given."""
    monkeypatch.chdir(ROOT)
