"""What a graph refuses and what it only remarks on."""

from __future__ import annotations

import pytest

from drawn_graphs import graph_of
from figpath.errors import InputError
from figpath.mechanism import Edge, Graph, Intervention, Node, Sign
from figpath.mechanism.checks import remarks
from figpath.mechanism.graph import sign_of

A, B = Node(id="A"), Node(id="B")
AB = Edge(id="e1", source="A", target="B", sign=Sign.plus)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"nodes": ()}, "the graph is empty"),
        ({"nodes": (A, A)}, "node A stands twice"),
        ({"nodes": (A, B), "edges": (AB, AB)}, "edge e1 stands twice"),
        ({"nodes": (A,), "edges": (AB,)}, "edge e1 joins 'B', which is no node"),
        ({"nodes": (A,), "interventions": (Intervention(id="i", targets=("X",)),)}, "blocks 'X', which is no node or"),
    ],
)
def test_a_graph_that_hangs_in_the_air_is_refused(parts: dict[str, tuple[object, ...]], message: str) -> None:
    with pytest.raises(InputError, match=message):
        Graph(**parts)  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Node(id=""), "node id '' is none"),
        (lambda: Node(id="A\tB"), "is none"),
        (lambda: Node(id="A", basal=1.5), "basal level 1.5 is outside 0 to 1"),
        (lambda: Node(id="A", basal=float("nan")), "outside 0 to 1"),
        (lambda: Node(id="A", pace="slow"), "pace 'slow' is none"),  # type: ignore[arg-type]  # on purpose
        (lambda: Edge(id="e", source="A", target="B", sign=2), "sign 2 is none"),  # type: ignore[arg-type]  # on purpose
        (lambda: Edge(id="e", source="A", target="B", sign=Sign.plus, level="?"), "level '\\?' is none"),  # type: ignore[arg-type]  # on purpose
        (lambda: Intervention(id="i", targets=()), "blocks nothing"),
        (lambda: sign_of("±"), "sign '±' is none: give \\+ \\(activates\\) or - \\(inhibits\\)"),
    ],
)  # fmt: skip
def test_a_value_out_of_its_range_is_refused(make: object, message: str) -> None:
    assert callable(make)
    with pytest.raises(InputError, match=message):
        make()


def test_a_gate_that_needs_a_source_and_its_absence_is_refused() -> None:
    with pytest.raises(InputError, match="gate a of C needs A and its absence"):
        graph_of("A + C a", "A - C a")


@pytest.mark.parametrize(
    ("rows", "remark"),
    [
        (("A + B", "A - B"), "e1 and e2 say opposite things of A and B"),
        (("A + A", "A + B"), "e1: A acts on itself"),
        (("A + B g", "X + B g", "B + A h", "X + A h"), "A, B wait for each other through their gates"),
    ],
)
def test_what_is_odd_and_legal_is_remarked_on(rows: tuple[str, ...], remark: str) -> None:
    assert any(remark in found for found in remarks(graph_of(*rows)))


def test_nothing_is_remarked_on_a_plain_graph() -> None:
    assert remarks(graph_of("A + B", "B - C", "C + A")) == ()


def test_a_choice_of_evidence_keeps_nodes_and_drops_what_interventions_lose() -> None:
    graph = Graph(
        nodes=(A, B),
        edges=(AB, Edge(id="e2", source="A", target="B", sign=Sign.minus, level="assumed", drawn=False)),
        interventions=(Intervention(id="i", targets=("e1", "e2")), Intervention(id="j", targets=("e2",))),
    )
    kept = graph.with_evidence(["figure"])
    assert (kept.nodes, kept.edges) == (graph.nodes, (AB,))
    assert [(one.id, one.targets) for one in kept.interventions] == [("i", ("e1",))]
    assert graph.with_evidence(["caption"]).edges == (AB,)
    with pytest.raises(
        InputError, match="no evidence level 'lungs': give some of lung, other, figure, assumed, caption"
    ):
        graph.with_evidence(["lungs"])


def test_looking_up_what_is_not_there_names_what_is() -> None:
    graph = graph_of("A + B")
    assert (graph.node("A").id, graph.edge("e1").target, graph.node_index("B")) == ("A", "B", 1)
    assert ([e.id for e in graph.out_of("A")], graph.into("A")) == (["e1"], ())
    with pytest.raises(InputError, match="no node 'C' in the graph: it has A, B"):
        graph.node("C")
    with pytest.raises(InputError, match="no edge 'e9' in the graph: it has e1"):
        graph.edge("e9")
