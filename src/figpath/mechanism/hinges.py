"""The arrows on which an answer hangs: each one between block and watch is removed in turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from figpath.mechanism.blocks import between
from figpath.mechanism.question import shares

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from figpath.mechanism.logic import Floats, Members
    from figpath.mechanism.question import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Hinge:
    """An edge, and what the answer would be without it.

    Parameters
    ----------
    edge
        Id of the edge.
    falling, rising
        Shares of members in which the watched node falls and rises once the edge is gone.
    shift
        What its removal adds to (share falling - share rising), in [-2, 2].
    """

    edge: str
    falling: float
    rising: float
    shift: float


def hinges(
    question: Question, members: Members, control: Floats, watched: Sequence[int], told: Callable[[int, int], None]
) -> list[tuple[Hinge, ...]]:
    """Remove every edge between block and watch, one at a time, in the same members.

    Parameters
    ----------
    question
        What is blocked.
    members, control
        The members, and their (nodes, members) steady states with every edge, from which they start.
    watched
        Places of the watched nodes.
    told
        Called with how many edges are done, and of how many.

    Returns
    -------
    list of tuple of Hinge
        For each watched node, the edges that shift its answer most first; an edge that shifts nothing is left out.
    """
    edges = between(question.graph, question.blocks, watched)
    full = _answers(question, members, control, watched)
    found: list[list[Hinge]] = [[] for _ in watched]
    for count, edge in enumerate(edges, 1):
        without = members.blocked(question.wiring, (), (edge,))
        for place, (now, then) in enumerate(zip(_answers(question, without, control, watched), full, strict=True)):
            if shift := now[0] - now[1] - then[0] + then[1]:
                id_ = question.graph.edges[edge].id
                found[place].append(Hinge(edge=id_, falling=now[0], rising=now[1], shift=shift))
        told(count, len(edges))
    return [tuple(sorted(some, key=lambda hinge: -abs(hinge.shift))) for some in found]


def _answers(question: Question, members: Members, start: Floats, watched: Sequence[int]) -> list[tuple[float, float]]:
    """Shares of all members, dead ones too: an edge whose loss kills the node is a hinge."""
    before, after = question.roughly(members, start)
    answers = []
    for node in watched:
        found = shares(before.levels[node], after.levels[node], question.threshold)
        share = found.answering / len(members)
        answers.append((found.falling * share, found.rising * share))
    return answers
