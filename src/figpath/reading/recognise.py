"""What a text line says, as the recognition network sees it: probabilities of characters along the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from figpath.reading.crop import HEIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from figpath.figure import Pixels
    from figpath.reading.network import Floats, Network

STEP = 8
"""Pixels of the input along the line that one step of the output stands for."""

_BUCKET = 32  # widths are rounded up, so that the engine meets few shapes
_BATCH = 1536  # pixels along the line in one call


def recognise(network: Network, crops: Sequence[Pixels]) -> list[Floats]:
    """Return the probabilities of the characters along each line.

    Parameters
    ----------
    network
        The recognition network.
    crops
        Each (48, W, 3) uint8 RGB, see `figpath.reading.crop.cut`.

    Returns
    -------
    list of ndarray
        For each crop (T, C) float32: T steps of 8 pixels, C classes of the alphabet.
    """
    answers: list[Floats] = [np.empty((0, 0), np.float32)] * len(crops)
    groups = list(_groups([crop.shape[1] for crop in crops]))
    outputs = network([_batch([crops[i] for i in members], width) for members, width in groups])
    for (members, _), output in zip(groups, outputs, strict=True):
        for row, i in enumerate(members):
            answers[i] = output[row, : -(-crops[i].shape[1] // STEP)]
    return answers


def _groups(widths: Sequence[int]) -> Iterator[tuple[list[int], int]]:
    """Group the crops of about the same width, the widest first: (their indices, the common width)."""
    members: list[int] = []
    common = 0
    for i in sorted(range(len(widths)), key=lambda i: (-widths[i], i)):
        width = -(-widths[i] // _BUCKET) * _BUCKET
        if members and (width != common or len(members) * width >= _BATCH):
            yield members, common
            members = []
        members, common = [*members, i], width
    if members:
        yield members, common


def _batch(crops: Sequence[Pixels], width: int) -> Floats:
    """(N, 3, 48, width) float32 in [-1, 1], BGR as the network was trained; grey to the right of short crops."""
    batch = np.zeros((len(crops), 3, HEIGHT, width), np.float32)
    for row, crop in zip(batch, crops, strict=True):
        row[:, :, : crop.shape[1]] = crop.transpose(2, 0, 1)[::-1]
        row[:, :, : crop.shape[1]] /= 127.5
        row[:, :, : crop.shape[1]] -= 1
    return batch
