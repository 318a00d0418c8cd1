"""Build a corpus: what is new or failed before is read, stored as it is finished, and counted."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from figpath.corpus.task import Task, failed, renamed, task_of, unusable
from figpath.corpus.workers import Lost
from figpath.source.found import Unusable

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence

    from figpath.entry import Entry, Stored
    from figpath.source.found import Source

_NAMED = 20  # failures that a summary names


class Corpus(Protocol):
    """What building needs of a store."""

    def stored(self, figid: str) -> Stored | None:
        """Return what is known of a figure; None when it is not there."""
        ...

    def put(self, entries: Sequence[Entry]) -> None:
        """Store figures, all of them or none."""
        ...

    def remove(self, figid: str) -> None:
        """Take a figure out."""
        ...

    def unreadable(self) -> Mapping[str, str]:
        """Return the figures that failed without a picture, each with where it should have been."""
        ...


class Workers(Protocol):
    """Anything that reads figures, several at the same time or not."""

    def leftovers(self) -> Iterable[Entry]:
        """Return what finished in a run before that was killed, and is not stored yet."""
        ...

    def run(self, tasks: Iterable[Task]) -> Generator[tuple[Task, Entry | Lost], None, None]:
        """Yield each task with what became of it, as it is finished."""
        ...


@dataclass(slots=True, kw_only=True)
class Summary:
    """What a run did.

    Parameters
    ----------
    ok, partial, failed
        Figures by how they ended in this run.
    unread
        Of those that are ``ok``, figures that are unlikely to be pathways and were not read.
    there
        Figures that were there already and were left as they are.
    older
        Of these, those that another version of models, lexicon or code has read.
    failures
        The first of those that failed, each with its reason.
    seconds
        Time of the run.
    """

    ok: int = 0
    partial: int = 0
    failed: int = 0
    unread: int = 0
    there: int = 0
    older: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def done(self) -> int:
        """Figures that this run has dealt with."""
        return self.ok + self.partial + self.failed

    def count(self, entry: Entry) -> None:
        """Count a figure that is finished."""
        setattr(self, entry.status, getattr(self, entry.status) + 1)
        self.unread += entry.key.wanted_score is not None
        if entry.status == "failed" and len(self.failures) < _NAMED:
            self.failures.append((entry.figid, entry.reason))


def build(
    found: Iterable[Source | Unusable],
    corpus: Corpus,
    workers: Workers,
    *,
    fingerprint: str,
    again: bool = False,
    least_for: Callable[[Source], float] = lambda _: 0.0,
    summary: Summary | None = None,
    told: Callable[[Summary], None] = lambda _: None,
) -> Summary:
    """Read the figures that are new or failed before, and store each as soon as it is finished.

    Parameters
    ----------
    found
        Figures, and what cannot be used.
    corpus
        Where they go; only this call writes to it.
    workers
        Turn tasks into entries.
    fingerprint
        Of models, lexicon, options and code.
    again
        Read figures anew that were read with another fingerprint.
    least_for
        The score below which the workers leave a figure unread: what was left for want of more is tried again.
    summary
        Is counted on; a new one by default.
    told
        Called after each figure.

    Returns
    -------
    Summary
        What was done.

    Raises
    ------
    StoreError
        When the corpus cannot be written; what was stored before stays.
    EngineError, LexiconError
        When no worker can begin.
    """
    start = time.monotonic()
    run = _Run(corpus, fingerprint, again=again, least_for=least_for, summary=summary or Summary(), told=told)
    for entry in workers.leftovers():
        run.store(entry)
    with closing(workers.run(run.tasks(found))) as results:
        for task, result in results:
            run.finish(task, failed(task, result.reason) if isinstance(result, Lost) else result)
    run.forget_repaired()
    run.summary.seconds += time.monotonic() - start
    return run.summary


class _Run:
    """What one call of `build` keeps in mind."""

    def __init__(
        self,
        corpus: Corpus,
        fingerprint: str,
        *,
        again: bool,
        least_for: Callable[[Source], float],
        summary: Summary,
        told: Callable[[Summary], None],
    ) -> None:
        self._corpus = corpus
        self._fingerprint = fingerprint
        self._again = again
        self._least_for = least_for
        self._told = told
        self._under_way: dict[str, Task] = {}
        self._met: set[str] = set()
        self._unreadable = dict(corpus.unreadable())
        self._files_read: set[str] = set()
        self.summary = summary

    def tasks(self, found: Iterable[Source | Unusable]) -> Iterator[Task]:
        """Yield what is to be read; what is there, or cannot be used, is dealt with on the way."""
        for one in found:
            if isinstance(one, Unusable):
                self._note(one)
                continue
            task = self._named(task_of(one, fingerprint=self._fingerprint))
            self._met.add(task.figid)
            if self._unreadable:
                self._files_read.add(_file(task.key.location))
            if self._is_there(task):
                self.summary.there += 1
                self._told(self.summary)
            else:
                if task.key.picture:
                    self._under_way[task.figid] = task
                yield task

    def finish(self, task: Task, entry: Entry) -> None:
        """Store a figure that is finished."""
        self.store(entry)
        self._under_way.pop(task.figid, None)
        self._told(self.summary)

    def forget_repaired(self) -> None:
        """Take out what stood for a file that could not be used, where the file has given its figures now."""
        for figid, location in self._unreadable.items():
            if _file(location) in self._files_read:
                self._corpus.remove(figid)

    def store(self, entry: Entry) -> None:
        """Store an entry, unless that would lose a better one."""
        if not _would_lose(entry, self._corpus.stored(entry.figid)):
            self._corpus.put([entry])
        self._unreadable.pop(entry.figid, None)
        self.summary.count(entry)

    def _note(self, found: Unusable) -> None:
        entry = unusable(found, fingerprint=self._fingerprint)
        stored = self._corpus.stored(entry.figid)
        if stored is not None and _would_lose(entry, stored) and _file(stored.key.location) != entry.key.location:
            figid = _with_mark(entry.figid, entry.key.figure)
            entry = unusable(replace(found, figure=replace(found.figure, figid=figid)), fingerprint=self._fingerprint)
        self.store(entry)
        self._told(self.summary)

    def _named(self, task: Task) -> Task:
        """Give a figure another id when its own is that of another picture: the first digits of its checksum tell.

        A picture that has changed where it was is the same figure, and so is one that another program had read.
        """
        other = self._under_way.get(task.figid)
        key = None if other is None else other.key
        if key is None:
            stored = self._corpus.stored(task.figid)
            key = stored.key if stored is not None and stored.origin == "figpath" else None
        changed = key is not None and key.location == task.key.location and task.figid not in self._met
        if key is None or key.picture in ("", task.key.picture) or changed:
            return task
        return renamed(task, _with_mark(task.figid, task.key.picture))

    def _is_there(self, task: Task) -> bool:
        if task.figid in self._under_way:
            return True
        stored = self._corpus.stored(task.figid)
        if stored is None or stored.status == "failed":
            return False
        same = (stored.key.picture, stored.key.figure) == (task.key.picture, task.key.figure)
        wanted = stored.key.wanted_score
        if same and wanted is not None and self._least_for(task.source) < wanted:
            return False
        if same and stored.key.made_with != self._fingerprint:
            self.summary.older += not self._again
            return not self._again
        return same


def _file(location: str) -> str:
    """Return the file at a location, or the package that it is in."""
    return location.partition(": ")[0]


def _with_mark(figid: str, mark: str) -> str:
    return f"{figid[:180]}-{mark[:8] or 'unreadable'}"


def _would_lose(entry: Entry, stored: Stored | None) -> bool:
    """Tell whether a failure would take the place of a good reading, or a figure left unread that of PFOCR's."""
    if stored is None or stored.status == "failed":
        return False
    if entry.status != "failed":
        return entry.key.wanted_score is not None and entry.origin != stored.origin
    return entry.key.picture in ("", stored.key.picture) or entry.origin != stored.origin
