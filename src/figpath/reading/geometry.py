"""Rectangles of text on a picture: quads, their sizes, their boxes.

A quad is a (4, 2) float array of (x, y) corners: top left, top right, bottom right, bottom left of the text
as it reads. Coordinates are pixels, origin top left, y down; angles are counter-clockwise as one sees them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from figpath.reading.document import Box

    Quad: TypeAlias = NDArray[np.float32]


def rectangle(centre: tuple[float, float], size: tuple[float, float], degrees: float = 0.0) -> Quad:
    """Return the quad of a rectangle.

    Parameters
    ----------
    centre
        (x, y) of its middle.
    size
        Length along the text, and height across it.
    degrees
        How far the text runs uphill, counter-clockwise.
    """
    turn = np.deg2rad(degrees)
    along = np.array([np.cos(turn), -np.sin(turn)]) * size[0] / 2
    down = np.array([np.sin(turn), np.cos(turn)]) * size[1] / 2
    corners = np.array([-along - down, along - down, along + down, -along + down]) + np.asarray(centre)
    quad: Quad = corners.astype(np.float32)
    return quad


def upright(x0: float, y0: float, x1: float, y1: float) -> Quad:
    """Return the quad of a box."""
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32)


def size(quad: Quad) -> tuple[float, float]:
    """Return the length along the text and the height across it."""
    return float(np.hypot(*(quad[1] - quad[0]))), float(np.hypot(*(quad[3] - quad[0])))


def grow(quad: Quad, along: float, across: float) -> Quad:
    """Return the quad with its ends moved out by `along` pixels each and its sides by `across`."""
    length, height = size(quad)
    right = (quad[1] - quad[0]) / max(length, 1e-6) * along
    down = (quad[3] - quad[0]) / max(height, 1e-6) * across
    moved: Quad = quad + np.array([-right - down, right - down, right + down, -right + down], np.float32)
    return moved


def turned(quad: Quad, quarters: int) -> Quad:
    """Return the quad for text that runs a number of quarter turns counter-clockwise from where it did."""
    rolled: Quad = np.roll(quad, quarters, axis=0)
    return rolled


def part(quad: Quad, start: float, end: float) -> Quad:
    """Return the stretch of a quad between two shares of its length, each in [0, 1]."""
    top, bottom = quad[1] - quad[0], quad[2] - quad[3]
    stretch: Quad = np.array(
        [quad[0] + top * start, quad[0] + top * end, quad[3] + bottom * end, quad[3] + bottom * start],
        np.float32,
    )
    return stretch


def angle(quad: Quad) -> float:
    """Return the direction in which the text runs, in degrees counter-clockwise, in (-180, 180]."""
    x, y = quad[1] - quad[0]
    return float(np.rad2deg(np.arctan2(-y, x)))


def box(quad: Quad, width: int, height: int) -> Box:
    """Return the upright box around a quad, inside a picture of that size and at least one pixel wide and high."""
    low, high = quad.min(axis=0), quad.max(axis=0)
    x0, y0 = (
        min(max(0, int(np.floor(low[0] + 0.5))), width - 1),
        min(max(0, int(np.floor(low[1] + 0.5))), height - 1),
    )
    x1, y1 = min(width, int(np.floor(high[0] + 0.5))), min(height, int(np.floor(high[1] + 0.5)))
    return x0, y0, max(x0 + 1, x1), max(y0 + 1, y1)
