"""The sitemap: the pages of a site for search engines, as sitemaps.org describes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST: Final = 50_000
"""Pages of one file."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemaps(address: str, pages: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield name and contents of each sitemap; of more than one, ``sitemap.xml`` lists the others.

    Parameters
    ----------
    address
        Of the site, with a slash at its end.
    pages
        Files.
    """
    parts = [pages[start : start + MOST] for start in range(0, len(pages), MOST)]
    if len(parts) == 1:
        yield "sitemap.xml", _file("urlset", "url", address, parts[0])
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _file("urlset", "url", address, part)
    yield "sitemap.xml", _file("sitemapindex", "sitemap", address, names)


def _file(root: str, element: str, address: str, names: Sequence[str]) -> bytes:
    rows = "".join(f"<{element}><loc>{escape(address + name)}</loc></{element}>\n" for name in names)
    return f"{_HEAD}<{root} {_SPACE}>\n{rows}</{root}>\n".encode()
