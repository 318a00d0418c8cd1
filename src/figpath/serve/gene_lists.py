"""Gene lists on a server: what `figpath.Collection` answers about them, answered once for all of its threads."""

from __future__ import annotations

import threading
from contextlib import closing
from functools import cached_property
from typing import TYPE_CHECKING, Final

from figpath.collection.gene_list_questions import GeneListQuestions
from figpath.enrich import gene_list_of
from figpath.enrich.enricher import Enricher
from figpath.errors import InputError
from figpath.store import open_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.enrich import GeneList
    from figpath.serve.memory import Memory, State
    from figpath.store.gene_sets import DrawnGenes

MOST_NAMES: Final = 100_000
"""Names of a list: more than any genome has genes."""


class GeneLists(GeneListQuestions):
    """The questions about gene lists of one server.

    The gene sets take a tenth of a gigabyte of a large corpus, so that the threads share them; `asking` lets one
    question at a time through, so that no two prepare the same.

    Parameters
    ----------
    memory
        Of the server.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self.asking = threading.Lock()

    @cached_property
    def _enricher(self) -> Enricher:
        return Enricher(_Corpus(self._memory), self._memory.lexicon, lambda: self._memory.accessions)


def list_of(text: str, *, name: str) -> GeneList:
    """Return the list in a text that somebody sent.

    Raises
    ------
    InputError
        When it has no gene, or more names than there are genes.
    """
    listed = gene_list_of(text, name=name)
    if len(listed.names) > MOST_NAMES:
        raise InputError(f"{name} has {len(listed.names):,} names: send at most {MOST_NAMES:,}, or run figpath enrich")
    return listed


class _Corpus:
    """The corpus as enrichment wants it, for whichever thread asks."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def state(self) -> State:
        return self._memory.state()

    def drawn_genes(self) -> DrawnGenes:
        def read() -> DrawnGenes:
            with closing(open_store(self._memory.path)) as store:
                return store.drawn_genes()

        return self._memory.once("drawn genes", read)

    def titles(self, figids: Sequence[str]) -> dict[str, str]:
        with closing(open_store(self._memory.path)) as store:
            return store.titles(figids)
