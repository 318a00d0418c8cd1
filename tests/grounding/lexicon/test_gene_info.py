"""NCBI gene_info files: every gene with a symbol, and clear errors for damaged ones."""

import gzip
from pathlib import Path

import pytest

from figpath.errors import TableError
from figpath.grounding.lexicon.concept import Rank
from figpath.grounding.lexicon.gene_info import read_gene_info

HEADER = (
    "#tax_id\tGeneID\tSymbol\tLocusTag\tSynonyms\tdbXrefs\tchromosome\tmap_location\tdescription\ttype_of_gene\t"
    "Symbol_from_nomenclature_authority\tFull_name_from_nomenclature_authority\tNomenclature_status\t"
    "Other_designations\tModification_date\tFeature_type"
)


def row(gene: str, symbol: str, *, synonyms: str = "-", taxon: str = "9606", kind: str = "protein-coding") -> str:
    cells = [taxon, gene, symbol, "-", synonyms, "-", "1", "-", f"{symbol} protein", kind, "-", "-", "-", "-", "x", "-"]
    return "\t".join(cells)


def write(path: Path, *rows: str) -> Path:
    path.write_bytes(gzip.compress("\n".join((HEADER, *rows, "")).encode()))
    return path


def test_genes_without_synonyms_are_read_too(tmp_path: Path) -> None:
    path = write(tmp_path / "g.gz", row("1", "ARF6"), row("2", "STAT3", synonyms="APRF|HIES"))
    arf6, stat3 = read_gene_info(path, taxon=9606)
    assert (arf6.id, arf6.symbol, arf6.taxon) == ("ncbigene:1", "ARF6", 9606)
    assert [(n.text, n.source) for n in stat3.names] == [
        ("STAT3", "ncbigene_symbol"),
        ("APRF", "ncbigene_synonym"),
        ("HIES", "ncbigene_synonym"),
        ("STAT3 protein", "ncbigene_name"),
    ]


def test_a_gene_called_na_keeps_its_symbol(tmp_path: Path) -> None:
    (gene,) = read_gene_info(write(tmp_path / "g.gz", row("32640", "NA")), taxon=9606)
    assert gene.symbol == "NA"


def test_rows_without_a_symbol_and_of_other_species_are_passed_over(tmp_path: Path) -> None:
    path = write(tmp_path / "g.gz", row("1", "NEWENTRY"), row("2", "Il6", taxon="10090"), row("3", "IL6"))
    assert [gene.symbol for gene in read_gene_info(path, taxon=9606)] == ["IL6"]


def test_a_few_rows_of_subspecies_belong_to_the_species_of_the_file(tmp_path: Path) -> None:
    rows = [row(str(n), f"GENE{n}") for n in range(100)] + [row("999", "ND1", taxon="63221")]
    genes = read_gene_info(write(tmp_path / "g.gz", *rows), taxon=9606)
    assert (len(genes), genes[-1].symbol, genes[-1].taxon) == (101, "ND1", 9606)


@pytest.mark.parametrize(
    ("symbol", "kind", "rank"),
    [
        ("TP53", "protein-coding", Rank.PROTEIN),
        ("MIR21", "ncRNA", Rank.MICRO_RNA),
        ("XIST", "ncRNA", Rank.OTHER),
        ("TP53P1", "pseudo", Rank.PSEUDOGENE),
    ],
)
def test_types_of_gene_become_ranks(tmp_path: Path, symbol: str, kind: str, rank: Rank) -> None:
    (gene,) = read_gene_info(write(tmp_path / "g.gz", row("1", symbol, kind=kind)), taxon=9606)
    assert gene.rank is rank


def test_plain_text_is_read_as_well_as_gzip(tmp_path: Path) -> None:
    path = tmp_path / "genes.tsv"
    path.write_text(f"{HEADER}\n{row('1', 'IL6')}\n", encoding="utf-8")
    assert len(read_gene_info(path, taxon=9606)) == 1


def damaged_files(folder: Path) -> dict[str, Path]:
    whole = write(folder / "whole.gz", *(row(str(n), f"GENE{n}") for n in range(2000)))
    cut = folder / "cut.gz"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    text = folder / "text.gz"
    text.write_text("not a table", encoding="utf-8")
    short = folder / "short.tsv"
    short.write_text(f"{HEADER}\n9606\t1\tIL6\n", encoding="utf-8")
    return {"cut": cut, "text": text, "short": short, "none": folder / "none.gz", "other": write(folder / "other.gz")}


@pytest.mark.parametrize("what", ["cut", "text", "short", "none", "other"])
def test_a_damaged_file_gives_one_clear_line(tmp_path: Path, what: str) -> None:
    path = damaged_files(tmp_path)[what]
    with pytest.raises(TableError, match=path.name) as caught:
        read_gene_info(path, taxon=9606)
    assert "\n" not in str(caught.value)
