"""``figpath export``: a corpus, or some of its figures, in the forms that other programs read."""

from __future__ import annotations

import enum
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from figpath.cli.output import make_folder, put, write_file
from figpath.cli.status import CorpusFile
from figpath.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from figpath.publish.network_formats import NetworkFormat
    from figpath.record import Record
    from figpath.store import Store

_STANDARD_OUTPUT = Path("-")
_GMT_TAXA = (9606, 10090)


class ExportFormat(enum.StrEnum):
    """Forms of a corpus, then those of one figure a file."""

    pfocr = "pfocr"
    gmt = "gmt"
    parquet = "parquet"
    jsonl = "jsonl"
    cx2 = "cx2"
    gpml = "gpml"
    graphml = "graphml"
    sif = "sif"
    datanodes = "datanodes"


class NamesChoice(enum.StrEnum):
    """Which names of genes count."""

    strict = "strict"
    synonyms = "synonyms"
    all = "all"


def export(
    corpus: CorpusFile,
    form: Annotated[ExportFormat, typer.Option("--format", "-f", help="What to write.")],
    to: Annotated[
        Path,
        typer.Option(metavar="PLACE", help="A folder; for one file that file, or - for standard output."),
    ],
    figures: Annotated[
        list[str] | None,
        typer.Option(
            "--figure",
            metavar="FIGID",
            help="Write only this figure; give it once for each, or - to read them from standard input, one a line; a "
            "table of figpath search --format tsv will do.",
        ),
    ] = None,
    names: Annotated[
        NamesChoice,
        typer.Option(help="Genes of a gmt set: drawn by official symbol, by any name, or also members of families."),
    ] = NamesChoice.strict,
    day: Annotated[
        str, typer.Option("--date", metavar="YYYYMMDD", help="Date in the names of gmt files; today by default.")
    ] = "",
) -> None:
    """Write figures of a corpus: PFOCR's pages, gene sets, tables, or each one as a network for Cytoscape or PathVisio.

    The networks are cx2 (Cytoscape, NDEx), gpml (PathVisio, WikiPathways), graphml, sif, and datanodes, a text to
    paste into PathVisio. Each figure becomes a file of its own.
    """
    from figpath.publish.network_formats import network_format
    from figpath.store import open_store

    made = _day(day)
    network = network_format(form.value)
    with open_store(corpus) as store:
        wanted = _wanted(store, figures)
        if network is not None:
            said = _networks(store, wanted, to, network)
        elif form is ExportFormat.jsonl:
            said = _jsonl(_records(store, wanted), to)
        else:
            _make_folder(to, form)
            if form is ExportFormat.pfocr:
                said = _pfocr(store, wanted, to)
            elif form is ExportFormat.gmt:
                said = _gmt(_records(store, wanted), to, names, made)
            else:
                said = _parquet(_records(store, wanted), to)
    typer.echo(f"wrote {said} to {'standard output' if to == _STANDARD_OUTPUT else to}", err=True)


def _wanted(store: Store, figures: Sequence[str] | None) -> tuple[str, ...] | None:
    """Return the figids that were asked for, each once; None for all. One that cannot be written is an error."""
    if figures is None:
        return None
    asked = [line for name in figures for line in (_standard_input() if name == "-" else [name])]
    figids = tuple(dict.fromkeys(line.strip() for line in asked if line.strip()))
    if not figids:
        raise InputError("--figure names no figure: give figids, such as figpath status --all lists")
    for figid in figids:
        stored = store.stored(figid)
        if stored is None or stored.status == "failed":
            reason = store.record(figid).reason  # an error when it is not there
            raise InputError(f"the figure {figid} has nothing to write, it failed: {reason}")
    return figids


def _standard_input() -> list[str]:
    """Return the first cell of each line, without the heading of ``figpath search --format tsv``."""
    lines = sys.stdin.buffer.read().decode("utf-8-sig", "replace").splitlines()
    headed = bool(lines) and lines[0].startswith("figid\t")
    return [line.split("\t")[0] for line in lines[headed:]]


def _records(store: Store, wanted: Sequence[str] | None) -> Iterator[Record]:
    return store.records() if wanted is None else map(store.record, wanted)


def _make_folder(to: Path, form: ExportFormat) -> None:
    if to == _STANDARD_OUTPUT:
        raise InputError(f"--format {form.value} writes several files: give --to FOLDER, not -")
    make_folder(to)


def _networks(store: Store, wanted: Sequence[str] | None, to: Path, form: NetworkFormat) -> str:
    """Write a file a figure into a folder; or one figure to a file, or to standard output."""
    from figpath.publish.network_formats import to_network

    if wanted is None:
        wanted = [state.figid for state in store.states(every=True) if state.status != "failed"]
    alone = to == _STANDARD_OUTPUT or (to.suffix == "." + form.ending.rpartition(".")[2] and not to.is_dir())
    if alone and len(wanted) != 1:
        raise InputError(f"--to {to} takes one figure, not {len(wanted)}: name it with --figure, or give a folder")
    if not alone:
        make_folder(to)
    for figid in wanted:
        data = to_network(store.record(figid), form)
        if to == _STANDARD_OUTPUT:
            put(data)
        else:
            write_file(to if alone else to / f"{figid}{form.ending}", data)
    return f"{len(wanted)} figure{'s' * (len(wanted) != 1)}"


def _jsonl(records: Iterable[Record], to: Path) -> str:
    from figpath.publish.jsonl import write_lines

    if to == _STANDARD_OUTPUT:
        return f"{write_lines(records, sys.stdout.buffer)} figures"
    part = to.with_name(f"{to.name}.part")
    try:
        with part.open("wb") as stream:
            count = write_lines(records, stream)
        part.replace(to)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(f"cannot write {to}: {error.strerror or error}; choose another place") from error
    return f"{count} figures"


def _parquet(records: Iterable[Record], to: Path) -> str:
    from figpath.publish.parquet import write_tables

    counts = write_tables(records, to)
    return ", ".join(f"{count} {name}" for name, count in counts.items())


def _pfocr(store: Store, wanted: Sequence[str] | None, to: Path) -> str:
    from figpath.publish import pfocr
    from figpath.record import from_json
    from figpath.source.pfocr_extras import with_extras

    written = left = 0
    chosen = None if wanted is None else frozenset(wanted)
    for figid, text, extras in store.documents():
        if chosen is not None and figid not in chosen:
            continue
        made = pfocr.from_record(from_json(text))
        if extras:
            made = with_extras(made, extras)
        if pfocr.is_published(made):
            pfocr.write_record(made, to / "_figures", tables_folder=to / "_data")
            written += 1
        else:
            left += 1
    return f"{written} figures ({left} without a gene or three chemicals left out)"


def _gmt(found: Iterable[Record], to: Path, names: NamesChoice, made: date) -> str:
    from figpath.publish import gmt

    records: list[Record] = list(_slim(found))
    said = []
    for taxon in _GMT_TAXA:
        for chemicals, sets in (
            (False, gmt.gene_sets(records, taxon=taxon, names=names.value)),
            (True, gmt.chemical_sets(records, taxon=taxon)),
        ):
            name = gmt.file_name(taxon, made, chemicals=chemicals)
            write_file(to / name, gmt.to_gmt(sets).encode())
            said.append(f"{len(sets)} sets in {name}")
    return ", ".join(said)


def _slim(records: Iterable[Record]) -> Iterator[Record]:
    """Leave out the text of the figures, which fills memory."""
    from dataclasses import replace

    for record in records:
        yield replace(record, lines=())


def _day(text: str) -> date:
    if not text:
        return datetime.now(UTC).date()
    try:
        return datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise InputError(f"--date {text[:40]!r} is no date: give it as 20250701") from error
