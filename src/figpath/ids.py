"""Identifiers as values: figures, taxa, and the CURIEs of entities."""

from __future__ import annotations

import re
from dataclasses import dataclass

from figpath.errors import InputError

_FIGURE_ID = re.compile(r"[^\W_][\w.+()\[\]@=, -]*")
_CURIE = re.compile(r"([a-z][a-z0-9.]*):(\S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxon:
    """A species as NCBI Taxonomy knows it.

    Parameters
    ----------
    id
        NCBI taxon id.
    name
        Scientific name.
    group
        Name of the NCBI Taxonomy division, as the PFOCR record writes it.
    common
        Everyday name, lower case; empty when there is none.
    """

    id: int
    name: str
    group: str
    common: str = ""


_TAXA = (
    Taxon(id=9606, name="Homo sapiens", group="Primates", common="human"),
    Taxon(id=10090, name="Mus musculus", group="Rodents", common="mouse"),
    Taxon(id=10116, name="Rattus norvegicus", group="Rodents", common="rat"),
    Taxon(id=7955, name="Danio rerio", group="Vertebrates", common="zebrafish"),
    Taxon(id=8364, name="Xenopus tropicalis", group="Vertebrates", common="frog"),
    Taxon(id=9031, name="Gallus gallus", group="Vertebrates", common="chicken"),
    Taxon(id=9823, name="Sus scrofa", group="Mammals", common="pig"),
    Taxon(id=9913, name="Bos taurus", group="Mammals", common="cattle"),
    Taxon(id=7227, name="Drosophila melanogaster", group="Invertebrates", common="fruit fly"),
    Taxon(id=6239, name="Caenorhabditis elegans", group="Invertebrates", common="worm"),
    Taxon(id=559292, name="Saccharomyces cerevisiae S288C", group="Plants and Fungi", common="yeast"),
    Taxon(id=3702, name="Arabidopsis thaliana", group="Plants and Fungi", common="thale cress"),
    Taxon(id=511145, name="Escherichia coli K-12", group="Bacteria", common="E. coli"),
)
_BY_ID = {taxon.id: taxon for taxon in _TAXA}
_BY_NAME = {name.lower(): taxon for taxon in _TAXA for name in (taxon.name, taxon.common) if name}

HUMAN, MOUSE, RAT = 9606, 10090, 10116


def taxon(key: int | str) -> Taxon:
    """Return the taxon of an NCBI id, a scientific or an everyday name.

    An id that figpath has no name for is still a taxon: its name is ``taxon {id}`` and its group is empty.

    Parameters
    ----------
    key
        ``9606``, ``"9606"``, ``"Homo sapiens"`` or ``"human"``.

    Returns
    -------
    Taxon
        The taxon.

    Raises
    ------
    InputError
        When a name is unknown.
    """
    text = str(key).strip()
    if text.isdecimal():
        number = int(text)
        return _BY_ID.get(number) or Taxon(id=number, name=f"taxon {number}", group="")
    found = _BY_NAME.get(text.lower())
    if found is None:
        known = ", ".join(t.common or t.name for t in _TAXA)
        raise InputError(f"unknown species {text!r}: give an NCBI taxon id, or one of {known}")
    return found


def taxa(text: str) -> tuple[int, ...]:
    """Parse a comma-separated list of species into taxon ids, in the order given and without repeats.

    Raises
    ------
    InputError
        When a name is unknown or the list is empty.
    """
    ids = tuple(dict.fromkeys(taxon(part).id for part in text.split(",") if part.strip()))
    if not ids:
        raise InputError(f"no species in {text!r}: give NCBI taxon ids, such as 9606,10090")
    return ids


def check_figure_id(text: str) -> str:
    """Return `text` when it can name a figure, its files and its page; raise otherwise.

    Raises
    ------
    InputError
        When it is empty, longer than 200 characters, or has a slash or another character that is
        unsafe in a file name.
    """
    if len(text) > 200 or ".." in text or not _FIGURE_ID.fullmatch(text):
        raise InputError(
            f"{text[:80]!r} cannot be a figure id: use letters, digits and . _ - ( ) [ ] @ = + up to 200 characters"
        )
    return text


def split_curie(text: str) -> tuple[str, str]:
    """Split ``"ncbigene:3717"`` into its prefix and its local identifier.

    Raises
    ------
    InputError
        When it has no such form.
    """
    found = _CURIE.fullmatch(text)
    if not found:
        raise InputError(f"{text!r} is no identifier: expected prefix:id, such as ncbigene:3717")
    return found[1], found[2]
