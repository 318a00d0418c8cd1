"""Each rewrite is a small function; these are its cases."""

import pytest

from figpath.grounding import rewrite

CASES = {
    "trim_marks": [("(IL-6,", ["IL-6"]), ("→ JAK2", ["JAK2"]), ("TNF*", ["TNF"]), ("JAK2", []), ("...", [])],
    "greek_to_letter": [
        ("IFN-γ", ["IFNg"]),
        ("TNFalpha", ["TNFa"]),
        ("TGF-β1", ["TGFb1"]),
        ("IκBα", ["Ikappa" + "Ba"]),
        ("STAT3", []),
        ("β", []),
    ],
    "drop_prefix": [
        ("p-STAT3", ["STAT3"]),
        ("cleaved caspase-3", ["caspase-3"]),
        ("si-JAK2", ["JAK2"]),
        ("hsa-miR-21", ["miR-21"]),
        ("p38", []),
        ("PI3K", []),
    ],
    "drop_glued_prefix": [("pSTAT3", ["STAT3"]), ("hTERT", ["TERT"]), ("p38", []), ("Akt", [])],
    "drop_suffix": [
        ("STAT3-P", ["STAT3"]),
        ("IL6 mRNA", ["IL6"]),
        ("Ras-GTP", ["Ras"]),
        ("CD4+", ["CD4"]),
        ("IL-6-induced", ["IL-6"]),
        ("JAK2 inhibitor", ["JAK2"]),
        ("STAT3", []),
    ],
    "drop_brackets": [("p65(RelA)", ["p65"]), ("p65 (RelA)", []), ("STAT3(P)", ["STAT3"]), ("(p65)", [])],
    "singular": [("caspases", ["caspase"]), ("JAKs", ["JAK"]), ("Ras", []), ("class", [])],
    "receptor_to_letter": [
        ("EGF receptor", ["EGFR"]),
        ("TNF receptor 1", ["TNFR1"]),
        ("receptor", []),
        ("EGFR", []),
    ],
    "roman_to_digit": [("caspase III", ["caspase3"]), ("STAT3", [])],
    "lookalike_digits": [
        ("STATl", ["STAT1"]),
        ("Wntll", ["Wnt11"]),
        ("FGFIO", ["FGF10"]),
        ("IL1O", ["IL10"]),
        ("STAT1", []),
        ("MYC", []),
    ],
    "drop_isoform": [("PIAS2β", ["PIAS2"]), ("TRIM5-α", ["TRIM5"]), ("PKCα", []), ("STAT3", [])],
    "greek_last": [("β-arrestin", ["arrestin beta"]), ("α-tubulin", ["tubulin alpha"]), ("β", []), ("α5β1", [])],
    "lookalike_strokes": [
        ("elF2α", ["eIF2α"]),
        ("1L-6", ["IL-6"]),
        ("lκBα", ["IκBα"]),
        ("STAT1", []),
        ("III", []),
        ("type IL", []),
    ],
    "lookalike_letters": [("NF-κ8", ["HF-κ8", "NE-κ8", "NP-κ8", "NR-κ8", "NF-κB"]), ("TNF", []), ("A 80", [])],
    "lookalike_greek": [("IKKY", ["IKKγ"]), ("PKCa", ["PKCα"]), ("Ka", []), ("STAT1", [])],
}


def test_every_rule_has_a_table_of_cases() -> None:
    assert set(CASES) == {rule.name for rule in rewrite.RULES}


@pytest.mark.parametrize(("name", "text", "texts"), [(n, t, o) for n, rows in CASES.items() for t, o in rows])
def test_a_rule_rewrites_exactly_as_its_table_says(name: str, text: str, texts: list[str]) -> None:
    (rule,) = (rule for rule in rewrite.RULES if rule.name == name)
    assert list(rule.rewrite(text)) == texts


def test_rules_are_tried_from_the_cheapest_to_the_dearest() -> None:
    costs = [rule.cost for rule in rewrite.RULES]
    assert costs == sorted(costs)
