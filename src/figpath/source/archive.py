"""Archives read without trust: nothing is written to disk, every name and every size is checked first.

A tar or zip file is refused as a whole when a member has an absolute or ``..`` path, is a link or a device, or
when it unpacks to more than its limits.
"""

from __future__ import annotations

import gzip
import lzma
import re
import tarfile
import zipfile
import zlib
from bz2 import BZ2File
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, cast

from figpath.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MAX_MEMBERS = 20_000
"""Files in one archive; the packages of PMC have under 1,000."""
MAX_UNPACKED = 4_000_000_000
"""Bytes that one archive may unpack to."""
MAX_MEMBER = 400_000_000
"""Bytes of one member that is read."""
MAX_RATIO, FREE_BYTES = 100, 50_000_000
"""An archive may grow 100 times when it is unpacked, and by 50 million bytes besides."""

_UNSAFE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\x00-\x1f]")
_DAMAGE = (tarfile.TarError, zipfile.BadZipFile, OSError, EOFError, zlib.error, lzma.LZMAError, ValueError,
           NotImplementedError, RuntimeError, OverflowError, MemoryError)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its path there, and its size in bytes as the archive says."""

    name: str
    size: int


class _Counted:
    """A stream of unpacked bytes that ends when there are too many for the packed ones."""

    def __init__(self, stream: IO[bytes], packed: int) -> None:
        self._stream = stream
        self._allowed = min(MAX_UNPACKED, FREE_BYTES + MAX_RATIO * packed)

    def read(self, size: int = -1) -> bytes:
        """Read as a file does; never more at once than a member may have."""
        if size < 0 or size > MAX_MEMBER:
            raise InputError(f"it wants to unpack {size:,} bytes at once, which no package needs")
        data = self._stream.read(size)
        self._check()
        return data

    def seek(self, place: int, whence: int = 0) -> int:
        """Move as a file does; a place beyond the limits is refused before anything is unpacked."""
        if whence == 0 and place > self._allowed:
            raise self._too_much()
        found = self._stream.seek(place, whence)
        self._check()
        return found

    def tell(self) -> int:
        """Return the place in the unpacked bytes."""
        return self._stream.tell()

    def _check(self) -> None:
        if self._stream.tell() > self._allowed:
            raise self._too_much()

    def _too_much(self) -> InputError:
        return InputError(f"it unpacks to more than {self._allowed:,} bytes, which its size does not warrant")


def kind_of(start: bytes) -> str:
    """Return ``tar``, ``tar.gz``, ``tar.bz2``, ``tar.xz`` or ``zip``, as a file's first 512 bytes say, or nothing."""
    for magic, kind in ((b"\x1f\x8b", "tar.gz"), (b"BZh", "tar.bz2"), (b"\xfd7zXZ", "tar.xz"), (b"PK\x03\x04", "zip")):
        if start.startswith(magic):
            return kind
    return "tar" if start[257:262] == b"ustar" else ""


def read_members(path: Path, *, wanted: Callable[[Member], bool]) -> Iterator[tuple[Member, bytes | None]]:
    """Yield every file of an archive, in its order, with the bytes of those that are wanted.

    Parameters
    ----------
    path
        A tar file, plain or compressed by gzip, bzip2 or xz; or a zip file. Its first bytes tell which.
    wanted
        Tells by name and size whether a member's bytes are needed; None comes in place of those that are not.

    Raises
    ------
    InputError
        When the archive is unsafe, too large, cut short or damaged.
    """
    try:
        with path.open("rb") as file:
            kind = kind_of(file.read(512))
            file.seek(0)
            size = path.stat().st_size
            yield from _zip(file, size, wanted) if kind == "zip" else _tar(_unpacked(file, kind), size, wanted)
    except _DAMAGE as error:
        raise InputError(f"the archive is cut short or damaged ({' '.join(str(error).split())[:120]})") from error


def _tar(file: IO[bytes], packed: int, wanted: Callable[[Member], bool]) -> Iterator[tuple[Member, bytes | None]]:
    counted = cast("IO[bytes]", _Counted(file, packed))
    with tarfile.open(fileobj=counted, mode="r:") as archive:
        for number, entry in enumerate(archive):
            _check(entry.name, number)
            if entry.isdir():
                continue
            if not entry.isreg() or entry.issparse():
                kind = "a link" if entry.issym() or entry.islnk() else "a device or a special file"
                raise InputError(f"it holds {kind}, {entry.name[:80]!r}, which no package needs")
            member = Member(entry.name, entry.size)
            yield member, _of_tar(archive, entry) if wanted(member) else None


def _unpacked(file: IO[bytes], kind: str) -> IO[bytes]:
    if kind == "tar.gz":
        return cast("IO[bytes]", gzip.GzipFile(fileobj=file))
    if kind == "tar.bz2":
        return cast("IO[bytes]", BZ2File(file))
    return cast("IO[bytes]", lzma.LZMAFile(file)) if kind == "tar.xz" else file


def _of_tar(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> bytes:
    _check_size(entry.name, entry.size)
    stream = archive.extractfile(entry)
    data = b"" if stream is None else stream.read()
    if len(data) != entry.size:
        raise InputError(f"the archive is cut short in {entry.name[:80]!r}")
    return data


def _zip(file: IO[bytes], packed: int, wanted: Callable[[Member], bool]) -> Iterator[tuple[Member, bytes | None]]:
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
        _check_total(sum(entry.file_size for entry in entries), packed)
        for number, entry in enumerate(entries):
            _check(entry.filename, number)
            if (entry.external_attr >> 16) & 0o170000 in {0o120000, 0o020000, 0o060000, 0o010000}:
                raise InputError(f"it holds a link or a device, {entry.filename[:80]!r}, which no package needs")
            if not entry.is_dir():
                member = Member(entry.filename, entry.file_size)
                yield member, _of_zip(archive, entry) if wanted(member) else None


def _of_zip(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    _check_size(entry.filename, entry.file_size)
    with archive.open(entry) as stream:
        return stream.read(entry.file_size + 1)


def _check(name: str, number: int) -> None:
    if number >= MAX_MEMBERS:
        raise InputError(f"it holds more than {MAX_MEMBERS:,} files, which no package has")
    if _UNSAFE.search(name):
        raise InputError(f"it holds a file outside its folder, {name[:80]!r}, which no package needs")


def _check_size(name: str, size: int) -> None:
    if size > MAX_MEMBER:
        raise InputError(f"{name[:80]!r} in it has {size:,} bytes, at most {MAX_MEMBER:,} are read")


def _check_total(unpacked: int, packed: int) -> None:
    allowed = min(MAX_UNPACKED, FREE_BYTES + MAX_RATIO * packed)
    if unpacked > allowed:
        raise InputError(f"it unpacks to more than {allowed:,} bytes, which its size does not warrant")
