"""``figpath demo``: read the example figures, so that a newcomer sees what figpath does."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from figpath.cli.output import Format, make_folder, print_records, write_file


def demo(
    to: Annotated[Path, typer.Option(metavar="FOLDER", help="Folder for the overlay pictures.")] = Path("figpath-demo"),
) -> None:
    """Read the bundled example figures, print what was found, and draw it on the pictures."""
    from figpath.examples import example_figures
    from figpath.pipeline import Pipeline, sources_of
    from figpath.publish.overlay import overlay_png
    from figpath.source.images import load_pixels

    make_folder(to)
    pipeline = Pipeline()
    for source in sources_of(example_figures()):
        record = pipeline.read(source)
        print_records([record], Format.table)
        path = to / f"{record.figid}.png"
        write_file(path, overlay_png(load_pixels(source.picture), record))
        typer.echo(f"drawn on the picture: {path}\n")
