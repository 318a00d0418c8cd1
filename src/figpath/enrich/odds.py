"""Odds ratios with exact intervals, by conditioning on the margins of the table, as Fisher's test does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_WIDEST = 600.0  # of a log odds ratio; beyond it there is no number
_STEPS = 100
_FEW = 100  # rows that are not worth grouping
_NEAR = 1e-10


def odds_ratios(terms: Array, hits: NDArray[np.int64], *, confidence: float = 0.95) -> tuple[Array, ...]:
    """Return the conditional maximum-likelihood odds ratio and its exact interval.

    Parameters
    ----------
    terms
        ``(m, w)``: row i, column j is log P(X = j) when the odds ratio is 1; minus infinity where that cannot be.
    hits
        ``(m,)``: what was found.
    confidence
        Probability that the interval covers; half of the rest is left out on either side.

    Returns
    -------
    tuple of ndarray
        Odds ratio, lower and upper end, ``(m,)`` each. Where everything possible was hit, the ratio and the upper
        end are infinite; where as few as possible, the ratio and the lower end are 0.

    Notes
    -----
    With odds ratio r, P(X = j) is proportional to r**j times its value at 1. The estimate is the r whose expectation
    is what was found; at the lower end as many hits or more have a probability of (1 - confidence) / 2, at the upper
    end as many or fewer. For a hypergeometric X this is R's ``fisher.test`` (Cornfield 1956).
    """
    columns = tuple(np.empty(len(hits)) for _ in range(3))
    width = np.minimum((np.isfinite(terms) * np.arange(1, terms.shape[1] + 1)).max(axis=1, initial=1), _reach(hits))
    for rows in _of_one_width(width):
        block = _block(terms[rows, : int(width[rows].max())], hits[rows], confidence)
        for column, values in zip(columns, block, strict=True):
            column[rows] = values
    return columns


def _reach(hits: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many terms count: at the upper end of the interval, more hits have a chance below 1e-12."""
    reach: NDArray[np.int64] = (hits + 10 * np.sqrt(hits + 4) + 40).astype(np.int64)
    return reach


def _of_one_width(width: NDArray[np.int64]) -> Iterator[NDArray[np.intp]]:
    """Group rows of about one width, so that few terms that cannot be are carried along."""
    step = np.floor(2 * np.log2(width)).astype(int) if len(width) > _FEW else np.zeros(len(width), int)
    for one in np.unique(step):
        yield np.flatnonzero(step == one)


def _block(terms: Array, hits: NDArray[np.int64], confidence: float) -> tuple[Array, Array, Array]:
    found = np.isfinite(terms)
    j = np.arange(terms.shape[1], dtype=np.float64)
    most = terms.shape[1] - 1 - found[:, ::-1].argmax(axis=1)
    inner, upper, lower = (hits > found.argmax(axis=1)), hits[:, None] <= j, hits[:, None] >= j
    level = np.log((1 - confidence) / 2)
    ratio, low, high = (np.zeros(len(hits)), np.zeros(len(hits)), np.full(len(hits), np.inf))
    ratio[inner & (hits == most)] = np.inf

    both = np.flatnonzero(inner & (hits < most))
    start = _roughly(terms[both], hits[both], j)
    estimate = _solved(_mean_minus(terms[both], hits[both], j), start)
    ratio[both] = np.exp(estimate)
    at = np.flatnonzero(inner)
    guess = np.zeros(len(hits))
    guess[both] = estimate
    spread = 2 / np.sqrt(np.maximum(hits, 0.5))
    low[at] = np.exp(_solved(_tail_minus(terms[at], upper[at], level, j, rising=True), (guess - spread)[at]))
    at = np.flatnonzero(hits < most)
    high[at] = np.exp(_solved(_tail_minus(terms[at], lower[at], level, j, rising=False), (guess + spread)[at]))
    return ratio, low, high


def _roughly(terms: Array, hits: NDArray[np.int64], j: Array) -> Array:
    """A first guess: how far what was found is from what was expected."""
    weights = np.exp(terms)
    expected = (weights * j).sum(axis=1) / weights.sum(axis=1)
    guess: Array = np.clip(np.log((hits + 0.1) / (expected + 0.1)), -30, 30)
    return guess


def _weights(terms: Array, theta: Array, j: Array) -> Array:
    tilted = terms + theta[:, None] * j
    weights: Array = np.exp(tilted - tilted.max(axis=1, keepdims=True))
    return weights


def _mean_minus(
    terms: Array, hits: NDArray[np.int64], j: Array
) -> Callable[[Array, NDArray[np.intp]], tuple[Array, Array]]:
    """Expectation less what was found, and its slope."""

    def value(theta: Array, at: NDArray[np.intp]) -> tuple[Array, Array]:
        weights = _weights(terms[at], theta, j)
        moments = weights @ np.stack((np.ones_like(j), j, j * j), axis=1)
        mean = moments[:, 1] / moments[:, 0]
        return mean - hits[at], moments[:, 2] / moments[:, 0] - mean**2

    return value


def _tail_minus(
    terms: Array, inside: NDArray[np.bool_], level: float, j: Array, *, rising: bool
) -> Callable[[Array, NDArray[np.intp]], tuple[Array, Array]]:
    """Log probability of the tail less the level, signed so that it rises with the odds, and its slope."""
    sign = 1.0 if rising else -1.0
    both = np.stack((np.ones_like(j), j), axis=1)

    def value(theta: Array, at: NDArray[np.intp]) -> tuple[Array, Array]:
        weights = _weights(terms[at], theta, j)
        whole, part = weights @ both, np.where(inside[at], weights, 0.0) @ both
        with np.errstate(divide="ignore", invalid="ignore"):
            height = np.log(part[:, 0] / whole[:, 0]) - level
            slope = part[:, 1] / part[:, 0] - whole[:, 1] / whole[:, 0]
        return sign * height, sign * slope

    return value


def _solved(value: Callable[[Array, NDArray[np.intp]], tuple[Array, Array]], start: Array) -> Array:
    """Find where rising functions are 0: Newton's steps, halving where they leave what is known to hold the root."""
    theta = start.copy()
    low, high = np.full(len(theta), -_WIDEST), np.full(len(theta), _WIDEST)
    left = np.arange(len(theta))
    for _ in range(_STEPS):
        height, slope = value(theta[left], left)
        here = theta[left]
        low[left] = np.where(height < 0, here, low[left])
        high[left] = np.where(height < 0, high[left], here)
        with np.errstate(divide="ignore", invalid="ignore"):
            following = here - height / slope
        middle = (low[left] + high[left]) / 2
        safe = (following >= low[left]) & (following <= high[left])
        theta[left] = np.where(safe, following, middle)
        left = left[np.abs(theta[left] - here) > _NEAR * np.maximum(np.abs(here), 1.0)]
        if not len(left):
            break
    return theta
