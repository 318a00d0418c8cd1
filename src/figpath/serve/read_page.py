"""The page to which figures are sent: they are read at once, shown, and not kept."""

from __future__ import annotations

import asyncio
import base64
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import Response

from figpath import ids
from figpath.errors import FigpathError, InputError
from figpath.record import from_json
from figpath.serve.answers import Envelope, success, tagged
from figpath.serve.failures import FAILURES, BusyError, MissingError
from figpath.serve.figure_files import FORMS
from figpath.serve.figure_view import figure_view
from figpath.serve.reading_room import Upload
from figpath.serve.site import site_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.serve.reading_room import ReadFigure

router = APIRouter(tags=["read"], responses=FAILURES)

MOST_FILES = 10
"""Files that are taken at a time."""

MOST_SENT_AGAIN = 20_000_000
"""Letters of a picture that a page holds to be sent back."""

Files = Annotated[list[UploadFile], File(description="Pictures or PDF files.")]
Record = Annotated[str, Form(max_length=20_000_000, description="As the page of what was read has it.")]
Sent = Annotated[str, Form(max_length=30_000_000, description="The picture, as Base64.")]
Said = Annotated[str, Form(max_length=20_000)]
Species = Annotated[str, Form(max_length=200, description="Names or taxon ids; empty lets title and caption decide.")]


@router.get("/read", include_in_schema=False)
async def empty(request: Request) -> Response:
    """The form."""
    return tagged(request, _page(request), "text/html; charset=utf-8")


@router.post("/read", include_in_schema=False)
async def read(request: Request, files: Files, title: Said = "", caption: Said = "", species: Species = "") -> Response:
    """The figures that were sent, each as its page would show it."""
    shown, failed = [], []
    for name, found in await _read(request, files, title=title, caption=caption, species=species):
        if isinstance(found, str):
            failed.append((name, found))
        else:
            shown += [_shown(one) for one in found]
    return Response(
        _page(request, shown=shown, failed=failed, title=title, caption=caption, species=species),
        status_code=200 if shown else 400,
        media_type="text/html",
        headers={"Cache-Control": "no-store"},
    )


@router.post("/api/read", response_model=Envelope)
async def read_for_programs(
    request: Request, files: Files, title: Said = "", caption: Said = "", species: Species = ""
) -> Response:
    """Read figures: the records of each file, or why there are none. Nothing is kept."""
    found = await _read(request, files, title=title, caption=caption, species=species)
    told = [
        {"file": name, "error": one, "records": []}
        if isinstance(one, str)
        else {"file": name, "error": "", "records": [msgspec.Raw(figure.record) for figure in one]}
        for name, one in found
    ]
    return success(request, told)


@router.post("/read/files", include_in_schema=False)
async def record_file(request: Request, record: Record, form: Annotated[str, Form(max_length=40)]) -> Response:
    """A record that is not stored, in a form of other programs."""
    chosen = next((one for one in FORMS if one.name == form), None)
    if chosen is None:
        raise MissingError(f"there is no form {form[:40]!r}: the forms are {', '.join(one.name for one in FORMS)}")
    found = await asyncio.to_thread(from_json, record)
    return tagged(request, chosen.write(found), chosen.media_type, name=f"{found.figid}{chosen.ending}")


@router.post("/read/overlay", include_in_schema=False)
async def overlay(request: Request, record: Record, picture: Sent) -> Response:
    """The picture of a figure that is not stored, with its names drawn on it."""
    found = await asyncio.to_thread(from_json, record)
    upload = Upload(name=f"{found.figid}.png", data=sent_bytes(picture), record=record.encode())
    (drawn,) = await site_of(request).room.read(upload)
    return tagged(request, drawn.picture, "image/png", name=f"{found.figid}-names.png")


async def _read(
    request: Request, files: Sequence[UploadFile], *, title: str, caption: str, species: str
) -> list[tuple[str, tuple[ReadFigure, ...] | str]]:
    """Read files one after the other; one that cannot be read is a sentence and stops no other."""
    if len(files) > MOST_FILES:
        raise InputError(f"{len(files)} files were sent: send at most {MOST_FILES} at a time")
    taxa = ids.taxa(species) if species.strip() else None
    told: list[tuple[str, tuple[ReadFigure, ...] | str]] = []
    for file in files:
        name = " ".join((file.filename or "figure").split())[-120:]
        upload = Upload(name=name, data=await file.read(), title=title, caption=caption, taxa=taxa)
        try:
            told.append((name, await site_of(request).room.read(upload)))
        except BusyError:
            raise
        except FigpathError as error:
            told.append((name, str(error)))
    return told


def _shown(found: ReadFigure) -> dict[str, Any]:
    sent = base64.b64encode(found.picture).decode("ascii")
    record = from_json(found.record)
    return {
        "figure": figure_view(record),
        "record": record,
        "picture": f"data:{found.media_type};base64,{sent}" if sent else "",
        "sent": sent if len(sent) <= MOST_SENT_AGAIN else "",
        "json": found.record.decode(),
    }


def sent_bytes(picture: str) -> bytes:
    """Return a picture that a page sends back.

    Raises
    ------
    InputError
        When it is not Base64.
    """
    try:
        return base64.b64decode(picture, validate=True)
    except ValueError as error:
        raise InputError("the picture is not sent as Base64: send the page's own form") from error


def _page(request: Request, **values: Any) -> bytes:
    told = {"shown": [], "failed": [], "title": "", "caption": "", "species": ""} | values
    site = site_of(request)
    keeps = site.settings.edit and bool(site.correcting.editor(request))
    return site.page(request, "read.html", forms=FORMS, most=MOST_FILES, keeps=keeps, **told)
