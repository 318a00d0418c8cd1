"""The ensemble's engine: the equations, the way to rest, and what never rests."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from figpath import mechanism
from figpath.errors import EngineError, InputError
from figpath.mechanism.course import course
from figpath.mechanism.logic import drive, wire
from figpath.mechanism.sampling import HALF_LIMIT, INPUT, LARGEST, sample, typical
from figpath.mechanism.settle import settle
from made_mechanisms import drawn, random_graph


def hill(x: float, w: float = 1.0, n: float = 1.4, ec50: float = 0.5) -> float:
    """The function as Kraeutler et al. 2010 write it."""
    b = (ec50**n - 1) / (2 * ec50**n - 1)
    k = (b - 1) ** (1 / n)
    return float(w * b * x**n / (k**n + x**n))


@given(st.floats(0, 1), st.floats(1, 4), st.floats(0.2, 0.49))
def test_an_arrow_carries_the_normalised_hill_function(x: float, n: float, half: float) -> None:
    """0 at 0, one half at EC50, 1 at 1, and between them what the paper's formula says."""
    graph = drawn("A -> B")
    wiring = wire(graph)
    one = typical(graph, wiring)
    member = replace(one, hill=np.array([[n]]), half=np.array([[half]]), basal=np.zeros((2, 1)))
    ec50 = half ** (1 / n)
    for level, expected in ((x, hill(x, n=n, ec50=ec50)), (0.0, 0.0), (ec50, 0.5), (1.0, 1.0)):
        assert drive(wiring, member, np.array([[level], [0.0]]))[1, 0] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("arrows", "gates", "expected"),
    [
        (("A -> C", "B -> C"), {}, 1 - (1 - hill(0.3)) * (1 - hill(0.7))),
        (("A -> C", "B -> C"), {0: "a", 1: "a"}, hill(0.3) * hill(0.7)),
        (("A -> C", "B -| C"), {}, hill(0.3) * (1 - hill(0.7))),
        (("A -> C", "B -| C"), {0: "a", 1: "a"}, hill(0.3) * (1 - hill(0.7))),
        (("A -> C", "B -> C", "A -> C"), {0: "a", 1: "a"}, 1 - (1 - hill(0.3) * hill(0.7)) * (1 - hill(0.3))),
        (("A -| C", "B -| C"), {}, 0.55 * (1 - hill(0.3)) * (1 - hill(0.7))),
        (("A -| C", "B -| C"), {0: "a", 1: "a"}, 0.55 * (1 - hill(0.3) * hill(0.7))),
    ],
)
def test_arrows_combine_as_gates_say(arrows: tuple[str, ...], gates: dict[int, str], expected: float) -> None:
    graph = drawn(*arrows, gates=gates)
    wiring = wire(graph)
    levels = np.array([[{"A": 0.3, "B": 0.7, "C": 0.0}[node.id]] for node in graph.nodes])
    found = drive(wiring, typical(graph, wiring), levels)
    assert found[graph.node_index("C"), 0] == pytest.approx(expected)


def test_a_level_below_zero_counts_as_zero() -> None:
    graph = drawn("A -> B")
    wiring = wire(graph)
    found = drive(wiring, typical(graph, wiring), np.array([[-0.1], [-0.1]]))
    assert found[1, 0] == 0


def test_many_and_few_members_are_driven_alike() -> None:
    """Products are taken in two ways, by the number of members; both give the same."""
    for seed in range(30):
        graph = random_graph(seed)
        wiring = wire(graph)
        members = sample(graph, wiring, members=150, seed=seed)
        levels = np.random.default_rng(seed).random((len(graph.nodes), 150))
        whole = drive(wiring, members, levels)
        part = drive(wiring, members.take(slice(5)), levels[:, :5])
        np.testing.assert_allclose(whole[:, :5], part, rtol=1e-12)


@given(st.integers(0, 10**6))
def test_drawn_parameters_keep_the_hill_function_in_shape(seed: int) -> None:
    """EC50^n stays below one half, inputs are half on, and everything lies in its range."""
    graph = random_graph(seed)
    wiring = wire(graph)
    members = sample(graph, wiring, members=20, seed=seed)
    assert members.half.max(initial=0) <= HALF_LIMIT + 1e-12
    assert members.tau.min() > 0
    inputs = [p for p, n in enumerate(graph.nodes) if n.basal is None and p not in wiring.raised]
    assert ((members.basal[inputs] >= INPUT[0]) & (members.basal[inputs] <= INPUT[1])).all()


def test_fewer_members_are_the_first_of_more() -> None:
    graph = mechanism.load()
    wiring = wire(graph)
    few, many = (sample(graph, wiring, members=count, seed=3) for count in (10, 40))
    np.testing.assert_array_equal(few.weight, many.weight[:, :10])
    np.testing.assert_array_equal(few.together, many.together[:, :10])


def test_what_is_stated_as_a_gate_is_never_drawn_by_lot() -> None:
    """Only a node whose several activators stand in no gate is open, and never with gates="or"."""
    graph = drawn("A -> C", "B -> C", "A -> D", "B -> D", "A -> E", gates={0: "a", 1: "a"})
    wiring = wire(graph)
    targets = [graph.edges[place].target for place in wiring.edge]
    assert [name for name, open_ in zip(targets[2:], wiring.open[1:], strict=True) if open_] == ["D", "D"]
    drawn_by_lot = sample(graph, wiring, members=200, seed=0).together
    assert 0.15 < drawn_by_lot[wiring.open].all(axis=0).mean() < 0.35  # both of two are needed in a quarter
    assert not sample(graph, wiring, members=200, seed=0, gates="or").together.any()


def test_a_thousand_members_of_the_bundled_model_come_to_rest_or_are_told() -> None:
    """No failure in 1,000 members, every level in [0, 1], and rest means that nothing is driven anywhere else."""
    graph = mechanism.load()
    wiring = wire(graph)
    members = sample(graph, wiring, members=1000, seed=0)
    rest = settle(wiring, members, members.basal)
    assert np.isfinite(rest.levels).all()
    assert rest.levels.min() >= -1e-9
    assert rest.levels.max() <= 1 + 1e-9
    distance = np.abs(drive(wiring, members, rest.levels) - rest.levels).max(axis=0)
    assert distance[rest.settled].max() <= 1e-8
    assert rest.settled.mean() > 0.95
    assert (rest.span[:, ~rest.settled].max(axis=0) > 1e-4).all()  # those that are told do move


def test_rest_is_where_the_accurate_way_ends() -> None:
    for seed in range(15):
        graph = random_graph(seed)
        wiring = wire(graph)
        members = sample(graph, wiring, members=3, seed=seed)
        rest = settle(wiring, members, members.basal)
        end = course(wiring, members, members.basal, [3000.0], tolerance=1e-6)[0]
        np.testing.assert_allclose(rest.levels[:, rest.settled], end[:, rest.settled], atol=1e-4)


def oscillator() -> mechanism.Graph:
    """Three steep repressors in a ring."""
    return drawn("A -| B", "B -| C", "C -| A", basal={"A": 1.0, "B": 1.0, "C": 1.0})


def test_a_ring_that_never_rests_is_told_with_its_averages() -> None:
    """The repressilator goes round for ever: it did not settle, moved far, and its average lies inside."""
    graph = oscillator()
    wiring = wire(graph)
    one = typical(graph, wiring)
    steep = replace(one, hill=np.full((3, 1), 8.0), half=np.full((3, 1), 0.5**8), tau=np.full((3, 1), 4.0))
    rest = settle(wiring, steep, np.array([[0.9], [0.1], [0.4]]))
    assert not rest.settled[0]
    assert rest.span.min() > 0.2
    whole = course(wiring, steep, rest.levels, np.linspace(200, 1200, 4001), tolerance=1e-6)[:, :, 0]
    np.testing.assert_allclose(rest.levels[:, 0], whole.mean(axis=0), atol=0.05)


def test_a_switch_stays_where_it_was_put() -> None:
    """A loop that feeds itself has two states of rest; which one is reached depends on the start."""
    graph = drawn("A -> A", basal={"A": 0.0})
    wiring = wire(graph)
    one = typical(graph, wiring)
    steep = replace(one, hill=np.array([[4.0]]), half=np.array([[0.5**4]]))
    ends = [settle(wiring, steep, np.array([[start]])).levels[0, 0] for start in (0.2, 0.8)]
    assert ends[0] == pytest.approx(0, abs=1e-6)
    assert ends[1] > 0.9


def test_blocks_hold_a_node_at_nothing_and_cut_an_edge() -> None:
    graph = drawn("A -> B", "B -> C", "A -> C")
    wiring = wire(graph)
    members = sample(graph, wiring, members=20, seed=1, gates="or")
    knocked = members.blocked(wiring, [graph.node_index("B")], [])
    assert settle(wiring, knocked, knocked.basal).levels[graph.node_index("B")].max() <= 1e-8
    cut = members.blocked(wiring, [], [1])
    rest = settle(wiring, cut, cut.basal).levels
    np.testing.assert_allclose(rest[graph.node_index("C")], settle(wiring, knocked, cut.basal).levels[2], atol=1e-6)
    half = members.blocked(wiring, [graph.node_index("A")], [], left=0.5)
    assert (settle(wiring, half, half.basal).levels[0] < settle(wiring, members, members.basal).levels[0]).all()


def test_an_ensemble_too_large_says_how_many_members_can_be_had() -> None:
    """5,000 nodes and a thousand members are refused with a number; that number runs."""
    graph = random_graph(1, nodes=5000, edges=10_000)
    wiring = wire(graph)
    with pytest.raises(InputError, match=f"at most {LARGEST // 10_000:,} members"):
        sample(graph, wiring, members=1000, seed=0)
    members = sample(graph, wiring, members=4, seed=0)
    rest = settle(wiring, members, members.basal)
    assert np.isfinite(rest.levels).all()


@pytest.mark.parametrize("members", [0, -3])
def test_an_ensemble_of_nothing_is_refused(members: int) -> None:
    graph = drawn("A -> B")
    with pytest.raises(InputError, match="at least 1"):
        sample(graph, wire(graph), members=members, seed=0)


def test_a_time_out_of_reach_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("figpath.mechanism.course._MOST_STEPS", 3)
    graph = drawn("A -> B")
    wiring = wire(graph)
    one = typical(graph, wiring)
    with pytest.raises(EngineError, match="not reached"):
        course(wiring, one, one.basal, [1e6])
