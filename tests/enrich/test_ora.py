"""Over-representation: the numbers of the table, what is tested, and what is found again."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import false_discovery_control, hypergeom
from scipy.stats.contingency import odds_ratio

from figpath.enrich import enrich, enrich_signed, gene_sets, groups_of
from figpath.enrich.gene_sets import sets_of
from figpath.enrich.rows import COLUMNS
from figpath.errors import InputError
from made_sets import drawn, ids, random_sets

FIGURES = {"one": "a b ~c AKT:d,e", "two": "a b AKT:d,e RAF:f", "three": "m n o", "four": "a n p q r"}


def test_every_number_against_scipy() -> None:
    """P, adjusted p, odds ratio with interval, expectation and fold enrichment of every set."""
    sets = random_sets(1, sets=300, genes=400)
    listed = np.random.default_rng(4).choice(400, 35, replace=False)
    found = enrich(sets, [f"g{gene}" for gene in listed])
    every = dict.fromkeys(sets.ids, 1.0)
    for row in found.rows():
        expected = hypergeom.sf(row.overlap - 1, 400, row.size, 35)
        assert row.p == pytest.approx(expected, rel=1e-9)
        assert row.expected == pytest.approx(35 * row.size / 400)
        assert row.fold == pytest.approx(row.overlap / row.expected)
        assert len(row.drawn) == row.overlap
        every[row.id] = row.p
    for row in found.rows(5):
        rest = 400 - 35 - row.size + row.overlap
        theirs = odds_ratio([[row.overlap, row.size - row.overlap], [35 - row.overlap, rest]])
        interval = theirs.confidence_interval(0.95)
        assert (row.odds, row.low, row.high) == pytest.approx((theirs.statistic, interval.low, interval.high), rel=1e-6)
    adjusted = dict(zip(every, false_discovery_control(list(every.values())), strict=True))
    assert {row.id: row.q for row in found.rows()} == pytest.approx({row.id: adjusted[row.id] for row in found.rows()})


def test_sets_without_a_hit_are_tested_too() -> None:
    """The adjustment counts all sets within the limits of size, not those in the table."""
    sets = gene_sets(drawn(FIGURES)).within()
    found = enrich(sets, ids("a b c"))
    assert (found.tested, len(found)) == (4, 3)
    assert found.q[0] == pytest.approx(min(1.0, 4 * found.p[0]))


def test_drawn_and_expanded_are_told_apart() -> None:
    rows = enrich(gene_sets(drawn(FIGURES)).within(), ids("a c d e f")).rows()
    row = next(row for row in rows if row.id == "two")
    assert (row.overlap, row.size) == (3, 4)
    assert row.drawn == ("A",)
    assert row.expanded == (("AKT", ("D", "E")), ("RAF", ("F",)))


def test_the_frame_has_the_columns_of_a_row() -> None:
    frame = enrich(gene_sets(drawn(FIGURES)).within(), ids("a b"), popularity=True).to_frame()
    assert tuple(frame.columns) == COLUMNS
    assert set(frame["id"]) <= set(FIGURES)
    assert frame["popular_p"].between(0, 1).all()


def test_genes_outside_the_background_are_left_out_and_listed() -> None:
    sets = gene_sets(drawn(FIGURES)).within(ids("a b m n o x"), least=1)
    found = enrich(sets, ids("a b c zz a"))
    assert found.outside == tuple(ids("c zz"))
    assert (len(found.listed), found.background) == (2, 6)


def test_repeats_count_once() -> None:
    sets = gene_sets(drawn(FIGURES)).within()
    assert (enrich(sets, ids("a b a a")).p == enrich(sets, ids("b a")).p).all()


def test_a_list_of_the_whole_background_is_not_over_represented() -> None:
    sets = gene_sets(drawn(FIGURES)).within()
    found = enrich(sets, sets.genes, popularity=True)
    assert found.p == pytest.approx(np.ones(4))
    assert found.fold == pytest.approx(np.ones(4))
    assert found.popular_p == pytest.approx(np.ones(4))


def test_twenty_thousand_genes() -> None:
    sets = random_sets(3, sets=50, genes=3000)
    found = enrich(sets, [f"g{gene}" for gene in range(20_000)])
    assert (len(found.listed), len(found.outside)) == (3000, 17_000)


@pytest.mark.parametrize(
    ("genes", "said"),
    [("", "the list has no gene"), ("zz yy", "none of the 2 genes is among the 12 of the background")],
)
def test_lists_that_cannot_be_tested(genes: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        enrich(gene_sets(drawn(FIGURES)).within(), ids(genes))


def test_no_set_is_left() -> None:
    with pytest.raises(InputError, match="no set is left"):
        enrich(gene_sets(drawn(FIGURES)).within(least=50), ids("a"))


def test_a_confidence_that_is_none() -> None:
    with pytest.raises(InputError, match="confidence"):
        enrich(gene_sets(drawn(FIGURES)).within(), ids("a"), confidence=95)


def test_half_of_the_genes_of_a_figure_find_it() -> None:
    """The genes of a figure of at least 10, half replaced by random ones, put it first in 95 of 100 trials."""
    sets, random = random_sets(6, sets=1500), np.random.default_rng(7)
    large = np.flatnonzero(sets.sizes >= 10)
    first = 0
    for at in random.choice(large, 100, replace=False):
        genes = sets.gene[sets.start[at] : sets.start[at + 1]]
        kept = random.choice(genes, len(genes) // 2, replace=False)
        others = random.choice(len(sets.genes), len(genes) - len(kept), replace=False)
        found = enrich(sets, [sets.genes[gene] for gene in {*kept.tolist(), *others.tolist()}])
        first += int(found.place[0]) == at
    assert first >= 95


def test_random_lists_give_p_values_that_are_as_small_as_they_say() -> None:
    """P-values of a discrete test are at most as often below a level as the level says, and not much less often."""
    sets, random = random_sets(8, sets=500, genes=1000), np.random.default_rng(9)
    p = np.concatenate(
        [_all_p(sets, [f"g{gene}" for gene in random.choice(1000, 150, replace=False)]) for _ in range(200)]
    )
    for level in (0.01, 0.05, 0.2, 0.5):
        assert 0.4 * level < (p <= level).mean() <= level * 1.02


def _all_p(sets, genes) -> np.ndarray:  # type: ignore[no-untyped-def]
    found = enrich(sets, genes)
    every = np.ones(len(sets))
    every[found.place] = found.p
    return every


def test_signs() -> None:
    """Up and down are tested apart; together a set counts when it is enriched in one of them."""
    sets = sets_of(
        {"up": "abcd", "down": "efgh", "mixed": "aebf", "none": "wxyz"}, background="abcdefghijklmnopqrstuvwxyz"
    )
    found = enrich_signed(sets, list("abcd"), list("efgh"))
    by_id = {sets.ids[place]: at for at, place in enumerate(found.both.place)}
    assert found.direction(by_id["up"]) == "up"
    assert found.direction(by_id["down"]) == "down"
    assert found.direction(by_id["mixed"]) == "both"
    assert found.up_p[by_id["up"]] == pytest.approx(hypergeom.sf(3, 26, 4, 4), rel=1e-12)
    assert found.down_p[by_id["up"]] == 1
    assert found.signed_p[by_id["up"]] == pytest.approx(2 * found.up_p[by_id["up"]])
    assert found.both.p[by_id["mixed"]] == pytest.approx(hypergeom.sf(3, 26, 4, 8), rel=1e-12)
    assert found.signed_q[by_id["up"]] == pytest.approx(2 * found.signed_p[by_id["up"]])
    with pytest.raises(InputError, match="both up and down"):
        enrich_signed(sets, ["a"], ["a"])


def test_one_sign_alone() -> None:
    sets = sets_of({"up": "abcd", "down": "efgh"})
    found = enrich_signed(sets, list("ab"), ["zz"])
    assert found.down is None
    assert found.down_p.tolist() == [1.0]


def test_figures_that_are_alike_are_told_once() -> None:
    """The better one stands for those with nearly its genes, and for those with its picture."""
    sets = gene_sets(drawn(
        {"a": "g h i j k", "b": "g h i j k l", "c": "g h i", "d": "p q r", "e": "s t u v"}, first={"e": "d"}
    )).within()  # fmt: skip
    ids_of = [sets.ids[at] for at in (1, 0, 2, 3, 4)]
    assert ids_of == ["b", "a", "c", "d", "e"]
    groups = groups_of(sets, [1, 0, 2, 3, 4])
    assert [(sets.ids[one.first], [sets.ids[at] for at in one.others]) for one in groups] == [
        ("b", ["a"]), ("c", []), ("d", ["e"])
    ]  # fmt: skip
    assert len(groups_of(sets, [1, 0, 2, 3, 4], limit=1)) == 1
    assert len(groups_of(sets, [1, 0, 2, 3, 4], alike=1.0)) == 4
    with pytest.raises(InputError, match="above 0"):
        groups_of(sets, [0], alike=0)


def test_a_member_that_ranks_far_below_is_in_the_group_too() -> None:
    sets = sets_of({"x": "abcdefghij", "y": "klm", "z": "abcdefghi"})
    assert groups_of(sets, [0])[0].others == (2,)


def test_odds_ratios_are_the_same_however_they_are_asked_for() -> None:
    """One row, the first rows, or all; with families the interval agrees with the test, too: here at one half."""
    random = np.random.default_rng(11)
    names = [f"x{n:03d}" for n in range(300)]
    figures = {}
    for n in range(250):
        picked = random.choice(names, 12, replace=False).tolist()
        figures[f"f{n:03d}"] = " ".join(picked[:4]) + f" FAM{n}:" + ",".join(picked[4:])
    found = enrich(gene_sets(drawn(figures)).within(), ids(" ".join(names[:40])), confidence=0.5)
    every = found.rows()
    assert found.rows(3) == every[:3]
    assert [row.odds for row in found.some((0, 7))] == pytest.approx([every[at].odds for at in (0, 7)])
    assert [row.low for row in every] == pytest.approx(found.odds_ratios()[1])
    assert all((row.low > 1) == (row.p < 0.25) for row in every)
    assert any(row.p < 0.25 for row in every)
