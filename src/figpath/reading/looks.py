"""Second looks at the lines of which the recogniser is unsure: other framings of the same pixels, and a vote.

The recogniser is brittle where letters are small: a little more margin or wider letters turn "IKKY" into "IKKγ".
Where several looks agree they are mostly right; where they do not, each is an alternative.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from figpath.reading import crop, geometry
from figpath.reading.document import Alternative, Line, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.figure import Pixels
    from figpath.reading.geometry import Quad

MOST = 8
"""Alternatives kept for a word."""

_TRUST = 4  # the power of a line's score with which it votes


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a line is framed for the recogniser.

    Parameters
    ----------
    along, across
        Margin added at the ends and at the sides, in heights of the line; below 0 is cut off.
    stretch
        How much the letters are widened.
    """

    along: float = 0.0
    across: float = 0.0
    stretch: float = 1.0

    def frame(self, quad: Quad) -> Quad:
        """Return the quad with this look's margins."""
        height = geometry.size(quad)[1]
        return geometry.grow(quad, self.along * height, self.across * height)

    def cut(self, pixels: Pixels, quad: Quad) -> Pixels:
        """Cut the framed line out of a picture, see `figpath.reading.crop.cut`."""
        return crop.cut(pixels, self.frame(quad), stretch=self.stretch)


FIRST = Look()
AGAIN = (
    Look(stretch=1.3),
    Look(along=0.1, across=0.1),
    Look(along=-0.06, across=-0.06, stretch=1.15),
)


def vote(lines: Sequence[Line]) -> Line:
    """Return the reading on which the looks agree best, with the others as alternatives of its words.

    Parameters
    ----------
    lines
        One line for each look at the same place, the first look first.

    Returns
    -------
    Line
        That of the text whose lines have the largest sum of score to the fourth power.
    """
    votes: dict[str, float] = {}
    for line in lines:
        votes[line.text] = votes.get(line.text, 0.0) + line.score**_TRUST
    text = max(votes, key=lambda text: votes[text])
    same = [line for line in lines if line.text == text]
    taken = max(same, key=lambda line: line.score)
    others = [line for line in lines if line.text != text and len(line.words) == len(taken.words)]
    words = tuple(_with_others(word, [line.words[i] for line in others]) for i, word in enumerate(taken.words))
    return replace(taken, words=words)


def _with_others(word: Word, others: Sequence[Word]) -> Word:
    """Add what other looks read in a word's place to its alternatives."""
    readings = {found.text: found.score for found in word.alternatives}
    for other in others:
        share = min(1.0, (other.score / max(word.score, 1e-6)) ** _TRUST)
        for text, score in ((other.text, 1.0), *((found.text, found.score) for found in other.alternatives)):
            if text != word.text:
                readings[text] = max(readings.get(text, 0.0), round(share * score, 5))
    ranked = sorted(readings.items(), key=lambda item: (-item[1], item[0]))[:MOST]
    return replace(word, alternatives=tuple(Alternative(text=text, score=score) for text, score in ranked if score))
