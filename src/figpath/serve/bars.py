"""Bars of figures per year, as numbers for an SVG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH: Final = 640
HEIGHT: Final = 150
_BELOW, _ABOVE, _WIDEST = 22, 18, 80
_LABEL = 38  # pixels that the label of a year needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One year: its bar in pixels, whether there is room to write it below, and whether there is when all is small."""

    year: int
    count: int
    x: float
    y: float
    width: float
    height: float
    labelled: bool
    sparse: bool

    @property
    def middle(self) -> float:
        """Where its label stands."""
        return round(self.x + self.width / 2, 1)


def bars(years: Sequence[tuple[int, int]]) -> tuple[Bar, ...]:
    """Return a bar for every year from the first to the last, those without figures included.

    Parameters
    ----------
    years
        Year and count, in any order.
    """
    if not years:
        return ()
    counts = dict(years)
    span = range(min(counts), max(counts) + 1)
    step = min(WIDTH / len(span), _WIDEST)
    most, room = max(counts.values()), HEIGHT - _BELOW - _ABOVE
    every = max(1, -(-_LABEL // int(step or 1)))
    found = []
    for place, year in enumerate(span):
        count = counts.get(year, 0)
        height = round(room * count / max(most, 1), 1) if count else 0.0
        before_last = len(span) - 1 - place
        found.append(
            Bar(
                year=year, count=count, x=round(place * step + step * 0.1, 1), y=round(HEIGHT - _BELOW - height, 1),
                width=round(step * 0.8, 1), height=height, labelled=before_last % every == 0,
                sparse=before_last % (2 * every) == 0,
            )
        )  # fmt: skip
    return tuple(found)
