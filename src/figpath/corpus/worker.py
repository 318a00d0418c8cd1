"""One worker process: it makes its work once, then does one task after the other until it is told to end."""

from __future__ import annotations

import os
import signal
import threading
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

_SPAWN = get_context("spawn")  # the same on every system, and safe beside the threads of an engine
_SECONDS_TO_END = 2.0

T = TypeVar("T")
R = TypeVar("R")


class Worker(Generic[T, R]):
    """A process that does tasks, one at a time.

    Parameters
    ----------
    make
        Makes the work; called once, in the process. It and the tasks are pickled.
    """

    def __init__(self, make: Callable[[], Callable[[T], R]]) -> None:
        self.connection, theirs = _SPAWN.Pipe()
        self.process: SpawnProcess = _SPAWN.Process(target=_serve, args=(make, theirs), daemon=True)
        self.process.start()
        theirs.close()
        self.task: T | None = None
        self.given = 0
        self.ready = False

    def give(self, task: T) -> bool:
        """Hand over a task; False when the process is gone."""
        self.task = task
        self.given += 1
        try:
            self.connection.send(task)
        except OSError:
            return False
        return True

    def has_spoken(self) -> bool:
        """Tell whether there is an answer, or the end of a process that died."""
        try:
            return self.connection.poll()
        except OSError:
            return True

    def answer(self) -> tuple[str, object] | None:
        """Return what the process sent: ``ready``, ``done`` with a result, or ``error`` with an exception.

        None when it died without an answer, or with half of one.
        """
        try:
            found: tuple[str, object] = self.connection.recv()
        except (EOFError, OSError):
            return None
        return found

    def kill(self) -> None:
        """End the process whatever it does."""
        self.process.kill()
        self.process.join()
        self.connection.close()

    def end(self) -> None:
        """Let an idle process end by itself."""
        self.connection.close()
        self.process.join(_SECONDS_TO_END)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


def _serve(make: Callable[[], Callable[[T], R]], connection: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this one
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        work = make()
    except Exception as error:  # told to the parent, which decides
        connection.send(("error", error))
        return
    connection.send(("ready", None))
    while True:
        try:
            task = connection.recv()
        except (EOFError, OSError):  # the parent has nothing more, or is gone
            return
        connection.send(("done", work(task)))


def _end_with_parent() -> None:
    """Nobody would collect what is still being done when the parent was killed."""
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
