"""Network: a figure as nodes at their places and the lines between them. Every network format is written from it.

A node is a mention that has a meaning and is more likely right than wrong; a drawn family stays one node and names
its genes. Everything is text that XML and JSON can hold: one line, without control characters or halves of characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from figpath import ids
from figpath.publish.overlay import EXPANDED
from figpath.record import MINIMUM_SCORE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from figpath.figure import Figure
    from figpath.grounding.mention import Entity, Kind, Mention
    from figpath.reading.document import Box
    from figpath.record import Record, Relation, Sign

Spot: TypeAlias = tuple[float, float]
"""``(x, y)`` in pixels of the stored image, origin top left."""

GRID_WIDTH: Final = 90
GRID_HEIGHT: Final = 25
GRID_ROWS: Final = 10
"""Nodes that have no place on the picture stand in columns of ten, as PFOCR lays them out."""

_SITE = "https://www.ncbi.nlm.nih.gov"
_MARGIN = 60
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
        As drawn; never empty.
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
        if self.width >= self.height:  # else the name runs up or down
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
    page, image
        Web addresses of the figure and of its picture.
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
    nodes = _nodes(record, minimum_score)
    by_id = {node.id: node for node in nodes}
    edges = tuple(
        _edge(number, relation, by_id)
        for number, relation in enumerate(record.relations)
        if relation.score >= minimum_score and relation.source in by_id and relation.target in by_id
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


def _nodes(record: Record, minimum_score: float) -> tuple[Node, ...]:
    left = record.width + _MARGIN if record.width else _MARGIN
    nodes: list[Node] = []
    homeless = 0
    for number, mention in enumerate(record.mentions):
        if not mention.entities or mention.score < minimum_score:
            continue
        if mention.box is None:
            place = _grid(homeless, left)
            homeless += 1
        else:
            place = _place(mention.box)
        nodes.append(_node(number, mention, place))
    return tuple(nodes)


def _node(number: int, mention: Mention, place: tuple[float, float, float, float]) -> Node:
    expanded = {entity.taxon for entity in mention.entities if entity.source == EXPANDED}
    # A family's own name may also be that of one of its genes: p38 is MAPK14.
    members = [entity for entity in mention.entities if entity.taxon is not None and entity.taxon in expanded]
    drawn = [entity for entity in mention.entities if entity not in members]
    named, named_members = _named(drawn), _named(members)
    x, y, width, height = place
    return Node(
        id=number,
        name=next((name for name in (plain(mention.text), *named.values()) if name), f"mention {number}"),
        kind=mention.kind,
        score=mention.score,
        x=x,
        y=y,
        width=width,
        height=height,
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


def _place(box: Box) -> tuple[float, float, float, float]:
    """Return centre and size of a box, whichever of its corners comes first."""
    x0, y0, x1, y1 = box
    return (x0 + x1) / 2, (y0 + y1) / 2, float(max(1, abs(x1 - x0))), float(max(1, abs(y1 - y0)))


def _grid(index: int, left: float) -> tuple[float, float, float, float]:
    column, row = divmod(index, GRID_ROWS)
    x = left + GRID_WIDTH / 2 + column * (GRID_WIDTH + 10)
    return x, _MARGIN + GRID_HEIGHT / 2 + row * (GRID_HEIGHT + 10), float(GRID_WIDTH), float(GRID_HEIGHT)


# ---- edges


def _edge(number: int, relation: Relation, nodes: dict[int, Node]) -> Edge:
    source, target = nodes[relation.source], nodes[relation.target]
    return Edge(
        id=number,
        source=source.id,
        target=target.id,
        sign=relation.sign,
        score=relation.score,
        points=_line(source, target, [(float(x), float(y)) for x, y in relation.path]),
    )


def _line(source: Node, target: Node, path: Sequence[Spot]) -> tuple[Spot, ...]:
    """Tie a drawn line to the boxes at its ends: its own ends move to the nearest point of the box."""
    if len(path) > 1:
        return (_nearest(source, path[0]), *path[1:-1], _nearest(target, path[-1]))
    via_source = path[0] if path else (target.x, target.y)
    via_target = path[0] if path else (source.x, source.y)
    return (_way_out(source, via_source), *path, _way_out(target, via_target))


def _nearest(node: Node, spot: Spot) -> Spot:
    half_width, half_height = node.width / 2, node.height / 2
    x = min(max(spot[0], node.x - half_width), node.x + half_width)
    return x, min(max(spot[1], node.y - half_height), node.y + half_height)


def _way_out(node: Node, to: Spot) -> Spot:
    """Return where the straight line from a node's centre leaves its box; the right side when it leads nowhere."""
    dx, dy = to[0] - node.x, to[1] - node.y
    if not dx and not dy:
        return node.x + node.width / 2, node.y
    share = min(node.width / 2 / abs(dx) if dx else 1.0, node.height / 2 / abs(dy) if dy else 1.0, 1.0)
    return round(node.x + dx * share, 3), round(node.y + dy * share, 3)


# ---- what the paper says


def _species(taxa: Iterable[int]) -> tuple[str, ...]:
    """Return genus and species, without the strain, of the taxa that have a name."""
    found = (ids.taxon(number) for number in taxa)
    return tuple(dict.fromkeys(" ".join(taxon.name.split()[:2]) for taxon in found if taxon.group))


def _page(figure: Figure) -> str:
    link = plain(figure.link)
    return _SITE + link if link.startswith("/") else link


def _image(figure: Figure) -> str:
    """Return where PMC keeps the picture."""
    pmcid, name = plain(figure.paper.pmcid), plain(figure.filename)
    known = pmcid.startswith("PMC") and _SAFE_NAME.fullmatch(pmcid) and _SAFE_NAME.fullmatch(name)
    return f"{_SITE}/pmc/articles/{pmcid}/bin/{name}" if known else ""
