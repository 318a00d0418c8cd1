"""What commands share in what they print: the forms of records and tables, files written whole."""

from __future__ import annotations

import enum
import io
import sys
from typing import TYPE_CHECKING, cast

from figpath.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from figpath.record import Record

_NUMBERS = ("score", "strength", "names", "concepts", "year", "together", "by chance", "ratio", "z")
_PIPE_WIDTH = 120  # columns of a table that is not printed on a terminal


class Format(enum.StrEnum):
    """Forms in which records are printed."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    tsv = "tsv"
    pfocr = "pfocr"
    cx2 = "cx2"
    gpml = "gpml"
    graphml = "graphml"
    sif = "sif"
    datanodes = "datanodes"


WHOLE = (Format.table, Format.json, Format.jsonl, Format.tsv)
"""Forms that hold any number of figures; of the others each figure has a file of its own."""


class TableFormat(enum.StrEnum):
    """Forms in which a plain table is printed."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    tsv = "tsv"


def put(data: bytes | str) -> None:
    """Write data to standard output as it is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data.encode("utf-8") if isinstance(data, str) else data)
    sys.stdout.buffer.flush()


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table fitted to the terminal; in a file or a pipe it has up to 120 columns."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column in _NUMBERS else "left")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    if sys.stdout.isatty():
        Console().print(table)
        return
    text = io.StringIO()
    Console(file=text, width=_PIPE_WIDTH).print(table)
    put("".join(f"{line.rstrip()}\n" for line in text.getvalue().splitlines()))


def print_rows(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], form: TableFormat) -> None:
    """Print a table for people, or its rows for machines."""
    if form is TableFormat.table:
        print_table(title, columns, rows)
    elif form is TableFormat.tsv:
        put("".join("\t".join(cells) + "\n" for cells in (columns, *rows)))
    else:
        _put_json([_encoded(dict(zip(columns, row, strict=True))) for row in rows], form)


def put_json(value: object, form: TableFormat) -> None:
    """Print a value as indented JSON, or each of several values on a line."""
    import msgspec

    if form is TableFormat.jsonl:
        put(b"".join(msgspec.json.encode(one) + b"\n" for one in cast("Iterable[object]", value)))
    else:
        put(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")


def print_records(records: Sequence[Record], form: Format) -> None:
    """Print records in one of the forms for machines, or as a table for people.

    JSON has one object a figure, also for those that failed; the other forms have what was found.
    """
    from figpath import record as records_module
    from figpath.publish import table

    done = [record for record in records if record.status != "failed"]
    if form in (Format.json, Format.jsonl):
        _put_json([records_module.to_json(record) for record in records], form)
    elif not done:
        return
    elif form is Format.tsv:
        put(table.to_tsv([row for record in done for row in table.mention_rows(record)]))
    elif form is not Format.table:
        _put_one(done, form)
    else:
        for record in done:
            _print_mentions(record)


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


def check_place(path: Path) -> None:
    """Refuse a file that could not be written, before the work that fills it is done.

    Raises
    ------
    InputError
        When there is no such folder, or the path is a folder itself.
    """
    if path.is_dir():
        raise InputError(f"cannot write {path}: it is a folder; name a file in it")
    if not path.parent.is_dir():
        raise InputError(f"cannot write {path}: there is no folder {path.parent}; make it, or choose another place")


def make_folder(path: Path) -> None:
    """Make a folder where there is none.

    Raises
    ------
    InputError
        When it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot make the folder {path}: {error.strerror or error}; choose another place") from error


def _encoded(value: object) -> bytes:
    import msgspec

    return msgspec.json.encode(value)


def _put_json(objects: Sequence[bytes], form: Format | TableFormat) -> None:
    """Print JSON objects, one a line or as one indented list."""
    import msgspec

    if form == "jsonl":
        put(b"".join(one + b"\n" for one in objects))
    else:
        put(msgspec.json.format(b"[" + b",".join(objects) + b"]", indent=2) + b"\n")


def _put_one(records: Sequence[Record], form: Format) -> None:
    """Print the file of one figure; of PFOCR's files, that is its genes table."""
    from figpath.publish import pfocr
    from figpath.publish.network_formats import network_format, to_network

    if len(records) > 1:
        raise InputError(f"--format {form.value} prints one figure, {len(records)} were read: give --to FOLDER")
    network = network_format(form.value)
    if network is None:
        put(pfocr.genes_tsv(pfocr.from_record(records[0]).genes))
    else:
        put(to_network(records[0], network))


def _print_mentions(record: Record) -> None:
    """Print the mentions that are more likely right than wrong, and how many are not."""
    from figpath.publish import table
    from figpath.record import MINIMUM_SCORE

    found = table.mention_rows(record)
    rows = [
        (row.text, row.kind, table.short(row), f"{row.score:.2f}", ", ".join(row.rewrites))
        for row in found
        if row.score >= MINIMUM_SCORE
    ]
    title = record.figid if record.status == "ok" else f"{record.figid} ({record.status}: {record.reason})"
    print_table(title, ("drawn", "kind", "means", "score", "rewrites"), rows)
    if len(rows) < len(found):
        put(f" and {len(found) - len(rows)} less sure than {MINIMUM_SCORE}, which --format tsv lists\n\n")
