"""Several processes that answer at one socket; each holds the corpus open by itself."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from multiprocessing import parent_process
from typing import TYPE_CHECKING, Final

import uvicorn
from uvicorn.supervisors import Multiprocess

from figpath.serve.front import Front, WayToFront
from figpath.serve.reading_room import ReadingRoom

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi import FastAPI

    from figpath.serve.listening import Socket
    from figpath.serve.settings import Settings

MOST_BY_DEFAULT: Final = 4
"""Processes that are started on machines with many cores, unless more are asked for: each needs memory."""

_MOST_CONNECTIONS = 1000  # that a process keeps open; the next one is told to come back
_HEAD_BYTES = 32_000  # of the first line and the headers of a request


def workers_by_default() -> int:
    """Return how many processes answer: one for each core, up to four."""
    return max(1, min(MOST_BY_DEFAULT, os.cpu_count() or 1))


def serve(corpus: Path, settings: Settings, listener: Socket) -> None:
    """Answer at a socket until told to end.

    Parameters
    ----------
    corpus
        Made by ``figpath build``.
    settings
        How it is served.
    listener
        Bound already.
    """
    if settings.workers == 1:
        uvicorn.Server(configuration(Maker(corpus, settings), settings)).run(sockets=[listener])
        return
    front = Front(
        ReadingRoom(seconds=settings.reading_seconds, waiting=settings.reading_waiting, memory=settings.reading_memory)
    )
    try:
        Multiprocess(configuration(Maker(corpus, settings, front.address), settings), sockets=[listener]).run()
    finally:
        front.close()


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the app in the process that answers; it is pickled.

    Parameters
    ----------
    corpus, settings
        As for `serve`.
    front
        Address of the process that reads; empty when this one does it itself.
    """

    corpus: Path
    settings: Settings
    front: str = ""

    def __call__(self) -> FastAPI:
        """Make it."""
        from figpath.serve.app import create_app

        if not self.front:
            return create_app(self.corpus, settings=self.settings)
        threading.Thread(target=_end_with_parent, name="figpath-parent", daemon=True).start()
        room = WayToFront(self.front, waiting=self.settings.reading_waiting)
        return create_app(self.corpus, settings=self.settings, room=room)


def configuration(made: Maker, settings: Settings) -> uvicorn.Config:
    """Return how uvicorn answers with what is made."""
    return uvicorn.Config(
        made,
        factory=True,
        workers=settings.workers,
        log_level="warning",
        server_header=False,
        ws="none",
        http="h11",  # it bounds the headers; httptools saves a hundredth of the time of a page and does not
        limit_concurrency=_MOST_CONNECTIONS,
        h11_max_incomplete_event_size=_HEAD_BYTES,
    )


def _end_with_parent() -> None:
    """Nobody could end this process when the one that started it was killed."""
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
