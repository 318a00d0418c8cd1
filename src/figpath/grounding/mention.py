"""What a drawn name stands for: the values that grounding returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from figpath.reading.document import Box

Kind: TypeAlias = Literal["gene", "family", "chemical", "disease"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """An identifier with its symbol.

    Parameters
    ----------
    id
        CURIE: ``ncbigene:3717``, ``fplx:NFkappaB``, ``mesh:D000255``, ``chebi:15422``, ``doid:162``.
    symbol
        The approved symbol of a gene; the preferred name of anything else.
    taxon
        NCBI taxon id of a gene; None for what belongs to no species.
    source
        Why the name means this entity: the table and the class of name, such as ``hgnc_symbol``,
        ``hgnc_alias``, ``ncbigene_synonym``; ``famplex_relations`` marks a gene that was not drawn
        but comes from expanding a drawn family.
    """

    id: str
    symbol: str
    taxon: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """What else the name can mean, ranked below the entities of the mention.

    Parameters
    ----------
    entity
        The other meaning.
    score
        Its probability, in [0, 1].
    """

    entity: Entity
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A drawn name and what it stands for.

    Parameters
    ----------
    text
        The name as it stands in the recognised text.
    kind
        ``gene``, ``family``, ``chemical`` or ``disease``.
    box
        Where it stands on the picture, ``(x0, y0, x1, y1)`` in pixels; None for a name that was not
        read from a picture.
    score
        Probability that the mention is right, in [0, 1].
    entities
        What it stands for. A family comes first, followed by its member genes.
    match
        The lexicon's own name that hit.
    rewrites
        The string rules that led from `text` to `match`, in order, such as ``greek_to_word``.
    alternatives
        Other meanings, likeliest first.
    note
        Why a mention has no entities, such as a name outside the figure's species; else empty.
    """

    text: str
    kind: Kind
    score: float
    box: Box | None = None
    entities: tuple[Entity, ...] = ()
    match: str = ""
    rewrites: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    note: str = ""
