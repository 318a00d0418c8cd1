"""The piece of a text that shows why it was found, with the places that match."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from figpath.search.results import Snippet
from figpath.search.spellings import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH: Final = 200
"""Characters of a snippet, about."""

_ELLIPSIS = "…"
_LETTER, _GAP = r"[^\W_]", r"[\W_]+"
_WORD = re.compile(f"{_LETTER}+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Tokens that follow each other, see `figpath.search.spellings.forms`; the last may be the beginning of a word."""

    tokens: tuple[str, ...]
    prefix: bool = False


def matches(text: str, patterns: Sequence[Pattern]) -> tuple[tuple[int, int], ...]:
    """Return where patterns match, ``(start, end)`` in characters, end exclusive, from left to right.

    Of patterns that match at one place the longest counts; matches do not overlap.
    """
    folded = _folded(text)
    words = set(_WORD.findall(folded))
    # Most of what is asked for is not in a text at all; what is left makes a small expression.
    possible = tuple(one for one in patterns if one.prefix or words.issuperset(one.tokens))
    searched = _expression(possible) if possible else None
    return tuple(found.span() for found in searched.finditer(folded)) if searched else ()


@lru_cache(maxsize=1024)
def _expression(patterns: tuple[Pattern, ...]) -> re.Pattern[str] | None:
    """One expression for all patterns, over text that is folded."""
    longest = sorted((one for one in patterns if one.tokens), key=lambda one: (-len(one.tokens), -len(one.tokens[-1])))
    bodies = [
        _GAP.join(map(re.escape, one.tokens)) + (f"{_LETTER}*" if one.prefix else f"(?!{_LETTER})") for one in longest
    ]
    return re.compile(f"(?<!{_LETTER})(?:{'|'.join(bodies)})") if bodies else None


def _folded(text: str) -> str:
    """Text without case and accents, character by character, so that places stay where they are."""
    return text.lower() if text.isascii() else text.translate(_FOLDS)


class _Folds(dict[int, str]):
    """For each character the first of what it is without case and accents; found when it is first asked for."""

    def __missing__(self, code: int) -> str:
        found = self[code] = (plain(chr(code)) or chr(code))[0]
        return found


_FOLDS: Final = _Folds()


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
    text = unicodedata.normalize("NFC", " ".join(text.split()))
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
