"""From probabilities along a line to characters: connectionist temporal classification, decoded.

Each step of the network's output names a class or the blank (class 0). A path over the steps spells a text: runs
of the same class are one character, blanks vanish (Graves et al. 2006, "Connectionist temporal classification").
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from figpath.reading.network import Floats

BLANK = 0
Prefixes: TypeAlias = dict[tuple[int, ...], tuple[float, float]]
"""Text -> probability of the paths so far that end in a blank, and of those that do not."""

_FLOOR, _TINY = 1e-6, 1e-300


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """A recognised character.

    Parameters
    ----------
    index
        Its class.
    start, end
        The steps that it takes, end exclusive.
    score
        Its highest probability over those steps.
    """

    index: int
    start: int
    end: int
    score: float


def best_path(probabilities: Floats) -> list[Glyph]:
    """Return the characters of the likeliest path.

    Parameters
    ----------
    probabilities
        (T, C) float32, the blank first.
    """
    if not len(probabilities):
        return []
    classes, tops = probabilities.argmax(axis=1), probabilities.max(axis=1)
    edges = np.flatnonzero(np.diff(classes)) + 1
    runs = zip([0, *edges], [*edges, len(classes)], strict=True)
    return [
        Glyph(index=int(classes[a]), start=int(a), end=int(b), score=float(tops[a:b].max()))
        for a, b in runs
        if classes[a] != BLANK
    ]


def beam(probabilities: Floats, *, width: int = 12, reach: float = 1e-4) -> list[tuple[tuple[int, ...], float]]:
    """Return the likeliest texts, summed over all of their paths, by prefix beam search.

    Parameters
    ----------
    probabilities
        (T, C) float32, the blank first.
    width
        Prefixes kept at each step.
    reach
        Classes below this probability are not tried in a step.

    Returns
    -------
    list
        (classes, natural logarithm of the probability), likeliest first.
    """
    prefixes: Prefixes = {(): (1.0, 0.0)}
    for row in probabilities:
        tried = [(int(c), float(row[c])) for c in np.flatnonzero(row >= reach)]
        prefixes = _extended(prefixes, tried or [(BLANK, _FLOOR)])
        if len(prefixes) > width:
            ranked = sorted(prefixes.items(), key=_rank)
            prefixes = dict(ranked[:width])
    ranked = sorted(prefixes.items(), key=_rank)
    return [(text, log(max(sum(ends), _TINY))) for text, ends in ranked]


def _rank(item: tuple[tuple[int, ...], tuple[float, float]]) -> tuple[float, tuple[int, ...]]:
    text, (blank, glyph) = item
    return -(blank + glyph), text


def _extended(prefixes: Prefixes, tried: list[tuple[int, float]]) -> Prefixes:
    """Take one step of the search."""
    longer: Prefixes = {}
    nothing = (0.0, 0.0)
    for prefix, (blank, glyph) in prefixes.items():
        last = prefix[-1] if prefix else BLANK
        for index, chance in tried:
            if index == BLANK:
                old = longer.get(prefix, nothing)
                longer[prefix] = (old[0] + (blank + glyph) * chance, old[1])
                continue
            before = blank + glyph
            if index == last:
                old = longer.get(prefix, nothing)
                longer[prefix] = (old[0], old[1] + glyph * chance)
                before = blank  # the same character again takes a blank between
            if before > 0:
                text = (*prefix, index)
                old = longer.get(text, nothing)
                longer[text] = (old[0], old[1] + before * chance)
    return longer
