"""From a reading to its mentions: names of several words, over two lines, and several in one word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from figpath.grounding.lists import elements, hyphenated
from figpath.grounding.match import Match, match
from figpath.grounding.meaning import meaning
from figpath.grounding.mention import Mention
from figpath.grounding.score import features, score
from figpath.grounding.stacks import stacked_lines
from figpath.grounding.text import fold
from figpath.ids import HUMAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from figpath.grounding.lexicon.lexicon import Names
    from figpath.reading.document import Alternative, Box, Line, Reading

_LONGEST_NAME = 6  # words
_CERTAIN = 0.15  # cost of rewrites up to which a match is taken before a name is read as a list
_SEVERAL_WORDS = 0.2  # dearer rewrites are not tried on names of several words
_MISREAD = 0.25  # what it costs to take another reading of the pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Consecutive words of a line, or of lines that stand under one another."""

    text: str
    box: Box | None
    score: float
    words: int
    alternatives: tuple[Alternative, ...] = ()


def ground(reading: Reading, names: Names, *, taxa: Sequence[int] = (HUMAN,)) -> tuple[Mention, ...]:
    """Find the names on a picture and what they stand for.

    Parameters
    ----------
    reading
        What was read.
    names
        The lexicon.
    taxa
        NCBI taxon ids of the species in scope, the figure's own first.

    Returns
    -------
    tuple of Mention
        In the order of the lines; a name drawn twice gives two mentions.
    """
    found = {number: _line_mentions(line, names, taxa) for number, line in enumerate(reading.lines)}
    for numbers in stacked_lines(reading.lines):
        joined = _joined_mention([reading.lines[n] for n in numbers], names, taxa)
        if joined and not any(_explained(reading.lines[n], found[n]) for n in numbers):
            found.update({numbers[0]: (joined,)} | dict.fromkeys(numbers[1:], ()))
    return tuple(mention for number in sorted(found) for mention in found[number])


def ground_text(text: str, names: Names, *, taxa: Sequence[int] = (HUMAN,)) -> tuple[Mention, ...]:
    """Find the names in one line of text that was typed rather than read; the mentions have no box."""
    spans = [Span(text=word, box=None, score=1.0, words=1) for word in text.split()]
    return _segmented(spans, names, taxa)


def _line_mentions(line: Line, names: Names, taxa: Sequence[int]) -> tuple[Mention, ...]:
    return _segmented(_spans(line), names, taxa)


def _spans(line: Line) -> list[Span]:
    if not line.words:
        return [Span(text=line.text, box=line.box, score=line.score, words=1)]
    return [
        Span(text=word.text, box=word.box, score=word.score, words=1, alternatives=word.alternatives)
        for word in line.words
    ]


def _segmented(words: list[Span], names: Names, taxa: Sequence[int]) -> tuple[Mention, ...]:
    """Cut a line into names, the longest that the lexicon knows first."""
    found: list[Mention] = []
    start = 0
    while start < len(words):
        for size in range(min(_LONGEST_NAME, len(words) - start), 0, -1):
            mentions = _span_mentions(_span(words[start : start + size]), names, taxa)
            if mentions:
                found += mentions
                start += size
                break
        else:
            start += 1
    return tuple(found)


def _span(words: Sequence[Span]) -> Span:
    if len(words) == 1:
        return words[0]
    return Span(
        text=" ".join(word.text for word in words),
        box=_hull([word.box for word in words]),
        score=min(word.score for word in words),
        words=sum(word.words for word in words),
    )


def _hull(boxes: Iterable[Box | None]) -> Box | None:
    known = [box for box in boxes if box is not None]
    if not known:
        return None
    left, top, right, bottom = zip(*known, strict=True)
    return (min(left), min(top), max(right), max(bottom))


def _span_mentions(span: Span, names: Names, taxa: Sequence[int]) -> tuple[Mention, ...]:
    """The names that a span is: one, the elements of a list, or none."""
    whole = match(span.text, names, taxa=taxa, dearest=_SEVERAL_WORDS if span.words > 1 else None)
    if whole and whole.cost <= _CERTAIN:
        return (_mention(span, whole, names, taxa),)
    listed = _list_mentions(span, names, taxa)
    if listed:
        return listed
    other = _other_reading(span, names, taxa) if span.words == 1 else None
    best = min((m for m in (whole, other) if m), key=lambda m: m.cost, default=None)
    return (_mention(span, best, names, taxa),) if best else ()


def _list_mentions(span: Span, names: Names, taxa: Sequence[int]) -> tuple[Mention, ...]:
    """One mention for each element of a list that is a name; a list of several words must consist of names."""
    parts = elements(span.text)
    matches = [(part, match(part, names, taxa=taxa)) for part in parts]
    if not parts:
        parts = hyphenated(span.text)
        matches = [(part, match(part, names, taxa=taxa, dearest=0.0)) for part in parts]
        if not all(found for _, found in matches):
            return ()
    if span.words > 1 and not all(found for _, found in matches):
        return ()
    return tuple(_element(span, part, found, names, taxa) for part, found in matches if found)


def _element(span: Span, part: str, found: Match, names: Names, taxa: Sequence[int]) -> Mention:
    """A mention of one element: in its own words where it stands in full, else in those of the list."""
    at = span.text.find(part)
    text, box = (part, _slice(span, at, at + len(part))) if at >= 0 else (span.text, span.box)
    own = Span(text=text, box=box, score=span.score, words=1)
    listed = Match(
        text=text,
        name=found.name,
        rewrites=("list_element", *found.rewrites),
        cost=found.cost,
        senses=found.senses,
    )
    return _mention(own, listed, names, taxa)


def _slice(span: Span, start: int, end: int) -> Box | None:
    """The part of a span's box that some of its characters take, as if all were equally wide."""
    if span.box is None:
        return None
    left, top, right, bottom = span.box
    step = (right - left) / len(span.text)
    return (round(left + start * step), top, round(left + end * step), bottom)


def _other_reading(span: Span, names: Names, taxa: Sequence[int]) -> Match | None:
    """The likeliest other reading of a word's pixels that is a name as it stands."""
    for other in span.alternatives:
        found = match(other.text, names, taxa=taxa, dearest=_CERTAIN)
        if found:
            cost = found.cost + _MISREAD * (1 - other.score)
            return Match(
                text=span.text, name=found.name, rewrites=("other_reading", *found.rewrites), cost=cost,
                senses=found.senses,
            )  # fmt: skip
    return None


def _joined_mention(lines: Sequence[Line], names: Names, taxa: Sequence[int]) -> Mention | None:
    """A name that runs over several lines, hyphenated or not."""
    span = _span([_span(_spans(line)) for line in lines])
    for glue in (" ", ""):
        text = glue.join(line.text.removesuffix("-") if glue == "" else line.text for line in lines)
        found = match(text, names, taxa=taxa, dearest=_CERTAIN)
        if found:
            return _mention(Span(text=text, box=span.box, score=span.score, words=span.words), found, names, taxa)
    return None


def _explained(line: Line, mentions: tuple[Mention, ...]) -> bool:
    """True when the mentions of a line already account for all of its letters."""
    return bool(mentions) and sum(len(fold(m.text)) for m in mentions) >= len(fold(line.text))


def _mention(span: Span, found: Match, names: Names, taxa: Sequence[int]) -> Mention:
    what = meaning(found, taxa=taxa)
    return Mention(
        text=span.text,
        kind=what.kind,
        box=span.box,
        score=score(features(found, what, names, reading=span.score), kind=what.kind),
        entities=what.entities,
        match=found.name,
        rewrites=found.rewrites,
        alternatives=what.alternatives,
    )
