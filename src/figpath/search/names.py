"""What the names in a query stand for, by the lexicon: synonyms are looked up when a query is asked, not stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from figpath.grounding.strength import strength
from figpath.grounding.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from figpath.grounding.lexicon.lexicon import Names as LexiconTable
    from figpath.grounding.lexicon.lexicon import Sense
    from figpath.grounding.mention import Kind


_TIE = 0.03


class Names(Protocol):
    """Anything that can say which entities a name stands for."""

    def of_name(self, name: str, kinds: Collection[Kind] = ()) -> tuple[str, ...]:
        """Return the CURIEs of what has this name, of some kinds or of all."""
        ...

    def is_ordinary(self, word: str) -> bool:
        """Tell whether a word of free text is rather an English word than the name of a gene."""
        ...


class NoNames:
    """Knows no synonyms: names are then those that the corpus has itself."""

    def of_name(self, name: str, kinds: Collection[Kind] = ()) -> tuple[str, ...]:  # noqa: ARG002 - the interface
        """Return nothing."""
        return ()

    def is_ordinary(self, word: str) -> bool:  # noqa: ARG002 - the interface
        """Know no English either."""
        return False


class LexiconNames:
    """Names of a lexicon, of any species.

    Parameters
    ----------
    lexicon
        Compiled names.
    """

    def __init__(self, lexicon: LexiconTable) -> None:
        self._lexicon = lexicon

    def of_name(self, name: str, kinds: Collection[Kind] = ()) -> tuple[str, ...]:
        """Return the CURIEs of what a name most likely means: as when a figure draws it, in every species."""
        found = [sense for sense in self._lexicon.find(fold(name)) if not kinds or sense.kind in kinds]
        return _curies(_likely(name, found))

    def is_ordinary(self, word: str) -> bool:
        """Tell whether a word is an English one in small letters, and so hardly a gene: "rest", "cat", "impact"."""
        return word.islower() and word.isalpha() and self._lexicon.frequency(word) > 0


def _likely(name: str, senses: Sequence[Sense]) -> list[Sense]:
    """The senses as strong as the strongest: of genes in each species, of anything else once."""
    values = [strength(name, sense) for sense in senses]
    if not senses:
        return []
    leading = senses[values.index(max(values))].kind
    best: dict[int | None, float] = {}
    for sense, value in zip(senses, values, strict=True):
        if sense.kind == leading:
            best[sense.entity.taxon] = max(value, best.get(sense.entity.taxon, 0.0))
    pairs = zip(senses, values, strict=True)
    return [one for one, value in pairs if one.kind == leading and value >= best[one.entity.taxon] - _TIE]


def _curies(senses: Sequence[Sense]) -> tuple[str, ...]:
    """Each CURIE once; a chemical or a disease in the other vocabulary too."""
    found: dict[str, None] = {}
    for sense in senses:
        found[sense.entity.id] = None
        if sense.kind in ("chemical", "disease"):
            found.update(dict.fromkeys(entity.id for entity in sense.related))
    return tuple(found)
