"""Calibration: scores against the share that is right, counted by hand."""

from __future__ import annotations

import pytest

from figpath.evaluate import calibration
from figpath.evaluate.calibration import Judged
from figpath.evaluate.gold import GoldFigure, GoldMention
from figpath.evaluate.predictions import PredictedEntity, PredictedMention, Prediction

FIGURE = GoldFigure(
    figid="f1",
    mentions=(
        GoldMention(text="AKT", type="gene", symbols=("AKT1",)),
        GoldMention(text="ATP", type="chemical"),
        GoldMention(text="cancer", type="disease"),
    ),
)


def named(text: str, symbol: str, score: float, kind: str = "gene", taxon: int | None = 9606) -> PredictedMention:
    return PredictedMention(text=text, kind=kind, score=score, entities=(PredictedEntity(symbol=symbol, taxon=taxon),))


def judged(score: float, right: bool, kind: str = "gene") -> Judged:
    return Judged(kind=kind, text=f"{score}{right}", score=score, right=right)


def test_each_distinct_name_is_judged_once_with_its_highest_score() -> None:
    mentions = (
        named("AKT", "AKT1", 0.4),
        named("AKT", "AKT1", 0.9),
        named("JAK", "JAK1", 0.2, kind="family"),
        named("Akt", "Akt1", 0.8, taxon=10090),
        named("ATP", "ATP", 0.7, kind="chemical"),
        named("Cancer", "cancer", 0.6, kind="disease"),
        named("GTP", "GTP", 0.6, kind="chemical"),
    )
    found = calibration.judge(FIGURE, Prediction(figid="f1", mentions=mentions))
    assert [(one.kind, one.text, one.score, one.right) for one in found] == [
        ("gene", "AKT", 0.9, True),
        ("gene", "JAK", 0.2, False),
        ("chemical", "atp", 0.7, True),
        ("disease", "cancer", 0.6, True),
        ("chemical", "gtp", 0.6, False),
    ]
    assert calibration.judge(FIGURE, None) == ()


def test_the_error_is_the_mean_distance_of_score_and_share_right_over_bins() -> None:
    names = [judged(0.95, True), judged(1.0, False), judged(0.3, False), judged(0.3, True, kind="chemical")]
    measures = {m.name: m for m in calibration.measures([names])}
    genes = (abs(0.95 + 1.0 - 1) + abs(0.3 - 0)) / 3
    assert measures["calibration.genes.error"].value == pytest.approx(genes)
    assert measures["calibration.genes.certain"].value == 0.5
    assert measures["calibration.genes.certain"].count == 2
    every = (abs(1.95 - 1) + abs(0.6 - 1)) / 4
    assert measures["calibration.all.error"].value == pytest.approx(every)
    assert [measures[f"calibration.genes.{name}"].better for name in ("certain", "error")] == ["higher", "lower"]


@pytest.mark.parametrize(("score", "place"), [(0.0, 0), (0.1, 1), (0.3, 3), (0.7, 7), (0.899, 8), (0.9, 9), (1.0, 9)])
def test_a_score_on_an_edge_belongs_to_the_bin_above_and_one_to_the_last(score: float, place: int) -> None:
    counts = [one.count for one in calibration.reliability([judged(score, True)])]
    assert counts.index(1) == place


def test_the_table_has_mean_score_and_share_right_of_each_bin() -> None:
    table = calibration.reliability([judged(0.92, True), judged(0.98, False)])
    assert len(table) == 10
    assert (table[9].low, table[9].high, table[9].count, table[9].right) == (0.9, 1.0, 2, 0.5)
    assert table[9].score == pytest.approx(0.95)
    assert (table[0].count, table[0].score, table[0].right) == (0, 0.0, 0.0)
