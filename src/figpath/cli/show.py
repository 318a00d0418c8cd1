"""``figpath show``, ``figpath similar`` and ``figpath gene``: one figure, its like, and one gene of a corpus."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Annotated

import typer

from figpath.cli.output import TableFormat, print_rows, print_table, put, put_json
from figpath.cli.search import Limit, print_hits
from figpath.cli.status import CorpusFile

if TYPE_CHECKING:
    from figpath.collection import Collection
    from figpath.record import Record
    from figpath.search.results import GeneView

Figid = Annotated[str, typer.Argument(metavar="FIGID", help="Id of a figure, as figpath search prints it.")]
_WIDTH = 100


class ShowFormat(enum.StrEnum):
    """Forms of one figure or gene."""

    table = "table"
    json = "json"


def show(
    corpus: CorpusFile,
    figid: Figid,
    form: Annotated[ShowFormat, typer.Option("--format", "-f", help="What to print.")] = ShowFormat.table,
) -> None:
    """Show all that a corpus has of one figure; as JSON it is the figure's record."""
    from figpath.collection import Collection

    with Collection(corpus) as collection:
        record = collection.figure(figid)
        if form is ShowFormat.json:
            put_json(record, TableFormat.json)
            return
        _print_figure(collection, record)
    _print_drawn(record)
    _print_relations(record)


def similar(
    corpus: CorpusFile,
    figid: Figid,
    limit: Limit = 24,
    form: Annotated[TableFormat, typer.Option("--format", "-f", help="What to print.")] = TableFormat.table,
) -> None:
    """Find the figures that draw the same genes and families as one, the rarely drawn ones counting most."""
    from figpath.collection import Collection

    with Collection(corpus) as collection:
        found = collection.similar(figid, limit=limit)
    if form is TableFormat.json:
        put_json(found, form)
        return
    columns = ("score", "figure", "year", "shared", "title")
    tables = form is TableFormat.table
    separator = ", " if tables else "|"
    rows = [
        (f"{one.score:.2f}" if tables else str(one.score), one.figid, str(one.year or ""),
         separator.join(one.shared), " ".join(one.title.split()))
        for one in found.likenesses
    ]  # fmt: skip
    if tables and found.same_picture:
        put(f"nearly the same picture: {', '.join(found.same_picture)}\n\n")
    if rows or not tables:
        print_rows("", columns, rows, form)
    else:
        put(f"no other figure draws what {figid} draws\n")


def gene(
    corpus: CorpusFile,
    name: Annotated[str, typer.Argument(metavar="GENE", help="Any name of a gene, or an id such as ncbigene:3717.")],
    organism: Annotated[
        str, typer.Option(metavar="SPECIES", help="Name or NCBI taxon id; by default the gene that most figures draw.")
    ] = "",
    limit: Limit = 10,
    companions: Annotated[int, typer.Option(min=0, help="How many companions to print.")] = 20,
    form: Annotated[ShowFormat, typer.Option("--format", "-f", help="What to print.")] = ShowFormat.table,
) -> None:
    """Show a gene: figures that draw it, by year, and the genes that are drawn with it more often than by chance."""
    from figpath.collection import Collection

    with Collection(corpus) as collection:
        found = collection.gene(name, organism=organism or None, figures=limit, companions=companions)
    if form is ShowFormat.json:
        put_json(found, TableFormat.json)
    else:
        _print_gene(found)


def _print_figure(collection: Collection, record: Record) -> None:
    """Print what the paper says, and what is known about the picture."""
    from figpath.ids import taxon

    figure, paper = record.figure, record.figure.paper
    state = record.status if record.status == "ok" else f"{record.status}: {record.reason}"
    read_by = " ".join(part for part in (record.provenance.origin, record.provenance.version) if part)
    score = "" if record.pathway_score is None else f"{record.pathway_score:.2f}"
    facts = {
        "figure": " ".join(part for part in (record.figid, figure.number) if part),
        "title": figure.title,
        "caption": figure.caption,
        "paper": paper.title,
        "published": ", ".join(part for part in (paper.journal, paper.year) if part),
        "ids": "  ".join(part for part in (paper.pmcid, paper.doi) if part),
        "licence": paper.licence,
        "keywords": ", ".join(paper.keywords),
        "organisms": ", ".join(taxon(number).name for number in record.organisms),
        "picture": f"{record.width} x {record.height}" if record.width else "",
        "pathway": score,
        "read": "no: less likely a pathway than was asked for" if _is_unread(record) else f"{state}, by {read_by}",
        "the same": ", ".join(collection.same_picture(record.figid)),
    }
    _print_facts(facts)


def _is_unread(record: Record) -> bool:
    """Tell whether screening kept a figure from being read: it has a score, and no engine had a hand in it."""
    made = record.provenance
    untouched = made.origin == "figpath" and not made.engine and not record.lines and not record.mentions
    return untouched and record.status == "ok" and record.pathway_score is not None


def _print_facts(facts: dict[str, str]) -> None:
    import textwrap

    widest = max(map(len, facts)) + 2
    for label, text in facts.items():
        lines = textwrap.wrap(" ".join(text.split()), _WIDTH - widest)
        for number, line in enumerate(lines):
            put(f"{label if number == 0 else '':{widest}}{line}\n")


def _print_drawn(record: Record) -> None:
    """Print what is drawn for sure, kind by kind, and how much is less sure."""
    from figpath.publish import table
    from figpath.record import MINIMUM_SCORE

    rows = [row for row in table.mention_rows(record) if row.score >= MINIMUM_SCORE and row.symbols]
    cells = [
        (row.kind, row.text, table.short(row), " ".join(row.ids[:1]), f"{row.score:.2f}")
        for kind in ("gene", "family", "chemical", "disease")
        for row in rows
        if row.kind == kind
    ]
    if cells:
        print_table("", ("kind", "drawn", "means", "id", "score"), cells)
    left = len(record.mentions) - len(cells)
    if left:
        put(f"and {left} less sure than {MINIMUM_SCORE} or without a meaning, which --format json has\n")


def _print_relations(record: Record) -> None:
    from figpath.record import MINIMUM_SCORE

    rows = [
        (record.mentions[one.source].text, one.sign, record.mentions[one.target].text, f"{one.score:.2f}")
        for one in record.relations
        if one.score >= MINIMUM_SCORE
    ]
    if rows:
        print_table("", ("from", "how", "to", "score"), rows)


def _print_gene(found: GeneView) -> None:
    from figpath.ids import taxon

    species = f" ({taxon(found.taxon).name})" if found.taxon else ""
    years = ", ".join(f"{year}: {count}" for year, count in found.years if count)
    _print_facts(
        {
            "gene": f"{found.symbol} {found.id}{species}",
            "figures": f"{found.drawn} draw it, {found.expanded} only a family that it is in",
            "by year": years,
        }
    )
    put("\n")
    if found.companions:
        rows = [
            (one.symbol, one.id, str(one.together), f"{one.expected:.1f}", f"{one.lift:.1f}", f"{one.g:.1f}")
            for one in found.companions
        ]
        print_table("drawn with it", ("gene", "id", "together", "by chance", "ratio", "z"), rows)
    if found.figures:
        print_hits("figures", found.figures)
