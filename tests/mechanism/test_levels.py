"""The sign answer against levels: whatever strengths the arrows of a graph without loops have, it is never wrong."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from drawn_graphs import random_graph
from figpath.mechanism import Graph, ask

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from figpath.mechanism import Edge

NODES = 7


def gated_graph(rng: np.random.Generator) -> Graph:
    """A random graph that leads onward, in which some arrows of a target are needed together."""
    graph = random_graph(rng, nodes=NODES, edges=int(rng.integers(6, 16)), onward=True)
    edges: list[Edge] = []
    seen: set[tuple[str, str]] = set()
    for edge in graph.edges:
        gate = str(rng.choice(["", "", "a", "b"]))
        alone = (edge.source, edge.target) in seen  # a gate must not need a node twice
        edges.append(edge if alone else replace(edge, gate=gate))
        seen.add((edge.source, edge.target))
    return replace(graph, edges=tuple(edges))


def level(
    graph: Graph, weights: Mapping[str, float], blocked: Collection[str], raised: Mapping[str, float] | None = None
) -> dict[str, float]:
    """Levels in [0, 1]: activators and gates suffice alone, a gate's members multiply, inhibitors take a share away."""
    levels: dict[str, float] = {}
    for node in sorted(graph.nodes, key=lambda node: int(node.id[1:])):
        terms = {"own": weights[node.id]}
        shares = 1.0
        for edge in graph.into(node.id):
            force = 0.0 if edge.id in blocked else weights[edge.id] * levels[edge.source]
            if edge.gate:
                terms[edge.gate] = terms.get(edge.gate, 0.9) * (force if edge.sign > 0 else 1 - force)
            elif edge.sign > 0:
                terms[edge.id] = force
            else:
                shares *= 1 - force
        reached = 1 - math.prod(1 - term for term in terms.values())
        levels[node.id] = 0.0 if node.id in blocked else (raised or {}).get(node.id, reached * shares)
    return levels


def test_no_choice_of_strengths_contradicts_the_sign_answer() -> None:
    """300 graphs with gates, blocks of nodes and edges and raised nodes, eight choices of strengths each."""
    rng = np.random.default_rng(11)
    decided = 0
    for _ in range(300):
        graph = gated_graph(rng)
        names = [*(node.id for node in graph.nodes[:-1]), *(edge.id for edge in graph.edges)]
        blocked = [str(name) for name in rng.choice(names, size=int(rng.integers(1, 4)), replace=False)]
        free = [node.id for node in graph.nodes[:-1] if node.id not in blocked]
        higher = [str(name) for name in rng.choice(free, size=int(rng.integers(0, 3)), replace=False)]
        verdict = ask(graph, block=blocked, raised=higher, watch=f"n{NODES - 1}").verdict
        decided += verdict in ("falls", "rises")
        for _ in range(8):
            ids = [*(node.id for node in graph.nodes), *(edge.id for edge in graph.edges)]
            weights = dict(zip(ids, rng.random(len(ids)).tolist(), strict=True))
            whole = level(graph, weights, ())
            lifted = {name: whole[name] + (1 - whole[name]) * float(rng.random()) for name in higher}
            before, after = whole[f"n{NODES - 1}"], level(graph, weights, blocked, lifted)[f"n{NODES - 1}"]
            if verdict == "falls":
                assert after <= before + 1e-12
            elif verdict == "rises":
                assert after >= before - 1e-12
            elif verdict != "undetermined":
                assert math.isclose(after, before, abs_tol=1e-12)
    assert decided > 80
