"""The page of gene lists: which figures draw the genes of a list together."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from figpath.errors import InputError
from figpath.serve.answers import tagged
from figpath.serve.api import EnrichRequest, NamesChoice
from figpath.serve.enrichment import Asked, dots_of, enriched, mapped_list, rows_of, rows_tsv
from figpath.serve.site import site_of

if TYPE_CHECKING:
    from figpath.serve.desk import Desk
    from figpath.serve.enrichment import Enriched

router = APIRouter(prefix="/enrich", include_in_schema=False)

_TYPES = {
    "tsv": "text/tab-separated-values", "json": "application/json", "svg": "image/svg+xml", "png": "image/png",
}  # fmt: skip
_LEAST_Q = 1e-300


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotRow:
    """A dot: where it stands across, from 0 to 1, its radius in pixels, and how sure it is, from 0 to 4."""

    across: float
    radius: float
    shade: int


@router.get("")
async def empty(request: Request, genes: str = "") -> Response:
    """The form."""
    return _page(request, EnrichRequest.model_construct(genes=genes[:100_000]))


@router.post("")
async def filled(
    request: Request,
    genes: Annotated[str, Form(max_length=1_000_000)] = "",
    background: Annotated[str, Form(max_length=1_000_000)] = "",
    organism: Annotated[str, Form(max_length=100)] = "human",
    names: Annotated[NamesChoice, Form()] = "all",
    families: Annotated[Literal["one", "members"], Form()] = "one",
    form: Annotated[Literal["page", "tsv", "json", "svg", "png"], Form()] = "page",
) -> Response:
    """The figures that draw the genes, as a page or as a file."""
    asked = Asked(genes=genes, background=background, organism=organism, names=names, families=families)
    kept = EnrichRequest.model_construct(
        genes=genes, background=background, organism=organism, names=names, families=families
    )
    try:
        made = await site_of(request).desks.ask(lambda desk: _answer(desk, asked, form))
    except InputError as error:
        page = site_of(request).page(request, "enrich.html", asked=kept, error=str(error), found=None, plot=())
        return Response(page, status_code=400, media_type="text/html")
    if isinstance(made, bytes):
        return tagged(request, made, _TYPES[form], name=f"figures-of-my-genes.{form}")
    return _page(request, kept, made)


def _answer(desk: Desk, asked: Asked, form: str) -> Enriched | bytes:
    import msgspec

    from figpath.enrich.plot import dot_plot

    found = enriched(desk, asked)
    if form == "page":
        return found
    if form == "tsv":
        return rows_tsv(found).encode()
    if form == "json":
        return msgspec.json.encode({"list": mapped_list(found.mapped), "figures": rows_of(found)})
    return dot_plot(dots_of(found), form="svg" if form == "svg" else "png")


def _page(request: Request, asked: EnrichRequest, found: Enriched | None = None) -> Response:
    plot = () if found is None else plot_rows(found)
    body = site_of(request).page(request, "enrich.html", asked=asked, error="", found=found, plot=plot)
    return tagged(request, body, "text/html; charset=utf-8")


def plot_rows(found: Enriched) -> tuple[PlotRow, ...]:
    """Return a dot for each figure: fold enrichment across, hits as the area, adjusted p-value as the shade."""
    rows: list[Any] = [one.row for one in found.told]
    folds = [math.log2(max(row.fold, 1)) for row in rows]
    farthest, most = max(folds, default=0) or 1.0, max((row.overlap for row in rows), default=1)
    return tuple(
        PlotRow(
            across=round(fold / farthest, 3),
            radius=round(3 + 6 * math.sqrt(row.overlap / most), 1),
            shade=min(4, int(-math.log10(max(row.q, _LEAST_Q)) // 1.3)),
        )
        for row, fold in zip(rows, folds, strict=True)
    )
