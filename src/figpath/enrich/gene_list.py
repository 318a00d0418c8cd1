"""A user's list of genes as text: one a line or a cell, with a number beside each or without."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Protocol, TypeAlias, runtime_checkable

from figpath.errors import InputError

_HEADINGS = frozenset(
    """gene genes symbol symbols gene_symbol gene_symbols gene_name gene_id gene_ids geneid hgnc_symbol hgnc_id id ids
    entrez entrez_id entrezid ensembl ensembl_id ensembl_gene_id uniprot uniprot_id name names ncbi ncbi_gene target
    row.names""".split()
)
_SEPARATORS = re.compile(r"[\t,;]")
_MOST_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneList:
    """What a list says, in its order.

    Parameters
    ----------
    names
        As they are written, without quotes.
    values
        The number beside each name; empty when the list has none.

    Raises
    ------
    InputError
        When there are numbers, but not one for each name.
    """

    names: tuple[str, ...]
    values: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if self.values and len(self.values) != len(self.names):
            raise InputError(f"{len(self.names)} genes have {len(self.values)} numbers: give one for each, or none")


@runtime_checkable
class Numbered(Protocol):
    """A number for each gene: a dictionary, or a pandas Series with the names of genes as its index."""

    def items(self) -> Iterable[tuple[str, float]]:
        """Return names with their numbers."""
        ...


Genes: TypeAlias = str | bytes | Iterable[str] | Numbered | GeneList
"""What a file says, names one by one, or names with numbers."""


def gene_list_of(genes: Genes, *, name: str = "the list") -> GeneList:
    """Return a list of genes, however it is given.

    Parameters
    ----------
    genes
        A text or bytes, read as a file is; names of genes, a whole number being an id of NCBI Gene; or names with
        numbers, as a dictionary or a pandas Series that has the names as its index. A Series of texts is names.
    name
        What the list is called in errors.

    Raises
    ------
    InputError
        When it has no gene, a name is no text, or a number is missing or none (NaN).

    Examples
    --------
    >>> gene_list_of("JAK2, STAT3").names
    ('JAK2', 'STAT3')
    >>> gene_list_of({"JAK2": -1.5, "IL6": 2}).values
    (-1.5, 2.0)
    """
    if isinstance(genes, GeneList):
        return genes
    if isinstance(genes, str | bytes):
        return read_gene_list(genes.encode() if isinstance(genes, str) else genes, name=name)
    if not isinstance(genes, Iterable):
        raise InputError(
            f"{name} is of type {type(genes).__name__}: give names, the text of a file, or names with numbers"
        )
    pairs = _pairs(genes, name) if isinstance(genes, Numbered) else [(one, None) for one in genes]
    kept = [(text, number) for one, number in pairs if (text := _name_of(one, name))]
    if not kept:
        raise InputError(f"{name} has no gene: give at least one")
    numbers = [number for _, number in kept if number is not None]
    return GeneList(names=tuple(text for text, _ in kept), values=tuple(numbers))


def _pairs(genes: Numbered, name: str) -> list[tuple[object, float | None]]:
    """Return names with numbers; of a pandas Series of texts, which is a column of a table, the texts alone."""
    pairs: list[tuple[object, object]] = list(genes.items())
    if not isinstance(genes, Mapping):
        if all(isinstance(value, str) for _, value in pairs):
            return [(value, None) for _, value in pairs]
        if not all(isinstance(key, str) for key, _ in pairs):
            raise InputError(f"{name} is a Series with numbers for names: set its index to the names, or give a list")
    return [(key, _value_of(key, value, name)) for key, value in pairs]


def read_gene_list(data: bytes, *, name: str = "the list") -> GeneList:
    r"""Read a list of genes.

    Lines end in any of the usual ways; commas, semicolons and tabs separate genes, quotes around them are dropped,
    lines that begin with ``#`` and a heading are passed over. Where the second cell of the lines is a number, it
    belongs to the gene.

    Parameters
    ----------
    data
        UTF-8, or UTF-16 with its mark.
    name
        What the list is called in errors.

    Raises
    ------
    InputError
        When it is no text, has no gene, has several columns of numbers, or a number is missing or none (NaN).

    Examples
    --------
    >>> read_gene_list(b"JAK2, STAT3\r\nIL6\r\n").names
    ('JAK2', 'STAT3', 'IL6')
    >>> read_gene_list(b"gene\tlogFC\nJAK2\t-1.5\nIL6\t2\n").values
    (-1.5, 2.0)
    """
    lines = [line for line in _decoded(data, name).splitlines() if line.strip() and not line.lstrip().startswith("#")]
    rows = [[cell.strip().strip("\"'").strip() for cell in _SEPARATORS.split(line)] for line in lines]
    rows = [row for row in rows if any(row)]
    has_heading = bool(rows) and rows[0][0].lower().replace(" ", "_") in _HEADINGS
    body = rows[has_heading:]
    if not body:
        raise InputError(f"{name} has no gene: give one a line")
    if _has_numbers(rows[0] if has_heading else [], body):
        return _with_values(rows, body, name, has_heading=has_heading)
    return GeneList(names=tuple(cell for row in body for cell in row if cell))


def _with_values(rows: list[list[str]], body: list[list[str]], name: str, *, has_heading: bool) -> GeneList:
    if any(len(row) > 2 and any(row[2:]) for row in body):
        raise InputError(f"{name} has {max(map(len, body))} columns: keep the genes and one column of numbers")
    values = []
    for number, row in enumerate(body, start=1 + has_heading):
        value = _number(row[1])
        if value is None and number == 1:  # a heading that is not among the known ones
            continue
        if value is None or math.isnan(value):
            raise InputError(
                f"{name} line {number}: {row[0]!r} has {row[1]!r} for a number: correct it, or take it out"
            )
        values.append((row[0], value))
    kept = [(gene, value) for gene, value in values if gene]
    if not kept:
        raise InputError(f"{name} has {len(rows)} lines and no gene with a number: give both, separated by a tab")
    return GeneList(names=tuple(gene for gene, _ in kept), values=tuple(value for _, value in kept))


def _name_of(one: object, name: str) -> str:
    if isinstance(one, str) or (isinstance(one, Integral) and not isinstance(one, bool)):
        return str(one).strip()
    raise InputError(f"{name} calls a gene {str(one)[:_MOST_SHOWN]!r}, which is no text: give symbols or ids")


def _value_of(gene: object, number: object, name: str) -> float:
    if not isinstance(number, Real) or math.isnan(number):
        shown = " ".join(str(number).split())[:_MOST_SHOWN]
        raise InputError(f"{name}: {gene!r} has {shown!r} for a number: correct it, or take it out")
    return float(number)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _has_numbers(heading: list[str], body: list[list[str]]) -> bool:
    """Tell whether the second column holds values, rather than more genes."""
    if any(len(row) < 2 for row in body) or (heading[1:2] and heading[1].lower().replace(" ", "_") in _HEADINGS):
        return False
    if all(cell.isdecimal() for row in body for cell in row if cell):
        return False  # ids of NCBI Gene throughout
    return any(_number(row[1]) is not None for row in body)


def _decoded(data: bytes, name: str) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is no text in UTF-8: save the genes as plain text, one a line") from error
    if "\0" in text:
        shown = text[:_MOST_SHOWN].split("\0")[0]
        raise InputError(f"{name} is no text ({shown!r} ...): save the genes as plain text, one a line")
    return text
