"""Lines that may be one name because they stand under one another."""

from figpath.grounding.stacks import stacked_lines
from figpath.reading.document import Line


def line(text: str, x: int, y: int, *, width: int = 60, height: int = 12, angle: int = 0) -> Line:
    return Line(text=text, box=(x, y, x + width, y + height), score=1.0, angle=angle)


def test_two_lines_close_under_one_another_form_a_stack() -> None:
    assert stacked_lines([line("NF-", 10, 10), line("κB", 12, 24)]) == ((0, 1),)


def test_three_lines_come_before_the_pairs_in_them() -> None:
    lines = [line("TNF", 10, 10), line("receptor", 10, 24), line("1", 10, 38)]
    assert stacked_lines(lines) == ((0, 1, 2), (0, 1), (1, 2))


def test_lines_far_apart_aside_or_of_other_size_do_not() -> None:
    below, aside, larger = line("a", 10, 60), line("b", 200, 24), line("c", 10, 24, height=40)
    assert stacked_lines([line("x", 10, 10), below, aside, larger]) == ()


def test_rotated_text_is_left_alone() -> None:
    assert stacked_lines([line("x", 10, 10, angle=90), line("y", 10, 24, angle=90)]) == ()
