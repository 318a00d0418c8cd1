"""Titles and captions of synthetic figures: sentences of a scientific vocabulary around what the figure draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from synthetic_names import popularity

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

_TITLES = (
    "{gene} signaling in {disease}", "The {gene}/{other} pathway and {process} of {cell}",
    "Schematic representation of the {gene} signaling pathway", "Role of {gene} in {process} of the {tissue}",
    "Proposed model of {process} in {disease}", "Mechanism by which {chemical} acts on {gene} in {cell}",
    "Regulation of {process} by {gene} and {other}", "Crosstalk between {gene} and {other} in {cell}",
    "Overview of {process} in the {tissue}", "{chemical} inhibits {gene}-mediated {process} in {disease}",
    "Molecular pathways of {disease}", "Working model", "Signaling pathways involved in {process}",
)  # fmt: skip
_SENTENCES = (
    "{gene} binds {other} and activates {process} in {cell}.",
    "Upon stimulation with {chemical}, {gene} is phosphorylated and translocates to the nucleus.",
    "Loss of {gene} leads to {process} of the {tissue}, which promotes {disease}.",
    "Arrows show activation, blunt ends inhibition; dashed lines are indirect effects on {word} and {word2}.",
    "In {cell}, {word} depends on {gene}, {other} and {chemical}.",
    "Red boxes mark genes that are up-regulated in {disease}, blue ones those that are down-regulated.",
    "Abbreviations: {gene}, {other}, {chemical}, {word}, {word2}.",
    "The {word} complex recruits {gene} and thereby restrains {process} in the {tissue}.",
    "Adapted from {word2} et al., with changes to {word}.",
    "See the text for {word} of {disease} and for {word2}.",
)  # fmt: skip
_PROCESSES = (
    "apoptosis", "autophagy", "cell proliferation", "epithelial-mesenchymal transition", "angiogenesis",
    "inflammation", "glucose uptake", "lipid metabolism", "oxidative stress", "DNA repair", "cell cycle arrest",
    "migration and invasion", "T cell activation", "exosome secretion", "insulin secretion", "synaptic plasticity",
    "hypoxia response", "protein degradation", "mitochondrial biogenesis", "bone resorption", "senescence",
    "ferroptosis", "pyroptosis", "immune evasion", "antigen presentation", "chemoresistance", "fibrosis",
    "vascular remodeling", "neurogenesis", "myogenesis",
)  # fmt: skip
_TISSUES = (
    "lung", "liver", "kidney", "heart", "brain", "retina", "skin", "colon", "breast", "pancreas", "bone marrow",
    "skeletal muscle", "adipose tissue", "hippocampus", "spleen", "placenta", "prostate", "ovary", "endothelium",
    "small intestine",
)  # fmt: skip
_CELLS = (
    "macrophages", "T cells", "B cells", "dendritic cells", "hepatocytes", "cardiomyocytes", "neurons", "astrocytes",
    "fibroblasts", "cancer stem cells", "endothelial cells", "osteoclasts", "beta cells", "podocytes",
    "keratinocytes", "neutrophils", "mesenchymal stem cells", "natural killer cells", "microglia", "adipocytes",
)  # fmt: skip
_FIELDS = (
    "Immunology", "Oncology", "Cell Biology", "Neuroscience", "Physiology", "Pharmacology", "Endocrinology",
    "Cardiology", "Microbiology", "Genetics", "Pathology", "Biochemistry", "Nutrition", "Hematology", "Toxicology",
    "Virology", "Dermatology", "Gastroenterology", "Nephrology", "Rheumatology", "Aging", "Metabolism",
    "Molecular Medicine", "Signal Transduction",
)  # fmt: skip
_JOURNALS = (
    "Frontiers in {}", "Journal of {}", "{} Reports", "International Journal of {}", "Nature Reviews {}",
    "Trends in {}", "Current Opinion in {}", "BMC {}", "Annals of {}", "Open {}", "{} Letters", "Advances in {}",
)  # fmt: skip
_SYLLABLES = (
    "ba",
    "cor",
    "di",
    "fen",
    "gly",
    "hap",
    "ino",
    "ket",
    "lum",
    "mor",
    "neu",
    "os",
    "pa",
    "ren",
    "sul",
    "tri",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a figure is about: names of genes, chemicals and diseases that it draws, or some that it could."""

    genes: Sequence[str]
    chemicals: Sequence[str]
    diseases: Sequence[str]


class Writer:
    """Writes titles, captions and names of journals.

    Parameters
    ----------
    drawn
        The source of chance.
    words
        How many words there are that mean nothing, so that the vocabulary is as large as that of real captions.
    """

    def __init__(self, drawn: random.Random, *, words: int = 30_000) -> None:
        self._drawn = drawn
        self._words = _made_words(words)
        self._word_shares = _cumulated(popularity(words, exponent=1.0, flat=3.0).tolist())
        self._journals = [form.format(field) for field in _FIELDS for form in _JOURNALS]
        drawn.shuffle(self._journals)
        self._journal_shares = _cumulated(popularity(len(self._journals), exponent=1.1, flat=2.0).tolist())

    def title(self, subject: Subject) -> str:
        """Return a title."""
        return self._filled(self._drawn.choice(_TITLES), subject)

    def caption(self, subject: Subject) -> str:
        """Return a caption of one to nine sentences."""
        count = self._drawn.randint(1, 9)
        return " ".join(self._filled(form, subject) for form in self._drawn.choices(_SENTENCES, k=count))

    def keywords(self, subject: Subject) -> tuple[str, ...]:
        """Return keywords of a paper."""
        choose = self._drawn.choice
        return (choose(subject.genes), choose(subject.diseases), choose(_PROCESSES), choose(_TISSUES), self._word())

    def journal(self) -> str:
        """Return the name of a journal."""
        return self._drawn.choices(self._journals, cum_weights=self._journal_shares)[0]

    def _filled(self, form: str, subject: Subject) -> str:
        choose = self._drawn.choice
        return form.format(
            gene=choose(subject.genes),
            other=choose(subject.genes),
            chemical=choose(subject.chemicals),
            disease=choose(subject.diseases),
            process=choose(_PROCESSES),
            tissue=choose(_TISSUES),
            cell=choose(_CELLS),
            word=self._word(),
            word2=self._word(),
        )

    def _word(self) -> str:
        return self._drawn.choices(self._words, cum_weights=self._word_shares)[0]


def _made_words(count: int) -> list[str]:
    """Words of two to four syllables, each once."""
    base = len(_SYLLABLES)
    found = []
    for number in range(base, base + count):
        word, rest = "", number
        while rest:
            rest, last = divmod(rest, base)
            word += _SYLLABLES[last]
        found.append(f"{word}ine" if number % 3 else word)
    return found


def _cumulated(shares: Sequence[float]) -> list[float]:
    total, found = 0.0, []
    for share in shares:
        total += share
        found.append(total)
    return found
