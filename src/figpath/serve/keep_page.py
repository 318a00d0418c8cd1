"""Keeping a figure that was read: it goes into the corpus, on a server that lets people edit it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from figpath.corpus.kept import kept_entry
from figpath.errors import InputError, StoreError
from figpath.ids import check_figure_id
from figpath.record import from_json
from figpath.serve.failures import FAILURES, BusyError
from figpath.serve.read_page import Record, Sent, sent_bytes
from figpath.serve.site import site_of

if TYPE_CHECKING:
    from pathlib import Path

    from figpath.entry import Entry

router = APIRouter(tags=["read"], responses=FAILURES)


@router.post("/read/keep", include_in_schema=False)
async def keep(
    request: Request, record: Record, figid: Annotated[str, Form(max_length=200)], picture: Sent = ""
) -> Response:
    """Put a figure into the corpus under an id that is free, and show its page."""
    site = site_of(request)
    site.correcting.known(request)
    wanted = check_figure_id(figid.strip())
    found, data = from_json(record), sent_bytes(picture)
    path = await site.desks.ask(lambda desk: desk.memory.path)
    await asyncio.to_thread(lambda: _put(path, kept_entry(found, data, figid=wanted)))
    return RedirectResponse(str(request.url_for("figure_page", figid=wanted)), status_code=303)


def _put(path: Path, entry: Entry) -> None:
    from figpath.store import write_store

    try:
        store = write_store(path, must_exist=True)
    except StoreError as error:
        raise BusyError(str(error)) from error
    with store:
        if store.stored(entry.figid) is not None:
            raise InputError(f"there is a figure {entry.figid} already: keep yours under another id")
        store.put([entry])
