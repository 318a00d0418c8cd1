"""Lines that stand under one another and may be one name: Caspase over 3, NF- over κB."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from figpath.grounding.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.grounding.mention import Mention
    from figpath.reading.document import Line

_CONTINUATION = re.compile(r"[(\[]?(?:\d{1,2}[A-Za-z]?|[α-ω]\d?)(?:\s?[/,&+-]\s?(?:\d{1,2}[A-Za-z]?|[α-ω]\d?))*[)\]]?")
_GAP = 0.7  # of a line's height
_HEIGHTS = 1.8  # ratio of heights up to which two lines belong together


def stacked_lines(lines: Sequence[Line]) -> tuple[tuple[int, ...], ...]:
    """Find groups of two and three lines that stand close under one another.

    Parameters
    ----------
    lines
        Of one reading.

    Returns
    -------
    tuple of tuple of int
        Indexes from top to bottom; groups of three first, since a longer name explains more.
    """
    below: dict[int, int] = {}
    for upper, line in enumerate(lines):
        under = [n for n, other in enumerate(lines) if n != upper and _stands_under(other, line)]
        if under:
            below[upper] = min(under, key=lambda n: (lines[n].box[1], lines[n].box[0]))
    pairs = tuple(sorted(below.items()))
    triples = tuple((a, b, below[b]) for a, b in pairs if b in below and below[b] != a)
    return (*triples, *pairs)


def _stands_under(lower: Line, upper: Line) -> bool:
    """True when a line begins just below another, about as high, and centred or flush with it."""
    if lower.angle != upper.angle or lower.angle != 0:
        return False
    low, up = lower.box, upper.box
    heights = sorted((low[3] - low[1], up[3] - up[1]))
    if heights[0] <= 0 or heights[1] > _HEIGHTS * heights[0]:
        return False
    gap = low[1] - up[3]
    overlap = min(low[2], up[2]) - max(low[0], up[0])
    narrower = min(low[2] - low[0], up[2] - up[0])
    return -0.5 * heights[0] <= gap <= _GAP * heights[0] and overlap >= 0.6 * narrower


def are_continuations(lines: Sequence[Line]) -> bool:
    """Tell whether lines have only numbers or Greek letters: 8, 2/3, α."""
    return all(_CONTINUATION.fullmatch(line.text) for line in lines)


def is_better_joined(lines: Sequence[Line], apart: Sequence[tuple[Mention, ...]], whole: Sequence[Mention]) -> bool:
    """Tell whether lines say more as one than each by itself.

    Parameters
    ----------
    lines
        That stand under one another.
    apart
        The mentions of each line by itself.
    whole
        Those of all lines as one.
    """
    return not any(map(_explained, lines, apart)) or _continues(lines, apart) or _says_more(whole, apart)


def _explained(line: Line, mentions: tuple[Mention, ...]) -> bool:
    """True when the mentions of a line already account for all of its letters."""
    return bool(mentions) and sum(len(fold(m.text)) for m in mentions) >= len(fold(line.text))


def _continues(lines: Sequence[Line], mentions: Sequence[tuple[Mention, ...]]) -> bool:
    """True when only numbers or Greek letters stand under the name of a family: Caspase over 8, MKK over 6/7."""
    bare = are_continuations(lines[1:]) and not any(mentions[1:])
    return bare and len(mentions[0]) == 1 and mentions[0][0].kind == "family"


def _says_more(whole: Sequence[Mention], apart: Sequence[tuple[Mention, ...]]) -> bool:
    """True when lines are one name as they stand, of which some line alone is none: Insulin over resistance."""
    return len(whole) == 1 and not whole[0].rewrites and not all(apart)
