"""Reading of figures that somebody sends: in a process of its own, with limits, one after the other, nothing kept."""

from __future__ import annotations

import itertools
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from figpath.errors import FigpathError, InputError
from figpath.serve.room import Room, UnansweredError, hold_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from figpath.figure import Figure
    from figpath.pipeline import Pipeline

PICTURES: Final = (
    (b"\x89PNG\r\n", ".png"), (b"\xff\xd8\xff", ".jpg"), (b"GIF8", ".gif"), (b"II*\0", ".tif"), (b"MM\0*", ".tif"),
    (b"BM", ".bmp"), (b"RIFF", ".webp"),
)  # fmt: skip
"""How the files begin that are taken for pictures."""

MOST_FIGURES: Final = 12
"""Figures that are read of one file."""

SHOWN_AS_IS: Final = ((b"\x89PNG", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"))
"""How the pictures begin that every browser shows, and their media types."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that somebody sent, and what they say about it.

    Parameters
    ----------
    name, data
        Of the file.
    title, caption
        Of the figure.
    taxa
        NCBI taxon ids to ground to; None lets title and caption decide.
    record
        Of a picture that was read before, as JSON: it is not read again, its names are drawn on the picture.
    """

    name: str
    data: bytes
    title: str = ""
    caption: str = ""
    taxa: tuple[int, ...] | None = None
    record: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFigure:
    """A figure as it was read: its record as JSON, and its picture as browsers show it; empty when there is none."""

    record: bytes
    picture: bytes = b""
    media_type: str = "image/png"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What the process is told: where the file is, and what is said about it."""

    path: str
    title: str
    caption: str
    taxa: tuple[int, ...] | None
    record: bytes = b""


def checked_suffix(upload: Upload) -> str:
    """Return how a file that is a picture or a PDF ends, told by its content and not by its name.

    Raises
    ------
    InputError
        When it is neither.
    """
    if upload.data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return ".pdf"
    for magic, suffix in PICTURES:
        if upload.data.startswith(magic):
            return suffix
    shown = upload.name[:60] or "what was sent"
    raise InputError(f"{shown} is neither a picture nor a PDF file: send PNG, JPEG, GIF, TIFF, BMP, WebP or PDF")


Answer: TypeAlias = "tuple[ReadFigure, ...] | str"
"""Figures, or why there are none."""

Make: TypeAlias = "Callable[[], Callable[[Task], Answer]]"


class ReadingRoom:
    """One process that reads, and a line of those who wait for it; it starts with the first figure.

    Parameters
    ----------
    seconds
        That a file may take; then the process is killed.
    waiting
        Files that may wait.
    memory
        Bytes that the process may use where the system can hold it to that.
    make
        Makes what reads, inside the process; the pipeline by default.
    """

    def __init__(self, *, seconds: float, waiting: int, memory: int, make: Make | None = None) -> None:
        self._room: Room[Task, Answer] = Room(
            make or _Maker(memory=memory), seconds=seconds, waiting=waiting, what="figures"
        )

    async def read(self, upload: Upload) -> tuple[ReadFigure, ...]:
        """Read the figures of a file.

        Raises
        ------
        InputError
            When it is no picture or PDF, cannot be read, or takes too long.
        BusyError
            When too many are waiting.
        """
        checked_suffix(upload)
        return await self._room.ask(lambda give: _read(upload, give))

    def close(self) -> None:
        """Read what is waiting, then end the process."""
        self._room.close()


def _read(upload: Upload, give: Callable[[Task], Answer]) -> tuple[ReadFigure, ...]:
    """Hand a file to the process; its folder goes away whatever happens."""
    from figpath.source.images import figure_id_of

    with tempfile.TemporaryDirectory(prefix="figpath-") as folder:
        path = Path(folder) / f"{figure_id_of(Path(upload.name).stem)[:80]}{checked_suffix(upload)}"
        path.write_bytes(upload.data)
        shown = upload.name[:60] or path.name
        task = Task(path=str(path), title=upload.title, caption=upload.caption, taxa=upload.taxa, record=upload.record)
        try:
            found = give(task)
        except UnansweredError as error:
            raise InputError(f"{shown} {error}: send a smaller picture, or read it with figpath read") from error
    if isinstance(found, str):
        raise InputError(found.replace(str(path), shown))
    return found


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the reader inside the process; it is pickled."""

    memory: int

    def __call__(self) -> Callable[[Task], Answer]:
        import numpy as np

        from figpath.figure import Figure
        from figpath.pipeline import Pipeline

        ready = Pipeline()
        ready.read_pixels(Figure(figid="blank"), np.full((64, 256, 3), 255, np.uint8), sha256="")  # loads everything
        hold_to(self.memory)
        return _Reader(ready)


def _drawn_on(task: Task) -> ReadFigure:
    """Return a picture with the names of its record."""
    from figpath.publish.overlay import overlay_png
    from figpath.record import from_json
    from figpath.source.images import load_pixels

    pixels = load_pixels(Path(task.path), name=Path(task.path).name)
    return ReadFigure(record=task.record, picture=overlay_png(pixels, from_json(task.record)))


class _Reader:
    """Reads the figures of a file; what goes wrong becomes a sentence."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline

    def __call__(self, task: Task) -> Answer:
        try:
            return (_drawn_on(task),) if task.record else tuple(self._figures(task))
        except FigpathError as error:
            return str(error)
        except MemoryError:
            return "the picture is too much for the memory that reading may use: send a smaller one"

    def _figures(self, task: Task) -> Iterator[ReadFigure]:
        from figpath.figure import Figure
        from figpath.record import Record, to_json
        from figpath.source.discover import discover
        from figpath.source.found import Unusable

        known = Figure(figid="figure", title=task.title, caption=task.caption)
        for source in itertools.islice(discover(Path(task.path), known=known), MOST_FIGURES):
            if isinstance(source, Unusable):
                failed = Record(figid=source.figure.figid, status="failed", reason=source.reason, figure=source.figure)
                yield ReadFigure(record=to_json(failed))
                continue
            data = source.picture if isinstance(source.picture, bytes) else source.picture.read_bytes()
            yield self._one(source.figure, data, task.taxa)

    def _one(self, figure: Figure, data: bytes, taxa: tuple[int, ...] | None) -> ReadFigure:
        from figpath.record import to_json
        from figpath.source.images import encode_png, image_sha256, load_pixels

        pixels = load_pixels(data, name=figure.filename or figure.figid)
        record = self._of(taxa).read_pixels(figure, pixels, sha256=image_sha256(data))
        for magic, media_type in SHOWN_AS_IS:
            if data.startswith(magic):
                return ReadFigure(record=to_json(record), picture=data, media_type=media_type)
        return ReadFigure(record=to_json(record), picture=encode_png(pixels))

    def _of(self, taxa: tuple[int, ...] | None) -> Pipeline:
        """The pipeline for some species, with the networks that are loaded."""
        from figpath.pipeline import Pipeline

        if taxa is None:
            return self._pipeline
        made = Pipeline(taxa=taxa, lexicon=self._pipeline.lexicon)
        made.reader, made.screen = self._pipeline.reader, self._pipeline.screen
        return made
