"""Figures that were found, counted by organism, year, journal, gene and disease."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import numpy as np

from figpath import ids
from figpath.search.results import Facet, FacetValue
from figpath.store.snapshot import DRAWN, FIRST, gathered

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from figpath.store.snapshot import Snapshot

Chosen: TypeAlias = Literal["name", "gene", "disease"]

SHOWN: Final = 20
"""Values of a facet; years are all shown."""

_MANY = 0.25  # share of all figures above which counting all of them costs less than choosing
_KINDS = ("gene", "family", "chemical", "disease")
_ENTITIES = f"""
    SELECT id, CASE kind {" ".join(f"WHEN '{kind}' THEN {place}" for place, kind in enumerate(_KINDS))} END, taxon
    FROM entity WHERE id < ? ORDER BY symbol, curie, taxon
"""  # noqa: S608 - our own kinds
_GENE, _FAMILY, _, _DISEASE = range(4)


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
        size = len(snapshot.entity_starts)
        kinds = np.zeros(size, dtype=np.uint8)
        self.taxa: NDArray[np.int32] = np.zeros(size, dtype=np.int32)
        self._ranks = np.zeros(size, dtype=np.int32)  # by symbol, which orders what is equally frequent
        listed = np.array(connection.execute(_ENTITIES, (size,)).fetchall(), dtype=np.int64).reshape(-1, 3)
        numbers = listed[:, 0]
        kinds[numbers], self.taxa[numbers], self._ranks[numbers] = listed[:, 1], listed[:, 2], np.arange(len(numbers))
        self._journal_ranks = np.argsort(np.argsort(np.array(snapshot.journal_names, dtype=str)))
        kind_of = kinds[snapshot.entities]
        drawn, first = snapshot.flags & DRAWN > 0, snapshot.flags & FIRST > 0
        self._chosen = {
            "name": self._only(drawn & (kind_of <= _FAMILY)),
            "gene": self._only(drawn & (kind_of == _GENE)),
            # A disease stands in two vocabularies; the first of a mention is the one that is counted.
            "disease": self._only(first & (kind_of == _DISEASE)),
        }
        self._totals: dict[int, tuple[NDArray[np.int64], int]] = {}

    def facets(self, mask: NDArray[np.bool_], names: Sequence[str]) -> tuple[Facet, ...]:
        """Return the facets of some names over the figures of a mask."""
        rows = np.flatnonzero(mask)
        return tuple(Facet(name=name, values=tuple(self._values(name, mask, rows))) for name in names)

    def chosen(self, name: Chosen) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Return where the entities of each row begin, and the entities: genes and families (``name``) and so on."""
        return self._chosen[name]

    def rows_drawing(self, entity: int) -> NDArray[np.int32]:
        """Return the rows of the figures that draw an entity themselves."""
        rows, flags = self._snapshot.drawing(entity)
        return rows[flags & DRAWN > 0]

    def gene_totals(self, among: NDArray[np.bool_], taxon: int) -> tuple[NDArray[np.int64], int]:
        """Return how many figures of a mask draw each gene, and how many draw any gene of a species.

        The mask is always the same for one state of a corpus.
        """
        if taxon not in self._totals:
            starts, entities = self._chosen["gene"]
            kept = np.repeat(among, np.diff(starts))
            own = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(kept & (self.taxa[entities] == taxon))])
            totals = np.bincount(entities[kept], minlength=len(self.taxa))
            self._totals[taxon] = totals, int(np.count_nonzero(own[starts[1:]] > own[starts[:-1]]))
        return self._totals[taxon]

    def drawn_genes(self, rows: NDArray[Any]) -> NDArray[np.int64]:
        """Return how many of some figures draw each gene, by the gene's number."""
        return self._counted("gene", rows)

    def _values(self, name: str, mask: NDArray[np.bool_], rows: NDArray[np.int64]) -> list[FacetValue]:
        snapshot = self._snapshot
        if name == "organism":
            counts = np.bincount(snapshot.organisms[mask[snapshot.organism_rows]])
            return [_organism(taxon, n) for taxon, n in _largest(counts, np.arange(len(counts)))]
        if name == "year":
            counts = np.bincount(snapshot.years[rows])
            found = [(year, int(counts[year])) for year in np.flatnonzero(counts)[::-1].tolist() if year]
            return [FacetValue(label=str(year), query=f"year:{year}", count=n) for year, n in found]
        if name == "journal":
            largest = _largest(np.bincount(snapshot.journals[rows]), self._journal_ranks)
            journals = [(snapshot.journal_names[place], n) for place, n in largest]
            return [FacetValue(label=one, query=f"journal:{quoted(one)}", count=n) for one, n in journals if one]
        return self._entities("gene" if name == "gene" else "disease", rows)

    def _entities(self, name: Chosen, rows: NDArray[np.int64]) -> list[FacetValue]:
        field = "drawn" if name == "gene" else name
        largest = _largest(self._counted(name, rows), self._ranks)
        sql = "SELECT id, curie, symbol, taxon FROM entity WHERE id IN (SELECT value FROM json_each(?))"
        asked = json.dumps([number for number, _ in largest])
        described = {number: rest for number, *rest in self._connection.execute(sql, (asked,))}
        found = []
        for number, count in largest:
            curie, symbol, taxon = described[number]
            label = symbol if taxon in (0, ids.HUMAN) else f"{symbol} ({ids.taxon(taxon).common or taxon})"
            found.append(FacetValue(label=label, query=f"{field}:{curie}", count=count))
        return found

    def _counted(self, name: Chosen, rows: NDArray[Any]) -> NDArray[np.int64]:
        starts, entities = self._chosen[name]
        if len(rows) > _MANY * self._snapshot.size:
            mask = np.zeros(self._snapshot.size, dtype=np.bool_)
            mask[rows] = True
            return np.bincount(entities[np.repeat(mask, np.diff(starts))])
        return np.bincount(entities[gathered(starts, rows)])

    def _only(self, wanted: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """The rows of the snapshot with only some of their entities."""
        before = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(wanted, dtype=np.int64)])
        return before[self._snapshot.starts], self._snapshot.entities[wanted]


def _largest(counts: NDArray[np.int64], ranks: NDArray[Any]) -> list[tuple[int, int]]:
    """The values with the largest counts; of equal counts those with the smaller rank first."""
    places = np.flatnonzero(counts)
    order = np.lexsort((ranks[places], -counts[places]))[:SHOWN]
    return [(int(place), int(counts[place])) for place in places[order]]


def _organism(taxon: int, count: int) -> FacetValue:
    return FacetValue(label=ids.taxon(taxon).name, query=f"organism:{taxon}", count=count)


def quoted(text: str) -> str:
    """Return a name as a query has it."""
    return '"' + text.replace('"', "") + '"'
