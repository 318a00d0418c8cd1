"""Figures with nearly the same picture: which perceptual hashes lie close together, and in which groups."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

NEAR: Final = 5
"""Bits in which the hashes of one picture, scaled or compressed anew, may differ; see docs/corpus.md."""

_BITS = 64
_BYTE_BITS = np.array([byte.bit_count() for byte in range(256)], dtype=np.uint8)
_CHUNK = 1 << 20  # pairs that are compared at a time


def link(connection: sqlite3.Connection) -> int:
    """Write anew which figures have a picture that an earlier one has too; return how many.

    Pictures that no figure has any more are taken away first. The caller holds a transaction.
    """
    connection.execute("DELETE FROM picture WHERE sha256 NOT IN (SELECT picture FROM figure)")
    connection.execute("DELETE FROM duplicate")
    links = _links(
        connection.execute(
            """SELECT f.id, p.sha256, p.dhash FROM figure AS f JOIN picture AS p ON p.sha256 = f.picture
               ORDER BY f.figid"""
        ).fetchall()
    )
    connection.executemany("INSERT INTO duplicate VALUES (?, ?, ?, ?)", links)
    return len(links)


def _links(rows: Sequence[tuple[int, str, int | None]]) -> list[tuple[int, int, int, int]]:
    """Turn figure, file and hash of each figure into figure, first figure, distance and whether the files are equal."""
    first_of: dict[str, tuple[int, str, int | None]] = {}
    for row in rows:
        first_of.setdefault(row[1], row)
    different = [row for row in first_of.values() if row[2] is not None]
    places = groups([(dhash or 0) % (1 << _BITS) for _, _, dhash in different])
    near = {row[1]: different[place] for row, place in zip(different, places, strict=True)}
    links = []
    for number, sha256, dhash in rows:
        first, file, hash_of_first = near.get(sha256, first_of[sha256])
        if first != number:
            differ = distance((dhash or 0) % (1 << _BITS), (hash_of_first or 0) % (1 << _BITS))
            links.append((number, first, differ, int(file == sha256)))
    return links


def groups(hashes: Sequence[int], *, near: int = NEAR) -> list[int]:
    """Group hashes that differ in few bits, each with the first of its group.

    Parameters
    ----------
    hashes
        64-bit numbers, in the order in which one is to come before another.
    near
        Two hashes that differ in at most as many bits are near.

    Returns
    -------
    list of int
        For each hash the place of the first one that it is near to, directly or over others; its own when there
        is none.
    """
    first = list(range(len(hashes)))
    values = np.array(hashes, dtype=np.uint64)
    for left, right in _close(values, near):
        a, b = _root(first, left), _root(first, right)
        first[max(a, b)] = min(a, b)
    return [_root(first, place) for place in range(len(hashes))]


def distance(one: int, other: int) -> int:
    """Return in how many bits two hashes differ."""
    return (one ^ other).bit_count()


def _root(first: list[int], place: int) -> int:
    while first[place] != place:
        first[place] = first[first[place]]
        place = first[place]
    return place


def _close(values: NDArray[np.uint64], near: int) -> Iterator[tuple[int, int]]:
    """Yield pairs that differ in at most `near` bits.

    Two such hashes agree in at least one of ``near + 1`` bands of bits, so that only hashes of one band's value
    need to be compared.
    """
    edges = [round(_BITS * n / (near + 1)) for n in range(near + 2)]
    for low, high in pairwise(edges):
        band = (values >> np.uint64(low)) & np.uint64((1 << (high - low)) - 1)
        order = np.argsort(band, kind="stable")
        edges_of_runs = np.flatnonzero(np.diff(band[order])) + 1
        for start, end in pairwise([0, *edges_of_runs.tolist(), len(order)]):
            yield from _pairs(values, order[start:end], near)


def _pairs(values: NDArray[np.uint64], places: NDArray[np.intp], near: int) -> Iterator[tuple[int, int]]:
    """Compare all hashes at these places, as many at a time as memory likes."""
    rows = max(1, _CHUNK // max(1, len(places)))
    for start in range(0, len(places) - 1, rows):
        block = places[start : start + rows]
        differ = values[block][:, None] ^ values[places][None, :]
        bits = _BYTE_BITS[differ.view(np.uint8).reshape(*differ.shape, 8)].sum(axis=2)
        for i, j in zip(*np.nonzero(bits <= near), strict=True):
            if start + i < j:
                yield int(block[i]), int(places[j])
