"""``figpath search``: the figures of a corpus that a query asks for."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from figpath.cli.output import TableFormat, print_rows, print_table, put, put_json
from figpath.cli.status import CorpusFile

if TYPE_CHECKING:
    from figpath.search.results import Found, Hit, Snippet

_MARKS = "»", "«"
_HIT_COLUMNS = ("score", "figure", "year", "draws", "text")
_TSV_COLUMNS = ("figid", "score", "year", "journal", "organisms", "drawn", "expanded", "title", "paper_title")

Limit = Annotated[int, typer.Option("--limit", "-n", min=0, help="How many figures to print.")]
Cells: TypeAlias = tuple[str, ...]


class SortChoice(enum.StrEnum):
    """Orders of what is found."""

    relevance = "relevance"
    year = "year"
    figid = "figid"


def search(
    corpus: CorpusFile,
    query: Annotated[
        str,
        typer.Argument(
            metavar="QUERY",
            help='Words, "phrases", begin*, OR, NOT, brackets, and fields: gene: chemical: disease: drawn: '
            "organism: year: journal: type: pathway:",
        ),
    ],
    limit: Limit = 24,
    offset: Annotated[int, typer.Option(min=0, help="How many figures to pass over first.")] = 0,
    sort: Annotated[SortChoice, typer.Option(help="What comes first.")] = SortChoice.relevance,
    facets: Annotated[
        bool, typer.Option("--facets", help="Count what was found by organism, year, journal, gene and disease.")
    ] = False,
    form: Annotated[TableFormat, typer.Option("--format", "-f", help="What to print.")] = TableFormat.table,
) -> None:
    """Find the figures of a corpus that a query asks for, best first."""
    from figpath.collection import Collection
    from figpath.search.results import FACETS

    with Collection(corpus) as collection:
        names = FACETS if facets else ()
        found = collection.search(query, limit=limit, offset=offset, sort=sort.value, facets=names)
    for one in found.suggestions:
        typer.echo(f"nothing is known by {one.name!r}: did you mean {', '.join(one.nearest)}?", err=True)
    if form is TableFormat.table:
        _print(found)
    elif form is TableFormat.tsv:
        print_rows("", _TSV_COLUMNS, [_tsv(hit) for hit in found.hits], form)
    elif form is TableFormat.jsonl:
        put_json(found.hits, form)
    else:
        put_json(found, form)


def hit_cells(hit: Hit) -> Cells:
    """Return what the table shows of a figure."""
    return (f"{hit.score:.1f}", hit.figid, str(hit.year or ""), _draws(hit), _text(hit))


def print_hits(title: str, hits: tuple[Hit, ...]) -> None:
    """Print figures as a table for people."""
    print_table(title, _HIT_COLUMNS, [hit_cells(hit) for hit in hits])


def _print(found: Found) -> None:
    if found.hits:
        last = found.offset + len(found.hits)
        print_hits(f"{found.total} figures, {found.offset + 1} to {last}", found.hits)
    else:
        more = f", none after the first {found.offset}" if found.total and found.offset else ""
        put(f"{found.total} figures{more}\n")
    rows = [
        (facet.name, value.label, str(value.count), value.query) for facet in found.facets for value in facet.values
    ]
    if rows:
        print_table("", ("by", "value", "figures", "to narrow down"), rows)


def _draws(hit: Hit) -> str:
    """What of the query a figure draws; in brackets what it only has as a member of a family."""
    expanded = f"({', '.join(hit.expanded)})" if hit.expanded else ""
    return " ".join(part for part in (", ".join(hit.drawn), expanded) if part)


def _text(hit: Hit) -> str:
    """The title, and of the other texts that match the one in which most of the query stands."""
    by_field = {one.field: one for one in hit.snippets}
    title = by_field.pop("title", None)
    lines = [_marked(title) if title else hit.title or hit.paper_title]
    if by_field:
        lines.append(_marked(max(by_field.values(), key=_different)))
    return "\n".join(lines)


def _different(one: Snippet) -> int:
    return len({one.text[start:end].lower() for start, end in one.marks})


def _marked(one: Snippet) -> str:
    text, last = "", 0
    for start, end in one.marks:
        text += one.text[last:start] + _MARKS[0] + one.text[start:end] + _MARKS[1]
        last = end
    return text + one.text[last:]


def _tsv(hit: Hit) -> Cells:
    cells = (
        hit.figid,
        str(hit.score),
        str(hit.year or ""),
        hit.journal,
        "|".join(map(str, hit.organisms)),
        "|".join(hit.drawn),
        "|".join(hit.expanded),
        hit.title,
        hit.paper_title,
    )
    return tuple(" ".join(cell.split()) for cell in cells)
