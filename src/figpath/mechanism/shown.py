"""What of an answer is drawn: the part of a large graph that the paths pass, the edges that they take, the labels."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from figpath.mechanism.graph import Graph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.mechanism.answer import SignAnswer
    from figpath.mechanism.paths import Path

MOST_DRAWN: Final = 60
"""Nodes; of a larger graph only what the paths pass is drawn."""

_LETTERS, _LINES = 22, 2  # of a label


def drawn_part(answer: SignAnswer) -> Graph:
    """Return the graph, or of a large one what the paths pass; what is near when there are none."""
    graph = answer.graph
    if len(graph.nodes) <= MOST_DRAWN:
        return graph
    asked = [
        *answer.block.held,
        *(graph.edge(e).source for e in answer.block.edges if graph.has_edge(e)),
        answer.watched,
    ]
    there = [node for node in asked if node in graph] or [node.id for node in graph.nodes]
    kept = dict.fromkeys(there[:MOST_DRAWN])
    for path in (*answer.supporting, *answer.opposing):
        if len(kept.keys() | set(path.nodes)) <= MOST_DRAWN:
            kept |= dict.fromkeys(path.nodes)
    if not (answer.supporting or answer.opposing):
        _add_near(graph, kept)
    edges = tuple(edge for edge in graph.edges if edge.source in kept and edge.target in kept)
    return Graph(nodes=tuple(node for node in graph.nodes if node.id in kept), edges=edges, name=graph.name)


def _add_near(graph: Graph, kept: dict[str, None]) -> None:
    """Add the nodes nearest to those that are kept, along arrows either way, as long as there is room."""
    for node in (reached := list(kept)):
        ends = [(edge.source, edge.target) for edge in graph.edges if node in (edge.source, edge.target)]
        new = dict.fromkeys(end for pair in ends for end in pair if end not in kept)
        added = list(new)[: MOST_DRAWN - len(kept)]
        kept |= dict.fromkeys(added)
        reached += added


def taken(paths: Sequence[Path], graph: Graph) -> set[str]:
    """Return the ids of the edges that paths take, of those paths that are drawn whole."""
    whole = [path for path in paths if all(node in graph for node in path.nodes)]
    return {edge.id for path in whole for step in path.steps for edge in step}


def lines_of(name: str) -> list[str]:
    """Return a label as the lines that fit into a box."""
    lines = textwrap.wrap(name, _LETTERS, break_long_words=True) or [name]
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], lines[_LINES - 1][: _LETTERS - 1] + "…"]
    return lines
