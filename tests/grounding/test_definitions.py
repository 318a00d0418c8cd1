"""Abbreviations that a figure defines mean what the figure says."""

import pytest

from figpath.grounding.definitions import abbreviates, pairs, with_definitions
from figpath.grounding.lexicon.lexicon import Sense
from figpath.grounding.mention import Entity

LIPID = Sense(
    entity=Entity(id="mesh:D010718", symbol="Phosphatidylserines", source="mesh_synonym"),
    kind="chemical",
    name="phosphatidylserine",
)
GENE = Sense(entity=Entity(id="ncbigene:1", symbol="PROS1", taxon=9606, source="hgnc_alias"), kind="gene", name="PS")


class TwoNames:
    def find(self, key: str) -> tuple[Sense, ...]:
        return {"phosphatidylserine": (LIPID,), "ps": (GENE,)}.get(key, ())

    def frequency(self, word: str) -> float:
        return 6.0 if word == "ps" else 0.0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("phosphatidylserine (PS)", [("PS", "phosphatidylserine")]),
        ("IKK, IκB kinase; TLR, toll-like receptor.", [("IKK", "IκB kinase"), ("TLR", "toll-like receptor")]),
        ("LD: lipid droplet", [("LD", "lipid droplet")]),
        ("IL-6 (STAT3)", []),  # no abbreviation of what stands before it
        ("binding of IFN (2)", []),
    ],
)
def test_pairs_of_short_and_long_forms_are_found(text: str, found: list[tuple[str, str]]) -> None:
    assert list(pairs(text)) == found


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("PS", "phosphatidylserine", True),
        ("TRAF", "TNF receptor-associated factor", True),
        ("PS", "serine phosphatase", False),
        ("p53", "p53", False),
        ("A", "adenosine", False),
    ],
)
def test_a_short_form_has_the_letters_of_the_long_one_in_order(short: str, long: str, expected: bool) -> None:
    assert abbreviates(short, long) is expected


def test_what_the_figure_defines_comes_before_the_lexicon() -> None:
    names = with_definitions(TwoNames(), ["phosphatidylserine (PS)"], taxa=(9606,))
    (sense,) = names.find("ps")
    assert (sense.entity.id, sense.entity.source, sense.name) == ("mesh:D010718", "figure_definition", "PS")
    assert names.frequency("ps") == 0.0


def test_a_long_form_counts_as_it_stands_not_without_its_state() -> None:
    names = TwoNames()
    assert with_definitions(names, ["active phosphatidylserine (AP)"], taxa=(9606,)) is names


def test_without_definitions_the_lexicon_stays_as_it_is() -> None:
    names = TwoNames()
    assert with_definitions(names, ["no abbreviation here"], taxa=(9606,)) is names
