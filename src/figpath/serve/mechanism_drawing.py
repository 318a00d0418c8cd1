"""The graph of a mechanism as numbers for an SVG: panels, boxes, arrows, in pixels from the top left corner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from figpath.mechanism.layout import layout
from figpath.mechanism.net import steps_of
from figpath.mechanism.paths import touched
from figpath.mechanism.routes import routes
from figpath.mechanism.shown import MOST_DRAWN, drawn_part, lines_of, taken

if TYPE_CHECKING:
    from figpath.mechanism import Graph, SignAnswer
    from figpath.mechanism.layout import Box
    from figpath.mechanism.net import Step
    from figpath.mechanism.routes import Route

_SCALE: Final = 96  # pixels of an inch
_HEAD: Final = 9.0  # pixels of an arrow's head
_GAP: Final = 4.0  # pixels between a bar and the box
_LINE: Final = 16.0  # from one line of a label to the next


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A compartment."""

    name: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeBox:
    """A node: its box, the lines of its label with their heights, what it is called, and what the question does to it.

    `state` is ``blocked``, ``raised``, ``watched``, ``lit`` (a path passes it) or empty.
    """

    x: float
    y: float
    width: float
    height: float
    lines: tuple[tuple[float, str], ...]
    title: str
    state: str

    @property
    def middle(self) -> float:
        """Where its label stands."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """A step from box to box.

    Parameters
    ----------
    path
        The line, as SVG writes it.
    head
        The corners of an arrow's head, or the ends of a bar.
    inhibits
        Whether it ends in a bar.
    falls, rises
        Whether paths that lower and raise the watched node take it.
    title
        Who acts on whom.
    """

    path: str
    head: str
    inhibits: bool
    falls: bool
    rises: bool
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A mechanism as it is drawn; `left_out` counts the nodes of a large one that are not."""

    width: float
    height: float
    panels: tuple[Panel, ...]
    nodes: tuple[NodeBox, ...]
    arrows: tuple[Arrow, ...]
    left_out: int


def drawing_of(graph: Graph, answer: SignAnswer | None) -> Drawing | None:
    """Return the drawing of a mechanism, with the paths of an answer; None for a large one without an answer."""
    shown = _joined(graph if answer is None else drawn_part(answer), answer)
    if not shown.nodes or len(shown.nodes) > MOST_DRAWN:
        return None
    placed = layout(shown)
    steps = [step for step in steps_of(shown, shown.edges) if step.source != step.target]
    ways = routes(placed, [(shown.nodes[step.source].id, shown.nodes[step.target].id) for step in steps])
    sides = (answer.falling.paths, answer.rising.paths) if answer else ((), ())
    falling, rising = (taken(side, shown) for side in sides)
    lit = set(touched([path for side in sides for path in side]))
    states = {node: _state(node, answer, lit) for node in placed.boxes}
    return Drawing(
        width=_pixels(placed.width),
        height=_pixels(placed.height),
        panels=tuple(
            Panel(name=name, **_corner(box, placed.height, inside=0.06)) for name, box in placed.panels.items()
        ),
        nodes=tuple(_box(shown, node, box, placed.height, states[node]) for node, box in placed.boxes.items()),
        arrows=tuple(
            _arrow(shown, step, way, placed.height, falling, rising) for step, way in zip(steps, ways, strict=True)
        ),
        left_out=len(graph.nodes) - len(shown.nodes),
    )


def _joined(graph: Graph, answer: SignAnswer | None) -> Graph:
    """Return a graph without the nodes that no arrow touches, but for those that are asked about."""
    asked = {*answer.block.held, answer.watched} if answer else set()
    touched_by = {end for edge in graph.edges for end in (edge.source, edge.target)} | asked
    kept = tuple(node for node in graph.nodes if node.id in touched_by) or graph.nodes
    return replace(graph, nodes=kept, interventions=())


def _state(node: str, answer: SignAnswer | None, lit: set[str]) -> str:
    if answer is None:
        return ""
    for state, nodes in (("blocked", answer.block.nodes), ("raised", answer.block.raised), ("watched", answer.watched)):
        if node == nodes or (isinstance(nodes, tuple) and node in nodes):
            return state
    return "lit" if node in lit else ""


def _box(graph: Graph, node: str, box: Box, height: float, state: str) -> NodeBox:
    about, lines = graph.node(node), lines_of(graph.node(node).name)
    corner = _corner(box, height)
    first = corner["y"] + corner["height"] / 2 - _LINE * (len(lines) - 1) / 2 + 4.5
    known = ", ".join(filter(None, (about.compartment, about.symbol, about.entity)))
    return NodeBox(
        **corner,
        lines=tuple((round(first + number * _LINE, 1), line) for number, line in enumerate(lines)),
        title=f"{about.name} ({known})" if known else about.name,
        state=state,
    )


def _arrow(graph: Graph, step: Step, way: Route, height: float, falling: set[str], rising: set[str]) -> Arrow:
    (dx, dy), inhibits = way.heading, step.sign < 0
    end = _point(way.curves[-1][-1], height)
    dy = -dy
    back = _GAP if inhibits else _HEAD
    parts = [f"M{_text(_point(way.curves[0][0], height))}"]
    for number, (_, first, second, last) in enumerate(way.curves, 1):
        points = [_point(one, height) for one in (first, second, last)]
        if number == len(way.curves):
            points[1:] = [(x - dx * back, y - dy * back) for x, y in points[1:]]
        parts.append("C" + " ".join(map(_text, points)))
    x, y = end
    half = _HEAD * 0.6
    if inhibits:
        x, y = x - dx * _GAP, y - dy * _GAP
        head = [(x - dy * half, y + dx * half), (x + dy * half, y - dx * half)]
    else:
        base = (x - dx * _HEAD, y - dy * _HEAD)
        head = [end, (base[0] - dy * half, base[1] + dx * half), (base[0] + dy * half, base[1] - dx * half)]
    ids = {edge.id for edge in step.edges}
    names = graph.nodes[step.source].name, graph.nodes[step.target].name
    return Arrow(
        path="".join(parts),
        head=" ".join(map(_text, head)),
        inhibits=inhibits,
        falls=bool(ids & falling),
        rises=bool(ids & rising),
        title=f"{names[0]} {'inhibits' if inhibits else 'activates'} {names[1]}",
    )


def _corner(box: Box, height: float, *, inside: float = 0.0) -> dict[str, float]:
    return {
        "x": _pixels(box.left + inside),
        "y": _pixels(height - box.top + inside),
        "width": _pixels(box.width - 2 * inside),
        "height": _pixels(box.height - 2 * inside),
    }


def _point(point: tuple[float, float], height: float) -> tuple[float, float]:
    return point[0] * _SCALE, (height - point[1]) * _SCALE


def _pixels(inches: float) -> float:
    return round(inches * _SCALE, 1)


def _text(point: tuple[float, float]) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"
