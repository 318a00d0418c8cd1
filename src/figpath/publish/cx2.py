"""CX2: the network format of Cytoscape and NDEx, with every name at its place on the picture.

Names of network attributes are those of PFOCR's own networks on NDEx. Nodes have NDEx's ``represents`` and
``member``. Cytoscape's y axis runs downward, as that of pictures does.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, Final

from figpath.errors import RecordError
from figpath.publish.overlay import STYLES

if TYPE_CHECKING:
    from figpath.publish.network import Edge, Network, Node
    from figpath.publish.network_layout import Spot

COLOURS: Final = {"activates": "#2f6b2f", "inhibits": "#b3261e", "undirected": "#5f6368"}
"""Of lines, by sign."""

_NODE_TYPES = {
    "name": "string", "represents": "string", "kind": "string", "score": "double", "symbols": "list_of_string",
    "identifiers": "list_of_string", "member": "list_of_string", "member_symbols": "list_of_string",
    "taxa": "list_of_integer", "alternatives": "list_of_string", "match": "string", "width": "double",
    "height": "double", "font_size": "integer",
}  # fmt: skip
_EDGE_TYPES = {"interaction": "string", "score": "double"}
_SHAPES = {"gene": "round-rectangle", "family": "rectangle", "chemical": "ellipse", "disease": "hexagon"}
_ARROWS = {"activates": "triangle", "inhibits": "tee", "undirected": "none"}
_PREFIXES = ("chebi", "doid", "fplx", "mesh", "ncbigene")


def to_cx2(network: Network) -> bytes:
    """Return a network as CX2: JSON in UTF-8, in which equal networks have equal bytes.

    Raises
    ------
    RecordError
        When the ndex2 library refuses it.
    """
    from ndex2.cx2 import CX2Network
    from ndex2.exceptions import NDExError

    made = CX2Network()
    try:
        _fill(made, network)
        aspects = made.to_cx2()
    except NDExError as error:
        raise RecordError(f"the figure {network.figid} cannot be written as CX2: {error}") from error
    # An aspect without elements is not announced in the meta data, so it must not be there.
    kept = [aspect for aspect in aspects if [] not in aspect.values()]
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _fill(made: Any, network: Network) -> None:
    declared = {
        "networkAttributes": _network_types(network),
        "nodes": {name: {"d": kind} for name, kind in _NODE_TYPES.items()},
        "edges": {name: {"d": kind} for name, kind in _EDGE_TYPES.items()},
    }
    made.set_attribute_declarations(declared)
    made.set_network_attributes(_network_attributes(network))
    for node in network.nodes:
        made.add_node(node.id, _node_attributes(node), x=node.x, y=node.y)
    by_id = {node.id: node for node in network.nodes}
    for edge in network.edges:
        made.add_edge(edge.id, edge.source, edge.target, {"interaction": edge.sign, "score": edge.score})
        handles = _handles(edge, by_id[edge.source], by_id[edge.target])
        if handles:
            made.add_edge_bypass(edge.id, {"EDGE_CONTROL_POINTS": handles})
    made.set_visual_properties(_style())
    made.set_opaque_aspect(
        "visualEditorProperties", [{"properties": {"nodeSizeLocked": False, "arrowColorMatchesEdge": True}}]
    )


# ---- attributes


def _network_attributes(network: Network) -> dict[str, Any]:
    texts = {
        "name": network.title,
        "description": network.caption,
        "version": "1",
        "networkType": "pathway",
        "pfocrId": network.figid,
        "figureNumber": network.number,
        "figureTitle": network.title,
        "figureLink": network.page,
        "image": network.image,
        "width": network.width,
        "height": network.height,
        "organism": ", ".join(network.organisms),
        "pmcId": network.pmcid,
        "doi": network.doi,
        "paperLink": network.paper_page,
        "paperTitle": network.paper_title,
        "reference": network.reference,
        "publicationYear": network.year,
        "journal": network.journal,
        "rights": network.licence,
        "software": f"figpath {network.version}".strip(),
        "@context": json.dumps({prefix: f"https://bioregistry.io/{prefix}:" for prefix in _used_prefixes(network)}),
    }
    return {name: value for name, value in texts.items() if value not in ("", "{}")}


def _network_types(network: Network) -> dict[str, dict[str, str]]:
    return {
        name: {"d": "string" if isinstance(value, str) else "double"}
        for name, value in _network_attributes(network).items()
    }


def _used_prefixes(network: Network) -> list[str]:
    used = {
        curie.partition(":")[0]
        for node in network.nodes
        for curie in (*node.identifiers, *node.members, *node.alternatives)
    }
    return [prefix for prefix in _PREFIXES if prefix in used]


def _node_attributes(node: Node) -> dict[str, Any]:
    found = {
        "name": node.name,
        "represents": node.identifiers[0] if node.identifiers else "",
        "kind": node.kind,
        "score": node.score,
        "symbols": list(node.symbols),
        "identifiers": list(node.identifiers),
        "member": list(node.members),
        "member_symbols": list(node.member_symbols),
        "taxa": list(node.taxa),
        "alternatives": list(node.alternatives),
        "match": node.match,
        "width": node.width,
        "height": node.height,
        "font_size": node.font_size,
    }
    return {name: value for name, value in found.items() if value not in ("", [])}


# ---- looks


def _handles(edge: Edge, source: Node, target: Node) -> list[dict[str, float]]:
    """Return the bends of a line as CX2 has them; none between nodes of one centre, to which no bend is relative."""
    dx, dy = target.x - source.x, target.y - source.y
    if not dx and not dy:
        return []
    return [_handle(bend, source, dx, dy) for bend in edge.bends if bend != (source.x, source.y)]


def _handle(bend: Spot, source: Node, dx: float, dy: float) -> dict[str, float]:
    """Return a bend as its distance from the source and its angle, both relative to the straight line dx, dy.

    Cytoscape writes the cosine first. NDEx takes the first for the sine, and names the two so in CX2.
    """
    bx, by = bend[0] - source.x, bend[1] - source.y
    straight, bent = math.hypot(dx, dy), math.hypot(bx, by)
    cosine, sine = (dx * bx + dy * by) / straight / bent, (dx * by - dy * bx) / straight / bent
    return {"cos": round(sine, 9), "sin": round(cosine, 9), "ratio": round(bent / straight, 9)}


def _style() -> dict[str, Any]:
    return {
        "default": {
            "network": {"NETWORK_BACKGROUND_COLOR": "#FFFFFF"},
            "node": {
                "NODE_BACKGROUND_COLOR": "#FFFFFF",
                "NODE_BACKGROUND_OPACITY": 1,
                "NODE_BORDER_WIDTH": 1,
                "NODE_LABEL_MAX_WIDTH": 400,
            },
            "edge": {"EDGE_WIDTH": 1.5, "EDGE_CURVED": False, "EDGE_TARGET_ARROW_SIZE": 6},
        },
        "nodeMapping": {
            "NODE_LABEL": _same("name", "string"),
            "NODE_TOOLTIP": _same("represents", "string"),
            "NODE_WIDTH": _same("width", "double"),
            "NODE_HEIGHT": _same("height", "double"),
            "NODE_LABEL_FONT_SIZE": _same("font_size", "integer"),
            "NODE_SHAPE": _each("kind", _SHAPES),
            "NODE_BORDER_COLOR": _each("kind", {kind: style.colour for kind, style in STYLES.items()}),
            "NODE_LABEL_COLOR": _each("kind", {kind: style.colour for kind, style in STYLES.items()}),
        },
        "edgeMapping": {
            "EDGE_TARGET_ARROW_SHAPE": _each("interaction", _ARROWS),
            "EDGE_LINE_COLOR": _each("interaction", COLOURS),
            "EDGE_TARGET_ARROW_COLOR": _each("interaction", COLOURS),
        },
    }


def _same(attribute: str, kind: str) -> dict[str, Any]:
    return {"type": "PASSTHROUGH", "definition": {"attribute": attribute, "type": kind}}


def _each(attribute: str, values: dict[Any, str]) -> dict[str, Any]:
    pairs = [{"v": value, "vp": shown} for value, shown in values.items()]
    return {"type": "DISCRETE", "definition": {"attribute": attribute, "map": pairs, "type": "string"}}
