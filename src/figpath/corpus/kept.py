"""A figure that was read elsewhere, such as on the web page, kept in a corpus with its picture."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from figpath.corpus.fingerprint import digest_of
from figpath.corpus.read import picture_of
from figpath.corpus.task import entry_of
from figpath.entry import Key
from figpath.errors import InputError
from figpath.source.images import image_sha256, load_pixels

if TYPE_CHECKING:
    from figpath.entry import Entry
    from figpath.record import Record

SENT: Final = "sent to the server"
"""Where such a figure is said to have been found: it is never read again from there."""


def kept_entry(record: Record, picture: bytes, *, figid: str) -> Entry:
    """Return the entry of a figure under an id of its own.

    Parameters
    ----------
    record
        As it was read.
    picture
        The file; empty when there is none.
    figid
        Under which it is kept.

    Raises
    ------
    InputError
        When the file is no picture, or not the one that was read.
    """
    sha256 = image_sha256(picture) if picture else ""  # never what a record that somebody sent says
    named = replace(
        record,
        figid=figid,
        figure=replace(record.figure, figid=figid),
        provenance=replace(record.provenance, image_sha256=sha256),
    )
    key = Key(picture=sha256, figure=digest_of(named.figure), fingerprint=SENT, location=SENT)
    if not picture:
        return entry_of(named, key)
    pixels = load_pixels(picture, name=figid)
    if pixels.shape[:2] != (record.height, record.width):
        sizes = f"{pixels.shape[1]} x {pixels.shape[0]} pixels, and {record.width} x {record.height} were read"
        raise InputError(f"the picture of {figid} is not the one that was read: it has {sizes}; send both as they came")
    return entry_of(named, key, picture=picture_of(picture, pixels, "keep", path="", sha256=sha256))
