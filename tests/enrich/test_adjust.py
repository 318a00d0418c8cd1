"""Adjusted p-values are those of the paper and of SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from figpath.enrich.adjust import benjamini_hochberg

PUBLISHED = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
             0.7590, 1.0]  # fmt: skip


def test_the_example_of_the_paper() -> None:
    """At 0.05 the first four of the 15 hypotheses are rejected (Benjamini and Hochberg 1995, section 4.2)."""
    assert (benjamini_hochberg(np.array(PUBLISHED)) <= 0.05).sum() == 4


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50), st.integers(0, 200))
def test_sets_without_a_hit_count(p: list[float], others: int) -> None:
    """Leaving out p-values of 1 and saying how many there were gives what SciPy gives with them."""
    found = benjamini_hochberg(np.array(p), tests=len(p) + others)
    expected = false_discovery_control(np.array(p + [1.0] * others))[: len(p)]
    assert found == pytest.approx(expected, rel=1e-12)


def test_nothing_to_adjust() -> None:
    assert len(benjamini_hochberg(np.array([]))) == 0
