"""CX2, the network format of Cytoscape and NDEx, without loss: every field of the graph is an attribute.

A foreign CX2 file gives a graph when its edges say ``interaction`` (or ``sign``) in words of
`figpath.mechanism.formats.sif.SIGNS`; edges that do not are counted as lost.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any, Final, TypeVar

from figpath.errors import InputError
from figpath.mechanism.formats.imported import Exported, Imported, Loss
from figpath.mechanism.formats.sif import SIGNS
from figpath.mechanism.graph import Edge, Graph, Intervention, Node, Sign
from figpath.mechanism.layout import layout

_PIXELS: Final = 96  # an inch of the layout
_FORM: Final = "figpath.mechanism"
_TYPES: Final[dict[str, Any]] = {"basal": (float, int), "drawn": bool, "sign": Sign}
_DATA_TYPES: Final = {"basal": "double", "drawn": "boolean"}
_Thing = TypeVar("_Thing", Node, Edge)
_WORDS: Final = {Sign.plus: "activates", Sign.minus: "inhibits"}
_NODE_FIELDS: Final = tuple(field.name for field in fields(Node))
_EDGE_FIELDS: Final = tuple(field.name for field in fields(Edge) if field.name not in ("source", "target", "sign"))


def to_cx2(graph: Graph) -> Exported:
    """Return a mechanism as CX2, laid out by compartment."""
    number = {node.id: place for place, node in enumerate(graph.nodes)}
    boxes = layout(graph)
    places = {node: (box.x * _PIXELS, (boxes.height - box.y) * _PIXELS) for node, box in boxes.boxes.items()}
    known = json.dumps(
        [{field.name: getattr(one, field.name) for field in fields(one)} for one in graph.interventions],
        ensure_ascii=False,
    )
    network = {"name": graph.name, "form": _FORM, "interventions": known}
    nodes = [
        {
            "id": number[node.id],
            "x": places[node.id][0],
            "y": places[node.id][1],
            "v": {
                "name": node.name,
                **{name: getattr(node, name) for name in _NODE_FIELDS if getattr(node, name) is not None},
            },
        }
        for node in graph.nodes
    ]
    edges = [
        {
            "id": place,
            "s": number[edge.source],
            "t": number[edge.target],
            "v": {"interaction": _WORDS[edge.sign], **{name: getattr(edge, name) for name in _EDGE_FIELDS}},
        }
        for place, edge in enumerate(graph.edges)
    ]
    aspects: list[dict[str, Any]] = [
        {"attributeDeclarations": [_declared(network)]},
        {"networkAttributes": [network]},
        {"nodes": nodes},
        {"edges": edges},
        {"visualProperties": [_STYLE]},
    ]
    full = [aspect for aspect in aspects if all(aspect.values())]
    meta = [{"name": name, "elementCount": len(items)} for aspect in full for name, items in aspect.items()]
    document = [
        {"CXVersion": "2.0", "hasFragments": False},
        {"metaData": meta},
        *full,
        {"status": [{"success": True, "error": ""}]},
    ]
    return Exported(data=json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")


def _declared(network: dict[str, str]) -> dict[str, dict[str, dict[str, str]]]:
    return {
        "networkAttributes": {name: {"d": "string"} for name in network},
        "nodes": {name: {"d": _DATA_TYPES.get(name, "string")} for name in ("name", *_NODE_FIELDS)},
        "edges": {name: {"d": _DATA_TYPES.get(name, "string")} for name in ("interaction", *_EDGE_FIELDS)},
    }


_STYLE: Final[dict[str, Any]] = {
    "default": {
        "network": {"NETWORK_BACKGROUND_COLOR": "#FFFFFF"},
        "node": {
            "NODE_SHAPE": "round-rectangle",
            "NODE_WIDTH": 150,
            "NODE_HEIGHT": 40,
            "NODE_BACKGROUND_COLOR": "#EEF1F5",
            "NODE_BORDER_COLOR": "#44546A",
            "NODE_LABEL_COLOR": "#1A1A1A",
        },
        "edge": {"EDGE_WIDTH": 1.5, "EDGE_LINE_COLOR": "#5F6368"},
    },
    "nodeMapping": {"NODE_LABEL": {"type": "PASSTHROUGH", "definition": {"attribute": "name", "type": "string"}}},
    "edgeMapping": {
        "EDGE_TARGET_ARROW_SHAPE": {
            "type": "DISCRETE",
            "definition": {
                "attribute": "interaction",
                "type": "string",
                "map": [{"v": "activates", "vp": "triangle"}, {"v": "inhibits", "vp": "tee"}],
            },
        },
        "EDGE_LINE_COLOR": {
            "type": "DISCRETE",
            "definition": {
                "attribute": "interaction",
                "type": "string",
                "map": [{"v": "activates", "vp": "#0072B2"}, {"v": "inhibits", "vp": "#D55E00"}],
            },
        },
    },
}


def from_cx2(data: bytes) -> Imported:
    """Return the mechanism of a CX2 file.

    Raises
    ------
    InputError
        When it is no CX2, or breaks the form of its attributes.
    """
    aspects = _aspects(data)
    network = next(iter(aspects.get("networkAttributes", [])), {})
    own = network.get("form") == _FORM
    ids = _ids(aspects, own=own)
    defaults = _defaults(aspects)
    nodes = tuple(_thing(Node, ids[node["id"]], node.get("v", {}), {}, own=own) for node in aspects.get("nodes", []))
    edges, unsigned = [], 0
    for place, edge in enumerate(aspects.get("edges", []), 1):
        values = {**defaults, **edge.get("v", {})}
        sign = SIGNS.get(str(values.get("interaction", values.get("sign", ""))).casefold())
        if sign is None:
            unsigned += 1
        elif not all(isinstance(edge.get(end), int) and edge[end] in ids for end in ("s", "t")):
            raise InputError(f"edge {place} of the CX2 file joins a node that is not there")
        else:
            ends = {"source": ids[edge["s"]], "target": ids[edge["t"]], "sign": sign}
            edges.append(
                _thing(Edge, str(values.get("id", f"e{place}")) if own else f"e{place}", values, ends, own=own)
            )
    losses = (Loss(what="edges that say neither up nor down", count=unsigned),) if unsigned else ()
    graph = Graph(
        nodes=nodes, edges=tuple(edges), interventions=_known(network) if own else (), name=str(network.get("name", ""))
    )
    return Imported(graph=graph, losses=losses)


def _aspects(data: bytes) -> dict[str, list[dict[str, Any]]]:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON, so no CX2: {error}") from error
    parts = [part for part in document if isinstance(part, dict)] if isinstance(document, list) else []
    if not parts or "CXVersion" not in parts[0]:
        raise InputError("the file does not begin as CX2 does, with its CXVersion")
    found: dict[str, list[dict[str, Any]]] = {}
    for part in parts:
        for name, items in part.items():
            if isinstance(items, list) and all(isinstance(item, dict) for item in items):
                found.setdefault(name, []).extend(items)
    broken = [item for item in found.get("nodes", []) if not isinstance(item.get("id"), int)]
    if broken or not found.get("nodes"):
        raise InputError("the CX2 file has no nodes, or nodes without a number")
    for aspect, inside in (("nodes", ("v",)), ("edges", ("v",)), ("attributeDeclarations", ("nodes", "edges"))):
        for item in found.get(aspect, []):
            if not all(isinstance(item.get(name, {}), dict) for name in inside):
                raise InputError(f"the {aspect} of the CX2 file are damaged: {' or '.join(inside)} is no object")
    return found


def _ids(aspects: dict[str, list[dict[str, Any]]], *, own: bool) -> dict[int, str]:
    """The id of each numbered node: its own, else its name, with a number where two are called the same."""
    ids: dict[int, str] = {}
    for node in aspects["nodes"]:
        values = node.get("v", {})
        name = str(values.get("id" if own else "name", values.get("name", ""))) or str(node["id"])
        name = name if own else " ".join(name.split()) or str(node["id"])
        ids[node["id"]] = name if own or name not in ids.values() else f"{name} ({node['id']})"
    return ids


def _defaults(aspects: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    declared = next(iter(aspects.get("attributeDeclarations", [])), {}).get("edges", {})
    return {name: said["v"] for name, said in declared.items() if isinstance(said, dict) and "v" in said}


def _thing(kind: type[_Thing], id_: str, values: dict[str, Any], given: dict[str, Any], *, own: bool) -> _Thing:
    """A node or edge with the attributes that are its fields; of a foreign file only its label."""
    kept: dict[str, Any] = dict(given)
    if own:
        kept |= {field.name: values[field.name] for field in fields(kind) if field.name in values}
    elif kind is Node:
        kept["label"] = id_
    for name, value in kept.items():
        allowed = _TYPES.get(name, str)
        if not isinstance(value, allowed):
            raise InputError(f"{id_[:80]!r} of the CX2 file: {name} is {str(value)[:80]!r}, of the wrong type")
    return kind(**{**kept, "id": id_})


def _known(network: dict[str, Any]) -> tuple[Intervention, ...]:
    try:
        listed = json.loads(network["interventions"])
        made = tuple(_intervention(one) for one in listed)
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise InputError(f"the interventions of the CX2 file are damaged: {error}") from error
    return made


def _intervention(values: dict[str, Any]) -> Intervention:
    targets = tuple(values["targets"])
    if not all(isinstance(text, str) for text in (*targets, *({**values, "targets": ""}.values()))):
        raise TypeError("something in them is no text")
    return Intervention(**{**values, "targets": targets})
