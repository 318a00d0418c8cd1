"""Reading as the work of a worker process: a task in, an entry out, whatever the figure is like."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from figpath.corpus.task import entry_of, failed
from figpath.entry import Picture
from figpath.errors import FigpathError

if TYPE_CHECKING:
    from collections.abc import Callable

    from figpath.corpus.task import Task
    from figpath.entry import Entry
    from figpath.figure import Pixels
    from figpath.pipeline import Pipeline, Screen
    from figpath.reading.network import EngineName
    from figpath.record import Record
    from figpath.source.found import Source

Keep: TypeAlias = Literal["keep", "thumbnails", "paths"]
_THREADS = ("OMP_NUM_THREADS", "OPENCV_FOR_THREADS_NUM")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFigures:
    """What a worker process needs to begin; calling it makes the work. It can be pickled.

    Parameters
    ----------
    engine, taxa, screen
        As for `figpath.pipeline.Pipeline`.
    least_score
        Figures that the screen scores lower before they are read are not read. It is no part of the fingerprint,
        since it changes no record of a figure that is read.
    papers_only
        Whether only figures out of papers can be left unread; a picture that somebody gave is then always read.
    threads
        Of each worker.
    images
        What is kept of pictures: ``keep`` the files and thumbnails, ``thumbnails``, or only their ``paths``.
    """

    engine: EngineName = "auto"
    threads: int = 1
    taxa: tuple[int, ...] | None = None
    screen: Screen | Literal["auto"] | None = "auto"
    least_score: float = 0.0
    papers_only: bool = False
    images: Keep = "keep"

    def __call__(self) -> Callable[[Task], Entry]:
        """Load the recogniser and the lexicon, and return what reads one figure.

        Raises
        ------
        EngineError, LexiconError
            When they cannot be loaded.
        """
        for name in _THREADS:  # libraries that read these do so when they are first imported
            os.environ.setdefault(name, str(self.threads))
        from figpath.pipeline import Pipeline

        pipeline = Pipeline(engine=self.engine, threads=self.threads, taxa=self.taxa, screen=self.screen)
        pipeline.lexicon.find("")
        return lambda task: entry(task, pipeline, images=self.images, least_score=self.least_for(task.source))

    def least_for(self, source: Source) -> float:
        """Return the score below which a figure is not read; 0 reads whatever it is like."""
        return 0.0 if self.papers_only and not source.name else self.least_score  # only papers have named parts

    def fingerprint(self) -> str:
        """Return the fingerprint of what is read this way; `images` and `threads` change no record."""
        from figpath.corpus.fingerprint import reading_fingerprint
        from figpath.pipeline import Pipeline

        pipeline = Pipeline(engine=self.engine, taxa=self.taxa)
        options = {
            "taxa": self.taxa,
            "screen": None if self.screen is None else repr(self.screen),
        }
        return reading_fingerprint(
            engine=pipeline.reader.version, lexicon=pipeline.lexicon.fingerprint, options=options
        )


def entry(task: Task, pipeline: Pipeline, *, images: Keep, least_score: float | None = None) -> Entry:
    """Read a figure, or not when it is less likely a pathway; what goes wrong becomes an entry of status ``failed``."""
    try:
        return _entry(task, pipeline, images, least_score)
    except FigpathError as error:
        return failed(task, str(error))
    except Exception as error:  # one strange figure among a million must not end the run
        return failed(task, f"an error that figpath did not expect, {type(error).__name__}: {error}")


def _entry(task: Task, pipeline: Pipeline, images: Keep, least: float | None) -> Entry:
    from figpath.source.images import image_sha256, load_pixels, read_picture

    source, figure = task.source, task.source.figure
    data = source.picture if isinstance(source.picture, bytes) else read_picture(source.picture)
    pixels = load_pixels(data, name=figure.filename or figure.figid)
    record = pipeline.read_pixels(figure, pixels, sha256=image_sha256(data), least_score=least)
    path = "" if isinstance(source.picture, bytes) else str(source.picture.absolute())
    sha256 = record.provenance.image_sha256
    picture = picture_of(data, pixels, images, path=path, sha256=sha256)
    key = replace(task.key, picture=sha256)
    if _is_unread(record):
        key = key.screened(pipeline.least_score if least is None else least)
    return entry_of(record, key, picture=picture)


def _is_unread(record: Record) -> bool:
    """Tell whether screening kept a figure from being read: then no engine had a hand in its record."""
    return record.status == "ok" and not record.provenance.engine


def picture_of(data: bytes, pixels: Pixels, images: Keep, *, path: str, sha256: str) -> Picture:
    """Return a picture as a corpus keeps it."""
    from figpath.corpus.likeness import dhash, thumbnail

    height, width = pixels.shape[:2]
    return Picture(
        sha256=sha256,
        width=width,
        height=height,
        dhash=dhash(pixels),
        path=path,
        data=data if images == "keep" else b"",
        thumbnail=b"" if images == "paths" else thumbnail(pixels),
    )
