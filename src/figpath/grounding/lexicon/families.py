"""Families that no vocabulary lists but approved names plainly imply: angiopoietin 1, 2 and 4 are Angiopoietins."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from figpath.grounding.lexicon.concept import Concept, Name, Rank
from figpath.grounding.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMBERED = re.compile(r"(?P<stem>[a-z][a-z -]{3,}[a-z]) (?P<number>\d{1,2}[A-Z]?|[A-Z]\d?|alpha|beta|gamma|delta)")
_MICRO_RNA = re.compile(r"(?:MIR(?=\d)|MIR(?P<let>LET))(?P<number>\d+)(?P<letter>[A-Z]?)(?P<copy>\d?|-\d)")
_FEWEST = 2
_MOST = 80
_GENERIC = {
    "open reading frame", "chromosome", "member", "like", "homolog", "domain", "protein", "transmembrane protein",
    "coiled-coil domain containing", "zinc finger protein",
}  # fmt: skip


def stem_of(name: str) -> str | None:
    """Return the family that a gene's approved name implies, or None.

    Examples
    --------
    >>> stem_of("angiopoietin 2"), stem_of("interleukin 1 receptor type 1")
    ('angiopoietin', None)
    """
    found = _NUMBERED.fullmatch(name)
    if not found or any(found["stem"].endswith(word) for word in _GENERIC):
        return None
    return found["stem"]


def name_families(genes: Iterable[Concept], *, taken: set[str]) -> list[Concept]:
    """Derive families from the approved names of protein-coding genes.

    Parameters
    ----------
    genes
        Human genes with ``hgnc_name`` names.
    taken
        Folded names that already mean something: such a stem makes no further family.

    Returns
    -------
    list of Concept
        One family for each stem that 3 to 80 genes share.
    """
    groups: dict[str, list[Concept]] = defaultdict(list)
    for gene in genes:
        if gene.rank is Rank.PROTEIN:
            for stem in {stem_of(name.text) for name in gene.names if name.source == "hgnc_name"} - {None}:
                groups[str(stem)].append(gene)
    return [
        _family(stem, group, taken)
        for stem, group in sorted(groups.items())
        if _FEWEST <= len(group) <= _MOST and fold(stem) not in taken
    ]


def _family(stem: str, group: list[Concept], taken: set[str]) -> Concept:
    root = symbol_root([gene.symbol for gene in group])
    names = (stem, root) if root and fold(root) not in taken else (stem,)
    return Concept(
        id=f"figpath:family.{stem.replace(' ', '-')}",
        symbol=stem[0].upper() + stem[1:],
        kind="family",
        names=tuple(Name(text=name, source="name_family") for name in names),
        related=tuple(gene.id for gene in group),
    )


def symbol_root(symbols: list[str]) -> str:
    """Return the letters that the symbols of a family begin with, when they differ only in what follows.

    Examples
    --------
    >>> symbol_root(["IRF1", "IRF2", "IRF9"]), symbol_root(["CTNNA1", "CTNNB1", "CTNND1"])
    ('IRF', '')
    """
    roots = {found[1] if (found := re.fullmatch(r"([A-Z]{3,})\d{1,2}[A-Z]?\d?", symbol)) else "" for symbol in symbols}
    return roots.pop() if len(roots) == 1 else ""


def micro_rna_families(genes: Iterable[Concept]) -> list[Concept]:
    """Group micro-RNA genes under the names of their mature forms and of their families.

    ``MIR29B1`` and ``MIR29B2`` share the mature miR-29b; with ``MIR29A`` and ``MIR29C`` they are miR-29;
    ``MIRLET7A1`` belongs to let-7a and let-7.
    """
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for gene in genes:
        for name in micro_rna_names(gene.symbol):
            groups[name][gene.id] = gene.symbol
    return [
        Concept(
            id=f"figpath:family.{name}",
            symbol=name,
            kind="family",
            names=(Name(text=name, source="mirna_family"),),
            related=tuple(sorted(group)),
        )
        for name, group in sorted(groups.items())
        if len(group) > 1
    ]


def micro_rna_names(symbol: str) -> tuple[str, ...]:
    """Return the mature and the family name that a micro-RNA gene symbol stands under, or nothing.

    Examples
    --------
    >>> micro_rna_names("MIR29B1"), micro_rna_names("MIRLET7A1"), micro_rna_names("MIR21")
    (('miR-29b', 'miR-29'), ('let-7a', 'let-7'), ('miR-21',))
    """
    found = _MICRO_RNA.fullmatch(symbol)
    if not found:
        return ()
    base = f"{'let' if found['let'] else 'miR'}-{found['number']}"
    return (f"{base}{found['letter'].lower()}", base) if found["letter"] else (base,)
