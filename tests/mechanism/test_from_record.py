"""A mechanism from the names and lines of a figure."""

from __future__ import annotations

import pytest

from figpath.errors import InputError
from figpath.mechanism.from_record import DrawnLine, DrawnName, from_record

NAMES = (
    DrawnName(text="IKK", kind="family", entity="fplx:IKK", symbol="IKK"),
    DrawnName(text="IκBα", kind="gene", entity="ncbigene:4792", symbol="NFKBIA"),
    DrawnName(text="NF-κB", kind="family", entity="fplx:NFkappaB", symbol="NFkappaB"),
    DrawnName(text="NFKBIA", kind="gene", entity="ncbigene:4792", symbol="NFKBIA"),
    DrawnName(text="stress"),
)


def test_a_name_drawn_twice_is_one_node_and_a_family_is_one() -> None:
    lines = (
        DrawnLine(source=0, target=1, sign="inhibits"),
        DrawnLine(source=3, target=2, sign="inhibits"),
        DrawnLine(source=4, target=0, sign="activates"),
    )
    graph = from_record(NAMES, lines, name="a figure", evidence="PMC1__F1").graph
    assert [node.id for node in graph.nodes] == ["IKK", "NFKBIA", "NFkappaB", "stress"]
    assert [(e.source, e.sign.symbol, e.target, e.level, e.drawn) for e in graph.edges] == [
        ("IKK", "-", "NFKBIA", "figure", True),
        ("NFKBIA", "-", "NFkappaB", "figure", True),
        ("stress", "+", "IKK", "figure", True),
    ]
    assert {edge.evidence for edge in graph.edges} == {"PMC1__F1"}
    assert graph.nodes[1].label == "IκBα"


def test_lines_without_a_head_and_unsure_ones_are_left_out_and_counted() -> None:
    lines = (
        DrawnLine(source=0, target=1, sign="undirected"),
        DrawnLine(source=0, target=1, sign="activates", score=0.4),
        DrawnLine(source=0, target=1, sign="inhibits", score=0.5),
    )
    drawing = from_record(NAMES, lines)
    assert (len(drawing.graph.edges), drawing.undirected, drawing.unsure) == (1, 1, 1)


def test_different_things_of_one_symbol_stay_apart() -> None:
    names = (DrawnName(text="a", entity="x:1", symbol="A"), DrawnName(text="b", entity="x:2", symbol="A"))
    assert [node.id for node in from_record(names, ()).graph.nodes] == ["A", "A (2)"]


def test_a_name_that_looks_like_the_second_of_another_stays_apart() -> None:
    names = [DrawnName(text=text, entity=f"x:{at}") for at, text in enumerate(("A (2)", "A", "A"))]
    assert [node.id for node in from_record(names, ()).graph.nodes] == ["A (2)", "A", "A (3)"]


def test_a_figure_without_names_and_a_line_to_nowhere_are_refused() -> None:
    with pytest.raises(InputError, match="no names in F1"):
        from_record((), (), name="F1")
    with pytest.raises(InputError, match="a line joins names 0 and 9, the figure has 5"):
        from_record(NAMES, (DrawnLine(source=0, target=9, sign="activates"),))
