"""``figpath mechanism``: mechanisms in the forms of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from figpath.cli.mechanism_file import open_mechanism
from figpath.cli.output import TableFormat, print_rows, write_file

app = typer.Typer(no_args_is_help=True, help="Mechanisms in the forms of other programs.")


@app.command()
def convert(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="IN",
            help="A mechanism: figpath's TSV or JSON, a record, CX2, SIF, GPML or SBML-qual; by its ending.",
        ),
    ],
    to: Annotated[Path, typer.Argument(metavar="OUT", help="File to write; its ending says the form.")],
    evidence: Annotated[
        str,
        typer.Option(
            metavar="LEVELS", help="Only edges of these levels: some of lung, other, figure, assumed, caption."
        ),
    ] = "",
) -> None:
    """Write a mechanism in another form; what is lost on the way is told on standard error."""
    from figpath.mechanism.formats.registry import form_of
    from figpath.mechanism.formats.registry import write_file as written

    form = form_of(to.name)
    graph = open_mechanism(source)
    levels = [part.strip() for part in evidence.split(",") if part.strip()]
    made = written(to.name, graph.with_evidence(levels) if levels else graph)
    write_file(to, made.data)
    for warning in made.warnings:
        typer.echo(f"figpath: warning: {warning}", err=True)
    if form.loss:
        typer.echo(f"{form.name} does not hold: {form.loss}", err=True)
    typer.echo(f"wrote {len(graph.nodes)} nodes and {len(graph.edges)} edges to {to}", err=True)


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
