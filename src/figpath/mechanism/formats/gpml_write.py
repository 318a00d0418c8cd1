"""A mechanism as a GPML2021 drawing by compartment, to open in PathVisio and to put on WikiPathways.

Kept: labels, identifiers, compartments as frames, signs. Lost: gates, levels, paces, evidence and notes of edges,
interventions; ids of nodes become those of the drawing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import quoteattr

from figpath.mechanism.formats.imported import Exported
from figpath.mechanism.formats.names import on_one_line
from figpath.mechanism.graph import Sign
from figpath.mechanism.layout import layout

if TYPE_CHECKING:
    from figpath.mechanism.graph import Edge, Graph, Node
    from figpath.mechanism.layout import Box

LOSS: Final = "gates (edges that differ in nothing else become one), basal levels, paces, evidence, interventions"
_PIXELS: Final = 72
_MARGIN: Final = 40.0
_NAMESPACE: Final = "http://pathvisio.org/GPML/2021"
_KINDS: Final = {
    "gene": "GeneProduct", "mirna": "GeneProduct", "family": "GeneProduct", "chemical": "Metabolite",
    "process": "Pathway", "disease": "Disease", "complex": "Complex",
}  # fmt: skip
_SOURCES: Final = {
    "ncbigene": "Entrez Gene", "ensembl": "Ensembl", "uniprot": "Uniprot-TrEMBL", "chebi": "ChEBI", "mesh": "MeSH",
    "go": "GeneOntology", "mirbase": "miRBase Sequence", "hgnc.symbol": "HGNC", "cl": "CL", "hmdb": "HMDB",
}  # fmt: skip
_HEADS: Final = {Sign.plus: "Stimulation", Sign.minus: "Inhibition"}
_COLOURS: Final = {Sign.plus: "0072b2", Sign.minus: "d55e00"}
_LINE: Final = 'lineStyle="Solid" lineWidth="1.0"'
_FONT: Final = (
    'fontName="Arial" fontWeight="{weight}" fontStyle="Normal" fontDecoration="Normal" fontStrikethru="Normal" '
    'fontSize="{size}" hAlign="Center" vAlign="{vertical}"'
)


def to_gpml(graph: Graph) -> Exported:
    """Return a mechanism as GPML2021: nodes in frames, one for each compartment."""
    places = layout(graph)
    width, height = places.width * _PIXELS + 2 * _MARGIN, places.height * _PIXELS + 2 * _MARGIN
    spots = {node: _pixels(box, places.height) for node, box in places.boxes.items()}
    names = {node.id: f"n{place}" for place, node in enumerate(graph.nodes, 1)}
    frames = [
        _frame(name, _pixels(box, places.height), place) for place, (name, box) in enumerate(places.panels.items(), 1)
    ]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<Pathway xmlns="{_NAMESPACE}" title={_text(graph.name or "mechanism")}>',
        f'<Graphics boardWidth="{width:.1f}" boardHeight="{height:.1f}" backgroundColor="ffffff"/>',
        "<DataNodes>",
        *(_data_node(node, spots[node.id], names[node.id]) for node in graph.nodes),
        "</DataNodes>",
        *_listed(
            "Interactions", [_interaction(edge, spots, names, place) for place, edge in enumerate(graph.edges, 1)]
        ),
        *_listed("Shapes", frames),
        "</Pathway>",
    ]
    return Exported(data=("\n".join(lines) + "\n").encode())


def _pixels(box: Box, height: float) -> tuple[float, float, float, float]:
    """Centre and size in pixels, y downward."""
    return (
        box.x * _PIXELS + _MARGIN,
        (height - box.y) * _PIXELS + _MARGIN,
        box.width * _PIXELS,
        box.height * _PIXELS,
    )


def _listed(name: str, items: list[str]) -> list[str]:
    return [f"<{name}>", *items, f"</{name}>"] if items else []


def _data_node(node: Node, spot: tuple[float, float, float, float], name: str) -> str:
    kind = _KINDS.get(node.kind, "Undefined")
    prefix, _, local = node.entity.partition(":")
    source = _SOURCES.get(prefix, prefix)
    reference = f"<Xref identifier={_text(local)} dataSource={_text(source)}/>" if local else ""
    return (
        f'<DataNode elementId="{name}" textLabel={_text(node.name)} type="{kind}">{reference}'
        f'<Graphics {_box(spot)} textColor="000000" {_FONT.format(weight="Normal", size=11, vertical="Middle")} '
        f'borderColor="44546a" borderStyle="Solid" borderWidth="1.0" fillColor="ffffff" shapeType="RoundedRectangle" '
        f'zOrder="32768"/></DataNode>'
    )


def _frame(name: str, spot: tuple[float, float, float, float], place: int) -> str:
    label = f" textLabel={_text(name)}" if name else ""
    return (
        f'<Shape elementId="c{place}"{label}><Graphics {_box(spot)} textColor="44546a" '
        f"{_FONT.format(weight='Bold', size=12, vertical='Top')} "
        f'borderColor="b8c0cc" borderStyle="Solid" borderWidth="1.0" fillColor="f5f7fa" '
        f'shapeType="RoundedRectangle" zOrder="{16384 + place}" rotation="0.0"/></Shape>'
    )


def _interaction(
    edge: Edge, spots: dict[str, tuple[float, float, float, float]], names: dict[str, str], place: int
) -> str:
    """A line from side to side of two boxes; one from a box to itself goes around its corner."""
    start, end = _sides(spots[edge.source], spots[edge.target], itself=edge.source == edge.target)
    return (
        f'<Interaction elementId="i{place}"><Waypoints>'
        f'<Point elementId="i{place}_a" elementRef="{names[edge.source]}" {start} arrowHead="Undirected"/>'
        f'<Point elementId="i{place}_b" elementRef="{names[edge.target]}" {end} arrowHead="{_HEADS[edge.sign]}"/>'
        f'</Waypoints><Graphics lineColor="{_COLOURS[edge.sign]}" {_LINE} connectorType="Curved" zOrder="12288"/>'
        f"</Interaction>"
    )


def _sides(
    source: tuple[float, float, float, float], target: tuple[float, float, float, float], *, itself: bool
) -> tuple[str, str]:
    across, down = target[0] - source[0], target[1] - source[1]
    if itself:
        return _point(source, 1.0, 0.0), _point(source, 0.0, -1.0)
    if abs(across) > source[2] / 2:
        way = 1.0 if across > 0 else -1.0
        return _point(source, way, 0.0), _point(target, -way, 0.0)
    way = 1.0 if down > 0 else -1.0
    return _point(source, 0.0, way), _point(target, 0.0, -way)


def _point(spot: tuple[float, float, float, float], right: float, low: float) -> str:
    x, y, width, height = spot
    return f'x="{x + right * width / 2:.1f}" y="{y + low * height / 2:.1f}" relX="{right:.1f}" relY="{low:.1f}"'


def _box(spot: tuple[float, float, float, float]) -> str:
    x, y, width, height = spot
    return f'centerX="{x:.1f}" centerY="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'


def _text(text: str) -> str:
    return quoteattr(on_one_line(text))
