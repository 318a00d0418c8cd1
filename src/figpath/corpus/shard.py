"""A shard file: results of a distant worker, one after the other, readable up to where it was killed."""

from __future__ import annotations

import pickle
import zlib
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

R = TypeVar("R")

_LENGTH, _CHECK = 8, 4  # bytes before each result: how long it is, and its CRC-32


class ShardWriter(Generic[R]):
    """Writes results into a new file, each whole or, when the process is killed, not readable at all.

    Parameters
    ----------
    path
        The file; what is there is replaced.
    """

    def __init__(self, path: Path) -> None:
        self._stream = path.open("wb")

    def add(self, result: R) -> None:
        """Append a result and hand it to the system."""
        data = pickle.dumps(result, protocol=pickle.HIGHEST_PROTOCOL)
        head = len(data).to_bytes(_LENGTH, "big") + zlib.crc32(data).to_bytes(_CHECK, "big")
        self._stream.write(head + data)
        self._stream.flush()

    def close(self) -> None:
        """Close the file."""
        self._stream.close()


def read_shard(path: Path, *, start: int = 0) -> Iterator[tuple[Any, int]]:
    """Yield the results of a file that are whole, each with the place where the next one begins.

    A shard is written and read by the same user with the same version of figpath; it is no form of exchange.
    """
    with path.open("rb") as stream:
        stream.seek(start)
        while len(head := stream.read(_LENGTH + _CHECK)) == _LENGTH + _CHECK:
            data = stream.read(int.from_bytes(head[:_LENGTH], "big"))
            if zlib.crc32(data).to_bytes(_CHECK, "big") != head[_LENGTH:]:
                return
            yield pickle.loads(data), stream.tell()  # noqa: S301 - our own file, see above
