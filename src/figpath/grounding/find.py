"""Everything that one name can mean, in every species, and why: the answer of ``figpath lexicon find``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from figpath.grounding.lists import elements
from figpath.grounding.match import match
from figpath.grounding.strength import strength

if TYPE_CHECKING:
    from figpath.grounding.lexicon.lexicon import Lexicon, Sense
    from figpath.grounding.match import Match


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMeaning:
    """One meaning of a name.

    Parameters
    ----------
    sense
        The meaning.
    reason
        In words: which table has which name, and which rewrites led to it.
    strength
        How well it explains the name, see `figpath.grounding.meaning.strength`.
    """

    sense: Sense
    reason: str
    strength: float

    def cells(self) -> tuple[str, str, str, str, str, str]:
        """Return what a table shows: meaning, id, kind, species, reason, strength."""
        entity, members = self.sense.entity, self.sense.related
        means = f"{entity.symbol} ({len(members)} genes)" if self.sense.kind == "family" else entity.symbol
        species = "" if entity.taxon is None else str(entity.taxon)
        return (means, entity.id, self.sense.kind, species, self.reason, f"{self.strength:.2f}")


def meanings(name: str, lexicon: Lexicon) -> tuple[FoundMeaning, ...]:
    """Return every meaning of a name, or of each element of a list, the strongest first."""
    whole = match(name, lexicon, taxa=lexicon.taxa)
    parts = elements(name) if whole is None or whole.cost > 0 else ()
    matches = [match(part, lexicon, taxa=lexicon.taxa) for part in parts] or [whole]
    found = [_found(one, sense) for one in matches if one for sense in one.senses]
    return tuple(sorted(found, key=lambda row: -row.strength)) if len(matches) == 1 else tuple(found)


def _found(one: Match, sense: Sense) -> FoundMeaning:
    because = f"{sense.entity.source.replace('_', ' ')} {sense.name!r}"
    if one.rewrites:
        because += f" after {', '.join(one.rewrites)}"
    return FoundMeaning(sense=sense, reason=because, strength=round(strength(one.name, sense), 2))
