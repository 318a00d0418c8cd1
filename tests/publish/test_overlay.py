"""The overlay picture and the overlay page show each mention where it is, and nothing that a paper slips in."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from typing import Any, get_args

import numpy as np
import pytest
from PIL import Image

from figpath.errors import InputError
from figpath.figure import Figure, Paper
from figpath.grounding.mention import Alternative, Entity, Kind, Mention
from figpath.publish.overlay import STYLES, label_of, overlay_png
from figpath.publish.overlay_html import overlay_html
from figpath.record import Record

WIDTH, HEIGHT = 400, 240
EVIL = "<script>alert('x')</script>"


def gene(symbol: str, number: int, source: str = "hgnc_symbol") -> Entity:
    return Entity(id=f"ncbigene:{number}", symbol=symbol, taxon=9606, source=source)


VEGF = Mention(
    text="PAI-1",
    kind="gene",
    score=0.98,
    box=(40, 60, 110, 80),
    entities=(gene("SERPINE1", 5054, "hgnc_alias"),),
    match="PAI1",
    rewrites=("drop_hyphens",),
    alternatives=(Alternative(entity=gene("HPSE2", 60495), score=0.02),),
)
NFKB = Mention(
    text="NF-κB",
    kind="family",
    score=0.9,
    box=(200, 60, 260, 80),
    entities=(
        Entity(id="fplx:NFkappaB", symbol="NFkappaB", source="famplex"),
        gene("RELA", 5970, "famplex_relations"),
    ),
    match="NFkappaB",
)
LPS = Mention(
    text="LPS",
    kind="chemical",
    score=0.3,
    box=(40, 160, 80, 176),
    entities=(Entity(id="chebi:16412", symbol="lipopolysaccharide", source="chebi"),),
    match="LPS",
)
SEPSIS = Mention(
    text="sepsis",
    kind="disease",
    score=0.8,
    box=(330, 210, 392, 230),
    entities=(Entity(id="mesh:D018805", symbol="Sepsis", source="mesh"),),
)
UNBOXED = Mention(text="Il10", kind="gene", score=0.6, note="outside the figure's species")
MENTIONS = (VEGF, NFKB, LPS, SEPSIS, UNBOXED)


def record(*mentions: Mention, **about: Any) -> Record:
    figure = Figure(figid="fig1", title="A title", caption="A caption", **about)
    return Record(figid="fig1", width=WIDTH, height=HEIGHT, figure=figure, mentions=mentions)


def pixels() -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Return a white picture with a dark bar in the box of each mention, and some drawing far from all."""
    drawn = np.full((HEIGHT, WIDTH, 3), 255, dtype=np.uint8)
    for mention in MENTIONS:
        if mention.box:
            x0, y0, x1, y1 = mention.box
            drawn[y0:y1, x0:x1] = 40
    drawn[120:126, 150:390] = 90
    return drawn


def png(array: np.ndarray[Any, np.dtype[np.uint8]]) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(array).save(stream, format="PNG")
    return stream.getvalue()


# ---- the picture


def test_picture_differs_only_near_the_boxes() -> None:
    """The small picture is enlarged twice; beyond a label's reach of the boxes nothing changes."""
    base = Image.fromarray(pixels()).resize((WIDTH * 2, HEIGHT * 2), Image.Resampling.BICUBIC)
    drawn = np.asarray(Image.open(io.BytesIO(overlay_png(pixels(), record(*MENTIONS)))).convert("RGB"))
    assert drawn.shape == (HEIGHT * 2, WIDTH * 2, 3)
    changed = (drawn != np.asarray(base)).any(axis=2)
    near = np.zeros_like(changed)
    for mention in MENTIONS:
        if mention.box:
            x0, y0, x1, y1 = (v * 2 for v in mention.box)
            assert changed[max(y0 - 12, 0) : y1 + 12, max(x0 - 12, 0) : x1 + 12].any()
            assert not changed[y0 + 2 : y1 - 2, x0 + 2 : x1 - 2].any()
            near[max(y0 - 70, 0) : y1 + 70, max(x0 - 70, 0) : x1 + 70] = True
    assert not (changed & ~near).any()


def test_equal_inputs_give_equal_bytes() -> None:
    assert overlay_png(pixels(), record(*MENTIONS)) == overlay_png(pixels(), record(*MENTIONS))


def test_label_is_drawn_only_where_the_picture_is_empty() -> None:
    """Amid drawing only the outline appears."""
    empty = np.full((HEIGHT, WIDTH, 3), 255, dtype=np.uint8)
    busy = empty.copy()
    busy[::3, :, :] = 0
    counts = []
    for picture in (empty, busy):
        base = Image.fromarray(picture).resize((WIDTH * 2, HEIGHT * 2), Image.Resampling.BICUBIC)
        drawn = Image.open(io.BytesIO(overlay_png(picture, record(VEGF))))
        changed = (np.asarray(drawn) != np.asarray(base)).any(axis=2)
        x0, y0, x1, y1 = (v * 2 for v in VEGF.box or ())
        changed[y0 - 12 : y1 + 12, x0 - 12 : x1 + 12] = False
        counts.append(int(changed.sum()))
    assert counts[0] > 100
    assert counts[1] == 0


@pytest.mark.parametrize(
    ("text", "symbols", "label"),
    [
        ("PAI-1", ("SERPINE1",), "SERPINE1"),
        ("VEGF-A", ("VEGFA",), ""),
        ("IL-6", ("IL6",), ""),
        ("p-STAT3", ("STAT3",), ""),
        ("ERK1/2", ("MAPK3", "MAPK1"), "MAPK3, MAPK1"),
        ("BMPs", ("BMP2", "BMP3", "BMP4", "BMP5"), ""),
    ],
)
def test_label_is_the_symbol_where_it_is_not_what_is_drawn(text: str, symbols: tuple[str, ...], label: str) -> None:
    entities = tuple(gene(symbol, 1 + i) for i, symbol in enumerate(symbols))
    assert label_of(Mention(text=text, kind="gene", score=1, entities=entities)) == label


def test_boxes_at_the_border_and_empty_records_are_drawn() -> None:
    edge = Mention(text="JAK2", kind="gene", score=0.9, box=(0, 0, WIDTH, HEIGHT), entities=(gene("JAK2", 3717),))
    speck = Mention(text="X", kind="chemical", score=0.9, box=(399, 239, 400, 240))
    for mentions in ((edge, speck), ()):
        assert overlay_png(pixels(), record(*mentions)).startswith(b"\x89PNG")


def test_picture_of_another_size_is_refused() -> None:
    with pytest.raises(InputError, match="400 x 240 pixels on a picture of 300 x 200"):
        overlay_png(np.zeros((200, 300, 3), dtype=np.uint8), record(VEGF))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    a, b = sorted((luminance(one), luminance(other)), reverse=True)
    return (a + 0.05) / (b + 0.05)


@pytest.mark.parametrize("kind", get_args(Kind))
def test_each_kind_has_a_line_of_its_own_and_letters_of_enough_contrast(kind: Kind) -> None:
    """WCAG 2.2 AA: 4.5:1, on the page and on a lit row, light and dark."""
    style = STYLES[kind]
    assert [s.pattern for s in STYLES.values()].count(style.pattern) == 1
    assert min(contrast(style.colour, page) for page in ("#ffffff", "#fff3c4")) >= 4.5
    assert min(contrast(style.on_dark, page) for page in ("#14181f", "#463c12")) >= 4.5


# ---- the page


class Page(HTMLParser):
    """Counts what matters of a page, and fails on tags that do not close."""

    VOID = frozenset({"meta", "img", "br", "link", "input"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def having(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        found = [a for t, a in self.tags if t == tag]
        return [a for a in found if all(w in (a.get(k.rstrip("_")) or "").split() for k, w in wanted.items())]


def page(*mentions: Mention, **about: Any) -> tuple[str, Page]:
    text = overlay_html(png(pixels()), record(*mentions, **about))
    parsed = Page(text)
    assert parsed.open == []
    return text, parsed


def test_each_mention_stands_once_on_the_picture_and_once_in_the_table() -> None:
    text, parsed = page(*MENTIONS)
    assert len(parsed.having("div", class_="mention")) == 4
    assert [a["id"] for a in parsed.having("tr") if "id" in a] == [f"row-{i}" for i in range(5)]
    boxes = parsed.having("a", class_="box")
    assert [a["tabindex"] for a in boxes] == ["0"] * 4
    assert boxes[0]["aria-label"] == "PAI-1, gene, SERPINE1 (ncbigene:5054), score 0.98"
    ids = [a["id"] for _, a in parsed.tags if "id" in a]
    assert len(ids) == len(set(ids))
    assert {f"#{i}" for i in ids} >= {a["href"] for a in boxes}
    assert "PAI-1 → drop hyphens → PAI1" in text
    assert "1 member gene" in text
    assert "outside the figure&#x27;s species" in text


def test_identifiers_link_to_their_pages() -> None:
    _, parsed = page(*MENTIONS)
    links = {str(a["href"]) for a in parsed.having("a", class_="id")}
    assert {
        "https://identifiers.org/ncbigene:5054",
        "https://identifiers.org/fplx:NFkappaB",
        "https://identifiers.org/CHEBI:16412",
        "https://identifiers.org/mesh:D018805",
    } <= links


def test_low_scores_are_marked_on_picture_and_in_table() -> None:
    text, parsed = page(*MENTIONS)
    assert [a["id"] for a in parsed.having("div", class_="unsure")] == ["box-2"]
    assert text.count("uncertain") == 2


def test_text_of_papers_is_escaped_everywhere() -> None:
    """A script slipped into any field stays text."""
    entity = Entity(id=f"x:{EVIL.replace(' ', '')}", symbol=EVIL, taxon=9606, source=EVIL)
    odd = Entity(id=EVIL, symbol="odd", source="famplex_relations")
    mention = Mention(
        text=EVIL,
        kind="gene",
        score=0.9,
        box=(1, 1, 30, 20),
        entities=(entity, odd),
        match=EVIL,
        rewrites=(EVIL,),
        alternatives=(Alternative(entity=entity, score=0.1),),
        note=EVIL + '" onload="x',
    )
    paper = Paper(title=EVIL, reference=EVIL, licence=EVIL)
    figure = Figure(figid="fig1", title=EVIL, caption=EVIL, paper=paper)
    hostile = Record(figid="fig1", width=WIDTH, height=HEIGHT, figure=figure, mentions=(mention,))
    text = overlay_html(png(pixels()), hostile)
    parsed = Page(text)
    assert len(parsed.having("script")) == 1
    assert "<script>alert" not in text
    assert not [a for _, a in parsed.tags if any(name.startswith("on") for name in a)]


def test_page_needs_nothing_else() -> None:
    """No source is loaded from outside, and the page's own policy forbids it."""
    text, parsed = page(*MENTIONS)
    assert parsed.having("img")[0]["src"] is not None
    assert str(parsed.having("img")[0]["src"]).startswith("data:image/png;base64,")
    assert not [a for tag, a in parsed.tags if tag == "link" or (tag == "script" and "src" in a)]
    assert not re.search(r"url\(|@import", text)
    assert "default-src 'none'" in str(parsed.having("meta")[1]["content"])


def test_record_without_mentions_says_so() -> None:
    text, parsed = page()
    assert "No names of genes" in text
    assert not parsed.having("table")


def test_species_are_named_where_there_are_several() -> None:
    mouse = Entity(id="ncbigene:16452", symbol="Jak2", taxon=10090, source="mgi_symbol")
    both = Mention(text="JAK2", kind="gene", score=0.9, entities=(gene("JAK2", 3717), mouse))
    assert "Jak2 mouse" in page(both)[0]
    assert "SERPINE1 human" not in page(VEGF)[0]


@pytest.mark.parametrize(
    ("picture", "size", "says"),
    [(b"RIFF....WEBP", (WIDTH, HEIGHT), "give it as PNG"), (b"\x89PNG", (0, 0), "no picture size")],
)
def test_what_cannot_be_shown_is_refused(picture: bytes, size: tuple[int, int], says: str) -> None:
    figure = Figure(figid="fig1")
    with pytest.raises(InputError, match=says):
        overlay_html(picture, Record(figid="fig1", width=size[0], height=size[1], figure=figure))
