"""What a path holds, told by its content: pictures, papers, folders of them; each figure or its failure a value."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from figpath.errors import FigpathError, ImageError
from figpath.figure import Figure
from figpath.source.found import Source, Unusable
from figpath.source.images import figure_id_of, figures_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def discover(path: Path, *, known: Figure | None = None) -> Iterator[Source | Unusable]:
    """Find the figures that a path names, one after the other; what fails is a value and stops nothing else.

    Parameters
    ----------
    path
        A picture, a PDF file, a PMC package (``.tar.gz``, ``.zip`` or an unpacked folder), a folder of pictures
        with what is known about them beside them, or a folder of such packages, files and folders.
    known
        What is said about figures that come without a paper; each gets its own id and file name.

    Yields
    ------
    Source or Unusable
        In the order of names and of each paper.

    Raises
    ------
    ImageError
        When there is nothing at the path.
    """
    if not path.exists():
        raise ImageError(f"cannot read {path}: there is no such file or folder; check the path")
    return _pictures(path, known or Figure(figid="figure"))


def _pictures(path: Path, known: Figure) -> Iterator[Source | Unusable]:
    try:
        files = figures_of(path)
    except FigpathError as error:
        yield Unusable(path=path, reason=str(error), figure=Figure(figid=figure_id_of(path.stem)))
        return
    for file in files:
        yield Source(figure=replace(known, figid=file.figid, filename=file.path.name), picture=file.path)
