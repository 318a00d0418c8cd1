"""Names of viral proteins."""

import pytest

from figpath.grounding.viral import is_viral_context, is_viral_name


@pytest.mark.parametrize(
    "name", ["Nsp1", "nsp16", "US11", "UL36", "gp120", "NS5A", "VP35", "E6", "Tat", "NEF", "ORF3a", "HBx"]
)
def test_names_of_viral_proteins_are_known(name: str) -> None:
    assert is_viral_name(name)


@pytest.mark.parametrize("name", ["STAT3", "gp130", "USP7", "E2F1", "NSD1", "VPS35", "TATDN1", "ULK1", "p53"])
def test_names_of_human_genes_are_not(name: str) -> None:
    assert not is_viral_name(name)


@pytest.mark.parametrize(
    ("text", "viral"), [("SARS-CoV-2 entry", True), ("infected by KSHV", True), ("viral RNA", True), ("RIG-I", False)]
)
def test_a_text_about_a_virus_is_noticed(text: str, viral: bool) -> None:
    assert is_viral_context(text) is viral
