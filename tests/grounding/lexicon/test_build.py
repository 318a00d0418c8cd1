"""The tables of names become concepts: what figures draw is kept, what no figure draws is not."""

import pytest

from figpath.errors import TableError
from figpath.grounding.lexicon.build import drawn_counts, drawn_families, drawn_names, merged, with_drawn_names
from figpath.grounding.lexicon.concept import Concept, Rank, named
from figpath.grounding.lexicon.hgnc import human_genes, is_accession, rodent_genes
from figpath.grounding.lexicon.ncbi_tables import read_genes, with_ncbi_ids, with_ncbi_names
from figpath.grounding.lexicon.ontologies import chemicals, descriptors, diseases

HGNC_HEADER = (
    "HGNC ID\tApproved symbol\tApproved name\tStatus\tAlias symbols\tNCBI Gene ID(supplied by NCBI)\tUniProt\tMGI\tRGD"
    "\tPrevious symbols\tEnsembl gene ID\tLocus type"
)


def hgnc(*rows: str) -> list[list[str]]:
    return [line.split("\t") for line in (HGNC_HEADER, *rows)]


def test_human_genes_carry_symbol_aliases_previous_symbols_and_name() -> None:
    (gene,) = human_genes(
        hgnc("HGNC:6192\tJAK2\tJanus kinase 2\tApproved\tJTK10, MGC1234\t3717\t\t\t\tOLD2\t\tgene with protein product")
    )
    assert (gene.id, gene.symbol, gene.rank) == ("ncbigene:3717", "JAK2", Rank.PROTEIN)
    assert [(n.text, n.source) for n in gene.names] == [
        ("JAK2", "hgnc_symbol"),
        ("JTK10", "hgnc_alias"),
        ("OLD2", "hgnc_previous"),
        ("Janus kinase 2", "hgnc_name"),
    ]


def test_a_gene_without_ncbi_id_keeps_its_hgnc_id_and_withdrawn_entries_are_left_out() -> None:
    rows = hgnc(
        "HGNC:1\tAAA1\ta gene\tApproved\t\t\t\t\t\t\t\tgene with protein product",
        "HGNC:2\tBBB1\tgone\tEntry Withdrawn\t\t2\t\t\t\t\t\tgene with protein product",
        "HGNC:3\tFRAXA\ta site\tApproved\t\t3\t\t\t\t\t\tfragile site",
    )
    assert [gene.id for gene in human_genes(rows)] == ["hgnc:1"]


@pytest.mark.parametrize(
    ("name", "accession"),
    [("Gm1234", True), ("0610005C13Rik", True), ("LOC123", True), ("AI893533", True), ("Il6", False), ("GM2A", False)],
)
def test_numbers_of_clones_and_predicted_genes_are_told_from_names(name: str, accession: bool) -> None:
    assert is_accession(name) is accession


def test_rodent_genes_leave_accessions_out() -> None:
    rows = [["ID", "symbol", "synonyms", "ensembl"], ["96559", "Il6", "Il-6|AI893533", ""], ["1", "Gm7", "", ""]]
    (gene,) = rodent_genes(rows, taxon=10090, separator="|")
    assert (gene.id, [n.text for n in gene.names]) == ("mgi:96559", ["Il6", "Il-6"])


ROW = "  3717 : NtData(GeneID=3717, Symbol='JAK2', Aliases='JTK10', other_designations='kinase Jak2|a very long one'),"


def test_ncbi_adds_names_and_ids() -> None:
    (gene,) = read_genes(f"import x\nGENEID2NT = {{\n{ROW}\n}}")
    jak2 = Concept(id="ncbigene:3717", symbol="JAK2", kind="gene", taxon=9606, names=named("hgnc_symbol", "JAK2"))
    (richer,) = with_ncbi_names([jak2], [gene])
    assert [n.text for n in richer.names] == ["JAK2", "JTK10", "kinase Jak2", "a very long one"]
    mouse = Concept(id="mgi:96629", symbol="JAK2", kind="gene", taxon=10090)
    assert with_ncbi_ids([mouse], [gene])[0].id == "ncbigene:3717"


def test_a_row_that_is_no_row_is_refused() -> None:
    with pytest.raises(TableError, match="not a row of NCBI genes"):
        list(read_genes("  1 : NtData(GeneID=print(1)),"))


MESH = descriptors(
    [
        ["D000255", "Adenosine Triphosphate", "ATP|Triphosphate, Adenosine", "D13.695.667"],
        ["D010770", "Phosphotransferases", "Kinases", "D08.811.913"],
        ["D006528", "Carcinoma, Hepatocellular", "Hepatoma|HCC", "C04.557.470"],
        ["D007249", "Inflammation", "", "C23.550.470"],
    ]
)
CHEBI = [{"id": "CHEBI:15422", "name": "ATP"}, {"id": "CHEBI:1", "name": "(2R)-x-[a(b(c))]yl"}]


def test_chemicals_of_two_vocabularies_become_one_and_enzymes_none() -> None:
    found = chemicals(MESH, CHEBI, {"D000255": "CHEBI:15422"}, {}, {"CHEBI:1"})
    assert [(c.id, [n.text for n in c.names], c.related) for c in found] == [
        ("mesh:D000255", ["Adenosine Triphosphate", "ATP"], ("chebi:15422",)),
        ("chebi:1", [], ()),
        ("chebi:15422", [], ()),
    ]


def test_diseases_leave_processes_and_acronyms_out() -> None:
    doid = [{"id": "DOID:684", "name": "hepatocellular carcinoma", "xrefs": [{"namespace": "MESH", "id": "D006528"}]}]
    found = diseases(MESH, doid, {})
    assert [(c.id, [n.text for n in c.names]) for c in found if c.names] == [
        ("mesh:D006528", ["Hepatoma", "hepatocellular carcinoma"])
    ]


def test_concepts_of_one_id_are_joined() -> None:
    twins = [Concept(id="a:1", symbol="A", kind="gene", names=named("s", text)) for text in ("A", "B")]
    assert [[n.text for n in c.names] for c in merged(twins)] == [["A", "B"]]


def test_own_names_come_right_after_the_approved_one() -> None:
    gene = Concept(id="ncbigene:1", symbol="RB1", kind="gene", names=named("hgnc_symbol", "RB1", "old"))
    (richer,) = with_drawn_names([gene], {"ncbigene:1": ["Rb"]})
    assert [(n.text, n.source) for n in richer.names][:2] == [("RB1", "hgnc_symbol"), ("Rb", "figpath_name")]


def test_an_own_name_for_an_unknown_id_is_refused() -> None:
    with pytest.raises(TableError, match="mesh:X"):
        with_drawn_names([], {"mesh:X": ["x"]})


def test_a_family_with_an_unknown_member_is_refused() -> None:
    with pytest.raises(TableError, match="is no approved symbol"):
        drawn_families({})


def test_own_tables_can_be_read() -> None:
    assert drawn_names({"RB1": "ncbigene:5925"})["ncbigene:5925"] == ["Rb", "pRb"]
    assert drawn_counts()["ncbigene:3717"] > 0
