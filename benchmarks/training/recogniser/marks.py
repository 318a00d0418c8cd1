"""Pictures of what detectors take for text and nobody can read: arrow heads, bars, icons, rows of lipids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw

if TYPE_CHECKING:
    import random

    from figpath.figure import Pixels

Colour = tuple[int, int, int]
Point = tuple[float, float]


def connector(pen: ImageDraw.ImageDraw, ends: tuple[Point, Point], colour: Colour, kind: str, *, unit: float) -> None:
    """Draw an `arrow`, a `bar` or a plain `line` from one point to another; a head is up to a third of `unit` high."""
    (x0, y0), (x1, y1) = ends
    along = np.array([x1 - x0, y1 - y0]) / max(1.0, float(np.hypot(x1 - x0, y1 - y0)))
    across, tip = np.array([-along[1], along[0]]), np.array([x1, y1])
    head = unit / 4
    pen.line((x0, y0, x1, y1), fill=colour, width=max(1, round(unit / 10)))
    if kind == "arrow":
        pen.polygon([tuple(tip), *(tuple(tip - head * along + side * head * across) for side in (-1, 1))], fill=colour)
    elif kind == "bar":
        a, b = tip - head * across, tip + head * across
        pen.line((a[0], a[1], b[0], b[1]), fill=colour, width=max(1, round(unit / 8)))


def unreadable(rng: random.Random, paper: Colour, ink: Colour) -> Pixels:
    """Draw something without letters, about as large as a word: (H, W, 3) uint8 RGB."""
    unit = rng.choice((24, 32, 48))
    width = int(unit * rng.uniform(0.8, 5))
    image = Image.new("RGB", (width + 2 * unit, 3 * unit), paper)
    pen = ImageDraw.Draw(image)
    draw = rng.choice((_arrows, _arrows, _shapes, _lipids, _icon))
    draw(pen, (unit, unit, unit + width, 2 * unit), ink, rng)
    return np.asarray(image)


def _arrows(pen: ImageDraw.ImageDraw, box: tuple[int, ...], ink: Colour, rng: random.Random) -> None:
    for _ in range(rng.randint(1, 2)):
        ends = _point(box, rng), _point(box, rng)
        connector(
            pen,
            ends,
            ink,
            rng.choice(("arrow", "arrow", "bar", "line")),
            unit=(box[3] - box[1]) * rng.uniform(0.5, 1.2),
        )


def _shapes(pen: ImageDraw.ImageDraw, box: tuple[int, ...], ink: Colour, rng: random.Random) -> None:
    for _ in range(rng.randint(1, 3)):
        (x0, y0), (x1, y1) = _point(box, rng), _point(box, rng)
        around = (min(x0, x1), min(y0, y1), max(x0, x1) + 1, max(y0, y1) + 1)
        filled = ink if rng.random() < 0.4 else None
        rng.choice((pen.ellipse, pen.rectangle))(around, outline=ink, fill=filled, width=rng.randint(1, 4))


def _lipids(pen: ImageDraw.ImageDraw, box: tuple[int, ...], ink: Colour, rng: random.Random) -> None:
    """A stretch of membrane: heads in a row, with tails."""
    height = box[3] - box[1]
    across = height * rng.uniform(0.2, 0.45)
    x = float(box[0])
    while x + across < box[2]:
        pen.ellipse((x, box[1], x + across, box[1] + across), outline=ink, fill=ink if rng.random() < 0.5 else None)
        for part in (0.3, 0.7):
            pen.line((x + part * across, box[1] + across, x + part * across, box[3]), fill=ink, width=2)
        x += across * 1.1


def _icon(pen: ImageDraw.ImageDraw, box: tuple[int, ...], ink: Colour, rng: random.Random) -> None:
    """A few strokes and a blob, as cells, receptors and organelles look when they are small."""
    pen.polygon(
        [_point(box, rng) for _ in range(rng.randint(4, 7))], outline=ink, fill=ink if rng.random() < 0.5 else None
    )
    points = [_point(box, rng) for _ in range(rng.randint(3, 6))]
    pen.line([value for point in points for value in point], fill=ink, width=rng.randint(2, 5), joint="curve")


def _point(box: tuple[int, ...], rng: random.Random) -> Point:
    return rng.uniform(box[0], box[2]), rng.uniform(box[1], box[3])
