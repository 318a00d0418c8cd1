"""Pictures of words as figures show them: small, coloured, boxed, blurred, compressed, cut out more or less well."""

from __future__ import annotations

import random
import re
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
from fontTools.ttLib import TTFont, TTLibError
from marks import connector, unreadable
from PIL import Image, ImageDraw, ImageFont

from figpath.reading import crop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.figure import Pixels

_FAMILIES = (
    "DejaVu Sans", "DejaVu Serif", "Liberation Sans", "Liberation Sans Narrow", "Liberation Serif", "FreeSans",
    "FreeSerif", "Noto Sans", "Noto Serif", "Lato", "Open Sans", "Roboto", "Carlito", "Caladea", "Comic Neue",
    "TeX Gyre Heros", "TeX Gyre Termes", "Nimbus Sans", "Nimbus Roman",
)  # fmt: skip
_SIZES = {6.5: 1, 7: 2, 7.5: 2, 8: 4, 8.5: 4, 9: 5, 9.5: 5, 10: 5, 11: 5, 12: 4, 13: 3, 14: 3, 16: 2, 18: 2, 22: 1}
_QUALITIES = (40, 50, 60, 70, 75, 80, 85, 90, 95)
_INKS = ((200, 20, 20), (20, 20, 200), (10, 120, 10), (120, 10, 120), (190, 90, 0))
_MAP_FONTS = ("LiberationSerif-Regular", "texgyretermes-regular", "NimbusRoman-Regular", "FreeSerif")
_MAP_SHARE = 0.2
_SCRIPTED = re.compile(r"(?P<stem>.*[A-Za-z)])(?P<low>\d)|(?P<ion>[A-Z][a-z]?)(?P<high>\d?[+-])")
_MAP_FILLS = ((255, 255, 255), (191, 255, 191), (191, 255, 191), (255, 255, 255), (255, 220, 160), (220, 235, 255))
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A picture with one line of text: its pixels, and the box of the ink as (x0, y0, x1, y1)."""

    pixels: Pixels
    ink: tuple[float, float, float, float]


@cache
def fonts() -> tuple[str, ...]:
    """Paths of the installed fonts of the families that figures are set in."""
    listed = subprocess.run(["fc-list", ":", "file", "family"], capture_output=True, text=True, check=True).stdout
    found = {
        line.split(":")[0] for line in listed.splitlines() if line.rpartition(":")[2].strip().split(",")[0] in _FAMILIES
    }
    return tuple(sorted(path for path in found if path.lower().endswith((".ttf", ".otf"))))


@cache
def _characters(path: str) -> frozenset[int]:
    try:
        return frozenset(TTFont(path, fontNumber=0, lazy=True).getBestCmap())
    except TTLibError:
        return frozenset()


def picture(text: str, rng: random.Random) -> Pixels | None:
    """Draw a text and cut it out as the reader would: (48, W, 3) uint8 RGB, or None when no font has its letters.

    For no text, something is drawn that cannot be read.
    """
    if not text:
        return _cut(_nothing(rng), rng, wide=False)
    able = _able(text, rng.sample(fonts(), min(32, len(fonts()))))
    if not able:
        return None
    as_map = rng.random() < _MAP_SHARE
    if " " in text and rng.random() < 0.35:
        drawn = _side_by_side(text.split(), able[0], rng)
    elif as_map:
        drawn = _on_map(text, _map_font(text, rng) or able[0], rng)
    else:
        drawn = _in_figure(text, able[0], rng)
    return None if drawn is None else _cut(drawn, rng, wide=as_map)


def _able(text: str, paths: Sequence[str]) -> list[str]:
    """Those of some fonts that have all letters of a text."""
    return [path for path in paths if {ord(c) for c in text} - {32} <= _characters(path)]


def _map_font(text: str, rng: random.Random) -> str | None:
    """For most labels the upright serif letters of the best known maps, if one has all that is needed."""
    able = _able(text, [path for path in fonts() if Path(path).stem in _MAP_FONTS])
    return rng.choice(able) if able and rng.random() < 0.6 else None


def _in_figure(text: str, path: str, rng: random.Random) -> Drawn | None:
    """A label of a drawn figure: anti-aliased, on paper or a shape, scaled and compressed once or twice."""
    size = rng.choices(list(_SIZES), list(_SIZES.values()))[0] * rng.uniform(0.97, 1.03)
    zoom = rng.choice((1, 2, 3, 4))
    font = ImageFont.truetype(path, max(5, round(size * zoom)))
    left, top, right, bottom = font.getbbox(text)
    pad = int(size * zoom * 1.2)
    width, height = int(right - left) + 2 * pad, int(bottom - top) + 2 * pad
    if right - left < 2 or width > 5000:
        return None
    on_light = rng.random() < 0.82
    paper = (255, 255, 255) if on_light and rng.random() < 0.45 else _shade(rng, dark=not on_light)
    image = Image.new("RGB", (width, height), paper)
    pen = ImageDraw.Draw(image)
    ink = (pad, pad, width - pad, height - pad)
    _around(pen, ink, paper, rng, unit=size * zoom)
    colour = rng.choice(_INKS) if on_light and rng.random() < 0.12 else _shade(rng, dark=on_light)
    _write(pen, (pad - left, pad - top), text, font, colour, rng)
    return _published(np.asarray(image), ink, zoom * rng.uniform(0.97, 1.03), rng)


def _side_by_side(names: list[str], path: str, rng: random.Random) -> Drawn | None:
    """Names in neighbouring boxes, or with lines between them, which the detector takes for one line of text."""
    size, zoom = rng.choices(list(_SIZES), list(_SIZES.values()))[0], rng.choice((1, 2, 3, 4))
    unit = size * zoom
    font = ImageFont.truetype(path, max(5, round(unit)))
    boxes = [font.getbbox(name) for name in names]
    gaps = [rng.uniform(0.5, 2.2) * unit for _ in names]
    pad, height = int(1.2 * unit), max(box[3] for box in boxes) - min(box[1] for box in boxes)
    width = int(sum(box[2] - box[0] for box in boxes) + sum(gaps[1:])) + 2 * pad
    if width > 5000 or height < 2:
        return None
    paper = _shade(rng, dark=False)
    image = Image.new("RGB", (width, int(height) + 2 * pad), paper)
    pen, ink, line = ImageDraw.Draw(image), _shade(rng, dark=True), _shade(rng, dark=True)
    framed, thick, x = rng.random() < 0.75, max(1, round(unit / rng.choice((8, 12, 16)))), float(pad)
    for number, (name, box) in enumerate(zip(names, boxes, strict=True)):
        x += gaps[number] if number else 0
        end, top, reach = x + box[2] - box[0], min(box[1] for box in boxes), rng.uniform(0.1, 0.24) * unit
        if framed:
            fill = paper if rng.random() < 0.5 else _shade(rng, dark=False)
            draw = pen.ellipse if rng.random() < 0.2 else pen.rectangle
            draw((x - reach, pad - reach, end + reach, pad + height + reach), outline=line, width=thick, fill=fill)
        if number and rng.random() < 0.5:
            _between(pen, (x - gaps[number] + 0.25 * unit, x - 0.25 * unit), pad + height / 2, line, rng, unit=unit)
        pen.text((x - box[0], pad - top), name, font=font, fill=ink)
        x = end
    return _published(
        np.asarray(image), (pad, pad, width - pad, image.height - pad), zoom * rng.uniform(0.97, 1.03), rng
    )


def _between(
    pen: ImageDraw.ImageDraw,
    gap: tuple[float, float],
    middle: float,
    colour: Colour,
    rng: random.Random,
    *,
    unit: float,
) -> None:
    """An arrow, a bar or a plain line from one name to the next, or a line that crosses the gap."""
    left, right = gap if rng.random() < 0.7 else gap[::-1]
    kind = rng.choice(("arrow", "arrow", "bar", "bar", "line", "crossing"))
    if kind == "crossing":
        at = (left + right) / 2
        pen.line((at, middle - 2 * unit, at, middle + 2 * unit), fill=colour, width=max(1, round(unit / 10)))
    else:
        connector(pen, ((left, middle), (right, middle)), colour, kind, unit=unit * rng.uniform(0.6, 1.4))


def _nothing(rng: random.Random) -> Drawn:
    on_light = rng.random() < 0.82
    pixels = unreadable(rng, _shade(rng, dark=not on_light), _shade(rng, dark=on_light))
    pad = pixels.shape[0] // 3
    return _published(pixels, (pad, pad, pixels.shape[1] - pad, 2 * pad), rng.choice((1.5, 2, 3, 4)), rng)


def _around(pen: ImageDraw.ImageDraw, ink: tuple[int, ...], paper: Colour, rng: random.Random, *, unit: float) -> None:
    """Now and then a box or an ellipse around the text, or a line through the picture."""
    if rng.random() < 0.3:
        gap = rng.uniform(0.1, 0.5) * unit
        box = (ink[0] - gap * 1.5, ink[1] - gap, ink[2] + gap * 1.5, ink[3] + gap)
        fill = paper if rng.random() < 0.6 else tuple(min(255, max(0, v + rng.randint(-40, 40))) for v in paper)
        draw = pen.ellipse if rng.random() < 0.35 else pen.rectangle
        draw(box, outline=_shade(rng, dark=True), width=max(1, round(unit / 10)), fill=fill)
    if rng.random() < 0.1:
        y = rng.uniform(0, ink[3])
        pen.line((0, y, ink[2] * 1.2, y + rng.uniform(-8, 8)), fill=_shade(rng, dark=True))


def _shade(rng: random.Random, *, dark: bool) -> Colour:
    if rng.random() < 0.5:
        return (0, 0, 0) if dark else (255, 255, 255)
    low, high = (0, 90) if dark else (150, 255)
    return (rng.randint(low, high), rng.randint(low, high), rng.randint(low, high))


def _published(pixels: Pixels, ink: tuple[int, ...], zoom: float, rng: random.Random) -> Drawn:
    """Scale, blur, add noise and compress, as figures are on their way into a journal."""
    height, width = pixels.shape[:2]
    steps = [zoom] if rng.random() < 0.85 else [zoom, rng.uniform(0.7, 1.35)]
    for factor in steps:
        size = (max(4, round(pixels.shape[1] / factor)), max(4, round(pixels.shape[0] / factor)))
        how = rng.choice((cv2.INTER_AREA, cv2.INTER_AREA, cv2.INTER_CUBIC, cv2.INTER_LINEAR))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=how), np.uint8)
    if rng.random() < 0.35:
        pixels = np.asarray(cv2.GaussianBlur(pixels, (0, 0), rng.uniform(0.25, 0.8)), np.uint8)
    if rng.random() < 0.15:
        noise = np.random.default_rng(rng.randrange(10**9)).normal(0, rng.uniform(1, 6), pixels.shape)
        pixels = np.clip(pixels + noise, 0, 255).astype(np.uint8)
    x, y = pixels.shape[1] / width, pixels.shape[0] / height
    box = (ink[0] * x, ink[1] * y, ink[2] * x, ink[3] * y)
    return Drawn(pixels=_compressed(pixels, rng) if rng.random() < 0.85 else pixels, ink=box)


def _compressed(pixels: Pixels, rng: random.Random) -> Pixels:
    _, data = cv2.imencode(".jpg", pixels[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, rng.choice(_QUALITIES)])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)[:, :, ::-1]


def _on_map(text: str, path: str, rng: random.Random) -> Drawn | None:
    """A label of a pathway map: letters of few pixels without anti-aliasing, in a tight box with a thin frame."""
    font = ImageFont.truetype(path, rng.choice((9, 10, 10, 11, 11, 12, 12, 13, 14)))
    left, top, right, bottom = font.getbbox(text)
    if not 2 <= right - left <= 400:
        return None
    pad, height = 30, max(6, bottom - top)
    image = Image.new("RGB", (int(right - left) + 2 * pad, int(bottom - top) + 2 * pad), (255, 255, 255))
    pen = ImageDraw.Draw(image)
    pen.fontmode = "1" if rng.random() < 0.8 else "L"
    ink = (pad, pad, image.width - pad, image.height - pad)
    if rng.random() < 0.75:
        x, y = rng.uniform(0.05, 0.8) * height, rng.uniform(0.1, 0.55) * height
        box = (round(ink[0] - x), round(ink[1] - y), round(ink[2] + x), round(ink[3] + y))
        pen.rectangle(box, outline=(0, 0, 0), fill=rng.choice(_MAP_FILLS))
    _write(pen, (pad - left, pad - top), text, font, rng.choice(((0, 0, 0), (0, 0, 0), (0, 0, 0), (200, 0, 0))), rng)
    pixels = np.asarray(image)
    return Drawn(pixels=_compressed(pixels, rng) if rng.random() < 0.25 else pixels, ink=ink)


def _write(
    pen: ImageDraw.ImageDraw,
    at: tuple[float, float],
    text: str,
    font: ImageFont.FreeTypeFont,
    colour: Colour,
    rng: random.Random,
) -> None:
    """Write a text, now and then with its last digit lowered or its charge raised: PIP3, Ca2+."""
    parts = _SCRIPTED.fullmatch(text)
    if parts is None or rng.random() < 0.7:
        pen.text(at, text, font=font, fill=colour)
        return
    whole, script = (parts["stem"], parts["low"]) if parts["low"] else (parts["ion"], parts["high"])
    down = (0.45 if parts["low"] else -0.05) * font.size
    pen.text(at, whole, font=font, fill=colour)
    small = font.font_variant(size=max(5, round(0.72 * font.size)))
    pen.text((at[0] + font.getlength(whole), at[1] + down), script, font=small, fill=colour)


def _cut(drawn: Drawn, rng: random.Random, *, wide: bool) -> Pixels:
    """Cut the text out with margins as uneven as the detector's, at times too tight, and slightly turned."""
    x0, y0, x1, y1 = drawn.ink
    height = max(5.0, y1 - y0)
    most = 0.65 if wide or rng.random() < 0.2 else 0.33
    least = -0.06 if rng.random() < 0.15 else 0.02
    grow = [rng.uniform(low, most) * height for low in (-0.02, least, -0.02, least)]
    box = np.array([x0 - grow[0], y0 - grow[1], x1 + grow[2], y1 + grow[3]], np.float32)
    corners = np.array([[box[0], box[1]], [box[2], box[1]], [box[2], box[3]], [box[0], box[3]]], np.float32)
    centre, angle = corners.mean(axis=0), np.deg2rad(rng.gauss(0, 0.6))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]], np.float32)
    quad = ((corners - centre) @ turn.T + centre).astype(np.float32)
    return crop.cut(np.ascontiguousarray(drawn.pixels), quad, stretch=rng.choice((1, 1, 1, 1, 1.15, 1.3)))
