"""Where the figures of a page are: drawn things that stand together, given to the caption they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from figpath.source.pdf_text import overlap, running_text, union

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.source.pdf_text import Box, Caption, TextLine

_CELL = 3.0  # points: the grid on which things that stand together are found
_REACH = 4  # cells: what is nearer than this stands together
_BACKGROUND = 0.9  # of the page's area: a drawn area this large is no figure
_RULE = 3.0  # points: a long path thinner than this is a rule of the page
_EDGE = 0.045  # of the page's height: text there is a running head or a page number
_MARGIN = 0.08  # of the page's height: what is drawn there, and is no picture, is an ornament
_NEIGHBOUR = 45.0  # points between the panels of a figure
_FAR = 90.0  # points: a small part of a figure is nearer to the others than this
_BODY = 0.28  # of the page's width: wider lines of text are no labels of a drawing
_SMALLEST_PART = 8.0  # points
_SMALLEST_PANEL = 25.0  # points
_SMALLEST_FIGURE = (0.15, 0.08)  # of the page's width and height
_SMALLEST_UNSAID = (0.22, 0.12)  # of a figure without a caption


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture or a path on a page, and where it is."""

    box: Box
    picture: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A figure on a page; `caption` is None where none was found."""

    box: Box
    caption: Caption | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """Things that stand together."""

    box: Box
    picture: bool
    count: int


def regions_of(
    size: tuple[float, float], drawn: Sequence[Drawn], lines: Sequence[TextLine], captions: Sequence[Caption]
) -> tuple[Region, ...]:
    """Return the figures of a page, top to bottom.

    Parameters
    ----------
    size
        Width and height of the page in points.
    drawn
        Pictures and paths on it.
    lines
        Its lines of text; short ones inside a drawing are its labels.
    captions
        Those of its figures and tables. What belongs to a table is no figure.
    """
    own = [one for one in drawn if _may_belong(one, size)]
    text = running_text(lines)
    loose = [line for line in lines if line not in text]
    labels = _near([line.box for line in loose if _is_label(line, size, captions)], own, size)
    wide = [line for line in loose if line.box[2] - line.box[0] >= _BODY * size[0]]
    body = [line.box for line in (*text, *wide) if not any(_within(line.box, cap.box) for cap in captions)]
    parts = _parts(size, own, labels, captions)
    groups: dict[int, list[_Part]] = {}
    alone: list[_Part] = []
    for part in parts:
        chosen = _caption_of(part, captions, body, size)
        if chosen is None:
            alone.append(part)
        else:
            groups.setdefault(chosen, []).append(part)
    alone = _taken_along(groups, alone, body)
    found = [
        Region(box=_together(group), caption=captions[number])
        for number, group in groups.items()
        if not captions[number].table
    ]
    regions = [region for region in found if _large(region.box, size, _SMALLEST_FIGURE)]
    regions += [Region(box=part.box, caption=None) for part in alone if _stands_alone(part, size)]
    return tuple(sorted(regions, key=lambda region: (-round(region.box[3]), region.box[0])))


def _is_label(line: TextLine, size: tuple[float, float], captions: Sequence[Caption]) -> bool:
    if line.box[1] > (1 - _EDGE) * size[1] or line.box[3] < _EDGE * size[1]:  # running heads and page numbers
        return False
    return line.box[2] - line.box[0] < _BODY * size[0] and not any(_within(line.box, cap.box) for cap in captions)


def _near(labels: Sequence[Box], drawn: Sequence[Drawn], size: tuple[float, float]) -> list[Box]:
    """Return the labels that stand in or close to something drawn; those that only follow other text are text."""
    taken = _grid(size, [one.box for one in drawn])
    close = cv2.dilate(taken, np.ones((2 * _REACH + 1, 2 * _REACH + 1), dtype=np.uint8))
    return [box for box in labels if close[_cells(box)].any()]


def _grid(size: tuple[float, float], boxes: Sequence[Box]) -> np.ndarray:
    """Return the page as cells, 1 where one of the boxes is."""
    taken = np.zeros((int(size[1] / _CELL) + 2, int(size[0] / _CELL) + 2), dtype=np.uint8)
    for box in boxes:
        taken[_cells(box)] = 1
    return taken


def _within(box: Box, other: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return other[0] <= x <= other[2] and other[1] <= y <= other[3]


def _may_belong(one: Drawn, size: tuple[float, float]) -> bool:
    width, height = one.box[2] - one.box[0], one.box[3] - one.box[1]
    if one.picture:
        return width > 1 and height > 1
    if width * height > _BACKGROUND * size[0] * size[1]:
        return False
    if one.box[1] > (1 - _MARGIN) * size[1] or one.box[3] < _MARGIN * size[1]:  # bands and rules at the page's edge
        return False
    across = height < _RULE and width > 0.2 * size[0]
    down = width < _RULE and height > 0.5 * size[1]
    return not (across or down)


def _parts(
    size: tuple[float, float], drawn: Sequence[Drawn], labels: Sequence[Box], captions: Sequence[Caption]
) -> list[_Part]:
    """Group what is drawn by nearness; labels are taken along by the drawing that they stand in."""
    if not drawn:
        return []
    taken = _grid(size, [*(one.box for one in drawn), *labels])
    near = cv2.dilate(taken, np.ones((_REACH, _REACH), dtype=np.uint8))
    for caption in captions:  # a caption parts the figures above and below it
        near[_cells(caption.box)] = 0
    _, numbers = cv2.connectedComponents(near)
    members: dict[int, list[Drawn]] = {}
    for one in drawn:
        members.setdefault(_number_at(numbers, one.box), []).append(one)
    along: dict[int, list[Box]] = {}
    for box in labels:
        along.setdefault(_number_at(numbers, box), []).append(box)
    return [
        _Part(
            box=union([*(one.box for one in group), *along.get(number, [])]),
            picture=any(one.picture for one in group),
            count=len(group),
        )
        for number, group in members.items()
    ]


def _cells(box: Box) -> tuple[slice, slice]:
    left, bottom, right, top = (max(0, int(value / _CELL)) for value in box)
    return slice(bottom, top + 1), slice(left, right + 1)


def _number_at(numbers: np.ndarray, box: Box) -> int:
    inside = numbers[_cells(box)]
    counts = np.bincount(inside[inside > 0].ravel()) if inside.size else np.zeros(0)
    return int(counts.argmax()) if counts.size else 0


def _caption_of(part: _Part, captions: Sequence[Caption], body: Sequence[Box], size: tuple[float, float]) -> int | None:
    """Return the number of the caption that a part belongs to: the nearest, below it rather than above it."""
    width, height = part.box[2] - part.box[0], part.box[3] - part.box[1]
    if max(width, height) < _SMALLEST_PART:
        return None
    costs = {number: _cost(part.box, number, captions, body, size) for number in range(len(captions))}
    best = min(costs, key=lambda number: costs[number], default=None)
    return None if best is None or costs[best] > 0.7 * size[1] else best


def _together(group: Sequence[_Part]) -> Box:
    """Return the box around the largest part and what is not far from it; a mark in the margin is far."""
    first, *others = sorted(group, key=lambda part: -_area(part.box))
    near = [
        part for part in others if _distance(part.box, first.box) < _FAR or _area(part.box) > 0.1 * _area(first.box)
    ]
    return union(part.box for part in (first, *near))


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _distance(box: Box, other: Box) -> float:
    """Return the gap between two boxes, the larger of that across and that down the page."""
    return max(other[0] - box[2], box[0] - other[2], other[1] - box[3], box[1] - other[3], 0.0)


def _taken_along(groups: dict[int, list[_Part]], alone: list[_Part], body: Sequence[Box]) -> list[_Part]:
    """Add parts that no caption stands under to the group right beside them; return those that stay alone.

    A short caption stands under the first panel of a row only.
    """
    left = list(alone)
    moved = True
    while moved:
        moved = False
        for part in list(left):
            for group in groups.values():
                if min(part.box[2] - part.box[0], part.box[3] - part.box[1]) >= _SMALLEST_PANEL and any(
                    _beside(part.box, other.box, body) for other in group
                ):
                    group.append(part)
                    left.remove(part)
                    moved = True
                    break
    return left


def _beside(box: Box, other: Box, body: Sequence[Box]) -> bool:
    aside = max(other[0] - box[2], box[0] - other[2])
    apart = max(other[1] - box[3], box[1] - other[3])
    if aside <= _NEIGHBOUR and overlap(box[1], box[3], other[1], other[3]) > 0.5:
        return True
    return (
        apart <= _NEIGHBOUR
        and overlap(box[0], box[2], other[0], other[2]) > 0.5
        and not _text_between(max(box, other, key=lambda one: one[1]), min(box, other, key=lambda one: one[1]), body)
    )


def _cost(box: Box, number: int, captions: Sequence[Caption], body: Sequence[Box], size: tuple[float, float]) -> float:
    """Return how far a caption is from a drawing, in points; infinite when it cannot belong to it."""
    caption = captions[number]
    below, above = box[1] - caption.box[3], caption.box[1] - box[3]
    aside = max(caption.box[0] - box[2], box[0] - caption.box[2])
    side_by_side = overlap(box[1], box[3], caption.box[1], caption.box[3]) > 0.3 and aside > -5
    if side_by_side:
        return aside + 40 if aside < 0.3 * size[0] else float("inf")
    if overlap(box[0], box[2], caption.box[0], caption.box[2]) < 0.1:
        return float("inf")
    gap = below if below > -10 else above
    if gap < -10:
        return float("inf")
    others = [other.box for place, other in enumerate(captions) if place != number]
    if _text_between(box, caption.box, body) > 1 or _text_between(box, caption.box, others):
        return float("inf")
    # Captions of figures stand below them, those of tables above.
    return gap + (0 if (below > -10) != caption.table else 60)


def _text_between(box: Box, caption: Box, body: Sequence[Box]) -> int:
    low, high = (caption[3], box[1]) if box[1] >= caption[3] - 10 else (box[3], caption[1])
    return sum(
        1
        for line in body
        if line[1] >= low - 1 and line[3] <= high + 1 and overlap(line[0], line[2], box[0], box[2]) > 0.3
    )


def _large(box: Box, size: tuple[float, float], smallest: tuple[float, float]) -> bool:
    return box[2] - box[0] >= smallest[0] * size[0] and box[3] - box[1] >= smallest[1] * size[1]


def _stands_alone(part: _Part, size: tuple[float, float]) -> bool:
    """Tell whether a part without a caption is a figure: a large picture, or a drawing of many strokes."""
    return _large(part.box, size, _SMALLEST_UNSAID) and (part.picture or part.count >= 20)
