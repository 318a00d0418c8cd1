"""How likely a list is to hit each unit of some sets, whatever gene it draws, or preferring popular ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from figpath.enrich.hypergeometric import log_none_listed
from figpath.enrich.popularity import chance_of, exposure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from figpath.enrich.gene_sets import GeneSets

    Array = NDArray[np.float64]
    Places = NDArray[np.int64]


def even_chances(sets: GeneSets, place: Places, listed: int) -> Array:
    """Return the chance of each unit when all genes are alike: that of a family is 1 - C(N - m, n) / C(N, n).

    Parameters
    ----------
    sets
        The sets.
    place
        Which of them.
    listed
        n, the genes of the list.

    Returns
    -------
    ndarray
        One for each unit, set after set.
    """
    members = sets.members[spans(sets.unit_start, place)]
    chances: Array = -np.expm1(log_none_listed(len(sets.genes), listed, int(members.max())))
    return chances[members]


def popular_chances(sets: GeneSets, place: Places, listed: int) -> Array:
    """Return the chance of each unit when the list prefers popular genes; see `figpath.enrich.popularity`."""
    exposures = exposure(sets.figures, listed)
    entries = spans(sets.start, place)
    if not sets.has_families or not len(entries):
        return chance_of(exposures)[sets.gene[entries]]
    units = sets.unit[entries]
    first = np.flatnonzero(np.concatenate(([True], np.diff(units) != 0)))
    return chance_of(np.add.reduceat(exposures[sets.gene[entries]], first))


def edges(sizes: Places) -> Places:
    """Return where sets of these sizes begin, one after the other, and where the last one ends."""
    return np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)


def spans(start: Places, place: Places) -> Places:
    """Return all numbers from ``start[p]`` to ``start[p + 1]`` for each p."""
    counts = start[place + 1] - start[place]
    ends = np.cumsum(counts)
    return np.repeat(start[place] - (ends - counts), counts) + np.arange(int(ends[-1]) if len(ends) else 0)
