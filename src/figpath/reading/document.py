"""What stands on a picture: the values that every OCR engine is turned into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Box: TypeAlias = tuple[int, int, int, int]
"""``(x0, y0, x1, y1)`` in pixels of the stored image, origin top left, x1 and y1 exclusive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another text that the recogniser found possible for the same pixels.

    Parameters
    ----------
    text
        The text.
    score
        Its probability relative to the text that was taken, in (0, 1].
    """

    text: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A run of characters without blanks, as recognised.

    Parameters
    ----------
    text
        The characters.
    box
        Where they stand, see `Box`.
    score
        The recogniser's mean probability of the characters, in [0, 1].
    alternatives
        Other readings of the same pixels, likeliest first; empty when the recogniser was sure.
    """

    text: str
    box: Box
    score: float
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text, as recognised: its text is its words joined by blanks.

    Parameters
    ----------
    text, box, score
        As for `Word`.
    words
        The words of the line from its beginning to its end.
    angle
        Direction in which the line runs, in degrees counter-clockwise; 0 is left to right.
    """

    text: str
    box: Box
    score: float
    words: tuple[Word, ...] = ()
    angle: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything that was read on one picture, never corrected in place.

    Parameters
    ----------
    width, height
        Size of the picture in pixels.
    lines
        From top to bottom, then left to right.
    engine
        Name and version of the engine and its weights.
    """

    width: int
    height: int
    lines: tuple[Line, ...] = ()
    engine: str = ""
