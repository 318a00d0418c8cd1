"""The three tables beside a PFOCR page: genes, chemicals and diseases as rows of plain values.

Every generation of the tables that PFOCR has published is read; what they mean is the same. A missing value,
``NA`` on paper, is an empty text here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from figpath.errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Callable

Cells: TypeAlias = dict[str, str]
Row = TypeVar("Row")

MISSING = frozenset({"", "NA", ".na", ".na.character", ".na.real", ".na.integer"})
"""What R writes for a value that it does not have."""

_GENE_SOURCES = {
    "hgnc_symbol": "ncbigene_symbol",
    "hgnc_alias_symbol": "ncbigene_synonym",
    "hgnc_prev_symbol": "ncbigene_synonym",
    "bioentities_symbol": "famplex_relations",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneRow:
    """One gene that a word of the figure can mean; the counts of the file are derived from the rows.

    Parameters
    ----------
    organism_id, organism_name, organism_group
        NCBI taxon id, scientific name, and name of the NCBI Taxonomy division.
    word
        The token as recognised, punctuation included.
    match
        The form of the lexicon that hit.
    symbol, gene_id
        Official symbol and NCBI Gene id.
    source
        ``ncbigene_symbol``, ``ncbigene_synonym`` or ``famplex_relations`` (member of a drawn family).
    """

    organism_id: int
    organism_name: str
    organism_group: str
    word: str
    match: str
    symbol: str
    gene_id: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChemicalRow:
    """One chemical that a word of the figure means.

    Parameters
    ----------
    word
        The token as recognised.
    mesh, match
        ``mesh:`` identifier and MeSH preferred name.
    name, chebi
        ChEBI name and ``chebi:`` identifier.
    """

    word: str
    mesh: str = ""
    match: str = ""
    name: str = ""
    chebi: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiseaseRow:
    """One disease that a word of the figure means.

    Parameters
    ----------
    word
        The token as recognised.
    mesh, match
        ``mesh:`` identifier and MeSH preferred name.
    name, doid
        Name in the Disease Ontology and ``doid:`` identifier.
    """

    word: str
    mesh: str = ""
    match: str = ""
    name: str = ""
    doid: str = ""


def present(text: str) -> str:
    """Return a text, or an empty one for any of the ways to write that it is missing."""
    return "" if text in MISSING else text


def gene_row(cells: Cells) -> GeneRow:
    """Make the row of a gene from named cells; the human columns of 2020 to 2022 are known too.

    Raises
    ------
    RecordError
        When a number is none, or the word is missing.
    """
    source = present(cells.get("source", ""))
    symbol = _first(cells, "ncbigene_symbol", "hgnc_symbol")
    return GeneRow(
        organism_id=_integer(cells.get("organism_id", "9606"), "organism_id"),
        organism_name=present(cells.get("organism_name", "Homo sapiens")),
        organism_group=present(cells.get("organism_group", "Primates")),
        word=_word(cells),
        match=_first(cells, "match", "symbol") or symbol,
        symbol=symbol,
        gene_id=_integer(_first(cells, "ncbigene_id", "entrez"), "ncbigene_id"),
        source=_GENE_SOURCES.get(source, source),
    )


def chemical_row(cells: Cells) -> ChemicalRow:
    """Make the row of a chemical from named cells, of the present or the old columns.

    Raises
    ------
    RecordError
        When the word is missing.
    """
    return ChemicalRow(
        word=_word(cells),
        mesh=present(cells.get("mesh", "")) or _old_identifier(cells, "mesh"),
        match=present(cells.get("match", "")),
        name=present(cells.get("name", "")),
        chebi=present(cells.get("chebi", "")) or _old_identifier(cells, "chebi"),
    )


def disease_row(cells: Cells) -> DiseaseRow:
    """Make the row of a disease from named cells, of the present or the old columns.

    Raises
    ------
    RecordError
        When the word is missing.
    """
    return DiseaseRow(
        word=_word(cells),
        mesh=present(cells.get("mesh", "")) or _old_identifier(cells, "mesh"),
        match=present(cells.get("match", "")),
        name=present(cells.get("name", "")),
        doid=present(cells.get("doid", "")) or _old_identifier(cells, "doid"),
    )


def parse_table(text: str, make: Callable[[Cells], Row]) -> tuple[Row, ...]:
    r"""Read a tab-separated table with a header and without quoting.

    Parameters
    ----------
    text
        The table; ``\n`` or ``\r\n`` end its lines.
    make
        `gene_row`, `chemical_row` or `disease_row`.

    Returns
    -------
    tuple of rows
        In the order of the file, repeated rows included.

    Raises
    ------
    RecordError
        When a line has not as many cells as the header, or a row cannot be made; the message has the line.
    """
    header, *lines = text.removeprefix("\ufeff").split("\n")
    columns = header.rstrip("\r").split("\t")
    rows = []
    for number, line in enumerate(lines, start=2):
        if line.strip():
            rows.append(_row(columns, line.rstrip("\r"), number, make))
    return tuple(rows)


def _row(columns: list[str], line: str, number: int, make: Callable[[Cells], Row]) -> Row:
    cells = line.split("\t")
    if len(cells) != len(columns):
        raise RecordError(f"line {number} has {len(cells)} cells, expected {len(columns)} as in the header")
    try:
        return make(dict(zip(columns, cells, strict=True)))
    except RecordError as error:
        raise RecordError(f"line {number}: {error}") from error


def _word(cells: Cells) -> str:
    word = cells.get("word", "")
    if not word:
        raise RecordError("no word: expected a column 'word' with a text in it")
    return word


def _first(cells: Cells, *columns: str) -> str:
    """Return the first of these columns that has a value."""
    return next((value for column in columns if (value := present(cells.get(column, "")))), "")


def _integer(text: str, column: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 18):
        raise RecordError(f"{column} is {text[:40]!r}, expected a number")
    return int(text)


def _old_identifier(cells: Cells, prefix: str) -> str:
    """Turn the old columns ``source`` and ``identifier``, such as MESH and D015232, into a CURIE."""
    source, identifier = cells.get("source", ""), present(cells.get("identifier", ""))
    if not identifier or source.lower() != prefix:
        return ""
    return f"{prefix}:{identifier.rpartition(':')[2]}"
