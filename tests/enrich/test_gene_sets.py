"""Gene sets: which genes count, families as one thing, backgrounds and limits of size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from figpath.enrich.gene_sets import gene_sets, sets_of
from figpath.enrich.ora import entries_of, hits, shared
from figpath.errors import InputError
from made_sets import drawn, ids

FIGURES = {"one": "a b ~c AKT:d,e", "two": "a AKT:d,e RAF:f", "three": "m a", "four": "~c"}


def members(sets, at: int) -> set[str]:  # type: ignore[no-untyped-def]  # of the two kinds of tests below
    return {sets.symbols[gene] for gene in sets.gene[sets.start[at] : sets.start[at + 1]]}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("strict", {"one": {"A", "B"}, "two": {"A"}, "three": {"M", "A"}}),
        ("synonyms", {"one": {"A", "B", "C"}, "two": {"A"}, "three": {"M", "A"}, "four": {"C"}}),
        ("all", {"one": {"A", "B", "C", "D", "E"}, "two": {"A", "D", "E", "F"}, "three": {"M", "A"}, "four": {"C"}}),
    ],
)
def test_which_genes_count(names: str, expected: dict[str, set[str]]) -> None:
    sets = gene_sets(drawn(FIGURES), names=names)  # type: ignore[arg-type]  # one of the three
    assert {name: members(sets, at) for at, name in enumerate(sets.ids)} == expected
    assert set(sets.symbols) == set().union(*expected.values())


def test_a_family_is_one_thing() -> None:
    """AKT with two members makes one unit; asked for, it makes two."""
    assert gene_sets(drawn(FIGURES)).sizes.tolist() == [4, 3, 2, 1]
    assert gene_sets(drawn(FIGURES), families="members").sizes.tolist() == [5, 4, 2, 1]


def test_a_family_is_hit_once() -> None:
    sets = gene_sets(drawn(FIGURES))
    listed = np.array([sets.place[gene] for gene in ids("d e a")])
    assert hits(sets, listed).tolist() == [2, 2, 1, 0]
    assert hits(gene_sets(drawn(FIGURES), families="members"), listed).tolist() == [3, 3, 1, 0]
    assert shared(sets, 0, listed) == (("A",), (("AKT", ("D", "E")),))


def test_species_stay_apart() -> None:
    sets = gene_sets(drawn(FIGURES, mouse="m"), taxon=10090)
    assert (sets.ids, sets.symbols) == (("three",), ("M",))
    with pytest.raises(InputError, match="no gene of taxon 7955"):
        gene_sets(drawn(FIGURES), taxon=7955)


def test_a_background_narrows_sets_and_counts_genes_that_no_figure_draws() -> None:
    sets = gene_sets(drawn(FIGURES)).within(ids("a c e zz c"), least=1)
    assert sets.genes == tuple(ids("a c e zz"))
    assert [members(sets, at) for at in range(len(sets))] == [{"A", "C", "E"}, {"A", "E"}, {"A"}, {"C"}]
    assert sets.sizes.tolist() == [3, 2, 1, 1]
    assert sets.figures.tolist() == [3, 2, 2, 0]


@pytest.mark.parametrize(
    ("least", "most", "expected"), [(1, None, 4), (3, 500, 2), (2, 3, 2), (4, 4, 1), (9, 10, 0), (4, None, 1)]
)
def test_limits_of_size_count_units(least: int, most: int | None, expected: int) -> None:
    assert len(gene_sets(drawn(FIGURES)).within(least=least, most=most)) == expected


@pytest.mark.parametrize(("least", "most"), [(0, 5), (5, 4), (-1, None)])
def test_limits_that_contradict_each_other(least: int, most: int | None) -> None:
    with pytest.raises(InputError, match="change the limits"):
        gene_sets(drawn(FIGURES)).within(least=least, most=most)


def test_the_background_is_of_all_sets_whatever_their_size() -> None:
    sets = gene_sets(drawn(FIGURES)).within(least=3)
    assert len(sets.genes) == 7


named_sets = st.dictionaries(st.text("xyz", min_size=1), st.sets(st.sampled_from("abcdefgh"), min_size=1), min_size=1)


@given(named_sets, st.sets(st.sampled_from("abcdefghij"), min_size=1))
def test_narrowing_is_taking_the_common_genes(named: dict[str, set[str]], background: set[str]) -> None:
    sets = sets_of(named, background=sorted(background), least=1)
    expected = {name: genes & background for name, genes in named.items() if genes & background}
    assert {name: members(sets, at) for at, name in enumerate(sets.ids)} == expected


@given(named_sets, st.sets(st.sampled_from("abcdefgh"), min_size=1))
def test_hits_are_counted_by_postings(named: dict[str, set[str]], query: set[str]) -> None:
    sets = sets_of(named, least=1)
    listed = np.array(sorted(sets.place[gene] for gene in query if gene in sets.place), np.int64)
    assert hits(sets, listed).tolist() == [len(genes & query) for genes in named.values()]
    assert len(entries_of(sets, listed)) == sum(len(genes & query) for genes in named.values())
