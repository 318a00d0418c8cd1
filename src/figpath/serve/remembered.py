"""Answers that are given again as they were, for as long as the corpus stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers

from figpath.serve.editors import FORWARDED

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    Key = tuple[str, ...]

MOST_BYTES: Final = 48_000_000
"""Of all answers that are kept."""

_LARGEST = 500_000  # bytes of an answer that is kept
_TYPES = (b"text/html", b"application/json")  # pictures and files cost little, and would take the place of pages
_PERSONAL = frozenset({"authorization", "cookie", "range"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    tag: bytes


class Remembering:
    """Keeps what was answered to a ``GET`` that anybody could have sent, whole and compressed.

    What is kept belongs to one state of the corpus and is forgotten with the next one, which is looked for at each
    question. What somebody sent (figures, lists, tokens) is neither kept nor answered from here.

    Parameters
    ----------
    app
        What answers.
    state
        Tells one state of the corpus from another; None when it cannot.
    most
        Bytes to keep.
    """

    def __init__(self, app: ASGIApp, *, state: Callable[[], Hashable | None], most: int = MOST_BYTES) -> None:
        self._app, self._now, self._most = app, state, most
        self._state: Hashable | None = None
        self._answers: dict[Key, _Answer] = {}
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        key = _key(scope)
        if key is None or not self._is_current():
            await self._app(scope, receive, send)
            return
        found = self._answers.pop(key, None)
        if found is not None:
            self._answers[key] = found  # the latest last
            await _send(found, scope, send)
            return
        listening = _Listening(send)
        state = self._state
        await self._app(scope, receive, listening)
        made = listening.answer()
        if made is not None and self._is_current() and self._state == state:
            self._keep(key, made)

    def _is_current(self) -> bool:
        """Forget what was said of an earlier state; False when the present one cannot be told."""
        state = self._now()
        if state != self._state:
            self._state, self._bytes = state, 0
            self._answers.clear()
        return state is not None

    def _keep(self, key: Key, made: _Answer) -> None:
        replaced = self._answers.pop(key, None)
        self._bytes += _size(key, made) - (_size(key, replaced) if replaced else 0)
        self._answers[key] = made
        while self._bytes > self._most:
            oldest = next(iter(self._answers))
            self._bytes -= _size(oldest, self._answers.pop(oldest))


class _Listening:
    """Passes an answer on and keeps a copy, unless it is one that is not kept."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._headers: tuple[tuple[bytes, bytes], ...] = ()
        self._body: bytearray | None = None
        self._whole = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            self._headers = tuple((name.lower(), value) for name, value in message["headers"])
            self._body = bytearray() if _is_for_all(dict(self._headers)) else None
        elif message["type"] == "http.response.body" and self._body is not None:
            self._body += message.get("body", b"")
            self._whole = not message.get("more_body", False)
            if len(self._body) > _LARGEST:
                self._body = None
        await self._send(message)

    def answer(self) -> _Answer | None:
        """The copy; None when there is none."""
        if self._body is None or not self._whole:
            return None
        return _Answer(headers=self._headers, body=bytes(self._body), tag=dict(self._headers)[b"etag"])


def _key(scope: Scope) -> Key | None:
    """All that an answer depends on; None where it could depend on who asks."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    headers = Headers(scope=scope)
    if not _PERSONAL.isdisjoint(headers.keys()):
        return None
    form = "gzip" if "gzip" in headers.get("accept-encoding", "") else ""
    passed_on = ",".join(name for name in FORWARDED if name in headers)
    root, asked = str(scope.get("root_path", "")), scope["query_string"].decode("latin-1")
    return scope["path"], asked, headers.get("host", ""), scope["scheme"], root, form, passed_on


def _is_for_all(headers: dict[bytes, bytes]) -> bool:
    """Tell whether an answer can be given to others: a tagged page or JSON that says nothing against it."""
    kept = headers.get(b"content-type", b"").startswith(_TYPES) and b"etag" in headers
    return kept and b"set-cookie" not in headers and headers.get(b"cache-control") == b"no-cache"


def _size(key: Key, made: _Answer) -> int:
    return len(made.body) + sum(map(len, key)) + sum(len(a) + len(b) for a, b in made.headers) + 1000


async def _send(found: _Answer, scope: Scope, send: Send) -> None:
    asked = dict(scope["headers"]).get(b"if-none-match", b"")
    tags = [one.strip().removeprefix(b"W/") for one in asked.split(b",")]
    if found.tag in tags or b"*" in tags:
        headers = [(name, value) for name, value in found.headers if name in (b"etag", b"cache-control", b"vary")]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": list(found.headers)})
    await send({"type": "http.response.body", "body": found.body})
