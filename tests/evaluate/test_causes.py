"""Each missed gene is sorted to the step at which it was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from figpath.evaluate.causes import MEANING, Cause, causes
from figpath.evaluate.gold import GoldFigure, GoldMention
from figpath.evaluate.mentions import compare
from figpath.evaluate.predictions import (
    LooseBox,
    PredictedEntity,
    PredictedLine,
    PredictedMention,
    Prediction,
)
from figpath.grounding.lexicon.lexicon import open_lexicon

if TYPE_CHECKING:
    from figpath.grounding.lexicon.lexicon import Lexicon

BOX = (10.0, 10.0, 90.0, 30.0)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return open_lexicon()


def line(text: str, box: LooseBox = BOX) -> PredictedLine:
    return PredictedLine(text=text, box=box)


def mention(text: str, symbol: str = "", score: float = 0.9, kind: str = "gene", taxon: int = 9606) -> PredictedMention:
    entities = (PredictedEntity(symbol=symbol, taxon=taxon),) if symbol else ()
    return PredictedMention(text=text, kind=kind, score=score, box=BOX, entities=entities)


def found(
    *lines: PredictedLine, mentions: tuple[PredictedMention, ...] = (), organisms: tuple[int, ...] = (9606,)
) -> Prediction:
    return Prediction(figid="f1", organisms=organisms, lines=lines, mentions=mentions)


CASES = {
    "nothing read": ("STAT3", "STAT3", found(), Cause.recognition),
    "read wrongly": ("STAT3", "STAT3", found(line("5TAT3")), Cause.recognition),
    "part of another name": (
        "TNF-α",
        "TNF",
        found(line("TNFAIP3"), mentions=(mention("TNFAIP3", "TNFAIP3"),)),
        Cause.recognition,
    ),
    "short name inside a word": ("AR", "AR", found(line("Warburg")), Cause.recognition),
    "unknown name": ("QQZZ7", "STAT3", found(line("QQZZ7")), Cause.lexicon),
    "name known for another gene only": (
        "STAT3",
        "JAK2",
        found(line("STAT3"), mentions=(mention("STAT3", "STAT3"),)),
        Cause.lexicon,
    ),
    "no mention made": ("STAT3", "STAT3", found(line("STAT3")), Cause.segmentation),
    "glued to another name": ("STAT1", "STAT1", found(line("STAT1STAT2")), Cause.segmentation),
    "over two lines": ("Caspase 3", "CASP3", found(line("Caspase"), line("3", (45, 32, 55, 52))), Cause.segmentation),
    "another meaning taken": (
        "STAT3",
        "STAT3",
        found(line("STAT3"), mentions=(mention("STAT3", "STAT1"),)),
        Cause.ambiguity,
    ),
    "taken for a chemical": (
        "STAT3",
        "STAT3",
        found(line("STAT3"), mentions=(mention("STAT3", "x", kind="chemical"),)),
        Cause.ambiguity,
    ),
    "kept without human genes": ("STAT3", "STAT3", found(line("STAT3"), mentions=(mention("STAT3"),)), Cause.species),
    "given a mouse gene": (
        "STAT3",
        "STAT3",
        found(line("STAT3"), mentions=(mention("STAT3", "Stat3", taxon=10090),)),
        Cause.species,
    ),
    "human out of scope": ("STAT3", "STAT3", found(line("STAT3"), organisms=(3702,)), Cause.species),
    "scored too low": (
        "STAT3",
        "STAT3",
        found(line("STAT3"), mentions=(mention("STAT3", "STAT3", score=0.3),)),
        Cause.score,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_miss_is_sorted_to_the_step_that_lost_it(case: str, lexicon: Lexicon) -> None:
    text, symbol, answer, cause = CASES[case]
    figure = GoldFigure(figid="f1", mentions=(GoldMention(text=text, type="gene", symbols=(symbol,)),))
    (miss,) = causes(figure, compare(figure, answer), answer, lexicon)
    assert (miss.figid, miss.text, miss.cause) == ("f1", text, cause)
    assert bool(miss.evidence) is (cause is not Cause.recognition)


def test_every_cause_has_its_meaning_in_words() -> None:
    assert set(MEANING) == set(Cause)
