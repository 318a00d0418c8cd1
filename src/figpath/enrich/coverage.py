"""How many things of a set a random list hits, when they are not equally likely to be hit.

A list of n genes is drawn without replacement. A thing is hit with a probability of its own: a family of 22 more often
than a gene, a popular gene more often than a rare one. Going through the set, the next thing with probability p is
hit, after h hits where e were expected, with probability p (n - h) / (n - e): what the list has left, compared with
what it should have left. The probabilities of all things hold exactly, and with equal ones this *is* the
hypergeometric distribution.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Places = NDArray[np.int64]

_CELLS = 1 << 20  # numbers held at a time


def expected_hits(chance: Array, start: Places) -> Array:
    """Return how many hits are expected in each set: ``(R,)`` sums over ``chance[start[r]:start[r + 1]]``."""
    sums: Array = np.diff(np.concatenate(([0.0], np.cumsum(chance)))[start])
    return sums


def upper_tails(chance: Array, start: Places, hits: Places, listed: int) -> Array:
    """Return the probability that as many things of each set are hit, or more.

    Parameters
    ----------
    chance
        ``(U,)``: how likely each thing is to be hit by the list.
    start
        ``(R + 1,)``: where the things of each set begin.
    hits
        ``(R,)``: how many are hit.
    listed
        n, the genes of the list.

    Returns
    -------
    ndarray
        ``(R,)``. Sums of products of positive numbers throughout, so that small ones are exact too.
    """
    tails = np.ones(len(hits))
    spent = _spent(chance, start, listed)
    once = hits == 1
    if once.any():
        tails[once] = _at_least_one(chance * spent, start, once)
    for rows in _alike(np.flatnonzero(hits > 1), hits, np.diff(start)):
        tails[rows] = _at_least(chance, spent, start[rows], np.diff(start)[rows], hits[rows], listed)
    return tails


def log_terms(chance: Array, start: Places, listed: int) -> Array:
    """Return the logarithm of the probability of 0, 1, 2, ... hits in each set, as ``(R, most things + 1)``.

    The sets had better come in falling order of their sizes, and be of about one size.
    """
    sizes = np.diff(start)
    most = int(sizes.max(initial=0))
    spent = _spent(chance, start, listed)
    left = np.maximum(1 - np.arange(most + 1) / listed, 0)  # of the list, through n
    order = np.argsort(-sizes, kind="stable")
    first = start[:-1][order]
    state = np.zeros((len(sizes), most + 1))
    state[:, 0] = 1.0
    active = np.searchsorted(-sizes[order], -np.arange(most))  # sets that are larger than each step
    for step, rows in enumerate(active):
        at = first[:rows] + step
        moved = np.minimum((chance[at] * spent[at])[:, None] * left[: step + 1], 1.0)
        moved *= state[:rows, : step + 1]
        state[:rows, : step + 1] -= moved
        state[:rows, 1 : step + 2] += moved
    terms = np.empty_like(state)
    with np.errstate(divide="ignore"):
        terms[order] = np.log(state)
    return terms


def _spent(chance: Array, start: Places, listed: int) -> Array:
    """N / (n - e) for each thing, where e hits are expected before it in its set."""
    before = np.concatenate(([0.0], np.cumsum(chance)))
    expected = before[:-1] - np.repeat(before[start[:-1]], np.diff(start))
    spent: Array = listed / np.maximum(listed - expected, 1e-9)
    return spent


def _at_least_one(chance: Array, start: Places, wanted: NDArray[np.bool_]) -> Array:
    """The probability of a hit in the wanted sets."""
    sizes = np.diff(start)
    with np.errstate(divide="ignore"):
        missed = np.log1p(-np.minimum(chance[np.repeat(wanted, sizes)], 1.0))
    first = np.cumsum(sizes[wanted]) - sizes[wanted]
    found: Array = -np.expm1(np.add.reduceat(missed, first))
    return found


def _alike(rows: Places, hits: Places, sizes: Places) -> Iterator[Places]:
    """Yield sets with hits of one magnitude together, the largest first, as many as memory likes."""
    magnitude = np.ceil(np.log2(hits[rows]) / 2).astype(int)
    for one in np.unique(magnitude):
        same = rows[magnitude == one]
        same = same[np.argsort(-sizes[same], kind="stable")]
        count = max(1, _CELLS >> int(2 * one))
        for first in range(0, len(same), count):
            yield same[first : first + count]


def _at_least(chance: Array, spent: Array, first: Places, sizes: Places, hits: Places, listed: int) -> Array:
    """Go through the things of all sets at the same time; column r of the state is 'r more hits are needed'."""
    most = int(hits.max())
    state = np.zeros((len(hits), most + 1))
    state[np.arange(len(hits)), hits] = 1.0
    left = np.maximum(1 - (hits[:, None] - np.arange(1, most + 1)) / listed, 0.0)  # of the list, through n
    active = np.searchsorted(-sizes, -np.arange(int(sizes.max())))  # sets that are larger than each step
    for step, rows in enumerate(active):
        at = first[:rows] + step
        moved = np.minimum((chance[at] * spent[at])[:, None] * left[:rows], 1.0)
        moved *= state[:rows, 1:]
        state[:rows, 1:] -= moved
        state[:rows, :-1] += moved
    return np.minimum(state[:, 0], 1.0)
