"""Where text stands: the detection network, and rectangles from the map that it answers with.

The network is a DB detector (Liao et al. 2020, "Real-time scene text detection with differentiable
binarization"): it gives for each pixel the probability that it belongs to the shrunken core of a text line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from figpath.reading import geometry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from figpath.figure import Pixels
    from figpath.reading.geometry import Quad
    from figpath.reading.network import Floats, Network

_STRIDE = 32  # the network halves its input five times
_SNAP = 4.0  # degrees: text that slopes less is taken for level
_BLOB = 2.0  # cores less elongated than this say nothing about their slope


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Where the map of probabilities is cut into text lines.

    Parameters
    ----------
    pixel
        Probability from which a pixel belongs to a core.
    region
        Mean probability from which a core is text.
    ends, sides
        How far a core is grown back to the line, along it and across: area / perimeter times this.
    smallest
        Cores thinner than this many pixels of the map are noise.
    """

    pixel: float = 0.3
    region: float = 0.5
    ends: float = 1.2
    sides: float = 1.0
    smallest: float = 2.0


def probability(network: Network, pieces: Sequence[Pixels]) -> list[Floats]:
    """Return how likely each pixel belongs to the core of a text line.

    Parameters
    ----------
    network
        The detection network.
    pieces
        Each (H, W, 3) uint8 RGB.

    Returns
    -------
    list of ndarray
        For each piece (H, W) float32 in [0, 1].
    """
    found = network([batch(piece) for piece in pieces])
    return [map_[0, 0, : piece.shape[0], : piece.shape[1]] for map_, piece in zip(found, pieces, strict=True)]


def batch(pixels: Pixels) -> Floats:
    """Return a picture as the network takes it.

    Parameters
    ----------
    pixels
        (H, W, 3) uint8 RGB.

    Returns
    -------
    ndarray
        (1, 3, H', W') float32 in [-1, 1], BGR as the network was trained, its sides multiples of 32.
    """
    height, width = pixels.shape[:2]
    padded = cv2.copyMakeBorder(pixels, 0, -height % _STRIDE, 0, -width % _STRIDE, cv2.BORDER_REPLICATE)
    blob = cv2.dnn.blobFromImage(padded, 1 / 127.5, mean=(127.5, 127.5, 127.5), swapRB=True)
    return np.asarray(blob, np.float32)


def regions(found: Floats, cut: Cut) -> tuple[list[Quad], list[float]]:
    """Cut a map of probabilities into rectangles of text.

    Parameters
    ----------
    found
        (H, W) float32, see `probability`.
    cut
        The thresholds.

    Returns
    -------
    quads
        In pixels of the map; text that runs up or down is a quad higher than long.
    scores
        Mean probability of each core, in [0, 1].
    """
    mask = cv2.dilate((found > cut.pixel).astype(np.uint8), np.ones((2, 2), np.uint8))
    quads, scores = [], []
    for outline in cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        contour = np.asarray(outline, np.int32)
        score = _mean(found, contour, cut.pixel)
        core = _core(contour)
        if score >= cut.region and min(geometry.size(core)) >= cut.smallest:
            quads.append(_unclip(core, cut))
            scores.append(score)
    return quads, scores


def _mean(found: Floats, contour: NDArray[np.int32], least: float) -> float:
    """Return the mean probability inside a contour, of the pixels above the least."""
    x, y, width, height = cv2.boundingRect(contour)
    inside = np.zeros((height, width), np.uint8)
    cv2.drawContours(inside, [contour], -1, 1, cv2.FILLED, offset=(-x, -y))
    window = found[y : y + height, x : x + width]
    values = window[(inside > 0) & (window > least)]
    return float(values.mean()) if values.size else 0.0


def _core(contour: NDArray[np.int32]) -> Quad:
    """The rectangle around a core: level unless its slope is plain."""
    (x, y), (width, height), degrees = cv2.minAreaRect(contour)
    width, height = width + 1, height + 1  # a contour runs through the middles of its pixels
    quarters = round(degrees / 90)  # releases of OpenCV differ in which side they call the width
    degrees -= 90 * quarters
    if quarters % 2:
        width, height = height, width
    if abs(degrees) < _SNAP or max(width, height) < _BLOB * min(width, height):
        x0, y0, w, h = cv2.boundingRect(contour)
        return geometry.upright(x0, y0, x0 + w, y0 + h)
    return geometry.rectangle((x + 0.5, y + 0.5), (width, height), -degrees)


def _unclip(core: Quad, cut: Cut) -> Quad:
    """A core grown back to the text line that it is the core of."""
    length, height = geometry.size(core)
    distance = length * height / (2 * (length + height))
    return geometry.grow(core, distance * cut.ends, distance * cut.sides)
