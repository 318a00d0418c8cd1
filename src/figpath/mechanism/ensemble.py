"""Block A, watch B, in a thousand models of the drawn arrows: in which share B falls, by how much, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from figpath.errors import InputError
from figpath.mechanism.blocks import between, places
from figpath.mechanism.course import course
from figpath.mechanism.ensemble_answer import POINTS, Change, EnsembleAnswer
from figpath.mechanism.hinges import hinges
from figpath.mechanism.logic import wire
from figpath.mechanism.names import find_node
from figpath.mechanism.question import DEAD, SATURATED, Question, relative, shares
from figpath.mechanism.rewired import null
from figpath.mechanism.sampling import sample
from figpath.mechanism.settle import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from figpath.mechanism.ensemble_answer import Contrast
    from figpath.mechanism.graph import Graph
    from figpath.mechanism.hinges import Hinge
    from figpath.mechanism.logic import Flags, Floats, Members
    from figpath.mechanism.rewired import Null
    from figpath.mechanism.sampling import Gates

THRESHOLD: Final = 0.01
"""A relative change within this counts as none."""
WARNED: Final = 0.1
"""Share of members from which a saturated, dead or restless node is warned about."""

_CLOSE = 1e-6  # distance from rest; far below any change that counts
_MOST_WORK = 600_000  # edges times members times how often they are asked, for hinges and for networks
_LEAST_HINGE_MEMBERS = 10
_HINGE_MEMBERS, _NULL_MEMBERS, _COURSE_MEMBERS = 60, 30, 200
_COURSE_WORK = 100_000  # edges times members
_COURSE_TIMES, _COURSE_LENGTH = 61, 4.0  # the length in sums of the three slowest time constants


def ensemble(
    graph: Graph,
    *,
    block: str | Sequence[str],
    watch: str | Sequence[str],
    members: int = 1000,
    seed: int = 0,
    gates: Gates = "sampled",
    left: float = 0.0,
    contrasts: Sequence[Contrast] = (),
    find_hinges: bool = True,
    networks: int = 100,
    threshold: float = THRESHOLD,
    progress: Callable[[str, int, int], None] | None = None,
) -> EnsembleAnswer:
    """Ask many models of a mechanism what a block does.

    Parameters
    ----------
    graph
        The mechanism.
    block
        Nodes and interventions to block, by any name, and edges by id; one or several at once.
    watch
        Nodes to watch, by any name.
    members, seed, gates
        See `figpath.mechanism.sampling.sample`.
    left
        What a block leaves of a node's greatest level or an edge's weight: 0 is a knock-out.
    contrasts
        Only members that reproduce all of these count.
    find_hinges
        Whether to remove each edge between block and watch in turn.
    networks
        How many rewired networks to ask; 0 for none.
    threshold
        Smallest relative change that counts as falling or rising.
    progress
        Called with what is being done, how much of it is done, and of how much.

    Raises
    ------
    InputError
        For an unknown id, an ensemble too large, or contrasts that no member reproduces.
    """
    blocked = (block,) if isinstance(block, str) else tuple(block)
    plan = _Plan(
        watched=_watched(graph, (watch,) if isinstance(watch, str) else watch), members=members, seed=seed, gates=gates,
        contrasts=tuple(contrasts), find_hinges=find_hinges, networks=networks, told=progress or _silent,
    )  # fmt: skip
    return _answer(_question(graph, blocked, left, threshold), blocked, plan)


class _Plan(NamedTuple):
    """What is asked of an ensemble; the watched nodes by place, the others as `ensemble` takes them."""

    watched: list[int]
    members: int
    seed: int
    gates: Gates
    contrasts: tuple[Contrast, ...]
    find_hinges: bool
    networks: int
    told: Callable[[str, int, int], None]


class _Rest(NamedTuple):
    """The members that count, their (nodes, members) levels without and with the block, and which did not settle."""

    members: Members
    before: Floats
    after: Floats
    restless: Flags


def _answer(question: Question, block: tuple[str, ...], plan: _Plan) -> EnsembleAnswer:
    graph, watched = question.graph, plan.watched
    rest = _rested(question, plan)
    times, courses = _courses(question, rest.members, rest.before, watched)
    asked = _hinge_members(question, watched) if plan.find_hinges else 0
    hung = _hung(question, rest.members.take(slice(asked)), rest.before[:, :asked], watched, plan.told)
    nulls = _nulls(question, rest.members, plan)
    return EnsembleAnswer(
        graph=graph,
        block=block,
        changes=tuple(
            _change(question, rest, node, hung[at], nulls[at], courses[at]) for at, node in enumerate(watched)
        ),
        members=plan.members,
        kept=len(rest.members),
        restless=int(rest.restless.sum()),
        times=times,
        threshold=question.threshold,
        seed=plan.seed,
        gates=plan.gates,
        warnings=(
            *_warnings(question, rest.before, watched, rest.restless),
            *_limits(graph, lost=plan.find_hinges and not asked, networks=plan.networks),
        ),
    )


def _rested(question: Question, plan: _Plan) -> _Rest:
    drawn = sample(question.graph, question.wiring, members=plan.members, seed=plan.seed, gates=plan.gates)
    plan.told("members", 0, plan.members)
    control = settle(question.wiring, drawn, drawn.basal, close=_CLOSE)
    fits = _fitting(question, drawn, control.levels, plan.contrasts)
    kept, before = drawn.take(fits), control.levels[:, fits]
    after = settle(question.wiring, question.blocked(kept), before, close=_CLOSE)
    plan.told("members", plan.members, plan.members)
    return _Rest(kept, before, after.levels, ~(control.settled[fits] & after.settled))


def _question(graph: Graph, block: Sequence[str], left: float, threshold: float) -> Question:
    if not 0 <= left < 1:
        raise InputError(f"a block that leaves {left} was asked: give a number from 0 to below 1")
    if not threshold >= 0:
        raise InputError(f"threshold {threshold} is none: give 0 or more")
    return Question(graph=graph, wiring=wire(graph), blocks=places(graph, block), left=left, threshold=threshold)


def _watched(graph: Graph, watch: Sequence[str]) -> list[int]:
    if not watch:
        raise InputError("nothing is watched: name a node of the graph")
    return list(dict.fromkeys(graph.node_index(find_node(graph, name).id) for name in watch))


def _silent(_what: str, _done: int, _of: int) -> None:
    return


def _fitting(question: Question, members: Members, control: Floats, contrasts: Sequence[Contrast]) -> Flags:
    """Tell which members reproduce every contrast."""
    fits = np.ones(len(members), dtype=np.bool_)
    for one in contrasts:
        seen = _question(question.graph, one.block, 0.0, question.threshold)
        node = question.graph.node_index(find_node(question.graph, one.watch).id)
        after = settle(question.wiring, seen.blocked(members), control, close=_CLOSE).levels[node]
        change = relative(control[node], after)
        fits &= change < -question.threshold if one.direction == "falls" else change > question.threshold
    if not fits.any():
        asked = "; ".join(f"{'+'.join(one.block)} blocked, {one.watch} {one.direction}" for one in contrasts)
        raise InputError(f"none of {len(members):,} members reproduces {asked}: the graph lacks an arrow for it")
    return fits


def _courses(
    question: Question, members: Members, start: Floats, watched: Sequence[int]
) -> tuple[tuple[float, ...], list[tuple[tuple[float, ...], ...]]]:
    """Times, and for each watched node the points of its relative change at these times."""
    some = slice(max(1, min(_COURSE_MEMBERS, _COURSE_WORK // max(len(question.graph.edges), 1))))
    part, before = members.take(some), start[:, some]
    end = _COURSE_LENGTH * float(np.median(np.sort(part.tau, axis=0)[-3:].sum(axis=0)))
    times = np.linspace(0, end, _COURSE_TIMES)
    levels = course(question.wiring, question.blocked(part), before, times, tolerance=1e-3)
    points = [np.percentile(relative(before[node], levels[:, node]), POINTS, axis=1) for node in watched]
    return tuple(times.tolist()), [tuple(map(tuple, one.tolist())) for one in points]


def _hung(
    question: Question,
    members: Members,
    control: Floats,
    watched: Sequence[int],
    told: Callable[[str, int, int], None],
) -> list[tuple[Hinge, ...]]:
    if not len(members):
        return [() for _ in watched]
    return hinges(question, members, control, watched, lambda *done: told("hinges", *done))


def _hinge_members(question: Question, watched: Sequence[int]) -> int:
    """How many members are asked without each edge; 0 when the graph is too large for enough of them."""
    edges = len(between(question.graph, question.blocks, watched))
    most = _MOST_WORK // max(edges * len(question.graph.edges), 1)
    return min(_HINGE_MEMBERS, most) if most >= _LEAST_HINGE_MEMBERS else 0


def _most_networks(graph: Graph) -> int:
    return _MOST_WORK // (_NULL_MEMBERS * max(len(graph.edges), 1))


def _limits(graph: Graph, *, lost: bool, networks: int) -> tuple[str, ...]:
    """What was left out because of the size of the graph."""
    said = []
    if lost:
        said.append("too many edges lie between block and watch to remove each in turn: see the sign answer's hinges")
    if networks > _most_networks(graph):
        said.append(f"only {_most_networks(graph)} rewired networks of {networks} were asked: the graph is large")
    return tuple(said)


def _nulls(question: Question, members: Members, plan: _Plan) -> Sequence[Null | None]:
    networks = min(plan.networks, _most_networks(question.graph))
    if not networks:
        return [None] * len(plan.watched)
    few = members.take(slice(_NULL_MEMBERS))
    return null(
        question, few, plan.watched, networks=networks, seed=plan.seed, told=lambda *done: plan.told("networks", *done)
    )


def _change(
    question: Question,
    rest: _Rest,
    node: int,
    hung: tuple[Hinge, ...],
    rewired: Null | None,
    points: tuple[tuple[float, ...], ...],
) -> Change:
    before, after = rest.before[node], rest.after[node]
    found = shares(before, after, question.threshold)
    change = relative(before, after)[np.maximum(before, after) >= DEAD]
    low, middle, high = np.percentile(change, (5, 50, 95)).tolist() if len(change) else (0.0, 0.0, 0.0)
    return Change(
        node=question.graph.nodes[node].id,
        answering=found.answering,
        falling=found.falling,
        rising=found.rising,
        unchanged=found.unchanged,
        low=low,
        middle=middle,
        high=high,
        hinges=hung,
        null=rewired,
        course=points,
    )


def _warnings(question: Question, control: Floats, watched: Sequence[int], restless: Flags) -> tuple[str, ...]:
    nodes = question.graph.nodes
    said = []
    for node in dict.fromkeys((*question.blocks.nodes, *watched)):
        dead, full = float((control[node] < DEAD).mean()), float((control[node] > SATURATED).mean())
        what = "watched" if node in watched else "blocked"
        if dead >= WARNED:
            said.append(f"the {what} {nodes[node].id} is dead (below {DEAD}) before the block in {dead:.0%} of members")
        if full >= WARNED:
            said.append(f"the {what} {nodes[node].id} is saturated (above {SATURATED}) in {full:.0%} of members")
    if restless.any():
        said.append(f"{int(restless.sum()):,} of {len(restless):,} members did not settle; their averages count")
    return tuple(said)
