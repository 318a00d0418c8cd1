"""``figpath status``: how the figures of a corpus ended, and ``figpath reindex``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from figpath.cli.output import TableFormat, print_rows, print_table

CorpusFile = Annotated[Path, typer.Argument(metavar="CORPUS", help="A corpus, made by figpath build.")]

_COLUMNS = ("figure", "status", "origin", "reason", "place")


def status(
    corpus: CorpusFile,
    every: Annotated[bool, typer.Option("--all", help="List every figure, not only those that are not ok.")] = False,
    form: Annotated[TableFormat, typer.Option("--format", "-f", help="What to print.")] = TableFormat.table,
) -> None:
    """Tell what a corpus holds, and list the figures that failed or were read in part, each with its reason."""
    from figpath.store import open_store

    with open_store(corpus) as store:
        if form is TableFormat.table:
            print_table(str(corpus), ("what", "figures"), [(name, str(n)) for name, n in store.counts().items()])
        rows = [(one.figid, one.status, one.origin, one.reason, one.location) for one in store.states(every=every)]
    if rows or form is not TableFormat.table:
        print_rows("", _COLUMNS, rows, form)


def reindex(corpus: CorpusFile) -> None:
    """Make anew what is derived from the records of a corpus: the indexes for search, and duplicates."""
    from figpath.store import write_store

    with write_store(corpus, must_exist=True) as store:
        count = store.reindex()
    typer.echo(f"indexed {count} figures of {corpus} anew", err=True)
