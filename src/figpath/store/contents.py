"""What a corpus has a page of: everything that figures draw, their organisms and their years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from figpath import ids

if TYPE_CHECKING:
    from figpath.store.moment import Moment

_ENTITIES = "SELECT id, curie, symbol, kind, taxon FROM entity ORDER BY symbol COLLATE NOCASE, curie, taxon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Something that figures have in common.

    Parameters
    ----------
    id
        Identifier, taxon or year.
    label
        For people.
    kind
        ``gene``, ``family``, ``chemical``, ``disease``, ``organism`` or ``year``.
    figures
        How many have it; those that only draw a family that it belongs to included.
    """

    id: str
    label: str
    kind: str
    figures: int


def topics(moment: Moment) -> tuple[Topic, ...]:
    """Return every topic of a corpus: entities by their symbols, organisms the most frequent first, years the latest.

    An identifier that several species share is there once.
    """
    found: dict[str, Topic] = {}
    for number, curie, symbol, kind, taxon in moment.connection.execute(_ENTITIES):
        figures = len(moment.snapshot.drawing(number)[0])
        if figures and (curie not in found or found[curie].figures < figures):
            species = "" if taxon in (0, ids.HUMAN) else f" ({ids.taxon(taxon).common or taxon})"
            found[curie] = Topic(id=curie, label=f"{symbol}{species}", kind=kind, figures=figures)
    return (*found.values(), *_organisms(moment), *_years(moment))


def _organisms(moment: Moment) -> list[Topic]:
    counts = np.bincount(moment.snapshot.organisms)
    taxa = sorted(np.flatnonzero(counts).tolist(), key=lambda taxon: (-int(counts[taxon]), taxon))
    return [
        Topic(id=str(taxon), label=ids.taxon(taxon).name, kind="organism", figures=int(counts[taxon])) for taxon in taxa
    ]


def _years(moment: Moment) -> list[Topic]:
    years, counts = np.unique(moment.snapshot.years, return_counts=True)
    pairs = zip(years.tolist()[::-1], counts.tolist()[::-1], strict=True)
    return [Topic(id=str(year), label=str(year), kind="year", figures=count) for year, count in pairs if year > 0]
