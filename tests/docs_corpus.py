"""The corpus of the examples in the pages: six figures that nobody published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figpath.figure import Paper
from made_corpus import corpus_of, entry, family, gene, mouse_gene, other

if TYPE_CHECKING:
    from pathlib import Path

_CHOLESTEROL = other("chemical", "cholesterol", ("mesh:D002784", "Cholesterol"), ("chebi:16113", "cholesterol"))
_FIBROSIS = other("disease", "fibrosis", ("mesh:D005355", "Fibrosis"))


def _paper(number: int, year: int, journal: str, title: str, *keywords: str) -> Paper:
    return Paper(pmcid=f"PMC{number}", title=title, year=str(year), journal=journal, keywords=keywords)


def write_docs_corpus(path: Path) -> Path:
    """Write it."""
    lung = _paper(101, 2021, "Lung Biology", "Tumour exosomes in the lung", "exosome", "lung")
    growth = _paper(102, 2019, "Growth Factor Reviews", "Growth factors of the lung")
    return corpus_of(
        path,
        entry(
            "PMC101__fig2",
            *map(gene, ("JAK2", "STAT3", "IL6")),
            title="Exosomes activate JAK2/STAT3 signaling in the lung",
            caption="Exosomes from tumour cells carry IL-6. In the lung, JAK2 phosphorylates STAT3.",
            paper=lung,
            pathway=0.98,
            dhash=0x0F0F_3C3C_5A5A_9696,
        ),
        entry(
            "PMC102__fig1",
            family("FGF", "FGF1", "FGF2"),
            gene("AKT1", "Akt"),
            gene("TP53", "p53"),
            _FIBROSIS,
            title="FGF signaling in fibrosis",
            paper=growth,
            pathway=0.95,
            dhash=0x1111_8888_4444_2222,
        ),
        entry(
            "PMC103__fig5",
            gene("FGF2", "bFGF"),
            gene("AKT1", "Akt"),
            _CHOLESTEROL,
            title="bFGF and cholesterol",
            paper=_paper(103, 2016, "Growth Factor Reviews", "Lipids and growth"),
            number="S1",
            pathway=0.9,
            dhash=0xFEDC_BA98_7654_3210,
        ),
        entry(
            "PMC104__fig1",
            *map(gene, ("JAK2", "STAT3", "TNF", "IL6")),
            title="Cytokines in inflammation",
            caption="TNF-α and IL-6 act on hepatocytes.",
            paper=_paper(104, 2020, "Immunity Letters", "Cytokines"),
            pathway=0.97,
            dhash=0x0123_4567_89AB_CDEF,
        ),
        entry(
            "PMC105__fig3",
            mouse_gene("Jak2", 16452),
            organisms=(10090,),
            title="Erythropoiesis in mice",
            paper=_paper(105, 2018, "Blood Notes", "Red cells"),
            dhash=0x7777_0000_7777_0000,
        ),
        entry(
            "PMC106__fig1",
            *map(gene, ("JAK2", "STAT3")),
            title="Exosomes and JAK2/STAT3, redrawn",
            paper=_paper(106, 2023, "Reviews of Reviews", "A review"),
            dhash=0x0F0F_3C3C_5A5A_9697,
        ),
    )
