"""What the page of gene lists shows of an answer: the hits, a plot of them, and how each name was understood."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.enrich import EnrichedFigure, EnrichedFigures
    from figpath.enrich.mapping import Accessions

SURE: Final = ((0.05, "q ≤ 0.05"), (0.01, "≤ 0.01"), (0.001, "≤ 0.001"), (1e-5, "≤ 0.00001"))
"""Adjusted p-values from which a dot is fuller, as the key of the plot writes them."""

MOST_DOTS: Final = 25
_SMALLEST, _LARGEST = 4.0, 11.0  # pixels of a radius
_ROOM = 4  # percent left and right of the scale, for the dots at its ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A figure that draws genes of the list.

    Parameters
    ----------
    figure
        What was computed.
    lit
        Identifiers of the genes of the list that it has, as its page lights them up.
    fold, odds, low, high
        Fold enrichment, and the odds ratio with its interval, as they are written.
    """

    figure: EnrichedFigure
    lit: str
    fold: str
    odds: str
    low: str
    high: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A hit on the plot: where it is across in percent, its radius in pixels, and how sure it is, from 0 to 4."""

    across: float
    radius: float
    shade: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A dot for each of the first hits.

    Parameters
    ----------
    dots
        In their order.
    ticks
        Percent across, and fold.
    sizes
        Radius in pixels, and hits.
    """

    dots: tuple[Dot, ...]
    ticks: tuple[tuple[float, str], ...]
    sizes: tuple[tuple[float, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A name of the list: what it stands for, and whether the background has that."""

    name: str
    id: str
    symbol: str
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrichView:
    """Everything that the page shows of an answer."""

    found: EnrichedFigures
    hits: tuple[Hit, ...]
    plot: Plot
    understood: tuple[Understood, ...]


def enrich_view(found: EnrichedFigures, accessions: Accessions) -> EnrichView:
    """Return what the page shows.

    Parameters
    ----------
    found
        The answer.
    accessions
        Where symbols of genes are looked up that no figure draws.
    """
    sets = found.found.sets
    listed = {sets.symbols[at]: sets.genes[at] for at in found.found.listed}
    return EnrichView(
        found=found,
        hits=tuple(_hit(one, listed) for one in found),
        plot=plot_of(found.figures[:MOST_DOTS]),
        understood=tuple(_understood(found, accessions)),
    )


def _hit(one: EnrichedFigure, listed: dict[str, str]) -> Hit:
    symbols = dict.fromkeys((*one.drawn, *(symbol for _, members in one.expanded for symbol in members)))
    lit = ",".join(listed[symbol] for symbol in symbols if symbol in listed)
    written = {name: _short(getattr(one, name)) for name in ("fold", "odds", "low", "high")}
    return Hit(figure=one, lit=lit, **written)


def plot_of(figures: Sequence[EnrichedFigure]) -> Plot:
    """Return a dot for each figure: fold enrichment across, hits as the area, adjusted p-value as the shade."""
    step = _step(max((one.fold for one in figures), default=0.0))
    ends = step * max(1, math.ceil(max((one.fold for one in figures), default=0.0) / step))
    most = max((one.overlap for one in figures), default=1)
    return Plot(
        dots=tuple(
            Dot(
                across=_across(one.fold, ends),
                radius=_radius(one.overlap, most),
                shade=sum(one.q <= least for least, _ in SURE),
            )
            for one in figures
        ),
        ticks=tuple((_across(n * step, ends), f"{n * step:g}") for n in range(round(ends / step) + 1)),
        sizes=tuple((_radius(n, most), n) for n in sorted({1, math.ceil(most / 2), most})),
    )


def _across(fold: float, ends: float) -> float:
    return round(_ROOM + (100 - 2 * _ROOM) * fold / ends, 2)


def _radius(hits: int, most: int) -> float:
    return round(math.sqrt(_SMALLEST**2 + (_LARGEST**2 - _SMALLEST**2) * hits / most), 1)


def _step(largest: float) -> float:
    """Return a round number such that about four ticks reach the largest."""
    rough = max(largest, 1e-9) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)


def _understood(found: EnrichedFigures, accessions: Accessions) -> list[Understood]:
    sets, told = found.found.sets, []
    for name, gene in zip(found.listed.given, found.listed.genes, strict=True):
        at = sets.place.get(gene)
        known = accessions.find(gene) if at is None else ()
        symbol = sets.symbols[at] if at is not None else known[0].symbol if known else ""
        told.append(Understood(name=name, id=gene, symbol=symbol, counts=at is not None))
    return told


def _short(number: float) -> str:
    if math.isinf(number):
        return "∞"
    return f"{number:.0f}" if number >= 100 else f"{number:.2g}"
