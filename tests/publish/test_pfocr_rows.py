"""Mentions become the rows of PFOCR's tables: per organism, each once, with the source that PFOCR names."""

from __future__ import annotations

import pytest

from figpath.grounding.mention import Entity, Kind, Mention
from figpath.publish.pfocr_rows import chemicals_rows, diseases_rows, genes_rows, search_keywords, token
from figpath.reading.document import Box, Line, Word
from figpath.source.pfocr_tables import ChemicalRow, DiseaseRow, GeneRow


def gene(number: int, symbol: str, source: str = "hgnc_symbol", taxon: int = 9606) -> Entity:
    return Entity(id=f"ncbigene:{number}", symbol=symbol, taxon=taxon, source=source)


def mention(text: str, *entities: Entity, match: str = "", kind: Kind = "gene", box: Box | None = None) -> Mention:
    return Mention(text=text, kind=kind, score=0.9, entities=entities, match=match or text, box=box)


VEGF_FAMILY = mention(
    "VEGF",
    Entity(id="fplx:VEGF", symbol="VEGF", source="famplex_name"),
    gene(7422, "VEGFA", "hgnc_alias"),
    gene(7423, "VEGFB", "famplex_relations"),
    gene(5228, "PGF", "famplex_relations"),
    gene(22339, "Vegfa", "ncbigene_synonym", 10090),
    kind="family",
)


def test_the_row_of_a_gene() -> None:
    (row,) = genes_rows([mention("p-Stat3", gene(6774, "STAT3"), match="Stat3")], [9606])
    assert row == GeneRow(
        organism_id=9606,
        organism_name="Homo sapiens",
        organism_group="Primates",
        word="p-Stat3",
        match="STAT3",
        symbol="STAT3",
        gene_id=6774,
        source="ncbigene_symbol",
    )


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("hgnc_symbol", "ncbigene_symbol"),
        ("ncbigene_symbol", "ncbigene_symbol"),
        ("mgi_symbol", "ncbigene_symbol"),
        ("hgnc_alias", "ncbigene_synonym"),
        ("hgnc_previous", "ncbigene_synonym"),
        ("hgnc_name", "ncbigene_synonym"),
        ("ncbigene_synonym", "ncbigene_synonym"),
        ("ncbigene_name", "ncbigene_synonym"),
        ("mirna_name", "ncbigene_synonym"),
        ("famplex_relations", "famplex_relations"),
    ],
)
def test_the_source_is_one_of_the_three_that_pfocr_has(source: str, written: str) -> None:
    (row,) = genes_rows([mention("A", gene(1, "A1BG", source))], [9606])
    assert row.source == written


def test_a_name_of_a_gene_and_of_its_family_gives_the_gene_once_as_synonym() -> None:
    rows = genes_rows([VEGF_FAMILY], [9606])
    assert [(row.symbol, row.source) for row in rows] == [
        ("VEGFA", "ncbigene_synonym"),
        ("VEGFB", "famplex_relations"),
        ("PGF", "famplex_relations"),
    ]


def test_the_better_source_wins_whichever_comes_first() -> None:
    member, named = gene(7422, "VEGFA", "famplex_relations"), gene(7422, "VEGFA", "hgnc_alias")
    for entities in ((member, named), (named, member)):
        (row,) = genes_rows([mention("VEGF", *entities)], [9606])
        assert row.source == "ncbigene_synonym"


def test_organisms_are_blocks_in_the_order_asked_for() -> None:
    """Genes of a species that was not asked for are left out; rows keep the order of the mentions in a block."""
    jak = mention("JAK2", gene(3717, "JAK2"), gene(16452, "Jak2", taxon=10090), gene(24514, "Jak2", taxon=10116))
    rows = genes_rows([jak, VEGF_FAMILY], [10090, 9606])
    assert [(row.organism_id, row.symbol) for row in rows] == [
        (10090, "Jak2"),
        (10090, "Vegfa"),
        (9606, "JAK2"),
        (9606, "VEGFA"),
        (9606, "VEGFB"),
        (9606, "PGF"),
    ]


def test_what_has_no_gene_id_of_ncbi_has_no_row() -> None:
    other = Entity(id="mgi:96629", symbol="Jak2", taxon=9606, source="mgi_symbol")
    broken = Entity(id="ncbigene:many", symbol="X", taxon=9606)
    assert genes_rows([mention("A", other, broken), mention("B")], [9606]) == ()


def test_a_name_drawn_twice_is_one_row() -> None:
    twice = [mention("JAK2", gene(3717, "JAK2"))] * 2
    assert len(genes_rows(twice, [9606])) == 1


def test_an_ambiguous_name_keeps_all_its_genes() -> None:
    rows = genes_rows([mention("p62", gene(8878, "SQSTM1", "hgnc_alias"), gene(23636, "NUP62", "hgnc_alias"))], [9606])
    assert [row.symbol for row in rows] == ["SQSTM1", "NUP62"]


@pytest.mark.parametrize(
    ("match", "written"), [("Wnt", "WNT"), ("ß-catenin", "ß-CATENIN"), ("β-catenin", "Β-CATENIN"), ("miR-21", "MIR-21")]
)
def test_a_match_is_in_capitals_of_the_same_length(match: str, written: str) -> None:
    (row,) = genes_rows([mention("A", gene(1, "A1BG"), match=match)], [9606])
    assert row.match == written


@pytest.mark.parametrize(("word", "written"), [('5\'-"A"', "5-A"), ("a\tb\nc", "a b c"), ("x\x1fy", "xy")])
def test_what_cannot_stand_in_the_table_is_taken_from_the_word(word: str, written: str) -> None:
    (row,) = genes_rows([mention("A", gene(1, "A1BG"))], [9606], words=[word])
    assert row.word == written


def test_words_must_be_one_for_each_mention() -> None:
    with pytest.raises(ValueError, match="zip"):
        genes_rows([mention("A", gene(1, "A1BG"))], [9606], words=["A", "B"])


def test_rows_of_chemicals_and_diseases() -> None:
    """One identifier of each vocabulary, what is missing is empty, equal rows are one, other kinds are left out."""
    both = mention(
        "rapamycin",
        Entity(id="mesh:D020123", symbol="Sirolimus"),
        Entity(id="chebi:9168", symbol="sirolimus"),
        kind="chemical",
    )
    one = mention("PGE2", Entity(id="chebi:15551", symbol="prostaglandin E2"), kind="chemical")
    ill = mention("tumor", Entity(id="mesh:D009369", symbol="Neoplasms"), kind="disease")
    mentions = [both, ill, one, both, ill, mention("JAK2", gene(3717, "JAK2"))]
    assert chemicals_rows(mentions) == (
        ChemicalRow(word="rapamycin", mesh="mesh:D020123", match="Sirolimus", name="sirolimus", chebi="chebi:9168"),
        ChemicalRow(word="PGE2", name="prostaglandin E2", chebi="chebi:15551"),
    )
    assert diseases_rows(mentions) == (DiseaseRow(word="tumor", mesh="mesh:D009369", match="Neoplasms"),)


def test_keywords_are_symbols_then_chemical_then_disease_words_each_once() -> None:
    """Case counts: IL6 of human and Il6 of mouse are two names to search for."""
    il6 = mention("IL-6", gene(3569, "IL6"), gene(16193, "Il6", taxon=10090), gene(1, "", "hgnc_alias"))
    genes = genes_rows([il6, il6], [9606, 10090])
    chemicals = (ChemicalRow(word="Ca2+"), ChemicalRow(word="IL6"), ChemicalRow(word="Ca2+"))
    diseases = (DiseaseRow(word="flu"),) * 2
    assert search_keywords(genes, chemicals, diseases) == ("IL6", "Il6", "Ca2+", "flu")


def test_the_token_of_a_mention_is_the_word_around_it() -> None:
    """The word must hold the text and its box the centre of the mention; else the mention speaks for itself."""
    elsewhere = Word(text="VEGF-A", box=(0, 100, 50, 120), score=0.9)
    listed = Word(text="VEGF/FGF/IL-6", box=(0, 0, 130, 20), score=0.9)
    lines = [Line(text=word.text, box=word.box, score=0.9, words=(word,)) for word in (elsewhere, listed)]
    assert token(mention("FGF", box=(50, 0, 80, 20)), lines) == "VEGF/FGF/IL-6"
    assert token(mention("VEGF", box=(0, 0, 40, 20)), lines) == "VEGF/FGF/IL-6"
    assert token(mention("FGF"), lines) == "FGF"
    assert token(mention("tumor necrosis factor", box=(0, 0, 130, 20)), lines) == "tumor necrosis factor"
