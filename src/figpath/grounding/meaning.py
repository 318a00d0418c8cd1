"""Of everything that a name can mean, what it means: senses ranked, one kind chosen, families expanded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from figpath.grounding.mention import Alternative, Entity
from figpath.grounding.strength import strength

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.grounding.lexicon.lexicon import Sense
    from figpath.grounding.match import Match
    from figpath.grounding.mention import Kind

_TIE = 0.02
_LOOSE_TIE = 0.15  # in a species that only accompanies the figure's own, where drawn case is no evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a matched name stands for.

    Parameters
    ----------
    kind
        ``gene``, ``family``, ``chemical`` or ``disease``.
    entities
        As in a mention: a family first, then its members; the genes of each further species that the name
        names directly.
    alternatives
        Other meanings, likeliest first.
    strength
        Of the strongest sense, see `figpath.grounding.strength`.
    sense
        The strongest sense.
    """

    kind: Kind
    entities: tuple[Entity, ...]
    alternatives: tuple[Alternative, ...]
    strength: float
    sense: Sense


def meaning(match: Match, *, taxa: Sequence[int]) -> Meaning:
    """Choose what a matched name means.

    Parameters
    ----------
    match
        With every sense of the name.
    taxa
        Species in scope, the figure's own first: its genes decide the kind.

    Returns
    -------
    Meaning
        The strongest kind; senses of that kind as strong as the strongest are all kept, the rest become
        alternatives.
    """
    ranked = sorted(match.senses, key=lambda sense: -strength(match.name, sense))
    leading = _leading(ranked, taxa)
    best = leading[0]
    kept = [s for s in leading if s.kind == best.kind and _ties(match.name, s, best)]
    for taxon in taxa[1:]:
        own = [s for s in ranked if s.entity.taxon == taxon]
        if best.kind in ("gene", "family") and own and not any(s.entity.taxon == taxon for s in kept):
            kept += [s for s in own if _ties(match.name, s, own[0], _LOOSE_TIE) and s.kind == "gene"]
    entities = _expanded(kept, match.senses)
    shown = {entity.id for entity in entities}
    others = tuple(
        Alternative(entity=s.entity, score=round(min(0.49, strength(match.name, s) / 2.5), 4))
        for s in ranked
        if s.entity.id not in shown
    )
    return Meaning(
        kind=best.kind,
        entities=entities,
        alternatives=others,
        strength=min(1.0, strength(match.name, best)),
        sense=best,
    )


def _leading(ranked: list[Sense], taxa: Sequence[int]) -> list[Sense]:
    """The senses of the first species in scope and of no species; those of the others only when there are none."""
    first = [s for s in ranked if s.entity.taxon is None or s.entity.taxon == taxa[0]]
    return first or ranked


def _ties(form: str, sense: Sense, best: Sense, tolerance: float = _TIE) -> bool:
    return strength(form, best) - strength(form, sense) <= tolerance


def _expanded(kept: list[Sense], senses: Sequence[Sense]) -> tuple[Entity, ...]:
    """Families followed by their members, each entity once; a member that the name names itself says so."""
    direct = {s.entity.id: s.entity for s in senses if s.kind == "gene"}
    found: dict[str, Entity] = {}
    for sense in kept:
        found.setdefault(sense.entity.id, sense.entity)
        for entity in sense.related:
            found.setdefault(entity.id, direct.get(entity.id, replace(entity)))
    return tuple(found.values())
