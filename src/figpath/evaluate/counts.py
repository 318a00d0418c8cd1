"""Precision, recall and F1 from counts: (..., 4) arrays of found, wanted, right, given.

found
    Names of the truth that were found.
wanted
    Names of the truth.
right
    Given names that the truth has.
given
    Names that were given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from figpath.evaluate.bootstrap import divided

if TYPE_CHECKING:
    from figpath.evaluate.bootstrap import Floats


def precision(counts: Floats) -> Floats:
    """Return the share of given names that are right; where none is given 1 if none was wanted, else 0."""
    return divided(counts[..., 2], counts[..., 3], otherwise=np.where(counts[..., 1] > 0, 0.0, 1.0))


def recall(counts: Floats) -> Floats:
    """Return the share of wanted names that were found; 1 where none was wanted."""
    return divided(counts[..., 0], counts[..., 1], otherwise=1.0)


def f1(counts: Floats) -> Floats:
    """Return the harmonic mean of precision and recall; 0 where both are 0."""
    part, whole = precision(counts), recall(counts)
    return divided(2 * part * whole, part + whole, otherwise=0.0)
