"""From a start to the steady state, every member at its own pace; members that never come to rest are told apart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from figpath.mechanism.logic import drive
from figpath.mechanism.newton import finish

if TYPE_CHECKING:
    from figpath.mechanism.logic import Flags, Floats, Integers, Members, Wiring

_ROUGH = 5e-3  # largest difference between first and second order in a step, while far from rest
_TAIL = 0.2  # the same as a share of the distance to rest, when near
_LEAST_TOLERANCE = 1e-15
_TINY = 1e-300
_FIRST = 0.3
_LONGEST = 10.0  # longest step, in time constants of the slowest node
_GROWTH, _SHRINK, _CAUTION = 5.0, 0.2, 0.9
_SPARE = 0.15  # settled members are put aside once they are this share


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """Where the members went.

    Parameters
    ----------
    levels
        (nodes, members) the steady state, or for a member that did not settle its average over time.
    settled
        (members,) whether a steady state was reached.
    span
        (nodes, members) how far a node still moved while it was averaged; zero in members that settled.
    """

    levels: Floats
    settled: Flags
    span: Floats


@dataclass(slots=True, kw_only=True)
class _Walk:
    """Members on their way; columns are members, `who` says which."""

    who: Integers
    members: Members
    levels: Floats
    driven: Floats
    time: Floats
    step: Floats

    def keep(self, which: Flags) -> _Walk:
        return _Walk(
            who=self.who[which],
            members=self.members.take(which),
            levels=self.levels[:, which],
            driven=self.driven[:, which],
            time=self.time[which],
            step=self.step[which],
        )


def settle(
    wiring: Wiring, members: Members, start: Floats, *, close: float = 1e-8, patience: float = 10.0, steps: int = 2000
) -> Rest:
    """Follow the equations until every node is within `close` of what drives it.

    The second order exponential integrator (ETD2RK; Cox and Matthews 2002, J Comput Phys 176:430) follows the decay
    of each node exactly, so that slow and fast nodes cost the same; each member has a step of its own, and the error
    allowed in a step shrinks with the distance to rest, so that no unstable state is taken for rest.

    Parameters
    ----------
    wiring, members
        The equations and their parameters.
    start
        (nodes, members) levels to start from.
    close
        Largest distance between a level and its drive that counts as rest.
    patience
        Longest relative time, as a multiple of the sum of the three slowest time constants.
    steps
        Most steps of one member.

    Returns
    -------
    Rest
        Members that did not settle carry their averages over a further half of that time.
    """
    levels, settled = start.copy(), np.zeros(len(members), dtype=np.bool_)
    slowest = np.sort(members.tau, axis=0)[-3:].sum(axis=0)
    walk = _begin(wiring, members, start)
    for until in (_FIRST * patience, patience):  # Newton's method in between, for slow spirals
        walk = _walk(wiring, walk, levels, settled, close=close, until=until * slowest, steps=steps)
        if not len(walk.who):
            break
        ends, found = finish(wiring, walk.members, walk.levels, close=close)
        levels[:, walk.who] = ends
        settled[walk.who[found]] = True
        walk = walk.keep(~found)
    rest = Rest(levels=levels, settled=settled, span=np.zeros_like(levels))
    return _with_averages(wiring, members, rest, patience / 2, steps)


def _walk(
    wiring: Wiring, walk: _Walk, levels: Floats, settled: Flags, *, close: float, until: Floats, steps: int
) -> _Walk:
    """Walk until rest or until a time; write down who came to rest, and return the others."""
    for _ in range(steps):
        walk, done = _advance(wiring, walk, close=close)
        over = bool((done | (walk.time >= until[walk.who])).all())
        if over or done.mean() >= _SPARE:
            levels[:, walk.who] = walk.levels
            settled[walk.who[done]] = True
            walk = walk.keep(~done)
        if over:
            break
    return walk


def _begin(wiring: Wiring, members: Members, start: Floats) -> _Walk:
    return _Walk(
        who=np.arange(len(members)),
        members=members,
        levels=start,
        driven=drive(wiring, members, start),
        time=np.zeros(len(members)),
        step=members.tau.min(axis=0) * 0.1,
    )


def _advance(wiring: Wiring, walk: _Walk, *, close: float) -> tuple[_Walk, Flags]:
    """One step of every member; the second value tells which are at rest."""
    distance = _distance(walk)
    ratio = walk.step / walk.members.tau
    gone = -np.expm1(-ratio)
    middle = walk.levels + gone * (walk.driven - walk.levels)
    lag = 1 - gone / np.maximum(ratio, _TINY)
    correction = lag * (drive(wiring, walk.members, middle) - walk.driven)
    error = np.abs(correction).max(axis=0)
    allowed = np.maximum(np.minimum(_ROUGH, _TAIL * distance), _LEAST_TOLERANCE)
    good = error <= allowed
    with np.errstate(divide="ignore", over="ignore"):
        factor = np.clip(_CAUTION * np.sqrt(allowed / error), _SHRINK, _GROWTH)
    levels = np.where(good, middle + correction, walk.levels)
    moved = replace(
        walk,
        levels=levels,
        driven=drive(wiring, walk.members, levels),
        time=walk.time + good * walk.step,
        step=np.minimum(walk.step * factor, _LONGEST * walk.members.tau.max(axis=0)),
    )
    return moved, _distance(moved) <= close


def _distance(walk: _Walk) -> Floats:
    return np.asarray(np.abs(walk.driven - walk.levels).max(axis=0))


def _with_averages(wiring: Wiring, members: Members, rest: Rest, patience: float, steps: int) -> Rest:
    """Walk on with the members that did not settle, and give each its averages over time."""
    restless = np.flatnonzero(~rest.settled)
    if not len(restless):
        return rest
    some = members.take(restless)
    walk = _begin(wiring, some, rest.levels[:, restless])
    last = patience * np.sort(some.tau, axis=0)[-3:].sum(axis=0)
    total, low, high = np.zeros_like(walk.levels), walk.levels, walk.levels
    for _ in range(steps):
        walk.step = np.minimum(walk.step, np.maximum(last - walk.time, 0))
        before = walk
        walk, _unused = _advance(wiring, walk, close=0.0)
        total = total + (walk.time - before.time) * (walk.levels + before.levels) / 2
        low, high = np.minimum(low, walk.levels), np.maximum(high, walk.levels)
        if (walk.time >= last).all():
            break
    levels, span = rest.levels.copy(), rest.span.copy()
    levels[:, restless], span[:, restless] = total / walk.time, high - low
    return replace(rest, levels=levels, span=span)
