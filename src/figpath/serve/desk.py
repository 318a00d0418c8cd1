"""Desk: where questions about a corpus are answered. A desk belongs to one thread, and there are several of them."""

from __future__ import annotations

import asyncio
import queue
import threading
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from figpath.errors import FigpathError, InputError
from figpath.grounding.lexicon.lexicon import open_lexicon
from figpath.search.names import LexiconNames
from figpath.search.results import FACETS
from figpath.serve.failures import BusyError, MissingError
from figpath.serve.memory import Memory
from figpath.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from figpath.entry import Picture
    from figpath.record import Record
    from figpath.search.results import Found, GeneView, Sort
    from figpath.store import Searcher, Store
    from figpath.store.gene_sets import DrawnGenes

T = TypeVar("T")

EVERYTHING: Final = "NOT year:1"
"""A query that every figure answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A corpus as one thread sees it.

    Parameters
    ----------
    store, searcher
        Open for reading, and of this thread.
    memory
        What all threads share.
    """

    store: Store
    searcher: Searcher
    memory: Memory

    def search(
        self, query: str, *, limit: int, offset: int = 0, sort: Sort = "relevance", facets: Sequence[str] = FACETS
    ) -> Found:
        """Return what a query finds; one without words finds every figure."""
        asked = query.strip() or EVERYTHING
        found = self.searcher.search(asked, limit=limit, offset=offset, sort=sort, facets=facets)
        return found if query.strip() else replace(found, query="")

    def record(self, figid: str) -> Record:
        """Return the record of a figure.

        Raises
        ------
        MissingError
            When there is none.
        """
        if self.store.stored(figid) is None:
            raise MissingError(f"there is no figure {figid[:200]!r}: search for it, or look at its spelling")
        return self.store.record(figid)

    def gene(self, name: str, *, taxon: int | None, figures: int, companions: int) -> GeneView:
        """Return all that the corpus shows of a gene.

        Raises
        ------
        MissingError
            When no figure draws it; the message suggests names.
        """
        try:
            return self.searcher.gene(name, taxon=taxon, figures=figures, companions=companions)
        except InputError as error:
            raise MissingError(str(error)) from error

    def picture(self, figid: str) -> Picture:
        """Return the picture of a figure, which may have neither file nor thumbnail.

        Raises
        ------
        MissingError
            When there is no such figure, or it has no picture.
        """
        self.record(figid)
        found = self.store.picture(figid)
        if found is None:
            raise MissingError(f"the corpus has no picture of the figure {figid}")
        return found

    def drawn_genes(self) -> DrawnGenes:
        """Return which genes every figure draws; read once for a state of the corpus."""
        return self.memory.once("drawn genes", self.store.drawn_genes)


class Desks:
    """A few threads that each hold the corpus open; they start with the first question.

    Parameters
    ----------
    path
        The corpus.
    threads
        How many.
    waiting
        Questions that may wait for a thread.
    """

    def __init__(self, path: Path, *, threads: int, waiting: int) -> None:
        self._memory = Memory(path, open_lexicon())
        self.lexicon = self._memory.lexicon
        self._path, self._count = path, threads
        self._questions: queue.Queue[tuple[Future[Any], Callable[[Desk], Any]] | None] = queue.Queue(waiting)
        self._threads: list[threading.Thread] = []
        self._starting = threading.Lock()

    async def ask(self, question: Callable[[Desk], T]) -> T:
        """Answer a question on one of the threads.

        Raises
        ------
        BusyError
            When too many are waiting already.
        """
        self._start()
        answer: Future[T] = Future()
        try:
            self._questions.put_nowait((answer, question))
        except queue.Full as error:
            raise BusyError("too many questions are waiting: ask again in a few seconds") from error
        return await asyncio.wrap_future(answer)

    def close(self) -> None:
        """Answer what is waiting, then close the corpus."""
        for _ in self._threads:
            self._questions.put(None)
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def _start(self) -> None:
        with self._starting:
            while len(self._threads) < self._count:
                thread = threading.Thread(target=self._work, name=f"figpath-desk-{len(self._threads)}", daemon=True)
                self._threads.append(thread)
                thread.start()

    def _work(self) -> None:
        """Answer questions until told to stop; a corpus that cannot be opened is tried again with the next one."""
        while (task := self._questions.get()) is not None:
            try:
                store = open_store(self._path)
            except FigpathError as error:
                if task[0].set_running_or_notify_cancel():
                    task[0].set_exception(error)
                continue
            with closing(store):
                searcher = store.searcher(LexiconNames(self._memory.lexicon))
                self._serve(Desk(store=store, searcher=searcher, memory=self._memory), task)
            return

    def _serve(self, desk: Desk, task: tuple[Future[Any], Callable[[Desk], Any]] | None) -> None:
        while task is not None:
            answer, question = task
            if answer.set_running_or_notify_cancel():
                try:
                    answer.set_result(question(desk))
                except Exception as error:  # whoever asked decides what becomes of it
                    answer.set_exception(error)
            del answer, question
            task = self._questions.get()
