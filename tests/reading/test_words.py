"""From probabilities along a line to its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from figpath.reading import geometry, words
from figpath.reading.document import Line, Word

if TYPE_CHECKING:
    from figpath.reading.network import Floats

TEXTS = ("", "A", "B", "8", " ")
QUAD = geometry.upright(100, 50, 180, 70)


def path(text: str, doubt: dict[int, tuple[str, float]] | None = None) -> Floats:
    """Probabilities of a path, a character a step, ``_`` for the blank; `doubt` gives a step a second character."""
    rows = np.zeros((len(text), len(TEXTS)), np.float32)
    for step, char in enumerate(text):
        rows[step, TEXTS.index(char.replace("_", ""))] = 1
    for step, (char, chance) in (doubt or {}).items():
        rows[step] *= 1 - chance
        rows[step, TEXTS.index(char)] = chance
    return rows


def read(probabilities: Floats) -> Line:
    """The line on a quad of 80 x 20 pixels."""
    return words.line(probabilities, TEXTS, QUAD, extent=(300, 200), length=len(probabilities))


def test_blanks_alone_are_an_empty_line() -> None:
    """Nothing seen is an empty text with score 0."""
    line = read(path("____"))
    assert (line.text, line.score, line.words) == ("", 0.0, ())


def test_words_stand_where_their_steps_are() -> None:
    """Of eight steps the first word takes those before the blank, the second those after."""
    line = read(path("A_B_ _A_"))
    assert line.text == "AB A"
    first, second = line.words
    assert first.box[0] == 100
    assert second.box[2] == 180
    assert first.box[2] <= second.box[0]
    assert abs(first.box[2] - 135) <= 10


def test_a_lost_blank_is_seen_by_its_gap() -> None:
    """Characters that stand much further apart than the others are two words."""
    assert read(path("A_B_A__________B_A_B")).text == "ABA BAB"
    assert read(path("A___B___A___B")).text == "ABAB"


def test_names_in_neighbouring_boxes_are_lines_of_their_own() -> None:
    """Words further apart than two thirds of the line's height are parted; a blank does not part them."""

    def placed(*starts: int) -> Line:
        boxes = [(x, 50, x + 30, 70) for x in starts]
        parts = tuple(Word(text="JAK2", box=box, score=0.9) for box in boxes)
        return Line(text="JAK2 JAK2", box=(boxes[0][0], 50, boxes[-1][2], 70), score=0.9, words=parts)

    assert [part.text for part in words.apart(placed(100, 136))] == ["JAK2 JAK2"]
    parted = words.apart(placed(100, 150))
    assert [(part.text, part.box) for part in parted] == [("JAK2", (100, 50, 130, 70)), ("JAK2", (150, 50, 180, 70))]


def test_an_unsure_character_gives_alternatives() -> None:
    """A word is kept as it was recognised; what it nearly was stands beside it, with its relative probability."""
    word = read(path("A_B_", {2: ("8", 0.25)})).words[0]
    assert word.text == "AB"
    assert [other.text for other in word.alternatives][:1] == ["A8"]
    assert abs(word.alternatives[0].score - 0.25 / 0.75) < 0.01


def test_a_sure_word_has_no_alternatives() -> None:
    """What is beyond doubt carries no ballast."""
    assert read(path("A_B_")).words[0].alternatives == ()


def test_a_hyphen_at_the_end_or_the_beginning_of_a_line_runs_two_words_into_one() -> None:
    """gamma over -secretase is one word, TNF over receptor are two."""

    def one(text: str, y: int) -> Line:
        box = (0, y, 80, y + 12)
        return Line(text=text, box=box, score=0.9, words=(Word(text=text, box=box, score=0.9),))

    for upper, lower, whole in [
        ("gamma", "-secretase", "gamma-secretase"),
        ("DELTA-", "LIKE", "DELTA-LIKE"),
        ("TNF", "receptor", "TNF receptor"),
    ]:
        found = words.joined([one(upper, 0), one(lower, 14)], (0, 0, 80, 26), 0.9)
        assert (found.text, " ".join(word.text for word in found.words)) == (whole, whole)
        assert found.words[-1].box == ((0, 14, 80, 26) if " " in whole else (0, 0, 80, 26))
