"""Addresses of the files of a static site, as a page of it writes them: relative, so that it lies anywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from figpath.serve.addresses import Addresses, entity_address, query_string
from figpath.serve.search_view import PAGE
from figpath.serve.static_site.names import file_name, numbered
from figpath.serve.topic_lists import SIZE

_JOURNAL: Final = re.compile(r'journal:"([^"]*)"')
_GENES: Final = re.compile(r"gene:(\S+)( gene:\S+)*")
FOLDERS: Final = {"organism": "organisms", "disease": "diseases", "journal": "journals", "year": "years"}
"""Folder of the lists of each kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What there are files of.

    Parameters
    ----------
    thumbnails
        Figids of the figures with a small picture.
    genes
        Identifiers of genes and families that have a page, with their labels.
    lists
        Queries that have a list, with its file without the ending.
    """

    thumbnails: frozenset[str]
    genes: Mapping[str, str]
    lists: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAddresses(Addresses):
    """Addresses as a page writes them.

    Parameters
    ----------
    root
        From the folder of the page to that of the site: ``.`` or ``..``.
    known
        What there are files of.
    picture_ending
        Of the picture of the page's own figure.
    """

    known: Known
    picture_ending: str = ""

    def home(self) -> str:
        """The first page."""
        return f"{self.root}/index.html"

    def search(self, **values: object) -> str:
        """The list of a query that has one; otherwise the page of searches."""
        query = str(values.get("q", ""))
        if not values:
            return f"{self.root}/search.html"
        if not query:
            return self.listing("figures/index")
        if query in self.known.lists:
            return self.listing(self.known.lists[query])
        field, _, rest = query.partition(":")
        if field in ("gene", "drawn") and rest in self.known.genes:
            return self.gene(rest)
        return f"{self.root}/search.html{query_string(self._asked(query))}"

    def browse(self) -> str:
        """What the corpus holds, as lists."""
        return f"{self.root}/browse.html"

    def topics(self, name: str, offset: int = 0) -> str:
        """A list of genes, diseases, organisms, journals or years."""
        return f"{self.root}/{numbered(f'{name}/index', offset, SIZE)}.html"

    def listing(self, name: str, offset: int = 0) -> str:
        """A list of figures, by its file without the ending."""
        return f"{self.root}/{numbered(name, offset, PAGE)}.html"

    def figure(self, figid: str, **values: object) -> str:  # noqa: ARG002 - nothing is lit without a server
        """The page of a figure."""
        return f"{self.root}/figures/{file_name(figid)}.html"

    def picture(self, figid: str) -> str:
        """The picture of the page's own figure."""
        return f"{self.root}/pictures/{file_name(figid)}{self.picture_ending}"

    def thumbnail(self, figid: str) -> str:
        """The small picture of a figure, or what stands for it."""
        if figid not in self.known.thumbnails:
            return self.static("no-picture.svg")
        return f"{self.root}/thumbnails/{file_name(figid)}.jpg"

    def file(self, figid: str, form: str) -> str:
        """A figure in a form of other programs."""
        from figpath.serve.figure_files import FORMS

        ending = next((one.ending for one in FORMS if one.name == form), "-names.png")
        name = file_name(figid)
        return f"{self.root}/files/{name}/{name}{ending}"

    def gene(self, curie: str, **values: object) -> str:
        """The page of a gene; that of its database when no figure of the corpus has it for certain."""
        if curie not in self.known.genes:
            return entity_address(curie)
        offset = int(str(values.get("offset", 0)))
        return f"{self.root}/genes/{numbered(file_name(curie), offset, PAGE)}.html"

    def _asked(self, query: str) -> list[tuple[str, object]]:
        """What the page of searches is told: its filters go by labels."""
        journal = _JOURNAL.fullmatch(query)
        if journal:
            return [("journal", journal[1])]
        if _GENES.fullmatch(query):
            curies = [part.removeprefix("gene:") for part in query.split()]
            return [("gene", self.known.genes.get(curie, curie)) for curie in curies]
        return [("q", query)]
