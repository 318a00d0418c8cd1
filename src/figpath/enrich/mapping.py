"""From what a list calls its genes to identifiers: symbols of any age, aliases, and accessions of five databases."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from figpath.grounding.text import fold

if TYPE_CHECKING:
    from figpath.grounding.lexicon.gene_ids import KnownGene
    from figpath.grounding.lexicon.lexicon import Sense

_SYMBOLS = frozenset({"hgnc_symbol", "ncbigene_symbol", "mgi_symbol", "rgd_symbol"})
_FORMER = "hgnc_previous"
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec"
_DATE = re.compile(
    rf"\d{{1,2}}[-/. ](?:{_MONTHS})(?:[-/. ]\d{{2,4}})?|(?:{_MONTHS})[-/. ]\d{{1,4}}"
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?: 00:00(?::00)?)?",
    re.IGNORECASE,
)
_DATE_SYMBOL = re.compile(r"(?:MARCH|MARC|SEPT|DEC)\d{1,2}", re.IGNORECASE)
_ROUNDED = re.compile(r"\d+(?:\.\d+)?E[+-]?\d+", re.IGNORECASE)
_NCBI_GENE = re.compile(r"(?:ncbigene:|entrez:|geneid:|loc)?0*(\d+)", re.IGNORECASE)  # no other database's number
_NOT_GENES = re.compile(r"ENS[A-Z]{0,4}[TPE]\d{11}(?:\.\d+)?|[NX][MPR]_\d+(?:\.\d+)?", re.IGNORECASE)


class Names(Protocol):
    """Anything that says what a folded name means, such as a `Lexicon`."""

    def find(self, key: str) -> tuple[Sense, ...]:
        """Return every meaning."""
        ...


class Accessions(Protocol):
    """Anything that knows accessions, such as `figpath.grounding.lexicon.gene_ids.GeneIds`."""

    def find(self, text: str) -> tuple[KnownGene, ...]:
        """Return the genes of an accession."""
        ...

    def find_name(self, text: str) -> tuple[KnownGene, ...]:
        """Return the genes of a symbol that no figure draws."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """What became of a list.

    Parameters
    ----------
    genes
        Identifiers, each once, in the order of the list.
    given
        For each of them, what the list called it; the first name when it had several.
    values
        For each of them its number; of several the one furthest from 0. Empty when the list has none.
    unmapped
        Name and why it stands for no gene of the species.
    notes
        Name and what to look at, although it was mapped: a choice between two genes, or a name that spreadsheets
        turn into a date.
    repeats
        How many names stand for a gene that another one stands for too.
    """

    genes: tuple[str, ...]
    given: tuple[str, ...] = ()
    values: tuple[float, ...] = ()
    unmapped: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    repeats: int = 0


@dataclass(slots=True)
class _Found:
    genes: dict[str, str] = field(default_factory=dict)
    values: dict[str, float] = field(default_factory=dict)
    unmapped: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    repeats: int = 0


def map_genes(
    given: Sequence[str],
    *,
    names: Names,
    accessions: Accessions,
    taxon: int = 9606,
    values: Sequence[float] = (),
    known: Collection[str] = (),
) -> Mapped:
    """Map what a list calls its genes to identifiers.

    An official symbol counts before a former one, that before an alias; case, hyphens and Greek letters do not matter.
    A name with several meanings of one class, or one that is the name of a family and no official symbol, is left out
    and listed.

    Parameters
    ----------
    given
        Symbols, aliases, and accessions of NCBI Gene, Ensembl, UniProt (human), HGNC, MGI or RGD, mixed.
    names, accessions
        Where they are looked up.
    taxon
        NCBI taxon id of the species.
    values
        A number for each, or none.
    known
        Identifiers that exist although no table has them, such as those of the corpus.
    """
    found = _Found()
    numbers: Sequence[float | None] = values or [None] * len(given)
    for text, number in zip(given, numbers, strict=True):
        parts = [text] if _meaning(text, names, accessions, taxon, known)[0] or values else text.split()
        for part in parts:
            _note(found, part, _meaning(part, names, accessions, taxon, known), number)
    return Mapped(
        genes=tuple(found.genes),
        given=tuple(found.genes.values()),
        values=tuple(found.values[gene] for gene in found.genes) if values else (),
        unmapped=tuple(found.unmapped.items()),
        notes=tuple(found.notes.items()),
        repeats=found.repeats,
    )


def _note(found: _Found, text: str, meaning: tuple[str, str], value: float | None) -> None:
    gene, said = meaning
    if not gene:
        found.unmapped[text] = said
        return
    if said:
        found.notes[text] = said
    found.repeats += gene in found.genes
    found.genes.setdefault(gene, text)
    if value is not None:
        found.values[gene] = max(found.values.get(gene, value), value, key=abs)


def _meaning(text: str, names: Names, accessions: Accessions, taxon: int, known: Collection[str]) -> tuple[str, str]:
    """Return the identifier and a remark; without an identifier the remark says why."""
    if _DATE.fullmatch(text):
        return "", "a date: a spreadsheet has changed a symbol such as MARCH1 or SEPT2"
    if _ROUNDED.fullmatch(text):
        return "", "a rounded number: a spreadsheet has changed an identifier"
    by_accession = accessions.find(text)
    senses = () if by_accession else names.find(fold(text))
    own = [gene for gene in by_accession if gene.taxon == taxon]
    if own:
        return own[0].id, "" if len(own) == 1 else f"taken for {own[0].symbol}; also {_listed(own[1:])}"
    numbered = _NCBI_GENE.fullmatch(text)
    curie = f"ncbigene:{numbered[1]}" if numbered else text
    if curie in known:
        return curie, ""
    found = _by_name(text, senses, taxon)
    if found[0] or found[1]:
        return found
    left_out = [gene for gene in accessions.find_name(text) if gene.taxon == taxon]
    if len(left_out) == 1:
        return left_out[0].id, ""
    return "", _why_not(text, (*by_accession, *left_out), senses)


def _by_name(text: str, senses: Sequence[Sense], taxon: int) -> tuple[str, str]:
    """Choose among the meanings of a name; two empty texts when it has none in the species."""
    genes = [sense for sense in senses if sense.entity.taxon == taxon and sense.kind == "gene"]
    official = [sense for sense in genes if sense.entity.source in _SYMBOLS]
    exact = [sense for sense in official if sense.name == text] or official
    if exact:
        return exact[0].entity.id, _spreadsheet(text, exact[0])
    families = [sense for sense in senses if sense.kind == "family"]
    if families:
        return "", f"the name of a family ({families[0].entity.symbol}): give its genes"
    best = min((sense.rank for sense in genes), default=None)
    genes = [sense for sense in genes if sense.rank == best]
    former = [sense for sense in genes if sense.entity.source == _FORMER]
    chosen = former if len(former) == 1 else genes
    if len(chosen) == 1:
        others = [sense for sense in genes if sense is not chosen[0]]
        also = f"taken for {chosen[0].entity.symbol}, whose symbol it was; also {_symbols(others)}" if others else ""
        return chosen[0].entity.id, also or _spreadsheet(text, chosen[0])
    return "", f"ambiguous: {_symbols(genes)}" if genes else ""


def _spreadsheet(text: str, sense: Sense) -> str:
    if _DATE_SYMBOL.fullmatch(text):
        return f"taken for {sense.entity.symbol}; spreadsheets turn such names into dates, so look for lost ones"
    return ""


def _why_not(text: str, others: Sequence[KnownGene], senses: Sequence[Sense]) -> str:
    if _NOT_GENES.fullmatch(text):
        return "a transcript or protein: give its gene"
    taxa = {gene.taxon for gene in others} | {sense.entity.taxon for sense in senses if sense.entity.taxon}
    if taxa:
        return f"a gene of another species (taxon {', '.join(map(str, sorted(taxa)))})"
    kinds = sorted({sense.kind for sense in senses})
    return f"a {kinds[0]}, no gene" if kinds else "unknown"


def _symbols(senses: Sequence[Sense]) -> str:
    return ", ".join(_unique(sense.entity.symbol for sense in senses))


def _listed(genes: Sequence[KnownGene]) -> str:
    return ", ".join(_unique(gene.symbol for gene in genes))


def _unique(texts: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
