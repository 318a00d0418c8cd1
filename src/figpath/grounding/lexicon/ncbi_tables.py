"""Names and ids of protein-coding genes from NCBI Gene, in the form of Python data that GOATOOLS carries."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from figpath.errors import TableError
from figpath.grounding.lexicon.concept import Concept, named
from figpath.grounding.lexicon.hgnc import is_accession

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LONGEST = 32  # characters; longer designations are descriptions, which no figure draws
_ROW = ": NtData("


@dataclass(frozen=True, slots=True, kw_only=True)
class NcbiGene:
    """A gene as NCBI lists it: id, symbol, synonyms, and designations, the protein's names among them."""

    id: str
    symbol: str
    synonyms: tuple[str, ...]
    designations: tuple[str, ...]


def read_genes(text: str) -> Iterator[NcbiGene]:
    """Read the rows of one of GOATOOLS' ``genes_NCBI_*.py`` files without running it.

    Raises
    ------
    TableError
        When a row is not of the form ``1 : NtData(GeneID=1, Symbol='A1BG', ...),``.
    """
    for line in text.splitlines():
        if _ROW in line:
            try:
                call = ast.parse(line.partition(":")[2].strip().rstrip(","), mode="eval").body
                cells = {k.arg: ast.literal_eval(k.value) for k in call.keywords}  # type: ignore[attr-defined]  # checked below
                yield NcbiGene(
                    id=f"ncbigene:{cells['GeneID']}",
                    symbol=cells["Symbol"],
                    synonyms=_drawn(cells["Aliases"].split(", ")),
                    designations=_drawn(cells["other_designations"].split("|")),
                )
            except (SyntaxError, ValueError, AttributeError, KeyError) as error:
                raise TableError(f"not a row of NCBI genes: {line[:60]!r}") from error


def with_ncbi_names(genes: Iterable[Concept], ncbi: Iterable[NcbiGene]) -> list[Concept]:
    """Give genes the names that NCBI has and their own table lacks."""
    by_id = {gene.id: gene for gene in ncbi}
    return [
        replace(
            gene,
            names=gene.names
            + named("ncbigene_synonym", *by_id[gene.id].synonyms)
            + named("ncbigene_name", *by_id[gene.id].designations),
        )
        if gene.id in by_id
        else gene
        for gene in genes
    ]


def with_ncbi_ids(genes: Iterable[Concept], ncbi: Iterable[NcbiGene]) -> list[Concept]:
    """Give genes of a model organism database their NCBI Gene ids, matched by symbol."""
    ids = {gene.symbol: gene.id for gene in ncbi}
    return [replace(gene, id=ids.get(gene.symbol, gene.id)) for gene in genes]


def _drawn(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name and len(name) <= _LONGEST and not is_accession(name))
