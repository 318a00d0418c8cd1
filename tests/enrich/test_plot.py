"""Pictures: they are pictures, equal ones have equal bytes, and no state of matplotlib changes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import matplotlib as mpl
import pytest
from lxml import etree
from matplotlib.collections import PathCollection
from PIL import Image

from figpath.enrich import plot
from figpath.enrich.plot import MOST_FIGURES, Dot, dot_plot, form_of, heat_map
from figpath.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure

    from figpath.enrich.plot import Form

DOTS = [
    Dot(id=f"f{n}", title=f"Signalling that costs $5 in cells {n}", x=3 + n, hits=n + 1, q=10.0**-n,
        drawn=("JAK2", "IL6"), expanded=("AKT1",))
    for n in range(4)
]  # fmt: skip


@pytest.mark.parametrize("draw", [dot_plot, heat_map])
@pytest.mark.parametrize("form", ["svg", "png"])
def test_pictures_open_and_are_the_same_twice(draw: Callable[..., bytes], form: Form) -> None:
    before = dict(mpl.rcParams)
    data = draw(DOTS, form=form)
    if form == "svg":
        assert etree.fromstring(data).tag.endswith("svg")
    else:
        assert Image.open(io.BytesIO(data)).width > 600
    assert draw(DOTS, form=form) == data
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("draw", [dot_plot, heat_map])
def test_one_figure_many_figures_and_none(draw: Callable[..., bytes]) -> None:
    assert draw(DOTS[:1])
    assert draw(DOTS * 20) == draw((DOTS * 20)[:MOST_FIGURES])
    with pytest.raises(InputError, match="nothing to draw"):
        draw([])


def test_extremes() -> None:
    """No hit is certain: a q-value of 0, scores on both sides, and a list with signs."""
    dots = [Dot(id="a", title="", x=-2, hits=1, q=0, drawn=("JAK2",)), Dot(id="b", title="", x=2, hits=1, q=1)]
    assert dot_plot(dots, x_label="score")
    assert heat_map(dots, directions={"JAK2": "up"}) != heat_map(dots)


@pytest.mark.parametrize("values", [(1.65, 1.75), (-1.65, -1.75), (-1.0, 3.0), (3.0,)])
def test_dots_lie_whole_within_the_axes(monkeypatch: pytest.MonkeyPatch, values: tuple[float, ...]) -> None:
    """The largest dot is furthest out, on either side, and 0 is always in sight."""
    made: list[Figure] = []
    monkeypatch.setattr(plot, "_written", lambda figure, _form: made.append(figure))
    dot_plot([Dot(id=str(value), title="a", x=value, hits=9, q=1e-9) for value in values])
    made[0].canvas.draw()
    axes = made[0].axes[0]
    points = axes.collections[0]
    assert isinstance(points, PathCollection)
    radius = float(points.get_sizes().max()) ** 0.5 / 2 / 72 * made[0].dpi
    across = [axes.transData.transform((value, 0))[0] for value in (*values, 0)]
    assert axes.bbox.x0 <= min(across[:-1]) - radius * (min(values) < 0)
    assert max(across[:-1]) + radius * (max(values) > 0) <= axes.bbox.x1
    assert axes.bbox.x0 <= across[-1] <= axes.bbox.x1


@pytest.mark.parametrize(("name", "form"), [("a.svg", "svg"), ("b.PNG", "png")])
def test_the_name_says_the_form(name: str, form: str) -> None:
    assert form_of(name) == form


@pytest.mark.parametrize("name", ["a.pdf", "svg", "a"])
def test_other_forms_are_refused(name: str) -> None:
    with pytest.raises(InputError, match=r"\.svg or \.png"):
        form_of(name)
