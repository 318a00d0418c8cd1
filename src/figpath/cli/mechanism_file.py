"""A mechanism out of any file that a command is given: its own forms, or the record of a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from figpath.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from figpath.mechanism import Graph
    from figpath.record import Record

_RECORD_MARK = '"figpath.record/'
_HEAD = 2000  # characters in which a record says that it is one


def open_mechanism(path: Path | None) -> Graph:
    """Return the mechanism of a file; the bundled example when there is none.

    Raises
    ------
    InputError
        When it cannot be read or holds no mechanism.
    """
    from figpath.mechanism import load_with_losses

    record = _record(path) if path is not None and path.suffix.lower() in (".json", ".jsonl") else None
    if record is not None:
        return graph_of_record(record)
    found = load_with_losses(path)
    if found.losses:
        typer.echo(f"figpath: {path}: left out {'; '.join(map(str, found.losses))}", err=True)
    return found.graph


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


def _record(path: Path) -> Record | None:
    """Return the record in a file; None when it holds something else or cannot be read."""
    from figpath.record import from_json

    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None  # whoever reads it next says why
    if _RECORD_MARK not in text[:_HEAD]:
        return None
    records = _parts(text)
    if len(records) != 1:
        raise InputError(f"{path} holds {len(records)} records: give one figure at a time")
    return from_json(records[0])


def _parts(text: str) -> list[str]:
    """Return the records of JSON, a list of one, or JSON Lines."""
    import json

    try:
        value = json.loads(text)
    except ValueError:
        return [line for line in text.splitlines() if line.strip()]
    return [json.dumps(one) for one in value] if isinstance(value, list) else [text]
