"""The API of BioThings for pathway figures, so that programs written for it work here: its paths, keys and shapes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from figpath.publish.pfocr_rows import source_class
from figpath.serve.answers import tagged
from figpath.serve.api import Figid, Names
from figpath.serve.enrichment import NamesChoice
from figpath.serve.failures import FAILURES
from figpath.serve.sets import figures_with
from figpath.serve.site import site_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.enrich.gene_sets import Names as Flavour
    from figpath.record import Record
    from figpath.serve.desk import Desk

router = APIRouter(prefix="/api", tags=["biothings"], responses=FAILURES)

_GENES = "associatedWith.mentions.genes.ncbigene"
_CLASSES: dict[Flavour, tuple[str, ...]] = {
    "strict": ("ncbigene_symbol",),
    "synonyms": ("ncbigene_symbol", "ncbigene_synonym"),
    "all": ("ncbigene_symbol", "ncbigene_synonym", "famplex_relations"),
}
_FIELDS = (
    (re.compile(r"associatedWith\.mentions\.genes\.ncbigene:\"?(\d+)\"?", re.IGNORECASE), r"gene:ncbigene:\1"),
    (
        re.compile(r"associatedWith\.mentions\.chemicals\.mesh:\"?(?:mesh:)?(\w+)\"?", re.IGNORECASE),
        r"chemical:mesh:\1",
    ),
    (
        re.compile(r"associatedWith\.mentions\.chemicals\.chebi:\"?(?:chebi\\?:)?(\d+)\"?", re.IGNORECASE),
        r"chemical:chebi:\1",
    ),
    (re.compile(r"associatedWith\.mentions\.diseases\.mesh:\"?(?:mesh:)?(\w+)\"?", re.IGNORECASE), r"disease:mesh:\1"),
    (
        re.compile(r"associatedWith\.mentions\.diseases\.doid:\"?(?:doid\\?:)?(\d+)\"?", re.IGNORECASE),
        r"disease:doid:\1",
    ),
    (re.compile(r"associatedWith\.title:", re.IGNORECASE), ""),
)
_EVERYTHING = ("__all__", "*", "*:*")


class BatchQuery(BaseModel):
    """Several queries at once: each is one or more NCBI Gene ids, separated by blanks."""

    q: list[str | int] | str = Field(max_length=1000)
    scopes: str = _GENES
    fields: list[str] | str = "all"
    operator: str = "OR"
    minimum_should_match: int = Field(default=1, ge=1, le=1000)
    size: int = Field(default=10, ge=0, le=1000)
    offset: int = Field(default=0, ge=0, le=10_000_000, alias="from")
    with_total: bool = False
    names: NamesChoice = "all"


@router.get("/figure/{figid}")
async def figure(request: Request, figid: Figid, names: Names = "all", fields: str = "all") -> Response:
    """Return one document: title, paper, and the identifiers of what is drawn."""

    def ask(desk: Desk) -> dict[str, Any]:
        return document(desk.record(figid), names=names, page=_page(request, figid))

    return _json(request, _only(await site_of(request).desks.ask(ask), fields))


@router.get("/query")
async def query(
    request: Request,
    q: Annotated[str, Query(max_length=4000, description=f"Words, or a field such as {_GENES}:3717.")] = "__all__",
    names: Names = "all",
    fields: Annotated[str, Query(max_length=1000)] = "all",
    size: Annotated[int, Query(ge=0, le=1000)] = 10,
    offset: Annotated[int, Query(alias="from", ge=0, le=10_000_000)] = 0,
) -> Response:
    """Find documents. `names` chooses the genes that they list."""

    def ask(desk: Desk) -> dict[str, Any]:
        found = desk.search(translated(q), limit=size, offset=offset, facets=())
        hits = [
            {**_only(document(desk.record(hit.figid), names=names, page=_page(request, hit.figid)), fields),
             "_score": hit.score}
            for hit in found.hits
        ]  # fmt: skip
        most = max((hit.score for hit in found.hits), default=None)
        return {"took": 0, "total": found.total, "max_score": most, "hits": hits}

    return _json(request, await site_of(request).desks.ask(ask))


@router.post("/query")
async def batch(request: Request, asked: BatchQuery) -> Response:
    """Find documents that have at least `minimum_should_match` of the genes of each query."""
    texts = asked.q.split(",") if isinstance(asked.q, str) else [str(one) for one in asked.q]

    def ask(desk: Desk) -> tuple[list[dict[str, Any]], int]:
        hits: list[dict[str, Any]] = []
        most = 0
        for text in texts:
            found, total = _having(desk, request, asked, text)
            hits += found or [{"query": text, "notfound": True}]
            most = max(most, total)
        return hits, most

    hits, most = await site_of(request).desks.ask(ask)
    return JSONResponse({"max_total": most, "hits": hits} if asked.with_total else hits)


def translated(text: str) -> str:
    """Return a query of BioThings as one of ours; empty when it asks for everything."""
    if text.strip() in _EVERYTHING:
        return ""
    for pattern, ours in _FIELDS:
        text = pattern.sub(ours, text)
    return text


def document(record: Record, *, names: Flavour = "all", page: str = "") -> dict[str, Any]:
    """Return what BioThings says about a figure.

    Parameters
    ----------
    record
        The figure.
    names
        Which genes are listed.
    page
        Address of the figure's page.
    """
    paper, entities = record.figure.paper, [entity for mention in record.taken() for entity in mention.entities]
    genes = [one.id for one in entities if one.id.startswith("ncbigene:") and source_class(one) in _CLASSES[names]]
    kinds = {"chemical": "chemicals", "disease": "diseases"}
    mentions: dict[str, dict[str, list[str]]] = {"genes": {"ncbigene": _local(genes, "ncbigene:")}} if genes else {}
    for mention in record.taken():
        for entity in mention.entities if mention.kind in kinds else ():
            prefix, _, local = entity.id.partition(":")
            listed = mentions.setdefault(kinds[mention.kind], {}).setdefault(prefix, [])
            value = local if prefix == "mesh" else f"{prefix.upper()}:{local}"
            if value not in listed:
                listed.append(value)
    about = {
        "title": record.figure.title or paper.title or record.figid,
        "pmc": paper.pmcid,
        "figureUrl": f"https://www.ncbi.nlm.nih.gov{record.figure.link}" if record.figure.link.startswith("/") else "",
        "pfocrUrl": page,
    }
    return {"_id": record.figid, "associatedWith": {**{k: v for k, v in about.items() if v}, "mentions": mentions}}


def _having(desk: Desk, request: Request, asked: BatchQuery, text: str) -> tuple[list[dict[str, Any]], int]:
    """The documents of one query, each with the query and how many of the genes it has."""
    wanted = {f"ncbigene:{one.rpartition(':')[2]}" for one in text.split()}
    least = len(wanted) if asked.operator.upper() == "AND" else asked.minimum_should_match
    drawn = desk.drawn_genes()
    places, counts = figures_with(drawn, wanted, names=asked.names, least=least)
    part = slice(asked.offset, asked.offset + asked.size)
    hits = []
    for place, count in zip(places[part].tolist(), counts[part].tolist(), strict=True):
        figid = drawn.figids[place]
        made = document(desk.record(figid), names=asked.names, page=_page(request, figid))
        hits.append({"query": text, "_score": count, **_only(made, asked.fields)})
    return hits, len(places)


def _only(made: dict[str, Any], fields: Sequence[str] | str) -> dict[str, Any]:
    """Keep the fields that were asked for, which may be paths; the id stays."""
    paths = fields.split(",") if isinstance(fields, str) else list(fields)
    if not paths or "all" in paths:
        return made
    kept: dict[str, Any] = {"_id": made["_id"]}
    for path in paths:
        _copy(made, kept, path.strip().split("."))
    return kept


def _copy(source: dict[str, Any], to: dict[str, Any], path: list[str]) -> None:
    name, *rest = path
    if name not in source:
        return
    if rest and isinstance(source[name], dict):
        _copy(source[name], to.setdefault(name, {}), rest)
    elif not rest:
        to[name] = source[name]


def _local(curies: Sequence[str], prefix: str) -> list[str]:
    return list(dict.fromkeys(curie.removeprefix(prefix) for curie in curies))


def _page(request: Request, figid: str) -> str:
    return str(request.url_for("figure_page", figid=figid))


def _json(request: Request, value: object) -> Response:
    return tagged(request, msgspec.json.encode(value), "application/json")
