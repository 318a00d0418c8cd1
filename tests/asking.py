"""Asks an app without a network, and closes what it opened."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any, Self

import httpx

if TYPE_CHECKING:
    from types import TracebackType

    from fastapi import FastAPI


class Client:
    """``client.get("/search?q=JAK2")``; use it in a ``with`` block."""

    def __init__(self, app: FastAPI, *, root: str = "", raising: bool = True) -> None:
        self._app, self._runner, self._stack = app, asyncio.Runner(), AsyncExitStack()
        transport = httpx.ASGITransport(app, root_path=root, raise_app_exceptions=raising)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://localhost:8000")

    def __enter__(self) -> Self:
        self._runner.run(self._stack.enter_async_context(self._app.router.lifespan_context(self._app)))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._runner.run(self._client.aclose())
        self._runner.run(self._stack.aclose())
        self._runner.close()

    def get(self, address: str, **values: Any) -> httpx.Response:
        return self.send("GET", address, **values)

    def post(self, address: str, **values: Any) -> httpx.Response:
        return self.send("POST", address, **values)

    def send(self, method: str, address: str, **values: Any) -> httpx.Response:
        return self._runner.run(self._client.request(method, address, **values))

    def together(self, *addresses: str) -> list[httpx.Response]:
        """Ask for several things at once."""

        async def ask() -> list[httpx.Response]:
            return list(await asyncio.gather(*map(self._client.get, addresses)))

        return self._runner.run(ask())
