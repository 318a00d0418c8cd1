"""``figpath read``: figures in, grounded records out."""

from __future__ import annotations

import enum
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from figpath.cli.output import WHOLE, Format, make_folder, print_records, write_file
from figpath.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from figpath.figure import Figure
    from figpath.record import Record
    from figpath.source.found import Source, Unusable

_STANDARD_INPUT = Path("-")


class EngineChoice(enum.Enum):
    """The text recognisers that can be asked for."""

    auto = "auto"
    openvino = "openvino"
    onnxruntime = "onnxruntime"


def read(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH", help="Pictures, PDF files, PMC packages, folders of them; - is standard input."),
    ],
    form: Annotated[Format, typer.Option("--format", "-f", help="What to print.")] = Format.table,
    overlay: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Draw what was found on the picture: a .png, or an .html to hover over."),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Where pfocr and the forms of networks write the files of each figure."),
    ] = None,
    species: Annotated[
        str | None,
        typer.Option(
            metavar="LIST", help="NCBI taxon ids or names, such as 9606,mouse; else title and caption decide."
        ),
    ] = None,
    title: Annotated[str, typer.Option(metavar="TEXT", help="Title of the figure.")] = "",
    caption: Annotated[str, typer.Option(metavar="TEXT", help="Caption of the figure.")] = "",
    engine: Annotated[EngineChoice, typer.Option(help="Text recogniser.")] = EngineChoice.auto,
    threads: Annotated[
        int | None,
        typer.Option(min=1, metavar="NUMBER", help="Threads of the recogniser; all cores by default."),
    ] = None,
) -> None:
    """Read figures: which genes, chemicals and diseases are drawn, and where.

    Exit code 0: all figures were read; 1: some failed, each named with its reason; 2: none could be read.
    """
    from figpath.figure import Figure
    from figpath.ids import taxa
    from figpath.pipeline import Pipeline

    sources = _found(paths, Figure(figid="figure", title=title, caption=caption))
    _check_overlay(overlay, sources)
    _check_folder(to, form, sources)
    pipeline = Pipeline(engine=engine.value, threads=threads, taxa=None if species is None else taxa(species))
    pipeline.lexicon.find("")  # a damaged lexicon is one error, not one for each figure
    records = _read_all(pipeline.read_all(sources), total=len(sources))
    done = [record for record in records if record.status == "ok"]
    if overlay is not None and done:
        _write_overlay(done[0], sources[0], overlay)
    if to is not None:
        _write_files(done, to, form)
    else:
        print_records(records, form)
    _report(records, done)


def _found(paths: Sequence[Path], known: Figure) -> tuple[Source | Unusable, ...]:
    """Find the figures; a path that holds nothing usable is wrong usage when it is the only one."""
    from dataclasses import replace

    from figpath.source.discover import discover
    from figpath.source.found import Source, Unusable
    from figpath.source.images import read_picture

    if _STANDARD_INPUT in paths:
        if len(paths) > 1:
            raise InputError("- stands for one picture on standard input: give it alone")
        data = read_picture(sys.stdin.buffer, name="on standard input")
        return (Source(figure=replace(known, figid="standard-input"), picture=data),)
    each = [discover(path, known=known) for path in paths]  # a path that does not exist fails here, before any work
    found = tuple(source for sources in each for source in sources)
    match found:
        case (Unusable(reason=reason),):
            raise InputError(reason)
    return found


def _check_overlay(overlay: Path | None, sources: Sequence[Source | Unusable]) -> None:
    """Find out before reading whether the overlay can be written."""
    if overlay is None:
        return
    if overlay.suffix.lower() not in (".png", ".html"):
        raise InputError(f"--overlay {overlay}: give a file that ends in .png or .html")
    if len(sources) != 1:
        raise InputError(f"--overlay draws one figure, {len(sources)} were given: read them one by one")
    if not overlay.absolute().parent.is_dir():
        raise InputError(f"--overlay {overlay}: there is no folder {overlay.parent}; make it, or choose another place")


def _check_folder(to: Path | None, form: Format, sources: Sequence[Source | Unusable]) -> None:
    """Find out before reading whether every figure can have its files."""
    if to is None:
        if form not in WHOLE and len(sources) > 1:
            raise InputError(f"--format {form.value} prints one figure, {len(sources)} were given: add --to FOLDER")
        return
    if form in WHOLE:
        files = ", ".join(other.value for other in Format if other not in WHOLE)
        raise InputError(f"--to {to} is for the files of --format {files}: choose one, or leave --to out")
    twice = [name for name, count in Counter(source.figure.figid.casefold() for source in sources).items() if count > 1]
    if twice:
        raise InputError(f"two figures would both be {twice[0]} in {to}: rename one, or read them into two folders")
    make_folder(to)


def _read_all(records: Iterator[Record], *, total: int) -> list[Record]:
    """Collect records, with a bar on the terminal when there are several."""
    if total < 2 or not sys.stderr.isatty():
        return list(records)
    from rich.console import Console
    from rich.progress import track

    return list(track(records, description="reading", total=total, console=Console(stderr=True), transient=True))


def _write_files(records: Sequence[Record], folder: Path, form: Format) -> None:
    from figpath.publish import pfocr
    from figpath.publish.network_formats import network_format, to_network

    network = network_format(form.value)
    for record in records:
        if network is None:
            pfocr.write_record(pfocr.from_record(record), folder)
        else:
            write_file(folder / f"{record.figid}{network.ending}", to_network(record, network))
    typer.echo(f"wrote {len(records)} record{'s' * (len(records) != 1)} to {folder}", err=True)


def _write_overlay(record: Record, source: Source | Unusable, path: Path) -> None:
    from figpath.publish.overlay import overlay_png
    from figpath.publish.overlay_html import overlay_html
    from figpath.source.found import Unusable
    from figpath.source.images import encode_png, load_pixels

    if isinstance(source, Unusable):  # then nothing was read, and there is nothing to draw
        return
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
            typer.echo(f"figpath: {' '.join(record.reason.split())}", err=True)
    if len(done) < len(records):
        raise typer.Exit(1 if done else 2)
