"""Gene sets in GMT form: which genes count, how sets are named, and the names of the files."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from figpath.figure import Figure, Paper
from figpath.grounding.mention import Entity, Mention
from figpath.publish.gmt import GeneSet, chemical_sets, file_name, gene_sets, to_gmt
from figpath.record import Record

if TYPE_CHECKING:
    from figpath.publish.gmt import Names

DAY = date(2025, 7, 1)


def gene(number: int, *, source: str = "hgnc_symbol", taxon: int = 9606, score: float = 0.9) -> Mention:
    entity = Entity(id=f"ncbigene:{number}", symbol=f"G{number}", taxon=taxon, source=source)
    return Mention(text=f"G{number}", kind="gene", score=score, entities=(entity,))


def chemical(number: int) -> Mention:
    entities = (Entity(id=f"mesh:D{number}", symbol="m"), Entity(id=f"chebi:{number}", symbol="c"))
    return Mention(text="c", kind="chemical", score=0.9, entities=entities)


def record(figid: str, *mentions: Mention, number: str = "", title: str = "", pmcid: str = "") -> Record:
    figure = Figure(figid=figid, number=number, title=title, paper=Paper(pmcid=pmcid, title="Paper"))
    return Record(figid=figid, figure=figure, organisms=(9606,), mentions=mentions)


DRAWN = (
    gene(1),
    gene(2),
    gene(3),
    gene(2),
    gene(4, source="hgnc_alias"),
    gene(5, source="famplex_relations"),
    gene(6, taxon=10090, source="mgi_symbol"),
    gene(7, score=0.4),
    chemical(15422),
)


@pytest.mark.parametrize(
    ("names", "expected"),
    [("strict", "1 2 3"), ("synonyms", "1 2 3 4"), ("all", "1 2 3 4 5")],
)
def test_names_decide_which_genes_count(names: Names, expected: str) -> None:
    """Each gene once, in the order of the figure; none of another species and none that is unlikely."""
    (found,) = gene_sets([record("f", *DRAWN)], taxon=9606, names=names)
    assert found == GeneSet(id="f", title="Paper", members=tuple(expected.split()))


def test_a_set_needs_three() -> None:
    few, enough = record("few", gene(1), gene(2), gene(1)), record("enough", gene(1), gene(2), gene(3))
    assert [one.id for one in gene_sets([few, enough], taxon=9606)] == ["enough"]
    assert gene_sets([enough], taxon=10090) == ()


def test_chemicals_are_sets_of_chebi_ids() -> None:
    drawn = [chemical(n) for n in (1, 2, 3, 2)]
    assert [one.members for one in chemical_sets([record("f", *drawn)], taxon=9606)] == [
        ("CHEBI:1", "CHEBI:2", "CHEBI:3")
    ]
    assert chemical_sets([record("f", *drawn)], taxon=10090) == ()


def test_sets_have_the_readable_id_where_it_is_unique() -> None:
    """Ids of sets are distinct: two figures of one number are named by their figids."""
    genes = (gene(1), gene(2), gene(3))
    records = [
        record("PMC1__a", *genes, number="F1", pmcid="PMC1", title="T"),
        record("PMC2__a", *genes, number="F2", pmcid="PMC2"),
        record("PMC2__b", *genes, number="F2", pmcid="PMC2"),
        record("PMC3__c", *genes, number="F0", pmcid="PMC3"),
    ]
    assert [one.id for one in gene_sets(records, taxon=9606)] == ["PMC1__F1", "PMC2__a", "PMC2__b", "PMC3__c"]


def test_a_line_is_id_title_and_members() -> None:
    """A title keeps to its cell."""
    sets = [GeneSet(id="a", title="one\ttwo\nthree", members=("1", "2")), GeneSet(id="b", title="β", members=("3",))]
    assert to_gmt(sets) == "a\tone two three\t1\t2\nb\tβ\t3\n"


def test_files_have_the_names_of_pfocr() -> None:
    assert file_name(9606, DAY) == "pfocr-20250701-gmt-Homo_sapiens.gmt"
    assert file_name(10090, DAY, chemicals=True) == "pfocr-20250701-chemical-gmt-Mus_musculus.gmt"
    assert file_name(559292, DAY) == "pfocr-20250701-gmt-Saccharomyces_cerevisiae.gmt"
