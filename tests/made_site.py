"""A corpus to be served: figures that are drawn here, with boxes where their names stand."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from figpath.entry import Picture
from figpath.figure import Figure, Paper
from figpath.grounding.mention import Alternative, Entity, Mention
from figpath.record import Provenance, Record, Relation, from_json, to_json
from made_corpus import IDS, corpus_of, entry, family, gene, mouse_gene, other

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from figpath.entry import Entry
    from figpath.reading.document import Box

INJECTIONS = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<!--<script>",
    '"><img src=x onerror=alert(3)>',
    "'><svg onload=alert(4)>",
    "{{ 7 * 7 }}{% raise %}",
    "javascript:alert(5)",
    "</title></textarea></style><iframe src=//evil.example>",
    "\u2028alert(6)\u2029 &lt;b&gt; &amp;",
    "]]><x xmlns='http://www.w3.org/1999/xhtml'><script>alert(7)</script>",
)
"""What a paper's text could hold to make a page do what it should not."""

WIDTH, HEIGHT = 640, 420
SIZE = 24


def _placed(mentions: Sequence[Mention]) -> tuple[tuple[Mention, ...], bytes]:
    """Draw names in two columns joined by arrows; return them with their boxes, and the picture as PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(SIZE)
    placed = []
    for number, mention in enumerate(mentions):
        x, y = 70 + 320 * (number % 2), 50 + 95 * (number // 2)
        x0, y0, x1, y1 = pen.textbbox((x, y), mention.text, font=font)
        pen.rounded_rectangle((x0 - 22, y0 - 16, x1 + 22, y1 + 16), 14, fill="#e8f0f5", outline="#6d8496", width=2)
        pen.text((x, y), mention.text, fill="black", font=font)
        box: Box = (round(x0), round(y0), round(x1), round(y1))
        placed.append(replace(mention, box=box))
        if number % 2 == 0 and number + 1 < len(mentions):
            pen.line((x1 + 26, y + 14, 360, y + 14), fill="#44525f", width=3)
            pen.polygon(((360, y + 6), (360, y + 22), (374, y + 14)), fill="#44525f")
    stream = io.BytesIO()
    image.save(stream, format="PNG")
    return tuple(placed), stream.getvalue()


def drawn_entry(
    figid: str, *mentions: Mention, figure: Figure, pathway: float = 0.97, dhash: int | None = None
) -> Entry:
    """A figure with its picture."""
    placed, data = _placed(mentions)
    image = Image.open(io.BytesIO(data))
    image.thumbnail((240, 240))
    small = io.BytesIO()
    image.convert("RGB").save(small, format="JPEG", quality=85)
    sha256 = hashlib.sha256(data).hexdigest()
    organisms = tuple(dict.fromkeys(e.taxon for m in mentions for e in m.entities if e.taxon)) or (9606,)
    relations = (
        (Relation(source=0, target=1, sign="activates", score=0.9, path=((150, 64), (372, 64))),)
        if len(placed) > 1
        else ()
    )
    record = Record(
        figid=figid, width=WIDTH, height=HEIGHT, pathway_score=pathway, organisms=organisms, figure=figure,
        mentions=placed, relations=relations, provenance=Provenance(version="0.1.0", image_sha256=sha256),
    )  # fmt: skip
    plain = entry(figid)
    return replace(
        plain,
        record=to_json(record),
        picture=Picture(sha256=sha256, width=WIDTH, height=HEIGHT, dhash=dhash, data=data, thumbnail=small.getvalue()),
        key=replace(plain.key, picture=sha256),
    )


def site_corpus(path: Path) -> Path:
    """Seven figures: with and without a picture, of two species, with every kind of name, one that failed."""
    lung = Paper(
        pmcid="PMC101", title="Tumour exosomes in the lung", year="2021", journal="Lung Biology",
        doi="10.1000/lung.1", licence="CC BY 4.0", reference="A. Author (2021) Lung Biology 1, 2.",
        keywords=("exosome",),
    )  # fmt: skip
    akt = Entity(id="ncbigene:207", symbol="AKT1", taxon=9606)
    doubtful = replace(gene("AKT1", "Akt"), score=0.3, alternatives=(Alternative(entity=akt, score=0.2),))
    cholesterol = other("chemical", "cholesterol", ("mesh:D002784", "Cholesterol"), ("chebi:16113", "cholesterol"))
    fibrosis = other("disease", "fibrosis", ("mesh:D005355", "Fibrosis"))
    plain = [
        entry(
            f"PMC2{n:02d}__fig1",
            *map(gene, symbols),
            title=f"A review of {symbols[0]}",
            paper=Paper(pmcid=f"PMC2{n:02d}", year=str(2012 + n % 9), journal="Reviews"),
            dhash=(n + 1) * 0x9E37_79B9_7F4A_7C15 % (1 << 63),
        )
        for n, symbols in enumerate([("TNF", "IL6", "AKT1"), ("FGF1", "FGF2", "TP53"), ("JAK2", "TNF", "TP53")] * 9)
    ]
    return corpus_of(
        path,
        drawn_entry(
            "PMC101__fig2",
            replace(gene("JAK2", "JAK-2"), rewrites=("drop_hyphen",)),
            gene("STAT3"),
            gene("IL6", "IL-6"),
            family("FGF", "FGF1", "FGF2"),
            doubtful,
            cholesterol,
            fibrosis,
            figure=Figure(
                figid="PMC101__fig2",
                number="F2",
                title="Exosomes activate JAK2/STAT3 signaling in the lung",
                caption="Exosomes carry IL6 and cholesterol. JAK2 phosphorylates STAT3; fibrosis follows.",
                filename="fig2.png",
                paper=lung,
            ),
            dhash=0x0F0F_3C3C_5A5A_9696,
        ),
        drawn_entry(
            "PMC104__fig1",
            *map(gene, ("JAK2", "STAT3", "TNF", "IL6")),
            figure=Figure(figid="PMC104__fig1", title="Cytokines in inflammation", paper=replace(lung, year="2020")),
            dhash=0x0123_4567_89AB_CDEF,
        ),
        drawn_entry(
            "PMC105__fig3",
            mouse_gene("Jak2", 16452),
            figure=Figure(figid="PMC105__fig3", title="Erythropoiesis in mice", paper=Paper(year="2018")),
        ),
        entry("PMC107__fig1", title="A figure that failed", status="failed"),
        *plain,
    )


def hostile_entry(text: str, figid: str = "hostile") -> Entry:
    """A figure with one text in every field that holds text."""
    entity = Entity(id=f"ncbigene:{IDS['JAK2']}", symbol=text, taxon=9606, source=text)
    odd = Entity(id=text, symbol=text, source=text)
    mentions = tuple(
        Mention(
            text=text, kind=kind, score=0.9, entities=(entity, odd), match=text, rewrites=(text,), note=text,
            alternatives=(Alternative(entity=odd, score=0.1),),
        )
        for kind in ("gene", "family", "chemical", "disease")
    )  # fmt: skip
    paper = Paper(
        pmcid=text, title=text, reference=text, year=text, doi=text, journal=text, journal_abbreviation=text,
        publisher=text, licence=text, keywords=(text,), organisms=(text,),
    )  # fmt: skip
    figure = Figure(figid=figid, number=text, title=text, caption=text, filename=text, link=text, paper=paper)
    made = drawn_entry(figid, *mentions, figure=figure)
    record = replace(
        from_json(made.record),
        status="partial",
        reason=text,
        provenance=Provenance(origin=text, version=text, engine=text, lexicon=text, image_sha256=text),
    )
    return replace(made, status="partial", reason=text, record=to_json(record))
