"""What JATS says about an article: its `Paper`, with the citation line that PMC prints and the licence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from figpath.figure import Paper
from figpath.source.jats_tree import text_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_PMCID = re.compile(r"(?:PMC)?(\d{3,10})(?:\.\d+)?")
_CREATIVE_COMMONS = re.compile(
    r"creativecommons\.org/(?:licenses/([a-z-]+)/(\d\.\d)|publicdomain/(zero|mark)/(\d\.\d))"
)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_PRINTED = ("collection", "ppub", "")
"""Which date PMC cites: that of the issue before that of the first appearance."""


def paper_of(article: Element, *, pmcid: str = "") -> Paper:
    """Return the paper that an ``article`` element is.

    Parameters
    ----------
    article
        The element, named without namespaces.
    pmcid
        What the name of the file or the folder says, where the article does not.
    """
    journal = article.find("front/journal-meta")
    meta = article.find("front/article-meta")
    date = _date(meta)
    return Paper(
        pmcid=_pmcid(meta) or pmcid,
        title=text_of(_find(meta, "title-group/article-title")),
        reference=_reference(meta, _journal_abbreviation(journal) or _journal(journal), date),
        year=_text(date, "year")[:4],
        doi=_article_id(meta, "doi"),
        journal=_journal(journal),
        journal_abbreviation=_journal_abbreviation(journal),
        publisher=text_of(_find(journal, "publisher/publisher-name")),
        licence=_licence(meta),
        keywords=_keywords(meta),
    )


def _find(element: Element | None, path: str) -> Element | None:
    return None if element is None else element.find(path)


def _all(element: Element | None, path: str) -> list[Element]:
    return [] if element is None else element.findall(path)


def _text(element: Element | None, path: str) -> str:
    return text_of(_find(element, path))


def _article_id(meta: Element | None, *kinds: str) -> str:
    for kind in kinds:
        for found in _all(meta, "article-id"):
            if found.get("pub-id-type") == kind:
                return text_of(found)
    return ""


def _pmcid(meta: Element | None) -> str:
    found = _PMCID.fullmatch(_article_id(meta, "pmcid", "pmc", "pmcaid"))
    return f"PMC{found[1]}" if found else ""


def _journal(journal: Element | None) -> str:
    return _text(journal, "journal-title-group/journal-title") or _text(journal, "journal-title")


def _journal_abbreviation(journal: Element | None) -> str:
    for kind in ("nlm-ta", "iso-abbrev"):
        for found in _all(journal, "journal-id"):
            if found.get("journal-id-type") == kind:
                return text_of(found)
    return _text(journal, "journal-title-group/abbrev-journal-title") or _text(journal, "abbrev-journal-title")


def _date(meta: Element | None) -> Element | None:
    dates = [date for date in _all(meta, "pub-date") if date.find("year") is not None]
    for kind in _PRINTED:
        for date in dates:
            if kind in {date.get("pub-type"), date.get("date-type"), ""}:
                return date
    return None


def _reference(meta: Element | None, journal: str, date: Element | None) -> str:
    """Return ``First Last, et al. J Abbrev. 2019 Jul;5(2):12-34.``, without what the article does not say."""
    authors = _authors(meta)
    who = authors[0] + ", et al" * (len(authors) > 1) if authors else ""
    volume, issue, pages = _text(meta, "volume"), _text(meta, "issue"), _pages(meta)
    where = volume + f"({issue})" * bool(issue) + f":{pages}" * bool(pages)
    when = _when(date)
    printed = f"{when};{where}" if volume or issue else f"{when}:{pages}" if pages else when
    return " ".join(f"{part.rstrip('.')}." for part in (who, journal, printed) if part)


def _authors(meta: Element | None) -> list[str]:
    found = []
    for one in _all(meta, "contrib-group/contrib"):
        if one.get("contrib-type", "author") == "author":
            name = one.find("name") if one.find("name") is not None else one.find("name-alternatives/name")
            group = _text(one, "collab") or _text(one, "string-name")
            found.append(" ".join(filter(None, (_text(name, "given-names"), _text(name, "surname")))) or group)
    return [name for name in found if name]


def _when(date: Element | None) -> str:
    month, day = _text(date, "month"), _text(date, "day")
    name = _MONTHS[int(month) - 1] if month.isdecimal() and 1 <= int(month) <= 12 else month[:3]
    return " ".join(filter(None, (_text(date, "year"), name or _text(date, "season"), day.lstrip("0") if name else "")))


def _pages(meta: Element | None) -> str:
    first, last = _text(meta, "fpage"), _text(meta, "lpage")
    return (f"{first}-{last}" if last else first) if first else _text(meta, "elocation-id")


def _keywords(meta: Element | None) -> tuple[str, ...]:
    groups = [group for group in _all(meta, "kwd-group") if not group.get("kwd-group-type", "").startswith("abbr")]
    words = [text_of(word) for group in groups for word in group.iter() if word.tag in {"kwd", "compound-kwd"}]
    return tuple(dict.fromkeys(word for word in words if word))


def _licence(meta: Element | None) -> str:
    """Return an SPDX identifier for Creative Commons, else the licence's address, else its text."""
    licences = _all(meta, "permissions/license")
    texts = [
        each for licence in licences for element in licence.iter() for each in (element.get("href", ""), _own(element))
    ]
    for text in texts:
        if found := _CREATIVE_COMMONS.search(text):
            return _spdx(found)
    addresses = [text for text in texts if text.startswith(("http://", "https://"))]
    said = next(filter(None, map(text_of, licences)), "") or _licence_in_copyright(meta)
    return (next(iter(addresses), "") or said)[:500]


def _licence_in_copyright(meta: Element | None) -> str:
    """Return what older articles say of their licence where they say whose they are."""
    statements = [*_all(meta, "permissions/copyright-statement"), *_all(meta, "copyright-statement")]
    return next((text for text in map(text_of, statements) if "licen" in text.lower()), "")


def _own(element: Element) -> str:
    return " ".join((element.text or "").split())


def _spdx(found: re.Match[str]) -> str:
    if found[1]:
        return f"CC-{found[1].upper()}-{found[2]}"
    return f"CC0-{found[4]}" if found[3] == "zero" else f"CC-PDM-{found[4]}"
