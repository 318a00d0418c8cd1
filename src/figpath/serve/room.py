"""Room: a process apart, with limits, for what strangers send; and a line of those who wait for it."""

from __future__ import annotations

import asyncio
import queue
import sys
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from figpath.corpus.worker import Worker
from figpath.errors import FigpathError, InputError
from figpath.serve.failures import BusyError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
R = TypeVar("R")
A = TypeVar("A")

_START_SECONDS: Final = 120.0


class UnansweredError(FigpathError):
    """A task that took too long, or was too much; the message says which, after a name."""


class Room(Generic[T, R]):
    """One process that does tasks one after the other; it starts with the first one.

    Parameters
    ----------
    make
        Makes what does a task, inside the process; it and the tasks are pickled.
    seconds
        That a task may take; then the process is killed.
    waiting
        Tasks that may wait.
    what
        Is waiting, in words.
    """

    def __init__(self, make: Callable[[], Callable[[T], R]], *, seconds: float, waiting: int, what: str) -> None:
        self._make, self._seconds, self._what = make, seconds, what
        self._jobs: queue.Queue[tuple[Future[Any], Callable[[Callable[[T], R]], Any]] | None] = queue.Queue(waiting)
        self._thread: threading.Thread | None = None
        self._worker: Worker[T, R] | None = None

    async def ask(self, job: Callable[[Callable[[T], R]], A]) -> A:
        """Let a job give tasks to the process, when its turn comes.

        Parameters
        ----------
        job
            Is called, on the thread of the room, with what does a task.

        Raises
        ------
        BusyError
            When too many are waiting.
        UnansweredError
            Out of a task that took too long or was too much for the process.
        """
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name=f"figpath-{self._what}", daemon=True)
            self._thread.start()
        answer: Future[A] = Future()
        try:
            self._jobs.put_nowait((answer, job))
        except queue.Full as error:
            raise BusyError(f"too many {self._what} are waiting: send yours again in a minute") from error
        return await asyncio.wrap_future(answer)

    def close(self) -> None:
        """Do what is waiting, then end the process."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        while (task := self._jobs.get()) is not None:
            answer, job = task
            if not answer.set_running_or_notify_cancel():
                continue
            try:
                answer.set_result(job(self._give))
            except Exception as error:  # whoever asked decides what becomes of it
                answer.set_exception(error)
        if self._worker is not None:
            self._worker.end()

    def _give(self, task: T) -> R:
        worker = self._ready_worker()
        answered = worker.give(task) and worker.connection.poll(self._seconds)
        found = worker.answer() if answered else None
        if found is None or found[0] != "done":
            worker.kill()
            self._worker = None
            slow = f"took longer than {self._seconds:g} seconds"
            raise UnansweredError("was too much for the memory there is, or ran into a fault" if answered else slow)
        return found[1]  # type: ignore[return-value]  # what the made function returns

    def _ready_worker(self) -> Worker[T, R]:
        if self._worker is not None and self._worker.process.is_alive():
            return self._worker
        worker: Worker[T, R] = Worker(self._make)
        found = worker.answer() if worker.connection.poll(_START_SECONDS) else None
        if found is None or found[0] != "ready":
            worker.kill()
            error = found[1] if found else None
            raise (
                error if isinstance(error, FigpathError) else InputError(f"no {self._what} can be read on this server")
            )
        self._worker = worker
        return worker


def hold_to(memory: int) -> None:
    """Limit the memory of this process, where the system has such limits."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
