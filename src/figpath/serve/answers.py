"""How answers are sent: one envelope, a tag by which an unchanged answer is not sent again, lines for bulk."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec
from fastapi.responses import Response
from pydantic import BaseModel
from starlette.responses import StreamingResponse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fastapi import Request

_BLOCK = 1 << 16  # bytes of lines that are sent at a time


class Page(BaseModel):
    """Which part of everything found an answer is."""

    total: int
    offset: int
    limit: int
    next: str | None = None
    previous: str | None = None


class Envelope(BaseModel):
    """The one shape of every answer: the data, and for a part of more, which part."""

    data: Any
    page: Page | None = None


def tagged(
    request: Request, body: bytes, media_type: str, *, name: str = "", cache: str = "no-cache", attach: bool = True
) -> Response:
    """Send a body with its tag, or say that whoever asks has it already.

    Parameters
    ----------
    request
        The question.
    body, media_type
        The answer.
    name
        Of the file that it is saved as; empty when it is shown.
    cache
        What caches may do with it.
    attach
        Whether a named file is saved rather than shown.
    """
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": cache}
    known = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    if request.method in ("GET", "HEAD") and (tag in known or "*" in known):
        return Response(status_code=304, headers=headers)
    if name:
        headers["Content-Disposition"] = _disposition(name, attach=attach)
    return Response(body, media_type=media_type, headers=headers)


def success(request: Request, data: object, *, page: tuple[int, int, int] | None = None) -> Response:
    """Send data in the envelope; `page` is total, offset and limit of a part of more."""
    envelope: dict[str, object] = {"data": data}
    if page is not None:
        total, offset, limit = page
        after, before = offset + limit, max(0, offset - limit)
        envelope["page"] = {
            "total": total,
            "offset": offset,
            "limit": limit,
            "next": _moved(request, after) if limit and after < total else None,
            "previous": _moved(request, before) if limit and offset else None,
        }
    return tagged(request, msgspec.json.encode(envelope), "application/json")


def lines(objects: Iterable[object]) -> Response:
    """Send one JSON document a line, as they are made."""
    return StreamingResponse(_blocks(objects), media_type="application/x-ndjson")


def _blocks(objects: Iterable[object]) -> Iterator[bytes]:
    encoder, block = msgspec.json.Encoder(), bytearray()
    for one in objects:
        block += encoder.encode(one) + b"\n"
        if len(block) >= _BLOCK:
            yield bytes(block)
            block.clear()
    yield bytes(block)


def _moved(request: Request, offset: int) -> str:
    return str(request.url.include_query_params(offset=offset).replace(scheme="", netloc=""))


def _disposition(name: str, *, attach: bool) -> str:
    """A file name for old programs and one for others; neither can end the header."""
    plain = "".join(char if char.isascii() and (char.isalnum() or char in "._-") else "_" for char in name)
    full = "".join(f"%{byte:02X}" if not chr(byte).isalnum() or byte > 127 else chr(byte) for byte in name.encode())
    return f"{'attachment' if attach else 'inline'}; filename=\"{plain}\"; filename*=UTF-8''{full}"
