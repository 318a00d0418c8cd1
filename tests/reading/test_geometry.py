"""Rectangles of text on a picture."""

from __future__ import annotations

import numpy as np
import pytest

from figpath.reading import geometry


@pytest.mark.parametrize("degrees", [0, 30, 90, -45])
def test_a_rectangle_has_its_size_and_runs_in_its_direction(degrees: float) -> None:
    """Size and angle come back from the corners."""
    quad = geometry.rectangle((50, 40), (30, 10), degrees)
    assert geometry.size(quad) == pytest.approx((30, 10), abs=1e-4)
    assert geometry.angle(quad) == pytest.approx(degrees, abs=1e-4)
    assert quad.mean(axis=0) == pytest.approx([50, 40], abs=1e-4)


def test_text_that_runs_uphill_ends_higher_on_the_picture() -> None:
    """A positive angle is counter-clockwise as one sees it, though y points down."""
    quad = geometry.rectangle((50, 40), (30, 10), 30)
    assert quad[1, 1] < quad[0, 1]


@pytest.mark.parametrize(("quarters", "degrees", "size"), [(0, 0, (10, 40)), (1, 90, (40, 10)), (3, -90, (40, 10))])
def test_turning_swaps_the_sides(quarters: int, degrees: float, size: tuple[int, int]) -> None:
    """A tall quad turned by a quarter is a long one that runs up or down."""
    quad = geometry.turned(geometry.upright(0, 0, 10, 40), quarters)
    assert geometry.size(quad) == pytest.approx(size)
    assert geometry.angle(quad) == pytest.approx(degrees)


def test_growing_moves_ends_and_sides() -> None:
    """The ends move by the first number, the sides by the second."""
    quad = geometry.grow(geometry.upright(10, 10, 30, 20), 3, 1)
    assert geometry.box(quad, 100, 100) == (7, 9, 33, 21)


def test_a_part_is_a_stretch_of_the_length() -> None:
    """Half of a level quad is the half box; half of a quad that runs up is its lower half."""
    assert geometry.box(geometry.part(geometry.upright(10, 10, 30, 20), 0, 0.5), 100, 100) == (10, 10, 20, 20)
    uphill = geometry.turned(geometry.upright(10, 10, 20, 50), 1)
    assert geometry.box(geometry.part(uphill, 0, 0.5), 100, 100) == (10, 30, 20, 50)


@pytest.mark.parametrize(
    ("corners", "box"),
    [
        ((-5, -5, 8, 8), (0, 0, 8, 8)),
        ((90, 90, 120, 120), (90, 90, 100, 100)),
        ((20.4, 20.6, 30.4, 30.6), (20, 21, 30, 31)),
        ((50, 50, 50.2, 50.2), (50, 50, 51, 51)),
        ((200, 200, 300, 300), (99, 99, 100, 100)),
    ],
)
def test_a_box_lies_on_the_picture_and_holds_a_pixel(
    corners: tuple[float, float, float, float], box: tuple[int, int, int, int]
) -> None:
    """Boxes are cut to the picture and are never empty."""
    assert geometry.box(geometry.upright(*corners), 100, 100) == box


def test_quads_are_float32() -> None:
    """OpenCV wants 32 bits."""
    assert geometry.rectangle((1, 1), (2, 2)).dtype == np.float32
