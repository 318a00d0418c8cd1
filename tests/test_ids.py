"""Identifiers: species by id or name, figure ids that can be file names, CURIEs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figpath.errors import InputError
from figpath.ids import _TAXA, check_figure_id, split_curie, taxa, taxon


@pytest.mark.parametrize("known", _TAXA, ids=lambda known: known.common)
def test_a_species_is_found_by_id_and_by_both_names(known: object) -> None:
    """As a number, as digits, and by its scientific and everyday names in any case."""
    found = taxon(known.id)  # type: ignore[attr-defined]  # pytest passes the taxon on as object
    for key in (str(found.id), f" {found.id} ", found.name, found.name.upper(), found.common, found.common.title()):
        assert taxon(key) == found


def test_an_id_without_a_name_is_still_a_species() -> None:
    found = taxon(4113)
    assert (found.id, found.name, found.group) == (4113, "taxon 4113", "")


@pytest.mark.parametrize("key", ["unicorn", "", "-1", "9606.0"])
def test_an_unknown_name_is_refused_with_those_known(key: str) -> None:
    with pytest.raises(InputError, match="give an NCBI taxon id, or one of human, mouse, rat, zebrafish"):
        taxon(key)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9606", (9606,)),
        ("mouse,human", (10090, 9606)),
        ("9606, Mus musculus ,human,", (9606, 10090)),
    ],
)
def test_a_list_of_species_keeps_its_order_without_repeats(text: str, expected: tuple[int, ...]) -> None:
    assert taxa(text) == expected


@pytest.mark.parametrize("text", ["", ",", "  "])
def test_an_empty_list_of_species_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="no species in "):
        taxa(text)


@pytest.mark.parametrize("text", ["PMC8287779__12967_2021_2985_Fig2_HTML", "fig 1 (a)", "α-synuclein", "a" * 200])
def test_a_figure_id_may_have_letters_digits_and_some_marks(text: str) -> None:
    assert check_figure_id(text) == text


@pytest.mark.parametrize("text", ["", ".hidden", "_x", "a/b", "a\\b", "a..b", "a:b", "a\nb", "a" * 201, "a*", "<b>"])
def test_a_figure_id_that_cannot_be_a_file_name_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="cannot be a figure id"):
        check_figure_id(text)


@given(st.from_regex(r"[a-z][a-z0-9.]*", fullmatch=True), st.from_regex(r"[A-Za-z0-9_.:-]+", fullmatch=True))
def test_a_curie_splits_at_its_first_colon(prefix: str, local: str) -> None:
    assert split_curie(f"{prefix}:{local}") == (prefix, local)


@pytest.mark.parametrize("text", ["", "3717", "ncbigene:", ":3717", "NCBI:3717", "ncbigene: 3717"])
def test_what_is_no_curie_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is no identifier: expected prefix:id"):
        split_curie(text)
