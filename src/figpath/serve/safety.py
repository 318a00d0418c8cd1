"""What every answer forbids the browser, and what is refused before anything is read."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Final

import msgspec

from figpath.serve.failures import RETRY_AFTER
from figpath.serve.settings import is_loopback

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_POLICY: Final = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Everything comes from this server; neither scripts nor styles stand inside a page."""

HEADERS: Final = (
    (b"content-security-policy", CONTENT_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
"""On every answer."""

MOST_HELD: Final = 200_000_000
BODY_SECONDS: Final = 60.0
_DIGITS = 15  # of a length that is read at all

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Safety:
    """Adds `HEADERS`, and refuses requests that another site makes a browser send, and bodies that are too large.

    A server for this machine alone answers only under names of this machine: another site could give its own name to
    the address, and read the corpus through the browser of whoever visits it.

    Parameters
    ----------
    app
        What answers.
    largest_body
        Bytes.
    larger
        Paths that take more, with how many bytes.
    names
        Under which the server answers besides those of this machine; None for any.
    most_held
        Bytes of all bodies that are being received or answered; when there are more, one has to come back.
    seconds
        That a body may take to arrive.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        largest_body: int,
        larger: Mapping[str, int],
        names: Collection[str] | None,
        most_held: int = MOST_HELD,
        seconds: float = BODY_SECONDS,
    ) -> None:
        self._app, self._largest, self._larger = app, largest_body, dict(larger)
        self._held, self._most_held, self._seconds = 0, most_held, seconds
        self._names = None if names is None else {name.lower() for name in names}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(one for one in HEADERS if one[0] not in present)]
            await send(message)

        if not self._is_known(headers.get(b"host", "")):
            await _refuse(guarded, 421, "this server does not go by that name: start it with --name and the name")
        elif scope["method"] not in _SAFE and _is_foreign(headers):
            await _refuse(guarded, 403, "another site sent this: open the page of this server and send it from there")
        else:
            await self._with_body(scope, headers, receive, guarded)

    async def _with_body(self, scope: Scope, headers: Mapping[bytes, str], receive: Receive, send: Send) -> None:
        """Receive what was sent and hand it on; what is held in memory counts from its first byte."""
        body = bytearray()
        try:
            try:
                await self._receive(headers, receive, self._most(scope), body)
            except _RefusedError as refused:
                await _refuse(send, refused.status, refused.message)
                return
            await self._app(scope, _again(bytes(body), receive), send)
        finally:
            self._held -= len(body)

    async def _receive(self, headers: Mapping[bytes, str], receive: Receive, most: int, body: bytearray) -> None:
        try:
            async with asyncio.timeout(self._seconds):
                async for part in _parts(headers, receive, most):
                    self._held += len(part)
                    body += part
                    if self._held > self._most_held:
                        raise _RefusedError(503, "too much is being sent at once: send yours again in a minute")
        except TimeoutError as error:
            slow = f"what was sent took longer than {self._seconds:g} seconds to arrive: send it again"
            raise _RefusedError(408, slow) from error

    def _is_known(self, host: str) -> bool:
        name = re.sub(r":\d*$", "", host).lower()
        return self._names is None or is_loopback(name) or name in self._names

    def _most(self, scope: Scope) -> int:
        path = str(scope["path"]).removeprefix(scope.get("root_path", ""))
        return self._larger.get(path, self._largest)


class _RefusedError(Exception):
    """What is sent is not taken: the status and the message of the answer."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


async def _parts(headers: Mapping[bytes, str], receive: Receive, most: int) -> AsyncIterator[bytes]:
    """Yield what is sent as it arrives, up to a limit."""
    length = headers.get(b"content-length", "")
    too_many = _RefusedError(413, f"more than {most:,} bytes were sent: send less")
    if len(length) > _DIGITS or (length.isdecimal() and int(length) > most):
        raise too_many
    total, more = 0, bool(length) or b"transfer-encoding" in headers
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _RefusedError(400, "the connection ended before everything had arrived")
        part = message.get("body", b"")
        total, more = total + len(part), message.get("more_body", False)
        if total > most:
            raise too_many
        yield part


def _is_foreign(headers: Mapping[bytes, str]) -> bool:
    """Tell whether a browser sends this for a page of another site; programs say nothing of it.

    What newer browsers say decides. Older ones only name the origin, which is then no secret of the page.
    """
    site, origin = headers.get(b"sec-fetch-site"), headers.get(b"origin")
    if site is not None:
        return site not in ("same-origin", "none")
    return origin is not None and origin.partition("://")[2].lower() != headers.get(b"host", "").lower()


def _again(body: bytes, receive: Receive) -> Receive:
    """Give what was read to the app, then whatever the connection says."""
    told = False

    async def again() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


async def _refuse(send: Send, status: int, message: str) -> None:
    body = msgspec.json.encode({"error": {"status": status, "message": message}})
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    headers += [(b"retry-after", RETRY_AFTER.encode())] if status == 503 else [(b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
