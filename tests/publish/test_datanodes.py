"""DataNodes to paste: what PFOCR's pages put on the clipboard for PathVisio."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

from hypothesis import given, settings

from figpath.publish.datanodes import to_datanodes
from figpath.publish.network import Network, from_record
from figpath.record import Record
from made_records import any_record, empty_record, figure_record, gene

NAMES = {"g": "http://pathvisio.org/GPML/2013a"}


def read(network: Network) -> list[Element]:
    root = fromstring(to_datanodes(network))  # noqa: S314 - our own text
    assert (root.tag, root.get("Data-Source")) == (f"{{{NAMES['g']}}}Pathway", "COPIED")
    assert [child.tag.rpartition("}")[2] for child in (root[0], root[-1])] == ["Graphics", "InfoBox"]
    return root.findall("g:DataNode", NAMES)


def xrefs(nodes: list[Element]) -> list[tuple[str | None, str, str]]:
    found = [(node.get("TextLabel"), node.find("g:Xref", NAMES)) for node in nodes]
    return [(label, one.attrib["Database"], one.attrib["ID"]) for label, one in found if one is not None]


def test_nodes_go_by_symbol_with_the_names_of_bridgedb() -> None:
    """A family is one node, which the curator takes apart or not."""
    assert xrefs(read(from_record(figure_record()))) == [
        ("IKBKB", "Entrez Gene", "3551"),
        ("NFkappaB", "", ""),
        ("ATP", "ChEBI", "CHEBI:15422"),
        ("cancer", "Human Disease Ontology", "DOID:162"),
    ]


def test_each_gene_is_there_once_in_columns_of_ten() -> None:
    drawn = tuple(gene(f"g{n}", n % 11, f"G{n % 11}") for n in range(22))
    nodes = read(from_record(figure_record(mentions=drawn, relations=())))
    places = [one.attrib for node in nodes for one in node.findall("g:Graphics", NAMES)]
    assert len(nodes) == 11
    assert [(place["CenterX"], place["CenterY"]) for place in (places[0], places[1], places[10])] == [
        ("100", "100"),
        ("100", "125"),
        ("200", "100"),
    ]
    assert {(place["Width"], place["Height"]) for place in places} == {("90", "25")}


def test_nothing_drawn_is_nothing_to_paste() -> None:
    assert read(from_record(empty_record())) == []


@settings(deadline=None, max_examples=40)
@given(any_record())
def test_any_figure_can_be_pasted(record: Record) -> None:
    """Every node has a label, an id of its own, and both halves of an identifier or none."""
    network = from_record(record)
    nodes = read(network)
    assert bool(nodes) == bool(network.nodes)
    assert len({node.get("GraphId") for node in nodes}) == len(nodes)
    assert all(label and bool(database) == bool(identifier) for label, database, identifier in xrefs(nodes))
