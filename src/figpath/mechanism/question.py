"""Block A, watch B, in numbers: what is asked of members, and how their answers are counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from figpath.mechanism.settle import settle

if TYPE_CHECKING:
    from figpath.mechanism.blocks import Blocks
    from figpath.mechanism.graph import Graph
    from figpath.mechanism.logic import Floats, Members, Wiring
    from figpath.mechanism.settle import Rest

DEAD: Final = 0.02
"""A node below this level is dead: there is nothing to lower, and what it activates it does not activate."""
SATURATED: Final = 0.95
"""A node above this level is saturated: it cannot rise, and hides what acts on it."""


_ROUGHLY, _IMPATIENT, _FEW_STEPS = 1e-4, 8.0, 200  # members that still move then count with averages


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is blocked in a graph, and how answers are counted.

    Parameters
    ----------
    graph, wiring
        The mechanism and its arrays.
    blocks
        The nodes and edges that are blocked.
    left
        What a block leaves of a node's greatest level or an edge's weight.
    threshold
        Smallest relative change that counts.
    """

    graph: Graph
    wiring: Wiring
    blocks: Blocks
    left: float
    threshold: float

    def blocked(self, members: Members) -> Members:
        """Return the members with the block in place."""
        return members.blocked(self.wiring, self.blocks.nodes, self.blocks.edges, left=self.left)

    def roughly(self, members: Members, start: Floats) -> tuple[Rest, Rest]:
        """Return the steady states without and with the block, near enough for a sign; the second after the first."""
        control = settle(self.wiring, members, start, close=_ROUGHLY, patience=_IMPATIENT, steps=_FEW_STEPS)
        blocked = self.blocked(members)
        after = settle(self.wiring, blocked, control.levels, close=_ROUGHLY, patience=_IMPATIENT, steps=_FEW_STEPS)
        return control, after


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """How many members answer, and the shares of these in which a node falls, rises and stays."""

    answering: int
    falling: float
    rising: float
    unchanged: float

    @property
    def lean(self) -> float:
        """Share falling less share rising, in [-1, 1]."""
        return self.falling - self.rising


def relative(before: Floats, after: Floats) -> Floats:
    """Return (after - before) / before, where a level below `DEAD` divides as `DEAD`."""
    return (after - before) / np.maximum(before, DEAD)


def shares(before: Floats, after: Floats, threshold: float) -> Shares:
    """Count the members whose node is alive with or without the block; all shares are 0 when there is none."""
    alive = np.maximum(before, after) >= DEAD
    change = relative(before, after)[alive]
    count = max(len(change), 1)
    falling, rising = int((change < -threshold).sum()), int((change > threshold).sum())
    return Shares(
        answering=len(change),
        falling=falling / count,
        rising=rising / count,
        unchanged=(len(change) - falling - rising) / count,
    )
