"""Second looks: the vote over what several looks at the same place say."""

from __future__ import annotations

import numpy as np
import pytest

from figpath.reading import geometry, looks
from figpath.reading.document import Alternative, Line, Word
from figpath.reading.looks import Look


def said(text: str, score: float, *alternatives: tuple[str, float]) -> Line:
    """A line of words that all have the score; the alternatives are those of the first word."""
    others = tuple(Alternative(text=text, score=score) for text, score in alternatives)
    words = tuple(
        Word(text=part, box=(0, 0, 9, 9), score=score, alternatives=() if i else others)
        for i, part in enumerate(text.split())
    )
    return Line(text=text, box=(0, 0, 9, 9), score=score, words=words)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([("IL-6", 0.9)], "IL-6"),
        ([("1L-6", 0.9), ("IL-6", 0.95)], "IL-6"),
        ([("1L-6", 0.95), ("IL-6", 0.75), ("IL-6", 0.75)], "1L-6"),
        ([("1L-6", 0.95), ("IL-6", 0.9), ("IL-6", 0.9)], "IL-6"),
    ],
)
def test_the_looks_that_agree_win(lines: list[tuple[str, float]], text: str) -> None:
    """Each look votes with its score to the fourth power."""
    assert looks.vote([said(*line) for line in lines]).text == text


def test_what_lost_the_vote_stays_as_an_alternative() -> None:
    """Readings of other looks stand beside the word with the alternatives that it had."""
    taken = looks.vote([said("IKKY", 0.8, ("IKKV", 0.2)), said("IKKγ", 0.7), said("I KK", 0.1)])
    assert taken.text == "IKKY"
    assert [other.text for other in taken.words[0].alternatives] == ["IKKγ", "IKKV"]
    assert all(0 < other.score <= 1 for other in taken.words[0].alternatives)


def test_a_word_keeps_eight_alternatives_at_most() -> None:
    """The likeliest are kept."""
    many = [(f"A{i}", 0.5 / (i + 1)) for i in range(20)]
    kept = looks.vote([said("A", 0.9, *many), said("B", 0.8)]).words[0].alternatives
    assert len(kept) == looks.MOST
    assert kept[0].text == "B"


def test_a_look_widens_letters_and_adds_margin() -> None:
    """Stretch 2 doubles the width of the crop; a margin of half a height at each end adds one height."""
    pixels = np.zeros((20, 60, 3), np.uint8)
    quad = geometry.upright(10, 5, 30, 15)
    assert Look().cut(pixels, quad).shape == (48, 96, 3)
    assert Look(stretch=2).cut(pixels, quad).shape == (48, 192, 3)
    assert Look(along=0.5).cut(pixels, quad).shape == (48, 144, 3)
