"""What a GPML file draws, the same for GPML2013a and GPML2021: boxes, groups, and lines with their ends and anchors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from figpath.errors import InputError
from figpath.source.jats_tree import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_BOXES: Final = {"DataNode": "", "Label": "label", "Shape": "shape"}
_LINES: Final = ("Interaction", "GraphicalLine")


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A drawn box: a data node, or a label or shape with text in it.

    Parameters
    ----------
    id
        What lines call it.
    text
        What stands in it, on one line.
    kind
        Type of a data node as the file has it; ``label`` or ``shape``.
    group
        Id of the group that it belongs to; empty for none.
    database, accession
        Its identifier; empty for none.
    """

    id: str
    text: str
    kind: str
    group: str
    database: str
    accession: str


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One end of a line: what it touches (empty for nothing), and its head (empty for none)."""

    touches: str
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A drawn line from its first to its last point, and the ids of the anchors on it."""

    id: str
    start: End
    end: End
    anchors: tuple[str, ...]
    graphical: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GpmlDrawing:
    """All that is drawn.

    Parameters
    ----------
    name, organism
        Of the pathway.
    boxes
        In the order of the file.
    groups
        Id that lines use, id that members use, style, and text of each group.
    states
        Box of each state (such as a phosphate on a protein) by the state's id.
    lines
        Interactions first; graphical lines, which carry no meaning by themselves, are marked.
    """

    name: str
    organism: str
    boxes: tuple[Box, ...]
    groups: tuple[tuple[str, str, str, str], ...]
    states: dict[str, str]
    lines: tuple[Line, ...]


def read_drawing(data: bytes) -> GpmlDrawing:
    """Return what a GPML file draws.

    Raises
    ------
    InputError
        When it is not well-formed XML or no GPML.
    """
    root = parse_xml(data)
    if root.tag != "Pathway":
        raise InputError(f"the root element is {root.tag[:60]}, not Pathway: this is no GPML")
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    return GpmlDrawing(
        name=" ".join(_get(root, "name", "title").split()),
        organism=_get(root, "organism"),
        boxes=tuple(_box(element) for element in elements if element.tag in _BOXES),
        groups=tuple(_group(element) for element in elements if element.tag == "Group"),
        states=dict(_states(elements)),
        lines=tuple(line for tag in _LINES for element in elements if element.tag == tag for line in _line(element)),
    )


def _get(element: Element, *names: str) -> str:
    """The first attribute that is there, whatever its case."""
    values = {key.lower(): value for key, value in element.attrib.items()}
    return next((values[name] for name in names if values.get(name)), "")


def _box(element: Element) -> Box:
    reference = next((child for child in element if child.tag == "Xref"), None)
    kind = _BOXES[element.tag] or _get(element, "type")
    return Box(
        id=_get(element, "graphid", "elementid"),
        text=" ".join(_get(element, "textlabel").split()),
        kind=kind,
        group=_get(element, "groupref"),
        database="" if reference is None else _get(reference, "database", "datasource"),
        accession="" if reference is None else _get(reference, "id", "identifier"),
    )


def _group(element: Element) -> tuple[str, str, str, str]:
    named = _get(element, "graphid", "elementid")
    members = _get(element, "groupid", "elementid")
    return named, members, _get(element, "style", "type"), " ".join(_get(element, "textlabel").split())


def _states(elements: list[Element]) -> Iterator[tuple[str, str]]:
    """GPML2013a has states beside the data nodes, GPML2021 inside them."""
    for element in elements:
        if element.tag == "State" and _get(element, "graphref"):
            yield _get(element, "graphid"), _get(element, "graphref")
        elif element.tag == "DataNode":
            for state in element.iter("State"):
                yield _get(state, "elementid"), _get(element, "elementid", "graphid")


def _line(element: Element) -> Iterator[Line]:
    points = [_end(point) for point in element.iter("Point")]
    if len(points) >= 2:
        anchors = [_get(anchor, "graphid", "elementid") for anchor in element.iter("Anchor")]
        yield Line(
            id=_get(element, "graphid", "elementid"),
            start=points[0],
            end=points[-1],
            anchors=tuple(anchor for anchor in anchors if anchor),
            graphical=element.tag == "GraphicalLine",
        )


def _end(point: Element) -> End:
    return End(touches=_get(point, "graphref", "elementref"), head=_get(point, "arrowhead"))
