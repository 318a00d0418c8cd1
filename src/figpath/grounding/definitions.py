"""Abbreviations that a figure defines itself: ``phosphatidylserine (PS)``, ``IKK, IκB kinase``, ``LD: lipids``."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from figpath.grounding.match import match
from figpath.grounding.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from figpath.grounding.lexicon.lexicon import Names, Sense

_ABBREVIATION = r"[A-Za-zα-ω][\w+/-]{1,9}"
_IN_BRACKETS = re.compile(rf"(?P<long>(?:[^\s()]+ ){{0,5}}[^\s()]+) ?\((?P<short>{_ABBREVIATION})\)")
_LISTED = re.compile(
    rf"(?:^|[;.,] ?)(?P<short>{_ABBREVIATION})(?:,| ?[:=]| [–—-]) ?(?P<long>[^;:=()]{{5,80}})(?=;|\.|$)"
)
_SOURCE = "figure_definition"
_PLAIN = 0.05  # cost of rewrites up to which a long form counts as known


class DefinedNames:
    """A lexicon in which the abbreviations that a figure defines mean what the figure says.

    Parameters
    ----------
    names
        The lexicon.
    defined
        Folded abbreviation to senses.
    """

    def __init__(self, names: Names, defined: Mapping[str, tuple[Sense, ...]]) -> None:
        self._names = names
        self._defined = defined

    def find(self, key: str) -> tuple[Sense, ...]:
        """Return the figure's own meaning of a folded name, else the lexicon's."""
        return self._defined.get(key) or self._names.find(key)

    def frequency(self, word: str) -> float:
        """Return how often an English word occurs, see `Names`; a defined abbreviation is no word."""
        return 0.0 if fold(word) in self._defined else self._names.frequency(word)


def with_definitions(names: Names, texts: Iterable[str], *, taxa: Sequence[int]) -> Names:
    """Add what the texts of a figure define to a lexicon.

    Parameters
    ----------
    names
        The lexicon.
    texts
        The caption, and the lines on the picture.
    taxa
        Species in scope.
    """
    defined: dict[str, tuple[Sense, ...]] = {}
    for text in texts:
        for short, long in pairs(text):
            key = fold(short)
            if key not in defined and (senses := _senses(long, names, taxa)) and not _known(key, senses, names):
                defined[key] = tuple(_as_defined(sense, short) for sense in senses)
    return DefinedNames(names, defined) if defined else names


def pairs(text: str) -> Iterator[tuple[str, str]]:
    """Find abbreviations and what they are said to stand for.

    Examples
    --------
    >>> list(pairs("IKK, IκB kinase; TLR, toll-like receptor."))
    [('IKK', 'IκB kinase'), ('TLR', 'toll-like receptor')]
    """
    for found in _LISTED.finditer(text):
        if abbreviates(found["short"], found["long"]):
            yield found["short"], found["long"].strip(" .")
    for found in _IN_BRACKETS.finditer(text):
        words = found["long"].split()
        for start in range(len(words)):
            long = " ".join(words[start:])
            if abbreviates(found["short"], long):
                yield found["short"], long


def abbreviates(short: str, long: str) -> bool:
    """Tell whether the letters of a short form stand in a long form in order, the first one at its beginning.

    The test is that of Schwartz and Hearst (2003), read from the left, for forms at least twice as long.
    """
    letters, text = fold(short), fold(long)
    if len(letters) < 2 or len(text) < 2 * len(letters) or text[:1] != letters[:1]:
        return False
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _senses(long: str, names: Names, taxa: Sequence[int]) -> tuple[Sense, ...]:
    found = match(long, names, taxa=taxa, dearest=_PLAIN)
    return found.senses if found else ()


def _known(key: str, senses: tuple[Sense, ...], names: Names) -> bool:
    """True when the abbreviation means the same without the definition."""
    meant = {sense.entity.id for sense in senses}
    return any(sense.entity.id in meant for sense in names.find(key))


def _as_defined(sense: Sense, short: str) -> Sense:
    return replace(sense, name=short, entity=replace(sense.entity, source=_SOURCE))
