"""Figures that draw the same genes and families as one, weighted by how rarely each is drawn."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from figpath.errors import StoreError
from figpath.search.results import Likeness, SimilarFigures
from figpath.store.duplicates import others
from figpath.store.hits import symbols_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from figpath.store.moment import Moment


@dataclass(eq=False)
class Similarity:
    """Compares the figures of one moment of a corpus.

    The measure is the cosine of the angle between two figures, each a vector with the inverse document frequency
    ``ln(figures / figures that draw it)`` at each gene and family that it draws and 0 elsewhere.

    Parameters
    ----------
    moment
        The corpus.
    """

    moment: Moment

    @cached_property
    def _rarity(self) -> NDArray[np.float64]:
        """Square of the inverse document frequency of each entity."""
        _, entities = self.moment.counter.chosen("name")
        counts = np.bincount(entities, minlength=len(self.moment.snapshot.entity_starts))
        rarity: NDArray[np.float64] = np.log(max(self.moment.snapshot.size, 1) / np.maximum(counts, 1)) ** 2
        return rarity

    @cached_property
    def _lengths(self) -> NDArray[np.float64]:
        """Length of the vector of each figure."""
        starts, entities = self.moment.counter.chosen("name")
        summed = np.concatenate([np.zeros(1), np.cumsum(self._rarity[entities])])
        found: NDArray[np.float64] = np.sqrt(np.maximum(summed[starts[1:]] - summed[starts[:-1]], 0.0))
        return found

    def similar(self, figid: str, *, limit: int) -> SimilarFigures:
        """Return figures that resemble one; see `figpath.collection.Collection.similar`."""
        row = self._row(figid)
        names = self._names(row)
        scores = self._scores(row, names)
        same = others(self.moment.connection, figid)
        scores[[row, *map(self._row, same)]] = 0.0
        near = np.flatnonzero(scores > 0)
        best = near[_best(scores[near], limit)].tolist()
        shared = {other: np.intersect1d(names, self._names(other), assume_unique=True) for other in best}
        symbols = symbols_of(self.moment.connection, {name for found in shared.values() for name in found.tolist()})
        facts = self._facts(best)
        return SimilarFigures(
            figid=figid,
            likenesses=tuple(
                Likeness(
                    figid=self.moment.snapshot.figids[other],
                    title=facts[other][0],
                    year=facts[other][1],
                    score=round(min(float(scores[other]), 1.0), 4),
                    shared=self._distinct(shared[other], symbols),
                )
                for other in best
            ),
            same_picture=same,
        )

    def _row(self, figid: str) -> int:
        sql = "SELECT id FROM figure WHERE figid = ?"
        found = self.moment.connection.execute(sql, (figid,)).fetchone()
        rows = self.moment.snapshot.rows_of(np.array(found or [], dtype=np.int32))
        if not len(rows):
            what = "failed to be read" if found else "is not in the corpus"
            raise StoreError(f"the figure {figid[:80]!r} {what}: figpath status --all lists them")
        return int(rows[0])

    def _names(self, row: int) -> NDArray[np.int32]:
        starts, entities = self.moment.counter.chosen("name")
        return entities[int(starts[row]) : int(starts[row + 1])]

    def _scores(self, row: int, names: NDArray[np.int32]) -> NDArray[np.float64]:
        scores = np.zeros(self.moment.snapshot.size)
        for name in names.tolist():
            scores[self.moment.counter.rows_drawing(name)] += self._rarity[name]
        lengths = self._lengths * self._lengths[row]
        cosines: NDArray[np.float64] = np.divide(scores, lengths, out=np.zeros_like(scores), where=lengths > 0)
        return cosines

    def _facts(self, rows: Sequence[int]) -> dict[int, tuple[str, int | None]]:
        """Title and year of some figures, by their rows."""
        sql = "SELECT figure_id, title, year FROM facts WHERE figure_id IN (SELECT value FROM json_each(?))"
        row_of = {int(self.moment.snapshot.ids[row]): row for row in rows}
        found = self.moment.connection.execute(sql, (json.dumps(list(row_of)),))
        return {row_of[number]: (title, year) for number, title, year in found}

    def _distinct(self, shared: NDArray[np.int32], symbols: dict[int, str]) -> tuple[str, ...]:
        """Symbols, the rarest first, each once however it is written."""
        rarest = shared[np.lexsort((shared, -self._rarity[shared]))].tolist()
        distinct = {symbols[name].lower(): symbols[name] for name in reversed(rarest)}
        return tuple(reversed(distinct.values()))


def _best(scores: NDArray[np.float64], limit: int) -> NDArray[np.intp]:
    """The places of the largest scores, best first; of equal ones the first."""
    if not limit:
        return np.zeros(0, dtype=np.intp)
    few = len(scores) <= limit
    least = scores.min(initial=0.0) if few else np.partition(scores, len(scores) - limit)[len(scores) - limit]
    near = np.flatnonzero(scores >= least)
    return near[np.lexsort((near, -scores[near]))[:limit]]
