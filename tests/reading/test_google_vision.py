"""Responses of Google Vision become readings: words, lines, boxes and confidences as the response states them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figpath.errors import InputError
from figpath.reading.google_vision import reading_from_vision


def poly(x0: int, y0: int, x1: int, y1: int) -> dict[str, Any]:
    """A bounding polygon as Vision writes it: a coordinate of 0 is left out."""
    corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    return {"vertices": [{name: v for name, v in (("x", x), ("y", y)) if v} for x, y in corners]}


def word(text: str, box: dict[str, Any], *, end: str = "", confidence: float | None = 0.9) -> dict[str, Any]:
    symbols: list[dict[str, Any]] = [{"text": letter} for letter in text]
    if end:
        symbols[-1]["property"] = {"detectedBreak": {"type": end}}
    stated = {} if confidence is None else {"confidence": confidence}
    return {"boundingBox": box, "symbols": symbols, **stated}


def response(*paragraphs: list[dict[str, Any]], size: tuple[int, int] = (300, 200)) -> bytes:
    block = {"paragraphs": [{"words": words} for words in paragraphs]}
    page = {"width": size[0], "height": size[1], "blocks": [block]}
    return json.dumps({"responses": [{"fullTextAnnotation": {"pages": [page]}}]}).encode()


def test_words_that_vision_cuts_at_marks_are_joined_up_to_the_next_blank() -> None:
    reading = reading_from_vision(
        response(
            [
                word("NF", poly(10, 20, 30, 40)),
                word("-", poly(30, 20, 35, 40)),
                word("κB", poly(35, 20, 60, 40), end="SPACE", confidence=0.6),
                word("p65", poly(70, 20, 100, 40), end="LINE_BREAK"),
                word("AKT1", poly(10, 50, 60, 70)),
            ]
        )
    )
    assert [line.text for line in reading.lines] == ["NF-κB p65", "AKT1"]
    first = reading.lines[0]
    assert [(w.text, w.box, w.score) for w in first.words] == [
        ("NF-κB", (10, 20, 60, 40), 0.78),  # (2 * 0.9 + 0.9 + 2 * 0.6) / 5
        ("p65", (70, 20, 100, 40), 0.9),
    ]
    assert first.box == (10, 20, 100, 40)
    assert (reading.width, reading.height, reading.engine) == (300, 200, "Google Cloud Vision")


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("SPACE", ["JAK2 STAT3"]),
        ("SURE_SPACE", ["JAK2 STAT3"]),
        ("UNKNOWN", ["JAK2STAT3"]),
        ("", ["JAK2STAT3"]),
        ("EOL_SURE_SPACE", ["JAK2", "STAT3"]),
        ("LINE_BREAK", ["JAK2", "STAT3"]),
        ("HYPHEN", ["JAK2-", "STAT3"]),
    ],
)
def test_each_kind_of_break_ends_a_word_or_a_line_or_nothing(kind: str, lines: list[str]) -> None:
    words = [word("JAK2", poly(10, 10, 50, 30), end=kind), word("STAT3", poly(10, 40, 60, 60))]
    assert [line.text for line in reading_from_vision(response(words)).lines] == lines


def test_a_break_stated_as_the_prefix_of_a_symbol_cuts_before_it() -> None:
    cut = word("AB", poly(0, 0, 40, 20))
    cut["symbols"][1]["property"] = {"detectedBreak": {"type": "SPACE", "isPrefix": True}}
    (line,) = reading_from_vision(response([cut])).lines
    assert [(w.text, w.box) for w in line.words] == [("A", (0, 0, 20, 20)), ("B", (20, 0, 40, 20))]


def test_a_break_of_a_whole_word_counts_behind_its_last_symbol() -> None:
    first = word("A", poly(0, 0, 20, 20)) | {"property": {"detectedBreak": {"type": "SPACE"}}}
    (line,) = reading_from_vision(response([first, word("B", poly(30, 0, 40, 20))])).lines
    assert line.text == "A B"


def test_coordinates_left_out_are_zero_and_boxes_stay_on_the_picture() -> None:
    reading = reading_from_vision(response([word("IL6", poly(0, 0, 400, 20))], size=(300, 200)))
    assert reading.lines[0].box == (0, 0, 300, 20)


def test_without_any_confidence_scores_are_one_and_one_left_out_among_others_is_zero() -> None:
    bare = reading_from_vision(response([word("IL6", poly(0, 0, 40, 20), confidence=None)]))
    assert bare.lines[0].score == 1.0
    mixed = [
        word("IL6", poly(0, 0, 40, 20), end="LINE_BREAK"),
        word("IL8", poly(0, 30, 40, 50), confidence=None),
    ]
    assert [line.score for line in reading_from_vision(response(mixed)).lines] == [0.9, 0.0]


def test_confidences_of_symbols_stand_in_for_that_of_the_word() -> None:
    one = word("IL", poly(0, 0, 40, 20), confidence=None)
    for symbol, value in zip(one["symbols"], (0.5, 0.7), strict=True):
        symbol["confidence"] = value
    assert reading_from_vision(response([one])).lines[0].score == pytest.approx(0.6)


def test_text_that_runs_up_keeps_its_angle() -> None:
    up = {"vertices": [{"x": 10, "y": 90}, {"x": 10, "y": 10}, {"x": 30, "y": 10}, {"x": 30, "y": 90}]}
    (line,) = reading_from_vision(response([word("STAT3", up)])).lines
    assert (line.angle, line.box) == (90, (10, 10, 30, 90))


def test_normalised_corners_are_shares_of_the_page() -> None:
    corners = [{"x": 0.1, "y": 0.1}, {"x": 0.5, "y": 0.1}, {"x": 0.5, "y": 0.2}, {"x": 0.1, "y": 0.2}]
    (line,) = reading_from_vision(response([word("STAT3", {"normalizedVertices": corners})])).lines
    assert line.box == (30, 20, 150, 40)


def test_a_flat_response_gets_its_lines_from_the_whole_text() -> None:
    words = [("NF", 10, 20), ("-", 20, 22), ("κB", 22, 40), ("p65", 50, 70)]
    entities = [{"description": "NF-κB p65\nAKT1", "boundingPoly": poly(10, 10, 70, 60)}]
    entities += [{"description": text, "boundingPoly": poly(x0, 10, x1, 30)} for text, x0, x1 in words]
    entities += [{"description": "AKT1", "boundingPoly": poly(10, 40, 60, 60)}]
    entities += [{"description": "odd", "boundingPoly": poly(10, 80, 60, 90)}]
    reading = reading_from_vision(json.dumps({"textAnnotations": entities}).encode())
    assert [line.text for line in reading.lines] == ["NF-κB p65", "AKT1", "odd"]
    assert [w.text for w in reading.lines[0].words] == ["NF-κB", "p65"]
    assert (reading.width, reading.height) == (70, 90)


@pytest.mark.parametrize("data", [b"{}", b'{"responses": [{}]}', response()])
def test_a_response_without_text_is_a_reading_without_lines(data: bytes) -> None:
    assert reading_from_vision(data).lines == ()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"no JSON", "not a response of Google Vision"),
        (b"\xff\xfe", "not a response of Google Vision"),
        (b'{"responses": 3}', "not a response of Google Vision"),
        (b'{"responses": []}', "holds 0 Vision responses, expected one"),
        (b'{"responses": [{}, {}]}', "holds 2 Vision responses, expected one"),
        (b'{"responses": [{"error": {"code": 3, "message": "Bad image data."}}]}', "Bad image data."),
        (b'{"fullTextAnnotation": {"pages": [{}, {}]}}', "2 pages, expected one picture"),
        (response([word("IL6", {"vertices": [{"x": 1}]})]), "1 corners, expected 4 vertices"),
    ],
)
def test_what_is_no_response_is_refused_in_one_line(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said.replace(".", r"\.")) as caught:
        reading_from_vision(data)
    assert "\n" not in str(caught.value)


@given(st.lists(st.text("ABκ1-", min_size=1, max_size=6), min_size=1, max_size=6))
def test_whatever_is_written_comes_back_as_the_words_of_a_line(texts: list[str]) -> None:
    words = [word(text, poly(20 * i, 0, 20 * i + 15, 10), end="SPACE") for i, text in enumerate(texts)]
    (line,) = reading_from_vision(response(words)).lines
    assert [w.text for w in line.words] == texts
