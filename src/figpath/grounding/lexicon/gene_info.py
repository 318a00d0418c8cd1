"""Genes of one species from an NCBI Gene ``gene_info`` file, as NCBI publishes it (tab separated, gzip or not)."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING

from figpath.errors import TableError
from figpath.grounding.lexicon.concept import Concept, Name, Rank, named

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_COLUMNS = ("#tax_id", "GeneID", "Symbol", "LocusTag", "Synonyms", "dbXrefs", "chromosome", "map_location",
            "description", "type_of_gene")  # fmt: skip
_ABSENT = "-"
_PLACEHOLDER = "NEWENTRY"  # NCBI's stand-in for a record without a symbol
_SUBSPECIES = 0.05  # share of rows of other taxa below which they are subspecies of the file's own
_RANKS = {"protein-coding": Rank.PROTEIN, "pseudo": Rank.PSEUDOGENE}


def read_gene_info(path: Path, *, taxon: int) -> list[Concept]:
    """Read every gene of one species that has a symbol.

    Parameters
    ----------
    path
        A gene_info file, plain or gzip.
    taxon
        NCBI taxon id of the species. The few rows of its subspecies that such a file holds belong to it; in a file of
        many species, rows of the others are passed over.

    Returns
    -------
    list of Concept
        Those of the species in file order, then its subspecies', with names of the sources ``ncbigene_symbol``,
        ``ncbigene_synonym`` and ``ncbigene_name``.

    Raises
    ------
    TableError
        When the file is absent, cut short, not a gene_info file, or has no gene of the species.
    """
    lines = _lines(path)
    header = next(lines, "").split("\t")
    if tuple(header[: len(_COLUMNS)]) != _COLUMNS:
        raise TableError(f"{path.name} is no gene_info file: its first line should begin {' '.join(_COLUMNS[:4])} ...")
    genes: list[list[str]] = []
    others: list[list[str]] = []
    for number, line in enumerate(lines, start=2):
        cells = line.split("\t")
        if len(cells) != len(header):
            raise TableError(
                f"{path.name} line {number} has {len(cells)} columns, the header {len(header)}: fetch it again"
            )
        if cells[2] not in (_ABSENT, _PLACEHOLDER):
            (genes if cells[0] == str(taxon) else others).append(cells)
    if not genes:
        found = ", ".join(sorted({cells[0] for cells in others})[:5]) or "no gene at all"
        raise TableError(f"{path.name} has no gene of taxon {taxon}; it has {found}: check --taxon")
    rows = genes + others if len(others) < _SUBSPECIES * len(genes) else genes
    return [_gene(cells, taxon=taxon) for cells in rows]


def _lines(path: Path) -> Iterator[str]:
    """Yield the lines of a plain or gzip text, without their ends."""
    try:
        with path.open("rb") as raw:
            zipped = raw.read(2) == b"\x1f\x8b"
        with (gzip.open if zipped else open)(path, "rt", encoding="utf-8") as stream:
            for line in stream:
                yield line.rstrip("\n")
    except FileNotFoundError as error:
        raise TableError(f"no such file: {path}") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise TableError(f"{path.name} is cut short or damaged ({error}): fetch it again") from error
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"cannot read {path}: {error}") from error


def _gene(cells: list[str], *, taxon: int) -> Concept:
    symbol = cells[2]
    return Concept(
        id=f"ncbigene:{cells[1]}",
        symbol=symbol,
        kind="gene",
        taxon=taxon,
        rank=_rank(symbol, cells[9]),
        names=(Name(text=symbol, source="ncbigene_symbol"), *_other_names(cells)),
    )


def _other_names(cells: list[str]) -> tuple[Name, ...]:
    """Synonyms, the locus tag where it is the systematic name, and the full names."""
    synonyms = [text for text in (*cells[4].split("|"), cells[3]) if text != _ABSENT]
    full = [cells[8], *(cells[11:12]), *(cells[13].split("|") if len(cells) > 13 else ())]
    names = [text for text in dict.fromkeys(full) if text != _ABSENT]
    return (*named("ncbigene_synonym", *synonyms), *named("ncbigene_name", *names))


def _rank(symbol: str, type_of_gene: str) -> Rank:
    if symbol.lower().startswith("mir") and type_of_gene == "ncRNA":
        return Rank.MICRO_RNA
    return _RANKS.get(type_of_gene, Rank.OTHER)
