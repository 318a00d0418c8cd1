"""Simple paths in a signed graph: listing them shortest first, and deciding exactly which signs they can have."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, TypeAlias

from figpath.mechanism.net import between, components, passable, sides

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from figpath.mechanism.net import Net, Step

Trail: TypeAlias = "tuple[Step, ...]"
Signs: TypeAlias = "dict[int, Trail | None]"
"""The signs that simple paths have, each with a path that shows it; None where the search ended before it knew."""

_DEEPEST = 80  # nodes taken out one after another, far below Python's own limit on recursion


@dataclass(slots=True)
class Effort:
    """How many steps a search may still look at; below zero it has to end with what it knows."""

    left: int

    def spend(self, steps: int) -> bool:
        """Take steps off what is left, and tell whether the search may go on."""
        self.left -= steps
        return self.left >= 0


def shortest_first(
    net: Net, start: int, end: int, sign: int, *, to_go: Mapping[tuple[int, int], int], most: int, effort: Effort
) -> tuple[list[Trail], bool]:
    """Return simple paths of one sign, fewest steps first, and whether these are all.

    Best-first search (Hart 1968): the fewest steps that a walk of the wanted sign still needs, which
    `net.distances` gives, is never more than what a path needs.
    """
    if (start, sign) not in to_go:
        return [], True
    found: list[Trail] = []
    ticket = count()
    heap: list[tuple[int, int, int, int, Trail, frozenset[int]]] = [
        (to_go[start, sign], next(ticket), start, sign, (), frozenset([start]))
    ]
    while heap:
        _, _, node, needed, trail, passed = heapq.heappop(heap)
        if node == end:
            found.append(trail)
            if len(found) == most:
                return found, not heap
            continue
        if not effort.spend(1 + len(net.leaving[node])):
            return found, False
        for step in net.leaving[node]:
            rest = (step.target, needed * step.sign)
            if rest in to_go and step.target not in passed:
                longer = (*trail, step)
                heapq.heappush(heap, (len(longer) + to_go[rest], next(ticket), *rest, longer, passed | {step.target}))
    return found, True


def signs_of(net: Net, start: int, end: int, *, allowed: Collection[int], effort: Effort, depth: int = 0) -> Signs:
    """Return the signs that simple paths from start to end have, exactly as long as the effort lasts.

    Whether a path of a given sign exists is NP-complete for graphs in general (LaPaugh and Papadimitriou 1984) and
    easy for those that are drawn: a simple path passes the strong components in order, each once, and in a
    component without a negative loop every walk between two nodes has one sign. Loops that hang at one node are cut
    off first. Only components that still have a negative loop are searched: a node is taken out where the path
    enters, which breaks them up further.
    """
    if start == end:
        return {1: ()}
    nodes = between(net, start, end, allowed)
    if not nodes:
        return {}
    if not effort.spend(len(nodes) + sum(len(net.leaving[node]) for node in nodes)) or depth > _DEEPEST:
        return dict.fromkeys((1, -1))
    nodes = passable(net, nodes, start, end)
    arriving: dict[int, Signs] = {start: {1: ()}}
    for component in components(net, nodes, start, end):
        inside = _through(net, component, arriving, effort, depth)
        if end in inside:
            return inside[end]
        members = set(component)
        for node, signs in inside.items():
            for step in net.leaving[node]:
                if step.target in nodes and step.target not in members and step.target != start:
                    _merge(arriving.setdefault(step.target, {}), _followed(signs, (step,)))
    return {}


def _through(
    net: Net, component: Sequence[int], arriving: Mapping[int, Signs], effort: Effort, depth: int
) -> dict[int, Signs]:
    """Return the signs with which simple paths leave a component at each of its nodes."""
    if len(component) == 1:
        return {node: arriving[node] for node in component if node in arriving}
    members = set(component)
    entries = [node for node in component if node in arriving]
    exits = [node for node in component if any(step.target not in members for step in net.leaving[node])]
    leaving: dict[int, Signs] = {}
    side = sides(net, component)
    for entry in entries:
        for leave in exits:
            if side is None:
                inner = _searched(net, entry, leave, members, effort, depth)
            else:
                inner = {side[entry] * side[leave]: _any_path(net, entry, leave, members)}
            for trail in inner.items():
                _merge(leaving.setdefault(leave, {}), _joined(arriving[entry], trail))
    return leaving


def _searched(net: Net, entry: int, leave: int, members: set[int], effort: Effort, depth: int) -> Signs:
    """Return the signs of simple paths inside a component with a negative loop: take its entry out and look again."""
    if entry == leave:
        return {1: ()}
    found: Signs = {}
    rest = members - {entry}
    for step in net.leaving[entry]:
        if step.target in rest:
            later = signs_of(net, step.target, leave, allowed=rest, effort=effort, depth=depth + 1)
            _merge(found, {step.sign * sign: None if t is None else (step, *t) for sign, t in later.items()})
            if found.get(1) is not None and found.get(-1) is not None:
                break
    return found


def _any_path(net: Net, start: int, end: int, nodes: set[int]) -> Trail:
    """Return a shortest path between two nodes of a strong component."""
    came: dict[int, Step | None] = {start: None}
    queue = [start]
    for node in queue:
        for step in net.leaving[node]:
            if step.target in nodes and step.target not in came:
                came[step.target] = step
                queue.append(step.target)
    trail: list[Step] = []
    last = came[end]
    while last is not None:
        trail.append(last)
        last = came[last.source]
    return tuple(trail[::-1])


def _joined(before: Signs, inner: tuple[int, Trail | None]) -> Signs:
    sign, trail = inner
    if trail is None:
        return {sign * other: None for other in before}
    return {sign * other: None if first is None else (*first, *trail) for other, first in before.items()}


def _followed(signs: Signs, trail: Trail) -> Signs:
    return _joined(signs, (trail[0].sign, trail))


def _merge(into: Signs, new: Signs) -> None:
    """Add signs to those that are known; a path that shows a sign is better than none, a shorter one better still."""
    for sign, trail in new.items():
        old = into.get(sign)
        if sign not in into or (trail is not None and (old is None or len(trail) < len(old))):
            into[sign] = trail
