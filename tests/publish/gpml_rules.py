"""Rules of GPML2021 for what figpath writes of it: which elements stand in which, their order and their attributes.

Written down from the published schema (GPML2021.xsd, which is not part of figpath) and from what PathVisio reads;
stricter than the schema where that leaves a text free that PathVisio takes for one of a list.
"""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree.ElementTree import Element

_PREFIX = "{http://pathvisio.org/GPML/2021}"
_BOX = {"centerX", "centerY", "width", "height"}
_NUMBERS = _BOX | {"boardWidth", "boardHeight", "x", "y", "relX", "relY", "lineWidth"}
_CHILDREN = {
    "Pathway": "Description Comment Property CitationRef Graphics DataNodes Interactions Citations",
    "DataNodes": "DataNode",
    "DataNode": "Xref Graphics Property",
    "Interactions": "Interaction",
    "Interaction": "Waypoints Graphics Property",
    "Waypoints": "Point",
    "Citations": "Citation",
    "Citation": "Xref Url",
}
_MANY = {"Comment", "Property", "CitationRef", "DataNode", "Interaction", "Point", "Citation"}
_REQUIRED = {
    "Pathway": {"title"},
    "Pathway/Graphics": {"boardWidth", "boardHeight"},
    "DataNode": {"elementId", "textLabel"},
    "DataNode/Graphics": _BOX,
    "Interaction": {"elementId"},
    "Point": {"elementId", "x", "y"},
    "Xref": {"identifier", "dataSource"},
    "Url": {"link"},
    "Property": {"key", "value"},
    "Citation": {"elementId"},
    "CitationRef": {"elementRef"},
}
_OPTIONAL = {
    "Pathway": {"organism", "source", "license"},
    "Comment": {"source"},
    "DataNode": {"type"},
    "DataNode/Graphics": {"textColor", "fontSize", "borderColor", "borderStyle", "shapeType"},
    "Interaction/Graphics": {"lineWidth", "connectorType"},
    "Point": {"arrowHead", "elementRef", "relX", "relY"},
}
_VALUES = {
    "type": r"Undefined|GeneProduct|DNA|RNA|Protein|Complex|Metabolite|Pathway|Disease|Phenotype|Alias|Event",
    "arrowHead": (
        r"Undirected|Directed|Conversion|Inhibition|Catalysis|Stimulation|Binding|Translocation|TranscriptionTranslation"
    ),
    "borderStyle": r"Solid|Dashed|Double",
    "connectorType": r"Straight|Elbow|Curved|Segmented",
    "shapeType": r"Rectangle|RoundedRectangle",
    "fontSize": r"[0-9]+",
    "textColor": r"[0-9a-f]{6}",
    "borderColor": r"[0-9a-f]{6}",
    "elementId": r"[A-Za-z_][A-Za-z0-9_.-]*",
}


def faults(root: Element) -> list[str]:
    """Return everything in a document that is against the rules."""
    if root.tag != f"{_PREFIX}Pathway":
        return [f"the root is {root.tag}"]
    found: list[str] = []
    _check(root, "", found)
    ids = [element.get("elementId", "") for element in root.iter() if element.get("elementId")]
    references = {element.get("elementRef", "") for element in root.iter() if element.get("elementRef")}
    found += [f"two elements have the id {one}" for one in set(ids) if ids.count(one) > 1]
    found += [f"no element has the id {one}" for one in references - set(ids)]
    return found


def _check(element: Element, parent: str, found: list[str]) -> None:
    name = element.tag.removeprefix(_PREFIX)
    where = f"{parent}/{name}" if name == "Graphics" else name
    _check_attributes(element, where, found)
    children = [child.tag.removeprefix(_PREFIX) for child in element]
    order = _CHILDREN.get(name, "").split()
    found += [f"{where} holds {child}" for child in children if child not in order]
    places = [order.index(child) for child in children if child in order]
    found += [f"{where}: {children} out of order" for one, other in pairwise(places) if one > other]
    found += [f"{where} holds two {one}" for one in set(children) - _MANY if children.count(one) > 1]
    if name in ("DataNode", "Interaction") and "Graphics" not in children:
        found.append(f"{where} has no Graphics")
    if name == "Waypoints" and len(children) < 2:
        found.append("a line of fewer than two points")
    if name == "Citation" and not children:
        found.append("a citation of nothing")
    for child in element:
        _check(child, name, found)


def _check_attributes(element: Element, where: str, found: list[str]) -> None:
    required, optional = _REQUIRED.get(where, set()), _OPTIONAL.get(where, set())
    found += [f"{where} has no {name}" for name in required - set(element.attrib)]
    for name, value in element.attrib.items():
        if name not in required | optional:
            found.append(f"{where} has {name}")
        pattern = r"-?[0-9]+(\.[0-9]+)?" if name in _NUMBERS else _VALUES.get(name, "(?s:.*)")
        if not re.fullmatch(pattern, value):
            found.append(f"{where} {name} is {value!r}")
