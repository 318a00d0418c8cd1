"""How much to enlarge a picture before its text is looked for, and how to look in pieces."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import cv2
import numpy as np

from figpath.reading import detect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from figpath.figure import Pixels
    from figpath.reading.network import Floats, Network

_GOAL, _MOST = 1500, 4.0  # pixels of the longer side that small pictures are enlarged to, and how much at most
_SHRINK = 2000  # pixels of the longer side that larger pictures are shrunk to
_TILE, _OVERLAP = 1024, 128  # in a larger tile the detector overlooks a word that stands alone
_LEAST = 16.0  # pixels of a line's height that the detector wants


def resized(pixels: Pixels, factor: float) -> Pixels:
    """Return the picture enlarged or shrunk."""
    if factor == 1:
        return pixels
    height, width = (max(1, round(side * factor)) for side in pixels.shape[:2])
    how = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=how), np.uint8)


def factor(longer: int) -> float:
    """Return how much to enlarge a picture for the first look, or shrink it, by its longer side in pixels."""
    if longer > _SHRINK:
        return _SHRINK / longer
    return min(_MOST, max(1.0, _GOAL / longer))


def enlargement(heights: Sequence[float]) -> float:
    """Return how much larger a picture should be looked at, so that its smaller lines can be told apart.

    Parameters
    ----------
    heights
        Heights of the lines found, in pixels of the picture as it was looked at; none asks for the largest look.
    """
    return _LEAST / max(1.0, float(np.percentile(heights, 25))) if heights else inf


def probability(network: Network, pixels: Pixels) -> Floats:
    """Return the map of `figpath.reading.detect.probability`, found in overlapping tiles when the picture is large."""
    height, width = pixels.shape[:2]
    places = [(*rows, *columns) for rows in spans(height) for columns in spans(width)]
    pieces = detect.probability(network, [pixels[y0:y1, x0:x1] for y0, y1, x0, x1 in places])
    found = np.zeros((height, width), np.float32)
    for (y0, y1, x0, x1), piece in zip(places, pieces, strict=True):
        np.maximum(found[y0:y1, x0:x1], piece, out=found[y0:y1, x0:x1])
    return found


def spans(length: int) -> Iterator[tuple[int, int]]:
    """Yield overlapping stretches of about the same length that cover a side."""
    count = max(1, -(-(length - _OVERLAP) // (_TILE - _OVERLAP)))
    step = (length - _OVERLAP) / count
    for i in range(count):
        yield round(i * step), min(length, round((i + 1) * step) + _OVERLAP)
