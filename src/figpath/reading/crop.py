"""Text lines cut out of a picture, level and at the height that the recogniser takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from figpath.reading import geometry

if TYPE_CHECKING:
    from figpath.figure import Pixels
    from figpath.reading.geometry import Quad

HEIGHT = 48
"""Height of the recogniser's input in pixels."""

_LONGEST = 40.0  # lines longer than this many heights are squeezed


def cut(pixels: Pixels, quad: Quad, *, stretch: float = 1.0, interpolation: int = cv2.INTER_LINEAR) -> Pixels:
    """Cut a quad out of a picture, turned level.

    Parameters
    ----------
    pixels
        (H, W, 3) uint8 RGB.
    quad
        Where the text stands.
    stretch
        How much the text is widened.
    interpolation
        How the pixels between are found when the text is enlarged.

    Returns
    -------
    ndarray
        (48, W', 3) uint8 RGB; W' keeps the proportions of the quad, times `stretch`. Beyond the picture
        its edge goes on.
    """
    length, height = (max(1.0, side) for side in geometry.size(quad))
    width = max(4, round(HEIGHT * stretch * min(length / height, _LONGEST)))
    pixels, quad = _window(pixels, quad, HEIGHT / height)
    goal = np.array([[0, 0], [width, 0], [width, HEIGHT]], np.float32) - 0.5
    turn = cv2.getAffineTransform((quad[:3] - 0.5).astype(np.float32), goal)
    level = cv2.warpAffine(pixels, turn, (width, HEIGHT), flags=interpolation, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(level, np.uint8)


def _window(pixels: Pixels, quad: Quad, scale: float) -> tuple[Pixels, Quad]:
    """The part of the picture around a quad, shrunk by averaging when the text is larger than wanted."""
    height, width = pixels.shape[:2]
    low = np.floor(quad.min(axis=0)).astype(int) - 2
    high = np.ceil(quad.max(axis=0)).astype(int) + 2
    x0, y0 = (int(v) for v in np.clip(low, 0, (width - 1, height - 1)))
    x1, y1 = (int(v) for v in np.clip(high, (x0 + 1, y0 + 1), (width, height)))
    window, moved = pixels[y0:y1, x0:x1], quad - np.array([x0, y0], np.float32)
    if scale >= 1:
        return window, moved
    small = (max(1, round((x1 - x0) * scale)), max(1, round((y1 - y0) * scale)))
    ratio = np.array([small[0] / (x1 - x0), small[1] / (y1 - y0)], np.float32)
    return np.asarray(cv2.resize(window, small, interpolation=cv2.INTER_AREA), np.uint8), moved * ratio
