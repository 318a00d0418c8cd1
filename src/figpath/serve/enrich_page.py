"""The page of gene lists: which figures draw the genes of a list together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response
from pydantic import Field

from figpath.errors import InputError
from figpath.serve.answers import tagged
from figpath.serve.enrich_view import SURE, enrich_view
from figpath.serve.enrichment import FORMS, EnrichRequest, enriched, file_of, not_found
from figpath.serve.site import site_of

if TYPE_CHECKING:
    from figpath.serve.desk import Desk
    from figpath.serve.enrich_view import EnrichView

router = APIRouter(prefix="/enrich", include_in_schema=False)


class EnrichForm(EnrichRequest):
    """What the form sends; a list that is empty is told on the page."""

    genes: str = Field(default="", max_length=1_000_000)
    form: Literal["page", "tsv", "csv", "json", "gmt", "svg", "png", "heatmap"] = "page"


@router.get("")
async def empty(request: Request, genes: Annotated[str, Query(max_length=100_000)] = "") -> Response:
    """The form."""
    return tagged(request, _page(request, EnrichForm(genes=genes)), "text/html; charset=utf-8")


@router.post("")
async def filled(request: Request, asked: Annotated[EnrichForm, Form()]) -> Response:
    """The figures that draw the genes, as a page or as a file."""
    try:
        made = await site_of(request).desks.ask(lambda desk: _answer(desk, asked))
    except InputError as error:
        unmapped = await site_of(request).desks.ask(lambda desk: not_found(desk, asked))
        page = _page(request, asked, error=str(error), unmapped=unmapped)
        return Response(page, status_code=400, media_type="text/html")
    if isinstance(made, bytes):
        _, name, media_type = FORMS[asked.form]
        return tagged(request, made, media_type, name=name)
    return tagged(request, _page(request, asked, view=made), "text/html; charset=utf-8")


def _answer(desk: Desk, asked: EnrichForm) -> EnrichView | bytes:
    found = enriched(desk, asked)
    return (
        enrich_view(found, desk.memory.accessions) if asked.form == "page" else file_of(desk, asked, found, asked.form)
    )


def _page(request: Request, asked: EnrichForm, **values: Any) -> bytes:
    told = {"view": None, "error": "", "unmapped": (), "forms": FORMS, "sure": SURE} | values
    return site_of(request).page(request, "enrich.html", asked=asked, **told)
