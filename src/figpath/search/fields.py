"""The fields of a query: ``gene:STAT3``, ``year:2019..2021``, ``organism:mouse`` and the others."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final, cast

from figpath import ids
from figpath.errors import InputError
from figpath.search.query import TYPES, Between, FigureType, Journal, Named, Organism

if TYPE_CHECKING:
    from figpath.search.query import Leaf, NameField, RangeField

FIELDS: Final[dict[str, str]] = {
    "gene": "gene:STAT3",
    "chemical": "chemical:cholesterol",
    "disease": "disease:asthma",
    "drawn": "drawn:FGF2",
    "organism": "organism:mouse",
    "year": "year:2019..2021",
    "journal": 'journal:"Frontiers in Immunology"',
    "type": "type:scheme",
    "pathway": "pathway:>0.9",
}
"""Each field with an example."""

_NAMES = ("gene", "chemical", "disease", "drawn")
_IDENTIFIER = re.compile(
    r"(?:ncbigene|hgnc|mgi|rgd|fplx|mesh|chebi|doid|figpath|mirna)[a-z0-9.]*:[\w.-]+", re.IGNORECASE
)
_NUMBER = r"[0-9]{1,6}(?:\.[0-9]{1,9})?|\.[0-9]{1,9}"
_RANGE = re.compile(rf"(?P<low>{_NUMBER})?\s*\.\.\s*(?P<high>{_NUMBER})?")
_COMPARED = re.compile(rf"(?P<sign>>=|<=|>|<|=|≥|≤)?\s*(?P<number>{_NUMBER})")
_SIGNS = {"≥": ">=", "≤": "<=", None: "="}


def is_identifier(text: str) -> bool:
    """Tell whether a text is an identifier of a vocabulary that figpath knows, such as ``ncbigene:3717``."""
    return _IDENTIFIER.fullmatch(text) is not None


def field_of(field: str, value: str, *, prefix: bool = False) -> Leaf:
    """Return what a field with its value asks.

    Parameters
    ----------
    field
        One of `FIELDS`.
    value
        As typed, without quotes and star.
    prefix
        Whether a star followed.

    Raises
    ------
    InputError
        When the value does not suit the field.
    """
    if field in _NAMES:
        return Named(field=cast("NameField", field), name=gene_name(value) if field == "gene" else value, prefix=prefix)
    if prefix and field != "journal":
        raise InputError(f"{field}: takes no star: write {FIELDS[field]}")
    if field == "organism":
        return Organism(taxon=ids.taxon(value).id)
    if field == "journal":
        return Journal(name=value)
    if field == "type":
        return FigureType(code=_type(value))
    return _range(cast("RangeField", field), value)


def gene_name(value: str) -> str:
    """Return what a gene is asked for by: a bare number is an NCBI Gene id."""
    return f"ncbigene:{value}" if value.isdecimal() and value.isascii() else value


def _type(value: str) -> str:
    word = value.lower()
    found = TYPES.get(word) or (value.upper() if value.upper() in TYPES.values() else None)
    if found is None:
        raise InputError(f"unknown type {value[:40]!r}: the types are {', '.join(TYPES)}")
    return found


def _range(field: RangeField, value: str) -> Between:
    between = _RANGE.fullmatch(value)
    compared = _COMPARED.fullmatch(value)
    if between and (between["low"] or between["high"]):
        low = float(between["low"] or -math.inf)
        high = float(between["high"] or math.inf)
    elif compared:
        low, high = _compared(_SIGNS.get(compared["sign"], compared["sign"]), float(compared["number"]))
    else:
        raise InputError(
            f"{field}:{value[:40]} is no number or range: write {field}:>{_example(field)}, or as in {FIELDS[field]}"
        )
    if low > high:
        raise InputError(f"{field}:{value[:40]} runs backwards: write the smaller number first")
    return Between(field=field, low=low, high=high)


def _compared(sign: str, number: float) -> tuple[float, float]:
    if sign == "=":
        return number, number
    if sign.startswith(">"):
        return (number if sign == ">=" else math.nextafter(number, math.inf)), math.inf
    return -math.inf, (number if sign == "<=" else math.nextafter(number, -math.inf))


def _example(field: RangeField) -> str:
    return "2018" if field == "year" else "0.9"
