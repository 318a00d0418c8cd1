"""``figpath export``: a corpus in the forms that other programs read."""

from __future__ import annotations

import enum
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from figpath.cli.output import make_folder, write_file
from figpath.cli.status import CorpusFile
from figpath.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from figpath.record import Record
    from figpath.store import Store

_STANDARD_OUTPUT = Path("-")
_GMT_TAXA = (9606, 10090)


class ExportFormat(enum.StrEnum):
    """Forms of a whole corpus."""

    pfocr = "pfocr"
    gmt = "gmt"
    parquet = "parquet"
    jsonl = "jsonl"


class NamesChoice(enum.StrEnum):
    """Which names of genes count."""

    strict = "strict"
    synonyms = "synonyms"
    all = "all"


def export(
    corpus: CorpusFile,
    form: Annotated[ExportFormat, typer.Option("--format", "-f", help="What to write.")],
    to: Annotated[Path, typer.Option(metavar="PLACE", help="A folder; for jsonl a file, or - for standard output.")],
    names: Annotated[
        NamesChoice,
        typer.Option(help="Genes of a gmt set: drawn by official symbol, by any name, or also members of families."),
    ] = NamesChoice.strict,
    day: Annotated[
        str, typer.Option("--date", metavar="YYYYMMDD", help="Date in the names of gmt files; today by default.")
    ] = "",
) -> None:
    """Write the figures of a corpus as PFOCR's pages, gene sets, Parquet tables or JSON Lines."""
    from figpath.store import open_store

    made = _day(day)
    with open_store(corpus) as store:
        if form is ExportFormat.jsonl:
            said = _jsonl(store, to)
        else:
            make_folder(to)
            if form is ExportFormat.pfocr:
                said = _pfocr(store, to)
            elif form is ExportFormat.gmt:
                said = _gmt(store, to, names, made)
            else:
                said = _parquet(store, to)
    typer.echo(f"wrote {said} to {'standard output' if to == _STANDARD_OUTPUT else to}", err=True)


def _jsonl(store: Store, to: Path) -> str:
    from figpath.publish.jsonl import write_lines

    if to == _STANDARD_OUTPUT:
        return f"{write_lines(store.records(), sys.stdout.buffer)} figures"
    part = to.with_name(f"{to.name}.part")
    try:
        with part.open("wb") as stream:
            count = write_lines(store.records(), stream)
        part.replace(to)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(f"cannot write {to}: {error.strerror or error}; choose another place") from error
    return f"{count} figures"


def _parquet(store: Store, to: Path) -> str:
    from figpath.publish.parquet import write_tables

    counts = write_tables(store.records(), to)
    return ", ".join(f"{count} {name}" for name, count in counts.items())


def _pfocr(store: Store, to: Path) -> str:
    from figpath.publish import pfocr
    from figpath.record import from_json
    from figpath.source.pfocr_extras import with_extras

    written = left = 0
    for _, text, extras in store.documents():
        made = pfocr.from_record(from_json(text))
        if extras:
            made = with_extras(made, extras)
        if pfocr.is_published(made):
            pfocr.write_record(made, to / "_figures", tables_folder=to / "_data")
            written += 1
        else:
            left += 1
    return f"{written} figures ({left} without a gene or three chemicals left out)"


def _gmt(store: Store, to: Path, names: NamesChoice, made: date) -> str:
    from figpath.publish import gmt

    records: list[Record] = list(_slim(store.records()))
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


def _slim(records: Iterator[Record]) -> Iterator[Record]:
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
