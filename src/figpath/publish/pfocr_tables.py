"""The texts of PFOCR's three tables: tab-separated with a header, nothing quoted, ``NA`` for what is missing."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.source.pfocr_tables import ChemicalRow, DiseaseRow, GeneRow

GENE_COLUMNS: Final = (
    "organism_id", "organism_name", "organism_group", "word", "match", "ncbigene_symbol", "ncbigene_id", "source",
    "count_direct", "count_synonym", "count_match",
)  # fmt: skip
CHEMICAL_COLUMNS: Final = ("word", "mesh", "match", "name", "chebi")
DISEASE_COLUMNS: Final = ("word", "mesh", "match", "name", "doid")

_CELL_ENDS = re.compile(r"[\t\r\n\x1f]+")


def genes_tsv(rows: Sequence[GeneRow]) -> str:
    """Return the genes table with its header; the three counts of each organism are those of its rows."""
    sources = Counter((row.organism_id, row.source) for row in rows)
    matches = Counter(organism for organism, _ in {(row.organism_id, row.match) for row in rows})
    body = [
        (
            str(row.organism_id), row.organism_name, row.organism_group, row.word, row.match, row.symbol,
            str(row.gene_id), row.source, str(sources[row.organism_id, "ncbigene_symbol"]),
            str(sources[row.organism_id, "ncbigene_synonym"] or "NA"), str(matches[row.organism_id]),
        )
        for row in rows
    ]  # fmt: skip
    return _tsv(GENE_COLUMNS, body)


def chemicals_tsv(rows: Sequence[ChemicalRow]) -> str:
    """Return the chemicals table with its header."""
    return _tsv(CHEMICAL_COLUMNS, [(row.word, row.mesh, row.match, row.name, row.chebi) for row in rows])


def diseases_tsv(rows: Sequence[DiseaseRow]) -> str:
    """Return the diseases table with its header."""
    return _tsv(DISEASE_COLUMNS, [(row.word, row.mesh, row.match, row.name, row.doid) for row in rows])


def _tsv(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["\t".join(_CELL_ENDS.sub(" ", cell) or "NA" for cell in row) for row in rows]
    return "\n".join(["\t".join(columns), *lines]) + "\n"
