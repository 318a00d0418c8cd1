"""``figpath mechanism``: mechanisms in the forms of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from figpath.cli.mechanism_file import STREAM, FromForm, open_mechanism
from figpath.cli.output import TableFormat, print_rows, put, write_file
from figpath.errors import InputError

app = typer.Typer(no_args_is_help=True, help="Mechanisms in the forms of other programs.")


@app.command()
def convert(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="IN",
            help="A mechanism: figpath's TSV or JSON, a record, CX2, SIF, GPML or SBML-qual; by its ending. "
            "- is standard input.",
        ),
    ],
    to: Annotated[
        Path, typer.Argument(metavar="OUT", help="File to write; its ending says the form. - is standard output.")
    ],
    from_form: FromForm = "",
    to_form: Annotated[
        str,
        typer.Option("--to", metavar="FORM", help="Form of what is written, as for --from; standard output needs it."),
    ] = "",
    evidence: Annotated[
        str,
        typer.Option(
            metavar="LEVELS", help="Only edges of these levels: some of lung, other, figure, assumed, caption."
        ),
    ] = "",
) -> None:
    """Write a mechanism in another form; what is lost on the way is told on standard error."""
    from figpath.collection.mechanisms import named
    from figpath.mechanism.formats.registry import form_of
    from figpath.mechanism.formats.registry import write_file as written

    stream = str(to) == STREAM
    if stream and not to_form:
        raise InputError("standard output has no ending that says the form: give --to FORM, such as --to sif")
    name = named(to_form) if to_form else to.name
    form = form_of(name)
    graph = open_mechanism(source, form=from_form)
    levels = [part.strip().lower() for part in evidence.split(",") if part.strip()]
    kept = graph.with_evidence(levels) if levels else graph
    made = written(name, kept)
    if stream:
        put(made.data)
    else:
        write_file(to, made.data)
    for warning in made.warnings:
        typer.echo(f"figpath: warning: {warning}", err=True)
    if form.loss:
        typer.echo(f"{form.name} does not hold: {form.loss}", err=True)
    place = "standard output" if stream else to
    typer.echo(f"wrote {len(kept.nodes)} nodes and {len(kept.edges)} edges to {place}", err=True)


@app.command()
def forms(
    form: Annotated[TableFormat, typer.Option("--format", "-f", help="What to print.")] = TableFormat.table,
) -> None:
    """List the forms that a mechanism can be read from and written to, and what each does not hold."""
    from figpath.mechanism.formats.registry import FORMS

    rows = [
        (
            one.name,
            ", ".join(one.endings),
            "yes" if one.read else "no",
            "yes" if one.write else "no",
            one.loss or "nothing",
        )
        for one in FORMS
    ]
    print_rows("", ("form", "endings", "read", "written", "does not hold"), rows, form)
