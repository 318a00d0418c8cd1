"""Figures and what they draw as arrays: whole corpora are counted and compared in milliseconds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

DRAWN: Final = 1
"""Flag of an entity that the figure draws, and does not only have as a member of a drawn family."""

FIRST: Final = 2
"""Flag of the entity that stands first in its mention."""

TYPES: Final = ("F", "S", "SF", "GA", "AF", "EV")
"""What the number of a figure begins with: its type."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Snapshot:
    """All figures that did not fail, a row each, in the order of their figids; and what they draw for sure.

    Parameters
    ----------
    figids
        Of each row.
    ids
        ``(n,)`` numbers of the figures in the tables.
    years
        ``(n,)``, 0 where it is not known.
    types
        ``(n,)`` places in `TYPES`.
    journals, journal_names
        ``(n,)`` places in the list of names.
    pathway
        ``(n,)`` scores, NaN for what was not screened.
    words
        ``(n,)`` words of the texts.
    organism_rows, organisms
        Pairs of row and taxon id.
    starts, entities, flags
        What row ``i`` draws: ``entities[starts[i]:starts[i + 1]]``, ascending, with their `DRAWN` and `FIRST`.
    entity_starts, rows, row_flags
        The same the other way round: where entity ``e`` is drawn.
    """

    figids: tuple[str, ...]
    ids: NDArray[np.int32]
    years: NDArray[np.int16]
    types: NDArray[np.uint8]
    journals: NDArray[np.int32]
    journal_names: tuple[str, ...]
    pathway: NDArray[np.float64]
    words: NDArray[np.float32]
    organism_rows: NDArray[np.int32]
    organisms: NDArray[np.int32]
    starts: NDArray[np.int64]
    entities: NDArray[np.int32]
    flags: NDArray[np.uint8]
    entity_starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    row_flags: NDArray[np.uint8]

    @property
    def size(self) -> int:
        """How many figures there are."""
        return len(self.ids)

    @cached_property
    def row_of(self) -> NDArray[np.int32]:
        """The row of each figure by its number; -1 for one that failed or is not there."""
        found = np.full(int(self.ids.max(initial=0)) + 2, -1, dtype=np.int32)
        found[self.ids] = np.arange(self.size, dtype=np.int32)
        return found

    def rows_of(self, ids: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the rows of figures by their numbers, leaving out those that have none."""
        rows = self.row_of[np.minimum(ids, len(self.row_of) - 1)]
        return rows[rows >= 0]

    def drawn_by(self, row: int) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        """Return what a figure draws: entities and their flags."""
        part = slice(int(self.starts[row]), int(self.starts[row + 1]))
        return self.entities[part], self.flags[part]

    def drawing(self, entity: int) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        """Return the rows of the figures that draw an entity, and their flags."""
        if entity + 1 >= len(self.entity_starts):
            return self.rows[:0], self.row_flags[:0]
        part = slice(int(self.entity_starts[entity]), int(self.entity_starts[entity + 1]))
        return self.rows[part], self.row_flags[part]


def gathered(starts: NDArray[np.int64], chosen: NDArray[Any]) -> NDArray[np.int64]:
    """Return the places of all elements of the chosen segments, one segment after the other."""
    begins = starts[chosen]
    lengths = starts[chosen + 1] - begins
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    places: NDArray[np.int64] = np.arange(total, dtype=np.int64) + np.repeat(begins - (ends - lengths), lengths)
    return places


def parsed(text: str | None) -> NDArray[np.int32]:
    """Return the numbers of what ``group_concat`` joined, which costs a tenth of fetching them row by row."""
    return np.fromstring(text, sep=",", dtype=np.int32) if text else np.zeros(0, dtype=np.int32)
