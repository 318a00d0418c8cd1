"""The pages on which a figure is corrected: its names, what one of them stands for, and signing in.

They work without scripts: every change is a form. A script adds drawing a box on the picture.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from figpath import ids
from figpath.corrections.correction import LONGEST_TEXT, Anchor
from figpath.serve.api import Figid, Species
from figpath.serve.correct_view import anchor_text, anchors_of, groups, log_lines
from figpath.serve.correcting import Asked, Wish
from figpath.serve.editors import COOKIE, COOKIE_SECONDS, editor_of
from figpath.serve.failures import ForbiddenError, MissingError
from figpath.serve.figure_view import figure_view
from figpath.serve.lexicon_search import LONGEST, choices
from figpath.serve.site import addresses_of, site_of

if TYPE_CHECKING:
    from figpath.grounding.mention import Mention
    from figpath.record import Record
    from figpath.serve.desk import Desk

router = APIRouter(include_in_schema=False)

Anchors = Annotated[list[str], Query(max_length=2000)]
SentAnchors = Annotated[list[str], Form(max_length=2000)]
Pixel = Annotated[int | None, Query(ge=0, le=2**31 - 1)]
Typed = Annotated[str, Query(max_length=LONGEST_TEXT)]
_FOUND = 30
_WRONG_TOKEN_SECONDS = 0.5
_DONE = {"accept": "accepted", "reject": "rejected", "reassign": "assigned", "add": "added", "undo": "undone"}


@router.get("/figures/{figid}/correct")
async def correct_page(
    request: Request,
    figid: Figid,
    did: Annotated[str, Query(max_length=20)] = "",
    lines: Annotated[str, Query(max_length=100_000)] = "",
) -> Response:
    """The names of a figure, each with what can be done about it, and the log."""
    site = site_of(request)
    if not (who := site.correcting.editor(request)):
        return _to_sign_in(request)

    def ask(desk: Desk) -> dict[str, Any]:
        desk.record(figid)
        state = desk.store.corrections.state(figid)
        record, view = state.record, figure_view(state.record, rejected=True)
        by_number = {row.number: row for table in view.tables for row in table.rows}
        rows = [by_number[number] for number in sorted(by_number)]
        return {
            "figure": view,
            "record": record,
            "has_picture": desk.store.kept(figid).picture,
            "groups": groups(state, rows),
            "log": log_lines(state),
            "just": [one for one in lines.split(",") if one and one in {line.id for line in state.log} - state.undone],
        }

    told = await site.desks.ask(ask)
    return _html(request, "correct.html", **told, who=who, did=_DONE.get(did, ""))


@router.post("/figures/{figid}/correct")
async def correct(
    request: Request,
    figid: Figid,
    action: Annotated[Wish, Form()],
    anchor: SentAnchors = [],  # noqa: B006 - FastAPI makes a new one each time
    entity: Annotated[list[str], Form(max_length=50)] = [],  # noqa: B006
    undoes: Annotated[list[str], Form(max_length=2000)] = [],  # noqa: B006
    text: Annotated[str, Form(max_length=LONGEST_TEXT)] = "",
) -> Response:
    """Do what a form asks for, and show the figure again."""
    site = site_of(request)
    who = site.correcting.known(request)
    await site.desks.ask(lambda desk: desk.record(figid))
    asked = Asked(
        action=action, anchors=anchors_of(anchor), entities=tuple(entity), undoes=tuple(undoes), text=text.strip()
    )
    made = await site.correcting.make(figid, asked, who=who)
    shown = ",".join(one.id for one in made[:200])
    return _go(addresses_of(request).correct(figid, did=action, lines="" if action == "undo" else shown))


@router.get("/figures/{figid}/correct/meaning")
async def meaning_page(
    request: Request,
    figid: Figid,
    anchor: Anchors = [],  # noqa: B006 - FastAPI makes a new one each time
    text: Typed = "",
    x0: Pixel = None,
    y0: Pixel = None,
    x1: Pixel = None,
    y1: Pixel = None,
    q: Annotated[str, Query(max_length=LONGEST_TEXT)] = "",
    organism: Species = "",
) -> Response:
    """Search in the lexicon for what names stand for: those that are there already, or one that was missed."""
    site = site_of(request)
    if not (who := site.correcting.editor(request)):
        return _to_sign_in(request)
    corners = (x0, y0, x1, y1)
    box = None if None in corners else corners
    adding: Literal["add", "reassign"] = "reassign" if anchor else "add"
    anchors = anchors_of(anchor) or (Anchor(text=" ".join(text.split()), box=box),)  # type: ignore[arg-type]  # no None in it
    typed = " ".join(text.split()) or anchors[0].text
    wanted = " ".join((q or typed).split())[:LONGEST]
    taxon = ids.taxon(organism).id if organism else None

    def ask(desk: Desk) -> dict[str, Any]:
        record = desk.record(figid)
        mentions = [_mention(record, one) for one in anchors] if anchor else []
        return {
            "record": record,
            "mentions": mentions,
            "taxa": tuple(dict.fromkeys((*record.organisms, *desk.memory.lexicon.taxa))),
            "found": choices(wanted, desk.memory.lexicon, taxon=taxon, limit=_FOUND),
            "has_picture": desk.store.kept(figid).picture,
        }

    told = await site.desks.ask(ask)
    return _html(
        request,
        "meaning.html",
        **told,
        who=who,
        action=adding,
        anchors=tuple(map(anchor_text, anchors)),
        box=anchors[0].box,
        view=_window(told["record"], anchors[0]),
        text=typed,
        q=wanted,
        organism=organism,
    )


@router.get("/sign-in")
async def sign_in_page(request: Request, to: Annotated[str, Query(max_length=1000)] = "") -> Response:
    """A form for the token of an editor."""
    if not site_of(request).settings.editors:
        raise MissingError("nobody needs to sign in here: everyone on this machine can correct figures")
    return _html(request, "sign_in.html", to=to, who=site_of(request).correcting.editor(request))


@router.post("/sign-in")
async def sign_in(
    request: Request, token: Annotated[str, Form(max_length=1000)], to: Annotated[str, Form(max_length=1000)] = ""
) -> Response:
    """Give the browser a cookie that stands for the token."""
    editors = site_of(request).settings.editors
    found = editor_of(editors, token.strip())
    if found is None:
        await asyncio.sleep(_WRONG_TOKEN_SECONDS)  # so that tokens are not guessed one after the other
        raise ForbiddenError("this is the token of no editor: look at what you were given, and sign in again")
    at = addresses_of(request)
    answer = _go(at.root + to if _is_own(to) else at.home())
    answer.set_cookie(
        COOKIE, found.cookie, max_age=COOKIE_SECONDS, path=at.home(), httponly=True, samesite="strict",
        secure=request.url.scheme == "https",
    )  # fmt: skip
    return answer


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """Take the cookie back."""
    at = addresses_of(request)
    answer = _go(at.home())
    answer.delete_cookie(COOKIE, path=at.home(), httponly=True, samesite="strict")
    return answer


def _mention(record: Record, anchor: Anchor) -> Mention:
    found = next((one for one in record.mentions if (one.text, one.box) == (anchor.text, anchor.box)), None)
    if found is None:
        raise MissingError(f"the figure {record.figid} has no name {anchor.text[:80]!r} there: open its page again")
    return found


def _window(record: Record, anchor: Anchor) -> tuple[int, int, int, int] | None:
    """The part of the picture around a name: left, top, width, height."""
    if anchor.box is None or not record.width or not record.height:
        return None
    x0, y0, x1, y1 = anchor.box
    across, down = max(60, x1 - x0), max(30, y1 - y0)
    left, top = max(0, x0 - across // 2), max(0, y0 - down)
    return left, top, min(record.width - left, x1 - x0 + across), min(record.height - top, y1 - y0 + 2 * down)


def _is_own(address: str) -> bool:
    """Tell whether an address is a path on this server, and not another server written like one."""
    return address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()


def _to_sign_in(request: Request) -> Response:
    if not site_of(request).settings.editors:
        raise ForbiddenError("only this machine can correct figures: start the server with tokens for others")
    path = request.url.path.removeprefix(str(request.scope.get("root_path", "")))
    query = f"?{request.url.query}" if request.url.query else ""
    return _go(addresses_of(request).sign_in(to=f"{path}{query}"[:1000]))


def _go(address: str) -> RedirectResponse:
    return RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})


def _html(request: Request, template: str, **values: Any) -> Response:
    body = site_of(request).page(request, template, **values)
    return Response(body, media_type="text/html; charset=utf-8", headers={"Cache-Control": "no-store"})
