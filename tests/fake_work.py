"""Work for tests that needs no recogniser: what a figure's picture says is what becomes of it."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from figpath.corpus.task import entry_of, failed
from figpath.entry import Picture
from figpath.errors import FigpathError
from figpath.figure import Figure
from figpath.grounding.mention import Entity, Mention
from figpath.record import Provenance, Record
from figpath.source.found import Source
from figpath.source.images import read_picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from figpath.corpus.task import Task
    from figpath.entry import Entry

GENES = (("ncbigene:3717", "JAK2"), ("ncbigene:6774", "STAT3"), ("ncbigene:7124", "TNF"), ("ncbigene:3569", "IL6"))


@dataclass(frozen=True, slots=True)
class FakeReading:
    """Makes work that takes `seconds` a figure; pictures are texts that say what to do.

    ``fail`` fails, ``raise`` dies of an exception, ``hang`` never ends, ``die`` kills its process, ``die once FILE``
    does so until the file is there; any other text is read.
    """

    seconds: float = 0.0

    def __call__(self) -> Callable[[Task], Entry]:
        return self.read

    def read(self, task: Task) -> Entry:
        time.sleep(self.seconds)
        try:
            data = task.source.picture if isinstance(task.source.picture, bytes) else read_picture(task.source.picture)
        except FigpathError as error:
            return failed(task, str(error))
        word, _, rest = data.decode().partition(" ")
        if word == "fail":
            return failed(task, "it says so")
        if word == "raise":
            raise RuntimeError(rest)
        if word == "hang":
            time.sleep(1000)
        if word == "die" and not (rest.startswith("once ") and Path(rest[5:]).exists()):
            if rest:
                Path(rest[5:]).touch()
            die()
        return _entry(task, data)


@dataclass(frozen=True, slots=True)
class NoReading:
    """Cannot even begin: it raises the error that it is given, or kills its process."""

    error: Exception | None = None

    def __call__(self) -> Callable[[Task], Entry]:
        if self.error is not None:
            raise self.error
        die()
        raise AssertionError


def die() -> None:
    """End this process as the kernel would, out of memory."""
    if sys.platform == "win32":
        os._exit(9)
    os.kill(os.getpid(), signal.SIGKILL)


def sources(count: int, *, prefix: str = "figure") -> list[Source]:
    """Figures that are all different."""
    return [source(f"{prefix}{n:04d}", f"picture {n} of {prefix}") for n in range(count)]


def source(figid: str, text: str) -> Source:
    return Source(figure=Figure(figid=figid, title=f"Title of {figid}"), picture=text.encode(), name=f"{figid}.txt")


def _entry(task: Task, data: bytes) -> Entry:
    digest = hashlib.sha256(data).digest()
    mentions = tuple(
        Mention(text=symbol, kind="gene", score=digest[n] / 256, entities=(_entity(curie, symbol),))
        for n, (curie, symbol) in enumerate(GENES)
        if digest[n] % 4
    )
    record = Record(
        figid=task.figid,
        width=100,
        height=80,
        organisms=(9606,),
        figure=task.source.figure,
        mentions=mentions,
        provenance=Provenance(version="test", image_sha256=digest.hex()),
    )
    picture = Picture(
        sha256=digest.hex(),
        width=100,
        height=80,
        dhash=int.from_bytes(digest[:8], "big"),
        data=data,
        thumbnail=b"small",
    )
    return entry_of(record, task.key, picture=picture)


def _entity(curie: str, symbol: str) -> Entity:
    return Entity(id=curie, symbol=symbol, taxon=9606, source="hgnc_symbol")
