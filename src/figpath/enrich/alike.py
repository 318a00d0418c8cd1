"""Sets that are nearly the same, such as one figure in three reviews, told once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from figpath.enrich.ora import entries_of
from figpath.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from figpath.enrich.gene_sets import GeneSets

ALIKE: Final = 0.8
"""Share of the genes of two sets together that both must have (Jaccard)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A set that stands for others.

    Parameters
    ----------
    first
        Place of the set that came first.
    others
        Places of the sets that are nearly the same, in the order of the sets; empty when there are none.
    """

    first: int
    others: tuple[int, ...] = ()


def groups_of(
    sets: GeneSets, ranked: Sequence[int] | NDArray[np.int64], *, alike: float = ALIKE, limit: int | None = None
) -> tuple[Group, ...]:
    """Collapse sets that are nearly the same, going down a ranking.

    The first set of the ranking stands for every set, wherever it ranks, that shares at least `alike` of their genes
    with it or has nearly its picture; then the next one that is not in a group yet, and so on. So every member is
    close to the one that stands for it, and the groups follow from the ranking alone.

    Parameters
    ----------
    sets
        Their genes are compared, members of families included, as far as the background has them.
    ranked
        Places of sets, the best first.
    alike
        From above 0 to 1; 1 collapses equal sets only.
    limit
        How many groups are wanted; all by default.

    Raises
    ------
    InputError
        When `alike` is out of its range.
    """
    if not 0 < alike <= 1:
        raise InputError(f"sets cannot be alike by {alike}: give a share above 0, up to 1")
    taken = np.zeros(len(sets), np.bool_)
    found: list[Group] = []
    for first in map(int, ranked):
        if limit is not None and len(found) == limit:
            break
        if not taken[first]:
            same = sets.pictures == sets.pictures[first]
            same[_near(sets, first, alike)] = True
            members = np.flatnonzero(same & ~taken)
            taken[members] = True
            found.append(Group(first=first, others=tuple(int(at) for at in members if at != first)))
    return tuple(found)


def _near(sets: GeneSets, first: int, alike: float) -> NDArray[np.int64]:
    """Return the sets that share enough genes with one.

    Such a set lacks at most ``n - alike * n`` of the n genes, so that it has one of any few more than that: only the
    sets with one of the rarest so many have to be looked at (prefix filtering, Chaudhuri, Ganti and Kaushik 2006).
    """
    genes = sets.gene[sets.start[first] : sets.start[first + 1]].astype(np.int64)
    if not len(genes):
        return np.zeros(0, np.int64)
    figures = sets.posting_start[genes + 1] - sets.posting_start[genes]
    enough = len(genes) - math.ceil(alike * len(genes) - 1e-6) + 1
    rarest = genes[np.argsort(figures, kind="stable")[:enough]]
    found = np.unique(sets.set_of[entries_of(sets, rarest)]).astype(np.int64)
    sizes = np.diff(sets.start)[found]
    of_first = np.zeros(len(sets.genes), np.bool_)
    of_first[genes] = True
    shared = np.concatenate(([0], np.cumsum(of_first[sets.gene[_entries(sets.start[found], sizes)]])))
    ends = np.cumsum(sizes)
    both = shared[ends] - shared[ends - sizes]
    near: NDArray[np.int64] = found[both >= alike * (len(genes) + sizes - both)]
    return near


def _entries(start: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the entries of some sets, one set after the other."""
    ends = np.cumsum(sizes)
    return np.repeat(start - (ends - sizes), sizes) + np.arange(int(ends[-1]) if len(ends) else 0)
