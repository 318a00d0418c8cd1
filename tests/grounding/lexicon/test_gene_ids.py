"""Accessions of genes: what is compiled is found again, and the file is refused when it is another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from figpath.errors import LexiconError
from figpath.grounding.lexicon.gene_ids import KnownGene, dump, load
from figpath.grounding.lexicon.known_genes import human_genes, rodent_genes
from figpath.ids import HUMAN, MOUSE
from figpath.resources import packaged_gene_ids

if TYPE_CHECKING:
    from pathlib import Path

GENES = (
    KnownGene(id="ncbigene:3717", symbol="JAK2", taxon=HUMAN, accessions=("HGNC:6192", "ENSG00000096968", "O60674")),
    KnownGene(id="hgnc:5", symbol="ONE", taxon=HUMAN, accessions=("HGNC:5",), names=("KIAA0001",)),
    KnownGene(id="mgi:96629", symbol="Jak2", taxon=MOUSE, accessions=("MGI:96629", "ENSMUSG00000024789")),
)
HGNC = """HGNC ID|Approved symbol|Approved name|Status|Alias symbols|NCBI Gene ID(supplied by NCBI)|UniProt ID(supplied by UniProt)|Previous symbols|Ensembl gene ID|Locus type
HGNC:6192|JAK2|Janus kinase 2|Approved|JTK10, KIAA9999|3717|O60674, P00000|FLJ123|ENSG00000096968|gene with protein product
HGNC:1|OLD|old|Symbol Withdrawn||||||
HGNC:7|TYPE|no gene|Approved||||||phenotype only"""  # noqa: E501 - a table


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3717", ["ncbigene:3717"]), ("NCBIGene:3717", ["ncbigene:3717"]), ("hgnc:6192", ["ncbigene:3717"]),
        ("HGNC:5", ["hgnc:5"]), ("ENSG00000096968.3", ["ncbigene:3717"]), ("o60674-1", ["ncbigene:3717"]),
        ("ENSMUSG00000024789", ["mgi:96629"]), ("MGI:MGI:96629", ["mgi:96629"]),
        ("3718", []), ("Q00000", []), ("JAK2", []), ("", []),
    ],
)  # fmt: skip
def test_what_was_compiled_is_found(tmp_path: Path, text: str, expected: list[str]) -> None:
    path = tmp_path / "ids.bin"
    path.write_bytes(dump(GENES))
    ids = load(path)
    assert [gene.id for gene in ids.find(text)] == expected
    assert len(ids) == 3
    assert [gene.symbol for gene in ids.find_name("kiaa0001")] == ["ONE"]
    assert ids.find_name("KIAA0002") == ()


def test_equal_genes_give_equal_bytes() -> None:
    assert dump(GENES) == dump(list(GENES))


def test_rows_of_hgnc() -> None:
    (gene,) = human_genes([line.split("|") for line in HGNC.splitlines()])
    assert gene == KnownGene(
        id="ncbigene:3717",
        symbol="JAK2",
        taxon=HUMAN,
        accessions=("HGNC:6192", "ENSG00000096968", "O60674", "P00000"),
        names=("FLJ123", "KIAA9999"),
    )


def test_rows_of_mgi() -> None:
    rows = [["ID", "symbol", "synonyms", "ensembl"], ["96629", "Jak2", "", "ENSMUSG00000024789"], ["1", "None", "", ""]]
    (gene,) = rodent_genes(rows, taxon=MOUSE, ncbi={"Jak2": "ncbigene:16452"})
    assert (gene.id, gene.accessions) == ("ncbigene:16452", ("MGI:96629", "ENSMUSG00000024789"))


@pytest.mark.parametrize("data", [b"", b"something else", dump(GENES)[:60], dump(GENES)[:12] + b"x" * 80])
def test_a_file_that_is_none(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "ids.bin"
    path.write_bytes(data)
    with pytest.raises(LexiconError, match="make lexicon"):
        load(path)


def test_an_absent_file(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="cannot open"):
        load(tmp_path / "ids.bin")


def test_the_packaged_file_is_small_and_has_the_genes_of_three_species() -> None:
    assert packaged_gene_ids().stat().st_size < 2_000_000
    ids = load(packaged_gene_ids())
    assert {gene.taxon for text in ("3717", "ENSMUSG00000024789", "RGD:2003") for gene in ids.find(text)} == {
        9606, 10090, 10116,
    }  # fmt: skip
