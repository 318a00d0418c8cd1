"""Whether a page runs, loads or leads to nothing but what this project put there."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

OURS = {"theme.js", "figure.js", "read.js", "correct.js"}


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the text of its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str]]] = []
        self.scripts: list[str] = []
        self._inside = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        self._inside = tag == "script"

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.scripts.append(data)


def is_harmless(page: str, origin: str = "http://localhost:8000", ours: Collection[str] = OURS) -> None:
    """No script or style of its own, no handler, nothing from another host, no address that runs."""
    seen = Elements(page)
    for tag, values in seen.found:
        assert not [name for name in values if name.startswith("on") or name == "style"], (tag, values)
        assert tag not in ("iframe", "object", "embed", "style", "base", "foreignobject"), tag
        if tag == "script" and values.get("type") != "application/ld+json":
            assert values["src"].rpartition("/")[2] in ours
        for name in ("src", "href", "action", "xlink:href"):
            value = values.get(name, "")
            assert not re.match(r"\s*(javascript|vbscript|data):", value, re.IGNORECASE), (tag, value)
            if tag not in ("a", "link") or values.get("rel") in ("stylesheet", "icon"):
                assert not re.match(r"(https?:)?//", value) or value.startswith(origin), (tag, value)
    for script in filter(str.strip, seen.scripts):
        json.loads(script)
