"""From probabilities along a line to characters."""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figpath.reading import ctc

if TYPE_CHECKING:
    from figpath.reading.network import Floats

A, B = 1, 2


def rows(*steps: tuple[float, float, float]) -> Floats:
    """Probabilities of the blank, A and B at each step."""
    return np.array(steps, np.float32).reshape(-1, 3)


def sure(*classes: int) -> Floats:
    """A path that leaves no doubt."""
    return np.eye(3, dtype=np.float32)[list(classes)]


@pytest.mark.parametrize(
    ("path", "text", "places"),
    [
        ((), [], []),
        ((0, 0), [], []),
        ((A,), [A], [(0, 1)]),
        ((A, A, B), [A, B], [(0, 2), (2, 3)]),
        ((A, 0, A), [A, A], [(0, 1), (2, 3)]),
        ((0, B, B, 0, 0, A), [B, A], [(1, 3), (5, 6)]),
    ],
)
def test_best_path_joins_runs_and_drops_blanks(
    path: tuple[int, ...], text: list[int], places: list[tuple[int, int]]
) -> None:
    """A run of one class is one character at the steps of the run; a blank parts two equal characters."""
    glyphs = ctc.best_path(sure(*path))
    assert [glyph.index for glyph in glyphs] == text
    assert [(glyph.start, glyph.end) for glyph in glyphs] == places


def test_a_character_scores_its_highest_step() -> None:
    """The score of a character is the top of its run."""
    glyph = ctc.best_path(rows((0.4, 0.6, 0), (0.1, 0.9, 0), (0.8, 0.2, 0)))[0]
    assert glyph.score == pytest.approx(0.9)


def test_beam_adds_up_the_paths_of_a_text() -> None:
    """Two steps of (blank 0.6, A 0.4): nothing has 0.36, A has 0.64, though the best path is all blank."""
    found = dict(ctc.beam(rows((0.6, 0.4, 0), (0.6, 0.4, 0))))
    assert exp(found[(A,)]) == pytest.approx(0.64, abs=1e-4)
    assert exp(found[()]) == pytest.approx(0.36, abs=1e-4)
    assert ctc.best_path(rows((0.6, 0.4, 0), (0.6, 0.4, 0))) == []


def test_beam_ranks_the_other_readings() -> None:
    """An unsure character gives its other readings in the order of their probability."""
    found = ctc.beam(rows((0, 1, 0), (1, 0, 0), (0.1, 0.3, 0.6)))
    assert [text for text, _ in found] == [(A, B), (A, A), (A,)]


def every_text(probabilities: Floats) -> dict[tuple[int, ...], float]:
    """The probability of every text, by walking all paths."""
    texts: dict[tuple[int, ...], float] = {}
    count = probabilities.shape[1]
    for path in np.ndindex(*(count,) * len(probabilities)):
        text = tuple(c for i, c in enumerate(path) if c != ctc.BLANK and (i == 0 or path[i - 1] != c))
        chance = float(np.prod([row[c] for row, c in zip(probabilities, path, strict=True)]))
        texts[text] = texts.get(text, 0.0) + chance
    return texts


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(*[st.floats(0.05, 1)] * 3), min_size=1, max_size=5))
def test_beam_agrees_with_walking_all_paths(steps: list[tuple[float, float, float]]) -> None:
    """A beam that is wide enough finds the exact probability of each text."""
    probabilities = rows(*steps)
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    wanted = every_text(probabilities)
    for text, chance in ctc.beam(probabilities, width=500, reach=0.0):
        assert chance == pytest.approx(log(wanted[text]), abs=1e-3)
