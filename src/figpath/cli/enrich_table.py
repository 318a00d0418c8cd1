"""What ``figpath enrich`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figpath.cli.output import TableFormat, print_rows, put
from figpath.enrich.figures import RankedFigure, text_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.enrich import EnrichedFigure, EnrichedFigures, RankedFigures

_TITLE = 44  # characters of a title in a table
_GENES = 6  # genes in a table


def print_told(told: EnrichedFigures | RankedFigures, form: TableFormat) -> None:
    """Print what was found, for people or for machines; JSON has what became of the list too."""
    import msgspec

    if form is TableFormat.table:
        if told.figures:
            print_rows("", *_table(told.figures), form)
    elif form is TableFormat.tsv:
        columns, *rows = text_table(told.figures)
        print_rows("", columns, rows, form)
    elif form is TableFormat.jsonl:
        put(b"".join(msgspec.json.encode(record) + b"\n" for record in told.to_dict()["figures"]))
    else:
        put(msgspec.json.format(msgspec.json.encode(told.to_dict()), indent=2) + b"\n")


def _table(figures: Sequence[EnrichedFigure] | Sequence[RankedFigure]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    first = figures[0]
    if isinstance(first, RankedFigure):
        columns = ["figure", "title", "size", "score", "q", "leading genes"]
    else:
        columns = ["figure", "title", "hits", "fold", "odds ratio (95 %)", "q"]
        columns += ["popular q"] * (first.popular_q is not None) + ["direction"] * (first.direction is not None)
        columns += ["genes", "alike"]
    return tuple(columns), [_ranked_cells(one) if isinstance(one, RankedFigure) else _cells(one) for one in figures]


def _cells(one: EnrichedFigure) -> tuple[str, ...]:
    odds = f"{_short(one.odds)} ({_short(one.low)}-{_short(one.high)})"
    shown = [one.figid, _cut(one.title), f"{one.overlap}/{one.size}", f"{one.fold:.1f}", odds, f"{one.q:.1e}"]
    shown += [f"{one.popular_q:.1e}"] if one.popular_q is not None else []
    shown += [f"{one.direction} {one.signed_q:.1e}"] if one.direction is not None else []
    return (*shown, _genes(one), f"+{len(one.alike)}" if one.alike else "")


def _ranked_cells(one: RankedFigure) -> tuple[str, ...]:
    return (one.figid, _cut(one.title), str(one.size), f"{one.nes:.2f}", f"{one.q:.1e}", _genes(one))


def _genes(one: EnrichedFigure | RankedFigure) -> str:
    """The first genes; those that came with a family have it in brackets."""
    genes = [*one.drawn, *(f"{symbol} ({family})" for family, symbols in one.expanded for symbol in symbols)]
    more = f" +{len(genes) - _GENES}" if len(genes) > _GENES else ""
    return f"{' '.join(genes[:_GENES])}{more}"


def _short(number: float) -> str:
    return f"{number:.0f}" if number >= 100 else f"{number:.2g}"


def _cut(title: str) -> str:
    text = " ".join(title.split())
    return text if len(text) <= _TITLE else f"{text[:_TITLE].rsplit(' ', 1)[0]} ..."
