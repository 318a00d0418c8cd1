"""Odds ratios and their exact intervals are those of R and SciPy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats.contingency import odds_ratio

from figpath.enrich.hypergeometric import log_terms, log_upper_tails
from figpath.enrich.odds import odds_ratios


def ours(table: list[list[int]], confidence: float = 0.95) -> tuple[float, float, float]:
    (a, b), (c, d) = table
    terms = log_terms(a + b + c + d, a + c, np.array([a + b]))
    ratio, low, high = odds_ratios(terms, np.array([a]), confidence=confidence)
    return float(ratio[0]), float(low[0]), float(high[0])


def test_the_examples_of_r() -> None:
    """R's manual of fisher.test: tea tasting has 6.408309 and, one-sided, 0.3135693; convicted twins have 0.04693661
    and 0.2849601. R's own root finder stops at about four digits.
    """
    tea, twins = [[3, 1], [1, 3]], [[2, 15], [10, 3]]
    assert ours(tea, 0.9)[:2] == pytest.approx((6.408309, 0.3135693), rel=1e-4)
    assert ours(twins, 0.9)[::2] == pytest.approx((0.04693661, 0.2849601), rel=1e-4)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 25), st.integers(0, 60), st.integers(0, 150), st.integers(1, 3000))
def test_ratios_are_those_of_scipy(a: int, b: int, c: int, d: int) -> None:
    if not (a + b and a + c):
        return
    theirs = odds_ratio([[a, b], [c, d]], kind="conditional")
    interval = theirs.confidence_interval(0.95)
    for one, other in zip(ours([[a, b], [c, d]]), (theirs.statistic, interval.low, interval.high), strict=True):
        if not math.isnan(other):
            assert one == pytest.approx(other, rel=1e-6, abs=1e-12)


def test_the_interval_agrees_with_the_test() -> None:
    """The lower end is above 1 just when the one-sided p-value is below half of what the interval leaves out."""
    sizes = np.repeat(np.arange(1, 40), 40)
    hits = np.tile(np.arange(40), 39)
    possible = hits <= np.minimum(sizes, 30)
    terms = log_terms(800, 30, sizes[possible])
    _, low, _ = odds_ratios(terms, hits[possible])
    p = np.exp(log_upper_tails(terms)[np.arange(len(terms)), hits[possible]])
    assert ((low > 1) == (p < 0.025)).all()


def test_nothing_and_everything() -> None:
    assert ours([[0, 5], [10, 100]])[:2] == (0, 0)
    assert ours([[5, 0], [10, 100]])[0] == math.inf
    assert ours([[5, 0], [10, 100]])[2] == math.inf


def test_a_wider_confidence_is_a_wider_interval() -> None:
    _, low, high = ours([[5, 15], [45, 935]], 0.99)
    _, inner_low, inner_high = ours([[5, 15], [45, 935]])
    assert low < inner_low < inner_high < high
