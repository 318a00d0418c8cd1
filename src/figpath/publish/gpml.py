"""GPML2021: the pathway format of PathVisio 4 and WikiPathways, with every name at its place on the picture.

A name is a DataNode with the Xref of what it stands for; a family is one DataNode, its genes are a property of it. A
drawn line is an Interaction that is tied to the nodes at its ends. Order and names of elements are those of the
schema, GPML2021.xsd of https://github.com/PathVisio/GPML; data sources are BridgeDb's prefixes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement

from figpath.publish.markup import document, number
from figpath.publish.overlay import STYLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.publish.network import Edge, Network, Node
    from figpath.publish.network_layout import Spot

NAMESPACE: Final = "http://pathvisio.org/GPML/2021"
NODE_TYPES: Final = {"gene": "GeneProduct", "family": "GeneProduct", "chemical": "Metabolite", "disease": "Disease"}
ARROW_HEADS: Final = {"activates": "Stimulation", "inhibits": "Inhibition", "undirected": "Undirected"}

_BORDERS = {"gene": "Solid", "family": "Double", "chemical": "Solid", "disease": "Dashed"}
_MAPPED = ("ncbigene:", "chebi:", "doid:")
_REPEATED = {"chebi", "doid"}
"""Prefixes that BridgeDb repeats, in capitals, in the identifier: ``CHEBI:15422``."""


def to_gpml(network: Network) -> bytes:
    """Return a network as GPML2021: XML in UTF-8, in which equal networks have equal bytes."""
    root = Element("Pathway", xmlns=NAMESPACE)
    root.set("title", network.title)
    if network.organisms:
        root.set("organism", network.organisms[0])
    root.set("source", "figpath")
    if network.licence:
        root.set("license", network.licence)
    _head(root, network)
    if network.nodes:
        group = SubElement(root, "DataNodes")
        for node in network.nodes:
            _node(group, node)
    if network.edges:
        by_id = {node.id: node for node in network.nodes}
        group = SubElement(root, "Interactions")
        for edge in network.edges:
            _interaction(group, edge, by_id)
    if _is_cited(network):
        _citation(SubElement(root, "Citations"), network)
    return document(root)


def best_curie(curies: Sequence[str]) -> str:
    """Return the CURIE that PathVisio can map best: a gene, a ChEBI or DOID term, else the first; empty for none."""
    known = (curie for prefix in _MAPPED for curie in curies if curie.startswith(prefix))
    return next(known, curies[0] if curies else "")


def xref(curie: str) -> tuple[str, str]:
    """Return identifier and data source of a CURIE: ``("3717", "ncbigene")``; both empty for what no database has.

    Families that only figpath knows (``figpath:family...``) are in no database.
    """
    prefix, _, local = curie.partition(":")
    if not (prefix and local) or prefix == "figpath":
        return "", ""
    return (f"{prefix.upper()}:{local}" if prefix in _REPEATED else local), prefix


# ---- the pathway itself


def _head(root: Element, network: Network) -> None:
    if network.caption:
        SubElement(root, "Description").text = network.caption
    read_by = f"figpath {network.version}".strip()
    note = f"Read by {read_by} from the figure {network.figid}; check it against the picture."
    SubElement(root, "Comment", source="figpath").text = note
    _properties(
        root,
        {
            "figid": network.figid,
            "figureNumber": network.number,
            "figureLink": network.page,
            "image": network.image,
            "organisms": "|".join(network.organisms),
            "pmcId": network.pmcid,
            "paperTitle": network.paper_title,
            "reference": network.reference,
            "publicationYear": network.year,
            "journal": network.journal,
        },
    )
    if _is_cited(network):
        SubElement(root, "CitationRef", elementRef="paper")
    SubElement(root, "Graphics", boardWidth=number(network.width), boardHeight=number(network.height))


def _is_cited(network: Network) -> bool:
    return bool(network.doi or network.paper_page)


def _citation(group: Element, network: Network) -> None:
    citation = SubElement(group, "Citation", elementId="paper")
    if network.doi:
        SubElement(citation, "Xref", identifier=network.doi, dataSource="doi")
    if network.paper_page:
        SubElement(citation, "Url", link=network.paper_page)


def _properties(owner: Element, values: dict[str, str]) -> None:
    for key, value in values.items():
        if value:
            SubElement(owner, "Property", key=key, value=value)


# ---- nodes


def _node(group: Element, node: Node) -> None:
    made = SubElement(group, "DataNode", elementId=f"node{node.id}", textLabel=node.name, type=NODE_TYPES[node.kind])
    identifier, source = xref(best_curie(node.identifiers))
    if identifier:
        SubElement(made, "Xref", identifier=identifier, dataSource=source)
    colour = STYLES[node.kind].colour.removeprefix("#")
    SubElement(
        made,
        "Graphics",
        centerX=number(node.x),
        centerY=number(node.y),
        width=number(node.width),
        height=number(node.height),
        textColor=colour,
        fontSize=str(node.font_size),
        borderColor=colour,
        borderStyle=_BORDERS[node.kind],
        shapeType="RoundedRectangle" if node.kind == "chemical" else "Rectangle",
    )
    _properties(
        made,
        {
            "kind": node.kind,
            "score": number(node.score),
            "symbols": "|".join(node.symbols),
            "identifiers": "|".join(node.identifiers),
            "memberSymbols": "|".join(node.member_symbols),
            "members": "|".join(node.members),
            "alternatives": "|".join(node.alternatives),
        },
    )


# ---- lines


def _interaction(group: Element, edge: Edge, nodes: dict[int, Node]) -> None:
    made = SubElement(group, "Interaction", elementId=f"line{edge.id}")
    way = SubElement(made, "Waypoints")
    last = len(edge.points) - 1
    for index, spot in enumerate(edge.points):
        point = SubElement(way, "Point", elementId=f"line{edge.id}point{index}")
        if index == last:
            point.set("arrowHead", ARROW_HEADS[edge.sign])
        point.set("x", number(spot[0]))
        point.set("y", number(spot[1]))
        if index in (0, last):
            _tie(point, spot, nodes[edge.source if index == 0 else edge.target])
    connector = "Segmented" if edge.bends else "Straight"
    SubElement(made, "Graphics", lineWidth="1.5", connectorType=connector)
    _properties(made, {"sign": edge.sign, "score": number(edge.score)})


def _tie(point: Element, spot: Spot, node: Node) -> None:
    """Tie a point to a node: relX and relY run from -1 at its left and top to 1 at its right and bottom."""
    point.set("elementRef", f"node{node.id}")
    point.set("relX", number(round((spot[0] - node.x) / (node.width / 2), 4)))
    point.set("relY", number(round((spot[1] - node.y) / (node.height / 2), 4)))
