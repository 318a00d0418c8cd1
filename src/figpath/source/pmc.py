"""PubMed Central and Europe PMC: searching, articles in full, and their pictures from either of two services.

The search and the articles come from NCBI's E-utilities; articles and pictures also from NCBI's public bucket
(``PMC123.1/PMC123.1.xml``) and from Europe PMC.
"""

from __future__ import annotations

import json
import re
import urllib.parse
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from figpath.errors import FigpathError, ResourceError
from figpath.source.images import load_pixels
from figpath.source.jats import is_picture, stem_of
from figpath.source.package import is_jats

if TYPE_CHECKING:
    from collections.abc import Iterator

    from figpath.source.fetch import Fetcher

WINDOW = 9_999
"""Results that one search gives for certain; a longer search is divided by date."""

_PAGE = 1_000
_VERSION = re.compile(rb"<article-id\s+pub-id-type=\"pmcid-ver\">\s*PMC\d+\.(\d+)\s*<")
_MAGIC: dict[str, bytes | tuple[bytes, ...]] = {
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".gif": b"GIF8",
    ".webp": b"RIFF",
    ".bmp": b"BM",
    ".tif": (b"II", b"MM"),
    ".tiff": (b"II", b"MM"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Where the services are; tests put a server of their own in their place.

    Parameters
    ----------
    eutils
        NCBI's E-utilities: at most 3 requests a second, 10 with a key.
    bucket
        NCBI's public bucket of articles.
    europe
        Europe PMC's service of articles.
    europe_files
        Europe PMC's pictures.
    """

    eutils: str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
    bucket: str = "https://pmc-oa-opendata.s3.amazonaws.com"
    europe: str = "https://www.ebi.ac.uk/europepmc/webservices/rest"
    europe_files: str = "https://europepmc.org/articles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to search PMC for.

    Parameters
    ----------
    text
        As on the site of PMC.
    first, last
        Days between which an article appeared, both included; None for no limit.
    date_type
        Which date counts: ``pdat`` of publication, or another that E-utilities know.
    """

    text: str
    first: date | None = None
    last: date | None = None
    date_type: str = "pdat"


class Pmc:
    """Asks the services.

    Parameters
    ----------
    fetcher
        Fetches files.
    services
        Where they are.
    key
        NCBI's key of the user, which allows 10 requests a second in place of 3.
    """

    def __init__(self, fetcher: Fetcher, *, services: Services | None = None, key: str = "") -> None:
        self._fetcher = fetcher
        self._services = services or Services()
        self._key = key
        fetcher.paces.setdefault(urllib.parse.urlsplit(self._services.eutils).netloc, 10.0 if key else 3.0)

    def search(self, query: Query) -> Iterator[str]:
        """Yield the PMC ids of all articles that match, each once.

        Raises
        ------
        ResourceError
            When the service cannot be asked, refuses the query, or gives less than it announces.
        """
        seen: set[str] = set()
        for pmcid in self._search(query):
            if pmcid not in seen:
                seen.add(pmcid)
                yield pmcid

    def _search(self, query: Query) -> Iterator[str]:
        count, ids = self._page(query, 0)
        halves = _halves(query) if count > WINDOW else None
        if halves:
            for half in halves:
                yield from self._search(half)
            return
        got = 0
        while ids:
            yield from ids
            got += len(ids)
            if got >= count:
                return
            _, ids = self._page(query, got)
        if got < count:
            raise ResourceError(f"the search of PMC gave {got:,} of {count:,} results: give dates closer together")

    def _page(self, query: Query, start: int) -> tuple[int, list[str]]:
        asked = {"db": "pmc", "term": query.text, "retmode": "json", "retstart": str(start), "retmax": str(_PAGE)}
        if query.first and query.last:
            asked |= {"datetype": query.date_type, "mindate": _day(query.first), "maxdate": _day(query.last)}
        data = self._fetcher.get(self._eutils("esearch", asked), check=_no_search_result)
        found = json.loads(data or b"{}").get("esearchresult", {})
        if "ERROR" in found or "count" not in found:
            raise ResourceError(
                f"PMC refuses the query {query.text[:100]!r}: {str(found.get('ERROR', 'no answer'))[:200]}"
            )
        return int(found["count"]), [f"PMC{number}" for number in found.get("idlist", []) if str(number).isdecimal()]

    def article(self, pmcid: str) -> bytes | None:
        """Return the JATS file of an article in full, from the first service that has it; None when none has.

        Raises
        ------
        ResourceError
            When a service that may have it cannot be asked, and no other has it.
        """
        wanted = {"db": "pmc", "id": pmcid.removeprefix("PMC"), "retmode": "xml"}
        addresses = (
            self._eutils("efetch", wanted),
            f"{self._services.bucket}/{pmcid}.1/{pmcid}.1.xml",
            f"{self._services.europe}/{pmcid}/fullTextXML",
        )
        failed: ResourceError | None = None
        for address in addresses:
            try:
                data = self._fetcher.get(address, check=_no_article)
            except ResourceError as error:
                failed = error
                continue
            if data is not None and b"<body" in data:  # E-utilities give the front matter alone of what is not open
                return data
        if failed:
            raise failed
        return None

    def picture(self, pmcid: str, files: tuple[str, ...], article: bytes) -> tuple[str, bytes] | None:
        """Return the name and the bytes of a figure's picture, from the first service that has it.

        Parameters
        ----------
        pmcid
            Of the article.
        files
            Names that the article gives the picture.
        article
            The article's JATS file, which says its version.

        Returns
        -------
        tuple or None
            The name has the suffix of what the file is. None when no service has the picture.

        Raises
        ------
        ResourceError
            When a service that may have it gives no whole picture, and no other has it.
        """
        version = _VERSION.search(article)
        folder = f"{pmcid}.{version[1].decode() if version else '1'}"
        failed: ResourceError | None = None
        for name in picture_names(files):
            quoted = urllib.parse.quote(name)
            for address in (
                f"{self._services.bucket}/{folder}/{quoted}",
                f"{self._services.europe_files}/{pmcid}/bin/{quoted}",
            ):
                try:
                    data = self._fetcher.get(address, check=partial(wrong_picture, name))
                except ResourceError as error:
                    failed = error
                    continue
                if data is not None:
                    return name, data
        if failed:
            raise failed
        return None

    def _eutils(self, tool: str, asked: dict[str, str]) -> str:
        said = {"tool": "figpath", "email": self._fetcher.email, "api_key": self._key}
        query = urllib.parse.urlencode({**asked, **{key: value for key, value in said.items() if value}})
        return f"{self._services.eutils}/{tool}.fcgi?{query}"


def wrong_picture(name: str, data: bytes) -> str:
    """Say what is wrong with a file that should be the picture its name promises; nothing when it is one."""
    suffix = name[name.rfind(".") :].lower()
    if not data.startswith(_MAGIC.get(suffix, b"")):
        start = data[:64].lstrip()
        found = "a page of the service" if start[:1] == b"<" or start[:1] == b"{" else "another content"
        return f"expected a {suffix} picture, found {found}"
    try:
        load_pixels(data, name=name)
    except FigpathError as error:
        return str(error)
    return ""


def picture_names(files: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names that a picture may have at the services, from those that the article gives it."""
    bases = [file.replace("\\", "/").rpartition("/")[2] for file in files]
    given = [base for base in bases if is_picture(base)]
    made = [stem_of(base) + suffix for suffix in (".jpg", ".png") for base in bases]
    return tuple(dict.fromkeys(name for name in (*given, *made) if not name.startswith(".")))


def _halves(query: Query) -> tuple[Query, Query] | None:
    """Divide a query by date; None when it has no dates, or just one day."""
    if query.first is None or query.last is None or query.first >= query.last:
        return None
    middle = query.first + (query.last - query.first) // 2
    first = Query(text=query.text, first=query.first, last=middle, date_type=query.date_type)
    last = Query(text=query.text, first=middle + timedelta(days=1), last=query.last, date_type=query.date_type)
    return first, last


def _day(day: date) -> str:
    return f"{day:%Y/%m/%d}"


def _no_search_result(data: bytes) -> str:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return "the answer is not JSON"
    return (
        ""
        if isinstance(found, dict) and isinstance(found.get("esearchresult"), dict)
        else "the answer is no search result"
    )


def _no_article(data: bytes) -> str:
    return "" if is_jats(data[:4096]) else "the answer is no JATS article"
