"""Words as pathway figures have them, made up from the names of the packaged lexicon."""

from __future__ import annotations

import random
from dataclasses import dataclass

from figpath.grounding.lexicon.file import LexiconFile, load
from figpath.resources import packaged_lexicon

_GREEK = "αβγδεκλ"
_STEMS = (
    "IFN TNF TGF PKC IKK IκB NF-κB PI3K AMPK HIF-1 IL-1 PPAR RAR CaMKII PLC Gα PKR TLR IRF STAT SMAD MAPK ERK JNK"
).split()
_NUMBERED = "IL TLR CD CCL CXCL MMP FGF IRF CASP BCL TRAF miR NLRP HSP HDAC".split()
_TERMS = (
    "activation inhibition signaling pathway receptor nucleus cytoplasm membrane apoptosis proliferation "
    "survival inflammation transcription translation degradation phosphorylation complex cell cells growth "
    "cycle immune response cytokine cytokines expression gene protein kinase factor virus viral infection "
    "stress damage mitochondria endosome lysosome autophagy metabolism differentiation migration invasion "
    "angiogenesis Golgi ER ubiquitin proteasome dimer ligand binding release entry replication"
).split()
_FORMULAE = (
    "Ca2+ Na+ ATP ADP GTP GDP LPS ROS NO H2O2 cAMP DAG IP3 PIP2 PIP3 dsRNA ssRNA DNA mRNA O2 (A) A B 1 2 3 (i) 5′ 3′"
).split()
_PREFIXES = ("p-", "P-", "p", "c-", "anti-", "si", "pro-")
_SUFFIXES = ("-P", "R", "s", "*", " mRNA", "-/-", "+", "/2", "1/2", "2/3", " (p)", "α", "β")
_UNREADABLE = 0.03  # of the lines
_JOINTS = ("/", "-", ", ", " + ", ":")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Names to draw: symbols with how often each is drawn, synonyms, families, chemicals, and plain terms."""

    symbols: tuple[str, ...]
    weights: tuple[float, ...]
    synonyms: tuple[str, ...]
    families: tuple[str, ...]
    chemicals: tuple[str, ...]
    terms: tuple[str, ...]


def vocabulary() -> Vocabulary:
    """Gather the names of the packaged lexicon that a figure may draw."""
    file = load(packaged_lexicon())
    by_source: dict[str, list[tuple[str, int]]] = {}
    for row in range(len(file.arrays["key"])):
        name, source, drawn = _row(file, row)
        by_source.setdefault(source, []).append((name, drawn))
    symbols = sorted(by_source["hgnc_symbol"])
    synonyms = sorted({n for s in ("hgnc_alias", "hgnc_previous") for n, drawn in by_source[s] if drawn})
    families = sorted({n for s in ("famplex_name", "famplex_synonym") for n, _ in by_source[s] if len(n) <= 24})
    chemicals = sorted({n for s in ("mesh_name", "chebi_name") for n, drawn in by_source[s] if drawn and len(n) < 24})
    return Vocabulary(
        symbols=tuple(name for name, _ in symbols),
        weights=tuple(0.1 + drawn for _, drawn in symbols),
        synonyms=tuple(name for name in synonyms if 2 <= len(name) <= 12),
        families=tuple(families),
        chemicals=tuple(chemicals),
        terms=(*_TERMS, *sorted(word for word in _plain_words(by_source) if word not in _TERMS)),
    )


def _plain_words(by_source: dict[str, list[tuple[str, int]]]) -> set[str]:
    """Words of four letters and more that gene and disease names are made of."""
    names = [name for source in ("hgnc_name", "doid_name") for name, _ in by_source[source]]
    words = (word.strip("(),") for name in names for word in name.split())
    return {word for word in words if word.isalpha() and word.islower() and len(word) > 3}


def _row(file: LexiconFile, row: int) -> tuple[str, str, int]:
    (name,) = file.texts(int(file.arrays["name"][row]))
    owner = int(file.arrays["owner"][row])
    source = file.header["sources"][file.arrays["source"][row]]
    return name, source, int(file.arrays["concept_drawn"][owner])


def made_up(words: Vocabulary, rng: random.Random) -> str:
    """Make up what one line of a figure may say; now and then nothing, for what only looks like a line."""
    choice = rng.random() - _UNREADABLE
    if choice < 0:
        return ""
    if choice < 0.61:
        text = gene(words, rng)
    elif choice < 0.68:
        text = " ".join(gene(words, rng) for _ in range(rng.choice((2, 2, 2, 3))))
    elif choice < 0.82:
        text = " ".join(rng.choice(words.terms) for _ in range(rng.randint(1, 3)))
        text = text if rng.random() < 0.6 else text.capitalize()
    elif choice < 0.9:
        text = rng.choice(words.chemicals)
    elif choice < 0.96:
        text = f"{rng.choice(words.terms).capitalize()} {gene(words, rng)}"
    else:
        text = rng.choice(_FORMULAE)
    return " ".join(text.split())


def gene(words: Vocabulary, rng: random.Random) -> str:
    """Make up a gene's name: a symbol, a synonym, a family, in the cases and with the additions that figures have."""
    return _with_additions(_in_case(_name(words, rng), rng), words, rng)


def _name(words: Vocabulary, rng: random.Random) -> str:
    choice = rng.random()
    if choice < 0.55:
        return rng.choices(words.symbols, words.weights)[0]
    if choice < 0.75:
        return rng.choice(words.synonyms)
    if choice < 0.9:
        return rng.choice(words.families)
    if choice < 0.95:
        return rng.choice(_STEMS) + rng.choice(("", "-", "")) + rng.choice(_GREEK) + rng.choice(("", "", "1", "2"))
    number = f"{rng.choice(('-', '', '', ' '))}{rng.randint(1, 99)}{rng.choice(('', '', '', 'A', 'B', 'R', 'a', 'b'))}"
    return rng.choice(_NUMBERED) + number


def _in_case(name: str, rng: random.Random) -> str:
    return name.capitalize() if name.isascii() and name.isupper() and rng.random() < 0.15 else name


def _with_additions(name: str, words: Vocabulary, rng: random.Random) -> str:
    choice = rng.random()
    if choice < 0.08:
        return rng.choice(_PREFIXES) + name
    if choice < 0.16:
        return name + rng.choice(_SUFFIXES)
    if choice < 0.22:
        return name + rng.choice(_JOINTS) + rng.choices(words.symbols, words.weights)[0]
    return f"({name})" if choice < 0.25 else name
