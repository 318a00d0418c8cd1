"""A WikiPathways drawing as a mechanism: GPML2013a and GPML2021.

How a drawing becomes a graph:

- A data node is a node, and so is a label or a shape with text that an arrow touches. A group (family, complex) that
  an arrow touches is one node. Data nodes with the same text and the same identifier are one node, but metabolites
  are not: ATP stands at many places and joins none of them. A state belongs to its data node.
- An arrow head gives the sign, see `HEADS`. Binding and cleavage say nothing about up or down: they are taken for
  activation, with the level ``assumed``, so that a question can leave them out.
- A line that begins at an anchor of another line begins at what that line begins at. A line that ends at an anchor
  acts on what that line acts on; its sign is the product of both. When both signs are positive (catalysis), the
  source of the line and what ends at its anchor are needed together: a gate. Several catalysts of one line are
  alternatives, with a gate and a copy of the line each. What inhibits a line is an inhibitor of its target.
- Lines without a head, with a loose end, or drawn as graphical lines are left out and counted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from figpath.errors import InputError
from figpath.mechanism.formats.gpml_drawing import read_drawing
from figpath.mechanism.formats.imported import Imported, Loss
from figpath.mechanism.graph import Edge, Graph, Node, Sign

if TYPE_CHECKING:
    from collections.abc import Iterable

    from figpath.mechanism.formats.gpml_drawing import Box, End, GpmlDrawing, Line
    from figpath.mechanism.graph import Level

HEADS: Final[dict[str, tuple[Sign, Level]]] = {
    "arrow": (Sign.plus, "figure"),
    "directed": (Sign.plus, "figure"),
    "stimulation": (Sign.plus, "figure"),
    "necessary-stimulation": (Sign.plus, "figure"),
    "catalysis": (Sign.plus, "figure"),
    "conversion": (Sign.plus, "figure"),
    "modification": (Sign.plus, "figure"),
    "transcription-translation": (Sign.plus, "figure"),
    "transcriptiontranslation": (Sign.plus, "figure"),
    "translocation": (Sign.plus, "figure"),
    "inhibition": (Sign.minus, "figure"),
    "tbar": (Sign.minus, "figure"),
    "binding": (Sign.plus, "assumed"),
    "cleavage": (Sign.plus, "assumed"),
    "ligandround": (Sign.plus, "assumed"),
    "ligandsquare": (Sign.plus, "assumed"),
    "receptor": (Sign.plus, "assumed"),
    "receptorround": (Sign.plus, "assumed"),
    "receptorsquare": (Sign.plus, "assumed"),
}
"""Sign and level of an arrow head, in lower case and without ``mim-``; heads that are not here carry no sign."""

_KINDS: Final = {
    "geneproduct": "gene", "protein": "gene", "rna": "gene", "metabolite": "chemical", "pathway": "process",
    "complex": "complex", "disease": "disease", "label": "label", "shape": "shape",
}  # fmt: skip
_PREFIXES: Final = {
    "ensembl": "ensembl", "entrez gene": "ncbigene", "ncbi gene": "ncbigene", "uniprot-trembl": "uniprot",
    "uniprot-swissprot": "uniprot", "uniprot": "uniprot", "chebi": "chebi", "hmdb": "hmdb", "wikipathways":
    "wikipathways", "mirbase sequence": "mirbase", "mirbase": "mirbase", "reactome": "reactome", "kegg compound":
    "kegg.compound", "wikidata": "wikidata", "pubchem-compound": "pubchem.compound", "cas": "cas", "ncbiprotein":
    "ncbiprotein", "rfam": "rfam", "geneontology": "go", "gene ontology": "go", "interpro": "interpro", "pfam": "pfam",
    "mesh": "mesh", "cl": "cl", "fplx": "fplx", "doid": "doid", "hgnc": "hgnc.symbol",
}  # fmt: skip
_UNDIRECTED: Final = ("", "line", "undirected")
_DEPTH: Final = 8
_GROUP_NAMES: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arrow:
    """A line with a head: the ends it was drawn between, before they are looked up."""

    line: Line
    start: str
    end: str
    head: str

    @property
    def sign(self) -> Sign:
        return HEADS[self.head][0]

    @property
    def level(self) -> Level:
        return HEADS[self.head][1]


@dataclass(slots=True, kw_only=True)
class _Desk:
    """What has been found while reading one drawing."""

    drawing: GpmlDrawing
    node_of: dict[str, str]
    nodes: dict[str, Node]
    by_anchor: dict[str, Line]
    lost: Counter[str] = field(default_factory=Counter)


def from_gpml(data: bytes) -> Imported:
    """Return the mechanism that a GPML file draws.

    Raises
    ------
    InputError
        When it is no GPML, or no arrow in it joins two things; the message says what the lines are instead.
    """
    drawing = read_drawing(data)
    nodes, node_of = _nodes(drawing)
    by_anchor = {anchor: line for line in drawing.lines for anchor in line.anchors}
    desk = _Desk(drawing=drawing, node_of=node_of, nodes=nodes, by_anchor=by_anchor)
    arrows = [arrow for line in drawing.lines for arrow in _arrows(desk, line)]
    edges = _edges(desk, arrows)
    losses = _losses(desk, edges)
    if not edges:
        said = "; ".join(map(str, losses)) or "there are no lines"
        raise InputError(f"no arrow of this drawing joins two things: {said}")
    touched = {end for edge in edges for end in (edge.source, edge.target)}
    return Imported(
        graph=Graph(nodes=tuple(node for node in nodes.values() if node.id in touched), edges=edges, name=drawing.name),
        losses=losses,
    )


def _nodes(drawing: GpmlDrawing) -> tuple[dict[str, Node], dict[str, str]]:
    """Nodes by id, and the id of the node for everything that a line can touch."""
    nodes: dict[str, Node] = {}
    node_of: dict[str, str] = {}
    same: dict[tuple[str, str, str], str] = {}
    for box in drawing.boxes:
        if not box.id or (box.kind in ("label", "shape") and not box.text):
            continue
        key = (box.text.casefold(), box.database, box.accession)
        if key in same and box.kind.lower() != "metabolite":
            node_of[box.id] = same[key]
            continue
        node = _node(box.text or box.id, nodes, kind=_KINDS.get(box.kind.lower(), box.kind.lower()), entity=_curie(box))
        same[key] = node_of[box.id] = node.id
    for named, members, style, text in drawing.groups:
        inside = [box.text for box in drawing.boxes if box.group == members and box.text]
        if named and (text or inside):
            kind = "complex" if "complex" in style.lower() else "family"
            node_of[named] = _node(text or _joined(inside), nodes, kind=kind, entity="").id
    node_of |= {state: node_of[box] for state, box in drawing.states.items() if state and box in node_of}
    return nodes, node_of


def _node(text: str, nodes: dict[str, Node], *, kind: str, entity: str) -> Node:
    id_, number = text, 1
    while id_ in nodes:
        number += 1
        id_ = f"{text} ({number})"
    nodes[id_] = Node(id=id_, label=text, kind=kind, entity=entity)
    return nodes[id_]


def _joined(names: list[str]) -> str:
    more = [f"{len(names) - _GROUP_NAMES} more"] if len(names) > _GROUP_NAMES else []
    return " + ".join([*names[:_GROUP_NAMES], *more])


def _curie(box: Box) -> str:
    prefix = _PREFIXES.get(box.database.strip().lower(), "")
    accession = box.accession.strip()
    if not prefix or not accession or any(character.isspace() for character in accession):
        return ""
    local = accession.rpartition(":")[2] if prefix in ("chebi", "go") else accession
    return f"{prefix}:{local}"


def _plain(head: str) -> str:
    return head.strip().lower().removeprefix("mim-")


def _arrows(desk: _Desk, line: Line) -> list[_Arrow]:
    """The arrows of a line: one for each end with a head that has a sign."""
    heads = [_plain(end.head) for end in (line.start, line.end)]
    signed = [head in HEADS for head in heads]
    if line.graphical:
        desk.lost["graphical lines, which join nothing"] += 1
    elif not line.start.touches or not line.end.touches:
        desk.lost["lines with a loose end"] += 1
    elif not any(signed):
        bare = all(head in _UNDIRECTED for head in heads)
        desk.lost["lines without a head" if bare else "lines whose head has no sign"] += 1
    else:
        ways = ((line.end, line.start, heads[0], signed[0]), (line.start, line.end, heads[1], signed[1]))
        return [_arrow(line, *way[:3]) for way in ways if way[3]]
    return []


def _arrow(line: Line, start: End, end: End, head: str) -> _Arrow:
    return _Arrow(line=line, start=start.touches, end=end.touches, head=head)


def _edges(desk: _Desk, arrows: list[_Arrow]) -> tuple[Edge, ...]:
    """Edges of plain arrows, and of arrows that end at anchors."""
    at: dict[int, list[_Arrow]] = {}
    for arrow in arrows:
        if arrow.end in desk.by_anchor:
            at.setdefault(id(desk.by_anchor[arrow.end]), []).append(arrow)
    signs: dict[int, Sign] = {id(arrow.line): arrow.sign for arrow in arrows}
    made: list[Edge] = []
    for arrow in arrows:
        catalysts = [
            other for other in at.get(id(arrow.line), []) if other.sign is Sign.plus and arrow.sign is Sign.plus
        ]
        targets = _ends(desk, arrow.end, last=True)
        sources = _ends(desk, arrow.start, last=False)
        if not sources or not targets:
            desk.lost["arrows that end at a shape or a group without names"] += 1
            continue
        if arrow.end in desk.by_anchor:
            made += _onto_line(desk, arrow, sources, targets, signs)
            continue
        for number, catalyst in enumerate(catalysts or [None], 1):
            gate = f"{arrow.line.id or 'line'} {number}" if catalyst is not None else ""
            made += _plain_edges(arrow, sources, targets, gate)
            if catalyst is not None:
                made += _plain_edges(catalyst, _ends(desk, catalyst.start, last=False), targets, gate)
    return _numbered(desk, made)


def _onto_line(
    desk: _Desk, arrow: _Arrow, sources: list[str], targets: list[str], signs: dict[int, Sign]
) -> list[Edge]:
    """An arrow that ends at an anchor, unless it stands in a gate with the line that it ends at."""
    line = desk.by_anchor[arrow.end]
    of_line = signs.get(id(line), Sign.plus)
    direct = line.end.touches not in desk.by_anchor and id(line) in signs
    if direct and of_line is Sign.plus and arrow.sign is Sign.plus:
        return []
    return _plain_edges(arrow, sources, targets, "", sign=Sign(arrow.sign * of_line))


def _plain_edges(
    arrow: _Arrow, sources: Iterable[str], targets: Iterable[str], gate: str, *, sign: Sign | None = None
) -> list[Edge]:
    return [
        Edge(
            id="edge",
            source=source,
            target=target,
            sign=arrow.sign if sign is None else sign,
            gate=gate,
            kind=arrow.head,
            level=arrow.level,
            note=arrow.line.id,
        )
        for source in sources
        for target in targets
    ]


def _ends(desk: _Desk, touched: str, *, last: bool, depth: int = 0) -> list[str]:
    """The nodes that an end means: itself, or for an anchor what its line ends (or begins) at."""
    if touched in desk.node_of:
        return [desk.node_of[touched]]
    line = desk.by_anchor.get(touched)
    if line is None or depth > _DEPTH:
        return []
    backward = _plain(line.end.head) not in HEADS and _plain(line.start.head) in HEADS
    end = line.end if last != backward else line.start
    return _ends(desk, end.touches, last=last, depth=depth + 1)


def _numbered(desk: _Desk, made: list[Edge]) -> tuple[Edge, ...]:
    """Give ids, and drop an edge that says what another one says."""
    kept: dict[tuple[str, str, Sign, str], Edge] = {}
    contradicting = {(e.source, e.target, e.gate) for e in made if e.gate and e.sign is Sign.plus}
    for edge in made:
        if edge.sign is Sign.minus and edge.gate and (edge.source, edge.target, edge.gate) in contradicting:
            desk.lost["arrows into a gate that needs the opposite"] += 1
            continue
        if (edge.source, edge.target, edge.sign, edge.gate) in kept:
            desk.lost["arrows drawn twice"] += 1
            continue
        kept[edge.source, edge.target, edge.sign, edge.gate] = edge
    return tuple(
        Edge(
            id=f"e{number}", source=e.source, target=e.target, sign=e.sign, gate=e.gate, kind=e.kind, level=e.level,
            note=e.note,
        )
        for number, e in enumerate(kept.values(), 1)
    )  # fmt: skip


def _losses(desk: _Desk, edges: tuple[Edge, ...]) -> tuple[Loss, ...]:
    touched = {end for edge in edges for end in (edge.source, edge.target)}
    boxes = [box for box in desk.drawing.boxes if box.kind not in ("label", "shape")]
    idle = sum(desk.node_of.get(box.id, "") not in touched for box in boxes)
    counted = Counter(desk.lost)
    counted["data nodes that no arrow touches"] = idle
    return tuple(Loss(what=what, count=count) for what, count in sorted(counted.items()) if count)
