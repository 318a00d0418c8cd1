"""GraphML: networkx reads back the same nodes, places, identifiers and lines, each attribute of its type."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given, settings

from figpath.publish.graphml import to_graphml
from figpath.publish.network import Network, from_record
from figpath.record import Record
from made_records import any_record, empty_record, figure_record


def read(network: Network) -> Any:
    networkx = pytest.importorskip("networkx")
    return networkx.read_graphml(io.BytesIO(to_graphml(network)), force_multigraph=True)


def test_attributes_have_their_types() -> None:
    graph = read(from_record(figure_record()))
    assert graph.nodes["n0"] == {
        "name": "IKKβ",
        "kind": "gene",
        "score": 0.98,
        "x": 35.0,
        "y": 27.0,
        "width": 50.0,
        "height": 14.0,
        "symbols": "IKBKB",
        "identifiers": "ncbigene:3551",
        "taxa": "9606",
        "alternatives": "ncbigene:1",
        "match": "IKK-beta",
    }
    assert graph.nodes["n1"]["members"] == "ncbigene:4790|ncbigene:5970"
    edge = graph.edges["n3", "n0", "e1"]
    assert edge == {"interaction": "inhibits", "score": 0.7, "path": "35,60|40,50|35,34"}


def test_the_graph_says_where_it_comes_from() -> None:
    about = read(from_record(figure_record())).graph
    assert (about["figid"], about["width"], about["doi"]) == ("PMC0000001__f1", 200.0, "10.1000/1")


def test_nothing_drawn_is_an_empty_graph() -> None:
    graph = read(from_record(empty_record()))
    assert (len(graph.nodes), len(graph.edges)) == (0, 0)


@settings(deadline=None, max_examples=60)
@given(any_record())
def test_any_figure_comes_back(record: Record) -> None:
    network = from_record(record)
    graph = read(network)
    assert to_graphml(network) == to_graphml(from_record(record))
    assert list(graph.nodes) == [f"n{node.id}" for node in network.nodes]
    for node in network.nodes:
        made = graph.nodes[f"n{node.id}"]
        assert [made[key] for key in ("name", "kind", "score")] == [node.name, node.kind, node.score]
        assert [made[key] for key in ("x", "y", "width", "height")] == [node.x, node.y, node.width, node.height]
        assert made.get("identifiers", "") == "|".join(node.identifiers)
        assert made.get("members", "") == "|".join(node.members)
    made_edges = {key: (source, target, values) for source, target, key, values in graph.edges(keys=True, data=True)}
    assert len(made_edges) == len(network.edges)
    for edge in network.edges:
        source, target, values = made_edges[f"e{edge.id}"]
        assert (source, target, values["interaction"]) == (f"n{edge.source}", f"n{edge.target}", edge.sign)
        points = [tuple(map(float, spot.split(","))) for spot in values["path"].split("|")]
        assert points == list(edge.points)
