"""The JSON API: search, figures, genes, enrichment, gene sets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from figpath import ids
from figpath.search.results import FACETS
from figpath.serve.answers import Envelope, lines, success
from figpath.serve.enrichment import EnrichRequest, NamesChoice, enriched
from figpath.serve.failures import FAILURES
from figpath.serve.sets import gene_set_lines
from figpath.serve.site import site_of

if TYPE_CHECKING:
    from figpath.serve.desk import Desk

router = APIRouter(prefix="/api", tags=["figpath"], responses=FAILURES)

Figid = Annotated[str, Path(max_length=200, description="Id of a figure.")]
Limit = Annotated[int, Query(ge=0, le=500, description="How many at most.")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="How many to pass over first.")]
Words = Annotated[str, Query(max_length=4000, description="A query as in docs/search.md; empty finds every figure.")]
Species = Annotated[str, Query(max_length=100, description="Name of a species, or its NCBI taxon id.")]
Order = Annotated[Literal["relevance", "year", "figid"], Query(description="What comes first.")]
Names = Annotated[
    NamesChoice,
    Query(description="Genes drawn by official symbol, by any name, or also members of drawn families."),
]


@router.get("/corpus", response_model=Envelope)
async def corpus(request: Request) -> Response:
    """Tell what the corpus holds: counts, and the most frequent organisms, years, journals, genes and diseases."""

    def ask(desk: Desk) -> dict[str, object]:
        found = desk.search("", limit=0)
        return {"counts": desk.store.counts(), "figures": found.total, "facets": found.facets}

    return success(request, await site_of(request).desks.ask(ask))


@router.get("/search", response_model=Envelope)
async def search(
    request: Request, q: Words = "", limit: Limit = 24, offset: Offset = 0, sort: Order = "relevance"
) -> Response:
    """Find figures."""
    found = await site_of(request).desks.ask(
        lambda desk: desk.search(q, limit=limit, offset=offset, sort=sort, facets=())
    )
    data = {"query": found.query, "hits": found.hits, "suggestions": found.suggestions}
    return success(request, data, page=(found.total, offset, limit))


@router.get("/facets", response_model=Envelope)
async def facets(request: Request, q: Words = "") -> Response:
    """Count the figures that a query finds by organism, year, journal, gene and disease."""
    found = await site_of(request).desks.ask(lambda desk: desk.search(q, limit=0, facets=FACETS))
    return success(request, {"query": q, "total": found.total, "facets": found.facets})


@router.get("/figures/{figid}", response_model=Envelope)
async def figure(request: Request, figid: Figid) -> Response:
    """Return the record of a figure: what the paper says, what was read, and what it means."""
    return success(request, await site_of(request).desks.ask(lambda desk: desk.record(figid)))


@router.get("/figures/{figid}/similar", response_model=Envelope)
async def similar(request: Request, figid: Figid, limit: Limit = 24) -> Response:
    """Find figures that draw the same genes and families."""

    def ask(desk: Desk) -> object:
        desk.record(figid)
        return desk.searcher.similar(figid, limit=limit)

    return success(request, await site_of(request).desks.ask(ask))


@router.get("/genes/{name}", response_model=Envelope)
async def gene(
    request: Request,
    name: Annotated[str, Path(max_length=200, description="Any name of a gene, or an id such as ncbigene:3717.")],
    organism: Species = "",
    limit: Limit = 24,
    companions: Limit = 20,
) -> Response:
    """Tell of a gene: figures that draw it, by year, and genes that are drawn with it more often than by chance."""
    taxon = ids.taxon(organism).id if organism else None
    found = await site_of(request).desks.ask(
        lambda desk: desk.gene(name, taxon=taxon, figures=limit, companions=companions)
    )
    return success(request, found)


@router.post("/enrich", response_model=Envelope)
async def enrich(request: Request, asked: EnrichRequest) -> Response:
    """Test which figures draw the genes of a list together, beyond chance: the JSON of `figpath enrich`."""
    return success(request, await site_of(request).desks.ask(lambda desk: enriched(desk, asked).to_dict()))


@router.get(
    "/sets",
    response_class=Response,
    responses={200: {"content": {"application/x-ndjson": {}}, "description": "One figure with its genes a line."}},
)
async def gene_sets(request: Request, organism: Species = "human", names: Names = "strict") -> Response:
    """Return the genes of every figure that draws at least three of a species, one JSON document a line."""
    taxon = ids.taxon(organism).id
    drawn = await site_of(request).desks.ask(lambda desk: desk.drawn_genes())
    return lines(gene_set_lines(drawn, taxon=taxon, names=names))
