"""Drawn names against gold: what was found, missed and invented in each figure, and the scores over all.

A gold gene name counts as found when any given name of the figure names one of its genes; a given name is
right when the gold has one of its genes anywhere in the figure. Chemicals and diseases are compared by text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from figpath.evaluate import counts
from figpath.evaluate.bootstrap import measure, share
from figpath.evaluate.gold import fold
from figpath.record import MINIMUM_SCORE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from figpath.evaluate.bootstrap import Better, Measure
    from figpath.evaluate.gold import GoldFigure
    from figpath.evaluate.predictions import Prediction

Counts: TypeAlias = tuple[int, int, int, int]
"""Found, wanted, right, given; see `figpath.evaluate.counts`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureScore:
    """How one figure was read.

    Parameters
    ----------
    figid
        The figure.
    genes, chemicals, diseases
        Counts of names of each kind; families count as genes.
    missed
        Gold gene names of which no gene was named, sorted.
    invented
        Given gene names of which the gold has no gene, sorted.
    """

    figid: str
    genes: Counts
    chemicals: Counts
    diseases: Counts
    missed: tuple[str, ...]
    invented: tuple[str, ...]

    @property
    def f1(self) -> float:
        """F1 of the figure's genes."""
        return float(counts.f1(np.array(self.genes, dtype=np.float64)))


def compare(figure: GoldFigure, answer: Prediction | None, *, minimum_score: float = MINIMUM_SCORE) -> FigureScore:
    """Compare one figure's prediction with gold; no prediction is one in which nothing was found."""
    wanted = figure.genes()
    given = given_genes(answer, minimum_score=minimum_score)
    named = frozenset().union(*given.values())
    drawn = frozenset().union(*wanted.values())
    missed = tuple(sorted(text for text, symbols in wanted.items() if not symbols & named))
    invented = tuple(sorted(text for text, symbols in given.items() if not symbols & drawn))
    return FigureScore(
        figid=figure.figid,
        genes=(len(wanted) - len(missed), len(wanted), len(given) - len(invented), len(given)),
        chemicals=_by_text(figure, answer, "chemical", minimum_score),
        diseases=_by_text(figure, answer, "disease", minimum_score),
        missed=missed,
        invented=invented,
    )


def compare_all(
    figures: Sequence[GoldFigure], answers: Mapping[str, Prediction], *, minimum_score: float = MINIMUM_SCORE
) -> tuple[FigureScore, ...]:
    """Compare each gold figure with its prediction, in the order of the gold."""
    return tuple(compare(f, answers.get(f.figid), minimum_score=minimum_score) for f in figures)


def given_genes(answer: Prediction | None, *, minimum_score: float) -> dict[str, frozenset[str]]:
    """Return each given name of human genes or families, from this score up, with its symbols."""
    found: dict[str, frozenset[str]] = {}
    for mention in answer.mentions if answer else ():
        symbols = mention.human_symbols()
        if symbols and mention.score >= minimum_score:
            found[mention.text] = found.get(mention.text, frozenset()) | symbols
    return found


def measures(scores: Sequence[FigureScore], *, prefix: str = "", better: Better = "higher") -> tuple[Measure, ...]:
    """Measure precision, recall and F1 of each kind over all names, and the mean over figures of the genes' F1.

    Parameters
    ----------
    scores
        Of at least one figure.
    prefix
        Put before each name, such as ``figures.``.
    better
        Empty for a system that is only compared with.
    """
    found = []
    for kind in ("genes", "chemicals", "diseases"):
        table = np.array([getattr(score, kind) for score in scores])
        wanted = int(table[:, 1].sum())
        found += [
            measure(f"{prefix}{kind}.{statistic.__name__}", table, statistic, count=wanted, better=better)
            for statistic in (counts.precision, counts.recall, counts.f1)
        ]
    means = [(score.f1, 1.0) for score in scores]
    return (*found, measure(f"{prefix}genes.macro_f1", means, share, better=better))


def _by_text(figure: GoldFigure, answer: Prediction | None, kind: str, minimum_score: float) -> Counts:
    wanted = figure.names(kind)
    mentions = answer.mentions if answer else ()
    given = {fold(m.text) for m in mentions if m.kind == kind and m.score >= minimum_score} - {""}
    both = len(wanted & given)
    return (both, len(wanted), both, len(given))
