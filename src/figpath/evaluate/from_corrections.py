"""Figures that people have gone through, as gold: what they say is drawn, in the form that `read_gold` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from figpath import ids
from figpath.corrections.verdict import verdict
from figpath.evaluate.gold import GoldFigure, GoldMention
from figpath.evaluate.predictions import GENE_KINDS
from figpath.record import MINIMUM_SCORE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from figpath.grounding.mention import Mention
    from figpath.record import Record

_EXPANDED = "famplex_relations"


def undecided(record: Record) -> int:
    """Return how many names of a figure nobody has accepted, rejected or assigned, those that are unsure left out."""
    return sum(mention.score >= MINIMUM_SCORE and verdict(mention) is None for mention in record.mentions)


def gold_of(record: Record) -> GoldFigure:
    """Return a figure as gold: every name that is surely drawn, with the symbols of its genes, one species at a time.

    A name that is drawn several times with the same meaning is there once.
    """
    drawn = (mention for mention in record.mentions if mention.score >= MINIMUM_SCORE)
    found = dict.fromkeys(one for mention in drawn for one in _gold_mentions(mention))
    return GoldFigure(figid=record.figid, mentions=tuple(found))


def gold_json(record: Record) -> bytes:
    """Return the file of a gold figure: indented UTF-8."""
    return msgspec.json.format(msgspec.json.encode(gold_of(record)), indent=1) + b"\n"


def _gold_mentions(mention: Mention) -> Iterator[GoldMention]:
    if mention.kind not in GENE_KINDS:
        yield GoldMention(text=mention.text, type=mention.kind, species=None)
        return
    taxa = dict.fromkeys(entity.taxon for entity in mention.entities if entity.taxon is not None)
    for taxon in taxa:
        own = [entity for entity in mention.entities if entity.taxon == taxon]
        yield GoldMention(
            text=mention.text,
            type=mention.kind,
            symbols=tuple(entity.symbol for entity in own if entity.source != _EXPANDED) or None,
            family_symbols=tuple(entity.symbol for entity in own if entity.source == _EXPANDED) or None,
            species=ids.taxon(taxon).name,
        )
    if not taxa:
        yield GoldMention(text=mention.text, type=mention.kind, species=None)
