"""Points of lines and outlines, in pixels of the finished picture, origin top left."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

Point: TypeAlias = tuple[float, float]


def curve(start: Point, control: Point, end: Point, steps: int = 120) -> list[Point]:
    """Return points on the quadratic Bézier curve from `start` to `end`."""
    out = []
    for i in range(steps + 1):
        t = i / steps
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        out.append((a * start[0] + b * control[0] + c * end[0], a * start[1] + b * control[1] + c * end[1]))
    return out


def wobbly(x: float, y: float, w: float, h: float, *, seed: int, depth: float = 0.06) -> list[Point]:
    """Return the outline of a cell: an ellipse with a few slow waves, the same for the same seed."""
    chance = np.random.default_rng(seed)
    waves = [(n, chance.uniform(0.3, 1) / n**0.5, chance.uniform(0, 2 * math.pi)) for n in (2, 3, 4, 5, 7)]
    outline = []
    for t in np.linspace(0, 2 * math.pi, 160, endpoint=False):
        reach = 1 + depth * sum(a * math.sin(n * t + phase) for n, a, phase in waves)
        outline.append((x + w / 2 * reach * math.cos(t), y + h / 2 * reach * math.sin(t)))
    return outline


def shortened(points: Sequence[Point], distance: float) -> list[Point]:
    """Return a line without its last `distance` pixels."""
    kept = list(points)
    while len(kept) > 1:
        (x0, y0), (x1, y1) = kept[-2], kept[-1]
        step = math.hypot(x1 - x0, y1 - y0)
        if step > distance:
            t = 1 - distance / step
            return [*kept[:-1], (x0 + (x1 - x0) * t, y0 + (y1 - y0) * t)]
        distance -= step
        kept.pop()
    return kept


def dashes(points: Sequence[Point], dash: float) -> list[list[Point]]:
    """Return the drawn pieces of a broken line, `dash` pixels long each with as much between them."""
    pieces: list[list[Point]] = [[points[0]]]
    left, drawn = dash, True
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        length, done = math.hypot(x1 - x0, y1 - y0), 0.0
        while length - done > left:
            done += left
            point = (x0 + (x1 - x0) * done / length, y0 + (y1 - y0) * done / length)
            if drawn:
                pieces[-1].append(point)
            else:
                pieces.append([point])
            drawn, left = not drawn, dash
        left -= length - done
        if drawn:
            pieces[-1].append((x1, y1))
    return [piece for piece in pieces if len(piece) > 1]
