"""What a person chooses from the lexicon becomes a meaning as the machine would write it."""

from __future__ import annotations

import pytest

from figpath.corrections.meaning import assigned
from figpath.corrections.verdict import PERSON
from figpath.errors import InputError
from figpath.grounding.lexicon.lexicon import Lexicon, open_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return open_lexicon()


@pytest.mark.parametrize(
    ("text", "curies", "kind", "symbols", "sources"),
    [
        ("JAK2", ("ncbigene:3717",), "gene", ("JAK2",), ("hgnc_symbol",)),
        ("VEGF", ("ncbigene:7422",), "gene", ("VEGFA",), ("hgnc_previous",)),
        ("the kinase", ("ncbigene:3717",), "gene", ("JAK2",), (PERSON,)),
        ("Smad2/3", ("ncbigene:4087", "ncbigene:4088"), "gene", ("SMAD2", "SMAD3"), (PERSON, PERSON)),
        ("ATP", ("mesh:D000255",), "chemical", ("Adenosine Triphosphate", "ATP"), None),
    ],
)
def test_meanings_are_as_in_a_mention(
    lexicon: Lexicon, text: str, curies: tuple[str, ...], kind: str, symbols: tuple[str, ...], sources: object
) -> None:
    """The table that knows the drawn name is the source; where none does, it is the person."""
    found = assigned(text, curies, lexicon)
    assert found.kind == kind
    assert tuple(entity.symbol for entity in found.entities) == symbols
    assert sources is None or tuple(entity.source for entity in found.entities) == sources


def test_a_family_comes_first_with_its_members(lexicon: Lexicon) -> None:
    """Whatever is chosen with it."""
    found = assigned("FGFs", ("ncbigene:7422", "fplx:FGF"), lexicon)
    assert found.kind == "family"
    assert [entity.id for entity in found.entities[:2]] == ["fplx:FGF", "ncbigene:7422"]
    members = found.entities[2:]
    assert len(members) == 22
    assert {entity.source for entity in members} == {"famplex_relations"}


@pytest.mark.parametrize(
    ("curies", "message"),
    [
        ((), "0 meanings were chosen"),
        (tuple(f"ncbigene:{n}" for n in range(51)), "51 meanings were chosen"),
        (("ncbigene:3717", "mesh:D000255"), "is not chemical and gene at once"),
        (("ncbigene:0",), "knows nothing by 'ncbigene:0'"),
        (("x\0y",), "knows nothing by"),
        (("\ud800",), "knows nothing by"),
    ],
)
def test_what_cannot_be_meant_is_refused(lexicon: Lexicon, curies: tuple[str, ...], message: str) -> None:
    with pytest.raises(InputError, match=message):
        assigned("JAK2", curies, lexicon)


def test_names_are_found_by_their_beginning(lexicon: Lexicon) -> None:
    """Whatever the case and the hyphens, and with Greek letters; identifiers are no names."""
    assert lexicon.beginning("Interleukin-6", limit=3)[0] == "interleukin 6"
    assert lexicon.beginning("β-cat", limit=3)[0] == "beta-catenin"
    assert "stat3" in [name.casefold() for name in lexicon.beginning("stat", limit=10)]
    assert lexicon.beginning("ncbigene:37", limit=5) == ()
    assert lexicon.beginning("", limit=5) == lexicon.beginning(" ", limit=5) == ()


def test_identifiers_are_looked_up(lexicon: Lexicon) -> None:
    found = lexicon.of_id("ncbigene:3717")
    assert found is not None
    assert (found.entity.symbol, found.entity.taxon, found.kind) == ("JAK2", 9606, "gene")
    for curie in ("", "JAK2", "ncbigene:", "ncbigene:371", "3717"):
        assert lexicon.of_id(curie) is None, curie
