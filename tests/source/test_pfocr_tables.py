"""Tables of PFOCR: columns by name, every generation, repeated rows kept, broken lines named."""

from __future__ import annotations

import pytest

from figpath.errors import RecordError
from figpath.source.pfocr_tables import (
    ChemicalRow,
    DiseaseRow,
    chemical_row,
    disease_row,
    gene_row,
    parse_table,
    present,
)

GENES = "organism_id\torganism_name\torganism_group\tword\tmatch\tncbigene_symbol\tncbigene_id\tsource\n"


def test_columns_are_found_by_name_in_any_order() -> None:
    (row,) = parse_table("doid\tword\tother\tmesh\ndoid:1612\tbreast cancer\tx\tNA\n", disease_row)
    assert row == DiseaseRow(word="breast cancer", doid="doid:1612")


def test_defect_repeated_rows_are_read_as_they_stand() -> None:
    text = "word\tmesh\tmatch\tname\tdoid\n" + "tumor\tmesh:D009369\tNA\tNA\tNA\n" * 3
    assert parse_table(text, disease_row) == (DiseaseRow(word="tumor", mesh="mesh:D009369"),) * 3


def test_an_empty_table_has_no_rows() -> None:
    assert parse_table("", chemical_row) == parse_table("word\tmesh\n", chemical_row) == ()


def test_old_columns_of_chemicals() -> None:
    (row,) = parse_table("word\tsource\tidentifier\nPGE2\tMESH\tD015232\n", chemical_row)
    assert row == ChemicalRow(word="PGE2", mesh="mesh:D015232")
    (row,) = parse_table("word\tsource\tidentifier\nPGE2\tCHEBI\tCHEBI:15551\n", chemical_row)
    assert row == ChemicalRow(word="PGE2", chebi="chebi:15551")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hgnc_symbol", "ncbigene_symbol"),
        ("hgnc_alias_symbol", "ncbigene_synonym"),
        ("hgnc_prev_symbol", "ncbigene_synonym"),
        ("bioentities_symbol", "famplex_relations"),
        ("ncbigene_synonym", "ncbigene_synonym"),
        ("famplex_relations", "famplex_relations"),
    ],
)
def test_old_names_of_sources(old: str, new: str) -> None:
    (row,) = parse_table(GENES + f"9606\tHomo sapiens\tPrimates\tA\tA\tA1BG\t1\t{old}\n", gene_row)
    assert row.source == new


def test_defect_gene_whose_symbol_r_took_for_missing() -> None:
    """The fly gene na (32640) is called NA in PFOCR's table: it is a gene without a symbol here."""
    line = "7227\tDrosophila melanogaster\tInvertebrates\tNa\tNA\tNA\t32640\tncbigene_symbol\n"
    (row,) = parse_table(GENES + line, gene_row)
    assert (row.symbol, row.gene_id, row.word) == ("", 32640, "Na")


def test_a_word_that_reads_na_stays_a_word() -> None:
    (row,) = parse_table("word\tmesh\nNA\tmesh:D012964\n", chemical_row)
    assert row.word == "NA"


def test_odd_characters_do_not_end_a_line() -> None:
    """Only a newline ends a row; a line separator or a form feed inside a word does not."""
    (row,) = parse_table("word\tmesh\na\u2028b\x0cc\tmesh:D1\n", chemical_row)
    assert row.word == "a\u2028b\x0cc"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("word\tmesh\nA\n", "line 2 has 1 cells, expected 2"),
        ("word\tmesh\nA\tB\n\tB\n", "line 3: no word"),
        ("mesh\nD1\n", "line 2: no word"),
    ],
)
def test_a_broken_table_is_refused_with_its_line(text: str, says: str) -> None:
    with pytest.raises(RecordError, match=says):
        parse_table(text, chemical_row)


@pytest.mark.parametrize("number", ["", "NA", "3.5", "-1", "9" * 30, "٣", "1e3"])
def test_a_gene_id_that_is_no_number_is_refused(number: str) -> None:
    with pytest.raises(RecordError, match="line 2: ncbigene_id is"):
        parse_table(GENES + f"9606\tHomo sapiens\tPrimates\tA\tA\tA1BG\t{number}\tncbigene_symbol\n", gene_row)


@pytest.mark.parametrize("text", ["NA", "", ".na.character", ".na.real", ".na"])
def test_present_knows_every_way_to_write_missing(text: str) -> None:
    assert present(text) == ""
    assert present("na") == "na"
