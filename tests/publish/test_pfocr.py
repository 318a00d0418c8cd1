"""PFOCR's files are written in PFOCR's own bytes, and nothing defective is written."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figpath.errors import InputError
from figpath.figure import Figure, Paper
from figpath.grounding.mention import Entity, Mention
from figpath.publish.pfocr import (
    chemicals_tsv,
    diseases_tsv,
    from_record,
    genes_tsv,
    page_text,
    search_keywords,
    write_record,
)
from figpath.reading.document import Line, Word
from figpath.record import Record
from figpath.source.pfocr import PfocrRecord, parse_page, read_record
from figpath.source.pfocr_tables import (
    MISSING,
    ChemicalRow,
    DiseaseRow,
    GeneRow,
    chemical_row,
    disease_row,
    gene_row,
    parse_table,
)

OWN = Path(__file__).parents[1] / "data" / "pfocr"
SEED = Path(__file__).parents[3] / "shared" / "seed"

both_records = pytest.mark.parametrize("folder", [OWN, SEED], ids=["own", "seed"])


def there(folder: Path) -> Path:
    if not folder.is_dir():
        pytest.skip("the real PFOCR record is not beside this clone (../shared/seed)")
    return folder


def contents(folder: Path) -> dict[str, str]:
    """The text of each file; line ends as Git checks them out do not count."""
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


@both_records
def test_a_page_that_is_read_and_written_has_the_same_bytes(folder: Path) -> None:
    """Field order, folding and quoting are PFOCR's; the page of our own was written by libyaml, not by figpath."""
    record = read_record(there(folder))
    assert page_text(record) == contents(folder)[f"{record.figure.figid}.md"]


@both_records
def test_tables_that_are_read_and_written_have_the_same_bytes(folder: Path) -> None:
    record = read_record(there(folder))
    files = contents(folder)
    tables = {"genes": genes_tsv(record.genes), "diseases": diseases_tsv(record.diseases)}
    if record.chemicals:
        tables["chemicals"] = chemicals_tsv(record.chemicals)
    for kind, text in tables.items():
        assert text == files[f"{record.figure.figid}-{kind}.tsv"], kind


def test_the_keywords_of_the_real_record_can_be_rebuilt_from_its_genes() -> None:
    """Its page lacks the words of its diseases table: that is the defect, so the genes alone give its list."""
    record = read_record(there(SEED))
    assert search_keywords(record.genes) == record.keywords
    assert search_keywords(record.genes, (), record.diseases) == (*record.keywords, "cancer", "tumor")


def test_the_keywords_of_our_record_can_be_rebuilt_from_its_tables() -> None:
    record = read_record(OWN)
    assert search_keywords(record.genes, record.chemicals, record.diseases) == record.keywords


def test_a_sound_record_is_written_as_it_was_read(tmp_path: Path) -> None:
    record = read_record(OWN)
    page = write_record(record, tmp_path / "new" / "folder")
    assert contents(page.parent) == contents(OWN)
    assert b"\r" not in page.read_bytes()
    assert read_record(page) == record


def test_the_page_of_the_real_record_alone_is_written_as_it_was_read(tmp_path: Path) -> None:
    """Without its tables nothing contradicts the page."""
    (page,) = there(SEED).glob("*.md")
    shutil.copy(page, tmp_path)
    written = write_record(read_record(tmp_path), tmp_path / "out")
    assert written.read_bytes() == page.read_bytes()
    assert [path.name for path in written.parent.iterdir()] == [page.name]


def test_defect_repeated_rows_and_keywords_out_of_step_are_not_written(tmp_path: Path) -> None:
    record = replace(
        read_record(OWN),
        keywords=("TRAF6", "stale"),
        organisms_ner=("Danio rerio",),
        diseases=(DiseaseRow(word="tumor", mesh="mesh:D009369"),) * 3,
    )
    found = read_record(write_record(record, tmp_path))
    assert found.keywords == (*search_keywords(record.genes, record.chemicals), "tumor")
    assert found.organisms_ner == ("Homo sapiens", "Mus musculus")
    assert found.diseases == record.diseases[:1]


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("doi: .na.character", "doi: ''"),
        ("journal_title: .na.character", "journal_title: ''"),
        ("publisher_name: .na.character", "publisher_name: ''"),
        ("keywords: .na.character", "keywords: ''"),
        ("journa_nlm_ta: J Ex Med", "journal_nlm_ta: J Ex Med"),
        ("figid_alias: PMC1__F1", "redirect_from: /figures/PMC1__F1"),
        ("pathway_score: 0.5", "automl_pathway: 0.5"),
        ("pathway_score: .na.real", "automl_pathway: ''"),
        ("organisms: Homo sapiens", "organisms:\n- Homo sapiens\norganisms_ner:\n- NA"),
        ("organisms:\n- Homo sapiens\n- NA", "organisms:\n- Homo sapiens\norganisms_ner:\n- NA"),
        ("pmc_ranked_result_index: 5", "ndex: ''"),
        ("annotations: []", "ndex: ''"),
        ("genes:\n- {word: A, hgnc_symbol: A1BG, entrez: '1'}", "  - A1BG"),
    ],
)
def test_defects_of_older_pages_are_read_and_not_written(tmp_path: Path, line: str, written: str) -> None:
    path = tmp_path / "old.jpg.md"
    path.write_text(f"---\nfigid: PMC1__f1.jpg\n{line}\n---\n", encoding="utf-8")
    page = write_record(read_record(path), tmp_path)
    text = page.read_text(encoding="utf-8")
    assert page.name == "PMC1__f1.md"
    assert f"\n{written}\n" in text
    for defect in (".na", "journa_nlm", "f1.jpg.html", "figid: PMC1__f1.jpg", "pathway_score", "ranked", "annotations"):
        assert defect not in text
    assert "\ngenes:" not in text


def test_greek_letters_are_kept() -> None:
    """PFOCR turns TGF-β of a title into TGFB; figpath keeps what the paper prints."""
    record = Record(figid="f", figure=Figure(figid="f", title="TGF-β and NF-κB signalling"))
    assert "figtitle: TGF-β and NF-κB signalling\n" in page_text(from_record(record))


def test_counts_are_those_of_the_rows_of_each_organism() -> None:
    """Symbols, synonyms (NA for none) and distinct matches, constant over the rows of an organism."""
    base = read_record(OWN).genes[0]
    rows = [
        replace(base, word="a", match="A", source="ncbigene_symbol"),
        replace(base, word="b", match="A", source="ncbigene_symbol", gene_id=2),
        replace(base, word="c", match="C", source="famplex_relations", gene_id=3),
        replace(base, organism_id=10090, match="D", source="ncbigene_synonym"),
    ]
    lines = genes_tsv(rows).splitlines()[1:]
    assert [line.split("\t")[-3:] for line in lines] == [["2", "NA", "2"]] * 3 + [["0", "1", "1"]]


def test_a_missing_value_is_na_and_nothing_ends_a_cell() -> None:
    assert chemicals_tsv([ChemicalRow(word="a\tb\nc")]).splitlines()[1] == "a b c\tNA\tNA\tNA\tNA"


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\t\r\n\x1f\ufeff"), min_size=1, max_size=8).filter(
    lambda cell: cell.strip() and cell not in MISSING
)
MAYBE = CELL | st.just("")


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.builds(
            GeneRow,
            organism_id=st.integers(1, 10**9),
            organism_name=MAYBE,
            organism_group=MAYBE,
            word=CELL,
            match=CELL,
            symbol=MAYBE,
            gene_id=st.integers(0, 10**12),
            source=st.sampled_from(["ncbigene_symbol", "ncbigene_synonym", "famplex_relations"]),
        ),
        max_size=4,
    ),
    st.lists(st.builds(ChemicalRow, word=CELL, mesh=MAYBE, match=MAYBE, name=MAYBE, chebi=MAYBE), max_size=4),
    st.lists(st.builds(DiseaseRow, word=CELL, mesh=MAYBE, match=MAYBE, name=MAYBE, doid=MAYBE), max_size=4),
)
def test_rows_come_back_as_they_were(
    genes: list[GeneRow], chemicals: list[ChemicalRow], diseases: list[DiseaseRow]
) -> None:
    assert parse_table(genes_tsv(genes), gene_row) == tuple(genes)
    assert parse_table(chemicals_tsv(chemicals), chemical_row) == tuple(chemicals)
    assert parse_table(diseases_tsv(diseases), disease_row) == tuple(diseases)


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\ufeff"), max_size=120).filter(
    lambda text: text not in MISSING - {""}
)
LETTERS = st.text(st.characters(categories=["L", "N", "P", "S"], exclude_characters="|"), min_size=1, max_size=10)
NAME = st.lists(LETTERS, min_size=1, max_size=3).map(" ".join).filter(lambda name: name not in MISSING)
NAMES = st.lists(NAME, max_size=4).map(tuple)


@settings(deadline=None, max_examples=50)
@given(
    st.builds(
        PfocrRecord,
        figure=st.builds(
            Figure,
            figid=st.just("PMC1__f1"),
            number=TEXT,
            title=TEXT,
            caption=TEXT,
            filename=TEXT,
            link=TEXT,
            paper=st.builds(
                Paper,
                pmcid=st.just("PMC1"),
                title=TEXT,
                reference=TEXT,
                year=TEXT,
                doi=TEXT,
                journal=TEXT,
                keywords=NAMES,
                organisms=NAMES,
            ),
        ),
        organisms_ner=NAMES,
        pathway_score=st.none() | st.integers(0, 10_000_000).map(lambda number: number / 10_000_000),
        alias=st.just("PMC1__F1"),
        figtype=st.sampled_from(["Figure", "Scheme"]),
        ndex=TEXT,
        wpid=TEXT,
        keywords=NAMES,
    )
)
def test_a_page_comes_back_as_it_was(record: PfocrRecord) -> None:
    assert parse_page(page_text(record)) == record


def drawn(**changes: Any) -> Record:
    """A record of a figure that draws p-STAT3 twice, a list with MMP9, and an unlikely gene."""
    word = Word(text="MMP2/MMP9", box=(0, 0, 90, 20), score=0.9)
    stat3 = Mention(
        text="p-STAT3",
        kind="gene",
        score=0.9,
        match="STAT3",
        entities=(
            Entity(id="ncbigene:6774", symbol="STAT3", taxon=9606, source="hgnc_symbol"),
            Entity(id="ncbigene:20848", symbol="Stat3", taxon=10090, source="mgi_symbol"),
        ),
    )
    mmp9 = Entity(id="ncbigene:4318", symbol="MMP9", taxon=9606, source="hgnc_symbol")
    listed = Mention(text="MMP9", kind="gene", score=0.8, match="MMP9", entities=(mmp9,), box=(50, 0, 90, 20))
    ill = Mention(text="flu", kind="disease", score=0.7, entities=(Entity(id="mesh:D007251", symbol="Influenza"),))
    values: dict[str, Any] = {
        "figid": "PMC7__a-g001",
        "pathway_score": 0.25,
        "organisms": (9606, 10090),
        "figure": Figure(
            figid="PMC7__a-g001",
            number="SF1_2",
            title="Too short",
            caption="First line\\\r\nand second.",
            paper=Paper(title="A title of the paper. On two.", organisms=("\"Homo: sapiens'",)),
        ),
        "lines": (Line(text=word.text, box=word.box, score=0.9, words=(word,)),),
        "mentions": (stat3, listed, stat3, replace(listed, text="CELL", match="CELL", score=0.2), ill),
    }
    return Record(**values | changes)


def test_a_record_of_figpath_as_pfocr_record() -> None:
    """Title, caption, ids and species follow PFOCR's rules; unlikely mentions are left out."""
    made = from_record(drawn())
    assert made.figure.title == "A title of the paper. On two"
    assert made.figure.caption == "First line/ and second."
    assert made.figure.filename == "a-g001.jpg"
    assert (made.alias, made.figtype, made.pathway_score) == ("PMC7__SF1_2", "Supplemental figure", 0.25)
    assert made.figure.paper.organisms == ("Homo sapiens",)
    assert made.organisms_ner == ("Homo sapiens", "Mus musculus")
    assert [(row.organism_id, row.word, row.match, row.symbol) for row in made.genes] == [
        (9606, "p-STAT3", "STAT3", "STAT3"),
        (9606, "MMP2/MMP9", "MMP9", "MMP9"),
        (10090, "p-STAT3", "STAT3", "Stat3"),
    ]
    assert made.keywords == ("STAT3", "MMP9", "Stat3", "flu")
    assert len(from_record(drawn(), minimum_score=0.1).genes) == 4


def test_a_record_of_a_plain_picture() -> None:
    """Without a paper the id of the figure stands in, and species are those of the genes that were found."""
    record = drawn(figid="my figure", figure=Figure(figid="my figure"), organisms=())
    made = from_record(record)
    assert (made.figure.number, made.alias, made.figtype) == ("F0", "my figure__F0", "Figure")
    assert made.figure.filename == "my figure.jpg"
    assert made.organisms_ner == ("Homo sapiens", "Mus musculus")
    assert parse_page(page_text(made)).figure == made.figure


@pytest.mark.parametrize(
    ("number", "figtype"),
    [("F2", "Figure"), ("F3a", "Figure"), ("S1", "Scheme"), ("SF3", "Supplemental figure"), ("EV2", "Extended view"),
     ("GA1", "Graphical abstract"), ("AF1", "Appendix figure"), ("X1", "Figure"), ("", "Figure")],
)  # fmt: skip
def test_the_type_of_a_figure_comes_from_the_letters_of_its_number(number: str, figtype: str) -> None:
    figure = Figure(figid="f", number=number)
    assert from_record(drawn(figid="f", figure=figure)).figtype == figtype


def test_a_table_that_has_no_rows_any_more_is_taken_away(tmp_path: Path) -> None:
    record = read_record(OWN)
    write_record(record, tmp_path)
    write_record(replace(record, diseases=()), tmp_path)
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".md", ".tsv", ".tsv"]
    assert read_record(tmp_path).diseases == ()


def test_nothing_is_half_written_when_a_file_cannot_be(tmp_path: Path) -> None:
    """A table that cannot be written leaves the files of before as they were, and no other file behind."""
    record = read_record(OWN)
    write_record(record, tmp_path)
    before = contents(tmp_path)
    unwritable = replace(record.genes[0], word="half a character \ud800")
    with pytest.raises(InputError, match="cannot write"):
        write_record(replace(record, genes=(unwritable,)), tmp_path)
    assert contents(tmp_path) == before


def test_a_folder_that_is_a_file_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError) as caught:
        write_record(read_record(OWN), tmp_path / "file")
    assert "\n" not in str(caught.value)


def test_an_id_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be a figure id"):
        write_record(PfocrRecord(figure=Figure(figid="../up")), tmp_path)
