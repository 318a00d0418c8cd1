"""Records for the tests of network formats: one that has everything, and any that hypothesis can think of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from figpath.figure import Figure, Paper
from figpath.grounding.mention import Alternative, Entity, Mention
from figpath.record import Provenance, Record, Relation

if TYPE_CHECKING:
    from figpath.grounding.mention import Kind
    from figpath.reading.document import Box

IKK, NFKB, ATP, CANCER = (10, 20, 60, 34), (110, 20, 160, 34), (20, 60, 50, 74), (120, 100, 180, 112)


def gene(text: str, number: int, symbol: str, *, box: Box | None = None, score: float = 0.9, taxon: int = 9606) -> Any:
    entity = Entity(id=f"ncbigene:{number}", symbol=symbol, taxon=taxon, source="hgnc_alias")
    return mention(text, "gene", entity, box=box, score=score)


def mention(text: str, kind: Kind, *entities: Entity, box: Box | None = None, score: float = 0.9) -> Mention:
    return Mention(text=text, kind=kind, score=score, box=box, entities=entities)


def member(number: int, symbol: str) -> Entity:
    return Entity(id=f"ncbigene:{number}", symbol=symbol, taxon=9606, source="famplex_relations")


def figure_record(**changes: Any) -> Record:
    """A gene, a family, a chemical and a disease, with a line of each sign; one name and one line are doubtful."""
    paper = Paper(
        pmcid="PMC0000001", title="Two names", reference="A. (2024)", year="2024", doi="10.1000/1", licence="CC BY 4.0"
    )
    figure = Figure(
        figid="PMC0000001__f1",
        number="F1",
        title="IKKβ activates NF-κB",
        caption="A\nschematic <of> & 'more'.",
        filename="f1.jpg",
        link="/pmc/articles/PMC0000001/figure/F1/",
        paper=paper,
    )
    family = Entity(id="fplx:NFkappaB", symbol="NFkappaB", source="famplex_synonym")
    other = Alternative(entity=Entity(id="ncbigene:1", symbol="A1BG", taxon=9606), score=0.2)
    values: dict[str, Any] = {
        "figid": "PMC0000001__f1",
        "width": 200,
        "height": 120,
        "organisms": (9606, 10090),
        "figure": figure,
        "mentions": (
            Mention(
                text="IKKβ",
                kind="gene",
                score=0.98,
                box=IKK,
                entities=gene("", 3551, "IKBKB").entities,
                match="IKK-beta",
                alternatives=(other,),
            ),
            mention("NF-κB", "family", family, member(4790, "NFKB1"), member(5970, "RELA"), box=NFKB),
            gene("p65?", 5970, "RELA", box=(0, 0, 20, 10), score=0.3),
            mention(
                "ATP",
                "chemical",
                Entity(id="mesh:D000255", symbol="Adenosine Triphosphate"),
                Entity(id="chebi:15422", symbol="ATP"),
                box=ATP,
            ),
            mention("cancer", "disease", Entity(id="doid:162", symbol="cancer"), box=CANCER),
        ),
        "relations": (
            Relation(source=0, target=1, sign="activates", score=0.81, path=((62, 27), (108, 27))),
            Relation(source=3, target=0, sign="inhibits", score=0.7, path=((35, 58), (40, 50), (35, 36))),
            Relation(source=1, target=4, sign="undirected", score=0.6),
            Relation(source=2, target=1, sign="activates", score=0.9),
            Relation(source=0, target=4, sign="activates", score=0.1),
        ),
        "provenance": Provenance(version="0.1.0"),
    }
    return Record(**values | changes)


def empty_record() -> Record:
    return Record(figid="nothing", figure=Figure(figid="nothing"))


# ---- any record: every character, control characters and halves of characters included

TEXT = st.text(st.characters(), max_size=8)
SCORE = st.sampled_from([0.2, 0.5, 0.75, 1.0])
PIXEL = st.integers(0, 3000)
BOX = st.tuples(PIXEL, PIXEL, PIXEL, PIXEL)
TAXON = st.sampled_from([None, 9606, 10090, 4932, 123456])
SOURCE = st.sampled_from(["hgnc_symbol", "famplex_relations", "chebi_name"])
CURIE = st.sampled_from(["ncbigene:1", "ncbigene:2", "fplx:A", "figpath:family.b", "mesh:D1", "chebi:3", "doid:4"])
ENTITY = st.builds(Entity, id=CURIE | TEXT, symbol=TEXT, taxon=TAXON, source=SOURCE)
MENTION = st.builds(
    Mention,
    text=TEXT | st.sampled_from(["JAK2", "JAK2", "# JAK2", "JAK2_2", "a b"]),
    kind=st.sampled_from(["gene", "family", "chemical", "disease"]),
    score=SCORE,
    box=st.none() | BOX,
    entities=st.lists(ENTITY, max_size=4).map(tuple),
    match=TEXT,
    alternatives=st.lists(st.builds(Alternative, entity=ENTITY, score=SCORE), max_size=2).map(tuple),
)
PAPER = st.builds(
    Paper, pmcid=TEXT | st.just("PMC1"), title=TEXT, reference=TEXT, year=TEXT, doi=TEXT, journal=TEXT, licence=TEXT
)


@st.composite
def any_record(draw: st.DrawFn) -> Record:
    mentions = tuple(draw(st.lists(MENTION, max_size=5)))
    ends = st.integers(0, max(len(mentions) - 1, 0))
    relation = st.builds(
        Relation,
        source=ends,
        target=ends,
        sign=st.sampled_from(["activates", "inhibits", "undirected"]),
        score=SCORE,
        path=st.lists(st.tuples(PIXEL, PIXEL), max_size=4).map(tuple),
    )
    figure = st.builds(
        Figure,
        figid=st.just("f"),
        number=TEXT,
        title=TEXT,
        caption=TEXT,
        filename=TEXT | st.just("a.jpg"),
        link=TEXT | st.just("/a/"),
        paper=PAPER,
    )
    return Record(
        figid="f",
        width=draw(st.sampled_from([0, 800])),
        height=draw(st.sampled_from([0, 600])),
        organisms=tuple(draw(st.lists(st.sampled_from([9606, 559292, 123456]), max_size=2))),
        figure=draw(figure),
        mentions=mentions,
        relations=tuple(draw(st.lists(relation, max_size=5))) if mentions else (),
        provenance=Provenance(version=draw(TEXT)),
    )
