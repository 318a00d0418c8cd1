"""Graphs for tests: from a few words, at random, and every simple path of a small one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figpath.mechanism.graph import Edge, Graph, Node, Sign, sign_of

if TYPE_CHECKING:
    import numpy as np


def graph_of(*rows: str) -> Graph:
    """A graph of rows such as ``A + B``, ``A - B gate`` or ``A + B . assumed`` (no gate, level)."""
    edges = []
    for number, row in enumerate(rows, 1):
        source, sign, target, gate, level = (*row.split(), *(".", "figure")[len(row.split()) - 3 :])[:5]
        edges.append(
            Edge(
                id=f"e{number}", source=source, sign=sign_of(sign), target=target,
                gate="" if gate == "." else gate, level=level,  # type: ignore[arg-type]  # a word of the row
            )
        )  # fmt: skip
    names = dict.fromkeys(end for edge in edges for end in (edge.source, edge.target))
    return Graph(nodes=tuple(Node(id=name) for name in names), edges=tuple(edges))


def random_graph(
    rng: np.random.Generator, *, nodes: int, edges: int, minus: float = 0.4, onward: bool = False
) -> Graph:
    """A random graph of nodes n0, n1, ...; without loops when steps only lead onward."""
    pairs = [(int(a), int(b)) for a, b in rng.integers(nodes, size=(edges, 2))]
    if onward:
        pairs = [(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]
    return Graph(
        nodes=tuple(Node(id=f"n{number}") for number in range(nodes)),
        edges=tuple(
            Edge(
                id=f"e{number}", source=f"n{source}", target=f"n{target}",
                sign=Sign.minus if rng.random() < minus else Sign.plus,
            )
            for number, (source, target) in enumerate(pairs)
        ),
    )  # fmt: skip


def every_path(graph: Graph, start: str, end: str) -> set[tuple[tuple[int, int], ...]]:
    """Every simple path, by walking them all: the nodes after the first, each with the sign so far."""
    found = set()

    def walk(node: str, sign: int, passed: tuple[str, ...], turns: tuple[tuple[int, int], ...]) -> None:
        if node == end:
            found.add(turns)
            return
        for edge in graph.out_of(node):
            if edge.target not in passed:
                now = sign * edge.sign
                walk(edge.target, now, (*passed, edge.target), (*turns, (graph.node_index(edge.target), now)))

    walk(start, 1, (start,), ())
    return found
