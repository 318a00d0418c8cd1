"""The compiled lexicon: one file of flat arrays, mapped into memory, so that opening it costs nothing.

Layout: 8 bytes magic, 4 bytes version, 4 bytes length of the header, a JSON header (counts, sources, taxa,
sections), then the sections, each a little-endian array that begins on a multiple of 8 bytes.

==================  =======  ==========================================================================
section             type     meaning
==================  =======  ==========================================================================
key                 uint32   CRC-32 of the folded name, ascending; row i of the three next sections
name                uint32   offset of the name in `text`
owner               uint32   index of the concept that has the name
source              uint8    index into the header's sources
concept_id          uint32   offset in `text` of the concept's CURIE, followed by its symbol
concept_class       uint8    kind (2 bits), rank (2 bits), index of the taxon (4 bits)
concept_drawn       uint8    in how many drawings it was counted, 255 at most
related_start       uint32   where a concept's related concepts begin in `related`; one more than concepts
related             uint32   indexes of concepts
word                uint32   CRC-32 of an English word, ascending
word_frequency      uint8    10 times the decimal logarithm of its count
text                uint8    UTF-8, each text ended by a zero byte
==================  =======  ==========================================================================
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from figpath.errors import LexiconError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

MAGIC = b"FIGPLEX\n"
VERSION = 1
_HEAD = struct.Struct("<8sII")
_TYPES = {
    "key": "<u4", "name": "<u4", "owner": "<u4", "source": "u1", "concept_id": "<u4", "concept_class": "u1",
    "concept_drawn": "u1",
    "related_start": "<u4", "related": "<u4", "word": "<u4", "word_frequency": "u1", "text": "u1",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LexiconFile:
    """The arrays of a compiled lexicon and its header, see the module's table."""

    header: Mapping[str, Any]
    arrays: Mapping[str, NDArray[Any]]
    data: bytes | mmap.mmap
    text_start: int

    def texts(self, offset: int, count: int = 1) -> tuple[str, ...]:
        """Return consecutive texts, from an offset of the text section on."""
        start, found = self.text_start + offset, []
        for _ in range(count):
            end = self.data.find(b"\0", start)
            found.append(self.data[start:end].decode("utf-8"))
            start = end + 1
        return tuple(found)


def crc(key: str) -> int:
    """CRC-32 of a folded name, the number under which the file finds it."""
    return zlib.crc32(key.encode())


def dump(header: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Lay out a lexicon as bytes; equal input gives equal bytes."""
    sections, blobs, offset = {}, [], 0
    for name, dtype in _TYPES.items():
        blob = np.ascontiguousarray(arrays[name], dtype=dtype).tobytes()
        sections[name] = [offset, len(arrays[name])]
        blob += b"\0" * (-len(blob) % 8)
        blobs.append(blob)
        offset += len(blob)
    text = json.dumps({**header, "sections": sections}, sort_keys=True, separators=(",", ":")).encode()
    text += b" " * (-(len(text) + _HEAD.size) % 8)
    return b"".join([_HEAD.pack(MAGIC, VERSION, len(text)), text, *blobs])


def load(path: Path) -> LexiconFile:
    """Map a compiled lexicon into memory.

    Raises
    ------
    LexiconError
        When the file is absent, is no lexicon, is cut short, or was compiled by another version.
    """
    try:
        with path.open("rb") as stream:
            data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise LexiconError(
            f"cannot open the lexicon {path}: {error}; compile it with 'figpath lexicon build'"
        ) from error
    if len(data) < _HEAD.size or data[:8] != MAGIC:
        raise LexiconError(f"{path} is no figpath lexicon; compile one with 'figpath lexicon build' or 'add'")
    _, version, length = _HEAD.unpack_from(data)
    if version != VERSION:
        raise LexiconError(
            f"{path} has lexicon version {version}, this figpath reads {VERSION}: compile it again with "
            "'figpath lexicon build' or 'add'"
        )
    try:
        header = json.loads(data[_HEAD.size : _HEAD.size + length])
        start = _HEAD.size + length
        arrays = {
            name: np.frombuffer(data, dtype=dtype, offset=start + header["sections"][name][0],
                                count=header["sections"][name][1])
            for name, dtype in _TYPES.items()
        }  # fmt: skip
    except (ValueError, KeyError, TypeError) as error:
        raise LexiconError(f"the lexicon {path} is cut short or damaged: compile it again") from error
    text_start = start + header["sections"]["text"][0]
    return LexiconFile(header=header, arrays=arrays, data=data, text_start=text_start)
