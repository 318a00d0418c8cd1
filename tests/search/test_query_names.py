"""Names in a query mean what they would mean when a figure drew them."""

from __future__ import annotations

import pytest

from figpath.grounding.lexicon.lexicon import open_lexicon
from figpath.search.names import LexiconNames, NoNames


@pytest.fixture(scope="module")
def names() -> LexiconNames:
    return LexiconNames(open_lexicon())


@pytest.mark.parametrize(
    ("name", "kinds", "expected"),
    [
        ("JAK2", (), "ncbigene:3717"),
        ("jak2", (), "ncbigene:16452"),  # in mouse, too
        ("bFGF", (), "ncbigene:2247"),
        ("p65", ("gene", "family"), "ncbigene:5970"),
        ("FGF", ("gene", "family"), "fplx:FGF"),
        ("cAMP", (), "chebi:17489"),
        ("CAMP", (), "ncbigene:820"),
        ("cAMP", ("gene",), "ncbigene:820"),
        ("cholesterol", ("chemical",), "mesh:D002784"),
        ("cholesterol", ("chemical",), "chebi:16113"),
        ("asthma", ("disease",), "doid:2841"),
    ],
)
def test_a_name_has_its_likeliest_meaning(names: LexiconNames, name: str, kinds: tuple, expected: str) -> None:  # type: ignore[type-arg] # kinds are texts
    assert expected in names.of_name(name, kinds)


def test_unlikely_meanings_are_left_out(names: LexiconNames) -> None:
    """p38 is a family here, not each gene that once had this alias."""
    assert names.of_name("p38", ("gene", "family")) == ("fplx:p38",)
    assert names.of_name("no such name") == ()


@pytest.mark.parametrize(
    ("word", "ordinary"), [("rest", True), ("impact", True), ("REST", False), ("tp53", False), ("JAK2", False)]
)
def test_english_words_in_small_letters_are_no_genes(names: LexiconNames, word: str, ordinary: bool) -> None:
    assert names.is_ordinary(word) is ordinary


def test_without_a_lexicon_nothing_is_known() -> None:
    assert (NoNames().of_name("JAK2"), NoNames().is_ordinary("rest")) == ((), False)
