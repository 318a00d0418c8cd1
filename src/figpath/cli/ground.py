"""``figpath ground``: names in, what they mean out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from figpath.cli.output import Format, print_records
from figpath.errors import InputError


def ground(
    path: Annotated[Path, typer.Argument(help="A text file with names, one a line; - is standard input.")] = Path("-"),
    form: Annotated[Format, typer.Option("--format", "-f", help="What to print.")] = Format.table,
    species: Annotated[str, typer.Option(help="NCBI taxon ids or names, such as 9606,mouse.")] = "9606",
) -> None:
    """Ground names: the genes, families, chemicals and diseases that each line names."""
    from figpath.figure import Figure
    from figpath.ids import taxa
    from figpath.pipeline import Pipeline
    from figpath.record import Record

    scope = taxa(species)
    pipeline = Pipeline(taxa=scope)
    lines = _lines(path)
    mentions = pipeline.ground(lines)
    record = Record(figid="names", organisms=scope, figure=Figure(figid="names"), mentions=mentions)
    print_records([record], form)


def _lines(path: Path) -> list[str]:
    try:
        data = sys.stdin.buffer.read() if path == Path("-") else path.read_bytes()
        lines = data.decode("utf-8-sig").splitlines()
    except OSError as error:
        raise InputError(f"cannot read names from {path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"the names in {path} are not UTF-8 text: save the file as UTF-8") from error
    names = [line.strip() for line in lines if line.strip()]
    if not names:
        raise InputError("no names to ground: give one name a line")
    return names
