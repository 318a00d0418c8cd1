"""The association of two genes is the log-likelihood ratio that SciPy computes."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from figpath.search.association import expected, signed_root


@given(st.tuples(*[st.integers(min_value=1, max_value=2000)] * 4))
def test_it_agrees_with_scipy(cells: tuple[int, int, int, int]) -> None:
    both, only_one, only_other, neither = cells
    one, other, total = both + only_one, both + only_other, sum(cells)
    table = [[both, only_one], [only_other, neither]]
    oracle = chi2_contingency(table, correction=False, lambda_="log-likelihood")
    root = signed_root(np.array([both]), one, np.array([other]), total)[0]
    chance = expected(one, np.array([other]), total)[0]
    np.testing.assert_allclose(root**2, oracle.statistic, rtol=1e-9, atol=1e-7)
    np.testing.assert_allclose(chance, oracle.expected_freq[0][0], rtol=1e-12)
    assert (root >= 0) == (both >= chance)


def test_cells_without_figures_add_nothing() -> None:
    found = signed_root(np.array([5, 0, 5]), 5, np.array([5, 10, 20]), 20)
    assert np.isfinite(found).all()
    assert found[0] > 0 > found[1]
    assert found[2] == 0  # what every figure draws tells nothing
