"""Publish: writes a corpus as a site of plain files, and on the next run only what has changed."""

from __future__ import annotations

import gc
import hashlib
import os
import re
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from importlib import resources
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Final

from figpath import __version__
from figpath.errors import InputError, ResourceError
from figpath.serve.figure_files import PLACEHOLDER
from figpath.serve.static_site import manifest
from figpath.serve.static_site.manifest import Folder, Made, Manifest
from figpath.serve.static_site.painter import Order, Painted, Painter
from figpath.serve.static_site.plan import plan_of
from figpath.serve.static_site.search_index import index_files, pagefind_version
from figpath.serve.static_site.sitemap import sitemaps
from figpath.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from figpath.serve.static_site.plan import Plan, Unit

_CHUNK: Final = 24  # units that a worker gets at a time
_FEW: Final = 200  # units for which no process is started
_ADDRESS: Final = re.compile(r"https?://[^\s/?#\"'<>\\]+(/[^\s?#\"'<>\\]*)?")
_STATIC: Final = ("figpath.css", "figure.js", "icon.svg", "search.js", "theme.js")
_SEARCH: Final = "search index"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What became of a site.

    Parameters
    ----------
    pages, files
        How many it has; pages are among the files.
    written, removed
        Files of this run.
    searchable
        Whether it has a search index.
    """

    pages: int
    files: int
    written: int
    removed: int
    searchable: bool


def publish(
    corpus: str | Path,
    folder: str | Path,
    *,
    address: str = "",
    workers: int | None = None,
    overlays: bool = False,
    tell: Callable[[int], None] | None = None,
) -> Published:
    """Write a corpus as a site that any web server hands out as it is, under any path.

    Files that are as they should be are not touched; those of figures that are gone are removed; what others put
    into the folder stays.

    Parameters
    ----------
    corpus
        Made by ``figpath build``.
    folder
        Where to; absent, empty, or a site that was published before.
    address
        Where the site will be reached, for its sitemap and for links that have to be whole; empty when not known.
    workers
        Processes; by default one a core.
    overlays
        Whether pictures with the names marked are among the downloads.
    tell
        Called with how many figures, genes and lists are made.

    Raises
    ------
    InputError
        When the folder holds other things, or the address is none.
    StoreError
        When the corpus cannot be read.
    ResourceError
        When Pagefind fails; all else is written then.
    """
    path, target = Path(corpus), Path(folder)
    before = manifest.load(target)
    with open_store(path) as store:
        plan = plan_of(store)
    searchable = bool(pagefind_version())
    base = _base(address)
    order = Order(
        corpus=path, folder=target, address=base, overlays=overlays, searchable=searchable,
        made_with=_made_with(path.stem, base, overlays),
    )  # fmt: skip
    try:
        return _publish(order, plan, before, workers or os.cpu_count() or 1, tell)
    except OSError as error:
        raise InputError(f"the site cannot be written to {target}: {error.strerror or error}") from error


def _publish(order: Order, plan: Plan, before: Manifest, workers: int, tell: Callable[[int], None] | None) -> Published:
    order.folder.mkdir(parents=True, exist_ok=True)
    folder = Folder(order.folder)
    manifest.save(order.folder, before)  # from here on the folder is ours, also after a run that was cut short
    made, written = {}, 0
    for painted in _painted(order, plan, before, workers):
        made[painted.name] = painted.made
        written += painted.written
        if tell is not None:
            tell(len(made))
    made["static"] = _static(folder)
    pages = [file for one in made.values() for file in one.files if file.endswith(".html")]
    if order.address:
        made["sitemap"] = _written(folder, sitemaps(order.address, sorted(pages)))
    # Pagefind comes last and may fail: all else is finished and known by then.
    old = before.made.get(_SEARCH)
    known = made | ({_SEARCH: old} if old else {})
    removed = folder.remove(_files(before.made) - _files(known))
    manifest.save(order.folder, Manifest(made=known))
    if order.searchable:
        made[_SEARCH] = _index(folder, made, old)
    files = _files(made)
    removed += folder.remove(_files(known) - files)
    manifest.save(order.folder, Manifest(made=made))
    return Published(
        pages=len(pages), files=len(files), written=written + len(folder.written), removed=removed,
        searchable=order.searchable,
    )  # fmt: skip


def _painted(order: Order, plan: Plan, before: Manifest, workers: int) -> Iterator[Painted]:
    """Make all units, in this process when they are few."""
    if workers == 1 or len(plan.units) <= _FEW:
        painter = Painter(order, plan, before.made)
        try:
            yield from map(painter.paint, plan.units)
        finally:
            painter.close()
        return
    chunks = deque(plan.units[start : start + _CHUNK] for start in range(0, len(plan.units), _CHUNK))
    context = get_context("spawn")
    try:
        with ProcessPoolExecutor(workers, context, _start, (order, plan, before.made)) as pool:
            for painted in pool.map(_paint, chunks):
                yield from painted
    except BrokenProcessPool as error:
        raise ResourceError("a process that makes pages was ended from outside: publish again, it goes on") from error


_painters: list[Painter] = []  # the one of this worker process


def _start(order: Order, plan: Plan, made: dict[str, Made]) -> None:
    _painters.append(Painter(order, plan, made))
    # What is loaded now stays until the end: the collector need not look through it again and again.
    gc.freeze()


def _paint(units: Sequence[Unit]) -> list[Painted]:
    return [_painters[0].paint(unit) for unit in units]


def _static(folder: Folder) -> Made:
    place = resources.files("figpath.serve") / "static"
    files = [(f"static/{name}", (place / name).read_bytes()) for name in _STATIC]
    return _written(folder, iter([*files, ("static/no-picture.svg", PLACEHOLDER)]))


def _index(folder: Folder, made: dict[str, Made], old: Made | None) -> Made:
    """Make the search index, unless no figure has changed since."""
    figures = sorted((name, one.made_from) for name, one in made.items() if name.startswith("figure "))
    digest = hashlib.sha256(repr((pagefind_version(), figures)).encode("utf-8", "surrogatepass")).hexdigest()
    if old is not None and folder.has(old, digest):
        return old
    found = _written(folder, ((f"pagefind/{name}", data) for name, data in index_files(folder.path)))
    return Made(made_from=digest, files=found.files)


def _written(folder: Folder, files: Iterator[tuple[str, bytes]]) -> Made:
    names = []
    for name, data in files:
        folder.write(name, data)
        names.append(name)
    return Made(made_from="", files=tuple(names))


def _files(made: dict[str, Made]) -> set[str]:
    return {file for one in made.values() for file in one.files}


def _made_with(name: str, address: str, overlays: bool) -> str:
    """Return the digest of what all pages depend on: the templates, the version, and what the user asked for."""
    found = hashlib.sha256(repr((__version__, name, address, overlays)).encode("utf-8", "surrogatepass"))
    templates = resources.files("figpath.serve") / "templates"
    for template in sorted(templates.iterdir(), key=lambda one: one.name):
        if template.name.endswith(".html"):
            found.update(template.read_bytes())
    return found.hexdigest()


def _base(address: str) -> str:
    if address and not _ADDRESS.fullmatch(address):
        raise InputError(f"{address[:200]!r} is no address of a site: give one such as https://example.org/figures/")
    return f"{address.rstrip('/')}/" if address else ""
