"""The lines between the boxes of a picture: they leave and enter at the sides, and pass columns between the boxes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from figpath.mechanism.layout import GUTTER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from figpath.mechanism.layout import Box, Layout


Point: TypeAlias = tuple[float, float]
_LANE = 0.085  # inches between lines that share a gap
_PORTS = 0.8  # share of a box's side along which lines are attached


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A line from box to box.

    Parameters
    ----------
    curves
        Cubic Bezier curves of four points each, end to end.
    heading
        Direction in which it enters the target, ``(dx, dy)`` of length 1.
    """

    curves: tuple[tuple[Point, Point, Point, Point], ...]
    heading: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """A line before its places along sides and gaps are known: the side at both ends, and its gaps.

    Sides are -1 (left) and 1 (right); 0 at both ends is a straight line to the next box above or below.
    """

    source: str
    target: str
    leaves: int
    enters: int
    gaps: tuple[tuple[int, int], ...]  # column, and number of the gap in it


def routes(drawn: Layout, steps: Iterable[tuple[str, str]]) -> list[Route]:
    """Return the routes of pairs of nodes, in their order; pairs may repeat."""
    column = {node: number for number, nodes in enumerate(drawn.columns) for node in nodes}
    gaps = [_gaps(drawn, nodes) for nodes in drawn.columns]
    plans = [_plan(drawn, column, gaps, *pair) for pair in steps]
    lanes = _lanes(drawn, plans, gaps)
    ports = _ports(drawn, plans, lanes)
    return [_route(drawn, plan, number, lanes, ports) for number, plan in enumerate(plans)]


def _gaps(drawn: Layout, nodes: Sequence[str]) -> list[Point]:
    """Return the free bands of a column, ``(bottom, top)``: below each box, down to the next one or to the border."""
    bands = []
    for node in nodes:
        box = drawn.boxes[node]
        panel = next(p for p in drawn.panels.values() if p.left < box.x < p.right and p.bottom < box.y < p.top)
        below = [drawn.boxes[o].top for o in nodes if panel.bottom < drawn.boxes[o].top < box.bottom]
        bands.append((max(below, default=panel.bottom), box.bottom))
    return bands


def _plan(drawn: Layout, column: Mapping[str, int], gaps: Sequence[Sequence[Point]], source: str, target: str) -> _Plan:
    a, b = column[source], column[target]
    if a == b and _next_to(drawn, source, target):
        return _Plan(source=source, target=target, leaves=0, enters=0, gaps=())
    if a == b:
        side = -1 if a == len(drawn.columns) - 1 and a > 0 else 1
        return _Plan(source=source, target=target, leaves=side, enters=side, gaps=())
    onward = 1 if b > a else -1
    y0, y1 = drawn.boxes[source].y, drawn.boxes[target].y
    passed = []
    for between in range(a + onward, b, onward):
        wish = y0 + (y1 - y0) * (between - a) / (b - a)
        passed.append((between, min(range(len(gaps[between])), key=lambda g: abs(_middle(gaps[between][g]) - wish))))
    return _Plan(source=source, target=target, leaves=onward, enters=-onward, gaps=tuple(passed))


def _next_to(drawn: Layout, one: str, other: str) -> bool:
    """Tell whether two boxes of a column have no box and no border of a panel between them."""
    low, high = sorted((drawn.boxes[one].y, drawn.boxes[other].y))
    x = drawn.boxes[one].x
    levels = [box.y for box in drawn.boxes.values() if box.x == x]
    levels += [panel.top for panel in drawn.panels.values() if panel.left < x < panel.right]
    return not any(low < level < high for level in levels)


def _middle(band: Point) -> float:
    return (band[0] + band[1]) / 2


def _lanes(
    drawn: Layout, plans: Sequence[_Plan], gaps: Sequence[Sequence[Point]]
) -> dict[tuple[int, tuple[int, int]], float]:
    """Return the height at which each line passes each of its gaps: side by side, by where they come from and go."""
    users: dict[tuple[int, int], list[int]] = {}
    for number, plan in enumerate(plans):
        for gap in plan.gaps:
            users.setdefault(gap, []).append(number)
    lanes = {}
    for gap, numbers in users.items():
        bottom, top = gaps[gap[0]][gap[1]]
        numbers.sort(key=lambda n: drawn.boxes[plans[n].source].y + drawn.boxes[plans[n].target].y)
        lane = min(_LANE, (top - bottom) / (len(numbers) + 1))
        for place, number in enumerate(numbers):
            lanes[number, gap] = (bottom + top) / 2 + (place - (len(numbers) - 1) / 2) * lane
    return lanes


def _ports(
    drawn: Layout, plans: Sequence[_Plan], lanes: Mapping[tuple[int, tuple[int, int]], float]
) -> dict[tuple[int, bool], float]:
    """Return the height at which each line is attached at its source (True) and its target (False)."""
    ends: dict[tuple[str, int], list[tuple[float, int, bool]]] = {}
    for number, plan in enumerate(plans):
        if not plan.leaves:
            continue
        way = [lanes[number, gap] for gap in plan.gaps]
        out = way[0] if way else drawn.boxes[plan.target].y
        back = way[-1] if way else drawn.boxes[plan.source].y
        ends.setdefault((plan.source, plan.leaves), []).append((out, number, True))
        ends.setdefault((plan.target, plan.enters), []).append((back, number, False))
    ports = {}
    for (node, _), attached in ends.items():
        box = drawn.boxes[node]
        room = box.height * _PORTS
        for place, (_, number, leaving) in enumerate(sorted(attached)):
            ports[number, leaving] = box.y - room / 2 + room * (place + 0.5) / len(attached)
    return ports


def _route(
    drawn: Layout,
    plan: _Plan,
    number: int,
    lanes: Mapping[tuple[int, tuple[int, int]], float],
    ports: Mapping[tuple[int, bool], float],
) -> Route:
    if not plan.leaves:
        return _straight(drawn.boxes[plan.source], drawn.boxes[plan.target])
    start = (_side(drawn.boxes[plan.source], plan.leaves), ports[number, True])
    end = (_side(drawn.boxes[plan.target], plan.enters), ports[number, False])
    if plan.leaves == plan.enters:
        return Route(curves=(_bulge(start, end, plan.leaves, number),), heading=(-plan.enters, 0.0))
    points = [start]
    for gap in plan.gaps:
        box = drawn.boxes[drawn.columns[gap[0]][0]]
        y = lanes[number, gap]
        points += [(_side(box, -plan.leaves), y), (_side(box, plan.leaves), y)]
    points.append(end)
    curves = tuple(_swing(points[i], points[i + 1]) for i in range(len(points) - 1))
    return Route(curves=curves, heading=(float(plan.leaves), 0.0))


def _straight(source: Box, target: Box) -> Route:
    """A line to the next box, right of the middle when it goes down and further right when it goes up."""
    down = source.y > target.y
    x = source.x + source.width * (0.2 if down else 0.35)
    start = (x, source.bottom if down else source.top)
    end = (x, target.top if down else target.bottom)
    third = (end[1] - start[1]) / 3
    curve = (start, (x, start[1] + third), (x, end[1] - third), end)
    return Route(curves=(curve,), heading=(0.0, -1.0 if down else 1.0))


def _side(box: Box, side: int) -> float:
    return box.right if side > 0 else box.left


def _swing(start: Point, end: Point) -> tuple[Point, Point, Point, Point]:
    """A curve that leaves and arrives level."""
    half = (end[0] - start[0]) / 2
    return start, (start[0] + half, start[1]), (end[0] - half, end[1]), end


def _bulge(start: Point, end: Point, side: int, number: int) -> tuple[Point, Point, Point, Point]:
    """A curve round the side of a column, further out the further it goes."""
    out = side * min(0.2 + 0.16 * abs(end[1] - start[1]) + 0.05 * (number % 4), 0.6 * GUTTER) * 4 / 3
    return start, (start[0] + out, start[1]), (end[0] + out, end[1]), end
