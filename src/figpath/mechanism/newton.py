"""The last stretch for members that spiral slowly: Newton's method, and proof that what it finds is stable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from figpath.mechanism.logic import drive

if TYPE_CHECKING:
    from figpath.mechanism.logic import Flags, Floats, Members, Wiring

_MOST_NODES = 300  # a matrix of so many rows for each member
_AT_ONCE = 400_000  # levels in one evaluation
_NUDGE = 1e-6
_FAR = 0.1
_ROUNDS = 12


def finish(wiring: Wiring, members: Members, levels: Floats, *, close: float) -> tuple[Floats, Flags]:
    """Look for a stable steady state near the present levels.

    Parameters
    ----------
    wiring, members
        The equations and their parameters.
    levels
        (nodes, members) where the members are.
    close
        Largest distance between a level and its drive that counts as rest.

    Returns
    -------
    levels, found
        The steady states; and the members of which one was found, within a tenth of where they were, and stable:
        every eigenvalue of the linearised equations has a negative real part. The others stay where they were.
    """
    found = np.zeros(len(members), dtype=np.bool_)
    if wiring.nodes > _MOST_NODES:
        return levels, found
    ends = levels.copy()
    chunk = max(1, _AT_ONCE // wiring.nodes**2)
    for first in range(0, len(members), chunk):
        part = slice(first, first + chunk)
        ends[:, part], found[part] = _search(wiring, members.take(part), levels[:, part], close)
    return np.where(found, ends, levels), found


def _search(wiring: Wiring, members: Members, start: Floats, close: float) -> tuple[Floats, Flags]:
    levels = start
    for _ in range(_ROUNDS):
        rest = drive(wiring, members, levels) - levels
        if (np.abs(rest) <= close).all():
            break
        change = _solved(slopes(wiring, members, levels) - np.eye(wiring.nodes), rest.T)
        levels = np.clip(levels - change.T, 0.0, 1.0)
    there = np.abs(drive(wiring, members, levels) - levels).max(axis=0) <= close
    near = np.abs(levels - start).max(axis=0) <= _FAR
    return levels, there & near & _stable(wiring, members, levels)


def slopes(wiring: Wiring, members: Members, levels: Floats) -> Floats:
    """Return (members, nodes, nodes): how the drive of a row's node changes with the level of a column's node."""
    count, nodes = len(members), wiring.nodes
    column = np.tile(np.arange(nodes), count)
    who = np.repeat(np.arange(count), nodes)
    nudge = np.where(levels < 0.5, _NUDGE, -_NUDGE)
    moved = levels[:, who]
    moved[column, np.arange(len(who))] += nudge[column, who]
    change = drive(wiring, members.take(who), moved) - drive(wiring, members, levels)[:, who]
    return (change / nudge[column, who]).reshape(nodes, count, nodes).transpose(1, 0, 2)


def _stable(wiring: Wiring, members: Members, levels: Floats) -> Flags:
    flow = (slopes(wiring, members, levels) - np.eye(wiring.nodes)) / members.tau.T[:, :, None]
    return np.asarray(np.linalg.eigvals(flow).real.max(axis=1) < 0)


def _solved(matrices: Floats, right: Floats) -> Floats:
    """Solve a system for each member; a member at a singular point stays where it is."""
    try:
        return np.asarray(np.linalg.solve(matrices, right[:, :, None])[:, :, 0])
    except np.linalg.LinAlgError:
        one_by_one = [_least_squares(matrix, side) for matrix, side in zip(matrices, right, strict=True)]
        return np.array(one_by_one)


def _least_squares(matrix: Floats, side: Floats) -> Floats:
    return np.asarray(np.linalg.lstsq(matrix, side, rcond=None)[0])
