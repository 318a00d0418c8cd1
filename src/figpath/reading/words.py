"""From the recogniser's probabilities to the words of a line, with their boxes and other readings."""

from __future__ import annotations

from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from figpath.reading import ctc, geometry
from figpath.reading.document import Alternative, Box, Line, Word
from figpath.reading.looks import MOST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.reading.ctc import Glyph
    from figpath.reading.geometry import Quad
    from figpath.reading.network import Floats

_SURE = 0.9995  # words whose every character is likelier than this get no alternatives
_UNLIKELY = 1e-4
_FAR = 0.65  # heights of the line between words of different names; in drawn pathways no blank is as wide
_WIDE, _WIDISH, _HINT = 8, 5, 0.05  # steps between characters, and probability of a blank there


def line(
    probabilities: Floats,
    texts: Sequence[str],
    quad: Quad,
    *,
    extent: tuple[int, int],
    length: float,
) -> Line:
    """Make a line of what the recogniser saw.

    Parameters
    ----------
    probabilities
        (T, C) float32 along the line, the blank first.
    texts
        What each class stands for.
    quad
        Where the line stands on the picture.
    extent
        Width and height of the picture in pixels.
    length
        How many steps the quad is long; at most T, as the last step may be cut short.

    Returns
    -------
    Line
        With empty text when nothing but blanks was seen.
    """
    groups = _groups(ctc.best_path(probabilities), probabilities, texts)
    borders = _borders(groups, length)
    words = tuple(
        Word(
            text=_text(group, texts),
            box=geometry.box(geometry.part(quad, low / length, high / length), *extent),
            score=_score(group),
            alternatives=_alternatives(group, probabilities, texts),
        )
        for group, (low, high) in zip(groups, borders, strict=True)
    )
    glyphs = [glyph for group in groups for glyph in group]
    return Line(
        text=" ".join(word.text for word in words),
        box=geometry.box(quad, *extent),
        score=_score(glyphs) if glyphs else 0.0,
        words=words,
        angle=round(geometry.angle(quad)),
    )


def apart(line: Line) -> list[Line]:
    """Split a level line where its words stand much further apart than a blank: names in neighbouring boxes.

    Parameters
    ----------
    line
        As `line` makes it.

    Returns
    -------
    list of Line
        The line itself, or its parts from left to right.
    """
    wide = _FAR * (line.box[3] - line.box[1])
    ends = [i for i, (a, b) in enumerate(pairwise(line.words), start=1) if b.box[0] - a.box[2] >= wide]
    if line.angle or not ends:
        return [line]
    return [_of(line.words[a:b], line) for a, b in pairwise([0, *ends, len(line.words)])]


def joined(lines: Sequence[Line], box: Box, score: float) -> Line:
    """Join lines into one; a hyphen at an end or a beginning runs two words into one: gamma over -secretase.

    Parameters
    ----------
    lines
        In the order in which they are read.
    box, score
        Of all of them.
    """
    words: list[Word] = []
    for number, one in enumerate(lines):
        first, *rest = one.words
        if number and (words[-1].text.endswith("-") or first.text.startswith("-")):
            first = _run_on(words.pop(), first)
        words += [first, *rest]
    text = " ".join(word.text for word in words)
    return Line(text=text, box=box, score=round(score, 4), words=tuple(words), angle=lines[0].angle)


def _run_on(left: Word, right: Word) -> Word:
    (x0, y0, x1, y1), (x2, y2, x3, y3) = left.box, right.box
    box = (min(x0, x2), min(y0, y2), max(x1, x3), max(y1, y3))
    return Word(text=left.text + right.text, box=box, score=min(left.score, right.score))


def _of(words: tuple[Word, ...], line: Line) -> Line:
    """Return some words of a line as a line."""
    letters = sum(len(word.text) for word in words)
    return Line(
        text=" ".join(word.text for word in words),
        box=(words[0].box[0], line.box[1], words[-1].box[2], line.box[3]),
        score=round(sum(word.score * len(word.text) for word in words) / letters, 4),
        words=words,
        angle=line.angle,
    )


def _groups(glyphs: Sequence[Glyph], probabilities: Floats, texts: Sequence[str]) -> list[list[Glyph]]:
    """Return the characters between blanks; a blank that the recogniser dropped is seen by its gap."""
    space = texts.index(" ") if " " in texts else ctc.BLANK
    pitch = float(np.median([_middle(b) - _middle(a) for a, b in pairwise(glyphs)])) if len(glyphs) > 2 else inf
    groups: list[list[Glyph]] = [[]]
    last: Glyph | None = None
    for glyph in glyphs:
        if glyph.index == space:
            groups.append([])
            continue
        if last is not None and groups[-1] and _apart(last, glyph, pitch, probabilities[:, space]):
            groups.append([])
        groups[-1].append(glyph)
        last = glyph
    return [group for group in groups if group]


def _apart(left: Glyph, right: Glyph, pitch: float, space: Floats) -> bool:
    """Return whether two neighbouring characters stand so far apart that there must be a blank between them."""
    distance = _middle(right) - _middle(left)
    if distance >= max(_WIDE, 2 * pitch):
        return True
    return distance >= max(_WIDISH, 1.5 * pitch) and float(space[left.end : right.start].max(initial=0)) >= _HINT


def _borders(groups: Sequence[Sequence[Glyph]], steps: float) -> list[tuple[float, float]]:
    """Where each word begins and ends, in steps; words share the gap between them evenly."""
    borders = []
    for i, group in enumerate(groups):
        pitch = (_middle(group[-1]) - _middle(group[0])) / max(1, len(group) - 1) if len(group) > 1 else 2.0
        low = 0.0 if i == 0 else max(_middle(groups[i - 1][-1]), _middle(group[0]) - pitch / 2)
        high = steps if i == len(groups) - 1 else min(_middle(groups[i + 1][0]), _middle(group[-1]) + pitch / 2)
        borders.append((max(0.0, low), min(steps, max(high, low + 0.5))))
    return borders


def _middle(glyph: Glyph) -> float:
    return (glyph.start + glyph.end) / 2


def _text(group: Sequence[Glyph], texts: Sequence[str]) -> str:
    return "".join(texts[glyph.index] for glyph in group)


def _score(group: Sequence[Glyph]) -> float:
    return round(float(np.mean([glyph.score for glyph in group])), 4)


def _alternatives(group: Sequence[Glyph], probabilities: Floats, texts: Sequence[str]) -> tuple[Alternative, ...]:
    """Other readings of a word that the recogniser was unsure of, likeliest first."""
    if min(glyph.score for glyph in group) >= _SURE:
        return ()
    low, high = max(0, group[0].start - 1), group[-1].end + 1
    found = ctc.beam(probabilities[low:high])
    taken = _text(group, texts)
    best = found[0][1]
    readings: dict[str, float] = {}
    for classes, chance in found:
        text = "".join(texts[index] for index in classes).strip()
        if text and text != taken:
            readings[text] = max(readings.get(text, 0.0), round(float(np.exp(chance - best)), 5))
    return tuple(Alternative(text=text, score=score) for text, score in readings.items() if score >= _UNLIKELY)[:MOST]
