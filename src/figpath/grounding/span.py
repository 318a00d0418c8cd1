"""Words of a line as grounding sees them: consecutive words joined into spans, spans cut into parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from figpath.reading.document import Alternative, Box, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Consecutive words of a line, or of lines that stand under one another.

    Parameters
    ----------
    text
        The words joined by blanks.
    box
        Around all of them; None for text that was typed.
    score
        The recogniser's probability of the least certain word, in [0, 1].
    words
        How many.
    alternatives
        Other readings, of a single word only.
    """

    text: str
    box: Box | None
    score: float
    words: int = 1
    alternatives: tuple[Alternative, ...] = ()


def spans_of(line: Line) -> list[Span]:
    """One span for each word of a line."""
    if not line.words:
        return [Span(text=line.text, box=line.box, score=line.score)]
    return [Span(text=w.text, box=w.box, score=w.score, alternatives=w.alternatives) for w in line.words]


def typed(text: str) -> list[Span]:
    """One span for each word of a text that was typed rather than read."""
    return [Span(text=word, box=None, score=1.0) for word in text.split()]


def joined(spans: Sequence[Span]) -> Span:
    """The span of consecutive spans."""
    if len(spans) == 1:
        return spans[0]
    return Span(
        text=" ".join(span.text for span in spans),
        box=hull([span.box for span in spans]),
        score=min(span.score for span in spans),
        words=sum(span.words for span in spans),
    )


def hull(boxes: Iterable[Box | None]) -> Box | None:
    """The smallest box around all that are known."""
    known = [box for box in boxes if box is not None]
    if not known:
        return None
    left, top, right, bottom = zip(*known, strict=True)
    return (min(left), min(top), max(right), max(bottom))


def part(span: Span, text: str) -> Span:
    """The part of a span that a text inside it takes, as if all characters were equally wide; else the whole span."""
    at = span.text.find(text)
    if at < 0:
        return span
    box = None if span.box is None else _slice(span.box, at / len(span.text), (at + len(text)) / len(span.text))
    return Span(text=text, box=box, score=span.score)


def _slice(box: Box, start: float, end: float) -> Box:
    left, top, right, bottom = box
    return (round(left + (right - left) * start), top, round(left + (right - left) * end), bottom)
