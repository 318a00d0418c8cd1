"""The same work on a Ray cluster: each worker writes its results into a shard, one process merges the shards.

Ray is an optional extra, ``pip install figpath[ray]``, and imported when it is asked for. The folder of shards
has to be one that all machines of the cluster see.
"""

from __future__ import annotations

import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count, islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from figpath.corpus.shard import ShardWriter, read_shard
from figpath.corpus.workers import Lost, died, too_slow
from figpath.errors import EngineError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
    from pathlib import Path

T = TypeVar("T")
R = TypeVar("R")

_SHARD = 16  # tasks a worker is given at a time
_RENEWED = 12  # shards after which a worker makes way for a new one: engines keep memory for every size of picture
_POLL = 0.5  # seconds between looks at the shards
_START_SECONDS = 300.0
_STARTS = 3  # workers that may die before any has done a task


class ShardWork(Generic[T, R]):
    """What lives in a worker of Ray: the work, made once.

    Parameters
    ----------
    make
        Makes the work.
    """

    def __init__(self, make: Callable[[], Callable[[T], R]]) -> None:
        self._work = make()

    def do(self, tasks: Sequence[T], path: Path) -> None:
        """Do tasks in order and append each result to the shard."""
        shard: ShardWriter[R] = ShardWriter(path)
        try:
            for task in tasks:
                shard.add(self._work(task))
        finally:
            shard.close()


@dataclass(slots=True, kw_only=True)
class _Batch(Generic[T]):
    """Tasks at one worker, and how far the shard has been read."""

    tasks: list[T]
    path: Path
    tries: int
    done: int = 0
    read: int = 0
    began: bool = False
    moved: float = field(default_factory=time.monotonic)


class RayWorkers(Generic[T, R]):
    """Workers of a Ray cluster.

    Parameters
    ----------
    make
        Makes the work in each worker. It, the tasks and the results are pickled.
    address
        Of the cluster, or ``local`` to start one on this machine.
    folder
        Where the shards are written, seen by every machine.
    count
        Of workers.
    threads
        Cores that each of them takes.
    limit, attempts
        As for `figpath.corpus.workers.Processes`.

    Raises
    ------
    InputError
        When Ray is not installed.
    """

    def __init__(
        self,
        make: Callable[[], Callable[[T], R]],
        *,
        address: str,
        folder: Path,
        count: int,
        threads: int = 1,
        limit: float = 300.0,
        attempts: int = 3,
    ) -> None:
        try:
            import ray
        except ImportError as error:
            raise InputError("--ray needs Ray, which is not installed: run pip install 'figpath[ray]'") from error
        self._ray: Any = ray
        self._make = make
        self._address = address
        self._folder = folder
        self._count = count
        self._threads = threads
        self._limit = limit
        self._attempts = attempts

    def run(self, tasks: Iterable[T]) -> Generator[tuple[T, R | Lost], None, None]:
        """Yield each task with its result, or with `Lost`, as the shards grow.

        Raises
        ------
        EngineError
            When the cluster cannot be reached, or the workers cannot begin.
        """
        self._connect()
        try:
            yield from _Shift(self, iter(tasks)).results()
        finally:
            self._ray.shutdown()
            with suppress(OSError):  # shards that were not merged stay for the next run
                self._folder.rmdir()

    def leftovers(self) -> Iterator[R]:
        """Yield what finished in a run that was killed before it was merged, and take the shards away."""
        for path in sorted(self._folder.glob("*.shard")):
            for result, _ in read_shard(path):
                yield result
            path.unlink()

    def actor(self) -> Any:
        """Start a worker of Ray."""
        return self._ray.remote(num_cpus=self._threads, max_restarts=0)(ShardWork).remote(self._make)

    def _connect(self) -> None:
        quiet = {"log_to_driver": False, "include_dashboard": False, "configure_logging": False}
        where = {"num_cpus": self._count * self._threads, **quiet} if self._address == "local" else {}
        try:
            self._ray.init(address=None if self._address == "local" else self._address, **where)
        except Exception as error:  # Ray raises many kinds
            raise EngineError(
                f"no Ray cluster at {self._address}: {error}; check the address, or give local"
            ) from error
        self._folder.mkdir(parents=True, exist_ok=True)


class _Shift(Generic[T, R]):
    """The workers of one run and the batches that they have."""

    def __init__(self, owner: RayWorkers[T, R], tasks: Iterator[T]) -> None:
        self._owner = owner
        self._ray = owner._ray
        self._tasks = tasks
        self._numbers = count()
        self._again: deque[tuple[list[T], int]] = deque()
        self._idle: list[Any] = []
        self._actors = 0
        self._shards: dict[Any, int] = {}
        self._running: dict[Any, tuple[Any, _Batch[T]]] = {}  # the promise of Ray: its worker and batch
        self._began = False
        self._failed_starts = 0

    def results(self) -> Iterator[tuple[T, R | Lost]]:
        while self._give() or self._running:
            ended, _ = self._ray.wait(list(self._running), num_returns=1, timeout=_POLL)
            for promise in list(self._running):
                actor, batch = self._running[promise]
                yield from self._grown(batch)
                if promise in ended:
                    del self._running[promise]
                    yield from self._ended(promise, actor, batch)
                elif time.monotonic() - batch.moved > self._allowed(batch):
                    del self._running[promise]
                    self._ray.kill(actor)
                    self._actors -= 1
                    yield from self._over(batch, too_slow(self._owner._limit), tries=1)

    def _allowed(self, batch: _Batch[T]) -> float:
        """Seconds that a shard may stand still, or be absent while its worker starts."""
        return self._owner._limit if batch.began else _START_SECONDS

    def _give(self) -> bool:
        while self._idle or self._actors < self._owner._count:
            tasks, tries = self._again.popleft() if self._again else (list(islice(self._tasks, _SHARD)), 0)
            if not tasks:
                return False
            if not self._idle:
                self._idle.append(self._owner.actor())
                self._actors += 1
            actor = self._idle.pop()
            path = self._owner._folder / f"{next(self._numbers):08d}.shard"
            promise = actor.do.remote(tasks, path)
            self._running[promise] = (actor, _Batch(tasks=tasks, path=path, tries=tries + 1))
        return True

    def _grown(self, batch: _Batch[T]) -> Iterator[tuple[T, R | Lost]]:
        """Yield the results that were added to the shard."""
        if not batch.path.exists():
            return
        if not batch.began:
            batch.began, batch.moved = True, time.monotonic()
        for result, place in read_shard(batch.path, start=batch.read):
            task = batch.tasks[batch.done]
            batch.done, batch.read, batch.moved = batch.done + 1, place, time.monotonic()
            self._began = True
            yield task, result

    def _ended(self, promise: Any, actor: Any, batch: _Batch[T]) -> Iterator[tuple[T, R | Lost]]:
        try:
            self._ray.get(promise)
        except Exception as error:  # the worker died, could not be made, or met with an error
            self._ray.kill(actor)
            self._actors -= 1
            yield from self._grown(batch)
            self._check_start(error)
            yield from self._over(batch, died(self._owner._attempts), tries=self._owner._attempts)
            return
        yield from self._grown(batch)
        batch.path.unlink(missing_ok=True)
        self._shards[actor] = self._shards.get(actor, 0) + 1
        if self._shards[actor] < _RENEWED:
            self._idle.append(actor)
        else:
            self._ray.kill(actor)
            self._actors -= 1

    def _over(self, batch: _Batch[T], lost: Lost, *, tries: int) -> Iterator[tuple[T, R | Lost]]:
        """Give up the task that was under way, when it has been tried often enough, and begin anew with the others."""
        rest = batch.tasks[batch.done :]
        batch.path.unlink(missing_ok=True)
        again = batch.tries if batch.done == 0 else 1
        if rest and again >= tries:
            yield rest[0], lost
            rest, again = rest[1:], 0
        if rest:
            self._again.append((rest, again))

    def _check_start(self, error: Exception) -> None:
        """Raise when workers cannot even begin."""
        self._failed_starts += not self._began
        if self._failed_starts >= _STARTS:
            reason = " ".join(str(error).split())[:300]
            raise EngineError(f"{_STARTS} workers of Ray died before they could read: {reason}") from error
