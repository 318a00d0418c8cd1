"""The figpath command and how its errors reach the user: one line, and an exit code."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from figpath import __version__
from figpath.cli import (
    ask,
    build,
    corrections,
    demo,
    enrich,
    evaluate,
    export,
    ground,
    harvest,
    lexicon,
    mechanism,
    publish,
    read,
    search,
    serve,
    show,
    status,
)
from figpath.errors import FigpathError

app = typer.Typer(
    name="figpath",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Reads published pathway figures back into data that biologists can search, test and question.",
)
app.command("demo")(demo.demo)
app.command("read")(read.read)
app.command("harvest")(harvest.harvest)
app.command("ground")(ground.ground)
app.command("build")(build.build)
app.command("status")(status.status)
app.command("search")(search.search)
app.command("show")(show.show)
app.command("similar")(show.similar)
app.command("gene")(show.gene)
app.command("enrich")(enrich.enrich)
app.command("export")(export.export)
app.command("serve")(serve.serve)
app.command("publish")(publish.publish)
app.command("corrections")(corrections.corrections)
app.command("reindex")(status.reindex)
app.command("ask")(ask.ask)
app.add_typer(lexicon.app, name="lexicon")
app.add_typer(evaluate.app, name="evaluate")
app.add_typer(mechanism.app, name="mechanism")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"figpath {__version__}")
        raise typer.Exit


@app.callback()
def figpath(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Reads published pathway figures back into data that biologists can search, test and question."""


def main() -> None:
    """Run the command line; errors of figpath become one line on standard error and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a terminal of Windows may not be UTF-8
    try:
        app(prog_name="figpath")  # also when it runs as python -m figpath
    except FigpathError as error:
        typer.echo(f"figpath: {' '.join(str(error).split())}", err=True)
        sys.exit(2)
