"""What a person says a drawn name stands for, in the words of the lexicon."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from figpath.corrections.verdict import PERSON
from figpath.errors import InputError
from figpath.grounding.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.grounding.lexicon.lexicon import Sense
    from figpath.grounding.mention import Entity, Kind

MOST_ENTITIES = 50
"""Things that one drawn name can be said to stand for."""


class Names(Protocol):
    """The part of a lexicon that is needed here."""

    def find(self, key: str) -> tuple[Sense, ...]:
        """Return every meaning of a folded name."""
        ...

    def of_id(self, curie: str) -> Sense | None:
        """Return what an identifier names; None when it is not known."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """A meaning as a mention holds it.

    Parameters
    ----------
    kind
        ``gene``, ``family``, ``chemical`` or ``disease``.
    entities
        A family first, followed by its member genes.
    match
        The lexicon's own name.
    """

    kind: Kind
    entities: tuple[Entity, ...]
    match: str


def assigned(text: str, curies: Sequence[str], names: Names) -> Assigned:
    """Return the meaning that identifiers give to a drawn name.

    Where the lexicon knows that the name means one of them, its entity says by which table, as when the machine
    grounds it; else its source is ``person``.

    Parameters
    ----------
    text
        The name as it is drawn.
    curies
        Such as ``ncbigene:3717``; several genes, or a family with further genes, are one meaning.
    names
        The lexicon.

    Raises
    ------
    InputError
        When there is none or too many, one is not known, or they are of kinds that do not go together.
    """
    wanted = tuple(dict.fromkeys(curies))
    if not 1 <= len(wanted) <= MOST_ENTITIES:
        raise InputError(f"{len(wanted)} meanings were chosen: choose 1 to {MOST_ENTITIES}")
    senses = sorted((_sense(text, curie, names) for curie in wanted), key=lambda sense: sense.kind != "family")
    kinds = {sense.kind for sense in senses}
    if len(kinds) > 1 and kinds != {"gene", "family"}:
        raise InputError(f"a name is not {' and '.join(sorted(kinds))} at once: choose meanings of one kind")
    found: dict[str, Entity] = {sense.entity.id: sense.entity for sense in senses}
    for sense in senses:
        for entity in sense.related:
            found.setdefault(entity.id, entity)
    return Assigned(kind=senses[0].kind, entities=tuple(found.values()), match=senses[0].name)


def _sense(text: str, curie: str, names: Names) -> Sense:
    own = next((sense for sense in names.find(fold(text)) if sense.entity.id == curie), None)
    found = own or names.of_id(curie)
    if found is None:
        raise InputError(f"the lexicon knows nothing by {curie[:80]!r}: search for it, or add its species")
    return found if own else replace(found, entity=replace(found.entity, source=PERSON))
