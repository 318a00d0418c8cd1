"""How likely each gene is to be in a list that prefers the genes which figures draw often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNSEEN: Final = 1
"""Figures that are added to the count of every gene, so that one in no figure can be in a list too."""

_STEPS = 60


def exposure(figures: NDArray[np.int64], listed: int) -> NDArray[np.float64]:
    """Return how exposed each gene is: the chance that a set of genes is hit is 1 - exp(-(sum of their exposures)).

    Parameters
    ----------
    figures
        ``(N,)``: how many figures draw each gene of the background.
    listed
        n, the genes of the list, at most N.

    Returns
    -------
    ndarray
        ``(N,)``: the popularity of each gene, which is its figures and `UNSEEN` more, times one factor, chosen so that
        the chances of all genes sum to n.

    Notes
    -----
    The list is drawn gene by gene, each time in proportion to popularity among those that are left (Wallenius). That
    is the order of arrival of independent exponential clocks that run at the speed of the popularity, and n have
    arrived at a time which, with many genes, hardly varies; here it is the factor.

    References
    ----------
    Rosén, J Stat Plan Inference 62, 135-158 (1997); Young et al., GOseq, Genome Biol 11, R14 (2010).
    """
    weights = figures + float(UNSEEN)
    if listed >= len(weights):
        return np.full(len(weights), np.inf)
    values, counts = np.unique(weights, return_counts=True)
    time = listed / float(values @ counts)  # too early, and the chances are concave in time: Newton ascends to it
    for _ in range(_STEPS):
        missed = np.exp(-time * values)
        step = (listed - counts @ (1 - missed)) / (counts * values @ missed)
        time += step
        if abs(step) <= 1e-14 * time:
            break
    return np.asarray(weights * time, np.float64)


def chance_of(exposures: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the chance that something with this exposure is hit."""
    return -np.expm1(-exposures)
