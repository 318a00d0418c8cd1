"""Addresses of pages, of this server and of others, each built in one place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, quote_plus

from figpath.errors import InputError
from figpath.ids import split_curie

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PREFIXES = {"chebi": "CHEBI", "doid": "DOID"}  # as their homes write them
_SHORT = 300  # characters of a text whose quoted form is kept

ELSEWHERE: Final = (
    ("PFOCR", "https://pfocr.wikipathways.org/search.html?query={}"),
    ("WikiPathways", "https://www.wikipathways.org/search.html?query={}"),
    ("NDEx", "https://www.ndexbio.org/index.html#/search?searchType=All&searchString={}"),
    ("Europe PMC", "https://europepmc.org/search?query={}"),
)
"""Where a query can be handed over to."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses on this server.

    Parameters
    ----------
    root
        The path under which it is reached, without a slash at its end; empty for the whole host.
    """

    root: str = ""

    def home(self) -> str:
        """The first page."""
        return f"{self.root}/"

    def static(self, name: str) -> str:
        """A style sheet, script or icon."""
        return f"{self.root}/static/{quote(name)}"

    def search(self, **values: object) -> str:
        """A search; what is empty is left out."""
        return f"{self.root}/search{_query(values)}"

    def browse(self) -> str:
        """What the corpus holds, as lists."""
        return f"{self.root}/browse"

    def topics(self, name: str, offset: int = 0) -> str:
        """A list of genes, diseases, organisms, journals or years."""
        return f"{self.root}/browse/{_part(name)}{_query({'offset': offset})}"

    def figure(self, figid: str, **values: object) -> str:
        """The page of a figure."""
        return f"{self.root}/figures/{_part(figid)}{_query(values)}"

    def correct(self, figid: str, **values: object) -> str:
        """The page on which a figure is corrected."""
        return f"{self.figure(figid)}/correct{_query(values)}"

    def meaning(self, figid: str) -> str:
        """The page on which a name of a figure gets a meaning."""
        return f"{self.figure(figid)}/correct/meaning"

    def sign_in(self, **values: object) -> str:
        """Where an editor gives a token."""
        return f"{self.root}/sign-in{_query(values)}"

    def sign_out(self) -> str:
        """Where an editor ends."""
        return f"{self.root}/sign-out"

    def picture(self, figid: str) -> str:
        """The picture of a figure."""
        return f"{self.root}/api/figures/{_part(figid)}/picture"

    def thumbnail(self, figid: str) -> str:
        """The small picture of a figure, or what stands for it."""
        return f"{self.root}/thumbnails/{_part(figid)}"

    def file(self, figid: str, form: str) -> str:
        """A figure in a form of other programs."""
        return f"{self.root}/api/figures/{_part(figid)}/files/{_part(form)}"

    def gene(self, curie: str, **values: object) -> str:
        """The page of a gene."""
        return f"{self.root}/genes/{_part(curie)}{_query(values)}"

    def enrich(self) -> str:
        """The page of gene lists."""
        return f"{self.root}/enrich"

    def mechanism(self, **values: object) -> str:
        """The page of mechanisms, with a question or without."""
        return f"{self.root}/mechanism{_query(values)}"

    def read(self) -> str:
        """The page to which figures are sent."""
        return f"{self.root}/read"

    def read_file(self) -> str:
        """Where a record that is not stored becomes a file."""
        return f"{self.root}/read/files"

    def read_overlay(self) -> str:
        """Where a picture that is not stored gets its names."""
        return f"{self.root}/read/overlay"

    def keep(self) -> str:
        """Where a figure that was read is put into the corpus."""
        return f"{self.root}/read/keep"

    def api(self) -> str:
        """The description of the API."""
        return f"{self.root}/api/docs"


def elsewhere(query: str) -> tuple[tuple[str, str], ...]:
    """Return the name and the address of each place that a query is handed over to."""
    return tuple((name, address.format(quote(query, safe=""))) for name, address in ELSEWHERE)


def entity_address(curie: str) -> str:
    """Return the page of an identifier; empty for one that has none."""
    try:
        prefix, local = split_curie(curie)
    except InputError:
        return ""
    return f"https://identifiers.org/{quote(_PREFIXES.get(prefix, prefix))}:{quote(local, safe='')}"


def paper_addresses(pmcid: str, doi: str) -> tuple[tuple[str, str], ...]:
    """Return the name and the address of each page of a paper."""
    found = []
    if pmcid:
        found.append((pmcid, f"https://europepmc.org/article/PMC/{quote(pmcid, safe='')}"))
    if doi:
        found.append((f"doi:{doi}", f"https://doi.org/{quote(doi, safe='/')}"))
    return tuple(found)


@lru_cache(maxsize=1 << 13)  # a page has the same few hundred parts many times over
def _part(text: str) -> str:
    return quote(text, safe=":")


@lru_cache(maxsize=1 << 13)
def _value(text: str) -> str:
    return quote_plus(text)


def _query(values: Mapping[str, object]) -> str:
    return query_string(values.items())


def query_string(values: Iterable[tuple[str, object]]) -> str:
    """Return names and values as an address ends in them; what is empty is left out."""
    kept = [(name, str(value)) for name, value in values if value not in ("", None, 0)]
    return "?" + "&".join(f"{quote_plus(name)}={_quoted(value)}" for name, value in kept) if kept else ""


def _quoted(text: str) -> str:
    return _value(text) if len(text) < _SHORT else quote_plus(text)
