"""What is blocked and what is watched, as places in the graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from figpath.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from figpath.mechanism.graph import Graph


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """Places of blocked nodes and edges among the graph's nodes and edges."""

    nodes: tuple[int, ...]
    edges: tuple[int, ...]


def places(graph: Graph, block: Iterable[str]) -> Blocks:
    """Return what the ids of nodes, edges or interventions stand for.

    Raises
    ------
    InputError
        When nothing is blocked, or an id is none of the graph's.
    """
    drugs = {one.id: one.targets for one in graph.interventions}
    edge_at = {edge.id: place for place, edge in enumerate(graph.edges)}
    ids = [part for id_ in block for part in ((id_,) if id_ in graph or id_ in edge_at else drugs.get(id_, (id_,)))]
    if not ids:
        raise InputError("nothing is blocked: name a node, an edge or an intervention of the graph")
    return Blocks(
        nodes=tuple(dict.fromkeys(graph.node_index(id_) for id_ in ids if id_ not in edge_at)),
        edges=tuple(dict.fromkeys(edge_at[id_] for id_ in ids if id_ in edge_at)),
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
