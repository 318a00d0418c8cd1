"""Figures that were found, counted by organism, year, journal, gene and disease."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from figpath import ids
from figpath.search.results import Facet, FacetValue
from figpath.store.snapshot import DRAWN, FIRST, gathered

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from figpath.store.snapshot import Snapshot

SHOWN: Final = 20
"""Values of a facet; years are all shown."""

_MANY = 0.25  # share of all figures above which counting all of them costs less than choosing
_KINDS = ("gene", "family", "chemical", "disease")


class Counter:
    """Counts figures of one state of a corpus.

    Parameters
    ----------
    connection
        Of the corpus; the caller holds a transaction.
    snapshot
        The figures.
    """

    def __init__(self, connection: sqlite3.Connection, snapshot: Snapshot) -> None:
        self._connection, self._snapshot = connection, snapshot
        kinds = np.zeros(len(snapshot.entity_starts), dtype=np.uint8)
        for number, kind in connection.execute("SELECT id, kind FROM entity"):
            if number < len(kinds):
                kinds[number] = _KINDS.index(kind) + 1
        gene = (kinds[snapshot.entities] == _KINDS.index("gene") + 1) & (snapshot.flags & DRAWN > 0)
        # A disease stands in two vocabularies; the first of a mention is the one that is counted.
        disease = (kinds[snapshot.entities] == _KINDS.index("disease") + 1) & (snapshot.flags & FIRST > 0)
        self._drawn = {"gene": self._chosen(gene), "disease": self._chosen(disease)}

    def facets(self, mask: NDArray[np.bool_], names: Sequence[str]) -> tuple[Facet, ...]:
        """Return the facets of some names over the figures of a mask."""
        rows = np.flatnonzero(mask)
        return tuple(Facet(name=name, values=tuple(self._values(name, mask, rows))) for name in names)

    def drawn_genes(self, rows: NDArray[Any]) -> NDArray[np.int64]:
        """Return how many of some figures draw each gene, by the gene's number."""
        return self._counted("gene", rows)

    def _values(self, name: str, mask: NDArray[np.bool_], rows: NDArray[np.int64]) -> list[FacetValue]:
        snapshot = self._snapshot
        if name == "organism":
            counts = np.bincount(snapshot.organisms[mask[snapshot.organism_rows]])
            return [_organism(taxon, n) for taxon, n in _largest(counts)]
        if name == "year":
            counts = np.bincount(snapshot.years[rows])
            found = [(year, int(counts[year])) for year in np.flatnonzero(counts)[::-1].tolist() if year]
            return [FacetValue(label=str(year), query=f"year:{year}", count=n) for year, n in found]
        if name == "journal":
            journals = [(snapshot.journal_names[place], n) for place, n in _largest(np.bincount(snapshot.journals[rows]))]
            return [FacetValue(label=one, query=f"journal:{_quoted(one)}", count=n) for one, n in journals if one]
        return self._entities(name, rows)

    def _entities(self, name: str, rows: NDArray[np.int64]) -> list[FacetValue]:
        largest = _largest(self._counted(name, rows))
        found = []
        for number, count in largest:
            sql = "SELECT curie, symbol, taxon FROM entity WHERE id = ?"
            curie, symbol, taxon = self._connection.execute(sql, (number,)).fetchone()
            label = symbol if taxon in (0, ids.HUMAN) else f"{symbol} ({ids.taxon(taxon).common or taxon})"
            found.append(FacetValue(label=label, query=f"{name}:{curie}", count=count))
        return found

    def _counted(self, name: str, rows: NDArray[Any]) -> NDArray[np.int64]:
        starts, entities = self._drawn[name]
        if len(rows) > _MANY * self._snapshot.size:
            mask = np.zeros(self._snapshot.size, dtype=np.bool_)
            mask[rows] = True
            return np.bincount(entities[np.repeat(mask, np.diff(starts))])
        return np.bincount(entities[gathered(starts, rows)])

    def _chosen(self, wanted: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """The rows of the snapshot with only some of their entities."""
        before = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(wanted, dtype=np.int64)])
        return before[self._snapshot.starts], self._snapshot.entities[wanted]


def _largest(counts: NDArray[np.int64]) -> list[tuple[int, int]]:
    """The values with the largest counts; of equal counts those with the smaller number first."""
    places = np.flatnonzero(counts)
    order = np.lexsort((places, -counts[places]))[:SHOWN]
    return [(int(place), int(counts[place])) for place in places[order]]


def _organism(taxon: int, count: int) -> FacetValue:
    return FacetValue(label=ids.taxon(taxon).name, query=f"organism:{taxon}", count=count)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "") + '"'
