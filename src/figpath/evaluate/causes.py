"""Why a drawn gene name was missed: at which step between the pixels and the score it was lost."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from figpath.evaluate.gold import fold
from figpath.grounding.find import meanings
from figpath.grounding.stacks import stacked_lines
from figpath.ids import HUMAN
from figpath.reading.document import Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from figpath.evaluate.gold import GoldFigure
    from figpath.evaluate.mentions import FigureScore
    from figpath.evaluate.predictions import LooseBox, PredictedMention, Prediction
    from figpath.grounding.lexicon.lexicon import Lexicon

_DISTINCT = 4  # letters from which a name is recognised that is glued to others
_RUN = re.compile(r"[^\W_]+")


class Cause(enum.StrEnum):
    """Steps at which a name can be lost, in the order of reading."""

    recognition = "recognition"
    lexicon = "lexicon"
    species = "species"
    ambiguity = "ambiguity"
    score = "score"
    segmentation = "segmentation"


MEANING = {
    Cause.recognition: "no line of the recognised text has it",
    Cause.lexicon: "recognised, but the lexicon does not lead from it to any of its genes",
    Cause.species: "recognised, but human genes were out of scope, or the mention was kept without them",
    Cause.ambiguity: "recognised and known, but the mention was given another meaning",
    Cause.score: "named rightly, but with a score below the limit",
    Cause.segmentation: "recognised and known, but no mention was made of it",
}
"""What each cause says, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A gold gene name that was missed.

    Parameters
    ----------
    figid, text
        The figure and the name as drawn.
    cause
        Where it was lost.
    evidence
        The recognised line that has it or the mention made of it; empty when it was not recognised.
    """

    figid: str
    text: str
    cause: Cause
    evidence: str = ""


def causes(figure: GoldFigure, score: FigureScore, answer: Prediction | None, lexicon: Lexicon) -> tuple[Miss, ...]:
    """Sort the missed gold genes of a figure into causes.

    Parameters
    ----------
    figure
        The gold.
    score
        How the figure was read, with what it missed.
    answer
        The prediction with its lines; without lines every miss counts as one of recognition.
    lexicon
        The names that grounding knew.
    """
    genes = figure.genes()
    lines = tuple(_lines(answer))
    return tuple(_miss(figure.figid, text, genes[text], answer, lines, lexicon) for text in score.missed)


def _miss(
    figid: str,
    text: str,
    symbols: frozenset[str],
    answer: Prediction | None,
    lines: Sequence[_Place],
    lexicon: Lexicon,
) -> Miss:
    mentions = [] if answer is None else _mentions_of(text, answer, lines)
    named = [m for m in mentions if symbols & m.human_symbols()]
    place = next((place for place in lines if _has(place.text, text)), None)
    if named:  # it would not be missed with a score above the limit
        return Miss(figid=figid, text=text, cause=Cause.score, evidence=_shown(named[0]))
    if place is None and not mentions:
        return Miss(figid=figid, text=text, cause=Cause.recognition)
    known = _known(text, symbols, lexicon)
    evidence = _shown(mentions[0]) if mentions else place.text if place else ""
    return Miss(figid=figid, text=text, cause=_lost_after_reading(mentions, answer, known=known), evidence=evidence)


def _lost_after_reading(mentions: Sequence[PredictedMention], answer: Prediction | None, *, known: bool) -> Cause:
    if not known:
        return Cause.lexicon
    elsewhere = answer is not None and bool(answer.organisms) and HUMAN not in answer.organisms
    if elsewhere or any(not _is_human(m) for m in mentions):
        return Cause.species
    return Cause.ambiguity if mentions else Cause.segmentation


def _is_human(mention: PredictedMention) -> bool:
    """True when a mention stands for something human, or for something of no species."""
    return any(entity.taxon in (HUMAN, None) for entity in mention.entities)


def _known(text: str, symbols: frozenset[str], lexicon: Lexicon) -> bool:
    """True when the lexicon leads from a name to one of its human genes, directly or as member of a family."""
    entities = [e for found in meanings(text, lexicon) for e in (found.sense.entity, *found.sense.related)]
    return any(entity.taxon == HUMAN and entity.symbol in symbols for entity in entities)


def _shown(mention: PredictedMention) -> str:
    meant = ", ".join(entity.symbol for entity in mention.entities[:3]) or "nothing"
    return f"{mention.text} as {meant} ({mention.kind}, {mention.score:.2f})"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A line, or lines under one another that may be one name, and the boxes that they take."""

    text: str
    boxes: tuple[LooseBox, ...]


def _lines(answer: Prediction | None) -> Iterator[_Place]:
    """The lines of a prediction, then those that stand under one another, joined."""
    lines = answer.lines if answer else ()
    for line in lines:
        yield _Place(text=line.text, boxes=() if line.box is None else (line.box,))
    placed = [
        Line(text=line.text, box=_whole(line.box), score=1.0, angle=round(line.angle)) for line in lines if line.box
    ]
    for numbers in stacked_lines(placed):
        stacked = [placed[number] for number in numbers]
        yield _Place(text=" ".join(line.text for line in stacked), boxes=tuple(line.box for line in stacked))


def _whole(box: LooseBox) -> tuple[int, int, int, int]:
    return (round(box[0]), round(box[1]), round(box[2]), round(box[3]))


def _has(line: str, name: str) -> bool:
    """True when a name stands in a line as whole words, or glued to others where letters and digits meet."""
    key, runs = fold(name), [fold(run) for run in _RUN.findall(line)]
    letters = "".join(runs)
    borders = {0, *accumulate(map(len, runs))}
    if len(key) >= _DISTINCT:
        borders |= {at for at in range(1, len(letters)) if letters[at - 1].isdigit() != letters[at].isdigit()}
    return bool(key) and any(start + len(key) in borders and letters.startswith(key, start) for start in borders)


def _mentions_of(name: str, answer: Prediction, lines: Sequence[_Place]) -> list[PredictedMention]:
    """The mentions with the name's text; else those that have it in theirs where it was read."""
    key = fold(name)
    same = [mention for mention in answer.mentions if fold(mention.text) == key]
    if same:
        return same
    boxes = [box for place in lines if _has(place.text, name) for box in place.boxes]
    return [m for m in answer.mentions if _has(m.text, name) and any(_touch(m.box, box) for box in boxes)]


def _touch(one: LooseBox | None, other: LooseBox) -> bool:
    return one is not None and one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
