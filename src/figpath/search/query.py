"""What a query asks, as values: words, names, filters, and how they are joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

NameField: TypeAlias = Literal["gene", "chemical", "disease", "drawn", "any"]
RangeField: TypeAlias = Literal["year", "pathway"]

TYPES: Final[dict[str, str]] = {
    "figure": "F",
    "scheme": "S",
    "supplemental": "SF",
    "abstract": "GA",
    "appendix": "AF",
    "extended": "EV",
}
"""Types of figures as a query names them, and the letters that their numbers begin with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A word or a phrase, anywhere: in texts, or as a name that is drawn.

    Parameters
    ----------
    text
        As typed.
    exact
        It stood in quotes: no other spelling will do.
    prefix
        Words that begin like its last one will do.
    """

    text: str
    exact: bool = False
    prefix: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something that a figure draws.

    Parameters
    ----------
    field
        ``gene`` (families too), ``chemical``, ``disease``; ``drawn`` for anything drawn itself and not as a member
        of a drawn family; ``any`` for an identifier.
    name
        Any of its names, or an identifier such as ``ncbigene:3717``.
    prefix
        Names that begin like it will do.
    """

    field: NameField
    name: str
    prefix: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Organism:
    """A species, by its NCBI taxon id."""

    taxon: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """A number in a range, both ends included; an open end is infinite."""

    field: RangeField
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """A journal by its name; where none is called so, all that have these words in their names."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureType:
    """A type of figure, by the letters that its number begins with: ``F``, ``S``, ``SF``, ``GA``, ``AF``, ``EV``."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Everything of it."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """One of it, or more."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """What does not match."""

    part: Query


Leaf: TypeAlias = Words | Named | Organism | Between | Journal | FigureType
Query: TypeAlias = Leaf | AllOf | AnyOf | Without


def wanted(query: Query) -> Iterator[Leaf]:
    """Yield the leaves of a query that a figure is to match; those behind NOT are left out."""
    if isinstance(query, AllOf | AnyOf):
        for part in query.parts:
            yield from wanted(part)
    elif not isinstance(query, Without):
        yield query
