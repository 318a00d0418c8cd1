"""What the words of a figure are about: names of genes, mechanisms, numbers on axes, or the steps of a study.

The three lists of words are general knowledge of what pathways, plots and work-flow charts say, written down before
the model was fitted.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.grounding.mention import Mention
    from figpath.reading.document import Line

_WORD = re.compile(r"[^\s,;:()\[\]]+")
_NUMBER = re.compile(r"[\s\d.,%+\-−–×x<>=*/()eE°]+")
_PANEL = re.compile(r"\(?[A-Ha-h][).]?")
_CAPITALS = re.compile(r"[A-Z][A-Z0-9\-αβγ/]{1,7}")
_WITH_DIGIT = re.compile(r"(?=.*\d)[A-Za-zα-ω][A-Za-z0-9\-/α-ω]{1,8}")
_LISTS = {
    "mechanism": r"""
        signall?(?:ing)?s? pathways? activat\w* inhibit\w* phosphorylat\w* nucle(?:us|ar) cytoplasm\w* cytosol\w*
        membranes? mitochondri\w* apoptosis proliferat\w* receptors? kinases? transcription\w* translation degradat\w*
        (?:bio)?synthesis metabolism oxidation [agc][tdm]p nadp?h? fad (?:acetyl-)?coa ros camp cgmp ca2\+ ligands?
        cascade ubiquitin\w* autophagy endoplasmic er golgi lysosom\w* inflammation differentiation survival migration
        angiogenesis growth cytokines? hormones? glucose pyruvate lactate glutamate lipids? cholesterol extracellular
        intracellular complex uptake secretion release binding feedback stress hypoxia insulin calcium dna mrna protein
        cells? target genes? response death cycle \w{4,}ases?""",
    "plot": r"""
        n p days? hours? h hrs? min time weeks? months? years? control ctrl wt ko vehicle mock treated untreated fold
        relative mean median log(?:2|10)? % percent ratio levels? intensity counts? density frequency number
        concentration merged? dapi gfp kda [uµμ]m nm mm scale bar pc[12] umap\w* tsne\w* risk ci or hr auc roc rate
        dose change values? p-value padj fdr adjusted score area temperature ph age""",
    "study": r"""
        data(?:sets?|bases?)? analys[ei]s sequenc(?:e|ing) samples? patients? filter\w* quality train\w* test
        validation models? output input cohort included excluded eligib\w* align\w* rna-?seq chip-?seq python software
        cluster\w* normali[sz](?:ation|ed) stud(?:y|ies) files? reads extract\w* select\w* steps? pipeline workflow
        tools? user query search results? report matrix features? records? identif\w* screen\w* collect\w* prepar\w*
        library assembly annotation random\w* groups? experiments? protocol mice participants? questionnaire literature
        prediction network visuali[sz]ation map(?:ping)? table text algorithm import export download upload web server
        api json xml csv yes no""",
}


def features(lines: Sequence[Line], mentions: Sequence[Mention]) -> dict[str, float]:
    """Describe what lines say, each by a number of about 0 to 5.

    Parameters
    ----------
    lines
        The text as recognised.
    mentions
        The names that were found in it.
    """
    words = [word for line in lines for word in _WORD.findall(line.text)]
    spoken = [word for word in words if any(letter.isalpha() for letter in word)]
    return {
        **_lines(lines),
        "words": float(np.log1p(len(words))),
        "words_a_line": min(10.0, len(words) / max(1, len(lines))),
        "numbers": 1.0 - _share(len(spoken), len(words)),
        "letters_a_word": min(12.0, sum(map(len, spoken)) / max(1, len(spoken))),
        "capitals": _matching(_CAPITALS, spoken),
        "with_digit": _matching(_WITH_DIGIT, spoken),
        "lower_case": _share(sum(word.islower() for word in spoken), len(spoken)),
        **_subjects(spoken),
        **_names(mentions, len(lines), len(spoken)),
    }


def _lines(lines: Sequence[Line]) -> dict[str, float]:
    texts, total = [line.text.strip() for line in lines], len(lines)
    return {
        "number_lines": _matching(_NUMBER, texts),
        "letter_lines": _share(sum(len(text) == 1 for text in texts), total),
        "panels": min(6.0, float(sum(bool(_PANEL.fullmatch(text)) for text in texts))),
        "long_lines": _share(sum(len(text) > 30 for text in texts), total),
        "short_lines": _share(sum(2 <= len(text) <= 8 for text in texts), total),
        "turned_lines": _share(sum(20 < abs(line.angle) % 180 < 160 for line in lines), total),
        "reading": float(np.mean([line.score for line in lines])) if lines else 0.0,
    }


def _subjects(spoken: Sequence[str]) -> dict[str, float]:
    found = {}
    for name, pattern in _patterns().items():
        hits = [word.lower() for word in spoken if pattern.fullmatch(word)]
        found[f"{name}_share"] = _share(len(hits), len(spoken))
        found[f"{name}_words"] = float(np.log1p(len(hits)))
        found[f"{name}_different"] = float(np.log1p(len(set(hits))))
    return found


def _names(mentions: Sequence[Mention], lines: int, spoken: int) -> dict[str, float]:
    found = {}
    for kind in ("gene", "family", "chemical", "disease"):
        texts = {mention.text for mention in mentions if mention.kind == kind and mention.score >= 0.5}
        found[f"{kind}_names"] = float(np.log1p(len(texts)))
        found[f"{kind}_names_a_line"] = min(2.0, len(texts) / max(1, lines))
    genes = sum(one.score for one in mentions if one.kind in ("gene", "family"))
    found["sure_genes"] = float(np.log1p(genes))
    found["sure_genes_share"] = min(2.0, genes / max(1, spoken))
    found["sure_chemicals_share"] = min(2.0, sum(m.score for m in mentions if m.kind == "chemical") / max(1, spoken))
    return found


def _matching(pattern: re.Pattern[str], texts: Sequence[str]) -> float:
    return _share(sum(bool(pattern.fullmatch(text)) for text in texts), len(texts))


def _share(part: int, total: int) -> float:
    return part / max(1, total)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile("|".join(words.split()), re.IGNORECASE) for name, words in _LISTS.items()}
