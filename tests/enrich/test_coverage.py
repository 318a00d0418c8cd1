"""Things that are not equally likely to be hit: families, and popular genes."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import comb
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figpath.enrich.coverage import expected_hits, log_terms, upper_tails
from figpath.enrich.gene_sets import gene_sets
from figpath.enrich.hypergeometric import log_none_listed
from figpath.enrich.ora import enrich, hits
from figpath.enrich.popularity import chance_of, exposure
from made_sets import drawn, ids, random_sets

if TYPE_CHECKING:
    from numpy.typing import NDArray


@lru_cache
def ways(members: tuple[int, ...]) -> dict[tuple[int, int], int]:
    """In how many ways some genes can be drawn from families so that some of them are hit: (hits, genes) to number."""
    found = {(0, 0): 1}
    for size in members:
        following: dict[tuple[int, int], int] = {}
        for (hit, genes), count in found.items():
            for n in range(size + 1):
                key = (hit + (n > 0), genes + n)
                following[key] = following.get(key, 0) + count * comb(size, n)
        found = following
    return found


def exactly(total: int, listed: int, members: tuple[int, ...], least: int) -> float:
    rest = total - sum(members)
    good = sum(
        count * comb(rest, listed - genes)
        for (hit, genes), count in ways(members).items()
        if hit >= least and genes <= listed
    )
    return float(Fraction(good, comb(total, listed)))


def chances(total: int, listed: int, members: tuple[int, ...]) -> NDArray[np.float64]:
    none = log_none_listed(total, listed, max(members))[np.array(members)]
    return np.asarray(-np.expm1(none), np.float64)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 22), min_size=1, max_size=12), st.sampled_from([5, 20, 100, 300]), st.integers(1, 6))
def test_families_against_counting_all_ways(members: list[int], listed: int, least: int) -> None:
    """With 20,000 genes the p-value of a set with families is within one per cent of the exact one."""
    sizes = tuple(sorted(members))
    if least <= min(len(sizes), listed):
        found = upper_tails(chances(20_000, listed, sizes), np.array([0, len(sizes)]), np.array([least]), listed)[0]
        assert found == pytest.approx(exactly(20_000, listed, sizes, least), rel=0.01)


def test_terms_sum_to_one_and_to_the_tails() -> None:
    chance = np.array([0.1, 0.4, 0.02, 0.3, 0.3])
    start = np.array([0, 3, 5])
    terms = np.exp(log_terms(chance, start, 7))
    assert terms.sum(axis=1) == pytest.approx([1, 1], rel=1e-12)
    assert terms @ np.arange(4) == pytest.approx(expected_hits(chance, start), rel=1e-12)
    for least in (1, 2):
        tails = upper_tails(chance, start, np.array([least, least]), 7)
        assert tails == pytest.approx(terms[:, least:].sum(axis=1), rel=1e-12)


def test_chances_of_popular_genes_sum_to_the_list() -> None:
    figures = np.array([0, 0, 1, 5, 30, 400])
    found = chance_of(exposure(figures, 3))
    assert found.sum() == pytest.approx(3, rel=1e-12)
    assert (np.diff(found) >= 0).all()
    assert chance_of(exposure(figures, 6)) == pytest.approx(np.ones(6))
    assert chance_of(exposure(np.zeros(10, np.int64), 4)) == pytest.approx(np.full(10, 0.4), rel=1e-12)


def test_chances_are_those_of_lists_drawn_gene_by_gene() -> None:
    """Genes drawn one after the other in proportion to popularity are in the list as often as predicted."""
    random = np.random.default_rng(1)
    figures = (2000 / np.arange(1, 301)).astype(int)
    keys = random.exponential(size=(20_000, 300)) / (figures + 1)
    counts = np.bincount(np.argsort(keys, axis=1)[:, :30].ravel(), minlength=300) / 20_000
    assert counts == pytest.approx(chance_of(exposure(figures, 30)), abs=0.012)


def p_values(popular: bool, *, trials: int) -> NDArray[np.float64]:
    """P-values of lists drawn in proportion to popularity, made continuous by a random share of the last term."""
    sets = random_sets(5, sets=400, genes=1500)
    random = np.random.default_rng(2)
    weights = sets.figures + 1
    found = []
    for _ in range(trials):
        listed = np.sort(np.argsort(random.exponential(size=1500) / weights)[:60])
        k = hits(sets, listed)
        chance = chance_of(exposure(sets.figures, 60)) if popular else np.full(1500, 60 / 1500)
        more = upper_tails(chance[sets.gene], sets.start, k + 1, 60)
        reached = upper_tails(chance[sets.gene], sets.start, k, 60)
        found.append(more + random.random(len(sets)) * (reached - more))
    return np.concatenate(found)


def test_popular_lists_give_uniform_p_values_against_popular_lists() -> None:
    """Randomised p-values, that of one hit more and a random share of the step, are uniform."""
    shares = np.histogram(p_values(popular=True, trials=500), bins=10, range=(0, 1))[0] / (400 * 500)
    assert shares == pytest.approx(np.full(10, 0.1), abs=0.006)


def test_popular_lists_look_enriched_where_popularity_is_not_known() -> None:
    assert (p_values(popular=False, trials=20) < 0.05).mean() > 0.1


def test_random_lists_give_uniform_p_values_with_families() -> None:
    """A family is hit as often as its members say, so that figures of large families are not favoured."""
    random = np.random.default_rng(3)
    names = [f"x{n:03d}" for n in range(400)]
    figures = {f"f{n}": " ".join([*names[4 * n : 4 * n + 4], f"FAM{n}:" + ",".join(names[200 + n * 8 : 208 + n * 8])])
               for n in range(20)}  # fmt: skip
    figures["rest"] = " ".join(names)
    sets = gene_sets(drawn(figures)).within(most=20)
    below = np.zeros(3)
    for _ in range(400):
        found = enrich(sets, ids(" ".join(random.choice(names, 40, replace=False))))
        below += [(found.p <= level).sum() for level in (0.05, 0.2, 0.5)]
    shares = below / (400 * len(sets))
    assert (shares <= np.array([0.05, 0.2, 0.5]) + 0.01).all()
    assert shares[2] > 0.2
