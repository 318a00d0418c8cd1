"""The hypergeometric distribution: for one list and every size of set that occurs, all its terms as logarithms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def log_terms(total: int, listed: int, sizes: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the logarithm of the probability that j of `listed` genes out of `total` are in a set.

    Parameters
    ----------
    total
        N, the genes of the background.
    listed
        n, the genes of the list, all of them in the background.
    sizes
        ``(m,)``: K of each set, from 1 to N.

    Returns
    -------
    ndarray
        ``(m, min(max K, n) + 1)``: row i, column j is log P(X = j), minus infinity where that cannot be.

    Notes
    -----
    The first possible term is a product of K factors (or of N - n where the list is larger than what is outside of the
    set), and each next one comes from the one before by their ratio, so that no large factorials cancel: the error is
    that of summing a few hundred logarithms.
    """
    if not len(sizes):
        return np.empty((0, 1))
    j = np.arange(min(int(sizes.max()), listed) + 1)
    size = sizes[:, None]
    least = np.maximum(listed + sizes - total, 0)
    possible = (j >= least[:, None]) & (j <= size)
    steps = possible[:, :-1] & possible[:, 1:]
    up = np.where(steps, (size - j[:-1]) * float(listed) - (size - j[:-1]) * j[:-1], 1.0)
    down = np.where(steps, (j[:-1] + 1.0) * (total - size - listed + j[:-1] + 1.0), 1.0)
    terms = np.concatenate((np.zeros((len(sizes), 1)), np.cumsum(np.log(up / down), axis=1)), axis=1)
    terms += _first_terms(total, listed, sizes, least)[:, None]
    return np.where(possible, terms, -np.inf)


def log_upper_tails(terms: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return log P(X >= j) from log P(X = j), summed from the far end, so that nothing cancels."""
    return np.logaddexp.accumulate(terms[:, ::-1], axis=1)[:, ::-1]


def log_none_listed(total: int, listed: int, most: int) -> NDArray[np.float64]:
    """Return, for 0 to `most` genes, the logarithm of the probability that none of them is in the list."""
    outside = total - listed - np.arange(most, dtype=np.float64)
    with np.errstate(divide="ignore"):
        factors = np.log(np.maximum(outside, 0) / (total - np.arange(most)))
    return np.concatenate(([0.0], np.cumsum(factors)))


def _first_terms(total: int, listed: int, sizes: NDArray[np.int64], least: NDArray[np.int64]) -> NDArray[np.float64]:
    """The first possible term of each set: none of it is listed, or all that is not listed is in it."""
    none = log_none_listed(total, listed, int(sizes.max()))[sizes]
    for at in np.flatnonzero(least):
        i = np.arange(total - listed)
        none[at] = np.log((sizes[at] - i) / (total - i)).sum()
    return none
