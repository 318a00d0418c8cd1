"""``figpath read``: figures in, grounded records out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from figpath.cli.output import Format, print_records, write_file
from figpath.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.pipeline import Source
    from figpath.record import Record

_STANDARD_INPUT = Path("-")


def read(
    paths: Annotated[list[Path], typer.Argument(help="Pictures, or folders of pictures; - reads standard input.")],
    form: Annotated[Format, typer.Option("--format", "-f", help="What to print.")] = Format.table,
    overlay: Annotated[
        Path | None, typer.Option(help="Draw what was found on the picture: a .png, or an .html to hover over.")
    ] = None,
    to: Annotated[Path | None, typer.Option(help="Folder for the PFOCR files of each figure (--format pfocr).")] = None,
    species: Annotated[
        str | None, typer.Option(help="NCBI taxon ids or names, such as 9606,mouse; else title and caption decide.")
    ] = None,
    title: Annotated[str, typer.Option(help="Title of the figure.")] = "",
    caption: Annotated[str, typer.Option(help="Caption of the figure.")] = "",
    engine: Annotated[str, typer.Option(help="Text recogniser: auto, openvino or onnxruntime.")] = "auto",
    threads: Annotated[int | None, typer.Option(min=1, help="Threads of the recogniser; all cores by default.")] = None,
) -> None:
    """Read figures: which genes, chemicals and diseases are drawn, and where.

    Exit code 0: all figures were read; 1: some failed, each named with its reason; 2: none could be read.
    """
    from figpath.figure import Figure
    from figpath.ids import taxa
    from figpath.pipeline import Pipeline

    known = Figure(figid="figure", title=title, caption=caption)
    sources = _sources(paths, known)
    _check_overlay(overlay, sources)
    pipeline = Pipeline(engine=engine, threads=threads, taxa=taxa(species) if species else None)
    records = _read_all(pipeline.read_all(sources), total=len(sources))
    done = [record for record in records if record.status == "ok"]
    if to is not None and form is Format.pfocr:
        _write_pfocr(done, to)
    else:
        print_records(done, form)
    if overlay is not None and done:
        _write_overlay(done[0], sources[0], overlay)
    _report(records, done)


def _sources(paths: Sequence[Path], known: object) -> tuple[Source, ...]:
    from dataclasses import replace

    from figpath.figure import Figure
    from figpath.pipeline import Source, sources_of
    from figpath.source.images import read_picture

    figure = known if isinstance(known, Figure) else Figure(figid="figure")
    if _STANDARD_INPUT not in paths:
        return sources_of(paths, figure=figure)
    if len(paths) > 1:
        raise InputError("- stands for one picture on standard input: give it alone")
    data = read_picture(sys.stdin.buffer, name="on standard input")
    return (Source(figure=replace(figure, figid="standard-input"), picture=data),)


def _check_overlay(overlay: Path | None, sources: Sequence[Source]) -> None:
    if overlay is None:
        return
    if overlay.suffix.lower() not in (".png", ".html"):
        raise InputError(f"--overlay {overlay}: give a file that ends in .png or .html")
    if len(sources) != 1:
        raise InputError(f"--overlay draws one figure, {len(sources)} were given: read them one by one")


def _read_all(records: object, *, total: int) -> list[Record]:
    """Collect records, with a bar on the terminal when there are several."""
    from collections.abc import Iterator
    from typing import cast

    from rich.console import Console
    from rich.progress import track

    found = cast("Iterator[Record]", records)
    if total < 2 or not sys.stderr.isatty():
        return list(found)
    return list(track(found, description="reading", total=total, console=Console(stderr=True), transient=True))


def _write_pfocr(records: Sequence[Record], folder: Path) -> None:
    from figpath.publish import pfocr

    for record in records:
        pfocr.write_record(pfocr.from_record(record), folder)
    typer.echo(f"wrote {len(records)} records to {folder}", err=True)


def _write_overlay(record: Record, source: Source, path: Path) -> None:
    from figpath.publish.overlay import overlay_png
    from figpath.publish.overlay_html import overlay_html
    from figpath.source.images import encode_png, load_pixels

    pixels = load_pixels(source.picture)
    if path.suffix.lower() == ".png":
        data = overlay_png(pixels, record)
    else:
        data = overlay_html(encode_png(pixels), record).encode()
    write_file(path, data)
    typer.echo(f"wrote {path}", err=True)


def _report(records: Sequence[Record], done: Sequence[Record]) -> None:
    for record in records:
        if record.status != "ok":
            typer.echo(f"figpath: {record.reason}", err=True)
    if len(done) < len(records):
        raise typer.Exit(1 if done else 2)
