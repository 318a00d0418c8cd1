"""``figpath status``: how the figures of a corpus ended, and ``figpath reindex``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from figpath.cli.output import TableFormat, print_rows, print_table

if TYPE_CHECKING:
    from figpath.store import Store

Rows: TypeAlias = tuple[tuple[str, ...], list[tuple[str, ...]]]

CorpusFile = Annotated[Path, typer.Argument(metavar="CORPUS", help="A corpus, made by figpath build.")]

_COLUMNS = ("figure", "status", "origin", "reason", "place")


def status(
    corpus: CorpusFile,
    every: Annotated[bool, typer.Option("--all", help="List every figure, not only those that are not ok.")] = False,
    duplicates: Annotated[
        bool, typer.Option("--duplicates", help="List the figures whose picture an earlier one has too.")
    ] = False,
    unread: Annotated[
        bool, typer.Option("--unread", help="List the figures that are unlikely to be pathways and were not read.")
    ] = False,
    form: Annotated[TableFormat, typer.Option("--format", "-f", help="What to print.")] = TableFormat.table,
) -> None:
    """Tell what a corpus holds, and list the figures that failed or were read in part, each with its reason."""
    from figpath.store import open_store

    with open_store(corpus) as store:
        if form is TableFormat.table:
            print_table(str(corpus), ("what", "figures"), [(name, str(n)) for name, n in store.counts().items()])
        if unread:
            columns, rows = _unread(store)
        else:
            columns, rows = _duplicates(store) if duplicates else _states(store, every=every)
    if rows or form is not TableFormat.table:
        print_rows("", columns, rows, form)


def _states(store: Store, *, every: bool) -> Rows:
    found = store.states(every=every)
    return _COLUMNS, [(one.figid, one.status, one.origin, one.reason, one.location) for one in found]


def _duplicates(store: Store) -> Rows:
    columns = ("figure", "first", "bits", "file")
    found = store.duplicates()
    return columns, [(one.figid, one.first, str(one.distance), "same" if one.same_bytes else "other") for one in found]


def _unread(store: Store) -> Rows:
    return ("figure", "score", "place"), [(figid, f"{score:.3f}", place) for figid, score, place in store.unread()]


def reindex(corpus: CorpusFile) -> None:
    """Make anew what is derived from the records of a corpus: the indexes for search, and duplicates."""
    from figpath.store import write_store

    with write_store(corpus, must_exist=True) as store:
        count = store.reindex()
    typer.echo(f"indexed {count} figures of {corpus} anew", err=True)
