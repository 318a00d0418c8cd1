"""Near hashes are found as by comparing all with all."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from figpath.store.duplicates import NEAR, distance, groups


def compared(hashes: list[int]) -> list[int]:
    """The same by comparing every pair until nothing changes."""
    first = list(range(len(hashes)))
    changed = True
    while changed:
        changed = False
        for i, one in enumerate(hashes):
            for j, other in enumerate(hashes):
                if distance(one, other) <= NEAR and first[j] > first[i]:
                    first[j], changed = first[i], True
    return first


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 3), st.lists(st.integers(0, 63), max_size=7)), max_size=12))
def test_groups_are_those_of_all_pairs(made: list[tuple[int, list[int]]]) -> None:
    """Hashes with up to seven flipped bits of four seeds: bands of bits miss no near pair and invent none."""
    seeds = [random.Random(n).getrandbits(64) for n in range(4)]  # noqa: S311 - no secret
    hashes = [seeds[seed] ^ sum({1 << bit for bit in bits}) for seed, bits in made]
    assert groups(hashes, [1.0] * len(hashes)) == compared(hashes)


def test_proportions_must_agree() -> None:
    assert groups([7, 7, 7], [1.0, 1.02, 1.5]) == [0, 0, 2]


def test_distance_counts_bits() -> None:
    assert [distance(0, 0), distance(0b101, 0b011), distance(0, 2**64 - 1)] == [0, 2, 64]
