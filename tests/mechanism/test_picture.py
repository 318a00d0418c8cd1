"""The picture of an answer."""

from __future__ import annotations

import io
import itertools
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from drawn_graphs import graph_of, random_graph
from figpath import mechanism
from figpath.errors import InputError
from figpath.mechanism import ask
from figpath.mechanism.layout import layout
from figpath.mechanism.plot import draw, figure_of
from figpath.mechanism.routes import routes

GRAPH = mechanism.load()
PICTURE = Path(__file__).parents[2] / "docs" / "img" / "jak2_vessels.png"
ANSWER = ask(GRAPH, block="antiVEGF", watch="T_METAST")


def test_no_two_boxes_or_panels_overlap_and_boxes_lie_in_their_panel() -> None:
    drawn = layout(GRAPH)
    for things in (drawn.boxes, drawn.panels):
        for one, other in itertools.combinations(things.values(), 2):
            apart_x = one.right <= other.left or other.right <= one.left
            assert apart_x or one.top <= other.bottom + 1e-9 or other.top <= one.bottom + 1e-9
    for node in GRAPH.nodes:
        box, panel = drawn.boxes[node.id], drawn.panels[node.compartment]
        assert panel.left < box.left
        assert box.right < panel.right
        assert panel.bottom < box.bottom
        assert box.top < panel.top


def test_lines_pass_no_box_but_their_own() -> None:
    """Points along every line: none lies inside a box, except where it leaves and enters."""
    drawn = layout(GRAPH)
    pairs = [(edge.source, edge.target) for edge in GRAPH.edges]
    share = np.linspace(0, 1, 41)[:, None]
    for pair, route in zip(pairs, routes(drawn, pairs), strict=True):
        for a, b, c, d in np.array(route.curves):
            rest = 1 - share
            points = rest**3 * a + 3 * rest**2 * share * b + 3 * rest * share**2 * c + share**3 * d
            for name, box in drawn.boxes.items():
                inside = (
                    (points[:, 0] > box.left + 0.01)
                    & (points[:, 0] < box.right - 0.01)
                    & (points[:, 1] > box.bottom + 0.01)
                    & (points[:, 1] < box.top - 0.01)
                )
                assert not inside.any(), (pair, name)


def test_no_two_texts_overlap_and_all_are_on_the_picture() -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = figure_of(ANSWER)
    FigureCanvasAgg(figure)
    boxes = [text.get_window_extent() for text in figure.axes[0].texts if text.get_text()]
    assert len(boxes) > 30
    width, height = figure.bbox.width, figure.bbox.height
    assert all(b.x0 >= 0 and b.x1 <= width and b.y0 >= 0 and b.y1 <= height for b in boxes)
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))


def test_words_stay_on_the_picture_of_a_small_graph() -> None:
    """A graph of one column is narrower than what is said about it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    rows = ("A + a_node_that_has_a_long_name", "A - a_node_that_has_a_long_name", "C + C")
    figure = figure_of(ask(graph_of(*rows), block="A", watch="a_node_that_has_a_long_name"))
    FigureCanvasAgg(figure)
    boxes = [text.get_window_extent() for text in figure.axes[0].texts if text.get_text()]
    assert all(box.x0 >= 0 and box.x1 <= figure.bbox.width for box in boxes)


def test_without_a_path_what_is_near_is_drawn_of_a_large_graph() -> None:
    chain = graph_of(*(f"N{place} + N{place + 1}" for place in range(80)))
    texts = {text.get_text() for text in figure_of(ask(chain, block="N40", watch="N20")).axes[0].texts}
    assert {"N20", "N40", "N21", "N41", "N19", "N39"} <= texts
    assert any("Of 81 nodes 60 are drawn" in text for text in texts)


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_every_form_is_drawn_the_same_twice(form: str) -> None:
    data = draw(ANSWER, form=form)
    assert data == draw(ANSWER, form=form)
    if form == "png":
        assert Image.open(io.BytesIO(data)).width > 1000


def test_another_form_is_refused() -> None:
    with pytest.raises(InputError, match=r"no picture of the form 'bmp': end its name in .svg, .png, .pdf"):
        draw(ANSWER, form="bmp")


@pytest.mark.parametrize(
    ("rows", "block", "watch"),
    [
        (("A + B",), "A", "B"),
        (("A + A", "B + B"), "A", "B"),
        (("A + B", "A - B", "B + A"), "A", "B"),
        (("A + B",), "B", "A"),
        (("A + B",), "A", "A"),
        (("A + B", "B - C"), "e2", "C"),
    ],
)
def test_small_and_odd_answers_are_drawn(rows: tuple[str, ...], block: str, watch: str) -> None:
    assert draw(ask(graph_of(*rows), block=block, watch=watch)).startswith(b"<?xml")


def test_of_a_large_graph_the_shortest_paths_are_drawn() -> None:
    answer = ask(random_graph(np.random.default_rng(0), nodes=300, edges=600), block="n0", watch="n1")
    figure = figure_of(answer)
    words = [text.get_text() for text in figure.axes[0].texts]
    assert any("Of 300 nodes " in text for text in words)
    assert "n0" in words
    assert "n1" in words


def test_the_picture_in_the_documentation_is_that_of_the_code() -> None:
    """As large and nearly as dark everywhere; with fewer colours, so that the file stays small."""
    drawn = Image.open(io.BytesIO(ask(GRAPH, block="JAK2", watch="E_VESSEL").draw(form="png"))).convert("RGB")
    if os.environ.get("FIGPATH_REWRITE"):
        fewer = drawn.quantize(64, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        fewer.save(PICTURE, format="PNG", optimize=True)
    shown = Image.open(PICTURE).convert("RGB")
    assert PICTURE.stat().st_size < 200_000
    assert shown.size == drawn.size
    small = [np.asarray(image.convert("L").resize((60, 48)), dtype=float) for image in (drawn, shown)]
    assert np.abs(small[0] - small[1]).max() < 30
