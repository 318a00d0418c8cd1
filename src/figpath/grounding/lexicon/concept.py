"""What the tables of names are turned into before they are compiled: concepts with their names."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from figpath.grounding.mention import Kind


class Rank(enum.IntEnum):
    """How often things of this class are drawn, most often first; it ranks the meanings of a name."""

    PROTEIN = 0
    MICRO_RNA = 1
    OTHER = 2
    PSEUDOGENE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One name of a concept.

    Parameters
    ----------
    text
        As its table writes it.
    source
        Table and class of name, such as ``hgnc_alias``.
    """

    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """Something that can be drawn, and every name it has.

    Parameters
    ----------
    id
        CURIE.
    symbol
        Approved symbol or preferred name.
    kind
        ``gene``, ``family``, ``chemical`` or ``disease``.
    taxon
        NCBI taxon id of a gene; None otherwise.
    rank
        See `Rank`.
    names
        Its names; the approved one first.
    related
        CURIEs: the member genes of a family, or the same chemical or disease in another vocabulary.
    drawn
        Number of published drawings, out of some 500, that show it; 0 for none or not counted.
    """

    id: str
    symbol: str
    kind: Kind
    taxon: int | None = None
    rank: Rank = Rank.PROTEIN
    names: tuple[Name, ...] = ()
    related: tuple[str, ...] = ()
    drawn: int = 0


def named(source: str, *texts: str) -> tuple[Name, ...]:
    """Make names of one source, passing over empty texts."""
    return tuple(Name(text=text.strip(), source=source) for text in texts if text.strip())
