"""What a corpus has a page of: everything that figures draw, their organisms, journals and years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from figpath import ids
from figpath.search.spellings import tokens
from figpath.store.facets import quoted

if TYPE_CHECKING:
    from figpath.store.moment import Moment

_ENTITIES = "SELECT id, curie, symbol, kind, taxon FROM entity ORDER BY symbol COLLATE NOCASE, curie, taxon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Something that figures have in common.

    Parameters
    ----------
    id
        Identifier, taxon, name of the journal, or year.
    label
        For people.
    kind
        ``gene``, ``family``, ``chemical``, ``disease``, ``organism``, ``journal`` or ``year``.
    figures
        How many have it; those that only draw a family that it belongs to included.
    """

    id: str
    label: str
    kind: str
    figures: int

    @property
    def query(self) -> str:
        """What finds its figures; of a gene or family those that draw it themselves."""
        field = "drawn" if self.kind in ("gene", "family") else self.kind
        return f"{field}:{quoted(self.id) if self.kind == 'journal' else self.id}"


def topics(moment: Moment) -> tuple[Topic, ...]:
    """Return every topic of a corpus: entities and journals by name, frequent organisms first, late years first.

    An identifier that several species share is there once.
    """
    found: dict[str, Topic] = {}
    for number, curie, symbol, kind, taxon in moment.connection.execute(_ENTITIES):
        figures = len(moment.snapshot.drawing(number)[0])
        if figures and (curie not in found or found[curie].figures < figures):
            species = "" if taxon in (0, ids.HUMAN) else f" ({ids.taxon(taxon).common or taxon})"
            found[curie] = Topic(id=curie, label=f"{symbol}{species}", kind=kind, figures=figures)
    return (*found.values(), *_organisms(moment), *_journals(moment), *_years(moment))


def _organisms(moment: Moment) -> list[Topic]:
    counts = np.bincount(moment.snapshot.organisms)
    taxa = sorted(np.flatnonzero(counts).tolist(), key=lambda taxon: (-int(counts[taxon]), taxon))
    return [
        Topic(id=str(taxon), label=ids.taxon(taxon).name, kind="organism", figures=int(counts[taxon])) for taxon in taxa
    ]


def _journals(moment: Moment) -> list[Topic]:
    counts = np.bincount(moment.snapshot.journals, minlength=len(moment.snapshot.journal_names)).tolist()
    named = sorted(zip(moment.snapshot.journal_names, counts, strict=True), key=lambda pair: (pair[0].lower(), pair))
    return [Topic(id=name, label=name, kind="journal", figures=n) for name, n in named if n and tokens(name)]


def _years(moment: Moment) -> list[Topic]:
    years, counts = np.unique(moment.snapshot.years, return_counts=True)
    pairs = zip(years.tolist()[::-1], counts.tolist()[::-1], strict=True)
    return [Topic(id=str(year), label=str(year), kind="year", figures=count) for year, count in pairs if year > 0]
