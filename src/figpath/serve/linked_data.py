"""What a figure's page tells search engines, as JSON-LD that cannot end the element it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from markupsafe import Markup

from figpath import ids
from figpath.publish.overlay import drawn_entities
from figpath.serve.addresses import entity_address, paper_addresses

if TYPE_CHECKING:
    from figpath.record import Record

_TYPES = {"gene": "Gene", "family": "BioChemEntity", "chemical": "ChemicalSubstance", "disease": "MedicalCondition"}
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def script_json(value: object) -> Markup:
    """Return JSON for a script element: what could end it, or begin a comment, is written as a code of JSON."""
    text = msgspec.json.encode(value).decode()
    for char, code in _ESCAPES.items():
        text = text.replace(char, code)
    return Markup(text)  # noqa: S704 - nothing in it is markup any more


def linked_data(record: Record, *, address: str, picture: str) -> dict[str, Any]:
    """Return a record in the words of schema.org.

    Parameters
    ----------
    record
        The figure.
    address, picture
        Whole addresses of its page and of its picture; the picture's is empty when there is none.
    """
    figure, paper = record.figure, record.figure.paper
    about = {
        entity.id: {"@type": _TYPES[mention.kind], "identifier": entity.id, "name": entity.symbol}
        | ({"url": entity_address(entity.id)} if entity_address(entity.id) else {})
        | ({"taxonomicRange": ids.taxon(entity.taxon).name} if entity.taxon else {})
        for mention in record.taken()
        for entity in drawn_entities(mention)
    }
    article = {
        "@type": "ScholarlyArticle",
        "name": paper.title,
        "datePublished": paper.year,
        "sameAs": [link for _, link in paper_addresses(paper.pmcid, paper.doi)],
        "isPartOf": {"@type": "Periodical", "name": paper.journal} if paper.journal else None,
    }
    found = {
        "@context": "https://schema.org",
        "@type": "ImageObject",
        "@id": address,
        "identifier": record.figid,
        "name": figure.title or paper.title or record.figid,
        "caption": figure.caption,
        "contentUrl": picture,
        "license": paper.licence,
        "keywords": list(paper.keywords),
        "about": list(about.values()),
        "isPartOf": _filled(article) if paper.title or paper.pmcid or paper.doi else None,
    }
    return _filled(found)


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}
