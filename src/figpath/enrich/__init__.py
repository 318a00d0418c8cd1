"""Which figures draw the genes of a list, beyond chance: plain values and arrays in, frozen tables out.

Each file is one subject; none knows of a record or a store.
"""

from figpath.enrich.alike import Group, groups_of
from figpath.enrich.figures import EnrichedFigure, RankedFigure
from figpath.enrich.gene_list import GeneList, gene_list_of, read_gene_list
from figpath.enrich.gene_sets import GeneSets, gene_sets
from figpath.enrich.mapping import Mapped, map_genes
from figpath.enrich.ora import Enrichment, Row, enrich
from figpath.enrich.signed import SignedEnrichment, enrich_signed
from figpath.enrich.told import EnrichedFigures, RankedFigures

__all__ = [
    "EnrichedFigure",
    "EnrichedFigures",
    "Enrichment",
    "GeneList",
    "GeneSets",
    "Group",
    "Mapped",
    "RankedFigure",
    "RankedFigures",
    "Row",
    "SignedEnrichment",
    "enrich",
    "enrich_signed",
    "gene_list_of",
    "gene_sets",
    "groups_of",
    "map_genes",
    "read_gene_list",
]
