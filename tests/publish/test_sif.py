"""SIF: names are unique and without blanks, and the ndex2 library reads the same nodes and lines back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from figpath.publish.network import Network, from_record
from figpath.publish.sif import node_names, to_sif
from figpath.record import Record
from made_records import any_record, empty_record, figure_record, gene


def read(network: Network) -> tuple[set[str], list[tuple[str, str, str]]]:
    """Names, and lines as source, sign and target, as ndex2 reads them."""
    from ndex2.cx2 import SIFToCX2NetworkFactory

    found = SIFToCX2NetworkFactory().get_cx2network(to_sif(network).decode("utf-8"))
    names = {number: node["v"]["name"] for number, node in found.get_nodes().items()}
    edges = [(names[e["s"]], e["v"]["interaction"], names[e["t"]]) for e in found.get_edges().values()]
    return set(names.values()), edges


def test_lines_come_first_then_names_without_any() -> None:
    network = from_record(figure_record(relations=figure_record().relations[:1]))
    assert to_sif(network).decode("utf-8") == "IKKβ\tactivates\tNF-κB\nATP\ncancer\n"


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        (("JAK2", "JAK2", "JAK2"), ["JAK2", "JAK2_2", "JAK2_3"]),
        (("JAK2_2", "JAK2", "JAK2"), ["JAK2_2", "JAK2", "JAK2_3"]),
        (("IL 6", "# 1"), ["IL_6", "_#_1"]),
    ],
)
def test_names_are_told_apart(drawn: tuple[str, ...], expected: list[str]) -> None:
    network = from_record(
        figure_record(mentions=tuple(gene(text, n, "A") for n, text in enumerate(drawn)), relations=())
    )
    assert list(node_names(network.nodes).values()) == expected


def test_nothing_drawn_is_an_empty_file() -> None:
    assert to_sif(from_record(empty_record())) == b""


@settings(deadline=None, max_examples=60)
@given(any_record())
def test_any_figure_comes_back(record: Record) -> None:
    network = from_record(record)
    names = node_names(network.nodes)
    assert len(set(names.values())) == len(network.nodes)
    if not network.nodes:
        return
    found, edges = read(network)
    assert found == set(names.values())
    assert edges == [(names[edge.source], edge.sign, names[edge.target]) for edge in network.edges]
