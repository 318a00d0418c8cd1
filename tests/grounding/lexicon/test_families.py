"""Families that approved names imply, and the names of micro-RNAs."""

import pytest

from figpath.grounding.lexicon.concept import Concept, Rank, named
from figpath.grounding.lexicon.families import micro_rna_families, micro_rna_names, name_families, stem_of


def gene(symbol: str, name: str, *, rank: Rank = Rank.PROTEIN) -> Concept:
    return Concept(id=f"ncbigene:{symbol}", symbol=symbol, kind="gene", rank=rank, names=named("hgnc_name", name))


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("angiopoietin 2", "angiopoietin"),
        ("caspase 3", "caspase"),
        ("interleukin 17A", "interleukin"),
        ("protein kinase C alpha", "protein kinase C"),
        ("catenin beta", "catenin"),
        ("interleukin 1 receptor type 1", None),
        ("chromosome 1 open reading frame 10", None),
        ("zinc finger protein 10", None),
        ("Janus kinase 2", None),  # a person's name is no family's
        ("p 5", None),
    ],
)
def test_a_name_implies_a_family_only_when_a_designation_ends_it(name: str, stem: str | None) -> None:
    expected = None if name == "protein kinase C alpha" else stem
    assert stem_of(name) == expected


def test_two_genes_make_a_family_one_does_not() -> None:
    genes = [gene(f"ANGPT{n}", f"angiopoietin {n}") for n in (1, 2, 4)]
    genes += [gene("XYZ1", "xyzzyin 1")]
    (family,) = name_families(genes, taken=set())
    assert family.symbol == "Angiopoietin"
    assert family.related == ("ncbigene:ANGPT1", "ncbigene:ANGPT2", "ncbigene:ANGPT4")


def test_the_root_that_all_symbols_share_names_the_family_too() -> None:
    genes = [gene(f"IRF{n}", f"interferon regulatory factor {n}") for n in (1, 2, 9)]
    (family,) = name_families(genes, taken=set())
    assert [name.text for name in family.names] == ["interferon regulatory factor", "IRF"]


def test_a_stem_that_already_means_something_makes_no_family() -> None:
    genes = [gene(f"CASP{n}", f"caspase {n}") for n in (1, 2, 3)]
    assert name_families(genes, taken={"caspase"}) == []


def test_pseudogenes_count_for_no_family() -> None:
    genes = [gene(f"ANGPT{n}", f"angiopoietin {n}", rank=Rank.PSEUDOGENE) for n in (1, 2, 4)]
    assert name_families(genes, taken=set()) == []


@pytest.mark.parametrize(
    ("symbol", "names"),
    [
        ("MIR29B1", ("miR-29b", "miR-29")),
        ("MIRLET7A1", ("let-7a", "let-7")),
        ("MIRLET7D", ("let-7d", "let-7")),
        ("MIR21", ("miR-21",)),
        ("MIR200C", ("miR-200c", "miR-200")),
        ("MIR210HG", ()),
        ("MIR4435-2HG", ()),
    ],
)
def test_micro_rna_symbols_give_the_mature_and_the_family_name(symbol: str, names: tuple[str, ...]) -> None:
    assert micro_rna_names(symbol) == names


def test_micro_rnas_group_by_mature_form_and_by_family() -> None:
    genes = [gene(symbol, "", rank=Rank.MICRO_RNA) for symbol in ("MIR29A", "MIR29B1", "MIR29B2", "MIR21")]
    groups = {family.symbol: len(family.related) for family in micro_rna_families(genes)}
    assert groups == {"miR-29": 3, "miR-29b": 2}
