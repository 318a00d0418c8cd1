"""How a picture looks at a glance: a thumbnail, and a hash that is nearly the same for the same picture."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from figpath.figure import Pixels

THUMBNAIL_SIDE: Final = 320
"""Pixels of the longer side."""

_COLUMNS, _ROWS = 9, 8
_LEAST_BITS = 8  # a hash with fewer set bits is that of a nearly blank picture, alike to all others


def dhash(pixels: Pixels) -> int | None:
    """Return the difference hash of a picture: for each of 8 x 8 places, whether it gets darker to the right.

    Parameters
    ----------
    pixels
        ``(H, W, 3)`` uint8 RGB.

    Returns
    -------
    int or None
        64 bits, row by row, the highest first; None for a picture too plain to be told from others by it.

    Notes
    -----
    Krawetz, "Kind of like that" (2013).
    """
    grey = Image.fromarray(pixels).convert("L").resize((_COLUMNS, _ROWS), Image.Resampling.BOX)
    values = np.asarray(grey)
    bits = values[:, :-1] > values[:, 1:]
    if bits.sum() < _LEAST_BITS:
        return None
    return int.from_bytes(np.packbits(bits).tobytes(), "big")


def thumbnail(pixels: Pixels) -> bytes:
    """Return a small JPEG of a picture: its longer side has at most `THUMBNAIL_SIDE` pixels."""
    image = Image.fromarray(pixels)
    image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.BOX)
    stream = io.BytesIO()
    image.save(stream, format="JPEG", quality=80, optimize=True)
    return stream.getvalue()
