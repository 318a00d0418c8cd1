"""The sign answer: what a block does to a node, along which paths. Exact, without parameters.

What is blocked is held at nothing, what is raised higher than it is. Its effect on the watched node is carried by the
simple paths from what is blocked to what is watched; each lowers or raises it according to the product of its signs.
When all agree, so does the answer: at a stable steady state, the response to a small block is a sum over these paths,
each weighted by the feedback among the nodes that it does not pass (Mason 1956; Levins 1974), and feedback that is
stable by itself leaves these weights positive. Loops therefore change the size of an answer; they are reported, and
do not change its sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from figpath.mechanism.net import Net, distances, net_of, steps_of
from figpath.mechanism.paths import distinct_loops, path_of
from figpath.mechanism.simple_paths import Effort, shortest_first, signs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from figpath.mechanism.graph import Edge, Graph
    from figpath.mechanism.names import Block
    from figpath.mechanism.paths import Path
    from figpath.mechanism.simple_paths import Trail

_ToGo: TypeAlias = "Mapping[tuple[int, int], int]"
LISTED: Final = 100
"""Paths of each sign that are listed at most."""
_LISTING, _DECIDING, _LOOPING = 20_000, 150_000, 20_000  # steps that a search looks at, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The paths by which a block moves a node one way.

    Parameters
    ----------
    paths
        Fewest steps first.
    complete
        Whether these are all.
    possible
        True when there is such a path, False when there is none, None when the search ended before it knew.
    """

    paths: tuple[Path, ...] = ()
    complete: bool = True
    possible: bool | None = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is blocked and watched, ready to be searched.

    Parameters
    ----------
    net
        The steps that can carry a change; none enters a blocked node.
    starts
        The blocked step when an edge is blocked, the node to go on from, and the sign of the paths from there by which
        the watched node falls: 1 of what is blocked, -1 of what is raised.
    end
        The watched node.
    """

    net: Net
    starts: tuple[tuple[Trail, int, int], ...]
    end: int


def question_of(graph: Graph, block: Block, watched: str) -> Question:
    """Return the question what a block does to a node that is neither blocked nor raised itself."""
    ways = {**dict.fromkeys(block.nodes, 1), **dict.fromkeys(block.raised, -1)}
    held = {graph.node_index(id_): way for id_, way in ways.items()}
    carrying = [edge for edge in _carrying(graph, block) if edge.source != edge.target]
    cut = [edge for edge in carrying if edge.id in block.edges]
    return Question(
        net=net_of(graph, (edge for edge in carrying if edge.id not in block.edges)),
        starts=(
            *(((), node, held[node]) for node in sorted(held)),
            *(((step,), step.target, step.sign) for step in steps_of(graph, cut)),
        ),
        end=graph.node_index(watched),
    )


def sides(question: Question, *, most: int = LISTED) -> tuple[Side, Side]:
    """Return how a block lowers and how it raises a node, with so many paths of each at most."""
    to_go = distances(question.net, question.end)
    return _side(question, 1, to_go, most), _side(question, -1, to_go, most)


def feedback(graph: Graph, block: Block, nodes: Iterable[str]) -> tuple[Path, ...]:
    """Return feedback loops that are still closed under a block: the shortest of each sign through each node.

    They are looked for as long as the effort lasts, in the order of the nodes.
    """
    net = net_of(graph, (edge for edge in _carrying(graph, block) if edge.id not in block.edges))
    effort = Effort(_LOOPING)
    found: list[Trail] = []
    for node in map(graph.node_index, nodes):
        to_go = distances(net, node)
        if not effort.spend(len(to_go)):
            break
        for sign in (1, -1):
            loops = [
                (step, *trail)
                for step in net.leaving[node]
                for trail in _back(net, step.target, node, sign * step.sign, to_go, effort)
            ]
            found += sorted(loops, key=len)[:1]
    return distinct_loops(map(path_of, found))


def _back(net: Net, start: int, end: int, sign: int, to_go: _ToGo, effort: Effort) -> list[Trail]:
    if start == end:
        return [()] if sign == 1 else []
    return shortest_first(net, start, end, sign, to_go=to_go, most=1, effort=effort)[0]


def _side(question: Question, sign: int, to_go: _ToGo, most: int) -> Side:
    """Gather the paths whose signs multiply to `sign`: those of +1 let the watched node fall."""
    effort = Effort(_LISTING)
    found = [_from(question, first, start, sign * way, to_go, most, effort) for first, start, way in question.starts]
    trails = sorted((trail for some in found for trail in some.trails), key=len)
    unsure = any(some.possible is None for some in found)
    return Side(
        paths=tuple(map(path_of, trails[:most])),
        complete=len(trails) <= most and all(some.complete for some in found),
        possible=True if trails else None if unsure else False,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    trails: list[Trail]
    complete: bool
    possible: bool | None


def _from(question: Question, first: Trail, start: int, wanted: int, to_go: _ToGo, most: int, effort: Effort) -> _Found:
    """Find the paths of one sign from one place that is held; when listing finds none in time, decide."""
    net, end = question.net, question.end
    if start == end:
        return _Found(trails=[first] if wanted == 1 else [], complete=True, possible=wanted == 1)
    trails, complete = shortest_first(net, start, end, wanted, to_go=to_go, most=most, effort=effort)
    if trails or complete:
        return _Found(trails=[(*first, *trail) for trail in trails], complete=complete, possible=bool(trails))
    signs = signs_of(net, start, end, allowed=range(len(net.leaving)), effort=Effort(_DECIDING))
    witness = signs.get(wanted)
    shown = [] if witness is None else [(*first, *witness)]
    possible = (True if shown else None) if wanted in signs else False
    return _Found(trails=shown, complete=possible is False, possible=possible)


def _carrying(graph: Graph, block: Block) -> list[Edge]:
    """Return the edges whose target notices the block through them: not into a held node or a closed gate.

    A gate is closed when one of its activators is blocked, itself or its source; its other members then change
    nothing, but for activators that are blocked, too.
    """
    nodes, edges = set(block.nodes), set(block.edges)
    held = {edge.id for edge in graph.edges if edge.id in edges or edge.source in nodes}
    closed = {(edge.target, edge.gate) for edge in graph.edges if edge.gate and edge.sign > 0 and edge.id in held}
    return [
        edge
        for edge in graph.edges
        if edge.target not in block.held
        and ((edge.target, edge.gate) not in closed or (edge.sign > 0 and edge.id in held))
    ]
