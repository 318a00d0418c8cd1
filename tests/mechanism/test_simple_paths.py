"""Which signs simple paths have, and their listing, against walking every simple path."""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest

from drawn_graphs import every_path, graph_of, random_graph
from figpath.mechanism.net import distances, net_of
from figpath.mechanism.simple_paths import Effort, shortest_first, signs_of

if TYPE_CHECKING:
    from figpath.mechanism.graph import Graph
    from figpath.mechanism.simple_paths import Signs, Trail

PLENTY = 10_000_000


def signs(graph: Graph, start: str, end: str, effort: int = PLENTY) -> Signs:
    net = net_of(graph, graph.edges)
    nodes = set(range(len(graph.nodes)))
    return signs_of(net, graph.node_index(start), graph.node_index(end), allowed=nodes, effort=Effort(effort))


def test_signs_are_those_of_every_simple_path() -> None:
    """500 small graphs, thin and dense, with loops of both signs: the same signs as walking every simple path."""
    rng = np.random.default_rng(1)
    for _ in range(500):
        size = int(rng.integers(2, 10))
        graph = random_graph(rng, nodes=size, edges=int(rng.integers(1, 3 * size)))
        found = signs(graph, "n0", "n1")
        paths = every_path(graph, "n0", "n1")
        assert set(found) == {path[-1][1] for path in paths}
        assert all(trail is not None and turns(trail) in paths for trail in found.values())


def turns(trail: Trail) -> tuple[tuple[int, int], ...]:
    """A trail as `every_path` writes it."""
    signs = np.cumprod([step.sign for step in trail])
    return tuple((step.target, int(sign)) for step, sign in zip(trail, signs, strict=True))


@pytest.mark.parametrize("sign", [1, -1])
def test_the_listing_has_every_path_once_and_the_shortest_first(sign: int) -> None:
    rng = np.random.default_rng(2)
    for _ in range(100):
        graph = random_graph(rng, nodes=7, edges=int(rng.integers(5, 20)))
        net = net_of(graph, graph.edges)
        trails, all_of_them = shortest_first(
            net, 0, 1, sign, to_go=distances(net, 1), most=10_000, effort=Effort(PLENTY)
        )
        expected = {path for path in every_path(graph, "n0", "n1") if path[-1][1] == sign}
        assert all_of_them
        assert [len(trail) for trail in trails] == sorted(map(len, expected))
        assert {turns(trail) for trail in trails} == expected


def test_a_negative_loop_beside_the_way_gives_no_second_sign() -> None:
    """A walk round the loop B -| C -> B would turn the sign; a simple path cannot."""
    graph = graph_of("A + B", "B - C", "C + B", "B + D")
    assert set(signs(graph, "A", "D")) == {1}


def test_a_negative_loop_on_two_ways_gives_both_signs() -> None:
    graph = graph_of("A + B", "B - C", "C + B", "B + D", "C + D")
    assert set(signs(graph, "A", "D")) == {1, -1}


def test_a_chain_of_hundred_loops_is_decided_at_once() -> None:
    """Components are passed one by one: what each can do adds up, and does not multiply."""
    rows = []
    for i in range(100):
        rows += [f"a{i} + b{i}", f"a{i} + c{i}", f"b{i} + d{i}", f"c{i} + d{i}", f"d{i} + a{i + 1}"]
        rows += [f"d{i} - e{i}", f"e{i} + d{i}", f"b{i} - f{i}", f"f{i} + b{i}"]
    start = time.perf_counter()
    assert set(signs(graph_of(*rows), "a0", "a100")) == {1}
    assert time.perf_counter() - start < 1.0


def test_loops_that_hang_at_a_node_cost_nothing() -> None:
    """A large component of one sign with a negative loop at every node: the loops are cut off before the search."""
    rng = np.random.default_rng(8)
    size = 200
    rows = [f"a{i} + a{(i + 1) % size}" for i in range(size)]
    rows += [f"a{i} + a{j}" for i, j in rng.integers(size, size=(size, 2)) if i != j]
    for i in range(size):
        way = [f"a{i}", *(f"h{i}.{k}" for k in range(1 + i % 3)), f"a{i}"]
        rows += [f"{one} {'-' if k == 0 else '+'} {other}" for k, (one, other) in enumerate(itertools.pairwise(way))]
    assert set(signs(graph_of(*rows), "a0", "a100", effort=20_000)) == {1}


def test_a_search_without_effort_left_says_that_it_does_not_know() -> None:
    graph = random_graph(np.random.default_rng(7), nodes=30, edges=120)
    assert None in signs(graph, "n0", "n1", effort=20).values()
