"""How a word is spelled in texts: its tokens as the index has them, and the other forms that mean the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from figpath.grounding.text import GREEK_NAMES, spell_greek

COMMON: Final = frozenset(
    "a an and are as at be by for from has have in into is it its of on or that the their these this to via was were "
    "which with".split()
)
"""Words that stand in nearly every text."""

_WORD = re.compile(r"[^\W_]+")
_LETTERS_AND_DIGITS = re.compile(r"([^\W\d_]+)(\d+)([^\W\d_]?)")
_PLURAL = re.compile(r"[a-z]{4,}")
_GREEK = {name: letter for letter, name in GREEK_NAMES.items() if letter != "ς"}


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a text as the index has them: runs of letters and digits, without case and accents.

    Examples
    --------
    >>> tokens("IL-6 and TNF-α"), tokens("Sjögren's")
    (('il', '6', 'and', 'tnf', 'α'), ('sjogren', 's'))
    """
    return tuple(plain(found[0]) for found in _WORD.finditer(text))


@lru_cache(maxsize=1 << 16)
def plain(word: str) -> str:
    """Return a word without case and accents."""
    lowered = word.lower()
    if lowered.isascii():
        return lowered
    return "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))


def forms(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the ways to spell a word or phrase in texts, each as tokens; the first is its own.

    Examples
    --------
    >>> forms("IL-6"), forms("exosome")
    ((('il', '6'), ('il6',)), (('exosome',), ('exosomes',)))
    """
    own = tokens(text)
    found = [own]
    if len(own) == 1:
        found += [*_number_forms(own[0]), *_split(own[0])]
    elif any(token.isdecimal() or token in GREEK_NAMES or token in _GREEK for token in own[1:]) and len(own) == 2:
        found.append(("".join(own),))
    for form in tuple(found):
        found += _greek_forms(form)
    return tuple(dict.fromkeys(form for form in found if form))


def _number_forms(word: str) -> list[tuple[str, ...]]:
    """Singular and plural of an ordinary word."""
    if not _PLURAL.fullmatch(word):
        return []
    if word.endswith(("ss", "us", "is")):
        return []
    return [(word[:-1],)] if word.endswith("s") and len(word) > 4 else [(f"{word}s",)]


def _split(word: str) -> list[tuple[str, ...]]:
    """IL6 as IL-6; a letter that follows the digits stays with them."""
    found = _LETTERS_AND_DIGITS.fullmatch(word)
    return [(found[1], found[2] + found[3])] if found else []


def _greek_forms(form: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Greek letters spelled out, and names of them as letters."""
    spelled = tuple(spell_greek(token) for token in form)
    lettered = tuple(_GREEK.get(token, token) for token in form)
    found = [other for other in (spelled, lettered) if other != form]
    if len(form) == 1 and spelled != form:
        letters = "".join(char for char in form[0] if char not in GREEK_NAMES)
        greek = "".join(char for char in form[0] if char in GREEK_NAMES)
        if letters and greek and form[0] == letters + greek:
            found += [(letters, greek), (letters, *(GREEK_NAMES[char] for char in greek))]
    return found
