"""The sign answer: on the bundled mechanism, on small graphs, and against walking every path."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn_graphs import every_path, graph_of, random_graph
from figpath import mechanism
from figpath.errors import InputError
from figpath.mechanism import Edge, Graph, Intervention, Node, Sign, Verdict, ask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.mechanism import SignAnswer

BUNDLED = mechanism.load()
CAF = "pro-angiogenic CAF state"


@pytest.mark.parametrize(
    ("block", "paths", "shortest"),
    [
        (["GW4869"], 43, "tumour exosomes released → vessel sprouting → vessel density"),
        (
            ["F_JAK2"],
            15,
            f"JAK2 activity → phospho-STAT3 → {CAF} → FGF2 → endothelial proliferation → vessel density",
        ),
        (["VEGF-A"], 2, "VEGF-A → VEGFR2 signalling → endothelial proliferation → vessel density"),
        (["JAK2", "VEGFA"], 5, "VEGF-A → VEGFR2 signalling → endothelial proliferation → vessel density"),
    ],
)
def test_vessels_fall_when_exosomes_jak2_or_vegfa_are_blocked(block: list[str], paths: int, shortest: str) -> None:
    answer = ask(BUNDLED, block=block, watch="vessel density")
    assert (answer.verdict, answer.exact) == (Verdict.falls, True)
    assert len(answer.supporting) == paths
    assert answer.supporting[0].text(BUNDLED) == shortest
    assert answer.opposing == ()
    assert all(path.weakest.level == "figure" for path in answer.supporting[:2])


def test_metastasis_under_anti_vegf_hangs_on_the_assumed_edge() -> None:
    """Undetermined, naming the edge; falls once assumed edges are left out."""
    answer = ask(BUNDLED, block="antiVEGF", watch="metastatic dissemination")
    assert answer.verdict == "undetermined"
    assert "without vessel density ⊣ tumour hypoxia (e48, assumed) it falls" in answer.reason
    assert {path.weakest.id for path in answer.opposing} == {"e48"}
    assert [(h.edge.id, h.without) for h in answer.hinges] == [("e49", "rises"), ("e48", "falls")]
    without = ask(BUNDLED, block="antiVEGF", watch="T_METAST", evidence=["lung", "other", "figure"])
    assert without.verdict == "falls"
    verdicts = {one.levels: one.verdict for one in answer.by_evidence}
    assert verdicts["lung", "other", "figure"] == "falls"


@pytest.mark.parametrize("block", ["antiVEGF", "VEGF-A"])
def test_the_caption_alone_does_not_say_what_anti_vegf_does(block: str) -> None:
    answer = ask(BUNDLED, block=block, watch="T_METAST", evidence=["caption"])
    assert answer.verdict == "not in this figure"
    assert "no arrow leaves VEGF-A" in answer.reason


def test_feedback_through_hypoxia_is_reported_and_does_not_turn_the_answer() -> None:
    answer = ask(BUNDLED, block="JAK2", watch="E_VESSEL")
    negative = [loop for loop in answer.loops if loop.sign < 0]
    assert any("vessel density ⊣ tumour hypoxia" in loop.text(BUNDLED) for loop in negative)
    assert all(loop.nodes[0] == loop.nodes[-1] for loop in answer.loops)
    assert not any("F_JAK2" in loop.nodes for loop in answer.loops), "the block opens the loops through what it blocks"


def test_every_answer_says_that_it_is_no_measurement_and_carries_the_card() -> None:
    answer = ask(BUNDLED, block="JAK2", watch="E_VESSEL")
    assert str(answer).endswith("This is a consequence of the drawn arrows, not a measurement.")
    assert "metalloproteinases failed in trials" in answer.card
    assert "because of one assumed edge" in answer.card
    assert answer.to_dict()["card"] == answer.card


CASES: list[tuple[Sequence[str], list[str], str, str]] = [
    (["A + B", "B + C"], ["A"], "C", "falls"),
    (["A + B", "B - C"], ["A"], "C", "rises"),
    (["A - B", "B - C"], ["A"], "C", "falls"),
    (["A + C", "A - C"], ["A"], "C", "undetermined"),
    (["A + B", "B + D", "A - C", "C + D"], ["A"], "D", "undetermined"),
    (["A + B", "C + D"], ["A"], "D", "no path"),
    (["A + B", "B + C"], ["C"], "A", "not in this figure"),
    (["A + B", "B + C"], ["B"], "A", "not in this figure"),
    (["A + B", "B + C"], ["B"], "B", "falls"),
    (["A + B", "B + C"], ["C"], "C", "falls"),
    (["A + B", "B + B", "B + C"], ["A"], "C", "falls"),
    (["A + B", "B - B", "B + C"], ["A"], "C", "falls"),
    (["A + B", "B + C", "C - B"], ["A"], "C", "falls"),
    # a path only counts when it passes no other blocked node
    (["A + B", "B - C", "A + C"], ["A", "B"], "C", "undetermined"),
    (["A + B", "B - D", "A + C", "C + D"], ["A"], "D", "undetermined"),
    (["A + M", "M - D", "A + D"], ["A"], "D", "undetermined"),
    (["A - M", "M + D", "M + A"], ["A", "M"], "D", "falls"),
    # gates: one input of an AND is needed; an inhibitor in it works against it
    (["A + C g", "B + C g"], ["A"], "C", "falls"),
    (["A - C g", "B + C g"], ["A"], "C", "rises"),
    (["A + B", "B - C g", "A + C g"], ["A"], "C", "falls"),
    (["A + B g", "C + B g", "B + A h", "C + A h", "B + D"], ["C"], "D", "falls"),
]


@pytest.mark.parametrize(("rows", "block", "watch", "verdict"), CASES)
def test_verdicts(rows: Sequence[str], block: list[str], watch: str, verdict: str) -> None:
    assert ask(graph_of(*rows), block=block, watch=watch).verdict == verdict


def test_opposite_edges_are_both_listed() -> None:
    answer = ask(graph_of("A + B", "A - B"), block="A", watch="B")
    assert [[edge.id for edge in path.edges] for path in (*answer.supporting, *answer.opposing)] == [["e1"], ["e2"]]
    assert any("opposite things" in remark for remark in answer.remarks)


def test_two_edges_of_one_sign_are_one_step_of_the_better_evidence() -> None:
    answer = ask(graph_of("A + B . assumed", "A + B . lung", "B + C . figure"), block="A", watch="C")
    (path,) = answer.supporting
    assert [edge.id for edge in path.edges] == ["e2", "e3"]
    assert path.weakest.id == "e3"
    assert [hinge.edge.id for hinge in answer.hinges] == ["e3"]


def test_a_blocked_edge_takes_only_its_own_arrow() -> None:
    graph = graph_of("A + B", "A + C", "B + D", "C - D")
    assert ask(graph, block="A", watch="D").verdict == "undetermined"
    assert ask(graph, block="e1", watch="D").verdict == "falls"
    assert ask(graph, block="e2", watch="D").verdict == "rises"


def test_small_graphs_agree_with_walking_every_path() -> None:
    """400 random graphs, blocks of one and two nodes: what the signs of all simple paths say."""
    rng = np.random.default_rng(3)
    for _ in range(400):
        graph = random_graph(rng, nodes=7, edges=int(rng.integers(4, 18)))
        block = ["n0", "n2"][: int(rng.integers(1, 3))]
        inner = graph.keeping(edge for edge in graph.edges if edge.target not in block)
        signs = {path[-1][1] for start in block for path in every_path(inner, start, "n1")}
        verdict = ask(graph, block=block, watch="n1").verdict
        if verdict in ("no path", "not in this figure"):
            assert signs == set()
        else:
            assert {1: "falls", -1: "rises"}[signs.pop()] == verdict if len(signs) == 1 else verdict == "undetermined"


def test_hinges_turn_the_answer_and_nothing_else_does() -> None:
    """On random graphs with a path: exactly the edges without which the answer is another one."""
    rng = np.random.default_rng(4)
    for _ in range(100):
        graph = random_graph(rng, nodes=6, edges=int(rng.integers(4, 12)))
        answer = ask(graph, block="n0", watch="n1")
        if not (answer.supporting or answer.opposing):
            assert answer.hinges == ()
            continue
        other = {e.id: ask(graph.without_edge(e.id), block="n0", watch="n1").verdict for e in graph.edges}
        expected = {id_: verdict for id_, verdict in other.items() if verdict != answer.verdict}
        assert {hinge.edge.id: hinge.without for hinge in answer.hinges} == expected


@given(st.integers(0, 10_000), st.permutations(range(6)))
def test_other_names_change_nothing(seed: int, order: list[int]) -> None:
    graph = random_graph(np.random.default_rng(seed), nodes=6, edges=10)
    new = {f"n{number}": f"m{place}" for number, place in enumerate(order)}
    renamed = Graph(
        nodes=tuple(Node(id=new[node.id]) for node in graph.nodes),
        edges=tuple(Edge(id=e.id, source=new[e.source], target=new[e.target], sign=e.sign) for e in graph.edges),
    )
    one, other = ask(graph, block="n0", watch="n1"), ask(renamed, block=new["n0"], watch=new["n1"])
    assert one.verdict == other.verdict
    for here, there in ((one.falling, other.falling), (one.rising, other.rising)):
        assert [[e.id for e in p.edges] for p in here.paths] == [[e.id for e in p.edges] for p in there.paths]


def large(nodes: int, edges: int) -> SignAnswer:
    return ask(random_graph(np.random.default_rng(0), nodes=nodes, edges=edges), block="n0", watch="n1")


def test_200_nodes_take_milliseconds_and_5000_a_second() -> None:
    """The budgets are 50 ms and 1 s; a machine that does other things gets four times that."""
    for nodes, edges, budget in ((200, 400, 0.05), (5000, 10_000, 1.0)):
        start = time.perf_counter()
        answer = large(nodes, edges)
        assert time.perf_counter() - start < 4 * budget
        assert answer.verdict == "undetermined"
        assert answer.exact
        assert "100 or more paths" in answer.reason
    assert any("more than 2000 edges" in remark for remark in answer.remarks)


def test_a_search_that_ends_too_early_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = graph_of("A + B", *(f"B {'+' if i % 2 else '-'} c{i}" for i in range(9)), *(f"c{i} + D" for i in range(9)))
    monkeypatch.setattr("figpath.mechanism.sign._LISTING", 1)
    monkeypatch.setattr("figpath.mechanism.sign._DECIDING", 1)
    answer = ask(graph, block="A", watch="D")
    assert (answer.verdict, answer.exact) == ("undetermined", False)
    assert "the search was not exhausted" in answer.reason


NAMED = Graph(
    nodes=(
        Node(id="F_JAK2", label="JAK2 activity", symbol="JAK2", entity="ncbigene:3717"),
        Node(id="F_STAT3", label="phospho-STAT3", symbol="STAT3"),
        Node(id="T_STAT3", label="tumour STAT3", symbol="STAT3"),
    ),
    edges=(
        Edge(id="e1", source="F_JAK2", target="F_STAT3", sign=Sign.plus),
        Edge(id="e2", source="F_JAK2", target="T_STAT3", sign=Sign.minus),
    ),
    interventions=(Intervention(id="AG490", targets=("F_JAK2",), label="a JAK2 inhibitor"),),
)


@pytest.mark.parametrize(
    "name", ["F_JAK2", "f_jak2", "JAK2", "jak-2", "Jak2 Activity", "ncbigene:3717", "ag490", "AG490"]
)
def test_names_are_taken_in_many_forms(name: str) -> None:
    answer = ask(NAMED, block=name, watch="F_STAT3")
    assert (answer.block.nodes, answer.verdict) == (("F_JAK2",), "falls")


@pytest.mark.parametrize(
    ("block", "watch", "message"),
    [
        ("JAK2", "STAT3", r"can be several things here: give the id of one of F_STAT3 \(phospho-STAT3\), T_STAT3"),
        ("", "F_STAT3", "'' is not in this figure"),
        ("F_JAK2", " ", "' ' is not in this figure"),
        ([], "F_STAT3", "nothing to block"),
        ([], "JAK3", "nothing to block"),
    ],
)
def test_a_name_that_means_too_much_and_no_name_are_told(block: str | list[str], watch: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        ask(NAMED, block=block, watch=watch)


@pytest.mark.parametrize(
    ("block", "watch", "reason"),
    [
        ("JAK3", "F_STAT3", "'JAK3' is not in this figure: the nearest are F_JAK2 (JAK2 activity)"),
        ("zzz", "F_STAT3", "'zzz' is not in this figure: it has F_JAK2"),
        ("F_JAK2", "TP53", "'TP53' is not in this figure: "),
        ("F_JAK2", "AG490", "'AG490' is not in this figure: "),
        (["F_JAK2", "JAK3"], "F_STAT3", "'JAK3' is not in this figure: "),
    ],
)
def test_what_is_not_drawn_is_answered_with_that_and_the_nearest_names(
    block: str | list[str], watch: str, reason: str
) -> None:
    """Of two blocked names one that is not drawn makes it another question; there is a picture all the same."""
    answer = ask(NAMED, block=block, watch=watch)
    assert (answer.verdict, answer.watched) == ("not in this figure", watch)
    assert b"<!-- not in this figure -->" not in answer.draw(form="svg"), "no node that is there is marked so"
    assert answer.reason.startswith(reason)
    assert answer.to_dict()["supporting"] == []
    assert b"<svg" in answer.draw(form="svg")


def test_what_is_not_drawn_of_a_large_graph_has_a_picture() -> None:
    chain = graph_of(*(f"N{place} + N{place + 1}" for place in range(80)))
    assert b"<svg" in ask(chain, block="TP53", watch="AKT1").draw(form="svg")


def test_the_table_has_a_row_for_each_path() -> None:
    frame = ask(BUNDLED, block="antiVEGF", watch="T_METAST").to_frame()
    assert list(frame["side"].value_counts().sort_index().items()) == [("opposes", 16), ("supports", 2)]
    assert frame["steps"].dtype == int


def test_the_ensemble_never_contradicts_where_all_paths_agree_and_there_is_no_loop() -> None:
    """Random graphs without loops: no member moves the watched node the other way."""
    rng = np.random.default_rng(5)
    asked = 0
    while asked < 12:
        graph = random_graph(rng, nodes=8, edges=int(rng.integers(6, 14)), onward=True)
        verdict = ask(graph, block="n0", watch="n7").verdict
        if verdict not in ("falls", "rises"):
            continue
        asked += 1
        found = mechanism.ensemble(graph, block=["n0"], watch=["n7"], members=100, find_hinges=False, networks=0)
        (change,) = found.changes
        assert (change.rising if verdict == "falls" else change.falling) == 0


def test_a_raise_does_the_opposite_of_a_block() -> None:
    """Of one node without gates: what falls under the one rises under the other, along the same paths."""
    rng = np.random.default_rng(5)
    opposite = {"falls": "rises", "rises": "falls"}
    for _ in range(200):
        graph = random_graph(rng, nodes=7, edges=int(rng.integers(5, 15)))
        lowered, raised = ask(graph, block="n0", watch="n1"), ask(graph, raised="n0", watch="n1")
        assert raised.verdict == opposite.get(lowered.verdict, lowered.verdict)
        assert raised.falling.paths == lowered.rising.paths
        assert raised.rising.paths == lowered.falling.paths


def test_what_is_raised_is_told() -> None:
    answer = ask(BUNDLED, raised="VEGF-A", watch="vessel density")
    assert answer.reason == "Under more VEGF-A, vessel density rises: both paths raise it."
    assert answer.to_dict()["block"]["raised"] == ("X_VEGFA",)
    assert ask(BUNDLED, raised="VEGF-A", watch="VEGF-A").reason.endswith("rises: it is what is raised.")
    assert ask(BUNDLED, block="F_JAK2", raised="T_HYP", watch="vessel density").verdict == "undetermined"
    assert "'nothing'" in ask(BUNDLED, raised="nothing", watch="vessel density").reason
    with pytest.raises(InputError, match="VEGF-A cannot be blocked and raised"):
        ask(BUNDLED, block="VEGFA", raised="VEGFA", watch="vessel density")


def test_names_with_commas_are_several() -> None:
    """A text with commas is split, unless it is a name as a whole."""
    several = ask(BUNDLED, block="F_JAK2, VEGF-A", watch="vessel density")
    assert several.block == ask(BUNDLED, block=["F_JAK2", "VEGF-A"], watch="vessel density").block
    nodes = (Node(id="a", label="A, phosphorylated"), Node(id="b"))
    graph = Graph(nodes=nodes, edges=(Edge(id="e", source="a", target="b", sign=Sign.plus),))
    assert ask(graph, block="A, phosphorylated", watch="b").block.nodes == ("a",)
