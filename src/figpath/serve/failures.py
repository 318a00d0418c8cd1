"""What a server says when it cannot answer: one shape for programs, one page for people."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import msgspec
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from figpath.errors import BeingWrittenError, FigpathError, InputError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from figpath.serve.site import Site

RETRY_AFTER: Final = "5"
"""Seconds after which a server that is busy may be asked again."""


class MissingError(FigpathError):
    """What was asked for is not in the corpus."""


class BusyError(FigpathError):
    """Too many questions are waiting."""


class ForbiddenError(FigpathError):
    """Whoever asks may not do this."""


class Failure(BaseModel):
    """Why a question was not answered."""

    status: int
    message: str


class FailureEnvelope(BaseModel):
    """The one shape of every answer that is none."""

    error: Failure


FAILURES: Final[dict[int | str, dict[str, object]]] = {
    400: {"model": FailureEnvelope, "description": "The question cannot be understood."},
    403: {"model": FailureEnvelope, "description": "Another site sent this, or whoever sent it may not do so."},
    404: {"model": FailureEnvelope, "description": "The corpus has no such thing."},
    413: {"model": FailureEnvelope, "description": "More was sent than is accepted."},
    421: {"model": FailureEnvelope, "description": "The server does not go by this name."},
    422: {"model": FailureEnvelope, "description": "A parameter is missing or of the wrong form."},
    503: {"model": FailureEnvelope, "description": "Too many questions are waiting: come back."},
}
"""How the description of the API lists them."""


_STATUS: Final = (
    (MissingError, 404), (BusyError, 503), (BeingWrittenError, 503), (ForbiddenError, 403), (InputError, 400),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    status: int
    message: str


def install(app: FastAPI, site: Site) -> None:
    """Make an app tell every failure in one of the two forms."""

    async def told(request: Request, error: Exception) -> Response:
        found = _told(error)
        headers = {"Retry-After": RETRY_AFTER} if found.status == HTTPStatus.SERVICE_UNAVAILABLE else {}
        headers |= dict(getattr(error, "headers", None) or {})
        if request.url.path.removeprefix(request.scope.get("root_path", "")).startswith("/api/"):
            body = msgspec.json.encode({"error": {"status": found.status, "message": found.message}})
            return Response(body, status_code=found.status, media_type="application/json", headers=headers)
        title = HTTPStatus(found.status).phrase
        page = site.page(request, "failure.html", title=title, message=found.message, status=found.status)
        return Response(page, status_code=found.status, media_type="text/html", headers=headers)

    for kind in (FigpathError, HTTPException, RequestValidationError, Exception):
        app.add_exception_handler(kind, told)


def _told(error: Exception) -> _Told:
    if isinstance(error, HTTPException):
        return _Told(status=error.status_code, message=str(error.detail))
    if isinstance(error, RequestValidationError):
        return _Told(status=422, message="; ".join(map(_said, error.errors())) or "the request has the wrong form")
    for kind, status in _STATUS:
        if isinstance(error, kind):
            return _Told(status=status, message=" ".join(str(error).split()))
    return _Told(status=500, message="something went wrong here; the log of the server says what")


def _said(problem: dict[str, object]) -> str:
    place = problem.get("loc")
    inside = [str(part) for part in place[1:]] if isinstance(place, tuple | list) else []
    name = ".".join(inside) or "the request"
    return f"{name}: {problem.get('msg', 'wrong')}"
