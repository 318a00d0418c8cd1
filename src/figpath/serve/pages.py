"""The pages that people read: home, search, figure, gene, and the description of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from figpath import ids
from figpath.search.results import FACETS
from figpath.serve import search_view
from figpath.serve.addresses import elsewhere, paper_addresses
from figpath.serve.answers import tagged
from figpath.serve.api import Figid, Offset, Order, Species, Words
from figpath.serve.bars import HEIGHT, WIDTH, bars
from figpath.serve.failures import MissingError
from figpath.serve.figure_files import FORMS
from figpath.serve.figure_view import figure_view
from figpath.serve.linked_data import linked_data, script_json
from figpath.serve.site import addresses_of, site_of
from figpath.serve.topic_lists import LISTS, SIZE, topic_page

if TYPE_CHECKING:
    from figpath.search.results import Found
    from figpath.serve.desk import Desk

router = APIRouter(include_in_schema=False)

Lit = Annotated[str, Query(max_length=20_000, description="Symbols or identifiers of genes to light up.")]
_SIMILAR, _COMPANIONS = 8, 24


@router.get("/")
async def home(request: Request) -> Response:
    """Where one begins: search, a gene list, what the corpus holds."""

    def ask(desk: Desk) -> dict[str, Any]:
        found, counts = desk.memory.once("home", lambda: (desk.search("", limit=6, sort="year"), desk.store.counts()))
        return {"found": found, "counts": counts}

    told = await site_of(request).desks.ask(ask)
    facets = {facet.name: facet.values for facet in told["found"].facets}
    years = [(int(value.label), value.count) for value in facets.get("year", ())]
    return _html(request, "home.html", **told, facets=facets, **_chart(years), view=search_view)


@router.get("/browse")
async def browse(request: Request) -> Response:
    """The most frequent organisms, genes, diseases and journals, and all years."""
    found = await site_of(request).desks.ask(lambda desk: desk.memory.once("browse", lambda: desk.search("", limit=0)))
    facets = tuple(search_view.choices(found, "", sort="", at=addresses_of(request)))
    return _html(request, "browse.html", found=found, facets=facets)


@router.get("/browse/{name}")
async def topics_page(request: Request, name: Figid, offset: Offset = 0) -> Response:
    """All genes, diseases, organisms, journals or years of the corpus."""
    chosen = next((one for one in LISTS if one.name == name), None)
    if chosen is None:
        raise MissingError(f"there is no list {name[:40]!r}: the lists are {', '.join(one.name for one in LISTS)}")
    topics = await site_of(request).desks.ask(lambda desk: desk.memory.once("topics", desk.searcher.topics))
    found = topic_page(chosen, topics, offset=offset, at=addresses_of(request))
    return _html(request, "topics.html", listed=chosen, found=found, size=SIZE)


@router.get("/search")
async def search_page(request: Request, q: Words = "", sort: Order = "relevance", offset: Offset = 0) -> Response:
    """What a query finds."""
    found: Found = await site_of(request).desks.ask(
        lambda desk: desk.search(q, limit=search_view.PAGE, offset=offset, sort=sort, facets=FACETS)
    )
    at, words = addresses_of(request), search_view.plain_words(q, found)
    return _html(
        request,
        "search.html",
        found=found,
        query=q,
        sort=sort,
        facets=tuple(search_view.choices(found, q.strip(), sort=sort, at=at)),
        elsewhere=elsewhere(words) if words else (),
        view=search_view,
    )


@router.get("/figures/{figid}")
async def figure_page(request: Request, figid: Figid, lit: Lit = "") -> Response:
    """One figure: the names on the picture, in the caption and in tables."""
    wanted = [one.strip() for one in lit.split(",") if one.strip()]

    def ask(desk: Desk) -> dict[str, Any]:
        record = desk.record(figid)
        failed = record.status == "failed"
        return {
            "figure": figure_view(record, lit=wanted),
            "has_picture": desk.store.kept(figid).picture,
            "similar": None if failed else desk.searcher.similar(figid, limit=_SIMILAR),
        }

    told = await site_of(request).desks.ask(ask)
    record = told["figure"].record
    address = str(request.url_for("figure_page", figid=figid))
    picture = str(request.url_for("picture", figid=figid)) if told["has_picture"] else ""
    return _html(
        request,
        "figure.html",
        **told,
        record=record,
        paper=record.figure.paper,
        forms=FORMS,
        overlay=True,
        address=address,
        picture=picture,
        linked=script_json(linked_data(record, address=address, picture=picture)),
        paper_addresses=paper_addresses(record.figure.paper.pmcid, record.figure.paper.doi),
    )


@router.get("/genes/{name}")
async def gene_page(request: Request, name: Figid, organism: Species = "", offset: Offset = 0) -> Response:
    """One gene: figures over the years, companions, all figures."""
    taxon = ids.taxon(organism).id if organism else None

    def ask(desk: Desk) -> dict[str, Any]:
        gene = desk.gene(name, taxon=taxon, figures=0, companions=_COMPANIONS)
        found = desk.search(f"gene:{gene.id}", limit=search_view.PAGE, offset=offset, sort="year", facets=("organism",))
        return {"gene": gene, "found": found}

    told = await site_of(request).desks.ask(ask)
    return _html(request, "gene.html", **told, **_chart(told["gene"].years), view=search_view, name=name)


@router.get("/api/docs")
async def api_page(request: Request) -> Response:
    """The description of the API, drawn by this server from ``/api/openapi.json``."""
    return _html(request, "api.html", described=request.app.openapi())


def _chart(years: Any) -> dict[str, Any]:
    return {"bars": bars(years), "chart_width": WIDTH, "chart_height": HEIGHT}


def _html(request: Request, template: str, **values: Any) -> Response:
    return tagged(request, site_of(request).page(request, template, **values), "text/html; charset=utf-8")
