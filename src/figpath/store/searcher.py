"""Searcher: answers questions about a corpus, of which it keeps the present moment in memory."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import numpy as np

from figpath.errors import InputError
from figpath.search.names import NoNames
from figpath.search.parse import parse
from figpath.search.query import Named, Words, wanted
from figpath.search.results import FACETS, Found, Suggestion
from figpath.store import present
from figpath.store.contents import topics
from figpath.store.database import translated
from figpath.store.gene_view import gene_view
from figpath.store.hits import Shown, hits, patterns_of
from figpath.store.likeness import Similarity
from figpath.store.moment import Moment
from figpath.store.paging import page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from sqlite3 import Connection

    from figpath.search.names import Names
    from figpath.search.query import Leaf
    from figpath.search.results import GeneView, SimilarFigures, Sort
    from figpath.store.contents import Topic
    from figpath.store.snapshot import Snapshot


_JOINTS: Final = re.compile(r"[,;/|+&]")


class Searcher:
    """Answers questions in milliseconds, once the first one has loaded the corpus.

    Parameters
    ----------
    connection
        Of the corpus.
    path
        The corpus, for messages.
    names
        What names stand for; without it, what the corpus itself says.
    """

    def __init__(self, connection: Connection, path: Path, names: Names | None = None) -> None:
        self._connection, self._path, self._names = connection, path, names or NoNames()
        self._version: tuple[int, int] | None = None
        self._kept: tuple[str, Snapshot] | None = None
        self._state: Moment | None = None
        self._similarity: Similarity | None = None

    def search(
        self,
        text: str,
        *,
        limit: int = 24,
        offset: int = 0,
        sort: Sort = "relevance",
        facets: Sequence[str] = (),
    ) -> Found:
        """Return the figures that a query asks for; see `figpath.collection.Collection.search`."""
        query = parse(text)
        _check(limit, offset, facets)
        leaves = tuple(dict.fromkeys(wanted(query)))
        with self._present() as moment:
            found = moment.matcher.matches(query)
            rows = page(found, moment.snapshot, limit=limit, offset=offset, sort=sort).tolist()
            entities = frozenset(number for leaf in leaves for number in moment.matcher.entities(leaf).tolist())
            shown = Shown(entities=entities, patterns=patterns_of(leaves))
            return Found(
                query=text,
                total=int(np.count_nonzero(found.mask)),
                offset=offset,
                hits=hits(self._connection, moment.snapshot, rows, found.scores, shown),
                facets=moment.counter.facets(found.mask, facets) if facets else (),
                suggestions=tuple(_suggestions(moment, leaves)),
            )

    def gene(self, name: str, *, taxon: int | None = None, figures: int = 24, companions: int = 20) -> GeneView:
        """Return all that the corpus shows of a gene; see `figpath.collection.Collection.gene`."""
        _check(figures, companions, ())
        with self._present() as moment:
            return gene_view(moment, name, taxon=taxon, figures=figures, companions=companions)

    def similar(self, figid: str, *, limit: int = 24) -> SimilarFigures:
        """Return figures that resemble one; see `figpath.collection.Collection.similar`."""
        _check(limit, 0, ())
        with self._present() as moment:
            if self._similarity is None or self._similarity.moment is not moment:
                self._similarity = Similarity(moment)
            return self._similarity.similar(figid, limit=limit)

    def topics(self) -> tuple[Topic, ...]:
        """Return everything that figures draw, their organisms and their years."""
        with self._present() as moment:
            return topics(moment)

    @contextmanager
    def _present(self) -> Iterator[Moment]:
        """Give the corpus as it is now, and hold it so for the block, whatever a writer does meanwhile."""
        with translated(self._path):
            self._connection.execute("BEGIN")
            try:
                yield self._current()
            finally:
                self._connection.execute("COMMIT")

    def _current(self) -> Moment:
        # Reading a table begins the transaction in earnest: from then on the version stands still.
        stamp = present.stamp(self._connection)
        version = (int(self._connection.execute("PRAGMA data_version").fetchone()[0]), self._connection.total_changes)
        if self._state is None or version != self._version:
            if self._kept is None or self._kept[0] != stamp:
                self._kept = (stamp, present.kept(self._connection))
            loaded = present.load(self._connection, self._kept[1])
            self._state, self._version = Moment(self._connection, loaded, self._names), version
        return self._state


def _check(limit: int, offset: int, facets: Sequence[str]) -> None:
    if limit < 0 or offset < 0:
        raise InputError(f"cannot show {min(limit, offset)} of what is found: give a number from 0 up")
    unknown = [name for name in facets if name not in FACETS]
    if unknown:
        raise InputError(f"unknown facet {unknown[0]!r}: the facets are {', '.join(FACETS)}")


def _suggestions(moment: Moment, leaves: Sequence[Leaf]) -> Iterator[Suggestion]:
    """Help with genes and single words that nothing is known by."""
    for leaf in leaves:
        name = _one_name(leaf)
        if name and not moment.matcher.matches(leaf).mask.any():
            nearest = _joined_names(moment, name) or moment.nearest.to(name)
            if nearest:
                yield Suggestion(name=name, nearest=nearest)


def _joined_names(moment: Moment, name: str) -> tuple[str, ...]:
    """Return the names in a list without blanks, such as ``JAK2,STAT3``; none unless each is known."""
    parts = [part for part in _JOINTS.split(name) if part]
    known = len(parts) > 1 and all(len(moment.matcher.entities(Named(field="gene", name=part))) for part in parts)
    return tuple(parts) if known else ()


def _one_name(leaf: Leaf) -> str:
    if isinstance(leaf, Named) and leaf.field in ("gene", "drawn") and not leaf.prefix:
        return leaf.name
    if isinstance(leaf, Words) and not leaf.prefix and " " not in leaf.text:
        return leaf.text
    return ""
