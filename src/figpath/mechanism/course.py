"""Levels over relative time, to a stated accuracy: the pair of Dormand and Prince (1980, J Comput Appl Math 6:19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from figpath.errors import EngineError
from figpath.mechanism.logic import drive

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.mechanism.logic import Floats, Members, Wiring

_STAGES = (
    (1 / 5,),
    (3 / 40, 9 / 40),
    (44 / 45, -56 / 15, 32 / 9),
    (19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729),
    (9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656),
    (35 / 384, 0.0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84),
)
_ERROR = (71 / 57600, 0.0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40)
_CAUTION, _SHRINK, _GROWTH = 0.9, 0.2, 5.0
_SHORTEST = 1e-12
_MOST_STEPS = 1_000_000


def course(
    wiring: Wiring, members: Members, start: Floats, times: Sequence[float] | Floats, *, tolerance: float = 1e-4
) -> Floats:
    """Follow the equations from time 0 and write the levels down at the times asked for.

    Parameters
    ----------
    wiring, members
        The equations and their parameters.
    start
        (nodes, members) levels at time 0.
    times
        Rising relative times, none below 0.
    tolerance
        Largest error of a level in one step; all members take the same steps.

    Returns
    -------
    ndarray
        (times, nodes, members)

    Raises
    ------
    EngineError
        When a million steps do not reach the last time.
    """
    shown = np.empty((len(times), *start.shape))
    levels, now, step = start, 0.0, 0.01 * float(members.tau.min())
    speed = _speed(wiring, members, levels)
    steps = 0
    for place, until in enumerate(times):
        while now < until:
            steps += 1
            if steps > _MOST_STEPS:
                raise EngineError(f"relative time {until:g} is not reached in a million steps; ask for a shorter time")
            last = now + step >= until
            tried = until - now if last else step
            ahead, speed_ahead, error = _try(wiring, members, levels, speed, tried)
            if error <= tolerance:
                levels, speed, now = ahead, speed_ahead, until if last else now + tried
            factor = _CAUTION * (tolerance / max(error, _SHORTEST * tolerance)) ** 0.2
            step = max(tried * min(max(factor, _SHRINK), _GROWTH), step if last and error <= tolerance else _SHORTEST)
        shown[place] = levels
    return shown


def _speed(wiring: Wiring, members: Members, levels: Floats) -> Floats:
    return (drive(wiring, members, levels) - levels) / members.tau


def _try(wiring: Wiring, members: Members, levels: Floats, speed: Floats, step: float) -> tuple[Floats, Floats, float]:
    """One step: the levels and speeds after it, and the largest error."""
    speeds = [speed]
    ahead = levels
    for stage in _STAGES:
        ahead = levels + step * sum(share * one for share, one in zip(stage, speeds, strict=True) if share)
        speeds.append(_speed(wiring, members, ahead))
    error = step * sum(share * one for share, one in zip(_ERROR, speeds, strict=True) if share)
    return ahead, speeds[-1], float(np.abs(error).max())
