"""A figure that an enrichment tells, as a value and as plain values."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from figpath.enrich.rows import expanded_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.enrich.mapping import Mapped

Expanded: TypeAlias = "tuple[tuple[str, tuple[str, ...]], ...]"
"""Families, each with symbols of genes that belong to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrichedFigure:
    """A figure that draws genes of a list.

    Parameters
    ----------
    figid, title
        Of the figure; the title of its paper where it has none.
    overlap, size, expected, fold, odds, low, high, p, q, popular_p, popular_q
        As in `figpath.enrich.ora.Row`; the popularity p-values are None when they were not asked for.
    direction, up_overlap, down_overlap, up_p, down_p, signed_p, signed_q
        Of a list with signs, as in `figpath.enrich.signed.SignedEnrichment`; None for a list without.
    drawn
        Symbols of the genes of the list that the figure draws.
    expanded
        Families that the figure draws, each with the symbols of the genes of the list that belong to it.
    alike
        Figids of the figures that it stands for, since they draw nearly the same.
    """

    figid: str
    title: str
    overlap: int
    size: int
    expected: float
    fold: float
    odds: float
    low: float
    high: float
    p: float
    q: float
    popular_p: float | None = None
    popular_q: float | None = None
    direction: Literal["up", "down", "both"] | None = None
    up_overlap: int | None = None
    down_overlap: int | None = None
    up_p: float | None = None
    down_p: float | None = None
    signed_p: float | None = None
    signed_q: float | None = None
    drawn: tuple[str, ...] = ()
    expanded: Expanded = ()
    alike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedFigure:
    """A figure whose genes were looked for in a ranked list.

    Parameters
    ----------
    figid, title, alike
        As in `EnrichedFigure`.
    size, es, nes, p, q, drawn, expanded
        As in `figpath.enrich.gsea.RankedRow`.
    """

    figid: str
    title: str
    size: int
    es: float
    nes: float
    p: float
    q: float
    drawn: tuple[str, ...] = ()
    expanded: Expanded = ()
    alike: tuple[str, ...] = ()


def cells(figure: EnrichedFigure | RankedFigure) -> dict[str, Any]:
    """Return a figure by column, without those columns that were not asked for."""
    values = {one.name: getattr(figure, one.name) for one in fields(figure)}
    return {name: value for name, value in values.items() if value is not None}


def figure_dict(figure: EnrichedFigure | RankedFigure) -> dict[str, Any]:
    """Return a figure in plain values, as it is written to JSON: what is infinite is None there."""
    found = cells(figure)
    expanded = [{"family": family, "genes": symbols} for family, symbols in figure.expanded]
    named = {"figure": found.pop("figid"), **found, "expanded": expanded}
    return {name: None if isinstance(value, float) and math.isinf(value) else value for name, value in named.items()}


def text_table(figures: Sequence[EnrichedFigure] | Sequence[RankedFigure]) -> tuple[tuple[str, ...], ...]:
    """Return figures as rows of text, none of which has a tab or an end of a line; the first row is the columns."""
    records = [cells(figure) for figure in figures]
    columns = ("figure", *tuple(records[0])[1:]) if records else ("figure",)
    return columns, *(tuple(_text(*one) for one in record.items()) for record in records)


def _text(name: str, value: Any) -> str:
    if name == "expanded":
        return expanded_text(value)
    return " ".join(value if isinstance(value, tuple) else str(value).split())


def listed_dict(listed: Mapped) -> dict[str, Any]:
    """Return what became of a list in plain values."""
    return {
        "mapped": [{"name": name, "id": gene} for name, gene in zip(listed.given, listed.genes, strict=True)],
        "unmapped": [{"name": name, "reason": why} for name, why in listed.unmapped],
        "notes": [{"name": name, "note": why} for name, why in listed.notes],
    }
