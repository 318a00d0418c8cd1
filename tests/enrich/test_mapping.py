"""What a list calls its genes, and what becomes of it."""

from __future__ import annotations

import pytest

from figpath.enrich import map_genes
from figpath.enrich.mapping import Mapped
from figpath.grounding.lexicon.gene_ids import GeneIds, load
from figpath.grounding.lexicon.lexicon import Lexicon, open_lexicon
from figpath.resources import packaged_gene_ids


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return open_lexicon()


@pytest.fixture(scope="module")
def accessions() -> GeneIds:
    return load(packaged_gene_ids())


def mapped(lexicon: Lexicon, accessions: GeneIds, *given: str, taxon: int = 9606) -> Mapped:
    return map_genes(given, names=lexicon, accessions=accessions, taxon=taxon)


@pytest.mark.parametrize(
    ("given", "gene"),
    [
        ("JAK2", 3717), ("jak2", 3717), ("IL-6", 3569), ("IFNγ", 3458), ("TNF-alpha", 7124),
        ("IL8", 3576), ("TNFA", 7124), ("p53", 7157),  # aliases and former symbols
        ("KIAA1524", 57650),  # a former symbol that no figure draws
        ("3717", 3717), ("ncbigene:3717", 3717), ("LOC3717", 3717),
        ("ENSG00000096968", 3717), ("ENSG00000096968.14", 3717),
        ("O60674", 3717), ("P04637-2", 7157), ("HGNC:6192", 3717),
    ],
)  # fmt: skip
def test_names_and_accessions(lexicon: Lexicon, accessions: GeneIds, given: str, gene: int) -> None:
    assert mapped(lexicon, accessions, given).genes == (f"ncbigene:{gene}",)


@pytest.mark.parametrize(("given", "gene"), [("Jak2", 16452), ("ENSMUSG00000024789", 16452), ("MGI:96629", 16452)])
def test_mouse(lexicon: Lexicon, accessions: GeneIds, given: str, gene: int) -> None:
    assert mapped(lexicon, accessions, given, taxon=10090).genes == (f"ncbigene:{gene}",)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("1-Mar", "a date"), ("Mar-01", "a date"), ("2-Sep", "a date"),
        ("2021-03-01", "a date"), ("01/03/2021", "a date"),
        ("2.31E+19", "a rounded number"),
        ("p62", "ambiguous: "), ("AKT", "the name of a family"), ("glucose", "a chemical"),
        ("ENST00000269305", "a transcript or protein"), ("NM_000546.6", "a transcript or protein"),
        ("ENSMUSG00000024789", "a gene of another species (taxon 10090)"), ("999999999", "unknown"),
        ("xyzzy", "unknown"),
    ],
)  # fmt: skip
def test_what_stands_for_no_gene_is_listed_with_the_reason(
    lexicon: Lexicon, accessions: GeneIds, given: str, why: str
) -> None:
    found = mapped(lexicon, accessions, given)
    assert found.genes == ()
    assert [name for name, _ in found.unmapped] == [given]
    assert found.unmapped[0][1].startswith(why)


def test_choices_are_said(lexicon: Lexicon, accessions: GeneIds) -> None:
    found = mapped(lexicon, accessions, "MARCH1", "SEPT2")
    assert [name for name, _ in found.notes] == ["MARCH1", "SEPT2"]
    assert "spreadsheets" in found.notes[0][1]
    assert found.notes[1][1] == "taken for SEPTIN2, whose symbol it was; also SEPTIN6"


def test_names_of_one_gene_count_once_and_the_number_furthest_from_0(lexicon: Lexicon, accessions: GeneIds) -> None:
    found = map_genes(
        ["TP53", "p53", "7157", "IL6"], values=[1.0, -3.0, 2.0, 0.5], names=lexicon, accessions=accessions
    )
    assert found.genes == ("ncbigene:7157", "ncbigene:3569")
    assert found.given == ("TP53", "IL6")
    assert found.values == (-3.0, 0.5)
    assert found.repeats == 2


def test_one_line_of_genes_with_blanks_between(lexicon: Lexicon, accessions: GeneIds) -> None:
    assert len(mapped(lexicon, accessions, "JAK2 STAT3 IL6").genes) == 3
    assert mapped(lexicon, accessions, "janus kinase 2").genes == ("ncbigene:3717",)


def test_genes_that_only_the_corpus_knows(lexicon: Lexicon, accessions: GeneIds) -> None:
    known = {"ncbigene:987654321"}
    found = map_genes(["987654321"], names=lexicon, accessions=accessions, taxon=7955, known=known)
    assert found.genes == tuple(known)


@pytest.mark.parametrize("given", ["MGI:3717", "RGD:3717", "HGNC:999999", "GO:3717", "CHEBI:3717", "GSE:3717"])
def test_a_number_of_another_database_is_no_gene_of_ncbi(lexicon: Lexicon, accessions: GeneIds, given: str) -> None:
    """Although the corpus draws the gene that has this number there."""
    known = {"ncbigene:3717", "ncbigene:999999"}
    found = map_genes([given], names=lexicon, accessions=accessions, known=known)
    assert (found.genes, [name for name, _ in found.unmapped]) == ((), [given])


@pytest.mark.parametrize("given", ["NCBIGene:987654321", "GeneID:987654321", "LOC987654321", "987654321"])
def test_ids_of_ncbi_are_known_from_the_corpus_however_written(
    lexicon: Lexicon, accessions: GeneIds, given: str
) -> None:
    known = {"ncbigene:987654321"}
    assert map_genes([given], names=lexicon, accessions=accessions, known=known).genes == tuple(known)


@pytest.mark.parametrize("given", [("JAK2", "JAK2"), ("JAK2", "jak-2"), ("O60674", "JAK2")])
def test_of_several_numbers_of_a_gene_the_one_furthest_from_0_counts(
    lexicon: Lexicon, accessions: GeneIds, given: tuple[str, str]
) -> None:
    """Whether they stand beside one name or beside two."""
    for values in ((-3.0, 1.0), (1.0, -3.0)):
        found = map_genes(given, names=lexicon, accessions=accessions, values=values)
        assert (found.genes, found.values, found.repeats) == (("ncbigene:3717",), (-3.0,), 1)
