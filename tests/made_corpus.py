"""Small corpora of figures that say what a test wants them to."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from figpath.entry import Entry, Key, Picture
from figpath.figure import Figure, Paper
from figpath.grounding.mention import Entity, Mention
from figpath.record import Record, to_json
from figpath.store import write_store

if TYPE_CHECKING:
    from pathlib import Path

    from figpath.grounding.mention import Kind
    from figpath.record import Status

IDS = {"JAK2": 3717, "STAT3": 6774, "TNF": 7124, "IL6": 3569, "FGF1": 2246, "FGF2": 2247, "AKT1": 207, "TP53": 7157}


def gene(symbol: str, text: str = "", *, score: float = 0.9) -> Mention:
    """A human gene under its symbol, or drawn as `text`."""
    source = "hgnc_alias" if text and text != symbol else "hgnc_symbol"
    entity = Entity(id=f"ncbigene:{IDS[symbol]}", symbol=symbol, taxon=9606, source=source)
    return Mention(text=text or symbol, kind="gene", score=score, entities=(entity,), match=text or symbol)


def mouse_gene(symbol: str, number: int) -> Mention:
    entity = Entity(id=f"ncbigene:{number}", symbol=symbol, taxon=10090, source="mgi_symbol")
    return Mention(text=symbol, kind="gene", score=0.9, entities=(entity,), match=symbol)


def family(name: str, *members: str) -> Mention:
    """A drawn family with its members."""
    genes = (Entity(id=f"ncbigene:{IDS[s]}", symbol=s, taxon=9606, source="famplex_relations") for s in members)
    itself = Entity(id=f"fplx:{name}", symbol=name, source="famplex_name")
    return Mention(text=name, kind="family", score=0.9, entities=(itself, *genes), match=name)


def other(kind: Kind, text: str, *entities: tuple[str, str]) -> Mention:
    """A chemical or a disease with its ids and names."""
    found = tuple(Entity(id=curie, symbol=name, source=curie.partition(":")[0]) for curie, name in entities)
    return Mention(text=text, kind=kind, score=0.9, entities=found, match=text)


def entry(
    figid: str,
    *mentions: Mention,
    title: str = "",
    caption: str = "",
    paper: Paper | None = None,
    number: str = "F1",
    organisms: tuple[int, ...] = (9606,),
    pathway: float | None = None,
    dhash: int | None = None,
    status: Status = "ok",
) -> Entry:
    """A figure as it goes into a corpus."""
    figure = Figure(figid=figid, number=number, title=title, caption=caption, paper=paper or Paper())
    record = Record(
        figid=figid,
        status=status,
        reason="" if status == "ok" else "it says so",
        width=100,
        height=80,
        pathway_score=pathway,
        organisms=organisms,
        figure=figure,
        mentions=mentions,
    )
    sha256 = hashlib.sha256(figid.encode()).hexdigest()
    return Entry(
        figid=figid,
        status=status,
        reason=record.reason,
        origin="figpath",
        record=to_json(record),
        key=Key(picture=sha256, figure="", fingerprint="f1"),
        picture=Picture(sha256=sha256, width=100, height=80, dhash=dhash),
    )


def corpus_of(path: Path, *entries: Entry, finished: bool = True) -> Path:
    """Write a corpus; one that is not finished was left by a writer that was killed."""
    with write_store(path) as store:
        store.put(entries)
        if finished:
            store.link_duplicates()
    return path
