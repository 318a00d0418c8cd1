"""``figpath corrections``: what people corrected in a corpus, listed, exported as gold, or taken over from a log."""

from __future__ import annotations

import enum
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from figpath.cli.output import TableFormat, check_place, make_folder, print_rows, print_table, put, write_file
from figpath.cli.status import CorpusFile
from figpath.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.corrections.correction import Correction
    from figpath.grounding.mention import Mention
    from figpath.store import Store

_STANDARD = Path("-")
_COLUMNS = ("when", "who", "figure", "action", "drawn", "before", "after", "state", "id")
_SHOWN = 3  # figures or lines that a message names


class LogFormat(enum.StrEnum):
    """Forms of the log."""

    table = "table"
    tsv = "tsv"
    jsonl = "jsonl"
    gold = "gold"


def corrections(
    corpus: CorpusFile,
    form: Annotated[
        LogFormat,
        typer.Option("--format", "-f", help="What to print; jsonl is the log itself, gold is for figpath evaluate."),
    ] = LogFormat.table,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="PLACE", help="A file for jsonl, a folder for gold.")
    ] = _STANDARD,
    take: Annotated[
        Path | None,
        typer.Option(
            "--import", metavar="FILE", help="Take over a log that --format jsonl wrote; - is standard input."
        ),
    ] = None,
    figid: Annotated[str, typer.Option("--figure", metavar="FIGID", help="Only those of this figure.")] = "",
) -> None:
    """List what people corrected on the web page, who and when; or take the corrections of another corpus over."""
    if take is not None:
        _take(corpus, take)
    elif form is LogFormat.gold:
        _write_gold(corpus, output, figid)
    else:
        _print(corpus, output, figid, form)


def _print(corpus: Path, output: Path, figid: str, form: LogFormat) -> None:
    from figpath.corrections.correction import to_json_lines
    from figpath.store import open_store

    if output != _STANDARD:
        if form is not LogFormat.jsonl:
            raise InputError(f"--output takes the log with --format jsonl, or gold: --format {form.value} is printed")
        check_place(output)
    with open_store(corpus) as store:
        log = store.corrections.log(figid)
        if form is LogFormat.jsonl:
            data = b"".join(to_json_lines(log))
            put(data) if output == _STANDARD else write_file(output, data)
            return
        rows = _rows(store, log)
    if form is LogFormat.tsv:
        print_rows("", _COLUMNS, rows, TableFormat.tsv)
    elif rows:
        shown = [(f"{when[:10]} {when[11:16]}", *cells) for when, *cells, _ in rows]
        print_table("", _COLUMNS[:-1], shown)
    else:
        where = f"the figure {figid} of {corpus}" if figid else str(corpus)
        typer.echo(f"nobody has corrected anything in {where}: figpath serve --edit is for that", err=True)


def _rows(store: Store, log: Sequence[Correction]) -> list[tuple[str, ...]]:
    gone: dict[str, str] = {}
    for figid in dict.fromkeys(one.figid for one in log):
        if store.stored(figid) is None:
            gone |= {one.id: "waits for its figure" for one in log if one.figid == figid}
            continue
        state = store.corrections.state(figid)
        gone |= dict.fromkeys(state.lost, "not on the figure")
        gone |= dict.fromkeys(state.undone, "undone")
    return [
        (
            f"{one.when[:19]}Z",
            one.who,
            one.figid,
            one.action,
            "" if one.anchor is None else " ".join(one.anchor.text.split()),
            _means(one.before),
            _means(one.after),
            gone.get(one.id, "in effect"),
            one.id,
        )
        for one in log
    ]


def _means(mention: Mention | None) -> str:
    """What a mention stands for; the members of a family are not listed."""
    if mention is None:
        return ""
    drawn = [entity.symbol for entity in mention.entities if entity.source != "famplex_relations"]
    return ", ".join(drawn) or mention.note or "no meaning"


def _write_gold(corpus: Path, folder: Path, figid: str) -> None:
    from figpath.evaluate.from_corrections import gold_json, undecided
    from figpath.store import open_store

    if folder == _STANDARD:
        raise InputError("gold is one file a figure: give --output and a folder")
    make_folder(folder)
    written, unfinished = 0, []
    with open_store(corpus) as store:
        for one in dict.fromkeys(line.figid for line in store.corrections.log(figid)):
            stored = store.stored(one)
            if stored is None or stored.status == "failed":
                continue
            record = store.record(one)
            if undecided(record):
                unfinished.append(one)
                continue
            write_file(folder / f"{one}.json", gold_json(record))
            written += 1
    typer.echo(f"wrote {written} gold figure{'s' * (written != 1)} to {folder}", err=True)
    if unfinished:
        typer.echo(
            f"figpath: figures with names that nobody has decided on are left out ({len(unfinished)}): "
            f"{_some(unfinished)}",
            err=True,
        )


def _take(corpus: Path, file: Path) -> None:
    from figpath.corrections.correction import from_json_lines
    from figpath.evaluate.documents import read_bytes
    from figpath.store import correct_store

    data = sys.stdin.buffer.read() if file == _STANDARD else read_bytes(file, what="the log")
    log = from_json_lines(data, name="standard input" if file == _STANDARD else str(file))
    with correct_store(corpus) as store:
        taken = store.corrections.take(log)
    typer.echo(f"corrections taken over: {taken.added}; there already: {taken.known}", err=True)
    if taken.waiting:
        typer.echo(f"figpath: figures that are not here yet ({len(taken.waiting)}): {_some(taken.waiting)}", err=True)
    if taken.lost:
        shown = [f"{one.figid} {one.anchor.text if one.anchor else ''}" for one in taken.lost]
        typer.echo(f"figpath: names that are no longer on their figures ({len(shown)}): {_some(shown)}", err=True)


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")
