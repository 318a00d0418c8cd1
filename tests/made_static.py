"""A static site in a folder, handed out under a sub-path by the plainest server that Python has."""

from __future__ import annotations

import functools
import re
import threading
from contextlib import contextmanager
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Quiet(SimpleHTTPRequestHandler):
    """Hands out files and says nothing."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def plain_server(folder: Path) -> Iterator[str]:
    """Hand out a folder at a free port; the address has no slash at its end."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join(20)


class Parsed(HTMLParser):
    """The links, ids, scripts and attributes of events of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.elements: list[str] = []
        self.events: list[str] = []
        self.policy = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what matters."""
        given = dict(attrs)
        self.elements.append(tag)
        self.events += [name for name in given if name.startswith("on")]
        self.ids |= {given["id"] or ""} if "id" in given else set()
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"] or ""
        names = ("href", "src", "action")
        canonical = given.get("rel") == "canonical"
        self.links += [] if canonical else [value for name in names if (value := given.get(name)) is not None]


def broken_links(folder: Path) -> list[tuple[str, str]]:
    """Page and link of each link between pages that leads nowhere, fragments included."""
    pages = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.html")}
    parsed = {name: Parsed(path.read_text(encoding="utf-8")) for name, path in pages.items()}
    broken = []
    for name, page in parsed.items():
        for link in page.links:
            if re.match(r"https?://", link):
                continue
            there = urlsplit(urljoin(f"http://site/{name}", link))
            target = unquote(there.path).lstrip("/")
            if not (folder / target).is_file() or (there.fragment and there.fragment not in parsed[target].ids):
                broken.append((name, link))
    return broken
