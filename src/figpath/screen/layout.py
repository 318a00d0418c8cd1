"""How the text of a figure is laid out: scattered labels, columns of a table, ticks along an axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from figpath.reading.document import Line

    Doubles: TypeAlias = NDArray[np.float64]

_NEAR = 0.006  # of the longer side: edges this close are in one row or column
_CELLS = 4  # the picture is cut into this many by this many cells
_MOST = 600  # lines that are compared with each other


def features(lines: Sequence[Line], *, width: int, height: int) -> dict[str, float]:
    """Describe where lines stand and how long they are, each by a number of about 0 to 3.

    Parameters
    ----------
    lines
        The text as recognised.
    width, height
        Of the picture in pixels.
    """
    count = float(np.log1p(len(lines)))
    if not lines:
        return {"lines": count}
    boxes = np.array([line.box for line in lines[:_MOST]], dtype=np.float64)
    scale = float(max(width, height, 1))
    return {
        "lines": count,
        **_shapes(boxes, scale, float(max(width, 1))),
        **_columns(boxes, scale),
        **_places((boxes[:, :2] + boxes[:, 2:]) / 2 / (max(width, 1), max(height, 1))),
    }


def _shapes(boxes: Doubles, scale: float, width: float) -> dict[str, float]:
    """How large, how long and how even lines are."""
    long, high = np.maximum(boxes[:, 2:] - boxes[:, :2], 1.0).T
    slender = np.log(long / high)
    return {
        "covered": min(1.0, float((long * high).sum()) / scale**2),
        "height": float(np.median(high)) / scale * 10,
        "uneven_height": min(3.0, float(high.std() / high.mean())),
        "slender": float(np.median(slender)),
        "uneven_slender": float(slender.std()),
        "upright": float((slender < -0.4).mean()),
        "wide": float((long > 0.35 * width).mean()),
        "compact": float((slender < 1.2).mean()),
    }


def _columns(boxes: Doubles, scale: float) -> dict[str, float]:
    """How many lines begin, end or stand at the same place, and how far the nearest one is."""
    edges = {
        "left": boxes[:, 0],
        "right": boxes[:, 2],
        "centre": (boxes[:, 0] + boxes[:, 2]) / 2,
        "middle": (boxes[:, 1] + boxes[:, 3]) / 2,
        "foot": boxes[:, 3],
    }
    found = {}
    for name, at in edges.items():
        others = (np.abs(at[:, None] - at) < _NEAR * scale).sum(axis=1) - 1
        found[f"shared_{name}"] = float(np.log1p(others.mean()))
        found[f"largest_{name}"] = float(others.max()) / len(boxes)
    return found | _neighbours(edges["centre"], edges["middle"], np.maximum(boxes[:, 3] - boxes[:, 1], 1.0))


def _neighbours(x: Doubles, y: Doubles, high: Doubles) -> dict[str, float]:
    if len(x) < 2:
        return {"nearest": float(np.log1p(20.0)), "uneven_nearest": 0.0}
    apart = np.hypot(x[:, None] - x, y[:, None] - y)
    np.fill_diagonal(apart, np.inf)
    nearest = np.maximum(apart.min(axis=1) / high, 1e-3)
    return {
        "nearest": float(np.log1p(np.median(nearest))),
        "uneven_nearest": min(4.0, float(nearest.std() / nearest.mean())),
    }


def _places(centres: Doubles) -> dict[str, float]:
    """Where on the picture lines stand; `centres` (N, 2) in shares of width and height."""
    x, y = centres.T
    cells = np.clip((centres * _CELLS).astype(int), 0, _CELLS - 1)
    counts = np.bincount(cells[:, 0] * _CELLS + cells[:, 1], minlength=_CELLS**2)
    shares = counts[counts > 0] / counts.sum()
    return {
        "spread": float(-(shares * np.log(shares)).sum()),
        "cells": float((counts > 0).mean()),
        "at_left": float((x < 0.12).mean()),
        "at_right": float((x > 0.88).mean()),
        "at_top": float((y < 0.1).mean()),
        "at_bottom": float((y > 0.88).mean()),
        "inside": float(((np.abs(x - 0.5) < 0.25) & (np.abs(y - 0.5) < 0.25)).mean()),
        "spread_x": float(x.std()),
        "spread_y": float(y.std()),
    }
