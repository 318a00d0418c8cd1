"""What a picture looks like, in numbers: what the inner layers of the text detector answer, pooled over the picture.

The detector was trained to find text, and its inner layers know lines, letters, frames, photographs and empty paper.
How strongly each of their channels answers, and how much that varies over the picture, tells a drawing with
scattered labels from a plot, a blot or a table. The network runs on a small copy, and only up to its last inner layer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from figpath.errors import InputError
from figpath.reading import detect, network, weights

if TYPE_CHECKING:
    from figpath.figure import Pixels
    from figpath.reading.network import EngineName, Floats, Layers

_LAYERS: Final = ("p2o.pd_op.add.27.0", "p2o.pd_op.add.50.0", "p2o.pd_op.add.63.0")  # at 1/8, 1/16, 1/32 of the size
_AREA: Final = 150_000  # pixels of the small copy: so that every picture costs the same
_LONGEST, _SHORTEST = 1024, 16  # pixels of its sides


def load(engine: EngineName) -> Layers:
    """Load the detector up to its inner layers, on one thread: the same numbers whatever the number of processors.

    Raises
    ------
    EngineError
        When it cannot be loaded.
    """
    return network.engine(engine).load_layers(weights.find().detector, _LAYERS, threads=1)


def pooled(layers: Layers, pixels: Pixels) -> Floats:
    """Return mean and standard deviation of every channel of the inner layers.

    Parameters
    ----------
    layers
        See `load`.
    pixels
        (H, W, 3) uint8 RGB.

    Returns
    -------
    ndarray
        (K,) float32; both engines give the same to about 1e-5.

    Raises
    ------
    InputError
        When the array has another shape or type.
    """
    _check(pixels)
    found = layers(detect.batch(small(pixels)))
    return np.concatenate([part for map_ in found for part in (map_[0].mean((1, 2)), map_[0].std((1, 2)))])


def small(pixels: Pixels) -> Pixels:
    """Return a copy of the picture of `_AREA` pixels, of the same proportions as far as its sides allow."""
    height, width = pixels.shape[:2]
    factor = min((_AREA / (height * width)) ** 0.5, _LONGEST / max(height, width))
    size = tuple(max(_SHORTEST, round(side * factor)) for side in (width, height))
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(pixels, size, interpolation=how), np.uint8)


def _check(pixels: Pixels) -> None:
    shape: tuple[int, ...] = getattr(pixels, "shape", ())
    kind = getattr(pixels, "dtype", None)
    if len(shape) != 3 or shape[2] != 3 or 0 in shape or kind != np.uint8:
        raise InputError(f"a picture is an (H, W, 3) uint8 RGB array, got shape {shape} of {kind}")
