"""The picture of an answer: the graph by compartments, with the paths lit."""

from __future__ import annotations

import io
import textwrap
from typing import TYPE_CHECKING, Any, Final

from figpath.errors import InputError
from figpath.mechanism.answer import Verdict
from figpath.mechanism.layout import MARGIN, layout
from figpath.mechanism.net import steps_of
from figpath.mechanism.paths import touched
from figpath.mechanism.routes import Route, routes
from figpath.mechanism.shown import drawn_part, lines_of, taken

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from figpath.mechanism.answer import SignAnswer
    from figpath.mechanism.graph import Graph
    from figpath.mechanism.layout import Box, Layout

FORMS: Final = ("svg", "png", "pdf")
_BLUE, _ORANGE, _GREY = "#0072b2", "#d55e00", "#c4c4c4"  # told apart by people who see no red or green (Okabe, Ito)
_INK, _PALE, _PANEL, _BORDER = "#1a1a1a", "#6b6b6b", "#f5f5f2", "#d9d9d4"
_KEY = "#8a8a8a"
_DASHES: Final = (0, (2.2, 1.6))
_BLOCKED, _WATCHED = "#b00020", "#1b7f3b"
_HEAD = 0.11  # inches of an arrow head
_TOP, _FOOT = 0.85, 0.72  # inches above and below the panels


def draw(answer: SignAnswer, *, form: str = "svg") -> bytes:
    """Return the picture of an answer.

    Parameters
    ----------
    answer
        What to draw.
    form
        ``svg``, ``png`` or ``pdf``.

    Raises
    ------
    InputError
        For another form.
    """
    if form not in FORMS:
        raise InputError(f"no picture of the form {form!r}: end its name in {', '.join(f'.{one}' for one in FORMS)}")
    from matplotlib import rc_context

    data = io.BytesIO()
    metadata = {"Date": None} if form == "svg" else {"CreationDate": None} if form == "pdf" else None
    with rc_context({"svg.hashsalt": "figpath", "font.family": "DejaVu Sans"}):
        figure_of(answer).savefig(data, format=form, dpi=160, metadata=metadata)
    return data.getvalue()


def figure_of(answer: SignAnswer) -> Figure:
    """Return the picture of an answer as a matplotlib figure, one unit of its axes an inch."""
    from matplotlib.figure import Figure

    graph = drawn_part(answer)
    drawn = layout(graph)
    width = max(drawn.width, 9.0)
    figure = Figure(figsize=(width, drawn.height + _TOP + _FOOT), facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    shift = (width - drawn.width) / 2
    axes.set_xlim(-shift, width - shift)
    axes.set_ylim(-_FOOT, drawn.height + _TOP)
    for name, panel in drawn.panels.items():
        _panel(axes, name, panel)
    _lines(axes, answer, graph, drawn)
    passed = set(touched((*answer.falling.paths, *answer.rising.paths)))
    for node in graph.nodes:
        _node(axes, answer, node.id, node.name, drawn.boxes[node.id], lit=node.id in passed)
    _words(axes, answer, left=MARGIN - 0.14 - shift, top=drawn.height + _TOP, width=width, whole=len(graph.nodes))
    return figure


def _panel(axes: Axes, name: str, panel: Box) -> None:
    from matplotlib.patches import FancyBboxPatch

    axes.add_patch(
        FancyBboxPatch(
            (panel.left + 0.06, panel.bottom + 0.06), panel.width - 0.12, panel.height - 0.12,
            boxstyle="round,pad=0,rounding_size=0.1", facecolor=_PANEL, edgecolor=_BORDER, linewidth=1, zorder=0,
        )
    )  # fmt: skip
    if name:
        axes.text(
            panel.left + 0.2, panel.top - 0.15, name, fontsize=10.5, fontweight="bold", color=_PALE, va="top", zorder=4
        )


def _lines(axes: Axes, answer: SignAnswer, graph: Graph, drawn: Layout) -> None:
    """Draw every step: pale when no path takes it, else in the colour and style of what the path does."""
    steps = [step for step in steps_of(graph, graph.edges) if step.source != step.target]
    ends = [(graph.nodes[step.source].id, graph.nodes[step.target].id) for step in steps]
    falling, rising = taken(answer.falling.paths, graph), taken(answer.rising.paths, graph)
    blocked = set(answer.block.edges)
    for step, route in zip(steps, routes(drawn, ends), strict=True):
        ids = {edge.id for edge in step.edges}
        styles = [
            *([(_BLUE, "solid", 2.2)] if ids & falling else []),
            *([(_ORANGE, _DASHES, 2.2)] if ids & rising else []),
        ]
        for colour, style, width in styles or [(_GREY, "solid", 0.9)]:
            _line(axes, step.sign, route, colour=colour, style=style, width=width)
        if ids <= blocked:
            _cross(axes, route)


def _line(axes: Axes, sign: int, route: Route, *, colour: str, style: Any, width: float) -> None:
    from matplotlib.patches import PathPatch, Polygon
    from matplotlib.path import Path as Outline

    (dx, dy), (x, y) = route.heading, route.curves[-1][-1]
    lit = width > 1
    size = _HEAD * (1.25 if lit else 0.8)
    back = size if sign > 0 else 0.05
    *before, (start, first, second, _) = route.curves
    last = (start, first, (second[0] - dx * back, second[1] - dy * back), (x - dx * back, y - dy * back))
    points = [before[0][0] if before else start]
    for curve in (*before, last):
        points += curve[1:]
    outline = Outline(points, [Outline.MOVETO, *[Outline.CURVE4] * (len(points) - 1)])
    z = 2 if lit else 1
    axes.add_patch(
        PathPatch(outline, fill=False, edgecolor=colour, linewidth=width, linestyle=style, capstyle="butt", zorder=z)
    )
    if sign > 0:
        corners = [(x, y), (x - dx * size - dy * size / 2, y - dy * size + dx * size / 2)]
        corners.append((x - dx * size + dy * size / 2, y - dy * size - dx * size / 2))
        axes.add_patch(Polygon(corners, closed=True, facecolor=colour, edgecolor="none", zorder=z))
    else:
        half = size * 0.75
        x, y = x - dx * 0.05, y - dy * 0.05
        xs, ys = (x - dy * half, x + dy * half), (y + dx * half, y - dx * half)
        axes.plot(xs, ys, color=colour, linewidth=max(width, 1.6), solid_capstyle="butt", zorder=z)


def _cross(axes: Axes, route: Route) -> None:
    a, b, c, d = route.curves[0]
    x, y = ((p + 3 * q + 3 * r + s) / 8 for p, q, r, s in zip(a, b, c, d, strict=True))
    axes.plot([x], [y], marker="o", markersize=13, color="white", markeredgecolor=_BLOCKED, zorder=2.5)
    axes.plot([x], [y], marker="x", markersize=7, color=_BLOCKED, markeredgewidth=2, zorder=2.6)


def _node(axes: Axes, answer: SignAnswer, node: str, name: str, box: Box, *, lit: bool) -> None:
    from matplotlib.patches import FancyBboxPatch

    blocked, watched = node in answer.block.held, node == answer.watched
    edge = _BLOCKED if blocked else _WATCHED if watched else _INK if lit else "#b5b5b0"
    axes.add_patch(
        FancyBboxPatch(
            (box.left, box.bottom), box.width, box.height, boxstyle="round,pad=0,rounding_size=0.08",
            facecolor="white", edgecolor=edge, linewidth=2 if blocked or watched else 1.1 if lit else 0.8, zorder=3,
        )
    )  # fmt: skip
    colour = _INK if lit or blocked or watched else _PALE
    axes.text(
        box.x, box.y - 0.01, "\n".join(lines_of(name)), fontsize=8.6, color=colour, ha="center", va="center", zorder=4
    )
    if blocked or watched:
        tag = "raised" if node in answer.block.raised else "blocked" if blocked else ""
        tag = tag or ("watched" if answer.verdict is Verdict.not_in_figure else str(answer.verdict))
        axes.text(
            box.left + 0.14, box.top + 0.02, tag, fontsize=7.6, fontweight="bold", color="white", va="center",
            zorder=5, bbox={"boxstyle": "round,pad=0.25", "facecolor": edge, "edgecolor": "none"},
        )  # fmt: skip


def _words(axes: Axes, answer: SignAnswer, *, left: float, top: float, width: float, whole: int) -> None:
    """Write what was found above the panels, and the key and what to make of it below them."""
    reason = textwrap.wrap(answer.reason, int(width * 9.2))[:3]
    axes.text(left, top - 0.25, "\n".join(reason), fontsize=11.5, color=_INK, va="top", linespacing=1.35, zorder=4)
    name = answer.graph.node(answer.watched).name if answer.watched in answer.graph else ""  # then there is no path
    if 2 * _width(f"lowers {name}", 9) > width - 5.5:  # inches that the rest of the key takes
        name = "it"
    marks: list[tuple[str, str, Any, float, int]] = []
    if answer.falling.paths:
        marks.append((f"lowers {name}", _BLUE, "solid", 2.2, 1))
    if answer.rising.paths:
        marks.append((f"raises {name}", _ORANGE, _DASHES, 2.2, 1))
    marks += [("activates", _KEY, "solid", 0.9, 1), ("inhibits", _KEY, "solid", 0.9, -1)]
    x = left
    for text, colour, style, line_width, sign in marks:
        ends = (x, -0.25), (x + 0.2, -0.25), (x + 0.35, -0.25), (x + 0.5, -0.25)
        _line(axes, sign, Route(curves=(ends,), heading=(1.0, 0.0)), colour=colour, style=style, width=line_width)
        axes.text(x + 0.6, -0.25, text, fontsize=9, color=_INK, va="center")
        x += 0.95 + _width(text, 9)
    left_out = len(answer.graph.nodes) - whole
    more = (
        f" Of {left_out + whole} nodes {whole} are drawn, those of the shortest paths or the nearest."
        if left_out
        else ""
    )
    axes.text(left, -0.52, answer.consequence + more, fontsize=9, color=_PALE, va="center", style="italic")


def _width(text: str, size: float) -> float:
    """Inches that a text takes."""
    from matplotlib.textpath import TextPath

    return float(TextPath((0, 0), text, size=size).get_extents().width) / 72
