"""The command as a whole: version, help, wrong usage, the demo, and a reader that stops listening."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import figpath
from figpath.errors import FigpathError

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run


def test_version(run: Run) -> None:
    assert run("--version") == run("--version")
    assert run("--version").text == f"figpath {figpath.__version__}\n"


def test_help_names_every_command(run: Run) -> None:
    ran = run("--help")
    assert ran.code == 0
    assert all(f"\n  {name} " in ran.text for name in ("demo", "read", "ground", "lexicon"))


@pytest.mark.parametrize("arguments", [("raed",), ("read",), ("read", "x.png", "--format", "xml"), ("read", "--nope")])
def test_wrong_usage_is_exit_code_two(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, b"")
    assert "Usage: figpath" in ran.err


def test_every_error_of_figpath_becomes_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one whose message has line breaks."""

    def fail(_: object) -> None:
        raise FigpathError("first line\nsecond line")

    monkeypatch.setattr("figpath.ids.taxa", fail)
    ran = run("ground", stdin=b"JAK2")
    assert (ran.code, ran.err) == (2, "figpath: first line second line\n")


def test_demo_reads_every_example_and_draws_on_it(run: Run, tmp_path: Path) -> None:
    """Each example has its table and its picture, and the demo says where."""
    ran = run("demo", "--to", "drawn")
    assert ran.code == 0
    names = [path.stem for path in figpath.example_figures()]
    assert sorted(path.name for path in (tmp_path / "drawn").iterdir()) == sorted(f"{name}.png" for name in names)
    for name in names:
        assert f"{name}\n" in ran.text
        assert f"drawn on the picture: {(tmp_path / 'drawn' / name).relative_to(tmp_path)}.png\n" in ran.text


def test_demo_into_a_file_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "drawn").touch()
    ran = run("demo", "--to", "drawn")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, b"", 1)
    assert ran.err.startswith("figpath: cannot make the folder drawn: ")


@pytest.mark.skipif(sys.platform == "win32", reason="a closed pipe is told to programs in another way on Windows")
def test_a_reader_that_stops_listening_causes_no_traceback() -> None:
    code = "from figpath.cli import main; import sys; sys.argv = ['figpath', 'lexicon', 'info']; main()"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 1


def test_a_bad_figure_as_the_shell_sees_it(tmp_path: Path) -> None:
    """The installed command: exit code 2, one line, no traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "figpath", "read", "absent.png"], capture_output=True, cwd=tmp_path, check=False
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().splitlines() == [
        "figpath: cannot read absent.png: there is no such file or folder; check the path"
    ]
