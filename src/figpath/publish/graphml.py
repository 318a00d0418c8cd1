"""GraphML: nodes and edges with typed attributes, for networkx, igraph, Gephi, yEd and Cytoscape.

GraphML has no lists: several values are joined by ``|``. Lines without direction are written as directed ones whose
``interaction`` is ``undirected``, since many readers refuse a graph that mixes the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias
from xml.etree.ElementTree import Element, SubElement

from figpath.publish.markup import document, number

if TYPE_CHECKING:
    from figpath.publish.network import Edge, Network, Node

NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"

_Values: TypeAlias = dict[str, str | float | int]
_TYPES = {str: "string", float: "double", int: "int"}


def to_graphml(network: Network) -> bytes:
    """Return a network as GraphML: XML in UTF-8, in which equal networks have equal bytes."""
    about = _about(network)
    nodes = {node.id: _node(node) for node in network.nodes}
    edges = {edge.id: _edge(edge) for edge in network.edges}
    root = Element("graphml", xmlns=NAMESPACE)
    keys = _keys(root, {"graph": [about], "node": list(nodes.values()), "edge": list(edges.values())})
    graph = SubElement(root, "graph", id="figure", edgedefault="directed")
    _data(graph, "graph", about, keys)
    for node in network.nodes:
        _data(SubElement(graph, "node", id=f"n{node.id}"), "node", nodes[node.id], keys)
    for edge in network.edges:
        ends = {"id": f"e{edge.id}", "source": f"n{edge.source}", "target": f"n{edge.target}"}
        _data(SubElement(graph, "edge", ends), "edge", edges[edge.id], keys)
    return document(root)


def _about(network: Network) -> _Values:
    return {
        "figid": network.figid,
        "title": network.title,
        "caption": network.caption,
        "number": network.number,
        "width": network.width,
        "height": network.height,
        "organisms": "|".join(network.organisms),
        "page": network.page,
        "image": network.image,
        "paper_page": network.paper_page,
        "pmcid": network.pmcid,
        "doi": network.doi,
        "paper_title": network.paper_title,
        "reference": network.reference,
        "year": network.year,
        "journal": network.journal,
        "licence": network.licence,
        "version": network.version,
    }


def _node(node: Node) -> _Values:
    return {
        "name": node.name,
        "kind": node.kind,
        "score": node.score,
        "x": node.x,
        "y": node.y,
        "width": node.width,
        "height": node.height,
        "symbols": "|".join(node.symbols),
        "identifiers": "|".join(node.identifiers),
        "member_symbols": "|".join(node.member_symbols),
        "members": "|".join(node.members),
        "taxa": "|".join(map(str, node.taxa)),
        "alternatives": "|".join(node.alternatives),
        "match": node.match,
    }


def _edge(edge: Edge) -> _Values:
    path = "|".join(f"{number(x)},{number(y)}" for x, y in edge.points)
    return {"interaction": edge.sign, "score": edge.score, "path": path}


def _keys(root: Element, owners: dict[str, list[_Values]]) -> dict[tuple[str, str], str]:
    """Declare the attributes of graph, nodes and edges; return the key of each."""
    keys: dict[tuple[str, str], str] = {}
    for owner, values in owners.items():
        for name, value in (values[0] if values else {}).items():
            keys[owner, name] = f"{owner}_{name}"
            kind = {"attr.name": name, "attr.type": _TYPES[type(value)]}
            SubElement(root, "key", {"id": keys[owner, name], "for": owner, **kind})
    return keys


def _data(element: Element, owner: str, values: _Values, keys: dict[tuple[str, str], str]) -> None:
    for name, value in values.items():
        if value != "":
            text = value if isinstance(value, str) else number(value)
            SubElement(element, "data", key=keys[owner, name]).text = text
