"""Compile, open and query: what went in is found, with every meaning."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from figpath.errors import LexiconError
from figpath.grounding.lexicon.compile import compile_lexicon
from figpath.grounding.lexicon.concept import Concept, Rank, named
from figpath.grounding.lexicon.file import MAGIC, VERSION
from figpath.grounding.lexicon.lexicon import Lexicon
from figpath.grounding.text import fold

CONCEPTS = [
    Concept(id="ncbigene:3717", symbol="JAK2", kind="gene", taxon=9606, names=named("hgnc_symbol", "JAK2")),
    Concept(id="ncbigene:8878", symbol="SQSTM1", kind="gene", taxon=9606, names=named("hgnc_alias", "p62", "OSIL")),
    Concept(
        id="ncbigene:23636", symbol="NUP62", kind="gene", taxon=9606, rank=Rank.OTHER, names=named("hgnc_alias", "P62")
    ),
    Concept(id="mgi:107931", symbol="Sqstm1", kind="gene", taxon=10090, names=named("mgi_synonym", "p62")),
    Concept(
        id="fplx:JAK", symbol="JAK", kind="family", names=named("famplex_name", "JAK"), related=("ncbigene:3717",)
    ),
    Concept(id="chebi:15422", symbol="ATP", kind="chemical"),
    Concept(
        id="mesh:D000255", symbol="Adenosine Triphosphate", kind="chemical", names=named("mesh_synonym", "ATP"),
        related=("chebi:15422",),
    ),
]  # fmt: skip


def lexicon_of(folder: Path, concepts: list[Concept], name: str = "names.lexicon", **options: object) -> Lexicon:
    path = folder / name
    path.write_bytes(compile_lexicon(concepts, **options))  # type: ignore[arg-type]  # options of one test each
    return Lexicon([path])


def test_a_name_is_found_with_every_meaning_in_every_species(tmp_path: Path) -> None:
    senses = lexicon_of(tmp_path, CONCEPTS).find(fold("p62"))
    assert [(s.entity.symbol, s.entity.taxon, s.name) for s in senses] == [
        ("SQSTM1", 9606, "p62"),
        ("NUP62", 9606, "P62"),
        ("Sqstm1", 10090, "p62"),
    ]
    assert senses[1].rank is Rank.OTHER


def test_a_family_brings_its_members_and_says_that_they_were_not_drawn(tmp_path: Path) -> None:
    (family,) = lexicon_of(tmp_path, CONCEPTS).find("jak")
    assert family.kind == "family"
    assert [(e.symbol, e.source) for e in family.related] == [("JAK2", "famplex_relations")]


def test_a_chemical_brings_its_twin_of_the_other_vocabulary(tmp_path: Path) -> None:
    (atp,) = lexicon_of(tmp_path, CONCEPTS).find("atp")
    assert (atp.entity.id, [e.id for e in atp.related]) == ("mesh:D000255", ["chebi:15422"])


def test_what_is_no_name_means_nothing(tmp_path: Path) -> None:
    assert lexicon_of(tmp_path, CONCEPTS).find("nosuchname") == ()


def test_equal_input_gives_equal_bytes() -> None:
    assert compile_lexicon(CONCEPTS) == compile_lexicon(list(CONCEPTS))


def test_counts_by_source_and_kind_are_kept(tmp_path: Path) -> None:
    lexicon = lexicon_of(tmp_path, CONCEPTS)
    assert lexicon.names_by_source() == {
        "famplex_name": 1, "hgnc_alias": 3, "hgnc_symbol": 1, "mesh_synonym": 1, "mgi_synonym": 1,
    }  # fmt: skip
    assert lexicon.concepts_by_kind() == {"chemical": 2, "family": 1, "gene 10090": 1, "gene 9606": 3}


def test_english_words_keep_how_often_they_occur(tmp_path: Path) -> None:
    lexicon = lexicon_of(tmp_path, CONCEPTS, words={"rest": 53_312_008, "the": 23_135_851_162})
    assert lexicon.frequency("Rest") == pytest.approx(7.7, abs=0.05)
    assert lexicon.frequency("STAT3") == 0.0


def test_an_added_species_stands_in_for_the_packaged_one(tmp_path: Path) -> None:
    added = [
        Concept(id="ncbigene:18412", symbol="Sqstm1", kind="gene", taxon=10090, names=named("ncbigene_synonym", "p62"))
    ]
    for name, concepts in (("a.lexicon", CONCEPTS), ("b.lexicon", added)):
        (tmp_path / name).write_bytes(compile_lexicon(concepts))
    lexicon = Lexicon([tmp_path / "a.lexicon", tmp_path / "b.lexicon"])
    assert [s.entity.id for s in lexicon.find("p62") if s.entity.taxon == 10090] == ["ncbigene:18412"]
    assert lexicon.taxa == (9606, 10090)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.lists(st.text(min_size=1, max_size=20).filter(fold), min_size=1, max_size=30, unique_by=fold))
def test_every_name_that_went_in_is_found(tmp_path: Path, texts: list[str]) -> None:
    texts = [text.replace("\0", "x").strip() for text in texts]
    concepts = [
        Concept(id=f"ncbigene:{n}", symbol=text, kind="gene", taxon=9606, names=named("hgnc_symbol", text))
        for n, text in enumerate(texts)
        if fold(text)
    ]
    lexicon = lexicon_of(tmp_path, concepts)
    assert all(concept.id in {s.entity.id for s in lexicon.find(fold(concept.symbol))} for concept in concepts)


def test_a_lexicon_of_another_version_is_refused_with_what_to_do(tmp_path: Path) -> None:
    data = bytearray(compile_lexicon(CONCEPTS))
    data[len(MAGIC)] = VERSION + 1
    path = tmp_path / "old.lexicon"
    path.write_bytes(data)
    with pytest.raises(LexiconError, match=rf"version {VERSION + 1}.*reads {VERSION}.*figpath lexicon"):
        Lexicon([path])


@pytest.mark.parametrize("data", [b"", b"text", b"FIGPLEX\n", compile_lexicon(CONCEPTS)[:200]])
def test_what_is_no_lexicon_or_cut_short_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "bad.lexicon"
    path.write_bytes(data)
    with pytest.raises(LexiconError, match=r"bad\.lexicon"):
        Lexicon([path])


def test_two_concepts_with_one_id_are_refused() -> None:
    with pytest.raises(LexiconError, match="ncbigene:3717"):
        compile_lexicon([CONCEPTS[0], CONCEPTS[0]])
