"""A figure as a network: what becomes a node, where it stands, and how lines are tied to it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings

from figpath.figure import Figure, Paper
from figpath.grounding.mention import Entity
from figpath.publish.network import from_record, plain
from figpath.record import Record, Relation
from made_records import any_record, empty_record, figure_record, gene, member, mention

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def test_a_node_stands_where_its_name_is_drawn() -> None:
    network = from_record(figure_record())
    assert [(n.id, n.name, n.kind, n.x, n.y, n.width, n.height) for n in network.nodes] == [
        (0, "IKKβ", "gene", 35, 27, 50, 14),
        (1, "NF-κB", "family", 135, 27, 50, 14),
        (3, "ATP", "chemical", 35, 67, 30, 14),
        (4, "cancer", "disease", 150, 106, 60, 12),
    ]
    assert (network.width, network.height) == (200, 120)


def test_a_node_says_what_its_name_stands_for() -> None:
    """A family is one node that names its genes; symbols and CURIEs are in step."""
    ikk, nfkb, atp, _ = from_record(figure_record()).nodes
    assert (ikk.symbols, ikk.identifiers, ikk.alternatives) == (("IKBKB",), ("ncbigene:3551",), ("ncbigene:1",))
    assert (nfkb.symbols, nfkb.identifiers) == (("NFkappaB",), ("fplx:NFkappaB",))
    assert (nfkb.member_symbols, nfkb.members) == (("NFKB1", "RELA"), ("ncbigene:4790", "ncbigene:5970"))
    assert atp.identifiers == ("mesh:D000255", "chebi:15422")
    assert nfkb.taxa == (9606,)


def test_a_gene_that_has_the_name_of_its_family_is_a_member() -> None:
    family = Entity(id="fplx:p38", symbol="p38")
    drawn = mention("p38", "family", family, member(5600, "MAPK11"), *gene("", 1432, "MAPK14").entities)
    (node,) = from_record(figure_record(mentions=(drawn,), relations=())).nodes
    assert (node.identifiers, node.members) == (("fplx:p38",), ("ncbigene:5600", "ncbigene:1432"))


def test_what_is_doubtful_is_left_out_and_lines_to_it_too() -> None:
    network = from_record(figure_record())
    assert [edge.id for edge in network.edges] == [0, 1, 2]
    everything = from_record(figure_record(), minimum_score=0)
    assert [node.id for node in everything.nodes] == [0, 1, 2, 3, 4]
    assert [edge.id for edge in everything.edges] == [0, 1, 2, 3, 4]


def test_a_line_is_tied_to_the_boxes_at_its_ends() -> None:
    """Its ends move to the nearest point of the box; without a path it is the straight line between the boxes."""
    drawn, bent, straight = from_record(figure_record()).edges
    assert drawn.points == ((60, 27), (110, 27))
    assert bent.points == ((35, 60), (40, 50), (35, 34))
    assert bent.bends == ((40, 50),)
    (x0, y0), (x1, y1) = straight.points
    assert (y0, y1) == (34, 100)
    assert 135 < x0 < x1 < 150


@pytest.mark.parametrize(
    ("path", "points"),
    [((), ((60, 27), (60, 27))), (((35, 90),), ((35, 34), (35, 90), (35, 34)))],
)
def test_a_line_back_to_its_own_node_has_ends(
    path: tuple[tuple[int, int], ...], points: tuple[tuple[float, float], ...]
) -> None:
    loop = Relation(source=0, target=0, sign="activates", score=1, path=path)
    (edge,) = from_record(figure_record(relations=(loop,))).edges
    assert edge.points == points


def test_names_without_a_place_stand_in_columns_beside_the_picture() -> None:
    names = tuple(gene(f"G{n}", n, f"G{n}") for n in range(11))
    network = from_record(figure_record(mentions=names, relations=()))
    assert {node.x for node in network.nodes[:10]} == {305}
    assert [(node.x, node.y) for node in (network.nodes[0], network.nodes[1], network.nodes[10])] == [
        (305, 72.5),
        (305, 107.5),
        (405, 72.5),
    ]
    assert (network.width, network.height) == (450, 400)


def test_elements_of_a_list_do_not_cover_each_other() -> None:
    """IKKα/β/γ: the first goes by its own box, the others share the rest and go by their symbols."""
    whole = (0, 0, 60, 10)
    names = (
        gene("IKKα", 1147, "CHUK", box=(0, 0, 30, 10)),
        gene("IKKα/β/γ", 3551, "IKBKB", box=whole),
        gene("IKKα/β/γ", 8517, "IKBKG", box=whole),
    )
    nodes = from_record(figure_record(mentions=names, relations=())).nodes
    assert [(node.name, node.x, node.width) for node in nodes] == [
        ("IKKα", 15, 30),
        ("IKBKB", 37.5, 15),
        ("IKBKG", 52.5, 15),
    ]


def test_elements_of_one_box_share_it() -> None:
    names = tuple(gene("JAK1/2", n, f"JAK{n}", box=(0, 0, 60, 10)) for n in (1, 2))
    nodes = from_record(figure_record(mentions=names, relations=())).nodes
    assert [(node.name, node.x, node.width) for node in nodes] == [("JAK1", 15, 30), ("JAK2", 45, 30)]


def test_names_that_overlap_by_chance_stay_where_they_are() -> None:
    names = (gene("STAT2", 1, "STAT2", box=(0, 0, 30, 10)), gene("IFNB", 2, "IFNB1", box=(0, 0, 40, 10)))
    nodes = from_record(figure_record(mentions=names, relations=())).nodes
    assert [(node.name, node.width) for node in nodes] == [("STAT2", 30), ("IFNB", 40)]


def test_letters_fill_their_box() -> None:
    wide, tall = gene("STAT3", 1, "A", box=(0, 0, 50, 20)), gene("STAT3", 1, "A", box=(0, 0, 20, 80))
    network = from_record(figure_record(mentions=(wide, tall), relations=()))
    assert [node.font_size for node in network.nodes] == [16, 16]


def test_the_addresses_are_those_of_pmc() -> None:
    network = from_record(figure_record())
    assert network.page == "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC0000001/figure/F1/"
    assert network.image == "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC0000001/bin/f1.jpg"
    nowhere = figure_record(figure=Figure(figid="PMC0000001__f1", filename="a b.png", link="https://a.org/b"))
    assert (from_record(nowhere).page, from_record(nowhere).image) == ("https://a.org/b", "")


def test_species_go_by_genus_and_species() -> None:
    network = from_record(figure_record(organisms=(559292, 123456, 9606)))
    assert network.organisms == ("Saccharomyces cerevisiae", "Homo sapiens")


def test_a_title_is_always_there() -> None:
    untitled = Record(figid="f", figure=Figure(figid="f", paper=Paper(title="Paper")))
    assert from_record(untitled).title == "Paper"
    assert from_record(empty_record()).title == "nothing"


def test_nothing_drawn_is_an_empty_network() -> None:
    network = from_record(empty_record())
    assert (network.nodes, network.edges) == ((), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a\x00b", "a b"), ("a\ud800 b", "a b"), ("\ufffe", ""), (" a\r\n\tb ", "a b"), ("β<&>", "β<&>"), ("𝛽", "𝛽")],
)
def test_texts_are_what_xml_can_hold(text: str, expected: str) -> None:
    assert plain(text) == expected


@settings(deadline=None, max_examples=60)
@given(any_record())
def test_any_record_is_a_network_of_its_sure_mentions(record: Record) -> None:
    network = from_record(record)
    assert [node.id for node in network.nodes] == [
        i for i, m in enumerate(record.mentions) if m.entities and m.score >= 0.5
    ]
    assert all(node.name and not NOT_XML.search(node.name) for node in network.nodes)
    by_id = {node.id: node for node in network.nodes}
    for edge in network.edges:
        for end, spot in ((by_id[edge.source], edge.points[0]), (by_id[edge.target], edge.points[-1])):
            assert abs(spot[0] - end.x) <= end.width / 2 + 0.001
            assert abs(spot[1] - end.y) <= end.height / 2 + 0.001
    assert from_record(record) == network
