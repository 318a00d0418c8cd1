"""Where the parts of a mechanism stand on its picture: compartments as panels in columns, nodes as boxes in rows.

Lengths are inches, x to the right and y upwards from the bottom left corner of the drawing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from figpath.mechanism.graph import Graph

BOX_WIDTH: Final = 1.75
BOX_HEIGHT: Final = 0.56
GUTTER: Final = 1.25
"""Room between columns, where lines cross from one to the next."""
MARGIN: Final = 0.45
"""Room left and right of all columns."""
_ROW: Final = 0.96  # from one box to the next
_TITLE, _PAD = 0.36, 0.2  # room for a panel's title, and inside its border
_MOST_ROWS: Final = 9
_MOST_ORDERED: Final = 6  # compartments of which every order is tried
_SWEEPS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle by its centre."""

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> float:
        """X of the left side."""
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        """X of the right side."""
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        """Y of the lower side."""
        return self.y - self.height / 2

    @property
    def top(self) -> float:
        """Y of the upper side."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where everything stands.

    Parameters
    ----------
    width, height
        Of the drawing.
    boxes
        By node.
    panels
        By compartment.
    columns
        The nodes of each column, from top to bottom.
    """

    width: float
    height: float
    boxes: Mapping[str, Box]
    panels: Mapping[str, Box]
    columns: tuple[tuple[str, ...], ...]


def layout(graph: Graph) -> Layout:
    """Return the layout of a graph: panels in the order in which arrows have the shortest way, rows likewise."""
    groups: dict[str, list[str]] = {compartment: [] for compartment in graph.compartments()}
    for node in graph.nodes:
        groups[node.compartment].append(node.id)
    pairs = [(edge.source, edge.target) for edge in graph.edges if edge.source != edge.target]
    columns = _best_columns(groups, pairs)
    ordered = _rows(columns, pairs)
    return _placed(ordered)


def _best_columns(
    groups: Mapping[str, list[str]], pairs: Sequence[tuple[str, str]]
) -> list[list[tuple[str, list[str]]]]:
    orders = permutations(groups) if len(groups) <= _MOST_ORDERED else iter([tuple(groups)])
    return min(
        (_packed([(name, groups[name]) for name in order], pairs) for order in orders), key=lambda c: _span(c, pairs)
    )


def _packed(
    order: Sequence[tuple[str, list[str]]], pairs: Sequence[tuple[str, str]]
) -> list[list[tuple[str, list[str]]]]:
    """Stack small compartments in one column, spread large ones over several."""
    columns: list[list[tuple[str, list[str]]]] = []
    for name, nodes in order:
        if len(nodes) > _MOST_ROWS:
            columns += [[(name, part)] for part in _spread(nodes, pairs)]
        elif columns and _length(columns[-1]) + len(nodes) + 1 <= _MOST_ROWS and len(columns[-1]) < 3:
            columns[-1].append((name, nodes))
        else:
            columns.append([(name, nodes)])
    return columns


def _length(column: Sequence[tuple[str, list[str]]]) -> int:
    return sum(len(nodes) for _, nodes in column) + len(column) - 1


def _spread(nodes: Sequence[str], pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Split a large compartment into columns of equal length, what drives before what is driven."""
    depth = _depths(nodes, pairs)
    ordered = sorted(nodes, key=lambda node: depth[node])
    count = -(-len(nodes) // _MOST_ROWS)
    size = -(-len(nodes) // count)
    return [list(ordered[start : start + size]) for start in range(0, len(ordered), size)]


def _depths(nodes: Collection[str], pairs: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Return how many steps lie before each node on the longest way, loops cut after one round of all nodes."""
    inside = [(a, b) for a, b in pairs if a in set(nodes) and b in set(nodes)]
    depth = dict.fromkeys(nodes, 0)
    for _ in range(min(len(depth), 20)):
        for source, target in inside:
            depth[target] = max(depth[target], min(depth[source] + 1, 20))
    return depth


def _span(columns: Sequence[Sequence[tuple[str, list[str]]]], pairs: Sequence[tuple[str, str]]) -> tuple[int, int]:
    place = {node: number for number, column in enumerate(columns) for _, nodes in column for node in nodes}
    return sum(abs(place[a] - place[b]) ** 2 for a, b in pairs), sum(place[a] > place[b] for a, b in pairs)


def _rows(
    columns: list[list[tuple[str, list[str]]]], pairs: Sequence[tuple[str, str]]
) -> list[list[tuple[str, list[str]]]]:
    """Order nodes within panels, and panels within columns, by the mean height of what they are joined to."""
    joined: dict[str, list[str]] = {}
    for a, b in pairs:
        joined.setdefault(a, []).append(b)
        joined.setdefault(b, []).append(a)
    for _ in range(_SWEEPS):
        height = _heights(columns)
        wish = {node: _mean([height[o] for o in joined.get(node, [])], height[node]) for node in height}
        columns = [
            sorted(
                ((name, sorted(nodes, key=lambda node: wish[node])) for name, nodes in column),
                key=lambda panel: _mean([wish[node] for node in panel[1]], 0.0),
            )
            for column in columns
        ]
    return columns


def _heights(columns: Sequence[Sequence[tuple[str, list[str]]]]) -> dict[str, float]:
    heights: dict[str, float] = {}
    for column in columns:
        nodes = [node for _, panel in column for node in panel]
        heights |= {node: (row + 0.5) / len(nodes) for row, node in enumerate(nodes)}
    return heights


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _placed(columns: Sequence[Sequence[tuple[str, list[str]]]]) -> Layout:
    tallest = max(_needed(column) for column in columns)
    boxes: dict[str, Box] = {}
    panels: dict[str, Box] = {}
    for number, column in enumerate(columns):
        x = MARGIN + BOX_WIDTH / 2 + number * (BOX_WIDTH + GUTTER)
        spare = (tallest - _needed(column)) / sum(len(nodes) for _, nodes in column)
        top = tallest
        for name, nodes in column:
            height = _TITLE + len(nodes) * (_ROW + spare)
            for row, node in enumerate(nodes):
                y = top - _TITLE - (row + 0.5) * (_ROW + spare) + _PAD / 2
                boxes[node] = Box(x=x, y=y, width=BOX_WIDTH, height=BOX_HEIGHT)
            panel = Box(x=x, y=top - height / 2, width=BOX_WIDTH + 2 * _PAD, height=height)
            panels[name] = _around(panels[name], panel) if name in panels else panel
            top -= height + _PAD
    places = tuple(tuple(node for _, nodes in column for node in nodes) for column in columns)
    width = len(columns) * (BOX_WIDTH + GUTTER) - GUTTER + 2 * MARGIN
    return Layout(width=width, height=tallest, boxes=boxes, panels=panels, columns=places)


def _needed(column: Sequence[tuple[str, list[str]]]) -> float:
    rows = sum(len(nodes) for _, nodes in column)
    return rows * _ROW + len(column) * _TITLE + (len(column) - 1) * _PAD


def _around(one: Box, other: Box) -> Box:
    left, right = min(one.left, other.left), max(one.right, other.right)
    bottom, top = min(one.bottom, other.bottom), max(one.top, other.top)
    return Box(x=(left + right) / 2, y=(bottom + top) / 2, width=right - left, height=top - bottom)
