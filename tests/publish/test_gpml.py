"""GPML2021: places, identifiers and lines come back, and every document keeps the rules of the format."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

import pytest
from gpml_rules import faults
from hypothesis import given, settings

from figpath.publish.gpml import ARROW_HEADS, NODE_TYPES, best_curie, to_gpml, xref
from figpath.publish.network import Network, from_record
from figpath.record import Record
from made_records import any_record, empty_record, figure_record

NAMES = {"g": "http://pathvisio.org/GPML/2021"}


def read(network: Network) -> Element:
    return fromstring(to_gpml(network))  # noqa: S314 - our own text


def properties(element: Element) -> dict[str, str]:
    return {one.attrib["key"]: one.attrib["value"] for one in element.findall("g:Property", NAMES)}


def test_names_are_data_nodes_with_what_pathvisio_can_map() -> None:
    """A chemical goes by ChEBI where it has both; a family has no Xref that BridgeDb knows, and names its genes."""
    nodes = read(from_record(figure_record())).findall(".//g:DataNode", NAMES)
    assert [(node.get("textLabel"), node.get("type")) for node in nodes] == [
        ("IKKβ", "GeneProduct"),
        ("NF-κB", "GeneProduct"),
        ("ATP", "Metabolite"),
        ("cancer", "Disease"),
    ]
    found = [node.find("g:Xref", NAMES) for node in nodes]
    assert [one.attrib if one is not None else None for one in found] == [
        {"identifier": "3551", "dataSource": "ncbigene"},
        {"identifier": "NFkappaB", "dataSource": "fplx"},
        {"identifier": "CHEBI:15422", "dataSource": "chebi"},
        {"identifier": "DOID:162", "dataSource": "doid"},
    ]
    assert properties(nodes[1])["memberSymbols"] == "NFKB1|RELA"


def test_lines_are_tied_to_nodes_and_end_in_their_sign() -> None:
    lines = read(from_record(figure_record())).findall(".//g:Interaction", NAMES)
    points = [line.findall(".//g:Point", NAMES) for line in lines]
    assert [each[-1].get("arrowHead") for each in points] == ["Stimulation", "Inhibition", "Undirected"]
    assert [each[0].get("arrowHead") for each in points] == [None] * 3
    first, last = points[0][0].attrib, points[0][-1].attrib
    assert (first["elementRef"], first["relX"], first["relY"]) == ("node0", "1", "0")
    assert (last["elementRef"], last["relX"], last["relY"]) == ("node1", "-1", "0")
    assert [len(each) for each in points] == [2, 3, 2]
    graphics = [line.find("g:Graphics", NAMES) for line in lines]
    assert [one.get("connectorType") for one in graphics if one is not None] == ["Straight", "Segmented", "Straight"]


def test_the_paper_is_cited_and_the_figure_named() -> None:
    root = read(from_record(figure_record()))
    assert (root.get("title"), root.get("organism")) == ("IKKβ activates NF-κB", "Homo sapiens")
    assert root.findtext("g:Description", namespaces=NAMES) == "A schematic <of> & 'more'."
    citation = root.find(".//g:Citation", NAMES)
    assert citation is not None
    assert [child.attrib for child in citation] == [
        {"identifier": "10.1000/1", "dataSource": "doi"},
        {"link": "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC0000001"},
    ]
    assert properties(root)["image"].endswith("/bin/f1.jpg")


def test_a_figure_without_anything_is_an_empty_pathway() -> None:
    root = read(from_record(empty_record()))
    assert faults(root) == []
    assert root.findall(".//g:DataNode", NAMES) == []


@pytest.mark.parametrize(
    ("curie", "expected"),
    [
        ("ncbigene:3717", ("3717", "ncbigene")),
        ("chebi:15422", ("CHEBI:15422", "chebi")),
        ("doid:162", ("DOID:162", "doid")),
        ("mesh:D000255", ("D000255", "mesh")),
        ("figpath:family.type-i-interferon", ("", "")),
        ("nothing", ("", "")),
        ("", ("", "")),
        (":1", ("", "")),
    ],
)
def test_identifiers_are_written_as_bridgedb_knows_them(curie: str, expected: tuple[str, str]) -> None:
    assert xref(curie) == expected


def test_of_several_meanings_the_one_that_maps_is_taken() -> None:
    assert best_curie(("mesh:D1", "chebi:2")) == "chebi:2"
    assert best_curie(("fplx:A", "mesh:D1")) == "fplx:A"
    assert best_curie(()) == ""


def test_the_rules_find_what_is_wrong() -> None:
    """The rules are no rubber stamp: each of these is one fault or more."""
    good = to_gpml(from_record(figure_record())).decode("utf-8")
    for change in (
        ('elementId="node1"', 'elementId="node0"'),
        ('arrowHead="Inhibition"', 'arrowHead="TBar"'),
        ('centerX="35" ', ""),
        ('fontSize="', 'size="'),
        ('elementRef="node1"', 'elementRef="node9"'),
        ("<Waypoints>", "<Waypoints><Url link='a' />"),
    ):
        assert change[0] in good
        assert faults(fromstring(good.replace(*change))), change  # noqa: S314 - our own text


@settings(deadline=None, max_examples=60)
@given(any_record())
def test_any_figure_comes_back_and_keeps_the_rules(record: Record) -> None:
    network = from_record(record)
    root = read(network)
    assert faults(root) == []
    assert to_gpml(network) == to_gpml(from_record(record))
    nodes = root.findall(".//g:DataNode", NAMES)
    assert [node.attrib for node in nodes] == [
        {"elementId": f"node{n.id}", "textLabel": n.name, "type": NODE_TYPES[n.kind]} for n in network.nodes
    ]
    for node, made in zip(network.nodes, nodes, strict=True):
        graphics = made.find("g:Graphics", NAMES)
        assert graphics is not None
        place = [float(graphics.attrib[name]) for name in ("centerX", "centerY", "width", "height")]
        assert place == [node.x, node.y, node.width, node.height]
        assert properties(made).get("identifiers", "") == "|".join(node.identifiers)
        assert properties(made).get("members", "") == "|".join(node.members)
    lines = root.findall(".//g:Interaction", NAMES)
    for edge, made in zip(network.edges, lines, strict=True):
        points = made.findall(".//g:Point", NAMES)
        ends = (points[0].get("elementRef"), points[-1].get("elementRef"), points[-1].get("arrowHead"))
        assert ends == (f"node{edge.source}", f"node{edge.target}", ARROW_HEADS[edge.sign])
        drawn = [(float(point.attrib["x"]), float(point.attrib["y"])) for point in points]
        assert drawn == list(edge.points)
