"""How sure a mention is: named features of the match, and the probability made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from figpath.grounding.text import fold

if TYPE_CHECKING:
    from figpath.grounding.lexicon.lexicon import Names
    from figpath.grounding.match import Match
    from figpath.grounding.meaning import Meaning

_COMMON, _ORDINARY = 7.5, 6.3  # decimal logarithms of counts in 1e12 words


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What the score of a mention is made of.

    Parameters
    ----------
    strength
        Of the meaning, in (0, 1].
    cost
        Of the rewrites, 0 for none.
    reading
        The recogniser's probability, in [0, 1].
    length
        Letters and digits of the name.
    english
        Decimal logarithm of how often the drawn word occurs in English text; 0 for no word.
    capitals
        The name is drawn in capitals or has a digit.
    meanings
        Number of genes of one species that explain the name equally well.
    """

    strength: float
    cost: float
    reading: float
    length: int
    english: float
    capitals: bool
    meanings: int


def features(match: Match, meaning: Meaning, names: Names, *, reading: float) -> Features:
    """Collect the features of one mention."""
    letters = "".join(c for c in match.name if c.isalnum())
    plain = match.name.strip().lower()
    return Features(
        strength=meaning.strength,
        cost=match.cost,
        reading=reading,
        length=len(fold(match.name)),
        english=names.frequency(plain) if plain.isalpha() else 0.0,
        capitals=letters.isupper() or any(c.isdigit() for c in letters),
        meanings=sum(e.taxon == meaning.entities[0].taxon for e in meaning.entities) if meaning.kind == "gene" else 1,
    )


def score(x: Features, *, kind: str) -> float:
    """Return the probability that a mention with these features is right, in [0, 1]."""
    value = x.strength * (1 - x.cost) * (0.5 + 0.5 * x.reading)
    if kind in ("gene", "family"):
        value *= _length_factor(x.length) * _english_factor(x)
        value *= 1.0 if x.meanings <= 2 else 0.8
    return round(min(0.99, max(0.01, value)), 4)


def _length_factor(length: int) -> float:
    return {1: 0.0, 2: 0.7, 3: 0.9}.get(length, 1.0)


def _english_factor(x: Features) -> float:
    """Doubt names that are English words, the more the commoner they are and the less they look like symbols."""
    if x.english > _COMMON:
        return 0.65 if x.capitals else 0.3
    if x.english > _ORDINARY:
        return 0.9 if x.capitals else 0.55
    return 1.0
