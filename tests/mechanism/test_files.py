"""Mechanisms in files: what is written comes back, what is broken is told, the bundled one is right."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import SHARED
from figpath import mechanism
from figpath.errors import InputError
from figpath.grounding.lexicon.lexicon import open_lexicon
from figpath.grounding.text import fold
from figpath.mechanism import Edge, Graph, Intervention, Node, Sign
from figpath.mechanism.graph import LEVELS, PACES
from figpath.mechanism.native_json import from_json, to_json
from figpath.mechanism.native_tsv import from_tsv, to_tsv
from figpath.mechanism.plain_tables import from_plain_tables

if TYPE_CHECKING:
    from pathlib import Path

    from figpath.mechanism.graph import Level

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
ids = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=8).filter(
    lambda name: name == name.strip()
)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    names = draw(st.lists(ids, min_size=1, max_size=5, unique=True))
    share = st.floats(0, 1, allow_nan=False)
    nodes = tuple(
        Node(
            id=name, label=draw(text), compartment=draw(text), entity=draw(text), symbol=draw(text), kind=draw(text),
            basal=draw(st.none() | share), pace=draw(st.sampled_from(PACES)),
        )
        for name in names
    )  # fmt: skip
    edges = tuple(
        Edge(
            id=f"{name} e", source=draw(st.sampled_from(names)), target=draw(st.sampled_from(names)),
            sign=draw(st.sampled_from(Sign)), gate=draw(st.just("")), kind=draw(text),
            level=draw(st.sampled_from(LEVELS)), context=draw(text), evidence=draw(text), note=draw(text),
            drawn=draw(st.booleans()),
        )
        for name in draw(st.lists(ids, max_size=5, unique=True))
        if f"{name} e" not in names
    )  # fmt: skip
    parts = st.sampled_from([*names, *(edge.id for edge in edges)])
    known = tuple(
        Intervention(id=name, targets=tuple(draw(st.lists(parts, min_size=1, max_size=3))), label=draw(text))
        for name in draw(st.lists(ids, max_size=3, unique=True))
    )
    return Graph(nodes=nodes, edges=edges, interventions=known, name=draw(text))


@given(graphs())
def test_tsv_and_json_give_the_same_graph_back(graph: Graph) -> None:
    assert from_tsv(to_tsv(graph)) == graph
    assert from_json(to_json(graph)) == graph


@pytest.mark.parametrize("name", ["mechanism.tsv", "mechanism.json"])
def test_a_saved_mechanism_is_loaded_again(tmp_path: Path, name: str) -> None:
    graph = mechanism.load()
    mechanism.save(graph, tmp_path / name)
    assert mechanism.load(tmp_path / name) == graph
    assert b"\r" not in (tmp_path / name).read_bytes()


HEAD = "source\tsign\ttarget\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty: give a table of edges with the columns source, sign and target"),
        (b" \n\n", "the file is empty"),
        (b"\xff\xfe\x00", "not UTF-8 text"),
        (b"hello", "edges, line 1: no heading; begin with source, sign, target, separated by tabs"),
        (HEAD.encode(), "the graph is empty"),
        (b"source\ttarget\nA\tB\n", "edges: no column sign; the heading has source, target"),
        (f"{HEAD}A\t+\tB\nA\tx\tB\n".encode(), "edges, line 3: sign 'x' is none"),
        (f"{HEAD}A\t\tB\n".encode(), "edges, line 2: sign '' is none"),
        (f"{HEAD}A\t+\tB\tC\n".encode(), "edges, line 2: 4 cells under 3 columns"),
        (b"source\tsign\ttarget\tlevel\nA\t+\tB\thearsay\n", "line 2: edge e1: level 'hearsay' is none"),
        (b"source\tsign\ttarget\tdrawn\nA\t+\tB\tmaybe\n", "line 2: drawn is 'maybe': give 1 or 0"),
        (b"{}", "$.schema is 'None', expected 'figpath.mechanism/1'"),
        (b"[1]", "$.schema is 'None'"),
        (b"{", "not JSON"),
        (b'{"schema":"figpath.mechanism/1","nodes":[{"id":1}]}', "$.nodes[0].id is 1, which is of the wrong type"),
        (b'{"schema":"figpath.mechanism/1","nodes":[{}]}', "$.nodes[0] lacks a key"),
        (b'{"schema":"figpath.mechanism/1","nodes":[3]}', "$.nodes[0] is no object"),
        (b'{"schema":"figpath.mechanism/1","nodes":3}', "$.nodes is no list"),
        (b'{"schema":"figpath.mechanism/1","nodes":[{"id":"A","basal":true}]}', "$.nodes[0].basal is true"),
        (b'{"schema":"figpath.mechanism/1","nodes":[{"id":"A","basal":7}]}', "$.nodes[0]: node A: basal level 7.0"),
        (b"# figpath.mechanism/1\nA\tB\n", "line 2 is in no table"),
        (b"# figpath.mechanism/1\n[knots]\n", "line 2: no table '[knots]'"),
        (b"# figpath.mechanism/1\n[nodes]\nid\tcolour\n", "line 3: no columns colour in nodes; known are id, label"),
        (b"# figpath.mechanism/1\n[nodes]\nid\tlabel\nA\n", "line 4: 1 cells under 2 columns"),
        (b"# figpath.mechanism/1\n[nodes]\nid\tbasal\nA\tx\n", "line 4: basal is 'x'"),
        (b"# figpath.mechanism/1\n[nodes]\nlabel\tbasal\nA\t0\n", "line 4: a column is missing from [nodes]"),
        (b"# figpath.mechanism/1\n[edges]\nid\tsource\ttarget\tsign\ne\tA\tB\t~\n", "line 4: sign '~' is none"),
    ],
)
def test_a_broken_file_is_told_in_one_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "mechanism.tsv"
    path.write_bytes(content)
    with pytest.raises(InputError) as told:
        mechanism.load(path)
    assert message in str(told.value)
    assert str(path) in str(told.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot read .*: .*; check the path"):
        mechanism.load(tmp_path / "none.tsv")
    with pytest.raises(InputError, match="cannot read"):
        mechanism.load(tmp_path)
    with pytest.raises(InputError, match="cannot write"):
        mechanism.save(mechanism.load(), tmp_path / "none" / "mechanism.tsv")
    with pytest.raises(InputError, match=r"the form of 'mechanism.doc' is not known by its ending"):
        mechanism.save(mechanism.load(), tmp_path / "mechanism.doc")


def test_forms_of_other_programs_are_known_by_their_ending(tmp_path: Path) -> None:
    (tmp_path / "arrows.sif").write_text("A\tactivates\tB\nB\tinhibits\tC\n", encoding="utf-8")
    graph = mechanism.load(tmp_path / "arrows.sif")
    assert [(edge.source, edge.sign.symbol, edge.target) for edge in graph.edges] == [("A", "+", "B"), ("B", "-", "C")]
    assert mechanism.ask(graph, block="A", watch="C").verdict == "rises"


def test_a_table_of_edges_is_enough_and_tables_beside_it_are_read(tmp_path: Path) -> None:
    (tmp_path / "edges.tsv").write_bytes(b"# id\tsource\tsign\ttarget\r\n# a comment\r\ne7\tA\t-\tB\r\n")
    assert [node.id for node in mechanism.load(tmp_path / "edges.tsv").nodes] == ["A", "B"]
    (tmp_path / "nodes.tsv").write_text("id\tlabel\tbasal\nB\tbee\t-\nA\t-\t0.5\n", encoding="utf-8")
    (tmp_path / "drugs.tsv").write_text("id\ttargets(node or edge)\nD\tA, e7\n", encoding="utf-8")
    graph = mechanism.load(tmp_path / "edges.tsv")
    assert [(node.id, node.label, node.basal) for node in graph.nodes] == [("B", "bee", None), ("A", "", 0.5)]
    assert graph.interventions[0].targets == ("A", "e7")
    assert graph.edges[0] == Edge(id="e7", source="A", target="B", sign=Sign.minus)


def test_genes_and_diseases_of_the_bundled_mechanism_are_those_of_the_lexicon() -> None:
    """Each NCBI gene and the disease are what the lexicon says that their symbols mean."""
    lexicon = open_lexicon()
    graph = mechanism.load()
    checked = [node for node in graph.nodes if node.entity.startswith("ncbigene:") or node.kind == "disease"]
    assert len(checked) == 17
    for node in checked:
        assert node.entity in {sense.entity.id for sense in lexicon.find(fold(node.symbol))}, node
    assert all(node.entity for node in graph.nodes)
    (rab27a,) = [one for one in graph.interventions if one.id == "RAB27A_KD"]
    assert rab27a.entity in {sense.entity.id for sense in lexicon.find(fold("RAB27A"))}


def test_the_bundled_mechanism_keeps_both_opinions_on_mir_210() -> None:
    """The primary paper has tumour exosomes carry it, the caption those of fibroblasts."""
    graph = mechanism.load()
    primary, caption = graph.edge("e05"), graph.edge("e17")
    assert (primary.source, primary.target, primary.level) == ("T_EXO", "X_miR210", "lung")
    assert (caption.target, caption.level) == ("F_EXO", "figure")
    assert "caption" in primary.note
    assert "primary paper" in caption.note


def test_the_bundled_mechanism_is_the_one_it_was_curated_from() -> None:
    """Same nodes, arrows, gates, levels and interventions as the shared tables; only identifiers and notes differ."""
    folder = SHARED / "mechanism"
    if not folder.is_dir():
        pytest.skip("the shared data is not here")
    names = ("edges.tsv", "nodes.tsv", "drugs.tsv")
    shared = from_plain_tables(*((folder / name).read_text(encoding="utf-8") for name in names))
    graph = mechanism.load()

    def arrows(graph: Graph) -> list[tuple[str, str, int, str, str, Level, bool]]:
        return [(e.id, e.source, e.sign, e.target, e.gate, e.level, e.drawn) for e in graph.edges]

    assert arrows(graph) == arrows(shared)
    for one, other in zip(graph.nodes, shared.nodes, strict=True):
        assert (one.id, one.label, one.compartment, one.basal, one.pace) == (
            other.id, other.label, other.compartment, other.basal, other.pace,
        )  # fmt: skip
    assert [(i.id, i.targets) for i in graph.interventions] == [(i.id, i.targets) for i in shared.interventions]


def test_json_keys_that_are_not_known_are_passed_over() -> None:
    document = json.loads(to_json(mechanism.load()))
    document["colour"] = document["nodes"][0]["colour"] = "blue"
    assert from_json(json.dumps(document)) == mechanism.load()
