"""Mechanisms out of whatever somebody gives: a file in any form, its text, or the record of a figure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from figpath.errors import InputError
from figpath.record import MINIMUM_SCORE, from_json

if TYPE_CHECKING:
    from figpath.mechanism import Graph
    from figpath.record import Record

_RECORD_MARK: Final = '"figpath.record/'
_CORPUS_MARK: Final = b"SQLite format 3\0"
_HEAD: Final = 2000  # characters in which a file says what it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A mechanism as it was given.

    Parameters
    ----------
    graph
        The mechanism.
    left_out
        What of it the graph does not have, with counts; empty for nothing.
    """

    graph: Graph
    left_out: str = ""


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


def mechanism_of(data: bytes, said: str, *, path: Path | None = None, form: str = "") -> Given:
    """Return the mechanism in the contents of a file.

    Parameters
    ----------
    data
        The contents.
    said
        What errors call them.
    path
        The file, whose ending says the form; without it the beginning of the contents does.
    form
        An ending that says the form, whatever the file is called.

    Raises
    ------
    InputError
        When they cannot be read or hold no mechanism.
    """
    from figpath.mechanism.load import load_bytes

    if data.startswith(_CORPUS_MARK):
        raise InputError(
            f"{said} is a corpus: give one figure of it, with "
            f"figpath export {said} --format jsonl --figure FIGID --to - | figpath ask -"
        )
    name = Path(named(form)) if form else path or Path(_name_by_beginning(data))
    record = _record(data, said) if name.suffix.lower() in (".json", ".jsonl") else None
    if record is not None:
        return mechanism_of_record(record)
    try:
        found = load_bytes(data, name)
    except InputError as error:
        raise InputError(f"{said}: {error}") from error
    return Given(graph=found.graph, left_out="; ".join(map(str, found.losses)))


def mechanism_of_record(record: Record) -> Given:
    """Return the mechanism of a figure: one node an entity, an edge for each line with a head that is sure enough.

    Raises
    ------
    InputError
        When the figure has no names.
    """
    from figpath.mechanism.from_record import DrawnLine, DrawnName, from_record

    sure = [place for place, mention in enumerate(record.mentions) if mention.score >= MINIMUM_SCORE]
    at = {place: number for number, place in enumerate(sure)}
    names = [
        DrawnName(text=m.text, kind=m.kind, entity=m.entities[0].id, symbol=m.entities[0].symbol)
        if m.entities
        else DrawnName(text=m.text, kind=m.kind)
        for m in (record.mentions[place] for place in sure)
    ]
    lines = [
        DrawnLine(source=at[r.source], target=at[r.target], sign=r.sign, score=r.score)
        for r in record.relations
        if r.source in at and r.target in at
    ]
    drawing = from_record(
        names, lines, name=record.figure.title or record.figid, evidence=record.figid, minimum_score=MINIMUM_SCORE
    )
    unsure = drawing.unsure + len(record.relations) - len(lines)
    if not (drawing.undirected or unsure):
        return Given(graph=drawing.graph)
    left_out = f"{drawing.undirected} lines without a head and {unsure} less sure than {MINIMUM_SCORE}"
    return Given(graph=drawing.graph, left_out=left_out)


def _name_by_beginning(data: bytes) -> str:
    """Return a file name with the ending that fits how a text without a name begins."""
    head = data[:_HEAD].decode("utf-8-sig", "replace").lstrip()
    marks = {"CXVersion": ".cx2", "<sbml": ".qual", "<Pathway": ".gpml"}
    other = ".json" if head[:1] in ("{", "[") else ".tsv"
    return "mechanism" + next((ending for mark, ending in marks.items() if mark in head and head[0] in "[<"), other)


def _record(data: bytes, said: str) -> Record | None:
    """Return the record in what was read; None when it is something else."""
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
    try:
        value = json.loads(text)
    except ValueError:
        return [line for line in text.splitlines() if line.strip()]
    return [json.dumps(one) for one in value] if isinstance(value, list) else [text]
