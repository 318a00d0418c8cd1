"""What the page of a search shows, and how a query is narrowed, sorted and turned over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from figpath.search.fields import is_identifier
from figpath.search.parse import parse
from figpath.search.query import Named, Words, wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from figpath.search.results import Found, Hit, Snippet
    from figpath.serve.addresses import Addresses

PAGE: Final = 24
"""Figures of a page."""

SORTS: Final = (("relevance", "Best match"), ("year", "Latest first"), ("figid", "Figure id"))
"""Each order with what people call it."""

_SHOWN_VALUES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value that figures are narrowed to: its name, how many figures have it, and where it leads."""

    label: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The values of a facet: those shown at once, and the others."""

    name: str
    title: str
    shown: tuple[Choice, ...]
    others: tuple[Choice, ...]


def choices(found: Found, query: str, *, sort: str, at: Addresses) -> Iterator[Choices]:
    """Yield the facets; a value that the query has already is taken out of it again."""
    for facet in found.facets:
        values = []
        for value in facet.values:
            chosen = f" {value.query} " in f" {query} "
            changed = _without(query, value.query) if chosen else f"{_grouped(query)} {value.query}".strip()
            address = at.search(q=changed, sort=_unless(sort))
            values.append(Choice(label=value.label, count=value.count, address=address, chosen=chosen))
        if values:
            title = {"organism": "Organism", "year": "Year", "journal": "Journal", "gene": "Gene or family"}
            yield Choices(
                name=facet.name,
                title=title.get(facet.name, "Disease"),
                shown=tuple(values[:_SHOWN_VALUES]),
                others=tuple(values[_SHOWN_VALUES:]),
            )


def plain_words(query: str, found: Found) -> str:
    """Return what other sites can be asked: the words and names of a query, without our fields.

    Parameters
    ----------
    query
        One that can be understood.
    found
        What it found, which has the symbols of genes that are asked for by identifier.
    """
    words = []
    for leaf in wanted(parse(query)) if query.strip() else ():
        text = leaf.text if isinstance(leaf, Words) else leaf.name if isinstance(leaf, Named) else ""
        words += [text] if text and not is_identifier(text) else []
    symbols = next((hit.drawn for hit in found.hits if hit.drawn), ())
    return " ".join(dict.fromkeys(words or symbols))


def pieces(snippet: Snippet) -> Iterator[tuple[str, bool]]:
    """Yield the stretches of a snippet and whether each matches."""
    end = 0
    for start, stop in snippet.marks:
        yield snippet.text[end:start], False
        yield snippet.text[start:stop], True
        end = stop
    yield snippet.text[end:], False


def title_of(hit: Hit) -> str:
    """Return what a figure is called on a card."""
    return hit.title or hit.paper_title or hit.figid


def lit_of(hit: Hit) -> str:
    """Return what the page of a figure lights up: the genes that the query names."""
    return ",".join((*hit.drawn, *hit.expanded))


def _grouped(query: str) -> str:
    """Put brackets around a query that has an OR, so that what is added narrows all of it."""
    return f"({query})" if " OR " in f" {query} " and not query.startswith("(") else query


def _without(query: str, part: str) -> str:
    return " ".join(f" {query} ".replace(f" {part} ", " ", 1).split())


def _unless(sort: str) -> str:
    return "" if sort == "relevance" else sort
