"""Any text is a query or one clear error, and a query means what it says."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figpath.errors import InputError
from figpath.search.parse import LONGEST, MOST, parse
from figpath.search.query import (
    AllOf,
    AnyOf,
    Between,
    FigureType,
    Journal,
    Named,
    Organism,
    Query,
    Without,
    Words,
    wanted,
)

PIECES = ("JAK2", "IL-6", '"', "(", ")", "*", ":", "gene:", "year:", "OR", "AND", "NOT", "..", ">", " ", "-", "é", "\0")


def word(text: str) -> Words:
    return Words(text=text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("JAK2", word("JAK2")),
        ("  JAK2 ", word("JAK2")),
        ("JAK2 lung", AllOf(parts=(word("JAK2"), word("lung")))),
        ("JAK2 AND lung", AllOf(parts=(word("JAK2"), word("lung")))),
        ("JAK2 OR lung", AnyOf(parts=(word("JAK2"), word("lung")))),
        ("a1 b1 OR c1", AnyOf(parts=(AllOf(parts=(word("a1"), word("b1"))), word("c1")))),
        ("a1 (b1 OR c1)", AllOf(parts=(word("a1"), AnyOf(parts=(word("b1"), word("c1")))))),
        ("NOT JAK2", Without(part=word("JAK2"))),
        ("NOT NOT JAK2", word("JAK2")),
        ("NOT(JAK2)", Without(part=word("JAK2"))),
        ("and or not", word("not")),
        ('"lung cancer"', Words(text="lung cancer", exact=True)),
        ("“lung cancer”", Words(text="lung cancer", exact=True)),
        ('"lung canc"*', Words(text="lung canc", exact=True, prefix=True)),
        ("inflam*", Words(text="inflam", prefix=True)),
        ("the role of JAK2", AllOf(parts=(word("role"), word("JAK2")))),
        ("the", word("the")),
        ("JAK2 & STAT3", AllOf(parts=(word("JAK2"), word("STAT3")))),
        ("Poly(I:C)", word("Poly(I:C)")),
        ("gene:STAT3", Named(field="gene", name="STAT3")),
        ("GENE:STAT3", Named(field="gene", name="STAT3")),
        ("gene:STAT*", Named(field="gene", name="STAT", prefix=True)),
        ('gene:"NF-kappa B"', Named(field="gene", name="NF-kappa B")),
        ("gene:3717", Named(field="gene", name="ncbigene:3717")),
        ("gene:ncbigene:3717", Named(field="gene", name="ncbigene:3717")),
        ("ncbigene:3717", Named(field="any", name="ncbigene:3717")),
        ("chemical:cAMP", Named(field="chemical", name="cAMP")),
        ("disease:asthma", Named(field="disease", name="asthma")),
        ("drawn:FGF2", Named(field="drawn", name="FGF2")),
        ("organism:mouse", Organism(taxon=10090)),
        ('organism:"Homo sapiens"', Organism(taxon=9606)),
        ("organism:9606", Organism(taxon=9606)),
        ('journal:"Cell Reports"', Journal(name="Cell Reports")),
        ("type:scheme", FigureType(code="S")),
        ("type:GA", FigureType(code="GA")),
        ("year:2020", Between(field="year", low=2020, high=2020)),
        ("year:2019..2021", Between(field="year", low=2019, high=2021)),
        ("year:2019..", Between(field="year", low=2019, high=math.inf)),
        ("year:..2019", Between(field="year", low=-math.inf, high=2019)),
        ("year:>=2019", Between(field="year", low=2019, high=math.inf)),
        ("pathway:<=0.5", Between(field="pathway", low=-math.inf, high=0.5)),
        ("pathway:>0.9", Between(field="pathway", low=math.nextafter(0.9, 1), high=math.inf)),
    ],
)
def test_a_query_means_what_it_says(text: str, expected: Query) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no word to search for"),
        ("  \t ", "no word to search for"),
        ("→ + &", "no word to search for"),
        ('"lung', "without its partner"),
        ('lung"', "without its partner"),
        ("foo:bar", "unknown field 'foo:'"),
        ('foo:"bar"', "unknown field 'foo:'"),
        ("http://a.b", "put quotes around text with a colon"),
        ("gene:", "gene: has nothing after it"),
        ('gene:""', "gene: has nothing after it"),
        ("gene:(A1 OR B1)", r"write \(gene:A OR gene:B\)"),
        ("year:2021..2019", "runs backwards"),
        ("year:soon", "no number or range"),
        ("year:..", "nothing after it"),
        ("year:20*", "takes no star"),
        ("organism:elf", "unknown species 'elf'"),
        ("type:poem", "the types are figure, scheme"),
        ("(JAK2", "does not close"),
        ("JAK2)", "does not open"),
        ("()", "no word to search for"),
        ("JAK2 ()", "nothing inside a bracket"),
        ("JAK2 OR", "nothing around OR"),
        ("OR JAK2", "nothing around OR"),
        ("JAK2 NOT", "nothing after NOT"),
        ("AND JAK2", "nothing before AND"),
        ("JAK2 AND", "nothing after AND"),
        ("J*", "too short"),
        ("JAK2 \udcff", "no text"),
        ("(" * 30 + "JAK2" + ")" * 30, "deep"),
        ("JAK2 " * (MOST + 1), f"more than {MOST} words"),
        ("x" * 100_000, f"{LONGEST} at most"),
    ],
)
def test_what_cannot_be_understood_is_one_clear_line(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says) as found:
        parse(text)
    assert "\n" not in str(found.value)
    assert len(str(found.value)) < 300


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=12).map("".join)))
def test_any_text_is_a_query_or_an_input_error(text: str) -> None:
    """Nothing else is raised, and what is not refused has a word in it."""
    try:
        found = parse(text)
    except InputError as error:
        said = str(error)
    else:
        said = "found"
        assert found == parse(text)
        assert isinstance(hash(found), int)
    assert "\n" not in said


def test_what_stands_behind_not_is_not_wanted() -> None:
    leaves = list(wanted(parse("JAK2 (STAT3 OR NOT TNF) NOT (IL6 OR year:2020)")))
    assert leaves == [word("JAK2"), word("STAT3")]
