"""Overlay picture: the figure with a box around each drawn name, and its approved symbol where it differs.

The kinds of name are told apart by colour and by line (`STYLES`, which the HTML overlay shares). The colours are
blue, purple, orange and green of a lightness that holds 4.5:1 on white and that eyes without red or green still
tell apart; each line has a white edge, so that it shows on dark nodes too.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from figpath.errors import InputError
from figpath.record import MINIMUM_SCORE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from figpath.figure import Pixels
    from figpath.grounding.mention import Entity, Kind, Mention
    from figpath.record import Record

Point: TypeAlias = tuple[float, float]
Rectangle: TypeAlias = tuple[int, int, int, int]
Pattern: TypeAlias = Literal["solid", "double", "dotted", "dashed"]

SMALL_PICTURE = 2_000_000
"""Width times height up to which the overlay is twice as large as the picture."""

EXPANDED = "famplex_relations"
"""`Entity.source` of a gene that was not drawn but comes from expanding a family."""

_SMOOTH = 4
_FLAT = 24
_LONGEST_LABEL = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How names of one kind are marked.

    Parameters
    ----------
    name, plural
        What readers call the kind.
    colour, on_dark
        Of lines and letters, on a white and on a dark page.
    pattern
        Of the line around the name.
    roundness
        Radius of the corners as a share of half the height.
    """

    name: str
    plural: str
    colour: str
    on_dark: str
    pattern: Pattern
    roundness: float


STYLES: dict[Kind, Style] = {
    "gene": Style(name="gene", plural="genes", colour="#0b62b0", on_dark="#8cc4f7", pattern="solid", roundness=0.3),
    "family": Style(
        name="family", plural="families", colour="#86399e", on_dark="#dba9ec", pattern="double", roundness=0.3
    ),
    "chemical": Style(
        name="chemical", plural="chemicals", colour="#b04a00", on_dark="#f7ab78", pattern="dotted", roundness=1
    ),
    "disease": Style(
        name="disease", plural="diseases", colour="#006b53", on_dark="#67d3b8", pattern="dashed", roundness=0.6
    ),
}


def drawn_entities(mention: Mention) -> tuple[Entity, ...]:
    """Return what a mention stands for, without the genes that come from expanding a family."""
    return tuple(entity for entity in mention.entities if entity.source != EXPANDED)


def overlay_png(pixels: Pixels, record: Record) -> bytes:
    """Draw the mentions of a record on its picture.

    Each mention with a box gets a line slightly outside it, fainter where its score is under `MINIMUM_SCORE`. Its
    approved symbols stand beside it where they differ from what is drawn and where the picture is
    empty enough to hold them. A small picture is enlarged twice first.

    Parameters
    ----------
    pixels
        ``(H, W, 3)`` uint8 RGB, the picture that the boxes were measured on.
    record
        The figure's record; used are its width, height and mentions.

    Returns
    -------
    bytes
        A PNG file. Equal inputs give equal bytes.

    Raises
    ------
    InputError
        When the picture's size is not the record's.
    """
    height, width = pixels.shape[:2]
    if (width, height) != (record.width, record.height):
        raise InputError(
            f"cannot draw record {record.figid} of {record.width} x {record.height} pixels on a picture of "
            f"{width} x {height}: give the picture that was read"
        )
    zoom = 2 if width * height <= SMALL_PICTURE else 1
    image = Image.fromarray(pixels).resize((width * zoom, height * zoom), Image.Resampling.BICUBIC)
    weight = max(1.5 * zoom, max(width, height) * zoom / 900)
    marks = [(m, _frame(m.box, zoom, weight, STYLES[m.kind])) for m in record.mentions if m.box is not None]
    free = _FreeSpace(np.asarray(image), [frame for _, frame in marks])
    for mention, frame in marks:
        _mark(image, frame, STYLES[mention.kind], weight, faint=mention.score < MINIMUM_SCORE)
    for mention, frame in marks:
        if mention.score >= MINIMUM_SCORE:
            _label(image, mention, frame, free, size=8.5 * zoom * max(1.0, weight / zoom / 1.5))
    stream = io.BytesIO()
    image.save(stream, format="PNG")
    return stream.getvalue()


def _frame(box: Rectangle, zoom: int, weight: float, style: Style) -> Rectangle:
    """Return the outline's rectangle, so much wider than the name that its round corners leave it free."""
    gap = round(weight * 1.8)
    x0, y0, x1, y1 = (v * zoom for v in box)
    half = (y1 - y0) / 2
    r = (half + gap) * style.roundness
    reach = max(0.0, half + r - (half + gap))
    side = max(gap, math.ceil(r - math.sqrt(max(0.0, r * r - reach * reach)) + weight))
    return (x0 - side, y0 - gap, x1 + side, y1 + gap)


def _mark(image: Image.Image, frame: Rectangle, style: Style, weight: float, *, faint: bool) -> None:
    """Draw one outline, smoothed, on its own patch of the picture."""
    edge = math.ceil(weight * 2)
    x0, y0 = frame[0] - edge, frame[1] - edge
    size = (frame[2] - frame[0] + 2 * edge, frame[3] - frame[1] + 2 * edge)
    patch = Image.new("RGBA", (size[0] * _SMOOTH, size[1] * _SMOOTH), style.colour + "00")
    pen = ImageDraw.Draw(patch)
    inner = tuple(v * _SMOOTH for v in (edge, edge, size[0] - edge, size[1] - edge))
    outline = _outline(inner, style.roundness)
    thick = weight * _SMOOTH * (0.7 if faint else 1.0)
    _stroke(pen, [outline], "#ffffff" + ("70" if faint else "d0"), thick * 2)
    colour = style.colour + ("a0" if faint else "ff")
    _stroke(pen, _pieces(outline, style.pattern, thick), colour, thick * (1.5 if style.pattern == "double" else 1))
    if style.pattern == "double":
        _stroke(pen, [outline], "#ffffffff", thick * 0.4)
    patch = patch.resize(size, Image.Resampling.BOX)
    image.paste(patch, (x0, y0), patch)


def _outline(inner: tuple[float, ...], roundness: float) -> list[Point]:
    x0, y0, x1, y1 = inner
    r = min(x1 - x0, y1 - y0) / 2 * roundness
    corners = ((x1 - r, y0 + r, -90), (x1 - r, y1 - r, 0), (x0 + r, y1 - r, 90), (x0 + r, y0 + r, 180))
    turns = [(x, y, math.radians(start + i * 11.25)) for x, y, start in corners for i in range(9)]
    points = [(x + r * math.cos(turn), y + r * math.sin(turn)) for x, y, turn in turns]
    return [*points, points[0]]


def _pieces(outline: list[Point], pattern: Pattern, thick: float) -> list[list[Point]]:
    if pattern == "dotted":
        return _dashes(outline, thick * 0.05, thick * 1.9)
    if pattern == "dashed":
        return _dashes(outline, thick * 3.2, thick * 2.4)
    return [outline]


def _dashes(outline: Sequence[Point], on: float, off: float) -> list[list[Point]]:
    total = sum(math.dist(a, b) for a, b in pairwise(outline))
    count = max(1, round(total / (on + off)))
    on *= total / count / (on + off)
    return [_between(outline, i * total / count, i * total / count + on) for i in range(count)]


def _between(outline: Sequence[Point], start: float, end: float) -> list[Point]:
    """Return the stretch of a line between two distances from its beginning."""
    kept: list[Point] = []
    done = 0.0
    for (ax, ay), (bx, by) in pairwise(outline):
        step = math.hypot(bx - ax, by - ay)
        if step and done + step >= start and done <= end:
            shares = (max(start - done, 0.0) / step, min(end - done, step) / step)
            kept += [(ax + (bx - ax) * t, ay + (by - ay) * t) for t in shares]
        done += step
    return kept


def _stroke(pen: ImageDraw.ImageDraw, pieces: list[list[Point]], colour: str, thick: float) -> None:
    r = thick / 2
    for piece in pieces:
        pen.line(piece, fill=colour, width=round(thick))
        for x, y in piece:
            pen.ellipse((x - r, y - r, x + r, y + r), fill=colour)


# ---- labels


class _FreeSpace:
    """Which rectangles of the picture hold neither drawing, nor a marked name, nor a label."""

    def __init__(self, pixels: NDArray[np.uint8], taken: list[Rectangle]) -> None:
        grey = pixels.mean(axis=2)
        busy = np.zeros(grey.shape, dtype=np.int64)
        busy[:, 1:] |= np.abs(np.diff(grey, axis=1)) > _FLAT
        busy[1:, :] |= np.abs(np.diff(grey, axis=0)) > _FLAT
        self._sums = np.pad(busy.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
        self._taken = list(taken)

    def holds(self, place: Rectangle) -> bool:
        x0, y0, x1, y1 = place
        height, width = (n - 1 for n in self._sums.shape)
        if x0 < 0 or y0 < 0 or x1 > width or y1 > height:
            return False
        s = self._sums
        if s[y1, x1] - s[y0, x1] - s[y1, x0] + s[y0, x0]:
            return False
        return all(x1 <= a or c <= x0 or y1 <= b or d <= y0 for a, b, c, d in self._taken)

    def take(self, place: Rectangle) -> None:
        self._taken.append(place)


def _label(image: Image.Image, mention: Mention, frame: Rectangle, free: _FreeSpace, *, size: float) -> None:
    text = label_of(mention)
    font = ImageFont.load_default(size)
    if not text or isinstance(font, ImageFont.ImageFont):
        return
    left, top, right, bottom = font.getbbox(text)
    pad = size * 0.3
    w, h = math.ceil(right - left + 2 * pad), math.ceil(bottom - top + 2 * pad)
    place = next((spot for spot in _spots(frame, w, h) if free.holds(spot)), None)
    if place is None:
        return
    free.take(place)
    pen, colour = ImageDraw.Draw(image), STYLES[mention.kind].colour
    _leader(pen, frame, place, colour, width=max(1, round(size / 10)))
    pen.rounded_rectangle(place, radius=h * 0.25, fill="#ffffff")
    pen.text((place[0] + pad - left, place[1] + pad - top), text, fill=colour, font=font)


def label_of(mention: Mention) -> str:
    """Return the approved symbols of a drawn gene when they are short and not what is drawn; else nothing."""
    symbols = tuple(dict.fromkeys(entity.symbol for entity in drawn_entities(mention)))
    text, drawn = ", ".join(symbols), _letters(mention.text)
    seen = all(_letters(symbol) in drawn for symbol in symbols)
    # The font that Pillow carries has Latin letters only.
    if mention.kind != "gene" or seen or len(text) > _LONGEST_LABEL or not text.isascii():
        return ""
    return text


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _spots(frame: Rectangle, w: int, h: int) -> list[Rectangle]:
    """Return where a label may stand, best first: close above, below or beside the name, then further off."""
    x0, y0, x1, y1 = frame
    middle = ((x0 + x1 - w) // 2, (y0 + y1 - h) // 2)
    spots = []
    for gap in range(h // 8 + 1, h + 1, max(1, h // 6)):
        for x in (middle[0], x0, x1 - w):
            spots += [(x, y0 - gap - h), (x, y1 + gap)]
        spots += [(x1 + gap, middle[1]), (x0 - gap - w, middle[1])]
    return [(x, y, x + w, y + h) for x, y in spots]


def _leader(pen: ImageDraw.ImageDraw, frame: Rectangle, place: Rectangle, colour: str, *, width: int) -> None:
    """Draw a short line from the name's frame to its label."""
    x = (max(frame[0], place[0]) + min(frame[2], place[2])) // 2
    y = (max(frame[1], place[1]) + min(frame[3], place[3])) // 2
    if place[3] <= frame[1] or place[1] >= frame[3]:
        ends = [(x, place[3]), (x, frame[1])] if place[3] <= frame[1] else [(x, frame[3]), (x, place[1])]
    else:
        ends = [(frame[2], y), (place[0], y)] if place[0] >= frame[2] else [(place[2], y), (frame[0], y)]
    pen.line(ends, fill=colour, width=width)
