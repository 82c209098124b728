"""The package itself: its types, its size, its start, and the command that it brings."""

import inspect
import os
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import prioritise
import pytest
from conftest import ROOT, said

HERE = Path(prioritise.__file__).parent


def test_types_hold(tmp_path: Path) -> None:
    asked = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", "/dev/null", "--package", "prioritise"]
    ran = subprocess.run(asked, capture_output=True, text=True, cwd=tmp_path)
    assert ran.returncode == 0, ran.stdout
    assert (HERE / "py.typed").exists()


def test_everything_public_says_what_it_is() -> None:
    for name in prioritise.__all__:
        thing = getattr(prioritise, name)
        assert thing.__doc__, name
        methods = inspect.getmembers(thing, inspect.isfunction) if inspect.isclass(thing) else []
        for method, function in methods:
            assert method.startswith("_") or function.__doc__, f"{name}.{method}"


def test_it_depends_on_nothing() -> None:
    assert not distribution("prioritise").requires


@pytest.mark.skipif(os.environ.get("PROFILE", "release") != "release", reason="that is said of a release")
@pytest.mark.xfail(reason="not reached: 14.8 MB when measured, docs/performance.md")
def test_the_wheel_is_small() -> None:
    wheels = list((HERE.parents[4] / "wheels").glob("*.whl"))
    assert wheels and all(wheel.stat().st_size <= 10 << 20 for wheel in wheels), wheels


def test_importing_takes_thirty_milliseconds_at_most() -> None:
    def measured() -> int:
        code = "import time; t = time.process_time_ns(); import prioritise; print(time.process_time_ns() - t)"
        return int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)

    assert min(measured() for _ in range(5)) <= 30_000_000


def test_the_command_comes_with_it() -> None:
    command = Path(sys.executable).parent / "prioritise"
    for arguments in (["rank", "fixtures/starter"], ["--help"], ["--version"], ["help", "rules"], ["check", "fixtures/starter"]):
        ran = subprocess.run([command, *arguments], capture_output=True, cwd=ROOT)
        assert ran.stdout == said(*arguments), ran.stderr
    wrong = subprocess.run([command, "rank", "fixtures/nowhere"], capture_output=True, cwd=ROOT)
    assert wrong.returncode == 2 and b"file-missing" in wrong.stderr
