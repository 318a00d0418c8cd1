"""The app: everything that a server answers, put together."""

from __future__ import annotations

from contextlib import asynccontextmanager
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from figpath import __version__
from figpath.serve import (
    api,
    biothings,
    correct_api,
    correct_page,
    enrich_page,
    failures,
    figure_files,
    keep_page,
    mechanism_page,
    pages,
    read_page,
)
from figpath.serve.correcting import CorrectingDesk
from figpath.serve.desk import Desks
from figpath.serve.mechanism_room import MechanismRoom
from figpath.serve.reading_room import ReadingRoom
from figpath.serve.remembered import Remembering
from figpath.serve.safety import Safety
from figpath.serve.settings import Settings, is_loopback
from figpath.serve.site import Site
from figpath.store import Watch, open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from types import ModuleType

    from figpath.serve.front import Reads

_ABOUT = """Published pathway figures as data. Every answer is `{"data": ..., "page": ...}`, every failure
`{"error": {"status": ..., "message": ...}}`; `/api/query` and `/api/figure/{id}` answer as BioThings does."""


def create_app(corpus: str | Path, *, settings: Settings | None = None, room: Reads | None = None) -> FastAPI:
    """Make the web page and the JSON API of a corpus.

    Parameters
    ----------
    corpus
        Made by ``figpath build``; it may be written while it is served.
    settings
        How it is served.
    room
        What reads figures that are sent; by default a process of this app's own.

    Returns
    -------
    FastAPI
        An ASGI app, for uvicorn or any other server.

    Raises
    ------
    StoreError
        When the corpus is absent, no corpus, or of another version.
    LexiconError
        When the lexicon cannot be opened.
    """
    path, chosen = Path(corpus), settings or Settings()
    open_store(path).close()
    watch = Watch(path)
    desks = Desks(path, threads=chosen.threads, waiting=chosen.waiting)
    reads = room or ReadingRoom(
        seconds=chosen.reading_seconds, waiting=chosen.reading_waiting, memory=chosen.reading_memory
    )

    correcting = CorrectingDesk(path, desks.lexicon, chosen)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        correcting.close()
        desks.close()
        reads.close()
        watch.close()
        app.state.mechanisms.close()

    app = FastAPI(
        title="figpath", version=__version__, description=_ABOUT, lifespan=lifespan,
        openapi_url="/api/openapi.json", docs_url=None, redoc_url=None,
    )  # fmt: skip
    app.state.mechanisms = MechanismRoom()
    app.state.site = Site(desks, reads, name=path.stem, settings=chosen, correcting=correcting)
    failures.install(app, app.state.site)
    for part in _parts(chosen):
        app.include_router(part.router)
    folder = str(resources.files("figpath.serve") / "static")
    app.mount("/static", StaticFiles(directory=folder), name="static")
    _stand_before(app, chosen, watch)
    return app


def _stand_before(app: FastAPI, chosen: Settings, watch: Watch) -> None:
    """Put before the app what compresses, remembers and, first of all, refuses."""
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=2)
    app.add_middleware(Remembering, state=watch.state)
    larger = dict.fromkeys(("/read", "/api/read", "/read/files", "/read/overlay", "/read/keep"), chosen.largest_upload)
    app.add_middleware(
        Safety,
        largest_body=chosen.largest_body,
        larger=larger,
        names=chosen.names if is_loopback(chosen.host) else None,
    )


def _parts(chosen: Settings) -> tuple[ModuleType, ...]:
    """Return what answers, as a server is set."""
    always = (api, figure_files, biothings, pages, enrich_page, mechanism_page)
    reading = (read_page,) if chosen.reading else ()
    editing = (correct_api, correct_page) if chosen.edit else ()
    return (*always, *reading, *editing, *((keep_page,) if reading and editing else ()))
