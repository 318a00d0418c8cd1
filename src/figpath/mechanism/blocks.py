"""What is blocked and what is watched, as places in the graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from figpath.mechanism.names import block_of, names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from figpath.mechanism.graph import Graph


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """Places of blocked nodes and edges among the graph's nodes and edges."""

    nodes: tuple[int, ...]
    edges: tuple[int, ...]


def places(graph: Graph, block: Iterable[str]) -> Blocks:
    """Return what the names of nodes, interventions or edges stand for.

    Raises
    ------
    InputError
        When nothing is blocked, or a name means nothing here or several things.
    """
    found = block_of(graph, names_of(graph, tuple(block)))
    edge_at = {edge.id: place for place, edge in enumerate(graph.edges)}
    return Blocks(
        nodes=tuple(graph.node_index(id_) for id_ in found.nodes), edges=tuple(edge_at[id_] for id_ in found.edges)
    )


def between(graph: Graph, blocks: Blocks, watched: Sequence[int]) -> tuple[int, ...]:
    """Return the places of the edges that lie on a way from what is blocked to what is watched."""
    at = {node.id: place for place, node in enumerate(graph.nodes)}
    ends = [(at[edge.source], at[edge.target]) for edge in graph.edges]
    below = _reach({*blocks.nodes, *(ends[place][1] for place in blocks.edges)}, ends)
    above = _reach(set(watched), [(target, source) for source, target in ends])
    inside = {place for place, (source, target) in enumerate(ends) if source in below and target in above}
    return tuple(sorted(inside - set(blocks.edges)))


def _reach(starts: set[int], ends: Sequence[tuple[int, int]]) -> set[int]:
    nexts: dict[int, list[int]] = {}
    for source, target in ends:
        nexts.setdefault(source, []).append(target)
    seen, todo = set(starts), list(starts)
    while todo:
        for after in nexts.get(todo.pop(), ()):
            if after not in seen:
                seen.add(after)
                todo.append(after)
    return seen
