"""Figures and pictures as rows of the two lasting tables, and back."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from figpath.entry import Kept, Key, Picture, Stored

if TYPE_CHECKING:
    import sqlite3

    from figpath.entry import Entry

_HASHES = 1 << 64

_PUT_FIGURE = """
    INSERT INTO figure (figid, status, origin, reason, location, picture, known, fingerprint, extras, record)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (figid) DO UPDATE SET
        status = excluded.status, origin = excluded.origin, reason = excluded.reason, location = excluded.location,
        picture = excluded.picture, known = excluded.known, fingerprint = excluded.fingerprint,
        extras = excluded.extras, record = excluded.record
"""
_PUT_PICTURE = """
    INSERT INTO picture (sha256, width, height, dhash, path, thumbnail, data) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (sha256) DO UPDATE SET
        path = CASE WHEN excluded.path <> '' THEN excluded.path ELSE path END,
        thumbnail = CASE WHEN length(excluded.thumbnail) THEN excluded.thumbnail ELSE thumbnail END,
        data = CASE WHEN length(excluded.data) THEN excluded.data ELSE data END
"""
_PICTURE_OF = """
    SELECT p.sha256, p.width, p.height, p.dhash, p.path, p.thumbnail, p.data
    FROM figure AS f JOIN picture AS p ON p.sha256 = f.picture WHERE f.figid = ?
"""
_THUMBNAIL_OF = """
    SELECT p.thumbnail FROM figure AS f JOIN picture AS p ON p.sha256 = f.picture WHERE f.figid = ?
"""
# SQLite tells a length without reading what is that long.
_KEPT_OF = """
    SELECT length(p.data) > 0, p.path, length(p.thumbnail) > 0
    FROM figure AS f JOIN picture AS p ON p.sha256 = f.picture WHERE f.figid = ?
"""
_STORED = "SELECT status, origin, picture, known, fingerprint, location FROM figure WHERE figid = ?"


def put_figure(connection: sqlite3.Connection, entry: Entry) -> int:
    """Write the row of a figure, in place of the one it may have, and return its number."""
    key = entry.key
    connection.execute(
        _PUT_FIGURE,
        (
            entry.figid,
            entry.status,
            entry.origin,
            entry.reason,
            key.location,
            key.picture,
            key.figure,
            key.fingerprint,
            entry.extras.decode("utf-8"),
            entry.record.decode("utf-8"),
        ),
    )
    return int(connection.execute("SELECT id FROM figure WHERE figid = ?", (entry.figid,)).fetchone()[0])


def put_picture(connection: sqlite3.Connection, picture: Picture, *, folder: Path) -> None:
    """Write the row of a picture; what is kept of it already stays.

    Parameters
    ----------
    connection
        Of a corpus that is open for writing.
    picture
        The picture.
    folder
        Of the corpus: files beside or below it are named from there, so that both can be moved together.
    """
    dhash = picture.dhash
    signed = dhash - _HASHES if dhash is not None and dhash >= _HASHES // 2 else dhash
    path = _relative(picture.path, folder)
    row = (picture.sha256, picture.width, picture.height, signed, path, picture.thumbnail, picture.data)
    connection.execute(_PUT_PICTURE, row)


def picture_of(connection: sqlite3.Connection, figid: str, *, folder: Path) -> Picture | None:
    """Return the picture of a figure as far as it is kept; None when there is none. Its path is absolute."""
    row: tuple[Any, ...] | None = connection.execute(_PICTURE_OF, (figid,)).fetchone()
    if row is None:
        return None
    sha256, width, height, dhash, path, thumbnail, data = row
    return Picture(
        sha256=sha256,
        width=width,
        height=height,
        dhash=None if dhash is None else dhash % _HASHES,
        path=str(folder / path) if path else "",
        data=data,
        thumbnail=thumbnail,
    )


def thumbnail_of(connection: sqlite3.Connection, figid: str) -> bytes:
    """Return the thumbnail of a figure; empty when there is none."""
    row: tuple[bytes] | None = connection.execute(_THUMBNAIL_OF, (figid,)).fetchone()
    return b"" if row is None else row[0]


def kept_of(connection: sqlite3.Connection, figid: str, *, folder: Path) -> Kept:
    """Return what there is of the picture of a figure, without reading it."""
    row: tuple[Any, ...] | None = connection.execute(_KEPT_OF, (figid,)).fetchone()
    if row is None:
        return Kept(picture=False, thumbnail=False)
    data, path, thumbnail = row
    return Kept(picture=bool(data or (path and (folder / path).is_file())), thumbnail=bool(thumbnail))


def stored_of(connection: sqlite3.Connection, figid: str) -> Stored | None:
    """Return what is known of a figure without its record; None when it is not there."""
    row: tuple[Any, ...] | None = connection.execute(_STORED, (figid,)).fetchone()
    if row is None:
        return None
    status, origin, picture, known, fingerprint, location = row
    key = Key(picture=picture, figure=known, fingerprint=fingerprint, location=location)
    return Stored(status=status, origin=origin, key=key)


def _relative(path: str, folder: Path) -> str:
    if not path:
        return ""
    place = PurePath(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
    return (place.relative_to(folder) if place.is_relative_to(folder) else place).as_posix()
