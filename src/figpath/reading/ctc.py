"""From probabilities along a line to characters: connectionist temporal classification, decoded.

Each step of the network's output names a class or the blank (class 0). A path over the steps spells a text: runs
of the same class are one character, blanks vanish (Graves et al. 2006, "Connectionist temporal classification").
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, inf, log
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from figpath.reading.network import Floats

BLANK = 0
_FLOOR = 1e-6


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
    prefixes: dict[tuple[int, ...], tuple[float, float]] = {(): (0.0, -inf)}
    for row in probabilities:
        tried = [(int(c), log(max(float(row[c]), _FLOOR))) for c in np.flatnonzero(row >= reach)]
        if not tried:
            tried = [(BLANK, log(max(float(row[BLANK]), _FLOOR)))]
        prefixes = _extended(prefixes, tried)
        kept = sorted(prefixes.items(), key=lambda item: (-_add(*item[1]), item[0]))[:width]
        prefixes = dict(kept)
    return [(text, _add(*ends)) for text, ends in prefixes.items()]


def _extended(
    prefixes: dict[tuple[int, ...], tuple[float, float]], tried: list[tuple[int, float]]
) -> dict[tuple[int, ...], tuple[float, float]]:
    """One step of the search: log probabilities of each prefix ending in a blank, and not."""
    longer: dict[tuple[int, ...], tuple[float, float]] = {}

    def put(prefix: tuple[int, ...], blank: float, glyph: float) -> None:
        old = longer.get(prefix, (-inf, -inf))
        longer[prefix] = (_add(old[0], blank), _add(old[1], glyph))

    for prefix, (blank, glyph) in prefixes.items():
        for index, chance in tried:
            if index == BLANK:
                put(prefix, _add(blank, glyph) + chance, -inf)
            elif prefix and index == prefix[-1]:
                put(prefix, -inf, glyph + chance)
                if blank > -inf:  # the same character again takes a blank between
                    put((*prefix, index), -inf, blank + chance)
            else:
                put((*prefix, index), -inf, _add(blank, glyph) + chance)
    return longer


def _add(a: float, b: float) -> float:
    """Logarithm of the sum of two numbers given by their logarithms."""
    low, high = (a, b) if a < b else (b, a)
    return high if low == -inf else high + log(1 + exp(low - high))
