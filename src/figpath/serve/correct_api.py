"""Corrections in the JSON API; only a server that was started to be edited has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from figpath import ids
from figpath.corrections.correction import LONGEST_TEXT, Anchor, to_json
from figpath.serve.answers import Envelope, lines, success
from figpath.serve.api import Figid, Species
from figpath.serve.correcting import Asked
from figpath.serve.failures import FAILURES
from figpath.serve.lexicon_search import LONGEST, choices
from figpath.serve.site import site_of

if TYPE_CHECKING:
    from figpath.corrections.apply import Applied
    from figpath.corrections.correction import Correction
    from figpath.serve.desk import Desk

router = APIRouter(prefix="/api", tags=["corrections"], responses=FAILURES)

_Pixel = Annotated[int, Field(ge=0, le=2**31 - 1)]
LineId = Annotated[str, Path(max_length=64, description="Id of a correction.")]


class CorrectionRequest(BaseModel, extra="forbid"):
    """One change of one name.

    `text` and `box` say which name, exactly as the record has them; to add one, where it stands. `entities` are
    identifiers such as ``ncbigene:3717``, to reassign or add; `drawn` is what is drawn where it was read wrongly.
    """

    action: Literal["accept", "reject", "reassign", "add"]
    text: str = Field(min_length=1, max_length=LONGEST_TEXT)
    box: tuple[_Pixel, _Pixel, _Pixel, _Pixel] | None = None
    entities: list[str] = Field(default=[], max_length=50)
    drawn: str = Field(default="", max_length=LONGEST_TEXT)


@router.get(
    "/corrections",
    response_class=Response,
    responses={200: {"content": {"application/x-ndjson": {}}, "description": "One correction a line."}},
)
async def whole_log(request: Request) -> Response:
    """Return the log of all corrections, one JSON document a line, as ``figpath corrections --import`` takes it."""
    found = await site_of(request).desks.ask(lambda desk: desk.store.corrections.log())
    return lines(msgspec.Raw(to_json(one)) for one in found)


@router.get("/figures/{figid}/corrections", response_model=Envelope)
async def log(request: Request, figid: Figid) -> Response:
    """Return the corrections of a figure in order, each with its state: in effect, undone, or not on the figure."""

    def ask(desk: Desk) -> list[dict[str, Any]]:
        desk.record(figid)
        return _told(desk.store.corrections.state(figid))

    return success(request, await site_of(request).desks.ask(ask))


@router.post("/figures/{figid}/corrections", response_model=Envelope, status_code=201)
async def correct(request: Request, figid: Figid, asked: CorrectionRequest) -> Response:
    """Accept, reject or reassign a name, or add one that was missed; ``Authorization: Bearer TOKEN`` says who."""
    site = site_of(request)
    who = site.correcting.known(request)
    await site.desks.ask(lambda desk: desk.record(figid))
    anchor = Anchor(text=asked.text, box=asked.box)
    wish = Asked(action=asked.action, anchors=(anchor,), entities=tuple(asked.entities), text=asked.drawn)
    return _made(request, await site.correcting.make(figid, wish, who=who), status=201)


@router.delete("/figures/{figid}/corrections/{correction}", response_model=Envelope)
async def undo(request: Request, figid: Figid, correction: LineId) -> Response:
    """Take a correction back; the log keeps it, and a line that says so."""
    site = site_of(request)
    who = site.correcting.known(request)
    await site.desks.ask(lambda desk: desk.record(figid))
    return _made(request, await site.correcting.make(figid, Asked(action="undo", undoes=(correction,)), who=who))


@router.get("/lexicon", response_model=Envelope)
async def lexicon(
    request: Request,
    q: Annotated[str, Query(max_length=LONGEST, description="A name, the beginning of one, or an identifier.")] = "",
    organism: Species = "",
    limit: Annotated[int, Query(ge=1, le=100, description="How many at most.")] = 20,
) -> Response:
    """Search in the lexicon for what a drawn name can stand for."""
    taxon = ids.taxon(organism).id if organism else None
    found = await site_of(request).desks.ask(lambda desk: choices(q, desk.memory.lexicon, taxon=taxon, limit=limit))
    return success(request, found)


def states_of(state: Applied) -> dict[str, str]:
    """Return for each line of a log whether it is in effect."""
    found = dict.fromkeys((one.id for one in state.log), "in effect")
    return found | dict.fromkeys(state.lost, "not on the figure") | dict.fromkeys(state.undone, "undone")


def _told(state: Applied) -> list[dict[str, Any]]:
    states = states_of(state)
    return [msgspec.to_builtins(one) | {"state": states[one.id]} for one in state.log]


def _made(request: Request, made: tuple[Correction, ...], *, status: int = 200) -> Response:
    answer = success(request, [msgspec.Raw(to_json(one)) for one in made])
    answer.status_code = status
    return answer
