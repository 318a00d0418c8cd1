"""The figures of one page, in the order that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from figpath.search.results import Sort
    from figpath.store.matching import Matches
    from figpath.store.snapshot import Snapshot

_ROW_BITS, _YEAR_BITS = 26, 12  # 67 million figures, years up to 4095
_STEPS: Final = 1024  # into which a score is divided: closer ones are equal


def page(found: Matches, snapshot: Snapshot, *, limit: int, offset: int = 0, sort: Sort = "relevance") -> NDArray[Any]:
    """Return the rows of one page, best first; of equal ones the latest first, then by figid.

    Parameters
    ----------
    found
        What matches.
    snapshot
        The figures.
    limit, offset
        How many, after how many.
    sort
        ``relevance``, ``year`` (the latest first) or ``figid``.

    Returns
    -------
    array of int
        At most `limit` rows.
    """
    rows = np.flatnonzero(found.mask)
    if sort == "figid":
        return rows[offset : offset + limit]
    # One whole number a figure orders by everything at once, so that the best need not be sorted out of all.
    key = (snapshot.years[rows].astype(np.int64) << _ROW_BITS) - rows
    if sort == "relevance":
        key += (found.scores[rows] * _STEPS).astype(np.int64) << (_ROW_BITS + _YEAR_BITS)
    count = min(offset + limit, len(rows))
    if not count:
        return rows[:0]
    best = np.argpartition(-key, count - 1)[:count]
    return rows[best[np.argsort(-key[best])]][offset:]
