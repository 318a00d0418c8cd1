"""Groups of figures that are nearly the same, against comparing every pair of them."""

from __future__ import annotations

import numpy as np
import pytest

from figpath.enrich import groups_of
from figpath.enrich.gene_sets import sets_of


@pytest.mark.parametrize("alike", [0.05, 0.3, 0.5, 2 / 3, 0.8, 0.9, 1.0])
def test_groups_are_those_of_comparing_every_pair(alike: float) -> None:
    """300 sets, most of them another one with a few genes exchanged, in a random ranking."""
    rng = np.random.default_rng(int(100 * alike))
    members: list[set[str]] = []
    for number in range(300):
        if number % 3 == 0:
            members.append(
                {f"g{gene}" for gene in rng.integers(0, 80, size=int(rng.integers(3, 15)))} | {"x", "y", "z"}
            )
        else:
            base = sorted(members[int(rng.integers(0, len(members)))])
            kept = base[int(rng.integers(0, 3)) :]
            members.append({*kept, *(f"g{gene}" for gene in rng.integers(0, 80, size=int(rng.integers(0, 3)))), "x"})
    sets = sets_of({f"f{number:03d}": found for number, found in enumerate(members)}, least=1)
    ranked = rng.permutation(len(sets))
    genes = [set(sets.gene[sets.start[at] : sets.start[at + 1]].tolist()) for at in range(len(sets))]
    expected, taken = [], set[int]()
    for first in map(int, ranked):
        if first not in taken:
            near = [
                at
                for at, found in enumerate(genes)
                if at not in taken and len(found & genes[first]) >= alike * len(found | genes[first])
            ]
            taken.update(near)
            expected.append((first, tuple(at for at in near if at != first)))
    assert [(one.first, one.others) for one in groups_of(sets, ranked, alike=alike)] == expected
