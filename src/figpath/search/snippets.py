"""The piece of a text that shows why it was found, with the places that match."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from figpath.search.results import Snippet
from figpath.search.spellings import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH: Final = 200
"""Characters of a snippet, about."""

_WORD = re.compile(r"[^\W_]+")
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Tokens that follow each other, see `figpath.search.spellings.forms`; the last may be the beginning of a word."""

    tokens: tuple[str, ...]
    prefix: bool = False


def matches(text: str, patterns: Sequence[Pattern]) -> tuple[tuple[int, int], ...]:
    """Return where patterns match, ``(start, end)`` in characters, end exclusive, from left to right.

    Matches that overlap or touch are one.
    """
    by_first: dict[str, list[Pattern]] = {}
    stems = []
    for pattern in patterns:
        if pattern.prefix and len(pattern.tokens) == 1:
            stems.append(pattern.tokens[0])
        elif pattern.tokens:
            by_first.setdefault(pattern.tokens[0], []).append(pattern)
    places = [(found.start(), found.end()) for found in _WORD.finditer(text)]
    words = [plain(text[start:end]) for start, end in places]
    begins = tuple(stems)
    found: list[tuple[int, int]] = []
    for at, word in enumerate(words):
        lengths = [len(one.tokens) for one in by_first.get(word, ()) if _follows(words, at, one)]
        if begins and word.startswith(begins):
            lengths.append(1)
        if lengths:
            _add(found, places[at][0], places[at + max(lengths) - 1][1])
    return tuple(found)


def _follows(words: Sequence[str], at: int, pattern: Pattern) -> bool:
    there = words[at : at + len(pattern.tokens)]
    if len(there) < len(pattern.tokens):
        return False
    if not pattern.prefix:
        return tuple(there) == pattern.tokens
    return tuple(there[:-1]) == pattern.tokens[:-1] and there[-1].startswith(pattern.tokens[-1])


def _add(found: list[tuple[int, int]], start: int, end: int) -> None:
    if found and start <= found[-1][1]:
        found[-1] = (found[-1][0], max(end, found[-1][1]))
    else:
        found.append((start, end))


def snippet(field: str, text: str, patterns: Sequence[Pattern], *, width: int = WIDTH) -> Snippet | None:
    """Return the piece of a text with the most matches; None when nothing matches.

    Parameters
    ----------
    field
        Name of the text.
    text
        The text.
    patterns
        What to mark.
    width
        Characters that the piece has at most, apart from a match that is longer and from ellipses.
    """
    text = " ".join(text.split())
    marks = matches(text, patterns)
    if not marks:
        return None
    start, end = _window(text, marks, width)
    before, after = _ELLIPSIS if start else "", _ELLIPSIS if end < len(text) else ""
    shift = len(before) - start
    inside = tuple((a + shift, b + shift) for a, b in marks if a >= start and b <= end)
    return Snippet(field=field, text=f"{before}{text[start:end]}{after}", marks=inside)


def _window(text: str, marks: Sequence[tuple[int, int]], width: int) -> tuple[int, int]:
    """Choose the stretch of at most `width` characters with the most matches, and cut it between words."""
    if len(text) <= width:
        return 0, len(text)
    first, last, right = 0, 0, 0
    for left in range(len(marks)):
        while right + 1 < len(marks) and marks[right + 1][1] - marks[left][0] <= width:
            right += 1
        right = max(right, left)
        if right - left > last - first:
            first, last = left, right
    begin, stop = marks[first][0], marks[last][1]
    spare = max(0, width - (stop - begin))
    start = max(0, min(begin - spare // 2, len(text) - width))
    end = max(stop, min(len(text), start + width))
    if start:
        start = min(begin, text.find(" ", start) + 1 or begin)
    if end < len(text):
        end = max(stop, text.rfind(" ", stop, end))
    return start, end
