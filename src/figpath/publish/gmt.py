"""Gene sets of figures in GMT form, with the file names of PFOCR's own releases.

A line is a set: its id, its title, then the NCBI Gene ids (or ChEBI ids) of what is drawn, separated by tabs.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from figpath import ids
from figpath.publish.pfocr_rows import source_class

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from figpath.figure import Figure
    from figpath.grounding.mention import Entity
    from figpath.record import Record

Names: TypeAlias = Literal["strict", "synonyms", "all"]

LEAST: Final = 3
"""Genes or chemicals that a set needs."""

_BLANKS = re.compile(r"\s+")
_SOURCES: dict[Names, tuple[str, ...]] = {
    "strict": ("ncbigene_symbol",),
    "synonyms": ("ncbigene_symbol", "ncbigene_synonym"),
    "all": ("ncbigene_symbol", "ncbigene_synonym", "famplex_relations"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneSet:
    """What one figure draws.

    Parameters
    ----------
    id
        PFOCR's readable id, ``{PMCID}__{number}``; the figid where there is none, or where two figures share it.
    title
        Of the figure, or of its paper.
    members
        Local identifiers, each once, in the order of the figure.
    """

    id: str
    title: str
    members: tuple[str, ...]


def gene_sets(records: Iterable[Record], *, taxon: int, names: Names = "strict") -> tuple[GeneSet, ...]:
    """Return the genes of each figure that draws at least three of a species.

    Parameters
    ----------
    records
        Figures.
    taxon
        NCBI taxon id of the species.
    names
        ``strict``: genes drawn by their official symbol; ``synonyms``: by any of their names; ``all``: members of
        drawn families too.

    Returns
    -------
    tuple of GeneSet
        In the order of the records; the members are NCBI Gene ids.
    """
    wanted = _SOURCES[names]

    def is_wanted(entity: Entity) -> bool:
        return entity.taxon == taxon and source_class(entity) in wanted

    return _sets((record, _members(record, "ncbigene:", is_wanted)) for record in records)


def chemical_sets(records: Iterable[Record], *, taxon: int) -> tuple[GeneSet, ...]:
    """Return the chemicals of each figure of a species that draws at least three; the members are ChEBI ids."""
    return _sets((record, _members(record, "chebi:")) for record in records if taxon in record.organisms)


def to_gmt(sets: Iterable[GeneSet]) -> str:
    """Return sets as the text of a GMT file."""
    return "".join("\t".join((one.id, _BLANKS.sub(" ", one.title), *one.members)) + "\n" for one in sets)


def file_name(taxon: int, day: date, *, chemicals: bool = False) -> str:
    """Return PFOCR's name of a file: ``pfocr-20250701-gmt-Homo_sapiens.gmt``."""
    species = "_".join(ids.taxon(taxon).name.split()[:2])
    return f"pfocr-{day:%Y%m%d}-{'chemical-' if chemicals else ''}gmt-{species}.gmt"


def _members(record: Record, prefix: str, is_wanted: Callable[[Entity], bool] = lambda _: True) -> tuple[str, ...]:
    """Return the entities of a vocabulary, each once; ChEBI's ids keep their prefix, as they do everywhere."""
    found = (
        entity.id
        for mention in record.taken()
        for entity in mention.entities
        if entity.id.startswith(prefix) and is_wanted(entity)
    )
    local = (curie.removeprefix("ncbigene:").replace("chebi:", "CHEBI:") for curie in found)
    return tuple(dict.fromkeys(local))


def _sets(found: Iterable[tuple[Record, tuple[str, ...]]]) -> tuple[GeneSet, ...]:
    """Name the sets that are large enough."""
    large = [(record.figure, members) for record, members in found if len(members) >= LEAST]
    aliases = Counter(_alias(figure) for figure, _ in large)
    return tuple(
        GeneSet(
            id=_alias(figure) if aliases[_alias(figure)] == 1 else figure.figid,
            title=figure.title or figure.paper.title or figure.figid,
            members=members,
        )
        for figure, members in large
    )


def _alias(figure: Figure) -> str:
    """Return PFOCR's readable id, or the figid of a figure without paper or number."""
    pmcid, number = figure.paper.pmcid, figure.number
    return f"{pmcid}__{number}" if pmcid and number not in ("", "F0") else figure.figid
