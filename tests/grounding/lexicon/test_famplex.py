"""FamPlex: membership is closed over the hierarchy."""

from figpath.grounding.lexicon.famplex import families, groundings, members

RELATIONS = [
    ["HGNC", "AKT1", "isa", "FPLX", "AKT"],
    ["HGNC", "AKT2", "isa", "FPLX", "AKT"],
    ["HGNC", "PIK3CA", "isa", "FPLX", "PI3K_p110"],
    ["HGNC", "PIK3R1", "isa", "FPLX", "PI3K_p85"],
    ["FPLX", "PI3K_p110", "partof", "FPLX", "PI3K"],
    ["FPLX", "PI3K_p85", "partof", "FPLX", "PI3K"],
    ["UP", "P12345", "isa", "FPLX", "Odd"],
]


def test_a_family_holds_the_genes_of_every_family_below_it() -> None:
    found = members(RELATIONS)
    assert found["PI3K"] == ("PIK3CA", "PIK3R1")
    assert found["AKT"] == ("AKT1", "AKT2")


def test_a_family_without_a_human_gene_is_left_out() -> None:
    assert "Odd" not in members(RELATIONS)


def test_a_loop_in_the_hierarchy_ends() -> None:
    loop = [["FPLX", "A", "isa", "FPLX", "B"], ["FPLX", "B", "isa", "FPLX", "A"], ["HGNC", "X", "isa", "FPLX", "A"]]
    assert members(loop) == {"A": ("X",), "B": ("X",)}


def test_families_carry_their_curated_names_and_member_ids() -> None:
    names = groundings([["Akt", "FPLX", "AKT", "", ""], ["PKB", "FPLX", "AKT", "HGNC", "AKT1"]])
    (akt,) = families({"AKT": ("AKT1", "AKT9")}, names, {"AKT1": "ncbigene:207"})
    assert [name.text for name in akt.names] == ["AKT", "Akt", "PKB"]
    assert akt.related == ("ncbigene:207",)
    assert names["HGNC", "AKT1"] == ["PKB"]
