"""Intervals are percentiles over resampled units, repeatable, and hold the value they belong to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figpath.evaluate import counts
from figpath.evaluate.bootstrap import RESAMPLES, measure, share


def test_equal_units_give_no_spread() -> None:
    found = measure("x", [(3, 4)] * 10, share)
    assert (found.value, found.low, found.high, found.count) == (0.75, 0.75, 0.75, 10)


def test_the_interval_is_that_of_resampling_by_hand() -> None:
    units = np.array([(i % 7, 7 + i % 3) for i in range(30)], float)
    found = measure("x", units, share)
    draws = np.random.default_rng(1).integers(0, len(units), size=(20_000, len(units)))
    values = [units[draw, 0].sum() / units[draw, 1].sum() for draw in draws]
    low, high = np.percentile(values, [2.5, 97.5])
    assert found.low == pytest.approx(low, abs=0.01)
    assert found.high == pytest.approx(high, abs=0.01)
    assert RESAMPLES == 2000


def test_the_same_units_give_the_same_interval() -> None:
    units = [(1, 2), (3, 4), (0, 5)]
    assert measure("x", units, share) == measure("x", units, share)


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 9)] * 4), min_size=1, max_size=8))
def test_every_score_and_its_interval_lie_between_zero_and_one(rows: list[tuple[int, ...]]) -> None:
    table = [(min(a, b), b, min(c, d), d) for a, b, c, d in rows]
    for statistic in (counts.precision, counts.recall, counts.f1):
        found = measure("x", table, statistic)
        assert 0 <= found.low <= found.high <= 1
        assert 0 <= found.value <= 1


@pytest.mark.parametrize(
    ("row", "precision", "recall", "f1"),
    [
        ((0, 0, 0, 0), 1.0, 1.0, 1.0),
        ((0, 4, 0, 0), 0.0, 0.0, 0.0),
        ((0, 0, 0, 3), 0.0, 1.0, 0.0),
        ((2, 4, 3, 4), 0.75, 0.5, 0.6),
    ],
)
def test_precision_recall_and_f1_where_something_is_zero(
    row: tuple[int, ...], precision: float, recall: float, f1: float
) -> None:
    table = np.array(row, float)
    assert float(counts.precision(table)) == precision
    assert float(counts.recall(table)) == recall
    assert counts.f1(table) == pytest.approx(f1)
