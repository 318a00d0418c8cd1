"""What a path holds, told by its content: pictures, papers, folders of them; each figure or its failure a value."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from figpath.errors import FigpathError, ImageError, InputError
from figpath.figure import Figure
from figpath.source.archive import kind_of
from figpath.source.found import Source, Unusable
from figpath.source.images import SUFFIXES, figure_id_of, figures_of
from figpath.source.package import figures_of_archive, figures_of_folder, is_jats
from figpath.source.pdf import figures_of_pdf, is_pdf
from figpath.source.sidecar import Sidecars, files_about

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_HEAD = 4096  # bytes that tell what a file is
_DEEPEST = 12  # folders inside folders


def discover(path: Path, *, known: Figure | None = None) -> Iterator[Source | Unusable]:
    """Find the figures that a path names, one after the other; what fails is a value and stops nothing else.

    Parameters
    ----------
    path
        A picture, a PDF file, a PMC package (an archive, an unpacked folder, or its JATS file), a folder of pictures
        with what is known about them beside them, or a folder of such files and packages.
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
    said = known or Figure(figid="figure")
    return _folder(path, said) if path.is_dir() else _file(path, said)


def _file(path: Path, known: Figure) -> Iterator[Source | Unusable]:
    if path.suffix.lower() not in SUFFIXES:
        head = _head(path)
        if paper := _paper(path, head):
            yield from paper
            return
        if is_jats(head):
            yield from figures_of_folder(path.parent, [path, *_pictures(_entries(path.parent))])
            return
    yield from _described(path, Sidecars(files_about(path)), known)


def _folder(path: Path, known: Figure) -> Iterator[Source | Unusable]:
    """Yield what is in a folder, and the papers in the folders inside it."""
    empty = True
    for found in _inside(path, known, depth=0):
        empty = False
        yield found
    if empty:
        suffixes = ", ".join(SUFFIXES)
        yield _unusable(path, f"no picture in folder {path}: expected files that end in {suffixes}; PDF or PMC files")


def _inside(path: Path, known: Figure, *, depth: int) -> Iterator[Source | Unusable]:
    try:
        entries = _entries(path)
    except FigpathError as error:
        yield _unusable(path, str(error))
        return
    files = [entry for entry in entries if entry.is_file()]
    pictures = _pictures(files)
    articles = [file for file in files if file.suffix.lower() in {".nxml", ".xml"} and is_jats(_head(file))]
    if articles:
        yield from figures_of_folder(path, [*articles, *pictures])
    elif depth == 0 and pictures:
        yield from _described(path, Sidecars(files), known)
    for file in files:
        if file.suffix.lower() not in SUFFIXES and (paper := _paper(file, _head(file))):
            yield from paper
    if depth < _DEEPEST:
        for folder in entries:
            if folder.is_dir() and not folder.is_symlink():
                yield from _inside(folder, known, depth=depth + 1)


def _paper(path: Path, head: bytes) -> Iterator[Source | Unusable] | None:
    if is_pdf(head):
        return figures_of_pdf(path)
    return figures_of_archive(path) if kind_of(head) else None


def _described(path: Path, sidecars: Sidecars, known: Figure) -> Iterator[Source | Unusable]:
    """Yield a picture, or those of a folder, with what stands beside them; what the user says comes first."""
    try:
        files = figures_of(path)
    except FigpathError as error:
        yield _unusable(path, str(error))
        return
    for table, reason in sidecars.broken:
        yield _unusable(table, f"cannot read {table}, {reason}")
    for file in files:
        plain = replace(known, figid=file.figid, filename=file.path.name)
        try:
            said = sidecars.describe(file.path, file.figid)
        except InputError as error:
            yield Unusable(path=file.path, reason=f"cannot read figure {file.path}: {error}", figure=plain)
            continue
        yield Source(figure=plain if said is None else _overruled(said, known), picture=file.path)


def _overruled(said: Figure, known: Figure) -> Figure:
    return replace(said, title=known.title or said.title, caption=known.caption or said.caption)


def _entries(folder: Path) -> Sequence[Path]:
    try:
        inside = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        raise InputError(f"cannot list folder {folder}: {error.strerror or error}") from error
    return [entry for entry in inside if not entry.name.startswith(".")]


def _pictures(files: Iterable[Path]) -> list[Path]:
    return [file for file in files if file.suffix.lower() in SUFFIXES]


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError:
        return b""  # whoever reads it as a picture says why it cannot be read


def _unusable(path: Path, reason: str) -> Unusable:
    return Unusable(path=path, reason=reason, figure=Figure(figid=figure_id_of(path.stem)))
