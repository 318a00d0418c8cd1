"""A mechanism out of any file that a command is given, or standard input: its own forms, or the record of a figure."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from figpath.errors import InputError

if TYPE_CHECKING:
    from figpath.mechanism import Graph
    from figpath.record import Record

STREAM = "-"
"""Standard input as a path, or standard output."""

FromForm: TypeAlias = Annotated[
    str,
    typer.Option(
        "--from",
        metavar="FORM",
        help="Form of what is read, such as sif: an ending that 'figpath mechanism forms' lists. By default the file's "
        "own ending says it; on standard input figpath's forms, tables, records, CX2, GPML and SBML-qual are known "
        "by their beginning.",
    ),
]

_RECORD_MARK = '"figpath.record/'
_CORPUS_MARK = b"SQLite format 3\0"
_HEAD = 2000  # characters in which a file says what it is


def named(form: str) -> str:
    """Return a file name with the ending of a form.

    Raises
    ------
    InputError
        When no form has it.
    """
    from figpath.mechanism.formats.registry import FORMS

    endings = [ending for one in FORMS for ending in one.endings]
    ending = "." + form.strip().lower().lstrip(".")
    if ending not in endings:
        raise InputError(f"unknown form {form!r}: give one of {', '.join(known.lstrip('.') for known in endings)}")
    return f"mechanism{ending}"


def open_mechanism(path: Path | None, *, form: str = "") -> Graph:
    """Return the mechanism of a file, or of standard input when it is called ``-``; the bundled example without one.

    Parameters
    ----------
    path
        The file.
    form
        An ending that says the form, whatever the file is called.

    Raises
    ------
    InputError
        When it cannot be read or holds no mechanism.
    """
    from figpath.mechanism.load import load_bytes, load_with_losses, read_bytes

    if path is None:
        return load_with_losses(None).graph
    stream = str(path) == STREAM
    said = "standard input" if stream else str(path)
    data = sys.stdin.buffer.read() if stream else read_bytes(path)
    if data.startswith(_CORPUS_MARK):
        raise InputError(
            f"{said} is a corpus: give one figure of it, with "
            f"figpath export {said} --format jsonl --figure FIGID --to - | figpath ask -"
        )
    name = Path(named(form) if form else _name_by_beginning(data) if stream else path)
    record = _record(data, said) if name.suffix.lower() in (".json", ".jsonl") else None
    if record is not None:
        return graph_of_record(record)
    try:
        found = load_bytes(data, name)
    except InputError as error:
        raise InputError(f"{said}: {error}") from error
    if found.losses:
        typer.echo(f"figpath: {said}: left out {'; '.join(map(str, found.losses))}", err=True)
    return found.graph


def _name_by_beginning(data: bytes) -> str:
    """Return a file name with the ending that fits how a text without a name begins."""
    head = data[:_HEAD].decode("utf-8-sig", "replace").lstrip()
    marks = {"CXVersion": ".cx2", "<sbml": ".qual", "<Pathway": ".gpml"}
    other = ".json" if head[:1] in ("{", "[") else ".tsv"
    return "mechanism" + next((ending for mark, ending in marks.items() if mark in head and head[0] in "[<"), other)


def graph_of_record(record: Record) -> Graph:
    """Return the mechanism of a figure, and tell on standard error which of its lines it leaves out.

    Raises
    ------
    InputError
        When the figure has no names.
    """
    from figpath.mechanism.from_record import DrawnLine, DrawnName, from_record
    from figpath.record import MINIMUM_SCORE

    names = [
        DrawnName(text=m.text, kind=m.kind, entity=m.entities[0].id, symbol=m.entities[0].symbol)
        if m.entities
        else DrawnName(text=m.text, kind=m.kind)
        for m in record.mentions
    ]
    lines = [DrawnLine(source=r.source, target=r.target, sign=r.sign, score=r.score) for r in record.relations]
    drawing = from_record(
        names, lines, name=record.figure.title or record.figid, evidence=record.figid, minimum_score=MINIMUM_SCORE
    )
    if drawing.undirected or drawing.unsure:
        typer.echo(
            f"figpath: {record.figid}: left out {drawing.undirected} lines without a head and {drawing.unsure} less "
            f"sure than {MINIMUM_SCORE}",
            err=True,
        )
    return drawing.graph


def _record(data: bytes, said: str) -> Record | None:
    """Return the record in what was read; None when it is something else."""
    from figpath.record import from_json

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None  # whoever reads it next says why
    if _RECORD_MARK not in text[:_HEAD]:
        return None
    records = _parts(text)
    if len(records) != 1:
        raise InputError(f"{said} holds {len(records)} records: give one figure at a time")
    return from_json(records[0])


def _parts(text: str) -> list[str]:
    """Return the records of JSON, a list of one, or JSON Lines."""
    import json

    try:
        value = json.loads(text)
    except ValueError:
        return [line for line in text.splitlines() if line.strip()]
    return [json.dumps(one) for one in value] if isinstance(value, list) else [text]
