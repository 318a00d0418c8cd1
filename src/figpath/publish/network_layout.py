"""Where the nodes of a network stand, and the course of the lines between them, in pixels of the stored image."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from figpath.reading.document import Box

Spot: TypeAlias = tuple[float, float]
"""``(x, y)`` in pixels of the stored image, origin top left."""

GRID_WIDTH: Final = 90
GRID_HEIGHT: Final = 25
GRID_ROWS: Final = 10
"""Nodes that have no place on the picture stand in columns of ten, as PFOCR lays them out."""

MARGIN: Final = 60
_GAP = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a node stands.

    Parameters
    ----------
    x, y, width, height
        Centre and size; no side is under 1.
    part
        Whether it is a part of what the drawn text covers: that of IRS2, where ``IRS1/2`` is drawn.
    """

    x: float
    y: float
    width: float
    height: float
    part: bool = False

    @property
    def left(self) -> float:
        """Its left edge."""
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width / 2


def places(drawn: Iterable[tuple[str, Box | None]], *, beside: float) -> tuple[Place, ...]:
    """Return where drawn names stand.

    Parameters
    ----------
    drawn
        Texts with their boxes, whichever corner of a box comes first; None for a name that was typed in.
    beside
        Where the columns of names without a box begin.

    Returns
    -------
    tuple of Place
        One for each name, in order. The elements of a list do not cover each other.
    """
    found: list[Place] = []
    lists: dict[tuple[float, float, float], list[int]] = {}
    texts: list[str] = []
    columns = (_in_columns(index, beside) for index in count())
    for text, box in drawn:
        place = next(columns) if box is None else _of_box(box)
        lists.setdefault((place.left, place.y, place.height), []).append(len(found))
        found.append(place)
        texts.append(text)
    for elements in lists.values():
        if len(elements) > 1 and _is_list([texts[index] for index in elements]):
            for index, place in zip(elements, _side_by_side([found[index] for index in elements]), strict=True):
                found[index] = place
    return tuple(found)


def course(source: Place, target: Place, path: Sequence[Spot]) -> tuple[Spot, ...]:
    """Tie a drawn line to the boxes at its ends.

    Its own ends move to the nearest point of the box. Without them it is the straight line between the centres, as
    far as it is outside the boxes.
    """
    if len(path) > 1:
        return (_nearest(source, path[0]), *path[1:-1], _nearest(target, path[-1]))
    via_source = path[0] if path else (target.x, target.y)
    via_target = path[0] if path else (source.x, source.y)
    return (_way_out(source, via_source), *path, _way_out(target, via_target))


def _of_box(box: Box) -> Place:
    x0, y0, x1, y1 = box
    return Place(
        x=(x0 + x1) / 2, y=(y0 + y1) / 2, width=float(max(1, abs(x1 - x0))), height=float(max(1, abs(y1 - y0)))
    )


def _in_columns(index: int, left: float) -> Place:
    column, row = divmod(index, GRID_ROWS)
    return Place(
        x=left + GRID_WIDTH / 2 + column * (GRID_WIDTH + _GAP),
        y=MARGIN + GRID_HEIGHT / 2 + row * (GRID_HEIGHT + _GAP),
        width=float(GRID_WIDTH),
        height=float(GRID_HEIGHT),
    )


def _is_list(texts: Sequence[str]) -> bool:
    """Say whether the texts of names that begin at one spot are elements of a list: IRS1 and IRS1/2."""
    first, whole = min(texts, key=len), max(texts, key=len)
    return whole.startswith(first) and set(texts) <= {first, whole}


def _side_by_side(elements: Sequence[Place]) -> list[Place]:
    """Give the first element its own box, and the others even parts of what is left of theirs."""
    first, end = min(one.right for one in elements), max(one.right for one in elements)
    start = first if first < end else elements[0].left
    others = [index for index, one in enumerate(elements) if start == one.left or one.right > first]
    made = list(elements)
    step = (end - start) / len(others)
    for number, index in enumerate(others):
        x, width = round(start + step * (number + 0.5), 3), round(max(1.0, step), 3)
        made[index] = replace(made[index], x=x, width=width, part=True)
    return made


def _nearest(place: Place, spot: Spot) -> Spot:
    x = min(max(spot[0], place.left), place.right)
    return x, min(max(spot[1], place.y - place.height / 2), place.y + place.height / 2)


def _way_out(place: Place, to: Spot) -> Spot:
    """Return where the straight line from a centre leaves its box; the right side when it leads nowhere."""
    dx, dy = to[0] - place.x, to[1] - place.y
    if not dx and not dy:
        return place.right, place.y
    share = min(place.width / 2 / abs(dx) if dx else 1.0, place.height / 2 / abs(dy) if dy else 1.0, 1.0)
    return place.x + dx * share, place.y + dy * share
