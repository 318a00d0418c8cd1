"""What ``figpath enrich`` prints and draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from figpath.cli.output import TableFormat, print_rows, put, write_file
from figpath.enrich.alike import groups_of
from figpath.enrich.ora import Row
from figpath.enrich.rows import expanded_text
from figpath.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from figpath.enrich import Enrichment, Mapped, SignedEnrichment
    from figpath.enrich.gsea import RankedEnrichment, RankedRow
    from figpath.enrich.plot import Form

_TITLE = 44  # characters of a title in a table
_GENES = 6  # genes in a table
_SIGNED = ("up_overlap", "down_overlap", "up_p", "down_p", "signed_p", "signed_q")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one of the methods found: a list that was tested, with or without signs, or a ranked list."""

    found: Enrichment | None = None
    signed: SignedEnrichment | None = None
    ranked: RankedEnrichment | None = None

    @property
    def enrichment(self) -> Enrichment:
        """What was found of a list that is not ranked."""
        if self.found is None:
            raise InputError("a ranked list has no over-representation")
        return self.found


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A row as it is shown: of a figure, its title, the figures that are alike, and what the signs say."""

    row: Row | RankedRow
    title: str
    alike: tuple[str, ...]
    signs: dict[str, Any]


def shown(
    answer: Answer, titles: Callable[[Sequence[str]], dict[str, str]], *, alike: float, limit: int | None
) -> tuple[Shown, ...]:
    """Choose the rows to show: the first of each group of figures that are alike."""
    if answer.ranked is not None:
        sets, rows = answer.ranked.sets, list(answer.ranked.rows)
        place = [row.place for row in answer.ranked.rows]
    else:
        found = answer.enrichment
        sets, place, rows = found.sets, found.place.tolist(), None
    row_of = {at: number for number, at in enumerate(place)}
    groups = groups_of(sets, place, alike=alike, limit=limit) if alike else ()
    chosen = [(group.first, group.others) for group in groups] if alike else [(at, ()) for at in place[:limit]]
    names = titles([sets.ids[at] for at, _ in chosen])
    return tuple(
        Shown(
            row=answer.enrichment.row(row_of[at]) if rows is None else rows[row_of[at]],
            title=names.get(sets.ids[at], ""),
            alike=tuple(sets.ids[other] for other in others),
            signs=_signs(answer.signed, row_of[at]),
        )
        for at, others in chosen
    )


def print_shown(rows: Sequence[Shown], listed: Mapped, form: TableFormat) -> None:
    """Print the rows, for people or for machines."""
    if form is TableFormat.table:
        if rows:
            columns, cells = _table(rows)
            print_rows("", columns, cells, form)
    elif form is TableFormat.tsv:
        records = [_record(one) for one in rows]
        columns = tuple(records[0]) if records else ("figure",)
        print_rows("", columns, [tuple(map(_text, one.values())) for one in records], form)
    else:
        _print_json(rows, listed, form)


def draw(path: Path, rows: Sequence[Shown], *, heat: bool, form: Form) -> None:
    """Draw the rows to a file."""
    from figpath.enrich.plot import dot_plot, heat_map

    dots = [_dot(one) for one in rows]
    ranked = bool(rows) and not isinstance(rows[0].row, Row)
    label = "normalised enrichment score" if ranked else "fold enrichment"
    write_file(path, heat_map(dots, form=form) if heat else dot_plot(dots, form=form, x_label=label))


def _signs(signed: SignedEnrichment | None, at: int) -> dict[str, Any]:
    if signed is None:
        return {}
    numbers = {name: getattr(signed, name)[at].item() for name in _SIGNED}
    return {"direction": signed.direction(at), **numbers}


def _record(one: Shown) -> dict[str, Any]:
    """A row as it is printed for machines, the optional columns only where they were asked for."""
    row = one.row
    names = (
        ("overlap", "size", "expected", "fold", "odds", "low", "high", "p", "q", "popular_p", "popular_q")
        if isinstance(row, Row)
        else ("size", "es", "nes", "p", "q")
    )
    numbers = {name: getattr(row, name) for name in names if getattr(row, name) is not None}
    genes = {"drawn": row.drawn, "expanded": [{"family": f, "genes": symbols} for f, symbols in row.expanded]}
    return {"figure": row.id, "title": one.title, **numbers, **one.signs, **genes, "alike": one.alike}


def _text(value: Any) -> str:
    if isinstance(value, list):
        return expanded_text(tuple((one["family"], one["genes"]) for one in value))
    if isinstance(value, tuple):
        return " ".join(value)
    return " ".join(str(value).split()) if isinstance(value, str) else str(value)


def _print_json(rows: Sequence[Shown], listed: Mapped, form: TableFormat) -> None:
    """JSON has what became of the list too; JSON Lines has the rows."""
    import msgspec

    records = [_record(one) for one in rows]
    for record in records:
        record.update({name: None for name, value in record.items() if value == float("inf")})
    if form is TableFormat.jsonl:
        put(b"".join(msgspec.json.encode(record) + b"\n" for record in records))
        return
    mapped = [{"name": name, "id": gene} for name, gene in zip(listed.given, listed.genes, strict=True)]
    told = {
        "list": {
            "mapped": mapped,
            "unmapped": [{"name": name, "reason": why} for name, why in listed.unmapped],
            "notes": [{"name": name, "note": why} for name, why in listed.notes],
        },
        "figures": records,
    }
    put(msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n")


def _table(rows: Sequence[Shown]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    if not isinstance(rows[0].row, Row):
        return ("figure", "title", "size", "score", "q", "leading genes"), [_ranked_cells(one) for one in rows]
    columns = ["figure", "title", "hits", "fold", "odds ratio (95 %)", "q"]
    columns += ["popular q"] * (rows[0].row.popular_q is not None) + ["direction"] * bool(rows[0].signs)
    return (*columns, "genes", "alike"), [_cells(one, one.row) for one in rows if isinstance(one.row, Row)]


def _cells(one: Shown, row: Row) -> tuple[str, ...]:
    odds = f"{_short(row.odds)} ({_short(row.low)}-{_short(row.high)})"
    cells = [row.id, _cut(one.title), f"{row.overlap}/{row.size}", f"{row.fold:.1f}", odds, f"{row.q:.1e}"]
    cells += [f"{row.popular_q:.1e}"] if row.popular_q is not None else []
    cells += [f"{one.signs['direction']} {one.signs['signed_q']:.1e}"] if one.signs else []
    return (*cells, _genes(row), f"+{len(one.alike)}" if one.alike else "")


def _short(number: float) -> str:
    return f"{number:.0f}" if number >= 100 else f"{number:.2g}"


def _ranked_cells(one: Shown) -> tuple[str, ...]:
    row = one.row
    if isinstance(row, Row):
        raise InputError("a row of a list that is not ranked")
    return (row.id, _cut(one.title), str(row.size), f"{row.nes:.2f}", f"{row.q:.1e}", _genes(row))


def _genes(row: Row | RankedRow) -> str:
    """The first genes; those that came with a family have it in brackets."""
    genes = [*row.drawn, *(f"{symbol} ({family})" for family, symbols in row.expanded for symbol in symbols)]
    more = f" +{len(genes) - _GENES}" if len(genes) > _GENES else ""
    return f"{' '.join(genes[:_GENES])}{more}"


def _cut(title: str) -> str:
    text = " ".join(title.split())
    return text if len(text) <= _TITLE else f"{text[:_TITLE].rsplit(' ', 1)[0]} ..."


def _dot(one: Shown) -> Any:
    from figpath.enrich.plot import Dot

    row = one.row
    expanded = tuple(symbol for _, symbols in row.expanded for symbol in symbols)
    return Dot(
        id=row.id,
        title=one.title,
        x=row.fold if isinstance(row, Row) else row.nes,
        hits=row.overlap if isinstance(row, Row) else len(row.drawn) + len(expanded),
        q=row.q,
        drawn=row.drawn,
        expanded=expanded,
    )
