"""Whether scores are probabilities: of the names scored about 0.9, nine in ten should be right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from figpath.evaluate.bootstrap import divided, measure
from figpath.evaluate.gold import fold
from figpath.evaluate.predictions import GENE_KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from figpath.evaluate.bootstrap import Floats, Measure
    from figpath.evaluate.gold import GoldFigure
    from figpath.evaluate.predictions import Prediction

BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A given name, its score, and whether the gold agrees; families count as kind ``gene``."""

    kind: str
    text: str
    score: float
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The names whose score lies in [low, high), the last bin with its end.

    Parameters
    ----------
    count
        How many there are.
    score
        Their mean score; 0 when there are none.
    right
        The share of them that are right; 0 when there are none.
    """

    low: float
    high: float
    count: int
    score: float
    right: float


def judge(figure: GoldFigure, answer: Prediction | None) -> tuple[Judged, ...]:
    """Judge each distinct name given for a figure, of any score, as precision does.

    A name that stands several times on the figure is one, with the highest of its scores; names without
    human genes are not judged.
    """
    drawn = frozenset().union(*figure.genes().values())
    found: dict[tuple[str, str], Judged] = {}
    for mention in answer.mentions if answer else ():
        symbols = mention.human_symbols()
        if mention.kind in GENE_KINDS and symbols:
            one = Judged(kind="gene", text=mention.text, score=mention.score, right=bool(symbols & drawn))
        elif mention.kind in ("chemical", "disease") and fold(mention.text):
            text = fold(mention.text)
            right = text in figure.names(mention.kind)
            one = Judged(kind=mention.kind, text=text, score=mention.score, right=right)
        else:
            continue
        before = found.get((one.kind, one.text))
        if before:
            one = Judged(
                kind=one.kind, text=one.text, score=max(one.score, before.score), right=one.right or before.right
            )
        found[one.kind, one.text] = one
    return tuple(found.values())


def judge_all(figures: Sequence[GoldFigure], answers: Mapping[str, Prediction]) -> tuple[tuple[Judged, ...], ...]:
    """Judge the names given for each gold figure, in the order of the gold."""
    return tuple(judge(figure, answers.get(figure.figid)) for figure in figures)


def reliability(judged: Sequence[Judged]) -> tuple[Bin, ...]:
    """Return the reliability table: names by score in ten bins of equal width."""
    counts, scores, right = _sums(judged)
    edges = np.linspace(0, 1, BINS + 1)
    return tuple(
        Bin(
            low=float(edges[i]),
            high=float(edges[i + 1]),
            count=int(counts[i]),
            score=float(scores[i] / max(1, counts[i])),
            right=float(right[i] / max(1, counts[i])),
        )
        for i in range(BINS)
    )


def measures(by_figure: Sequence[Sequence[Judged]], *, prefix: str = "") -> tuple[Measure, ...]:
    """Measure the share right of names scored in [0.9, 1] and the expected calibration error.

    The error is the mean over names of the distance between the share right of their bin and its mean score
    (Guo et al. 2017, equation 3). Both are given for genes and for names of every kind.
    """
    found = []
    for name, kinds in (("genes", {"gene"}), ("all", {"gene", "chemical", "disease"})):
        chosen = [[one for one in judged if one.kind in kinds] for judged in by_figure]
        table = np.array([_sums(judged).ravel() for judged in chosen])
        certain = int(table[:, BINS - 1].sum())
        total = sum(map(len, chosen))
        found += [
            measure(f"{prefix}calibration.{name}.certain", table, _certain, count=certain),
            measure(f"{prefix}calibration.{name}.error", table, _error, count=total, better="lower"),
        ]
    return tuple(found)


def _sums(judged: Sequence[Judged]) -> Floats:
    """(3, BINS): in each bin the number of names, the sum of their scores, the number that are right."""
    table = np.zeros((3, BINS))
    for one in judged:
        place = min(BINS - 1, int(one.score * BINS + 1e-9))
        table[:, place] += (1.0, one.score, float(one.right))
    return table


def _certain(sums: Floats) -> Floats:
    return divided(sums[..., 3 * BINS - 1], sums[..., BINS - 1], otherwise=0.0)


def _error(sums: Floats) -> Floats:
    table = sums.reshape(*sums.shape[:-1], 3, BINS)
    distance = np.abs(table[..., 1, :] - table[..., 2, :]).sum(axis=-1)
    return divided(distance, table[..., 0, :].sum(axis=-1), otherwise=0.0)
