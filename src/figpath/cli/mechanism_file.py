"""A mechanism out of any file that a command is given, or standard input: its own forms, or the record of a figure."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

if TYPE_CHECKING:
    from pathlib import Path

    from figpath.mechanism import Graph

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


def open_mechanism(path: Path | None, *, form: str = "") -> Graph:
    """Return the mechanism of a file, or of standard input when it is called ``-``; the bundled example without one.

    What is left out of it is told on standard error.

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
    from figpath.collection.mechanisms import mechanism_of
    from figpath.mechanism.load import load_with_losses, read_bytes

    if path is None:
        return load_with_losses(None).graph
    stream = str(path) == STREAM
    said = "standard input" if stream else str(path)
    data = sys.stdin.buffer.read() if stream else read_bytes(path)
    given = mechanism_of(data, said, path=None if stream else path, form=form)
    if given.left_out:
        typer.echo(f"figpath: {said}: left out {given.left_out}", err=True)
    return given.graph
