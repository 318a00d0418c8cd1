"""Keeping a figure that was read: it goes into the corpus, on a server that lets people edit it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from figpath.ids import check_figure_id
from figpath.serve.failures import FAILURES
from figpath.serve.read_page import Record, Sent, sent_bytes
from figpath.serve.site import addresses_of, site_of

router = APIRouter(tags=["read"], responses=FAILURES)


@router.post("/read/keep", include_in_schema=False)
async def keep(
    request: Request, record: Record, figid: Annotated[str, Form(max_length=200)], picture: Sent = ""
) -> Response:
    """Put a figure into the corpus under an id that is free, and show its page."""
    site = site_of(request)
    site.correcting.known(request)
    wanted = check_figure_id(figid.strip())
    await site.correcting.keep(record, sent_bytes(picture), figid=wanted)
    return RedirectResponse(addresses_of(request).figure(wanted), status_code=303)
