"""Task: a figure that is to be read, and how it becomes an entry of the corpus."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from figpath.corpus.fingerprint import digest_of
from figpath.entry import Entry, Key
from figpath.errors import FigpathError
from figpath.record import Record, to_json
from figpath.source.images import image_sha256, read_picture

if TYPE_CHECKING:
    from figpath.entry import Picture
    from figpath.source.found import Source, Unusable


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A figure to read.

    Parameters
    ----------
    source
        The figure and its picture.
    key
        What its record will be made from.
    """

    source: Source
    key: Key

    @property
    def figid(self) -> str:
        """Id of the figure."""
        return self.source.figure.figid


def task_of(source: Source, *, fingerprint: str) -> Task:
    """Return the task of a figure; a picture that cannot be read has no checksum, and its task will fail."""
    try:
        data = source.picture if isinstance(source.picture, bytes) else read_picture(source.picture)
        sha256 = image_sha256(data)
    except FigpathError:
        sha256 = ""
    key = Key(picture=sha256, figure=digest_of(source.figure), fingerprint=fingerprint, location=_location(source))
    return Task(source=source, key=key)


def renamed(task: Task, figid: str) -> Task:
    """Return the task with the figure under another id."""
    figure = replace(task.source.figure, figid=figid)
    return Task(source=replace(task.source, figure=figure), key=replace(task.key, figure=digest_of(figure)))


def entry_of(record: Record, key: Key, *, picture: Picture | None = None, extras: bytes = b"") -> Entry:
    """Return the entry of a record."""
    return Entry(
        figid=record.figid,
        status=record.status,
        reason=record.reason,
        origin=record.provenance.origin,
        record=to_json(record),
        key=key,
        picture=picture,
        extras=extras,
    )


def failed(task: Task, reason: str) -> Entry:
    """Return the entry of a figure that could not be read."""
    figure = task.source.figure
    record = Record(figid=figure.figid, status="failed", reason=" ".join(reason.split()), figure=figure)
    return entry_of(record, task.key)


def unusable(found: Unusable, *, fingerprint: str) -> Entry:
    """Return the entry of a figure, or a file, that has no picture to read."""
    reason = " ".join(found.reason.split())
    record = Record(figid=found.figure.figid, status="failed", reason=reason, figure=found.figure)
    location = found.path.absolute().as_posix()
    return entry_of(record, Key(picture="", figure=digest_of(found.figure), fingerprint=fingerprint, location=location))


def _location(source: Source) -> str:
    """Return where a picture is: the whole path of its file, or of the package that it is in and its place there."""
    if not source.name:
        return "" if isinstance(source.picture, bytes) else source.picture.absolute().as_posix()
    file, mark, inside = source.name.partition(": ")
    return f"{Path(file).absolute().as_posix()}{mark}{inside}"
