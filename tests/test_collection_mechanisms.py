"""A figure's record as a mechanism."""

from __future__ import annotations

from dataclasses import replace

from figpath.collection.mechanisms import mechanism_of_record
from figpath.figure import Figure
from figpath.record import Record, Relation
from made_corpus import gene


def test_names_that_are_unsure_or_rejected_are_no_nodes_and_their_arrows_fall() -> None:
    """What is left keeps its own arrows, although its place among the names is another."""
    names = (gene("AKT1"), replace(gene("IL6"), score=0.0, entities=()), gene("JAK2"), gene("STAT3"))
    arrows = (
        Relation(source=0, target=1, sign="activates", score=0.9),
        Relation(source=2, target=3, sign="inhibits", score=0.9),
    )
    record = Record(figid="f", width=9, height=9, figure=Figure(figid="f"), mentions=names, relations=arrows)
    graph = mechanism_of_record(record).graph
    by_id = {node.id: node.name for node in graph.nodes}
    assert sorted(by_id.values()) == ["AKT1", "JAK2", "STAT3"]
    assert [(by_id[one.source], one.sign.symbol, by_id[one.target]) for one in graph.edges] == [("JAK2", "-", "STAT3")]
