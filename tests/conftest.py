"""What several tests share: one recogniser, a home of its own for each test, and the command line in this process."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from PIL import Image, ImageDraw, ImageFont

from figpath.pipeline import Pipeline
from figpath.reading.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from asking import Client
    from figpath.figure import Pixels
    from figpath.reading.document import Reading

SHARED = Path(__file__).parents[2] / "shared"


class RememberingReader(Reader):
    """A recogniser that reads each picture once, for tests of what happens around reading."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[tuple[tuple[int, ...], bytes], Reading] = {}

    def read(self, pixels: Pixels) -> Reading:
        key = (pixels.shape, pixels.tobytes())
        if key not in self._known:
            self._known[key] = super().read(pixels)
        return self._known[key]


@pytest.fixture(scope="session")
def reader() -> Reader:
    """Loading the networks takes a second; one recogniser serves the whole run."""
    return RememberingReader()


@pytest.fixture
def pipeline(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Pipeline]:
    """Pipelines that share the recogniser of the run."""
    monkeypatch.setattr("figpath.pipeline.Reader", lambda engine, threads: reader)
    return Pipeline


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Species that the developer added to their own figpath change no test."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("FIGPATH_HOME", str(home))
    return home


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a command ended: exit code, standard output as bytes, standard error as text."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """Standard output as text."""
        return self.out.decode("utf-8")


class Run(Protocol):
    """``run("read", path, stdin=b"...")``."""

    def __call__(self, *arguments: object, stdin: bytes = b"") -> Ran: ...


@pytest.fixture
def run(
    pipeline: object, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> Run:
    """Run the command line as the installed command does, in this process and in an empty folder."""
    from figpath.cli import main

    monkeypatch.chdir(tmp_path)

    def run(*arguments: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["figpath", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsysbinary.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsysbinary.readouterr()
        code = ended.value.code
        return Ran(code=code if isinstance(code, int) else 0, out=out, err=err.decode("utf-8"))

    return run


@pytest.fixture(scope="session")
def figure(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small picture on which JAK2, p-STAT3 and TNF-alpha stand."""
    path = tmp_path_factory.mktemp("figure") / "small.png"
    drawn("JAK2", "p-STAT3", "TNF-alpha").save(path)
    return path


@pytest.fixture(scope="session")
def served_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus of `made_site`, for everything that only reads it."""
    from made_site import site_corpus

    return site_corpus(tmp_path_factory.mktemp("served") / "corpus.db")


@pytest.fixture(scope="session")
def client(served_corpus: Path) -> Iterator[Client]:
    """Asks a server about it, without a network."""
    from asking import Client
    from figpath.serve import create_app

    with Client(create_app(served_corpus)) as made:
        yield made


def drawn(*names: str) -> Image.Image:
    """Draw names one under the other, black on white."""
    image = Image.new("RGB", (260, 30 + 50 * len(names)), "white")
    pen = ImageDraw.Draw(image)
    for number, name in enumerate(names):
        pen.text((30, 25 + 50 * number), name, fill="black", font=ImageFont.load_default(22))
    return image
