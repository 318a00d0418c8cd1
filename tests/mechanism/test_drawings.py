"""WikiPathways drawings as mechanisms: GPML2013a and GPML2021, ends, anchors, groups, and what is left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import SHARED
from figpath.errors import InputError
from figpath.mechanism import Graph, Sign
from figpath.mechanism.formats.gpml import from_gpml
from figpath.mechanism.formats.gpml_write import to_gpml
from made_mechanisms import random_graph

OLD = "http://pathvisio.org/GPML/2013a"


def old(*lines: str, more: str = "") -> bytes:
    """A GPML2013a file with boxes A to E, a complex G of D and E, a state of B, a label, and these lines.

    A line is ``start end head``, with ``@name`` for an anchor on it: ``A B Arrow @x`` and ``C x mim-catalysis``.
    """
    boxes = "".join(
        f'<DataNode TextLabel="{name}" GraphId="{name}" Type="GeneProduct"{member}>'
        f'<Xref Database="Entrez Gene" ID="{ord(name)}"/></DataNode>'
        for name, member in zip("ABCDE", ("", "", "", ' GroupRef="g"', ' GroupRef="g"'), strict=True)
    )
    drawn = ""
    for place, line in enumerate(lines):
        start, end, head, *anchors = line.split()
        ends = [f'GraphRef="{name}"' if name != "." else "" for name in (start, end)]
        head = f'ArrowHead="{head}"' if head != "." else ""
        points = f'<Point X="0" Y="0" {ends[0]}/><Point X="1" Y="1" {ends[1]} {head}/>'
        marks = "".join(f'<Anchor Position="0.5" GraphId="{anchor[1:]}"/>' for anchor in anchors)
        drawn += f'<Interaction GraphId="i{place}"><Graphics>{points}{marks}</Graphics></Interaction>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Pathway xmlns="{OLD}" Name="made">{boxes}'
        f'<State GraphRef="B" TextLabel="P" GraphId="s"/><Label TextLabel="growth" GraphId="L"/>'
        f'<Shape GraphId="box"/>{drawn}{more}<Group GroupId="g" GraphId="G" Style="Complex"/></Pathway>'
    ).encode()


def said(graph: Graph) -> list[str]:
    return [
        f"{e.source} {'->' if e.sign is Sign.plus else '-|'} {e.target}{' ' * bool(e.gate)}{e.gate}"
        for e in graph.edges
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["A B Arrow"], ["A -> B"]),
        (["A B mim-inhibition", "B C TBar"], ["A -| B", "B -| C"]),
        (["A G mim-stimulation", "G C mim-conversion"], ["A -> D + E", "D + E -> C"]),
        (["A s mim-inhibition"], ["A -| B"]),  # a state belongs to its data node
        (["A L Arrow"], ["A -> growth"]),  # a label that an arrow touches
        (["A B Arrow @x", "C x mim-catalysis"], ["A -> B i0 1", "C -> B i0 1"]),
        (
            ["A B Arrow @x @y", "C x mim-catalysis", "D y mim-catalysis"],
            ["A -> B i0 1", "C -> B i0 1", "A -> B i0 2", "D -> B i0 2"],
        ),
        (["A B Arrow @x", "C x mim-inhibition"], ["A -> B", "C -| B"]),
        (["A B mim-inhibition @x", "C x Arrow"], ["A -| B", "C -| B"]),  # it helps what lowers B
        (["A B mim-inhibition @x", "C x mim-inhibition"], ["A -| B", "C -> B"]),
        (["A B Arrow @x", "x C Arrow"], ["A -> B", "A -> C"]),  # a branch begins where its line begins
        (["A B . @x", "C x mim-catalysis"], ["C -> B"]),  # a line without a head still says what is acted on
        (["A B Arrow @x", "C x mim-catalysis @y", "D y mim-inhibition"],
         ["A -> B i0 1", "C -> B i0 1", "D -| B"]),
    ],
)  # fmt: skip
def test_lines_become_edges(lines: list[str], expected: list[str]) -> None:
    assert said(from_gpml(old(*lines)).graph) == expected


def test_a_binding_is_only_assumed_to_activate() -> None:
    """Binding says neither up nor down: leaving assumed edges out leaves it out."""
    edges = from_gpml(old("A B mim-binding", "B C Arrow")).graph.edges
    assert [(edge.level, edge.kind) for edge in edges] == [("assumed", "binding"), ("figure", "arrow")]


def test_what_is_left_out_is_counted() -> None:
    more = '<GraphicalLine GraphId="z"><Graphics><Point X="0" Y="0"/><Point X="1" Y="1"/></Graphics></GraphicalLine>'
    found = from_gpml(
        old("A B Arrow", "A B Arrow", "A C .", "A . Arrow", "A C mim-gap", "A box Arrow", more=more)
    )  # fmt: skip
    assert [str(loss) for loss in found.losses] == [
        "arrows drawn twice: 1",
        "arrows that end at a shape or a group without names: 1",
        "data nodes that no arrow touches: 3",
        "graphical lines, which join nothing: 1",
        "lines whose head has no sign: 1",
        "lines with a loose end: 1",
        "lines without a head: 1",
    ]
    assert found.graph.name == "made"
    assert [(node.id, node.entity) for node in found.graph.nodes] == [("A", "ncbigene:65"), ("B", "ncbigene:66")]


def test_a_drawing_without_an_arrow_says_why() -> None:
    with pytest.raises(InputError, match=r"no arrow of this drawing joins two things: .*lines without a head: 1"):
        from_gpml(old("A B ."))
    with pytest.raises(InputError, match="no arrow of this drawing joins two things"):
        from_gpml(f'<Pathway xmlns="{OLD}"/>'.encode())


def test_anchors_that_point_at_each_other_end_nowhere() -> None:
    with pytest.raises(InputError, match="no arrow of this drawing joins two things"):
        from_gpml(old("A y Arrow @x", "B x Arrow @y"))


def test_boxes_of_one_gene_are_one_node_but_metabolites_are_not() -> None:
    box = '<DataNode TextLabel="{0}" GraphId="{1}" Type="{2}"><Xref Database="ChEBI" ID="{3}"/></DataNode>'
    more = box.format("A", "A2", "GeneProduct", "").replace('Database="ChEBI" ID=""', 'Database="Entrez Gene" ID="65"')
    more += box.format("ATP", "t1", "Metabolite", "CHEBI:15422") + box.format("ATP", "t2", "Metabolite", "15422")
    graph = from_gpml(old("A B Arrow", "A2 C Arrow", "t1 B Arrow", "t2 C Arrow", more=more)).graph
    assert said(graph) == ["A -> B", "A -> C", "ATP -> B", "ATP (2) -> C"]
    assert graph.node("ATP (2)").entity == "chebi:15422"


def test_both_heads_of_a_line_are_two_edges() -> None:
    data = old("A B Arrow").replace(b'<Point X="0" Y="0" ', b'<Point X="0" Y="0" ArrowHead="TBar" ')
    assert said(from_gpml(data).graph) == ["B -| A", "A -> B"]


def test_gpml2021_is_read_as_its_elders() -> None:
    """Interactions in a list, element ids and references, states inside data nodes, members that name their group."""
    text = """<Pathway xmlns="http://pathvisio.org/GPML/2021" title="new"><DataNodes>
      <DataNode elementId="a" textLabel="A" type="Protein"><Xref identifier="P04637" dataSource="Uniprot-TrEMBL"/>
        <States><State elementId="s" textLabel="P"/></States></DataNode>
      <DataNode elementId="b" textLabel="B" type="GeneProduct" groupRef="g"/>
      <DataNode elementId="c" textLabel="C" type="GeneProduct" groupRef="g"/></DataNodes>
      <Interactions><Interaction elementId="i"><Waypoints>
        <Point elementId="p" elementRef="g" arrowHead="Undirected"/>
        <Point elementId="q" elementRef="s" arrowHead="Inhibition"/><Anchor elementId="x" position="0.5"/>
      </Waypoints></Interaction></Interactions><Groups><Group elementId="g" type="Complex"/></Groups></Pathway>"""
    graph = from_gpml(text.encode()).graph
    assert said(graph) == ["B + C -| A"]
    assert graph.name == "new"
    assert (graph.node("A").entity, graph.node("B + C").kind) == ("uniprot:P04637", "complex")


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_a_drawing_keeps_labels_and_signs(seed: int) -> None:
    """Who acts on whom comes back from the drawing; gates, levels and paces do not."""
    graph = random_graph(seed)
    back = from_gpml(to_gpml(graph).data).graph
    expected = {(graph.node(e.source).name, e.sign, graph.node(e.target).name) for e in graph.edges}
    assert {(e.source, e.sign, e.target) for e in back.edges} == expected
    assert {edge.gate for edge in back.edges} == {""}


def test_a_drawing_has_a_frame_for_each_compartment_around_its_nodes() -> None:
    from figpath import mechanism

    text = to_gpml(mechanism.load()).data.decode()
    for compartment in mechanism.load().compartments():
        assert f'textLabel="{compartment}"' in text


@pytest.mark.parametrize("name", ["WP3869", "WP4532", "WP1"])
def test_drawings_of_wikipathways_become_graphs(name: str) -> None:
    """Reads the shared bench; passed over where that is absent."""
    path = SHARED / "bench" / "wikipathways" / "gpml" / name / f"{name}.gpml"
    if not path.is_file():
        pytest.skip("the shared bench is absent")
    assert from_gpml(path.read_bytes()).graph.edges
