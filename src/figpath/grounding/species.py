"""Which species a figure is about, from its title, its caption, its paper and the names drawn on it."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from figpath.grounding.viral import is_viral_context
from figpath.ids import HUMAN, MOUSE, RAT, taxon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.figure import Figure

_MAMMALS = {MOUSE: r"mouse|mice|murine|Mus musculus", RAT: r"rats?|Rattus norvegicus"}
_ACCOMPANYING = {taxon_id: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for taxon_id, words in _MAMMALS.items()}
_HUMAN = re.compile(
    r"\b(?:humans?|patients?|Homo sapiens|mammals?|mammalian|mouse|mice|murine|rats?|swine|porcine|pigs?|bovine"
    r"|cancers?|tumou?rs?|carcinoma\w*|clinical|therap\w+|[TB][- ]cells?|NK cells?|dendritic cells?|macrophages?"
    r"|lymphocytes?|monocytes?|neutrophils?|fibroblasts?|epitheli\w+|endotheli\w+|host cells?|HeLa|HEK ?293T?"
    r"|HIV(?:-1)?|HCV|HBV)\b",
    re.IGNORECASE,
)
# Acronyms that only the nomenclature of mouse and rat writes with small letters: Il6, not IL6 or IL-6.
_RODENT_STYLE = re.compile(
    r"(?:Il\d{1,2}[a-z]?|Tnf[a-z]?|Ifn[abgk]\d?|Cc[lr]\d{1,2}|Cxc[lr]\d{1,2}|Cd\d{1,3}[a-z]?|Tlr\d{1,2}|Mmp\d{1,2}|Irf\d"
    r"|Nlrp\d{1,2}|Nos[123]|Ptgs[12]|Vegf[abc]|Hif1a|Tgfb\d|Fgf\d{1,2}|Bmp\d{1,2}|Trp53|Cdkn\d[abc]|Casp\d{1,2}"
    r"|Ppar[adg]|Srebf[12]|Hmox1|Nfkb\d|Rela|Mapk\d{1,2}|Pik3[a-z]{2}\d?|Sirt\d|Hdac\d{1,2}|Prk[a-z]{2,3}\d?)"
)
_TITLE_WEIGHT = 3
_NO_NAME = "(?!)"  # of organisms that share their names of genes with others
_NAMES_NEEDED = 2  # one foreign name may be a coincidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The species that the names of a figure are grounded to.

    Parameters
    ----------
    taxa
        NCBI taxon ids, the leading one first.
    foreign
        What the figure is about when that is a species whose genes the lexicon lacks: its names are kept as mentions
        without entities. Empty otherwise.
    viral
        The figure is about a virus, so that names of viral proteins are no human genes.
    """

    taxa: tuple[int, ...] = (HUMAN,)
    foreign: str = ""
    viral: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignOrganism:
    """How a group of organisms other than mammals shows: words in a text, and names that it alone has."""

    taxon: int
    organism: str
    words: re.Pattern[str]
    names: re.Pattern[str]


def scope_of(figure: Figure, drawn: Sequence[str] = (), *, known: Sequence[int] = ()) -> Scope:
    """Tell the species of a figure.

    Parameters
    ----------
    figure
        Its title and caption, and the title of its paper, are searched for names of organisms.
    drawn
        The words on the picture: names such as ``PGRP-LC`` or ``daf-16`` tell a fly or a worm.
    known
        Species whose genes the lexicon has.

    Returns
    -------
    Scope
        Human, with mouse or rat where the text names them; or another organism where more speaks for it than for
        a mammal: its own genes when they are known, else none.
    """
    title = f"{figure.title} {figure.paper.title}"
    text = f"{title} {figure.caption}"
    viral = is_viral_context(f"{text} {' '.join(drawn)}")
    foreign = _foreign(title, figure.caption, drawn)
    if foreign is not None:
        taxa = (foreign.taxon,) if foreign.taxon in known else ()
        return Scope(taxa=taxa, foreign="" if taxa else foreign.organism, viral=viral)
    named = tuple(taxon_id for taxon_id, pattern in _ACCOMPANYING.items() if pattern.search(text))
    if not named and _is_rodent_style(drawn):
        named = (MOUSE,)
    others = tuple(t for t in known if t not in (HUMAN, *_ACCOMPANYING) and _is_named(t, text))
    return Scope(taxa=(HUMAN, *named, *others), viral=viral)


def _is_rodent_style(drawn: Sequence[str]) -> bool:
    """True when acronyms are written as the nomenclature of mouse has them, and hardly any as that of human has."""
    rodent = {word for word in drawn if _RODENT_STYLE.fullmatch(word)}
    human = {word for word in drawn if word.isupper() and _RODENT_STYLE.fullmatch(word[:1] + word[1:].lower())}
    return len(rodent) >= _NAMES_NEEDED and len(rodent) > len(human)


def _foreign(title: str, caption: str, drawn: Sequence[str]) -> ForeignOrganism | None:
    """The organism that more evidence speaks for than for a mammal, or None."""
    text = f"{title} {caption} {' '.join(drawn)}"
    mammal = (
        _TITLE_WEIGHT * len(_HUMAN.findall(title)) + len(_HUMAN.findall(caption)) + len(_HUMAN.findall(" ".join(drawn)))
    )
    scores = []
    for organism in foreign_organisms():
        words = _TITLE_WEIGHT * len(organism.words.findall(title)) + len(
            organism.words.findall(f"{caption} {' '.join(drawn)}")
        )
        names = set(organism.names.findall(text))
        found = words + (2 * len(names) if len(names) >= _NAMES_NEEDED else 0)
        scores.append((found, organism))
    best, organism = max(scores, key=lambda row: row[0])
    return organism if best > max(mammal, 1) else None


@cache
def foreign_organisms() -> tuple[ForeignOrganism, ...]:
    """Read the table of organisms other than mammals and what they show by."""
    text = resources.files("figpath.data").joinpath("foreign_names.tsv").read_text(encoding="utf-8")
    rows: dict[tuple[int, str], dict[str, str]] = {}
    for row in csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE):
        rows.setdefault((int(row["taxon"]), row["organism"]), {})[row["kind"]] = row["pattern"]
    return tuple(
        ForeignOrganism(
            taxon=key[0],
            organism=key[1],
            words=re.compile(rf"\b(?:{patterns['text']})\b"),
            names=re.compile(rf"(?<!\w)(?:{patterns.get('name', _NO_NAME)})(?!\w)"),
        )
        for key, patterns in rows.items()
    )


def _is_named(taxon_id: int, text: str) -> bool:
    names = [name for name in (taxon(taxon_id).name, taxon(taxon_id).common) if name]
    return re.search(rf"\b(?:{'|'.join(map(re.escape, names))})\b", text, re.IGNORECASE) is not None
