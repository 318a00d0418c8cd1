"""``figpath publish``: a corpus as a site of plain files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from figpath.cli.status import CorpusFile


def publish(
    corpus: CorpusFile,
    folder: Annotated[
        Path, typer.Argument(metavar="SITE", help="Folder of the site; absent, empty, or one published before.")
    ],
    address: Annotated[
        str, typer.Option(metavar="URL", help="Where the site will be reached; sitemap.xml needs it.")
    ] = "",
    workers: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Worker processes; one a core by default.")
    ] = None,
    overlays: Annotated[
        bool, typer.Option("--overlays", help="Offer each picture with its names marked too; takes much longer.")
    ] = False,
) -> None:
    """Write a corpus as web pages that any server hands out as plain files; the next run writes only what changed."""
    from figpath.cli.progress import Counter
    from figpath.serve.static_site import publish as publish_site
    from figpath.serve.static_site.search_index import NEEDS

    with Counter(None, what="pages") as counter:
        done = publish_site(
            corpus, folder, address=address, workers=workers, overlays=overlays,
            tell=(lambda done: counter.show(done, worked=done, failed=0)) if sys.stderr.isatty() else None,
        )  # fmt: skip
    typer.echo(
        f"{folder}: {done.pages:,} pages, {done.files:,} files; {done.written:,} written, {done.removed:,} removed",
        err=True,
    )
    if not done.searchable:
        typer.echo(f"figpath: {NEEDS}", err=True)
