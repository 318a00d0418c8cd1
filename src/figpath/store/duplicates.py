"""Figures with nearly the same picture: which perceptual hashes lie close together, and in which groups."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

NEAR: Final = 5
"""Bits in which the hashes of one picture, scaled or compressed anew, may differ; see docs/corpus.md."""

SHAPE: Final = 0.03
"""By how much, relatively, the proportions of one picture may differ."""

_BITS = 64
_BYTE_BITS = np.array([byte.bit_count() for byte in range(256)], dtype=np.uint8)
_CHUNK = 1 << 20  # pairs that are compared at a time


@dataclass(frozen=True, slots=True)
class _Picture:
    """The picture of a figure: number of the figure, file, perceptual hash and proportions."""

    figure: int
    sha256: str
    dhash: int | None
    shape: float


def link(connection: sqlite3.Connection) -> int:
    """Write anew which figures have a picture that an earlier one has too; return how many.

    Pictures that no figure has any more are taken away first. The caller holds a transaction.
    """
    connection.execute("DELETE FROM picture WHERE sha256 NOT IN (SELECT picture FROM figure)")
    connection.execute("DELETE FROM duplicate")
    found = connection.execute(
        """SELECT f.id, p.sha256, p.dhash, p.width, p.height
           FROM figure AS f JOIN picture AS p ON p.sha256 = f.picture WHERE f.status <> 'failed' ORDER BY f.figid"""
    )
    links = _links([_Picture(n, sha, None if h is None else h % (1 << _BITS), x / y) for n, sha, h, x, y in found])
    connection.executemany("INSERT INTO duplicate VALUES (?, ?, ?, ?)", links)
    return len(links)


def others(connection: sqlite3.Connection, figid: str) -> tuple[str, ...]:
    """Return the figids of the other figures with nearly the picture of one, in order."""
    found = connection.execute(
        """WITH own (id) AS (SELECT id FROM figure WHERE figid = :figid),
                first (id) AS (SELECT coalesce((SELECT first_id FROM duplicate WHERE figure_id = own.id), own.id)
                               FROM own)
           SELECT f.figid FROM figure AS f
           WHERE f.figid <> :figid AND f.status <> 'failed' AND f.id IN
               (SELECT id FROM first UNION SELECT figure_id FROM duplicate, first WHERE first_id = first.id)
           ORDER BY f.figid""",
        {"figid": figid},
    )
    return tuple(one for (one,) in found)


def _links(pictures: Sequence[_Picture]) -> list[tuple[int, int, int, int]]:
    """Return figure, first figure, distance, and whether the files are equal, of each figure that is not the first."""
    file_first: dict[str, _Picture] = {}
    for one in pictures:
        file_first.setdefault(one.sha256, one)
    hashed = [one for one in file_first.values() if one.dhash is not None]
    places = groups([one.dhash or 0 for one in hashed], [one.shape for one in hashed])
    first_of = {one.sha256: hashed[place] for one, place in zip(hashed, places, strict=True)}
    links = []
    for one in pictures:
        first = first_of.get(one.sha256, file_first[one.sha256])
        if first.figure != one.figure:
            bits = distance(one.dhash or 0, first.dhash or 0)
            links.append((one.figure, first.figure, bits, int(first.sha256 == one.sha256)))
    return links


def groups(hashes: Sequence[int], shapes: Sequence[float]) -> list[int]:
    """Group pictures whose hashes differ in at most `NEAR` bits and whose proportions differ by at most `SHAPE`.

    Parameters
    ----------
    hashes
        64-bit numbers, in the order in which one is to come before another.
    shapes
        Width through height of each.

    Returns
    -------
    list of int
        For each the place of the first one that it is near to, directly or over others; its own when there
        is none.
    """
    first = list(range(len(hashes)))
    proportions = np.log(np.array(shapes, dtype=np.float64))
    for left, right in _close(np.array(hashes, dtype=np.uint64)):
        if abs(proportions[left] - proportions[right]) <= SHAPE:
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


def _close(values: NDArray[np.uint64]) -> Iterator[tuple[int, int]]:
    """Yield pairs that differ in at most `NEAR` bits.

    Two such hashes agree in at least one of ``NEAR + 1`` bands of bits, so that only hashes of one band's value
    need to be compared.
    """
    edges = [round(_BITS * n / (NEAR + 1)) for n in range(NEAR + 2)]
    for low, high in pairwise(edges):
        band = (values >> np.uint64(low)) & np.uint64((1 << (high - low)) - 1)
        order = np.argsort(band, kind="stable")
        edges_of_runs = np.flatnonzero(np.diff(band[order])) + 1
        for start, end in pairwise([0, *edges_of_runs.tolist(), len(order)]):
            yield from _pairs(values, order[start:end])


def _pairs(values: NDArray[np.uint64], places: NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    """Compare all hashes at these places, as many at a time as memory likes."""
    rows = max(1, _CHUNK // max(1, len(places)))
    for start in range(0, len(places) - 1, rows):
        block = places[start : start + rows]
        differ = values[block][:, None] ^ values[places][None, :]
        bits = _BYTE_BITS[differ.view(np.uint8).reshape(*differ.shape, 8)].sum(axis=2)
        for i, j in zip(*np.nonzero(bits <= NEAR), strict=True):
            if start + i < j:
                yield int(block[i]), int(places[j])
