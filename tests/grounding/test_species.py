"""The species of a figure: what the paper says and what is drawn decide, human where nothing does."""

import pytest

from figpath.figure import Figure, Paper
from figpath.grounding.species import scope_of

DROSOPHILA = "Toll signalling in the Drosophila fat body"


def figure(*, title: str = "", caption: str = "", paper: str = "") -> Figure:
    return Figure(figid="f", title=title, caption=caption, paper=Paper(title=paper))


@pytest.mark.parametrize(
    ("given", "drawn", "taxa", "foreign"),
    [
        (figure(), ["JAK2", "STAT3"], (9606,), ""),
        (figure(caption="Signalling in mice lacking Tlr4."), [], (9606, 10090), ""),
        (figure(paper="Insulin resistance in rats"), [], (9606, 10116), ""),
        (figure(paper="Lignin biosynthesis in Arabidopsis thaliana"), ["PAL", "C4H"], (), "plants"),
        (figure(title=DROSOPHILA), ["MyD88"], (), "Drosophila"),
        (figure(), ["PGRP-LC", "Imd", "Relish"], (), "Drosophila"),
        (figure(), ["daf-16", "age-1", "akt-1"], (), "Caenorhabditis elegans"),
        (figure(paper="Osmostress response of Saccharomyces cerevisiae"), ["Hog1"], (), "yeast"),
        (figure(paper="The LasR regulon controls quorum sensing"), ["LasR", "RhlR"], (), "bacteria"),
        (figure(paper="Midgut response of Bombyx mori (Lepidoptera) to infection"), ["BAT1"], (), "insects"),
        (figure(paper="Antiviral immunity of Litopenaeus vannamei"), ["STAT"], (), "crustaceans and molluscs"),
        (figure(paper="Chemotaxis of Dictyostelium discoideum"), ["PTEN", "RasG"], (), "protists"),
        (figure(paper="Dengue virus in macrophages", caption="as in Aedes mosquitoes"), ["STAT1"], (9606,), ""),
        (figure(caption="E. coli LPS activates TLR4 on human macrophages; T cells follow."), [], (9606,), ""),
        (figure(), ["Il6", "Tlr4", "Stat3"], (9606, 10090), ""),
        (figure(), ["IL6", "TLR4", "Smad3", "Stat3"], (9606,), ""),
        (figure(), ["Dif"], (9606,), ""),  # one foreign name may be a coincidence
        (figure(), ["miR-21", "let-7", "il-6"], (9606,), ""),  # small letters alone make no worm
    ],
)
def test_more_evidence_for_another_organism_than_for_a_mammal_takes_the_figure_out_of_human_scope(
    given: Figure, drawn: list[str], taxa: tuple[int, ...], foreign: str
) -> None:
    scope = scope_of(given, drawn)
    assert (scope.taxa, scope.foreign) == (taxa, foreign)


def test_an_organism_whose_genes_are_known_is_grounded_to() -> None:
    scope = scope_of(figure(title=DROSOPHILA), known=(9606, 7227))
    assert (scope.taxa, scope.foreign) == ((7227,), "")


def test_a_further_species_joins_where_the_text_names_it() -> None:
    scope = scope_of(figure(caption="Fin regeneration in zebrafish"), known=(9606, 7955))
    assert scope.taxa == (9606, 7955)


@pytest.mark.parametrize(("word", "viral"), [("HIV-1", True), ("Influenza virus", True), ("STAT3", False)])
def test_a_virus_is_noticed(word: str, viral: bool) -> None:
    assert scope_of(figure(), [word]).viral is viral
