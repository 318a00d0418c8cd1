"""Responses of Google Cloud Vision (``images:annotate``) as readings, so that engines can be compared.

Takes the JSON of TEXT_DETECTION or DOCUMENT_TEXT_DETECTION, whole (``{"responses": [...]}``) or the one response
in it. The hierarchy of ``fullTextAnnotation`` is used where there is one, else the flat ``textAnnotations``.
Form: Cloud Vision REST reference, AnnotateImageResponse. In it a coordinate of 0 is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from figpath.errors import InputError
from figpath.reading import geometry
from figpath.reading.document import Line, Reading, Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from figpath.reading.geometry import Quad

_ENGINE = "Google Cloud Vision"
_FAR = 1_000_000  # pixels; no picture is larger
_LINE_BREAKS = frozenset({"EOL_SURE_SPACE", "LINE_BREAK"})
_HYPHEN = "HYPHEN"  # drawn at the end of a line, but no symbol of the response
_WORD_BREAKS = frozenset({"SPACE", "SURE_SPACE", _HYPHEN, *_LINE_BREAKS})


class _Vertex(msgspec.Struct):
    x: float = 0
    y: float = 0


class _Poly(msgspec.Struct, rename="camel"):
    vertices: list[_Vertex] = []
    normalized_vertices: list[_Vertex] = []


class _Break(msgspec.Struct, rename="camel"):
    type: str = ""
    is_prefix: bool = False


class _Property(msgspec.Struct, rename="camel"):
    detected_break: _Break | None = None


class _Symbol(msgspec.Struct):
    text: str = ""
    confidence: float | None = None
    property: _Property | None = None


class _Word(msgspec.Struct, rename="camel"):
    bounding_box: _Poly
    symbols: list[_Symbol] = []
    confidence: float | None = None
    property: _Property | None = None


class _Paragraph(msgspec.Struct):
    words: list[_Word] = []


class _Block(msgspec.Struct):
    paragraphs: list[_Paragraph] = []


class _Page(msgspec.Struct):
    width: int = 0
    height: int = 0
    blocks: list[_Block] = []


class _Full(msgspec.Struct):
    pages: list[_Page] = []


class _Entity(msgspec.Struct, rename="camel"):
    bounding_poly: _Poly
    description: str = ""


class _Status(msgspec.Struct):
    message: str = ""


class _Response(msgspec.Struct, rename="camel"):
    full_text_annotation: _Full | None = None
    text_annotations: list[_Entity] = []
    error: _Status | None = None


class _Batch(_Response, rename="camel"):
    responses: list[_Response] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """Characters that stand together, before they are joined to words and lines."""

    text: str
    quad: Quad
    score: float
    ends_word: bool
    ends_line: bool


def reading_from_vision(data: bytes) -> Reading:
    """Turn the response for one picture into a reading.

    Parameters
    ----------
    data
        JSON, UTF-8.

    Returns
    -------
    Reading
        Words that Vision cuts at marks (``NF``, ``-``, ``κB``) joined up to the next blank. Scores are
        confidences; 1 where the whole response states none. A response that does not say the size of the
        picture gives the size that its text takes.

    Raises
    ------
    InputError
        When it is no such response, holds several, or Vision reported an error.
    """
    response = _response(data)
    pages = response.full_text_annotation.pages if response.full_text_annotation else []
    if len(pages) > 1:
        raise InputError(f"the Vision response has {len(pages)} pages, expected one picture: give one response a page")
    width, height = (pages[0].width, pages[0].height) if pages else (0, 0)
    pieces = _page_lines(pages[0]) if pages else _flat_lines(response.text_annotations)
    corners = [piece.quad for line in pieces for piece in line]
    extent = (width if width > 0 else _farthest(corners, 0), height if height > 0 else _farthest(corners, 1))
    lines = [_line(line, extent) for line in pieces]
    lines.sort(key=lambda found: (found.box[1], found.box[0], found.text))
    return Reading(width=extent[0], height=extent[1], lines=tuple(lines), engine=_ENGINE)


def _response(data: bytes) -> _Response:
    try:
        batch = msgspec.json.decode(data, type=_Batch)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise InputError(f"not a response of Google Vision images:annotate: {error}") from error
    responses = [batch] if batch.responses is None else batch.responses
    if len(responses) != 1:
        raise InputError(f"the file holds {len(responses)} Vision responses, expected one: split it, one a picture")
    if responses[0].error:
        raise InputError(f"Google Vision reported an error in place of text: {responses[0].error.message}")
    return responses[0]


def _page_lines(page: _Page) -> list[list[_Piece]]:
    """The pieces of each line of a page."""
    paragraphs = [paragraph for block in page.blocks for paragraph in block.paragraphs]
    words = [word for paragraph in paragraphs for word in paragraph.words]
    stated = any(_confidences(word) for word in words)
    lines: list[list[_Piece]] = []
    for paragraph in paragraphs:
        line: list[_Piece] = []
        for piece in _pieces(paragraph, page, stated=stated):
            line.append(piece)
            if piece.ends_line:
                lines.append(line)
                line = []
        lines.append(line)
    return [line for line in lines if line]


def _pieces(paragraph: _Paragraph, page: _Page, *, stated: bool) -> Iterator[_Piece]:
    """The words of a paragraph with the breaks behind them; a break within a word cuts it."""
    for word in paragraph.words:
        quad, score = _quad(word.bounding_box, page), _score(word, stated=stated)
        start, total = 0, max(1, len(word.symbols))
        for i, symbol in enumerate(word.symbols):
            last = i == total - 1
            kind = _break_after(word, i)
            if not last and kind not in _WORD_BREAKS:
                continue
            text = "".join(part.text for part in word.symbols[start : i + 1])
            yield _Piece(
                text=text + ("-" if kind == _HYPHEN and symbol.text != "-" else ""),
                quad=geometry.part(quad, start / total, (i + 1) / total),
                score=score,
                ends_word=kind in _WORD_BREAKS,
                ends_line=kind == _HYPHEN or kind in _LINE_BREAKS,
            )
            start = i + 1


def _break_after(word: _Word, index: int) -> str:
    """The kind of break behind a symbol, also where the next symbol states it as its prefix."""
    behind = _break(word.symbols[index].property)
    if behind and not behind.is_prefix:
        return behind.type
    if index + 1 < len(word.symbols):
        before = _break(word.symbols[index + 1].property)
        return before.type if before and before.is_prefix else ""
    whole = _break(word.property)
    return whole.type if whole and not whole.is_prefix else ""


def _break(found: _Property | None) -> _Break | None:
    return found.detected_break if found else None


def _confidences(word: _Word) -> list[float]:
    own = [] if word.confidence is None else [word.confidence]
    return own or [symbol.confidence for symbol in word.symbols if symbol.confidence is not None]


def _score(word: _Word, *, stated: bool) -> float:
    """A word's confidence; where others have one, one that is left out is 0."""
    found = _confidences(word)
    return min(1.0, max(0.0, float(np.mean(found)))) if found else (0.0 if stated else 1.0)


def _flat_lines(entities: Sequence[_Entity]) -> list[list[_Piece]]:
    """The pieces of each line of a flat response: its first entry has the text with its breaks, the others the words.

    A word that does not continue the text is a line of its own.
    """
    lines: list[list[_Piece]] = []
    rest = entities[0].description if entities else ""
    for entity in entities[1:]:
        blank, found, after = rest.partition(entity.description)
        if not found or blank.strip():
            lines.append([_flat_piece(entity, ends_word=True)])
            continue
        if not lines or "\n" in blank:
            lines.append([])
        rest = after
        lines[-1].append(_flat_piece(entity, ends_word=not after or after[0].isspace()))
    return [line for line in lines if line]


def _flat_piece(entity: _Entity, *, ends_word: bool) -> _Piece:
    quad = _quad(entity.bounding_poly, None)
    return _Piece(text=entity.description, quad=quad, score=1.0, ends_word=ends_word, ends_line=False)


def _quad(poly: _Poly, page: _Page | None) -> Quad:
    """The corners of a polygon in pixels."""
    found, scale = poly.vertices, (1, 1)
    if not found and poly.normalized_vertices and page:
        found, scale = poly.normalized_vertices, (page.width, page.height)
    if len(found) != 4:
        raise InputError(f"a word of the Vision response has {len(found)} corners, expected 4 vertices")
    corners = [(corner.x * scale[0], corner.y * scale[1]) for corner in found]
    quad: Quad = np.clip(np.array(corners), -_FAR, _FAR).astype(np.float32)
    return quad


def _farthest(quads: Sequence[Quad], axis: int) -> int:
    """The size along an axis that holds all quads; at least one pixel when there is a quad."""
    return max((max(1, int(np.ceil(quad[:, axis].max()))) for quad in quads), default=0)


def _line(pieces: Sequence[_Piece], extent: tuple[int, int]) -> Line:
    """A line of its pieces, those without a blank between them joined to words."""
    groups: list[list[_Piece]] = [[]]
    for piece in pieces:
        groups[-1].append(piece)
        if piece.ends_word:
            groups.append([])
    words = tuple(_word(group, extent) for group in groups if group)
    return Line(
        text=" ".join(word.text for word in words),
        box=geometry.box(np.concatenate([piece.quad for piece in pieces]), *extent),
        score=_mean(pieces),
        words=words,
        angle=_angle(pieces),
    )


def _word(pieces: Sequence[_Piece], extent: tuple[int, int]) -> Word:
    corners = np.concatenate([piece.quad for piece in pieces])
    text = "".join(piece.text for piece in pieces)
    return Word(text=text, box=geometry.box(corners, *extent), score=_mean(pieces))


def _mean(pieces: Sequence[_Piece]) -> float:
    """Mean score of the characters, rounded."""
    letters = [len(piece.text) for piece in pieces]
    total = sum(piece.score * size for piece, size in zip(pieces, letters, strict=True))
    return round(total / max(1, sum(letters)), 4)


def _angle(pieces: Sequence[_Piece]) -> int:
    """Direction of the longest piece: corners of short ones are rounded to whole pixels."""
    longest = max(pieces, key=lambda piece: geometry.size(piece.quad)[0])
    return round(geometry.angle(longest.quad))
