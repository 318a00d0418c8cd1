"""Processes that share the tasks: one that dies or hangs is replaced, and only its own task suffers."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Generic, TypeVar

from figpath.corpus.worker import Worker
from figpath.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

T = TypeVar("T")
R = TypeVar("R")

_STARTS = 3  # processes that may die one after the other before they were ready
_START_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Lost:
    """A task without a result, and why."""

    reason: str


def too_slow(limit: float) -> Lost:
    """Return what becomes of a task that took longer than `limit` seconds."""
    return Lost(f"took longer than {limit:g} seconds: give it more with --limit")


def died(tries: int) -> Lost:
    """Return what becomes of a task whose process died each time it was tried."""
    return Lost(f"the process that read it died {tries} times: out of memory, or a fault of the engine")


class Processes(Generic[T, R]):
    """A fixed number of worker processes.

    Parameters
    ----------
    make
        Makes the work in each process; see `Worker`.
    count
        Of processes.
    limit
        Seconds that a task may take; then its process is killed.
    attempts
        How often a task is tried whose process dies; one that is too slow is not tried again.
    renewed
        Tasks after which a process makes way for a new one: engines keep memory for every size of picture.
    """

    def __init__(
        self,
        make: Callable[[], Callable[[T], R]],
        *,
        count: int,
        limit: float = 300.0,
        attempts: int = 3,
        renewed: int = 200,
    ) -> None:
        self._make = make
        self._count = count
        self._limit = limit
        self._attempts = attempts
        self._renewed = renewed

    def leftovers(self) -> tuple[R, ...]:
        """Return nothing: what these finish is handed over at once."""
        return ()

    def run(self, tasks: Iterable[T]) -> Generator[tuple[T, R | Lost], None, None]:
        """Yield each task with its result, or with `Lost`, as they are ready.

        Raises
        ------
        FigpathError
            When the work cannot be made, such as without an engine; or EngineError when the processes die
            before they have begun.
        """
        shift = _Shift(self, iter(tasks))
        try:
            yield from shift.results()
        finally:
            shift.end()


class _Shift(Generic[T, R]):
    """The processes at work on one run of tasks."""

    def __init__(self, owner: Processes[T, R], tasks: Iterator[T]) -> None:
        self._make = owner._make
        self._tasks = tasks
        self._count = owner._count
        self._limit = owner._limit
        self._attempts = owner._attempts
        self._renewed = owner._renewed
        self._waiting: deque[tuple[T, int]] = deque()  # tasks, each with how often it was tried
        self._workers: dict[Worker[T, R], tuple[float, int]] = {}  # each with its deadline and the tries of its task
        self._failed_starts = 0

    def results(self) -> Iterator[tuple[T, R | Lost]]:
        self._look_ahead()
        while self._waiting or any(worker.task is not None for worker in self._workers):
            while len(self._workers) < min(self._count, self._wanted()):
                self._workers[Worker(self._make)] = (time.monotonic() + _START_SECONDS, 0)
            for worker in self._answering():
                done = self._after(worker)
                self._give()  # before the result is written, so that no process waits for that
                if done is not None:
                    yield done
            self._look_ahead()
            self._give()

    def end(self) -> None:
        """End every process; those at work are killed."""
        for worker in self._workers:
            if worker.task is None and worker.ready:
                worker.end()
            else:
                worker.kill()
        self._workers.clear()

    def _wanted(self) -> int:
        return len(self._waiting) + sum(worker.task is not None for worker in self._workers)

    def _look_ahead(self) -> None:
        """Have the next tasks at hand: finding them takes time too."""
        while len(self._waiting) < self._count:
            try:
                self._waiting.append((next(self._tasks), 0))
            except StopIteration:
                return

    def _give(self) -> None:
        for worker in self._workers:
            if self._waiting and worker.ready and worker.task is None:
                task, tries = self._waiting.popleft()
                worker.give(task)  # one that is gone is found out by its silence
                self._workers[worker] = (time.monotonic() + self._limit, tries + 1)

    def _answering(self) -> list[Worker[T, R]]:
        """Wait for processes that have something to say, are gone, or have used up their time."""
        self._give()
        busy = {one: due for one, (due, _) in self._workers.items() if one.task is not None or not one.ready}
        seconds = max(0.0, min(busy.values()) - time.monotonic()) if busy else 0.0
        spoken = set(wait([worker.connection for worker in busy], timeout=seconds))
        now = time.monotonic()
        return [worker for worker, due in busy.items() if worker.connection in spoken or due <= now]

    def _after(self, worker: Worker[T, R]) -> tuple[T, R | Lost] | None:
        """Take an answer, or see to a process that will give none."""
        if not worker.has_spoken():
            return self._too_slow(worker)
        answer = worker.answer()
        if answer is None:
            return self._died(worker)
        kind, value = answer
        if kind == "error" and isinstance(value, BaseException):
            raise value
        if kind == "ready":
            worker.ready = True
            self._failed_starts = 0
            return None
        task, worker.task = worker.task, None
        if worker.given >= self._renewed:
            self._remove(worker)
        return task, value  # type: ignore[return-value]  # what a connection brings has no type

    def _too_slow(self, worker: Worker[T, R]) -> tuple[T, R | Lost] | None:
        task = worker.task
        self._remove(worker)
        if task is None:
            self._not_started()
            return None
        return task, too_slow(self._limit)

    def _died(self, worker: Worker[T, R]) -> tuple[T, R | Lost] | None:
        task, (_, tries) = worker.task, self._workers[worker]
        self._remove(worker)
        if task is None:
            self._not_started()
            return None
        if tries < self._attempts:
            self._waiting.appendleft((task, tries))
            return None
        return task, died(tries)

    def _not_started(self) -> None:
        self._failed_starts += 1
        if self._failed_starts >= _STARTS:
            raise EngineError(
                f"{_STARTS} processes died before they could read: give fewer --workers, or try figpath read"
            )

    def _remove(self, worker: Worker[T, R]) -> None:
        del self._workers[worker]
        worker.kill()
