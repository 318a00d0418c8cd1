"""Tails of the hypergeometric distribution are exact, also far out, against SciPy and against whole numbers."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import hypergeom

from figpath.enrich.coverage import upper_tails
from figpath.enrich.hypergeometric import log_none_listed, log_terms, log_upper_tails

ALLOWED = 1e-9


@st.composite
def tables(draw: st.DrawFn, largest: int = 20_000) -> tuple[int, int, int, int]:
    """Background, list, set and hits, every corner among them."""
    total = draw(st.integers(1, largest))
    listed, size = draw(st.integers(1, total)), draw(st.integers(1, min(total, 400)))
    hits = draw(st.integers(max(0, listed + size - total), min(listed, size)))
    return total, listed, size, hits


def tail(total: int, listed: int, size: int, hits: int) -> float:
    terms = log_terms(total, listed, np.array([size]))
    return float(np.exp(log_upper_tails(terms)[0, hits]))


def exactly(total: int, listed: int, size: int, hits: int) -> float:
    ways = sum(comb(size, j) * comb(total - size, listed - j) for j in range(hits, min(listed, size) + 1))
    return float(Fraction(ways, comb(total, listed)))


@settings(max_examples=300, deadline=None)
@given(tables())
def test_tails_are_those_of_scipy(table: tuple[int, int, int, int]) -> None:
    total, listed, size, hits = table
    expected = float(hypergeom.sf(hits - 1, total, size, listed))
    if expected > 1e-290:
        assert tail(*table) == pytest.approx(expected, rel=ALLOWED)


@settings(max_examples=150, deadline=None)
@given(tables(3000))
def test_tails_are_those_of_whole_numbers(table: tuple[int, int, int, int]) -> None:
    expected = exactly(*table)
    if expected > 1e-290:
        assert tail(*table) == pytest.approx(expected, rel=ALLOWED)


@settings(max_examples=150, deadline=None)
@given(tables())
def test_going_through_a_set_thing_by_thing_gives_the_same(table: tuple[int, int, int, int]) -> None:
    """With equal chances, the way in which families and popularity are tested is the hypergeometric test."""
    total, listed, size, hits = table
    if hits and (expected := tail(*table)) > 1e-290:
        chance = np.full(size, listed / total)
        assert upper_tails(chance, np.array([0, size]), np.array([hits]), listed)[0] == pytest.approx(
            expected, rel=ALLOWED
        )


def test_many_sizes_at_a_time() -> None:
    sizes = np.arange(1, 60)
    terms = log_terms(500, 40, sizes)
    assert np.exp(terms).sum(axis=1) == pytest.approx(np.ones(len(sizes)), rel=1e-12)
    for size in (1, 17, 59):
        assert np.exp(log_upper_tails(terms)[size - 1, 1]) == pytest.approx(hypergeom.sf(0, 500, size, 40), rel=ALLOWED)


def test_none_listed() -> None:
    expected = [hypergeom.pmf(0, 100, size, 30) for size in range(12)]
    assert np.exp(log_none_listed(100, 30, 11)) == pytest.approx(expected, rel=1e-12)


def test_no_sizes() -> None:
    assert log_terms(10, 3, np.array([], np.int64)).shape[0] == 0


def test_a_published_overlap_of_two_lists_of_genes() -> None:
    """506 genes in both of two lists of 596 and 3,142 out of 16,291: R's phyper prints 2.92956500029675e-276.

    Numbers of a question on Stack Overflow about the overlap of two gene sets, answered with R's output.
    """
    assert tail(16_291, 3142, 596, 506) == pytest.approx(2.92956500029675e-276, rel=ALLOWED)


def test_the_lady_tasting_tea() -> None:
    """3 of 4 cups right: 17 of 70 (Fisher 1935)."""
    assert tail(8, 4, 4, 3) == pytest.approx(17 / 70, rel=1e-14)
