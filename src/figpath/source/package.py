"""PMC packages: an article's JATS file and its pictures, in an archive or a folder; several articles in one too."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from figpath.errors import FigpathError, InputError
from figpath.figure import Figure
from figpath.source.archive import Member, read_members
from figpath.source.found import Source, Unusable
from figpath.source.images import figure_id_of
from figpath.source.jats import figures_of_article, is_picture, stem_of
from figpath.source.jats_tree import XML_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from figpath.source.jats import PublishedFigure

MAX_HELD = 1_000_000_000
"""Bytes of the articles, and of the pictures, of one archive that are held at once."""

_XML = (".nxml", ".xml")
_PMCID = re.compile(r"PMC\d{3,10}")
_PREFERENCE = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp", ".gif")
"""Of several files of one picture the first is taken; the GIF of a PMC package is a thumbnail."""
_JATS = re.compile(rb"<(?:[\w-]+:)?(?:article|pmc-articleset)[\s>]")


class _Names:
    """Files of pictures, found by the names that articles give them."""

    def __init__(self, names: Iterable[str]) -> None:
        self._exact: dict[str, list[str]] = {}
        self._folded: dict[str, list[str]] = {}
        for name in names:
            self._exact.setdefault(stem_of(name), []).append(name)
            self._folded.setdefault(_folded(name), []).append(name)

    def of(self, published: PublishedFigure) -> str:
        """Return the file that holds a figure's picture, or an empty text."""
        for file in published.files:
            found = self._exact.get(stem_of(file)) or self._folded.get(_folded(file))
            if found:
                return min(found, key=lambda name: (_PREFERENCE.index(Path(name).suffix.lower()), name))
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """A figure and the member of the archive that its picture is in; empty when there is none."""

    published: PublishedFigure
    member: str


def is_jats(start: bytes) -> bool:
    """Tell whether a file's first bytes are those of a JATS article."""
    return bool(_JATS.search(start)) or bool(_JATS.search(start.replace(b"\0", b"")))


def figures_of_archive(path: Path) -> Iterator[Source | Unusable]:
    """Yield the figures of a package, article by article; what fails is a value.

    Parameters
    ----------
    path
        A tar or zip file with one article or several, each with its pictures in the same folder.
    """
    try:
        wanted, failed = _figures_wanted(path)
        held = _pictures(path, {one.member for one in wanted if one.member})
    except FigpathError as error:
        yield _unusable(path, str(error))
        return
    yield from failed
    for one in wanted:
        yield _found(path, one, held)


def figures_of_folder(path: Path, files: Iterable[Path]) -> Iterator[Source | Unusable]:
    """Yield the figures of an unpacked package.

    Parameters
    ----------
    path
        The folder.
    files
        The files directly in it, JATS and pictures among them; others are passed over.
    """
    inside = sorted(files, key=lambda file: file.name)
    pictures = _Names(file.name for file in inside if is_picture(file.name))
    for file in inside:
        if file.suffix.lower() not in _XML:
            continue
        try:
            published = figures_of_article(_read(file), pmcid=_pmcid_in(str(file)))
        except FigpathError as error:
            yield _unusable(file, str(error))
            continue
        if not published:
            yield _unusable(file, "the article has no figure with a picture")
        for figure in published:
            name = pictures.of(figure)
            yield _located(figure, path / name, name) if name else _missing(file, figure)


def _figures_wanted(path: Path) -> tuple[list[_Wanted], list[Unusable]]:
    names: list[str] = []
    articles: dict[str, bytes] = {}
    room = MAX_HELD
    for member, data in read_members(path, wanted=_is_article):
        if data is not None:
            articles[member.name] = data
            room -= len(data)
            if room < 0:
                raise InputError(f"its articles have more than {MAX_HELD:,} bytes: unpack it, and give the folder")
        elif is_picture(member.name):
            names.append(member.name)
    names.sort()
    wanted: list[_Wanted] = []
    failed: list[Unusable] = []
    for name, data in articles.items():
        found, failure = _of_article(path, name, data, names)
        wanted += found
        failed += failure
    if not wanted and not failed:
        raise InputError("no article in it: expected a .nxml or .xml file in JATS form")
    return wanted, failed


def _is_article(member: Member) -> bool:
    return member.name.lower().endswith(_XML) and not _base(member.name).startswith(".") and member.size <= XML_LIMIT


def _of_article(path: Path, name: str, data: bytes, names: list[str]) -> tuple[list[_Wanted], list[Unusable]]:
    if not is_jats(data[:4096]):
        return [], []  # supplements come as XML too
    folder = name[: len(name) - len(_base(name))]
    beside = names[bisect_left(names, folder) : bisect_left(names, folder + "\U0010ffff")]
    pictures = _Names(beside)
    try:
        published = figures_of_article(data, pmcid=_pmcid_in(f"{path.name}/{name}"))
    except FigpathError as error:
        return [], [_unusable(path, f"{_base(name)}: {error}")]
    if not published:
        return [], [_unusable(path, f"{_base(name)}: the article has no figure with a picture")]
    return [_Wanted(published=one, member=pictures.of(one)) for one in published], []


def _pictures(path: Path, members: set[str]) -> dict[str, bytes]:
    held: dict[str, bytes] = {}
    room = MAX_HELD
    for member, data in read_members(path, wanted=lambda member: member.name in members):
        if data is not None:
            room -= len(data)
            if room < 0:
                raise InputError(f"its pictures have more than {MAX_HELD:,} bytes: unpack it, and give the folder")
            held[member.name] = data
    return held


def _found(path: Path, one: _Wanted, held: Mapping[str, bytes]) -> Source | Unusable:
    data = held.get(one.member)
    if data is None:
        return _missing(path, one.published)
    return _located(one.published, data, _base(one.member), within=path)


def _located(published: PublishedFigure, picture: Path | bytes, file: str, *, within: Path | None = None) -> Source:
    figure = replace(published.figure, filename=f"{figure_id_of(stem_of(file))}{Path(file).suffix}")
    return Source(figure=figure, picture=picture, name=f"{within}: {file}" if within else str(picture))


def _missing(path: Path, published: PublishedFigure) -> Unusable:
    return Unusable(
        path=path,
        reason=f"cannot read figure {published.figure.figid} of {path}: no picture named "
        f"{published.files[0][:80]!r} in the package; fetch the package again",
        figure=published.figure,
    )


def _unusable(path: Path, reason: str) -> Unusable:
    figid = figure_id_of(path.name.partition(".")[0] or path.name)
    return Unusable(path=path, reason=f"cannot read {path}: {reason}", figure=Figure(figid=figid))


def _folded(name: str) -> str:
    """Return a file's stem as every file system can have it."""
    return figure_id_of(stem_of(name)).casefold()


def _base(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2]


def _pmcid_in(text: str) -> str:
    found = _PMCID.findall(text)
    return found[-1] if found else ""


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(XML_LIMIT + 1)
    except OSError as error:
        raise InputError(error.strerror or str(error)) from error
