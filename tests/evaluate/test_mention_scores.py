"""Scores of mentions are those of counting by hand: found, wanted, right, given."""

from __future__ import annotations

import pytest

from figpath.evaluate import mentions
from figpath.evaluate.gold import GoldFigure, GoldMention, fold
from figpath.evaluate.predictions import PredictedEntity, PredictedMention, Prediction


def gold(*names: GoldMention, figid: str = "f1") -> GoldFigure:
    return GoldFigure(figid=figid, mentions=names)


def gene(text: str, *symbols: str, species: str = "Homo sapiens") -> GoldMention:
    return GoldMention(text=text, type="gene", symbols=symbols, species=species)


def named(
    text: str, *symbols: str, kind: str = "gene", score: float = 1.0, taxon: int | None = 9606
) -> PredictedMention:
    entities = tuple(PredictedEntity(symbol=symbol, taxon=taxon) for symbol in symbols)
    return PredictedMention(text=text, kind=kind, score=score, entities=entities)


def answer(*found: PredictedMention, figid: str = "f1") -> Prediction:
    return Prediction(figid=figid, mentions=found)


FIGURE = gold(gene("IKKβ", "IKBKB"), gene("TLR2", "TLR2"), gene("p65", "RELA"))

CASES = {
    "nothing given": (FIGURE, answer(), (0, 3, 0, 0)),
    "no prediction": (FIGURE, None, (0, 3, 0, 0)),
    "one of three": (FIGURE, answer(named("TLR2", "TLR2")), (1, 3, 1, 1)),
    "another text names the gene": (FIGURE, answer(named("NF-kB p65", "RELA")), (1, 3, 1, 1)),
    "one of several symbols suffices": (FIGURE, answer(named("IKK", "CHUK", "IKBKB")), (1, 3, 1, 1)),
    "invented": (FIGURE, answer(named("TLR2", "TLR2"), named("AKT", "AKT1")), (1, 3, 1, 2)),
    "the same text twice is one": (FIGURE, answer(named("TLR2", "TLR2"), named("TLR2", "TLR2")), (1, 3, 1, 1)),
    "below the score": (FIGURE, answer(named("TLR2", "TLR2", score=0.49)), (0, 3, 0, 0)),
    "at the score": (FIGURE, answer(named("TLR2", "TLR2", score=0.5)), (1, 3, 1, 1)),
    "mouse genes do not count": (FIGURE, answer(named("Tlr2", "TLR2", taxon=10090)), (0, 3, 0, 0)),
    "a family without members has no human gene": (
        FIGURE,
        answer(named("TLR", "TLR", kind="family", taxon=None)),
        (0, 3, 0, 0),
    ),
    "a chemical is no gene": (FIGURE, answer(named("TLR2", "TLR2", kind="chemical")), (0, 3, 0, 0)),
    "gold of another species is not wanted": (
        gold(gene("p38", "pmk-1", species="Caenorhabditis elegans")),
        answer(),
        (0, 0, 0, 0),
    ),
    "gold without symbols is not wanted": (gold(GoldMention(text="GPCR", type="family")), answer(), (0, 0, 0, 0)),
    "members of a gold family count": (
        gold(GoldMention(text="JNK", type="family", symbols=None, family_symbols=("MAPK8", "MAPK9"))),
        answer(named("JNK1", "MAPK8")),
        (1, 1, 1, 1),
    ),
    "one text of two gold mentions is one": (
        gold(gene("p38", "MAPK14"), gene("p38", "MAPK11")),
        answer(),
        (0, 1, 0, 0),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_genes_are_counted_by_distinct_text_and_shared_symbol(case: str) -> None:
    figure, found, counts = CASES[case]
    assert mentions.compare(figure, found).genes == counts


def test_what_was_missed_and_invented_is_listed_in_order() -> None:
    score = mentions.compare(FIGURE, answer(named("TLR2", "TLR2"), named("X2", "B"), named("X1", "A")))
    assert (score.missed, score.invented) == (("IKKβ", "p65"), ("X1", "X2"))


def test_chemicals_and_diseases_are_compared_by_folded_text() -> None:
    figure = gold(GoldMention(text="Ca²⁺", type="chemical"), GoldMention(text="β-estradiol", type="chemical"))
    found = answer(named("b-Estradiol", kind="chemical"), named("ATP", kind="chemical"), named("flu", kind="disease"))
    score = mentions.compare(figure, found)
    assert (score.chemicals, score.diseases) == ((1, 2, 1, 2), (0, 0, 0, 1))


def test_measures_are_over_all_names_and_the_macro_score_over_figures() -> None:
    figures = (FIGURE, gold(gene("AKT", "AKT1"), figid="f2"))
    answers = {"f1": answer(named("TLR2", "TLR2"), named("AKT", "AKT1"))}
    found = {m.name: m for m in mentions.measures(mentions.compare_all(figures, answers), prefix="x.")}
    precision, recall = 1 / 2, 1 / 4  # right 1 of 2 given, found 1 of 4 wanted
    assert found["x.genes.precision"].value == precision
    assert found["x.genes.recall"].value == recall
    assert found["x.genes.f1"].value == pytest.approx(2 * precision * recall / (precision + recall))
    assert found["x.genes.macro_f1"].value == pytest.approx((2 * (1 / 2) * (1 / 3) / (1 / 2 + 1 / 3) + 0) / 2)
    assert (found["x.genes.f1"].count, found["x.genes.macro_f1"].count) == (4, 2)
    assert found["x.chemicals.f1"].value == 1.0  # none drawn and none given


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("IKKβ", "ikkb"),
        ("ΙΚΚΒ", "ikkb"),
        ("NF-κB p65", "nfkbp65"),
        ("H₂O₂", "h2o2"),
        ("µ", "m"),
        ("ß1", "b1"),
        ("—", ""),
    ],
)
def test_texts_are_folded_to_latin_letters_and_digits(text: str, folded: str) -> None:
    assert fold(text) == folded
