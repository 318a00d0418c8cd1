"""How closely two genes are drawn together: the log-likelihood ratio of their two-by-two table.

Dunning, T. (1993) Accurate methods for the statistics of surprise and coincidence. Computational Linguistics 19, 61-74.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def expected(one: int, others: NDArray[np.int64], total: int) -> NDArray[np.float64]:
    """Return how many figures would have both, if one gene were drawn independently of the others.

    Parameters
    ----------
    one
        Figures that draw the gene.
    others
        ``(n,)`` figures that draw each of the others.
    total
        All figures.
    """
    return one * others.astype(np.float64) / max(total, 1)


def signed_root(together: NDArray[np.int64], one: int, others: NDArray[np.int64], total: int) -> NDArray[np.float64]:
    """Return the signed square root of G, positive where two genes are drawn together more often than by chance.

    Parameters
    ----------
    together
        ``(n,)`` figures that draw the gene and each of the others.
    one, others, total
        As for `expected`.

    Returns
    -------
    array of float64
        ``(n,)``; ``G = 2 sum(observed ln(observed / expected))`` over the four cells, which has one degree of
        freedom, so that its root is about normal when the two are independent. Cells without figures add nothing.
    """
    both = together.astype(np.float64)
    rest = others - both
    cells = (both, one - both, rest, total - one - rest)
    margins = ((one, others), (one, total - others), (total - one, others), (total - one, total - others))
    ratio = np.zeros_like(both)
    for observed, (row, column) in zip(cells, margins, strict=True):
        chance = row * np.asarray(column, dtype=np.float64) / max(total, 1)
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio += np.where(observed > 0, observed * np.log(observed / chance), 0.0)
    root: NDArray[np.float64] = np.sqrt(np.maximum(2 * ratio, 0.0))
    return np.where(both >= expected(one, others, total), root, -root)
