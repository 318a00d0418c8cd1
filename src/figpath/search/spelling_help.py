"""Did you mean: names that are spelled nearly like one that nothing is known by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SHOWN: Final = 5
"""Names that are suggested."""

_LONGEST = 24


class Nearest:
    """Finds names that are spelled nearly like another.

    Parameters
    ----------
    names
        The names that are known.
    weights
        How often each occurs: of names that are equally near, the most frequent come first.
    """

    def __init__(self, names: Sequence[str], weights: Sequence[int] | NDArray[np.int64]) -> None:
        self._names = np.array(names, dtype=object)
        self._weights = np.asarray(weights, dtype=np.int64)
        letters = np.array([name.upper() for name in names], dtype=f"<U{_LONGEST}")
        self._lengths = np.char.str_len(letters).astype(np.int16)
        self._codes = letters.view(np.uint32).reshape(len(names), _LONGEST)

    def to(self, name: str) -> tuple[str, ...]:
        """Return at most `SHOWN` names that differ in one or two letters, the nearest first, and never the name itself.

        One letter for names of up to four letters, two for longer ones; two neighbours that changed places count
        as one.
        """
        asked = name.upper()[:_LONGEST]
        allowed = 1 if len(asked) <= 4 else 2
        close = np.flatnonzero(np.abs(self._lengths - len(asked)) <= allowed)
        if not asked or not len(close):
            return ()
        width = min(len(asked) + allowed, _LONGEST)
        far = distances(asked, self._codes[close, :width], self._lengths[close])
        near = np.flatnonzero((far > 0) & (far <= allowed))
        order = np.lexsort((self._names[close[near]].astype(str), -self._weights[close[near]], far[near]))
        found: dict[str, str] = {}
        for place in order:
            one = str(self._names[close[near[place]]])
            found.setdefault(one.upper(), one)
        return tuple(found.values())[:SHOWN]


def distances(word: str, codes: NDArray[np.uint32], lengths: NDArray[np.int16]) -> NDArray[np.int8]:
    """Return how many letters to insert, delete, replace or swap with their neighbour turn a word into each of others.

    Parameters
    ----------
    word
        The word.
    codes
        ``(n, width)`` code points of the others, filled up with zeros.
    lengths
        ``(n,)`` how many of them count.

    Returns
    -------
    array of int8
        ``(n,)`` distances: optimal string alignment, computed for all words at once.
    """
    count, width = codes.shape
    before: NDArray[np.int8] = np.zeros((width + 1, count), dtype=np.int8)
    row = np.repeat(np.arange(width + 1, dtype=np.int8)[:, None], count, axis=1)
    letters = np.ascontiguousarray(codes.T)
    for i, char in enumerate(word):
        new = np.empty_like(row)
        new[0] = i + 1
        for j in range(width):
            differs = (letters[j] != ord(char)).astype(np.int8)
            new[j + 1] = np.minimum(np.minimum(row[j + 1], new[j]) + 1, row[j] + differs)
            if i and j:
                swapped = (letters[j] == ord(word[i - 1])) & (letters[j - 1] == ord(char))
                new[j + 1] = np.where(swapped, np.minimum(new[j + 1], before[j - 1] + 1), new[j + 1])
        before, row = row, new
    found: NDArray[np.int8] = row[lengths, np.arange(count)]
    return found
