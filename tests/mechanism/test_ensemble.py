"""What an ensemble answers: never against the sign answer, never by name, and always with what weakens it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figpath import mechanism
from figpath.errors import InputError
from figpath.mechanism import Contrast, EnsembleAnswer, Graph, ensemble
from figpath.mechanism.blocks import between, places
from figpath.mechanism.ensemble_plot import draw
from figpath.mechanism.question import shares
from figpath.mechanism.rewired import exchange
from made_mechanisms import drawn, random_graph


def asked(graph: Graph, block: str, watch: str, *, members: int = 60) -> EnsembleAnswer:
    return ensemble(graph, block=[block], watch=[watch], members=members, networks=0, find_hinges=False)


def without_loops(seed: int) -> Graph:
    graph = random_graph(seed)
    order = {node.id: place for place, node in enumerate(graph.nodes)}
    return graph.keeping(edge for edge in graph.edges if order[edge.source] < order[edge.target])


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_where_all_paths_agree_no_member_goes_the_other_way(seed: int) -> None:
    """Without loops, a node that falls by the signs rises in no member, and the other way round."""
    graph = without_loops(seed)
    first, last = graph.nodes[0].id, graph.nodes[-1].id
    verdict = mechanism.ask(graph, block=first, watch=last).verdict
    change = asked(graph, first, last, members=20).changes[0]
    if verdict == mechanism.Verdict.falls:
        assert change.rising == 0
    elif verdict == mechanism.Verdict.rises:
        assert change.falling == 0
    elif verdict == mechanism.Verdict.no_path and first != last:
        assert (change.falling, change.rising) == (0, 0)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_other_names_change_nothing(seed: int) -> None:
    """Parameters belong to places of nodes and edges, so that names of nodes and edges do not matter."""
    graph = random_graph(seed)
    names = {node.id: f"{97 - place} {node.id[::-1]}" for place, node in enumerate(graph.nodes)}
    other = Graph(
        nodes=tuple(replace(node, id=names[node.id]) for node in graph.nodes),
        edges=tuple(
            replace(edge, id=f"x{edge.id}", source=names[edge.source], target=names[edge.target])
            for edge in graph.edges
        ),
    )
    first, last = graph.nodes[0].id, graph.nodes[-1].id
    one, two = asked(graph, first, last, members=10), asked(other, names[first], names[last], members=10)
    assert replace(one.changes[0], node="") == replace(two.changes[0], node="")


@pytest.fixture(scope="module")
def vessels() -> EnsembleAnswer:
    graph = mechanism.load()
    return ensemble(
        graph, block=["JAK2i"], watch=["E_VESSEL", "T_METAST"], members=120, networks=4, seed=1,
        progress=lambda _what, _done, _of: None,
    )  # fmt: skip


def test_the_bundled_mechanism_answers_as_its_signs_do(vessels: EnsembleAnswer) -> None:
    """Vessels fall under a JAK2 inhibitor; metastasis goes both ways, and hangs on the assumed edge e48."""
    vessel, metastasis = vessels.changes
    assert vessel.falling > 0.5
    assert vessel.rising < 0.02
    assert min(metastasis.falling, metastasis.rising) > 0.1
    assert metastasis.hinges[0].edge == "e48"
    assert vessels.graph.edge("e48").level == "assumed"


def test_an_answer_has_bands_shares_hinges_and_a_null(vessels: EnsembleAnswer) -> None:
    for change in vessels.changes:
        assert change.falling + change.rising + change.unchanged == pytest.approx(1)
        assert change.low <= change.middle <= change.high
        assert change.null is not None
        assert 0 < change.null.as_strong <= 1
        assert [abs(h.shift) for h in change.hinges] == sorted((abs(h.shift) for h in change.hinges), reverse=True)
        assert np.all(np.diff(np.array(change.course), axis=0) >= 0)  # the lines do not cross
        assert change.course[2][0] == 0  # nothing has happened yet when the block begins
    assert vessels.consequence == mechanism.CONSEQUENCE
    assert vessels.card == mechanism.CARD
    assert [row["node"] for row in vessels.rows()] == ["E_VESSEL", "T_METAST"]


def test_equal_seeds_answer_equally() -> None:
    graph = drawn("A -> B", "B -> C", "C -| A", "A -> C")
    one, two, other = (ensemble(graph, block=["B"], watch=["C"], members=50, networks=3, seed=s) for s in (1, 1, 2))
    assert one == two
    assert one.changes != other.changes


def test_equal_answers_are_equal_pictures(vessels: EnsembleAnswer) -> None:
    assert draw(vessels) == draw(vessels)
    assert draw(vessels, form="png").startswith(b"\x89PNG")
    with pytest.raises(InputError, match="no picture of form"):
        draw(vessels, form="bmp")


def test_only_members_that_reproduce_what_was_seen_count() -> None:
    """A contrast keeps a share of the members; one that the arrows forbid keeps none and says so."""
    graph = mechanism.load()
    seen = Contrast(block=("anti_miR210",), watch="F_JAK2", direction="falls")
    found = ensemble(
        graph, block=["JAK2i"], watch=["E_VESSEL"], members=100, contrasts=[seen], networks=0, find_hinges=False
    )
    assert 0 < found.kept < found.members == 100
    never = Contrast(block=("X_miR210",), watch="F_JAK2", direction="rises")
    with pytest.raises(InputError, match="none of 30 members reproduces X_miR210 blocked, F_JAK2 rises"):
        ensemble(graph, block=["JAK2i"], watch=["E_VESSEL"], members=30, contrasts=[never])


def test_dead_and_saturated_controls_are_warned_about() -> None:
    dead = asked(drawn("A -> B", "C -| B", basal={"A": 0.0}), "A", "B")
    assert dead.changes[0].answering == 0
    assert any("the blocked A is dead" in warning for warning in dead.warnings)
    assert any("the watched B is dead" in warning for warning in dead.warnings)
    full = asked(drawn("A -> B", basal={"B": 1.0}), "A", "B")
    assert any("the watched B is saturated" in warning for warning in full.warnings)
    assert asked(drawn("A -> B"), "A", "B").warnings == ()


def test_members_whose_node_is_dead_either_way_give_no_share() -> None:
    before, after = np.array([0.5, 0.5, 0.001, 0.001]), np.array([0.2, 0.5, 0.002, 0.3])
    found = shares(before, after, 0.01)
    assert found.answering == 3
    assert (found.falling, found.rising, found.unchanged) == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    assert found.lean == 0


def test_a_graph_without_edges_answers_that_nothing_changes() -> None:
    graph = Graph(nodes=(mechanism.Node(id="A"), mechanism.Node(id="B")))
    found = ensemble(graph, block=["A"], watch=["B"], members=5, networks=3)
    assert found.changes[0].unchanged == 1
    assert found.changes[0].hinges == ()


def test_a_large_graph_is_answered_without_what_would_take_minutes() -> None:
    """400 nodes: the shares and bands are there, the hinges and most of the networks are not, and that is said."""
    graph = random_graph(5, nodes=400, edges=1000)
    found = ensemble(graph, block=["N1"], watch=["N5"], members=10, networks=100)
    assert found.changes[0].hinges == ()
    assert found.changes[0].null is not None
    assert found.changes[0].null.networks < 100
    assert [warning for warning in found.warnings if "too many edges" in warning]
    assert [warning for warning in found.warnings if "rewired networks of 100" in warning]


def test_self_loops_and_loops_of_gates_answer() -> None:
    graph = drawn("A -> A", "A -> B", "B -> C", "C -> B", "A -> C", "C -| C", gates={1: "g", 3: "g"}, basal={"A": 0.6})
    found = ensemble(graph, block=["A"], watch=["B", "C"], members=50, networks=2)
    assert all(change.rising == 0 for change in found.changes)


@pytest.mark.parametrize(
    ("block", "watch", "options", "message"),
    [
        (["nothing"], ["B"], {}, "not in this figure"),
        (["A"], ["nothing"], {}, "not in this figure"),
        ([], ["B"], {}, "nothing to block"),
        (["A"], [], {}, "nothing is watched"),
        (["A"], ["B"], {"left": 1.0}, "from 0 to below 1"),
        (["A"], ["B"], {"threshold": -1.0}, "threshold"),
        (["A"], ["B"], {"members": 10**7}, "too many"),
    ],
)
def test_bad_questions_are_refused(block: list[str], watch: list[str], options: dict[str, float], message: str) -> None:
    with pytest.raises(InputError, match=message):
        ensemble(drawn("A -> B"), block=block, watch=watch, **options)  # type: ignore[arg-type]  # by name, several types


@given(st.integers(0, 10**6))
def test_rewired_networks_keep_degrees_and_signs(seed: int) -> None:
    """Every node keeps what enters and leaves it by sign; no new edge is doubled or bites its tail."""
    graph = random_graph(seed, nodes=8, edges=16)
    order = exchange(graph, np.random.default_rng(seed))
    ends = [(graph.edges[from_].source, edge.sign, edge.target) for from_, edge in zip(order, graph.edges, strict=True)]
    assert sorted((source, sign) for source, sign, _ in ends) == sorted((e.source, e.sign) for e in graph.edges)
    loops = sum(source == target for source, _, target in ends)
    assert loops <= sum(edge.source == edge.target for edge in graph.edges)
    pairs = len({(source, target) for source, _, target in ends})
    assert pairs >= len({(edge.source, edge.target) for edge in graph.edges})


def test_hinges_are_looked_for_between_block_and_watch_only() -> None:
    graph = drawn("A -> B", "B -> C", "C -> D", "X -> C", "B -> Y")
    found = between(graph, places(graph, ["A"]), [graph.node_index("C")])
    assert [graph.edges[place].id for place in found] == ["e0", "e1"]
