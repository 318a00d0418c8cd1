"""Search in the lexicon, for whoever says what a drawn name stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from figpath.grounding.find import meanings
from figpath.grounding.strength import strength
from figpath.grounding.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from figpath.grounding.lexicon.lexicon import Lexicon, Sense
    from figpath.grounding.mention import Kind

LONGEST = 200
"""Characters of a name that is searched for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something that a name can stand for.

    Parameters
    ----------
    id, symbol, kind, taxon
        As in an entity.
    because
        Which name of the lexicon was found.
    members
        Genes of a family.
    """

    id: str
    symbol: str
    kind: Kind
    taxon: int | None
    because: str
    members: int


def choices(text: str, lexicon: Lexicon, *, taxon: int | None = None, limit: int) -> tuple[Choice, ...]:
    """Return what a name can stand for: its own meanings, the strongest first, then names that begin with it.

    Parameters
    ----------
    text
        A name as it is drawn or a part of one, or an identifier such as ``ncbigene:3717``.
    lexicon
        The names.
    taxon
        Leaves out the genes of other species.
    limit
        How many at most.
    """
    found: dict[str, Choice] = {}
    for sense, because in _found(text.strip()[:LONGEST], lexicon, limit=limit):
        entity = sense.entity
        if taxon is None or entity.taxon in (None, taxon):
            found.setdefault(
                entity.id,
                Choice(
                    id=entity.id, symbol=entity.symbol, kind=sense.kind, taxon=entity.taxon, because=because,
                    members=len(sense.related) if sense.kind == "family" else 0,
                ),
            )  # fmt: skip
        if len(found) == limit:
            break
    return tuple(found.values())


def _found(text: str, lexicon: Lexicon, *, limit: int) -> Iterator[tuple[Sense, str]]:
    if not text:
        return
    by_id = lexicon.of_id(text)
    if by_id is not None:
        yield by_id, "identifier"
    for one in meanings(text, lexicon):
        yield one.sense, one.reason.replace("_", " ")
    for name in lexicon.beginning(text, limit=limit):
        for sense in sorted(lexicon.find(fold(name)), key=lambda sense: -strength(name, sense)):
            yield sense, f"{sense.entity.source.replace('_', ' ')} {sense.name!r}"
