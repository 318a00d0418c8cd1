"""What PFOCR says of a figure and figpath's record has no place for, so that it can be given back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from figpath.errors import RecordError
from figpath.ids import Taxon

if TYPE_CHECKING:
    from figpath.source.pfocr import PfocrRecord
    from figpath.source.pfocr_tables import GeneRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PfocrExtras:
    """The rest of a record of PFOCR.

    Parameters
    ----------
    alias, figtype, ndex, wpid, keywords, organisms_ner, pathway_score
        As in `figpath.source.pfocr.PfocrRecord`; the score with all its digits.
    species
        Names and groups of the species of its genes, as PFOCR has them.
    """

    alias: str = ""
    figtype: str = ""
    ndex: str = ""
    wpid: str = ""
    keywords: tuple[str, ...] = ()
    organisms_ner: tuple[str, ...] = ()
    pathway_score: float | None = None
    species: tuple[Taxon, ...] = ()


def extras_of(record: PfocrRecord) -> bytes:
    """Return the JSON of what a record has besides figure, score and tables."""
    species = {row.organism_id: row for row in record.genes}
    extras = PfocrExtras(
        alias=record.alias,
        figtype=record.figtype,
        ndex=record.ndex,
        wpid=record.wpid,
        keywords=record.keywords,
        organisms_ner=record.organisms_ner,
        pathway_score=record.pathway_score,
        species=tuple(
            Taxon(id=row.organism_id, name=row.organism_name, group=row.organism_group) for row in species.values()
        ),
    )
    return msgspec.json.encode(extras)


def with_extras(record: PfocrRecord, data: bytes | str) -> PfocrRecord:
    """Return a record with what `extras_of` has kept.

    Raises
    ------
    RecordError
        When the data is no such JSON.
    """
    try:
        extras = msgspec.json.decode(data, type=PfocrExtras)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise RecordError(f"the extras of {record.figure.figid} are damaged: {error}") from error
    species = {one.id: one for one in extras.species}
    return replace(
        record,
        alias=extras.alias,
        figtype=extras.figtype,
        ndex=extras.ndex,
        wpid=extras.wpid,
        keywords=extras.keywords,
        organisms_ner=extras.organisms_ner,
        pathway_score=extras.pathway_score,
        genes=tuple(_named(row, species) for row in record.genes),
    )


def _named(row: GeneRow, species: dict[int, Taxon]) -> GeneRow:
    taxon = species.get(row.organism_id)
    return replace(row, organism_name=taxon.name, organism_group=taxon.group) if taxon else row
