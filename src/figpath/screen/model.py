"""The fitted weights of screening: two logistic models, one over the picture and one over the text on it.

They lie in ``data/screen_weights.npz``; ``benchmarks/training/fit_screen.py`` fits them and says on what.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray

FILE: Final = "screen_weights.npz"
CLIP: Final = 4.0  # standard deviations: no single feature decides alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Logistic:
    """A logistic model over standardised features.

    Parameters
    ----------
    centre, scale, weights
        (K,) float64: what is taken from each feature, what it is divided by, and its weight.
    constant
        Log-odds of a figure whose features are all at their centre.
    """

    centre: NDArray[np.float64]
    scale: NDArray[np.float64]
    weights: NDArray[np.float64]
    constant: float

    def log_odds(self, features: ArrayLike) -> float:
        """Return the log-odds of (K,) features."""
        standard = (np.asarray(features, np.float64) - self.centre) / self.scale
        return float(np.clip(standard, -CLIP, CLIP) @ self.weights) + self.constant


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Everything that was fitted.

    Parameters
    ----------
    picture
        Over `figpath.screen.picture.pooled`.
    text
        Over the features of text called `names`, in that order.
    names
        Features of layout and words.
    before
        Slope and constant from the log-odds of the picture to those of the figure.
    after
        Slopes of picture and text, and the constant, once the text is read.
    """

    picture: Logistic
    text: Logistic
    names: tuple[str, ...]
    before: tuple[float, float]
    after: tuple[float, float, float]

    def picture_log_odds(self, picture: float) -> float:
        """Return the log-odds of a figure from what the model of pictures says."""
        return self.before[0] * picture + self.before[1]

    def text_log_odds(self, picture: float, found: Mapping[str, float]) -> float:
        """Return the log-odds of a figure from what the model of pictures says and from features of its text."""
        text = self.text.log_odds([found.get(name, 0.0) for name in self.names])
        return self.after[0] * picture + self.after[1] * text + self.after[2]


@cache
def packaged() -> Model:
    """Return the model that comes with figpath."""
    return from_bytes(resources.files("figpath.data").joinpath(FILE).read_bytes())


def from_bytes(data: bytes) -> Model:
    """Return the model that a file holds."""
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        picture, text = (
            Logistic(
                centre=arrays[f"{part}_centre"].astype(np.float64),
                scale=arrays[f"{part}_scale"].astype(np.float64),
                weights=arrays[f"{part}_weights"].astype(np.float64),
                constant=float(arrays[f"{part}_constant"]),
            )
            for part in ("picture", "text")
        )
        slope, constant = (float(value) for value in arrays["before"])
        seen, said, rest = (float(value) for value in arrays["after"])
        names = tuple(str(name) for name in arrays["names"])
    return Model(picture=picture, text=text, names=names, before=(slope, constant), after=(seen, said, rest))


def probability(log_odds: float) -> float:
    """Return the probability of log-odds."""
    return float(1 / (1 + np.exp(-np.clip(log_odds, -30.0, 30.0))))
