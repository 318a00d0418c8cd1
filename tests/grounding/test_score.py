"""Scores are probabilities made of named features."""

import json
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figpath.grounding.lexicon.concept import Rank
from figpath.grounding.lexicon.lexicon import Sense
from figpath.grounding.match import match
from figpath.grounding.meaning import meaning
from figpath.grounding.mention import Entity
from figpath.grounding.score import features, score
from figpath.grounding.strength import strength


def sense(symbol: str, name: str, source: str, *, drawn: int = 0, rank: Rank = Rank.PROTEIN) -> Sense:
    entity = Entity(id=f"ncbigene:{symbol}", symbol=symbol, taxon=9606, source=source)
    return Sense(entity=entity, kind="gene", name=name, rank=rank, drawn=drawn)


class OneName:
    def __init__(self, *senses: Sense, english: float = 0.0) -> None:
        self._senses = senses
        self._english = english

    def find(self, key: str) -> tuple[Sense, ...]:
        return self._senses if key in {"jun", "stat3"} else ()

    def frequency(self, word: str) -> float:
        return self._english


def scored(text: str, names: OneName, *, reading: float = 1.0) -> float:
    found = match(text, names, taxa=(9606,))
    assert found is not None
    what = meaning(found, taxa=(9606,))
    return score(features(found, what, names, reading=reading), what.kind)


@given(st.dictionaries(st.sampled_from(["constant", "drawn", "rewrites", "english", "misread"]), st.floats(-5, 5)))
def test_a_score_is_a_probability(x: dict[str, float]) -> None:
    assert 0.0 <= score(x, "gene") <= 1.0
    assert 0.0 <= score(x, "chemical") <= 1.0


def test_every_weight_belongs_to_a_feature() -> None:
    weights = json.loads(resources.files("figpath.data").joinpath("score_weights.json").read_text("utf-8"))["weights"]
    names = OneName(sense("STAT3", "STAT3", "hgnc_symbol"))
    found = match("STAT3", names, taxa=(9606,))
    assert found is not None
    known = set(features(found, meaning(found, taxa=(9606,)), names, reading=1.0))
    known |= {"gene", "family", "chemical", "disease", "symbol", "synonym", "full_name", "defined"}
    assert set(weights["gene"]) | set(weights["chemical"]) <= known


STAT3 = sense("STAT3", "STAT3", "hgnc_alias", drawn=1)


def test_a_rewritten_name_is_less_sure() -> None:
    assert scored("p-STAT3", OneName(STAT3)) < scored("STAT3", OneName(STAT3))


def test_an_english_word_is_less_sure() -> None:
    jun = sense("JUN", "JUN", "hgnc_symbol", drawn=3)
    assert scored("Jun", OneName(jun, english=7.9)) < scored("Jun", OneName(jun))


def test_a_name_never_drawn_is_less_sure() -> None:
    rare, common = (sense("STAT3", "STAT3", "hgnc_alias", drawn=n) for n in (0, 44))
    assert scored("STAT3", OneName(rare)) < scored("STAT3", OneName(common))


@pytest.mark.parametrize(
    ("form", "stronger", "weaker"),
    [
        ("JAK2", sense("JAK2", "JAK2", "hgnc_symbol"), sense("X1", "JAK2", "hgnc_alias")),
        ("p62", sense("SQSTM1", "p62", "hgnc_alias", drawn=11), sense("NUP62", "p62", "hgnc_alias", drawn=2)),
        ("VEGF", sense("VEGFA", "VEGF", "ncbigene_synonym"), sense("FLT1", "VEGF", "ncbigene_synonym")),
        ("cAMP", sense("A", "cAMP", "chebi_synonym"), sense("CAMP", "Camp", "chebi_synonym")),
        ("TP53", sense("TP53", "TP53", "hgnc_symbol"), sense("P", "TP53", "hgnc_symbol", rank=Rank.PSEUDOGENE)),
    ],
)
def test_the_stronger_meaning_is_the_one_that_biologists_mean(form: str, stronger: Sense, weaker: Sense) -> None:
    assert strength(form, stronger) > strength(form, weaker)


def test_meanings_that_are_equally_strong_are_both_kept() -> None:
    twins = OneName(sense("A1", "STAT3", "hgnc_alias"), sense("B1", "STAT3", "hgnc_alias"))
    found = match("STAT3", twins, taxa=(9606,))
    assert found is not None
    assert [entity.symbol for entity in meaning(found, taxa=(9606,)).entities] == ["A1", "B1"]
