"""CX2: read back with the ndex2 library, nodes, places, identifiers, lines and looks are what was written."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings

from figpath.errors import RecordError
from figpath.publish.cx2 import to_cx2
from figpath.publish.network import Network, from_record
from figpath.record import Record, Relation
from made_records import any_record, empty_record, figure_record


def read(network: Network) -> Any:
    """The network as ndex2 reads it; importing ndex2 takes a second, so it waits for the first test."""
    from ndex2.cx2 import RawCX2NetworkFactory

    return RawCX2NetworkFactory().get_cx2network(json.loads(to_cx2(network)))


def bends(handles: list[dict[str, float]], source: dict[str, Any], target: dict[str, Any]) -> list[tuple[float, float]]:
    """Turn and stretch the straight line as Cytoscape does, which finds its cosine under the name of the sine."""
    dx, dy = target["x"] - source["x"], target["y"] - source["y"]
    return [
        (
            source["x"] + (dx * one["sin"] - dy * one["cos"]) * one["ratio"],
            source["y"] + (dx * one["cos"] + dy * one["sin"]) * one["ratio"],
        )
        for one in handles
    ]


def test_names_stand_at_their_places_with_their_identifiers() -> None:
    nodes = read(from_record(figure_record())).get_nodes()
    ikk = nodes[0]
    assert (ikk["x"], ikk["y"]) == (35, 27)
    assert ikk["v"] == {
        "name": "IKKβ",
        "represents": "ncbigene:3551",
        "kind": "gene",
        "score": 0.98,
        "symbols": ["IKBKB"],
        "identifiers": ["ncbigene:3551"],
        "taxa": [9606],
        "alternatives": ["ncbigene:1"],
        "match": "IKK-beta",
        "width": 50.0,
        "height": 14.0,
        "font_size": 11,
    }
    family = nodes[1]["v"]
    assert (family["represents"], family["member"]) == ("fplx:NFkappaB", ["ncbigene:4790", "ncbigene:5970"])


def test_the_network_says_where_it_comes_from() -> None:
    found = read(from_record(figure_record())).get_network_attributes()
    assert found["name"] == "IKKβ activates NF-κB"
    assert found["figureLink"] == "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC0000001/figure/F1/"
    assert found["image"].endswith("/PMC0000001/bin/f1.jpg")
    assert (found["pmcId"], found["doi"], found["rights"]) == ("PMC0000001", "10.1000/1", "CC BY 4.0")
    assert found["organism"] == "Homo sapiens, Mus musculus"
    assert json.loads(found["@context"])["ncbigene"] == "https://bioregistry.io/ncbigene:"


def test_lines_have_the_arrow_of_their_sign() -> None:
    network = read(from_record(figure_record()))
    edges = [(edge["s"], edge["t"], edge["v"]["interaction"]) for edge in network.get_edges().values()]
    assert edges == [(0, 1, "activates"), (3, 0, "inhibits"), (1, 4, "undirected")]
    mapping = network.get_visual_properties()["edgeMapping"]["EDGE_TARGET_ARROW_SHAPE"]["definition"]
    assert mapping["attribute"] == "interaction"
    shapes = {pair["v"]: pair["vp"] for pair in mapping["map"]}
    assert shapes == {"activates": "triangle", "inhibits": "tee", "undirected": "none"}


def test_bends_are_where_they_were_drawn() -> None:
    """A point a quarter of the way along and off to one side turns up there again."""
    paths = ((62, 27), (80, 10), (100, 60), (108, 27))
    bent = Relation(source=0, target=1, sign="activates", score=1, path=paths)
    network = read(from_record(figure_record(relations=(bent,))))
    handles = network.get_edge_bypasses()[0]["EDGE_CONTROL_POINTS"]
    nodes = network.get_nodes()
    found = bends(handles, nodes[0], nodes[1])
    assert found == [pytest.approx((80, 10), abs=1e-4), pytest.approx((100, 60), abs=1e-4)]


def test_sizes_and_labels_come_from_the_attributes() -> None:
    """Without the last, Cytoscape would make nodes square."""
    network = read(from_record(figure_record()))
    mappings = network.get_visual_properties()["nodeMapping"]
    used = {name: value["definition"]["attribute"] for name, value in mappings.items()}
    assert used["NODE_LABEL"] == "name"
    assert (used["NODE_WIDTH"], used["NODE_HEIGHT"], used["NODE_SHAPE"]) == ("width", "height", "kind")
    assert network.get_opaque_aspect("visualEditorProperties")[0]["properties"]["nodeSizeLocked"] is False


@pytest.mark.parametrize("record", [figure_record(), empty_record(), figure_record(relations=())])
def test_what_is_announced_is_there(record: Record) -> None:
    """The meta data names each aspect with the number of its elements, and no other; the last says that all is well."""
    first, meta, *aspects, last = json.loads(to_cx2(from_record(record)))
    assert first == {"CXVersion": "2.0", "hasFragments": False}
    announced = {one["name"]: one["elementCount"] for one in meta["metaData"]}
    assert announced == {name: len(elements) for aspect in aspects for name, elements in aspect.items()}
    assert last == {"status": [{"error": "", "success": True}]}


def test_nothing_drawn_is_an_empty_network() -> None:
    network = read(from_record(empty_record()))
    assert (network.get_nodes(), network.get_edges(), network.get_name()) == ({}, {}, "nothing")


def test_errors_of_the_library_are_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    from ndex2.cx2 import CX2Network
    from ndex2.exceptions import NDExError

    def refuse(*_: object, **__: object) -> None:
        raise NDExError("no")

    monkeypatch.setattr(CX2Network, "add_node", refuse)
    with pytest.raises(RecordError, match="the figure PMC0000001__f1 cannot be written as CX2: no"):
        to_cx2(from_record(figure_record()))


@settings(deadline=None, max_examples=60)
@given(any_record())
def test_any_figure_comes_back(record: Record) -> None:
    network = from_record(record)
    found = read(network)
    assert to_cx2(network) == to_cx2(from_record(record))
    nodes = found.get_nodes()
    assert list(nodes) == [node.id for node in network.nodes]
    for node in network.nodes:
        made = nodes[node.id]
        values = made["v"]
        assert (made["x"], made["y"], values["width"], values["height"]) == (node.x, node.y, node.width, node.height)
        assert (values["name"], values["kind"], values["score"]) == (node.name, node.kind, node.score)
        assert tuple(values.get("identifiers", ())) == node.identifiers
        assert tuple(values.get("member", ())) == node.members
        assert tuple(values.get("alternatives", ())) == node.alternatives
    edges = found.get_edges()
    assert [(number, edge["s"], edge["t"], edge["v"]["interaction"]) for number, edge in edges.items()] == [
        (edge.id, edge.source, edge.target, edge.sign) for edge in network.edges
    ]
    for edge in network.edges:
        handles = found.get_edge_bypasses().get(edge.id, {}).get("EDGE_CONTROL_POINTS", [])
        source, target = nodes[edge.source], nodes[edge.target]
        if handles and math.dist((source["x"], source["y"]), (target["x"], target["y"])) > 1:
            kept = [bend for bend in edge.bends if bend != (source["x"], source["y"])]
            for one, other in zip(bends(handles, source, target), kept, strict=True):
                assert one == pytest.approx(other, abs=0.01)
