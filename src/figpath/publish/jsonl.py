"""Records as JSON Lines: one canonical JSON document a line, the form in which nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from figpath.record import to_json_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from figpath.record import Record


def write_lines(records: Iterable[Record], stream: BinaryIO) -> int:
    """Write records to a stream that is open for bytes; return how many there were."""
    count = 0
    for line in to_json_lines(records):
        stream.write(line)
        count += 1
    return count
