"""Entry: a figure on its way into a corpus. Its record as JSON, its picture, and what both were made from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from figpath.record import Status

_UNREAD: Final = "<"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What a result was made from: equal keys give equal results, so that nothing is computed twice.

    Parameters
    ----------
    picture
        SHA-256 of the picture file in hexadecimal; empty when there is none.
    figure
        SHA-256 of what is known about the figure: it decides species and abbreviations.
    fingerprint
        Of models, lexicon, options and code. Of a figure that screening left unread it ends in ``<`` and the score
        that would have been enough.
    location
        Where the picture was found. It tells a changed picture from another one of the same name.
    """

    picture: str
    figure: str
    fingerprint: str
    location: str = ""

    @property
    def made_with(self) -> str:
        """The fingerprint, whether the figure was read or not."""
        return self.fingerprint.partition(_UNREAD)[0]

    @property
    def wanted_score(self) -> float | None:
        """The score that would have been enough; None for a figure that was read."""
        score = self.fingerprint.partition(_UNREAD)[2]
        return float(score) if score else None

    def screened(self, score: float) -> Key:
        """Return the key of a figure that was not read, since it has less than this score."""
        return replace(self, fingerprint=f"{self.made_with}{_UNREAD}{score!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as a corpus keeps it.

    Parameters
    ----------
    sha256
        Of the file, in hexadecimal.
    width, height
        Pixels, upright.
    dhash
        Perceptual hash of 64 bits; None for a picture too plain to be told from others.
    path
        Where the file is; empty for a picture out of a package.
    data, thumbnail
        The file, and a small JPEG; empty when they are not kept.
    """

    sha256: str
    width: int
    height: int
    dhash: int | None = None
    path: str = ""
    data: bytes = b""
    thumbnail: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Whether there is a picture of a figure that can be shown, and a thumbnail."""

    picture: bool
    thumbnail: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A figure as it goes into a corpus.

    Parameters
    ----------
    figid, status, reason
        As in the record.
    origin
        What read it: ``figpath`` or ``pfocr``.
    record
        Canonical JSON of the record.
    key
        What it was made from.
    picture
        None when it could not be opened, or when there is none.
    extras
        JSON of what another database says about the figure and the record has no place for; empty when nothing.
    """

    figid: str
    status: Status
    reason: str
    origin: str
    record: bytes
    key: Key
    picture: Picture | None = None
    extras: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What a corpus knows of a figure without opening its record.

    Parameters
    ----------
    status
        ``ok``, ``partial`` or ``failed``.
    origin
        What read it: ``figpath`` or ``pfocr``.
    key
        What it was made from.
    """

    status: Status
    origin: str
    key: Key
