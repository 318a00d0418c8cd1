"""Odds ratios of sets with their intervals: by size and hits, or set by set where some units are families."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from figpath.enrich import coverage, hypergeometric
from figpath.enrich.chances import edges, even_chances
from figpath.enrich.odds import odds_ratios

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from figpath.enrich.gene_sets import GeneSets

    Array = NDArray[np.float64]
    Places = NDArray[np.int64]

_CELLS = 1 << 20  # terms of distributions held at a time
_FEW = 200  # sets that are not worth grouping by size


def odds_of(
    sets: GeneSets, place: Places, overlap: Places, *, listed: int, confidence: float
) -> tuple[Array, Array, Array]:
    """Return odds ratio, lower and upper end of some sets, as `figpath.enrich.odds.odds_ratios` defines them.

    Parameters
    ----------
    sets
        The sets.
    place, overlap
        ``(R,)``: which of them, and their hits.
    listed
        n, the genes of the list.
    confidence
        Of the interval.
    """
    found = np.empty((3, len(place)))
    families = sets.sizes[place] < np.diff(sets.start)[place]
    plain = np.flatnonzero(~families)
    if len(plain):
        found[:, plain] = _by_pairs(sets, place[plain], overlap[plain], listed, confidence)
    for rows in _blocks(np.flatnonzero(families), sets.sizes[place]):
        start = edges(sets.sizes[place[rows]])
        terms = coverage.log_terms(even_chances(sets, place[rows], listed), start, listed)
        found[:, rows] = odds_ratios(terms, overlap[rows], confidence=confidence)
    return found[0], found[1], found[2]


def _by_pairs(sets: GeneSets, place: Places, overlap: Places, listed: int, confidence: float) -> Array:
    """What is told depends on size and hits alone, and few pairs of them occur."""
    sizes = sets.sizes[place]
    width = int(sizes.max()) + 1
    pairs, row_of = np.unique(overlap * width + sizes, return_inverse=True)
    hits, size = np.divmod(pairs, width)
    distinct, at = np.unique(size, return_inverse=True)
    terms = hypergeometric.log_terms(len(sets.genes), listed, distinct)
    return np.stack(odds_ratios(terms[at], hits, confidence=confidence))[:, row_of]


def _blocks(rows: Places, sizes: Places) -> Iterator[Places]:
    """Yield sets of about one size together, the largest first, as many as memory likes."""
    if len(rows) < _FEW:
        yield from [rows] * bool(len(rows))
        return
    ordered = rows[np.argsort(-sizes[rows], kind="stable")]
    step = np.floor(3 * np.log2(sizes[ordered] + 1)).astype(int)
    for same in np.split(ordered, np.flatnonzero(np.diff(step)) + 1):
        count = max(1, _CELLS // (int(sizes[same].max(initial=0)) + 1))
        yield from (same[first : first + count] for first in range(0, len(same), count))
