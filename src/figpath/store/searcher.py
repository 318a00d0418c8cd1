"""Searcher: answers queries about a corpus, of which it keeps the present state in memory."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from figpath.errors import InputError
from figpath.search.names import NoNames
from figpath.search.parse import parse
from figpath.search.query import Named, Words, wanted
from figpath.search.results import FACETS, Found, Suggestion
from figpath.search.spelling_help import Nearest
from figpath.store import snapshot as snapshots
from figpath.store.database import translated
from figpath.store.facets import Counter
from figpath.store.hits import Shown, hits, patterns_of
from figpath.store.matching import Matcher

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from sqlite3 import Connection

    from numpy.typing import NDArray

    from figpath.search.names import Names
    from figpath.search.results import Sort
    from figpath.store.matching import Matches
    from figpath.store.snapshot import Snapshot

_ROW_BITS, _YEAR_BITS = 26, 14


@dataclass(eq=False)
class State:
    """One state of a corpus with what is derived from it, each thing when it is first asked for."""

    connection: Connection
    snapshot: Snapshot
    names: Names

    @cached_property
    def matcher(self) -> Matcher:
        """Finds figures."""
        return Matcher(self.connection, self.snapshot, self.names)

    @cached_property
    def counter(self) -> Counter:
        """Counts them."""
        return Counter(self.connection, self.snapshot)

    @cached_property
    def nearest(self) -> Nearest:
        """Finds genes that are spelled nearly so, the most often drawn first."""
        counts = np.diff(self.snapshot.entity_starts)
        found: dict[str, int] = {}
        for number, symbol in self.connection.execute("SELECT id, symbol FROM entity WHERE kind IN ('gene', 'family')"):
            weight = int(counts[number]) if number < len(counts) else 0
            found[symbol] = max(weight, found.get(symbol, 0))
        return Nearest(list(found), list(found.values()))


class Searcher:
    """Answers queries; a search costs milliseconds when the first one has loaded the corpus.

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
        self._state: State | None = None

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
        leaves = list(dict.fromkeys(wanted(query)))
        with self.state() as state:
            found = state.matcher.matches(query)
            total = int(np.count_nonzero(found.mask))
            page = _page(found, state.snapshot, limit=limit, offset=offset, sort=sort)
            entities = frozenset(number for leaf in leaves for number in state.matcher.entities(leaf).tolist())
            shown = Shown(entities=entities, patterns=patterns_of(leaves))
            return Found(
                query=text,
                total=total,
                offset=offset,
                hits=hits(self._connection, state.snapshot, page.tolist(), found.scores, shown),
                facets=state.counter.facets(found.mask, facets) if facets else (),
                suggestions=tuple(_suggestions(state, leaves)),
            )

    @contextmanager
    def state(self) -> Iterator[State]:
        """Give the corpus as it is now, and hold it so for the block: a writer changes nothing of it."""
        with translated(self._path):
            inside = self._connection.in_transaction
            if not inside:
                self._connection.execute("BEGIN")
            try:
                yield self._current()
            finally:
                if not inside:
                    self._connection.execute("ROLLBACK")

    def _current(self) -> State:
        # Reading a table begins the transaction; only then does the version stand still.
        self._connection.execute("SELECT 1 FROM about LIMIT 1").fetchone()
        other = int(self._connection.execute("PRAGMA data_version").fetchone()[0])
        version = (other, self._connection.total_changes)
        if self._state is None or version != self._version:
            loaded = snapshots.load(self._connection)
            self._state, self._version = State(self._connection, loaded, self._names), version
        return self._state


def _check(limit: int, offset: int, facets: Sequence[str]) -> None:
    if limit < 0 or offset < 0:
        raise InputError(f"cannot show {limit} figures from the {offset}th on: give numbers from 0 up")
    unknown = [name for name in facets if name not in FACETS]
    if unknown:
        raise InputError(f"unknown facet {unknown[0]!r}: the facets are {', '.join(FACETS)}")


def _page(found: Matches, snapshot: Snapshot, *, limit: int, offset: int, sort: Sort) -> NDArray[Any]:
    """Rows of one page, best first; of equal ones the latest first, then by figid."""
    rows = np.flatnonzero(found.mask)
    if sort == "figid":
        return rows[offset : offset + limit]
    key = snapshot.years[rows].astype(np.int64) << _ROW_BITS
    if sort == "relevance":
        key += (found.scores[rows] * 1024).astype(np.int64) << (_ROW_BITS + _YEAR_BITS)
    key -= rows
    wanted_rows = min(offset + limit, len(rows))
    if not wanted_rows:
        return rows[:0]
    best = np.argpartition(-key, wanted_rows - 1)[:wanted_rows]
    return rows[best[np.argsort(-key[best])]][offset:]


def _suggestions(state: State, leaves: Sequence[object]) -> Iterator[Suggestion]:
    """Help for names and single words that nothing is known by."""
    for leaf in leaves:
        if isinstance(leaf, Named) and leaf.field in ("gene", "drawn") and not leaf.prefix:
            name = leaf.name
        elif isinstance(leaf, Words) and not leaf.prefix and " " not in leaf.text:
            name = leaf.text
        else:
            continue
        if not state.matcher.matches(leaf).mask.any():
            nearest = state.nearest.to(name)
            if nearest:
                yield Suggestion(name=name, nearest=nearest)
