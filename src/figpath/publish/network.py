"""Network: a figure as nodes at their places and the lines between them. Every network format is written from it.

A node is a mention that has a meaning and is more likely right than wrong; a drawn family stays one node and names
its genes. Everything is text that XML and JSON can hold: one line, without control characters or halves of characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from figpath import ids
from figpath.publish.network_layout import MARGIN, course, places
from figpath.publish.overlay import EXPANDED
from figpath.record import MINIMUM_SCORE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from figpath.figure import Figure
    from figpath.grounding.mention import Entity, Kind, Mention
    from figpath.publish.network_layout import Place, Spot
    from figpath.record import Record, Relation, Sign

_SITE = "https://www.ncbi.nlm.nih.gov"
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SAFE_NAME = re.compile(r"[\w.+-]+", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A drawn name.

    Parameters
    ----------
    id
        Index of the mention in the record.
    name
        As drawn; a later element of a list such as ``IRS1/2`` goes by its symbol; never empty.
    kind
        ``gene``, ``family``, ``chemical`` or ``disease``.
    score
        Probability that the mention is right, in [0, 1].
    x, y, width, height
        Centre and size in pixels of the stored image, origin top left, y downward; no side is under 1.
    symbols, identifiers
        What the name stands for, in step: approved symbols, and CURIEs as Bioregistry writes them (``ncbigene:3717``).
    member_symbols, members
        Genes of a family, which are not drawn: symbols and CURIEs, in step.
    taxa
        NCBI taxon ids of the genes, those of a family included.
    alternatives
        CURIEs of other meanings, likeliest first.
    match
        The lexicon's name that hit.
    """

    id: int
    name: str
    kind: Kind
    score: float
    x: float
    y: float
    width: float
    height: float
    symbols: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    member_symbols: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    taxa: tuple[int, ...] = ()
    alternatives: tuple[str, ...] = ()
    match: str = ""

    @property
    def font_size(self) -> int:
        """Size of letters that fill the box, in pixels."""
        size = 0.8 * min(self.width, self.height)
        if self.height < 1.5 * self.width:  # else the name runs up or down
            size = min(size, self.width / (0.55 * len(self.name)))
        return max(5, min(round(size), 60))


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A drawn line between two nodes.

    Parameters
    ----------
    id
        Index of the relation in the record.
    source, target
        Ids of the nodes.
    sign
        ``activates``, ``inhibits`` or ``undirected``.
    score
        Probability that the relation is right, in [0, 1].
    points
        The line from the source's box to the target's: at least two points.
    """

    id: int
    source: int
    target: int
    sign: Sign
    score: float
    points: tuple[Spot, ...]

    @property
    def bends(self) -> tuple[Spot, ...]:
        """Points between the first and the last."""
        return self.points[1:-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A figure as nodes and edges; a text that is not known is empty.

    Parameters
    ----------
    figid
        The figure.
    title, caption, number
        Of the figure; the title is that of the paper, or the figid, where the figure has none.
    width, height
        Of the picture, in pixels, or as far as the nodes reach.
    organisms
        Scientific names of the species that were found.
    page, image, paper_page
        Web addresses of the figure, of its picture and of its paper.
    pmcid, doi, paper_title, reference, year, journal, licence
        Of the paper.
    version
        Of the figpath that read the figure.
    nodes, edges
        In the order of the record.
    """

    figid: str
    title: str
    caption: str = ""
    number: str = ""
    width: float = 0
    height: float = 0
    organisms: tuple[str, ...] = ()
    page: str = ""
    image: str = ""
    paper_page: str = ""
    pmcid: str = ""
    doi: str = ""
    paper_title: str = ""
    reference: str = ""
    year: str = ""
    journal: str = ""
    licence: str = ""
    version: str = ""
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()


def from_record(record: Record, *, minimum_score: float = MINIMUM_SCORE) -> Network:
    """Return a record as a network.

    Parameters
    ----------
    record
        A figure, also one without mentions.
    minimum_score
        Mentions and relations below this score are left out, and with a mention its relations.

    Returns
    -------
    Network
        Equal records give equal networks.
    """
    at = _places(record, minimum_score)
    nodes = tuple(_node(number, record.mentions[number], place) for number, place in at.items())
    edges = tuple(
        _edge(number, relation, at)
        for number, relation in enumerate(record.relations)
        if relation.score >= minimum_score and relation.source in at and relation.target in at
    )
    figure, paper = record.figure, record.figure.paper
    return Network(
        figid=record.figid,
        title=plain(figure.title) or plain(paper.title) or record.figid,
        caption=plain(figure.caption),
        number=plain(figure.number),
        width=max([float(record.width), *(node.x + node.width / 2 for node in nodes)]),
        height=max([float(record.height), *(node.y + node.height / 2 for node in nodes)]),
        organisms=_species(record.organisms),
        page=_page(figure),
        image=_image(figure),
        paper_page=_paper_page(figure),
        pmcid=plain(paper.pmcid),
        doi=plain(paper.doi),
        paper_title=plain(paper.title),
        reference=plain(paper.reference),
        year=plain(paper.year),
        journal=plain(paper.journal),
        licence=plain(paper.licence),
        version=plain(record.provenance.version),
        nodes=nodes,
        edges=edges,
    )


def plain(text: str) -> str:
    """Return a text as one line that XML can hold: other characters and runs of blanks become one blank."""
    return " ".join(_UNFIT.sub(" ", text).split())


# ---- nodes


def _places(record: Record, minimum_score: float) -> dict[int, Place]:
    """Return where each mention stands that becomes a node, by its index."""
    taken = [n for n, mention in enumerate(record.mentions) if mention.entities and mention.score >= minimum_score]
    drawn = [(plain(record.mentions[n].text), record.mentions[n].box) for n in taken]
    return dict(zip(taken, places(drawn, beside=record.width + MARGIN), strict=True))


def _node(number: int, mention: Mention, place: Place) -> Node:
    expanded = {entity.taxon for entity in mention.entities if entity.source == EXPANDED}
    # A family's own name may also be that of one of its genes: p38 is MAPK14.
    members = [entity for entity in mention.entities if entity.taxon is not None and entity.taxon in expanded]
    drawn = [entity for entity in mention.entities if entity not in members]
    named, named_members = _named(drawn), _named(members)
    names = (*named.values(), plain(mention.text)) if place.part else (plain(mention.text), *named.values())
    return Node(
        id=number,
        name=next((name for name in names if name), f"mention {number}"),
        kind=mention.kind,
        score=mention.score,
        x=place.x,
        y=place.y,
        width=place.width,
        height=place.height,
        symbols=tuple(named.values()),
        identifiers=tuple(named),
        member_symbols=tuple(named_members.values()),
        members=tuple(named_members),
        taxa=tuple(dict.fromkeys(entity.taxon for entity in mention.entities if entity.taxon is not None)),
        alternatives=tuple(_named([other.entity for other in mention.alternatives])),
        match=plain(mention.match),
    )


def _named(entities: Sequence[Entity]) -> dict[str, str]:
    """Return the symbol of each CURIE; the CURIE itself where there is none."""
    pairs = [(plain(entity.id), plain(entity.symbol)) for entity in entities]
    return {curie: symbol or curie for curie, symbol in pairs if curie}


# ---- edges


def _edge(number: int, relation: Relation, at: dict[int, Place]) -> Edge:
    path = [(float(x), float(y)) for x, y in relation.path]
    return Edge(
        id=number,
        source=relation.source,
        target=relation.target,
        sign=relation.sign,
        score=relation.score,
        points=tuple((round(x, 3), round(y, 3)) for x, y in course(at[relation.source], at[relation.target], path)),
    )


# ---- what the paper says


def _species(taxa: Iterable[int]) -> tuple[str, ...]:
    """Return genus and species, without the strain, of the taxa that have a name."""
    found = (ids.taxon(number) for number in taxa)
    return tuple(dict.fromkeys(" ".join(taxon.name.split()[:2]) for taxon in found if taxon.group))


def _page(figure: Figure) -> str:
    link = plain(figure.link)
    return _SITE + link if link.startswith("/") else link


def _paper_page(figure: Figure) -> str:
    pmcid = plain(figure.paper.pmcid)
    return f"{_SITE}/pmc/articles/{pmcid}" if pmcid.startswith("PMC") and _SAFE_NAME.fullmatch(pmcid) else ""


def _image(figure: Figure) -> str:
    """Return where PMC keeps the picture."""
    page, name = _paper_page(figure), plain(figure.filename)
    return f"{page}/bin/{name}" if page and _SAFE_NAME.fullmatch(name) else ""
