"""P-values adjusted for how many sets were tested."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def benjamini_hochberg(p: NDArray[np.float64], *, tests: int | None = None) -> NDArray[np.float64]:
    """Adjust p-values so that rejecting those up to a level keeps the false discovery rate at that level.

    Parameters
    ----------
    p
        ``(n,)`` p-values.
    tests
        How many tests there were; those that are not in `p` have a p-value of 1. By default as many as there are.

    Returns
    -------
    ndarray
        ``(n,)``: for each the least level at which it is rejected.

    References
    ----------
    Benjamini and Hochberg, J R Stat Soc B 57, 289-300 (1995).

    Examples
    --------
    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03]), tests=4).round(3)
    array([0.04 , 0.053, 0.053])
    """
    order = np.argsort(p, kind="stable")
    scaled = p[order] * ((tests or len(p)) / np.arange(1, len(p) + 1))
    adjusted = np.empty(len(p), np.float64)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return adjusted
