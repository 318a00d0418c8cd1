"""Corrections that a test wants, with times that count up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from figpath.corrections.correction import Anchor, Signature
from figpath.corrections.meaning import Assigned
from figpath.figure import Figure
from figpath.grounding.mention import Entity
from figpath.record import Provenance, Record, Relation
from made_corpus import IDS, gene

if TYPE_CHECKING:
    from figpath.grounding.mention import Mention
    from figpath.reading.document import Box

JAK2, STAT3, TNF = (10, 10, 60, 30), (100, 10, 160, 30), (10, 60, 50, 80)
FREE: Box = (100, 60, 150, 80)


def by(number: int, who: str = "Ada") -> Signature:
    """The signature of the line with this number."""
    return Signature(id=f"c{number}", when=f"2026-11-24T12:00:00.{number:06}Z", who=who)


def at(mention: Mention) -> Anchor:
    return Anchor(text=mention.text, box=mention.box)


def means(symbol: str, source: str = "hgnc_symbol") -> Assigned:
    """A gene as what a name stands for."""
    entity = Entity(id=f"ncbigene:{IDS[symbol]}", symbol=symbol, taxon=9606, source=source)
    return Assigned(kind="gene", entities=(entity,), match=symbol)


def placed(text: str, symbol: str, box: Box | None, *, score: float = 0.9) -> Mention:
    return replace(gene(symbol, text, score=score), box=box)


def read_record(*mentions: Mention, figid: str = "fig", picture: str = "aa") -> Record:
    """A figure with three names and an arrow, or with the names that are given."""
    names = mentions or (placed("JAK2", "JAK2", JAK2), placed("STAT3", "STAT3", STAT3), placed("TNF", "TNF", TNF))
    arrow = (Relation(source=0, target=1, sign="activates", score=0.9),) if len(names) > 1 else ()
    return Record(
        figid=figid, width=200, height=100, organisms=(9606,), figure=Figure(figid=figid), mentions=names,
        relations=arrow, provenance=Provenance(image_sha256=picture),
    )  # fmt: skip
