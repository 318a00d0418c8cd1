"""PFOCR pages and tables of every generation are read; what breaks the format is refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from figpath.errors import RecordError
from figpath.source.pfocr import PAGE_LIMIT, PfocrRecord, parse_page, read_record
from figpath.source.pfocr_tables import ChemicalRow, DiseaseRow, GeneRow

OWN = Path(__file__).parents[1] / "data" / "pfocr"
SEED = Path(__file__).parents[3] / "shared" / "seed"


def page(*lines: str, figid: str = "PMC1__f1") -> str:
    return "\n".join(["---", f"figid: {figid}", *lines, "---", ""])


def parsed(*lines: str) -> PfocrRecord:
    return parse_page(page(*lines))


def test_a_page_and_its_tables_are_read_in_full() -> None:
    """Each field of the page stands in its place, folded and quoted texts as one, rows in the order of the files."""
    record = read_record(OWN)
    figure, paper = record.figure, record.figure.paper
    assert figure.figid == "PMC0000001__bone-sci_07-g002"
    assert figure.title == "RANKL signalling in osteoclasts "
    assert figure.caption.startswith("Signalling of the made-up receptor in osteoclasts. (A) Binding of RANKL to RANK")
    assert """ NFATc1. It's shown for "resting" and for stimulated cells; the kinase http://""" in figure.caption
    assert "\n" not in figure.caption
    assert (figure.number, figure.filename) == ("F2", "bone-sci_07-g002.jpg")
    assert figure.link == "/pmc/articles/PMC0000001/figure/g002/"
    assert paper.title.startswith("Bone's balance: how")
    assert (paper.year, paper.publisher, paper.journal_abbreviation) == ("2022", "@Press", "Bone Sci")
    assert paper.keywords[:3] == ("osteoclast", "RANKL", "NF-κB")
    assert paper.organisms == record.organisms_ner == ("Homo sapiens", "Mus musculus")
    assert (record.pathway_score, record.alias, record.wpid) == (0.91, "PMC0000001__F2", "WP0001")
    assert record.keywords[-4:] == ("NO", "Traf6", "denosumab", "osteoporosis")
    assert len(record.genes) == 8
    assert record.genes[1] == GeneRow(
        organism_id=9606,
        organism_name="Homo sapiens",
        organism_group="Primates",
        word="c-Fos",
        match="C-FOS",
        symbol="FOS",
        gene_id=2353,
        source="ncbigene_synonym",
    )
    assert record.chemicals == (ChemicalRow(word="denosumab", mesh="mesh:D000069448", match="Denosumab"),)
    assert record.diseases[0].doid == "doid:11476"


def test_the_real_record_is_read_in_full() -> None:
    if not SEED.is_dir():
        pytest.skip("the real PFOCR record is not beside this clone (../shared/seed)")
    record = read_record(SEED)
    assert (len(record.genes), len(record.diseases), len(record.keywords)) == (74, 5, 74)
    assert record.figure.paper.reference == "Lei Yin, et al. J Transl Med. 2021;19:312."


def test_tables_are_found_in_the_data_folder_of_a_copy_of_the_site(tmp_path: Path) -> None:
    (tmp_path / "_figures").mkdir()
    (tmp_path / "_data").mkdir()
    (tmp_path / "_figures" / "PMC1__f1.md").write_text(page(), encoding="utf-8")
    (tmp_path / "_data" / "PMC1__f1-diseases.tsv").write_text("word\tmesh\nflu\tmesh:D007251\n", encoding="utf-8")
    record = read_record(tmp_path / "_figures" / "PMC1__f1.md")
    assert record.diseases == (DiseaseRow(word="flu", mesh="mesh:D007251"),)


@pytest.mark.parametrize(
    "key", ["doi", "journal_title", "journal_nlm_ta", "publisher_name", "keywords", "year", "ndex", "caption"]
)
@pytest.mark.parametrize("missing", [".na.character", "NA", ".na", "''", ""])
def test_defect_missing_texts_written_by_r_are_empty(key: str, missing: str) -> None:
    """R writes a missing text as ``.na.character``; pages before 2023 are full of it."""
    assert parsed(f"{key}: {missing}") == parsed()


def test_defect_misspelt_key_of_the_journal() -> None:
    assert parsed("journa_nlm_ta: J Ex Med").figure.paper.journal_abbreviation == "J Ex Med"


def test_defect_not_available_among_the_species() -> None:
    """``NA`` stands for no species, and also sits inside real lists."""
    assert parsed("organisms:", "- NA").figure.paper.organisms == ()
    assert parsed("organisms:", "- Homo sapiens", "- NA").figure.paper.organisms == ("Homo sapiens",)
    assert parsed("organisms_ner:", "- NA").organisms_ner == ()


def test_defect_image_suffix_in_the_figure_id() -> None:
    record = parse_page(page("figid_alias: PMC1__F1", figid="PMC1__f1.jpg"))
    assert (record.figure.figid, record.alias) == ("PMC1__f1", "PMC1__F1")


def test_old_name_of_the_pathway_score() -> None:
    assert parsed("pathway_score: 0.75").pathway_score == 0.75
    assert parsed("automl_pathway: .na.real").pathway_score is None


@pytest.mark.parametrize("text", ["Homo sapiens", "'Homo sapiens'", "[Homo sapiens]"])
def test_old_form_species_as_one_text(text: str) -> None:
    assert parsed(f"organisms: {text}").figure.paper.organisms == ("Homo sapiens",)


@pytest.mark.parametrize(
    ("lines", "species"),
    [
        (["- [Candida] glabrata", "- Homo sapiens"], ("[Candida] glabrata", "Homo sapiens")),
        (["- Influenza A virus #1"], ("Influenza A virus #1",)),
        (["- 'Candidatus: one'", '- "two"'], ("Candidatus: one", "two")),
        (["  - Homo sapiens", "  - Mus musculus"], ("Homo sapiens", "Mus musculus")),
        (["- a name that goes on", "  in the next line", "- b"], ("a name that goes on in the next line", "b")),
        (["- 12", "- true"], ("12", "true")),
    ],
)
def test_species_are_read_as_pfocr_writes_them_bare(lines: list[str], species: tuple[str, ...]) -> None:
    """PFOCR writes the lists of species without any quoting, also where YAML needs it."""
    record = parsed("organisms:", *lines, "number: F1")
    assert record.figure.paper.organisms == species
    assert record.figure.number == "F1"


def test_old_fields_are_passed_over() -> None:
    assert parsed("pmc_ranked_result_index: 17", "annotations: []", "later: {a: [b]}") == parsed()


def test_old_form_lists_inside_the_page_become_rows() -> None:
    """Before 2023 the genes, chemicals and diseases stood in the page, with the names of that time."""
    record = parsed(
        "genes:",
        "- word: HIF1a",
        "  symbol: HIF1A",
        "  source: hgnc_symbol",
        "  hgnc_symbol: HIF1A",
        "  entrez: 3091",
        "- {word: Gp130, symbol: GP130, source: hgnc_alias_symbol, hgnc_symbol: IL6ST, entrez: '3572'}",
        "- {word: AKT, symbol: AKT, source: bioentities_symbol, hgnc_symbol: AKT1, entrez: '207'}",
        "chemicals:",
        "- {word: PGE2, source: MESH, identifier: D015232}",
        "diseases:",
        "- {word: flu, source: MESH, identifier: D007251}",
    )
    assert [row.source for row in record.genes] == ["ncbigene_symbol", "ncbigene_synonym", "famplex_relations"]
    assert record.genes[1] == GeneRow(
        organism_id=9606,
        organism_name="Homo sapiens",
        organism_group="Primates",
        word="Gp130",
        match="GP130",
        symbol="IL6ST",
        gene_id=3572,
        source="ncbigene_synonym",
    )
    assert record.chemicals == (ChemicalRow(word="PGE2", mesh="mesh:D015232"),)
    assert record.diseases == (DiseaseRow(word="flu", mesh="mesh:D007251"),)


@pytest.mark.parametrize("text", ["genes: .na.character", "genes: []", "chemicals: ''"])
def test_empty_lists_inside_the_page_are_no_rows(text: str) -> None:
    record = parsed(text)
    assert (record.genes, record.chemicals) == ((), ())


def test_no_text_becomes_another_type() -> None:
    """A gene called NO, a title that is a date and a number with a leading zero stay the texts that they are."""
    record = parsed(
        "figtitle: 2021-05-01", "number: 007", "schema-jsonld:", "  keywords:", "  - NO", "  - y", "  - 1e5"
    )
    assert (record.figure.title, record.figure.number) == ("2021-05-01", "007")
    assert record.keywords == ("NO", "y", "1e5")


def test_one_keyword_may_stand_as_a_text() -> None:
    """R writes a vector of one as that one."""
    assert parsed("schema-jsonld:", "  keywords: IL6").keywords == ("IL6",)


def test_the_paper_is_known_from_the_figure_id() -> None:
    assert parsed().figure.paper.pmcid == "PMC1"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no front matter"),
        ("figid: a\n", "no front matter"),
        ("---\nfigid: a\n", "without an end"),
        ("---\n---\n", "empty"),
        ("---\n- a\n---\n", "key: value"),
        ("---\nnumber: F1\n---\n", "figid: '' cannot be"),
        (page(figid="../../etc/passwd"), "figid: '../../etc/passwd' cannot be"),
        (page(figid="a/b"), "figid: 'a/b' cannot be"),
        (page(figid="[a]"), "figid: expected a text, found a list"),
        (page("figid: again"), "comes twice"),
        (page("caption: 'not closed"), "broken YAML"),
        (page("caption: a: b"), "broken YAML"),
        (page("caption: \x07"), "broken YAML"),
        (page("a: &a [x, x]", "caption: *a"), "alias"),
        (page("a: " + "[" * 5000 + "]" * 5000), "nests deeper than 16"),
        (page("? [a, b]", ": c"), "a key that is no text"),
        (page("automl_pathway: high"), "automl_pathway is 'high'"),
        (page("automl_pathway: nan"), "automl_pathway is 'nan'"),
        (page("automl_pathway: 7"), "automl_pathway is '7'"),
        (page("keywords:", "- [a]"), "keywords: expected a list of texts"),
        (page("schema-jsonld: [a]"), "schema-jsonld"),
        (page("genes:", "- a"), "genes[0]: expected"),
        (page("genes:", "- {word: A, hgnc_symbol: A, entrez: many}"), "genes[0]: ncbigene_id is 'many'"),
        (page("organisms:", "- 'not closed"), "broken YAML"),
    ],
)
def test_what_is_no_page_is_refused_in_one_line(text: str, says: str) -> None:
    with pytest.raises(RecordError) as caught:
        parse_page(text)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_yaml_bomb_is_refused() -> None:
    """A few lines of aliases stand for a thousand million texts; they are refused where the first is used."""
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    with pytest.raises(RecordError, match="alias"):
        parse_page(page("a0: &a0 [lol]", *levels))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xff\xfe\x00", "not UTF-8 text: byte 0 is 0xff"),
        (b"---\n" + b"a" * PAGE_LIMIT, "larger than 1,000,000 bytes"),
        (b"", "no front matter"),
    ],
)
def test_a_file_that_cannot_be_a_page_is_named(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(data)
    with pytest.raises(RecordError) as caught:
        read_record(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert says in str(caught.value)


def test_a_missing_page_and_a_folder_without_one_page_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="cannot be read"):
        read_record(tmp_path / "absent.md")
    with pytest.raises(RecordError, match=r"0 \.md files in this folder"):
        read_record(tmp_path)
    with pytest.raises(RecordError, match="cannot be read"):
        read_record("a\0b.md")


def test_a_broken_table_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "PMC1__f1.md"
    path.write_text(page(), encoding="utf-8")
    table = tmp_path / "PMC1__f1-genes.tsv"
    table.write_text("word\tncbigene_id\nA\t1\textra\n", encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        read_record(path)
    assert str(caught.value) == f"{table}: line 2 has 3 cells, expected 2 as in the header"


def test_line_ends_of_windows_and_a_byte_order_mark_are_read() -> None:
    text = page("number: F1", "organisms:", "- Homo sapiens")
    assert parse_page("\ufeff" + text.replace("\n", "\r\n")) == parse_page(text)


def test_what_stands_below_the_front_matter_is_passed_over() -> None:
    assert parse_page(page() + "\nText of the page.\n---\nmore\n") == parsed()
