"""Of everything that a name can mean, what it means: senses ranked, one kind chosen, families expanded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from figpath.grounding.match import same_case
from figpath.grounding.mention import Alternative, Entity
from figpath.grounding.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.grounding.lexicon.lexicon import Sense
    from figpath.grounding.match import Match
    from figpath.grounding.mention import Kind

_STRENGTH = {
    "hgnc_symbol": 1.0, "ncbigene_symbol": 0.98, "mgi_symbol": 0.97, "rgd_symbol": 0.97, "mirna_name": 0.97,
    "famplex_name": 0.97, "famplex_synonym": 0.96, "mirna_family": 0.96, "figpath_name": 0.95, "name_family": 0.85,
    "hgnc_name": 0.92, "hgnc_alias": 0.88, "hgnc_previous": 0.88, "ncbigene_synonym": 0.84, "ncbigene_name": 0.8,
    "mgi_synonym": 0.8, "rgd_synonym": 0.78, "mesh_name": 0.93, "mesh_synonym": 0.91, "chebi_name": 0.9,
    "chebi_synonym": 0.93, "doid_name": 0.9, "doid_synonym": 0.86,
}  # fmt: skip
_CASE_BONUS = 0.06
_STEM_BONUS = 0.07
_RANK_PENALTY = 0.05
_TIE = 0.03
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
        How well the table's class of name and its letters' case speak for it, in (0, 1].
    sense
        The strongest sense.
    """

    kind: Kind
    entities: tuple[Entity, ...]
    alternatives: tuple[Alternative, ...]
    strength: float
    sense: Sense


def strength(form: str, sense: Sense) -> float:
    """Say how well a sense explains a name: class of name, case of letters, how often its kind is drawn.

    A synonym that the gene's symbol begins with (VEGF for VEGFA, rather than for its receptors) is likelier to be
    meant than one that shares nothing with the symbol.
    """
    base = _STRENGTH.get(sense.entity.source, 0.7)
    bonus = _CASE_BONUS if same_case(form, sense.name) else 0.0
    symbol = fold(sense.entity.symbol)
    if sense.kind == "gene" and len(fold(form)) > 2 and symbol != fold(form) and symbol.startswith(fold(form)):
        bonus += _STEM_BONUS
    return max(0.05, base + bonus - _RANK_PENALTY * sense.rank)


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
        Alternative(entity=s.entity, score=round(strength(match.name, s) / 2, 4))
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
