"""What commands share in what they print: the forms of a record, tables for a terminal, files written whole."""

from __future__ import annotations

import enum
import sys
from typing import TYPE_CHECKING

from figpath.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from figpath.record import Record


class Format(enum.StrEnum):
    """Forms in which records are printed."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    tsv = "tsv"
    pfocr = "pfocr"


def put(data: bytes | str) -> None:
    """Write data to standard output as it is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data.encode("utf-8") if isinstance(data, str) else data)
    sys.stdout.buffer.flush()


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table fitted to the terminal; to a file or a pipe it is as wide as it needs to be."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column in ("score", "names", "concepts") else "left")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console = Console() if sys.stdout.isatty() else Console(width=120)
    console.print(table)


def print_records(records: Sequence[Record], form: Format) -> None:
    """Print records in one of the forms for machines, or as a table for people."""
    from figpath import record as records_module
    from figpath.publish import pfocr, table

    if form is Format.jsonl:
        for line in records_module.to_json_lines(records):
            put(line)
    elif form is Format.json:
        import msgspec

        put(msgspec.json.format(b"[" + b",".join(map(records_module.to_json, records)) + b"]", indent=2) + b"\n")
    elif form is Format.tsv:
        put(table.to_tsv([row for record in records for row in table.mention_rows(record)]))
    elif form is Format.pfocr:
        for record in records:
            put(pfocr.genes_tsv(pfocr.genes_rows(record.mentions, record.organisms)))
    else:
        for record in records:
            _print_mentions(record)


def _print_mentions(record: Record) -> None:
    from figpath.publish import table

    rows = [
        (row.text, row.kind, table.short(row), f"{row.score:.2f}", ", ".join(row.rewrites))
        for row in table.mention_rows(record)
    ]
    title = record.figid if record.status == "ok" else f"{record.figid} ({record.status}: {record.reason})"
    print_table(title, ("drawn", "kind", "means", "score", "rewrites"), rows)


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises
    ------
    InputError
        When it cannot be written.
    """
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(f"cannot write {path}: {error.strerror or error}; choose another place") from error
