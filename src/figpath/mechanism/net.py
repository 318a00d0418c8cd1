"""A graph as integers for searching: steps between nodes, what reaches what, strong components and their balance."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from figpath.mechanism.graph import LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from figpath.mechanism.graph import Edge, Graph


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Step:
    """All edges of one sign from one node to another: a path takes them as one.

    Parameters
    ----------
    source, target
        Places of the nodes in the graph.
    sign
        1 or -1.
    edges
        The edges, best supported first.
    """

    source: int
    target: int
    sign: int
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Net:
    """The steps of a graph by the node that they leave, and by the node that they enter."""

    leaving: tuple[tuple[Step, ...], ...]
    entering: tuple[tuple[Step, ...], ...]


def net_of(graph: Graph, edges: Iterable[Edge]) -> Net:
    """Return the net of some edges of a graph."""
    leaving: list[list[Step]] = [[] for _ in graph.nodes]
    entering: list[list[Step]] = [[] for _ in graph.nodes]
    for step in steps_of(graph, edges):
        leaving[step.source].append(step)
        entering[step.target].append(step)
    return Net(leaving=tuple(map(tuple, leaving)), entering=tuple(map(tuple, entering)))


def steps_of(graph: Graph, edges: Iterable[Edge]) -> list[Step]:
    """Return edges gathered into steps, in order of first appearance."""
    together: dict[tuple[str, str, int], list[Edge]] = {}
    for edge in edges:
        together.setdefault((edge.source, edge.target, int(edge.sign)), []).append(edge)
    return [
        Step(
            source=graph.node_index(source),
            target=graph.node_index(target),
            sign=sign,
            edges=tuple(sorted(found, key=lambda edge: LEVELS.index(edge.level))),
        )
        for (source, target, sign), found in together.items()
    ]


def between(net: Net, start: int, end: int, allowed: Collection[int]) -> set[int]:
    """Return the nodes on walks from start to end that neither return to start nor go on from end."""
    forth = _reached(start, end, allowed, lambda node: (step.target for step in net.leaving[node]))
    if end not in forth:
        return set()
    return forth & _reached(end, start, allowed, lambda node: (step.source for step in net.entering[node]))


def _reached(start: int, stop: int, allowed: Collection[int], nexts: Callable[[int], Iterable[int]]) -> set[int]:
    seen, todo = {start}, [start]
    while todo:
        node = todo.pop()
        if node != stop or node == start:
            new = [other for other in nexts(node) if other in allowed and other not in seen]
            seen.update(new)
            todo.extend(new)
    return seen


def passable(net: Net, nodes: Collection[int], start: int, end: int) -> set[int]:
    """Return the nodes, of those that `between` gives, that a simple path may pass.

    What can be entered only through a node that it can also be left only through, such as a loop that hangs at one
    node, is on no simple path. Sets of dominators are bit masks, found by iteration (Allen and Cocke 1972).
    """
    place = {node: 1 << number for number, node in enumerate(nodes)}
    before = {node: [s.source for s in net.entering[node] if s.source in place and s.source != end] for node in place}
    after = {node: [s.target for s in net.leaving[node] if s.target in place and s.target != start] for node in place}
    entered, left = _dominators(place, before, start), _dominators(place, after, end)
    return {node for node in place if entered[node] & left[node] == place[node]}


def _dominators(place: Mapping[int, int], before: Mapping[int, list[int]], root: int) -> dict[int, int]:
    """Return for each node the set of nodes that every walk from the root to it passes, itself among them."""
    every = (1 << len(place)) - 1
    found = dict.fromkeys(place, every) | {root: place[root]}
    changed = True
    while changed:
        changed = False
        for node, bit in place.items():
            if node != root:
                shared = every
                for other in before[node]:
                    shared &= found[other]
                if shared | bit != found[node]:
                    found[node] = shared | bit
                    changed = True
    return found


def distances(net: Net, end: int) -> dict[tuple[int, int], int]:
    """Return the fewest steps from each node to end on walks of each sign; a pair that is absent has no walk.

    Walks do not go on from end. The fewest steps of a walk are never more than those of a simple path.
    """
    found = {(end, 1): 0}
    queue = deque(found)
    while queue:
        node, sign = queue.popleft()
        for step in net.entering[node]:
            before = (step.source, sign * step.sign)
            if before not in found and step.source != end:
                found[before] = found[node, sign] + 1
                queue.append(before)
    return found


def components(net: Net, nodes: Collection[int], start: int, end: int) -> list[list[int]]:
    """Return the strong components among nodes, in the order in which walks from start to end pass them.

    Steps into start and out of end do not count. Tarjan (1972), without recursion.
    """
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    found: list[list[int]] = []

    def nexts(node: int) -> Iterator[int]:
        steps = () if node == end else net.leaving[node]
        return iter([step.target for step in steps if step.target in nodes and step.target != start])

    def open_node(node: int) -> None:
        order[node] = low[node] = len(order)
        stack.append(node)
        on_stack.add(node)
        trail.append((node, nexts(node)))

    trail: list[tuple[int, Iterator[int]]] = []
    open_node(start)
    while trail:
        node, following = trail[-1]
        other = next(following, None)
        if other is None:
            trail.pop()
            if trail:
                low[trail[-1][0]] = min(low[trail[-1][0]], low[node])
            if low[node] == order[node]:
                place = stack.index(node)
                found.append(stack[place:])
                on_stack.difference_update(stack[place:])
                del stack[place:]
        elif other not in order:
            open_node(other)
        elif other in on_stack:
            low[node] = min(low[node], order[other])
    return found[::-1]


def sides(net: Net, component: Collection[int]) -> dict[int, int] | None:
    """Return the side, 1 or -1, of each node of a strong component that has no negative loop; None if it has one.

    A step of sign + joins nodes of one side, a step of sign - nodes of both (Harary 1953), so that every walk
    between two nodes of the component has the product of their sides as its sign.
    """
    nodes = set(component)
    first = next(iter(component))
    side = {first: 1}
    todo = [first]
    while todo:
        node = todo.pop()
        for step in net.leaving[node]:
            if step.target in nodes:
                expected = side[node] * step.sign
                if step.target not in side:
                    side[step.target] = expected
                    todo.append(step.target)
                elif side[step.target] != expected:
                    return None
    return side
