"""Spellings of words, snippets, and help with spelling."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from figpath.search.snippets import Pattern, matches, snippet
from figpath.search.spelling_help import Nearest, distances
from figpath.search.spellings import forms, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("IL-6", {("il", "6"), ("il6",)}),
        ("IL6", {("il6",), ("il", "6")}),
        ("TNF-α", {("tnf", "α"), ("tnf", "alpha"), ("tnfα",), ("tnfalpha",)}),
        ("TNFα", {("tnfα",), ("tnfalpha",), ("tnf", "α"), ("tnf", "alpha")}),
        ("exosome", {("exosome",), ("exosomes",)}),
        ("exosomes", {("exosomes",), ("exosome",)}),
        ("apoptosis", {("apoptosis",)}),
        ("virus", {("virus",)}),
        ("RAS", {("ras",), ("rass",)}),
        ("Sjögren", {("sjogren",), ("sjogrens",)}),
        ("lung cancer", {("lung", "cancer")}),
    ],
)
def test_a_word_is_found_in_its_other_spellings(text: str, expected: set[tuple[str, ...]]) -> None:
    assert forms(text)[0] == tokens(text)
    assert set(forms(text)) <= expected
    assert {tokens(text)} <= set(forms(text))
    if text not in ("RAS", "Sjögren"):
        assert set(forms(text)) == expected


@given(st.text())
def test_forms_never_have_an_empty_word(text: str) -> None:
    assert all(token for form in forms(text) for token in form)


def test_matches_are_whole_words_phrases_and_beginnings() -> None:
    text = "IL-6 and IL-60; interleukins"
    assert matches(text, [Pattern(tokens=("il", "6"))]) == ((0, 4),)
    assert matches(text, [Pattern(tokens=("il", "6"), prefix=True)]) == ((0, 4), (9, 14))
    assert matches(text, [Pattern(tokens=("inter",), prefix=True)]) == ((16, 28),)
    assert matches(text, [Pattern(tokens=("inter",))]) == ()
    assert matches("IL-6", [Pattern(tokens=("il", "6")), Pattern(tokens=("6",))]) == ((0, 4),)


@given(
    st.lists(st.sampled_from(("JAK2", "lung", "a", "IL-6", "é", "of", "\n")), max_size=60),
    st.integers(min_value=10, max_value=60),
)
def test_a_snippet_marks_what_matches_and_keeps_its_width(words: list[str], width: int) -> None:
    """Marks are in order, inside the text, and stand on a match; what is found nowhere gives no snippet."""
    text = " ".join(words)
    found = snippet("caption", text, [Pattern(tokens=("jak2",)), Pattern(tokens=("il", "6"))], width=width)
    assert (found is None) == ("JAK2" not in text and "IL-6" not in text)
    if found is not None:
        assert found.marks
        assert len(found.text) <= width + 2
        assert [found.text[a:b] for a, b in found.marks] == [
            one for one in found.text.strip("…").split() if one in ("JAK2", "IL-6")
        ]


def alignment(one: str, other: str) -> int:
    """Optimal string alignment, letter by letter."""
    table = {(-1, -1): 0}
    for i in range(-1, len(one)):
        for j in range(-1, len(other)):
            if (i, j) == (-1, -1):
                continue
            options = []
            if i >= 0:
                options.append(table[i - 1, j] + 1)
            if j >= 0:
                options.append(table[i, j - 1] + 1)
            if i >= 0 and j >= 0:
                options.append(table[i - 1, j - 1] + (one[i] != other[j]))
            if i > 0 and j > 0 and one[i] == other[j - 1] and one[i - 1] == other[j]:
                options.append(table[i - 2, j - 2] + 1)
            table[i, j] = min(options)
    return table[len(one) - 1, len(other) - 1]


@given(st.text("ABC1", max_size=7), st.lists(st.text("ABC1", min_size=1, max_size=7), min_size=1, max_size=5))
def test_distances_are_those_of_optimal_string_alignment(word: str, others: list[str]) -> None:
    codes = np.array([[ord(c) for c in one.ljust(7, "\0")] for one in others], dtype=np.uint32)
    lengths = np.array([len(one) for one in others], dtype=np.int16)
    assert distances(word, codes, lengths).tolist() == [alignment(word, one) for one in others]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("STTA3", ("STAT3", "STAT1")),
        ("stat3", ("STAT1",)),
        ("stat8", ("STAT3", "STAT1")),
        ("JAK", ("JAK2",)),
        ("XYZ", ()),
        ("", ()),
    ],
)
def test_the_nearest_names_come_first_and_of_these_the_most_frequent(name: str, expected: tuple[str, ...]) -> None:
    nearest = Nearest(["STAT1", "STAT3", "JAK2", "Jak2", "TP53"], [5, 9, 4, 3, 20])
    assert nearest.to(name) == expected
