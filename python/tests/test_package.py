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
def test_the_wheel_does_not_grow() -> None:
    """The aim is 10 MB, and it is not reached: docs/performance.md."""
    wheels = list((HERE.parents[4] / "wheels").glob("*.whl"))
    assert wheels and all(wheel.stat().st_size <= 16 << 20 for wheel in wheels), wheels


def test_importing_brings_no_other_library() -> None:
    """An import takes little as long as it brings no other library."""
    heavy = "{'numpy', 'pandas', 'polars', 'pyarrow', 'duckdb', 'IPython', 'ctypes', 'asyncio'}"
    code = f"import sys; before = set(sys.modules); import prioritise; print(sorted((set(sys.modules) - before) & {heavy}))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_the_command_comes_with_it() -> None:
    command = Path(sys.executable).parent / "prioritise"
    for arguments in (["rank", "fixtures/starter"], ["--help"], ["--version"], ["help", "rules"], ["check", "fixtures/starter"]):
        ran = subprocess.run([command, *arguments], capture_output=True, cwd=ROOT)
        assert ran.stdout == said(*arguments), ran.stderr
    wrong = subprocess.run([command, "rank", "fixtures/nowhere"], capture_output=True, cwd=ROOT)
    assert wrong.returncode == 2 and b"file-missing" in wrong.stderr
