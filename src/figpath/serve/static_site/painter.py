"""Painter: makes the pages of one unit after the other, those only whose contents have changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from figpath.search.results import FACETS
from figpath.serve import search_view
from figpath.serve.bars import HEIGHT, WIDTH, bars
from figpath.serve.desk import EVERYTHING
from figpath.serve.safety import CONTENT_POLICY
from figpath.serve.site import environment
from figpath.serve.static_site.addresses import FileAddresses
from figpath.serve.static_site.figure_page import FigureFiles
from figpath.serve.static_site.manifest import Folder, Made
from figpath.serve.static_site.names import file_name, numbered
from figpath.serve.topic_lists import LISTS, SIZE, topic_page
from figpath.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from figpath.search.results import Found
    from figpath.serve.static_site.plan import Plan, Unit

_COMPANIONS = 24
_MOST = 1_000_000  # figures of a list: all of them
_CHART: Final[dict[str, Any]] = {"chart_width": WIDTH, "chart_height": HEIGHT}
POLICY: Final = CONTENT_POLICY.partition("; frame-ancestors")[0]
"""What stands in every page; a page cannot forbid to be framed."""
SEARCH_POLICY: Final = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
"""Of the search page: Pagefind's index is read by WebAssembly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is published, and how.

    Parameters
    ----------
    corpus, folder
        From where to where.
    address
        Of the site, with a slash at its end; empty when it is not known.
    overlays
        Whether pictures with the names marked are among the downloads.
    searchable
        Whether there will be a search index.
    made_with
        Digest of all that every page depends on: templates, version, name, address.
    """

    corpus: Path
    folder: Path
    address: str
    overlays: bool
    searchable: bool
    made_with: str

    @property
    def name(self) -> str:
        """What pages call the corpus."""
        return self.corpus.stem


@dataclass(frozen=True, slots=True, kw_only=True)
class Painted:
    """What became of a unit: its entry of the manifest, and how many of its files were written."""

    name: str
    made: Made
    written: int


class Painter:
    """Makes pages; it holds the corpus open, and belongs to one thread.

    Parameters
    ----------
    order
        What is published.
    plan
        Its pages.
    made
        The manifest of the run before.
    """

    def __init__(self, order: Order, plan: Plan, made: Mapping[str, Made]) -> None:
        self.order, self.plan, self._made = order, plan, made
        self.store = open_store(order.corpus)
        self.searcher = self.store.searcher()
        self.folder = Folder(order.folder)
        self._figures = FigureFiles(self)
        self._by_kind: dict[str, Callable[[Unit], Made]] = {
            "figure": self._figures.make,
            "gene": self._gene,
            "list": self._list,
            "topics": self._topics,
            "home": self._home,
            "browse": self._browse,
            "search": self._search,
        }

    def paint(self, unit: Unit) -> Painted:
        """Make a unit."""
        before = len(self.folder.written)
        made = self._by_kind[unit.kind](unit)
        return Painted(name=unit.name, made=made, written=len(self.folder.written) - before)

    def close(self) -> None:
        """Close the corpus."""
        self.store.close()

    def addresses(self, *, below: bool) -> FileAddresses:
        """Return the addresses as a page in a folder of the site writes them, or one at its root."""
        return FileAddresses(root=".." if below else ".", known=self.plan.known)

    def kept(self, unit: Unit, made_from: str) -> Made | None:
        """Return what is there already, when it was made from the same."""
        made = self._made.get(unit.name)
        return made if self.folder.has(made, made_from) else None

    def digest(self, *values: object) -> str:
        """Return the digest of what a unit is made from; values are told apart by how they are written."""
        found = hashlib.sha256(self.order.made_with.encode())
        for value in values:
            found.update(value if isinstance(value, bytes) else repr(value).encode("utf-8", "surrogatepass"))
            found.update(b"\0")
        return found.hexdigest()

    def write_page(self, name: str, template: str, at: FileAddresses, /, **values: Any) -> str:
        """Write a page; return its file."""
        policy = SEARCH_POLICY if template == "static_search.html" else POLICY
        text = self._templates.get_template(template).render(at=at, view=search_view, policy=policy, **values)
        self.folder.write(f"{name}.html", text.encode("utf-8", "replace"))
        return f"{name}.html"

    @cached_property
    def _templates(self) -> Any:
        return environment({"name": self.order.name}, live=False, policy=POLICY)

    def _gene(self, unit: Unit) -> Made:
        gene = self.searcher.gene(unit.key, figures=0, companions=_COMPANIONS)
        found = self.searcher.search(f"gene:{unit.key}", limit=_MOST, sort="year")
        at = self.addresses(below=True)
        links = [at.gene(one.id) for one in gene.companions]
        return self._in_pages(
            unit, "gene.html", f"genes/{file_name(unit.key)}", found, (gene, links), gene=gene, name=gene.id,
            bars=bars(gene.years), **_CHART,
        )  # fmt: skip

    def _list(self, unit: Unit) -> Made:
        found = self.searcher.search(unit.query or EVERYTHING, limit=_MOST, sort="year")
        return self._in_pages(
            unit, "list.html", unit.key, found, (unit,), title=unit.title, about=unit.about, name=unit.key
        )

    def _in_pages(
        self, unit: Unit, template: str, file: str, found: Found, made_from: tuple[object, ...], **values: Any
    ) -> Made:
        """Write all pages of what was found."""
        at, size = self.addresses(below=True), search_view.PAGE
        digest = self.digest(*made_from, found, [at.thumbnail(hit.figid) for hit in found.hits])
        kept = self.kept(unit, digest)
        if kept is not None:
            return kept
        files = [
            self.write_page(
                numbered(file, offset, size),
                template,
                at,
                found=replace(found, offset=offset, hits=found.hits[offset : offset + size]),
                **values,
            )
            for offset in range(0, max(found.total, 1), size)
        ]
        return Made(made_from=digest, files=tuple(files))

    def _topics(self, unit: Unit) -> Made:
        chosen = next(one for one in LISTS if unit.key.startswith(f"{one.name}/"))
        own = [one for one in self.plan.topics if one.kind in chosen.kinds]
        digest = self.digest(own)
        kept = self.kept(unit, digest)
        if kept is not None:
            return kept
        at = self.addresses(below=True)
        files = [
            self.write_page(
                numbered(unit.key, offset, SIZE),
                "topics.html",
                at,
                listed=chosen,
                found=topic_page(chosen, own, offset=offset, at=at),
                size=SIZE,
            )
            for offset in range(0, max(len(own), 1), SIZE)
        ]
        return Made(made_from=digest, files=tuple(files))

    def _home(self, unit: Unit) -> Made:
        found = self.searcher.search(EVERYTHING, limit=6, sort="year", facets=FACETS)
        counts = self.store.counts()
        facets = {facet.name: facet.values for facet in found.facets}
        years = [(int(value.label), value.count) for value in facets.get("year", ())]
        thumbnails = [hit.figid in self.plan.known.thumbnails for hit in found.hits]
        return self._one(
            unit, "home.html", (found, counts, thumbnails), found=found, counts=counts, facets=facets,
            bars=bars(years), **_CHART,
        )  # fmt: skip

    def _browse(self, unit: Unit) -> Made:
        found = replace(self.searcher.search(EVERYTHING, limit=0, facets=FACETS), query="")
        facets = tuple(search_view.choices(found, "", sort="", at=self.addresses(below=False)))
        return self._one(unit, "browse.html", (found, facets), found=found, facets=facets)

    def _search(self, unit: Unit) -> Made:
        searchable = self.order.searchable
        return self._one(unit, "static_search.html", (searchable,), searchable=searchable)

    def _one(
        self, unit: Unit, template: str, made_from: tuple[object, ...], *, below: bool = False, **values: Any
    ) -> Made:
        digest = self.digest(made_from)
        kept = self.kept(unit, digest)
        if kept is not None:
            return kept
        file = self.write_page(unit.key, template, self.addresses(below=below), **values)
        return Made(made_from=digest, files=(file,))
