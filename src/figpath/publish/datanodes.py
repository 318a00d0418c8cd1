"""DataNodes to paste into PathVisio: a starter for whoever redraws a figure for WikiPathways.

PFOCR's pages copy such a text to the clipboard: GPML2013a whose data source is ``COPIED``, with nodes of 90 by 25
in columns of ten. Each thing that is drawn is there once, by its approved symbol, with its identifier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement

from figpath.publish.gpml import best_curie, xref
from figpath.publish.markup import document, number
from figpath.publish.network_layout import GRID_HEIGHT, GRID_ROWS, GRID_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from figpath.publish.network import Network

NAMESPACE: Final = "http://pathvisio.org/GPML/2013a"

_NODE_TYPES = {"gene": "GeneProduct", "family": "GeneProduct", "chemical": "Metabolite", "disease": "Unknown"}
_DATABASES = {"ncbigene": "Entrez Gene", "chebi": "ChEBI", "mesh": "MeSH", "doid": "Human Disease Ontology"}
_FIRST = 100


def to_datanodes(network: Network) -> bytes:
    """Return what is drawn as GPML2013a to paste into PathVisio: XML in UTF-8."""
    root = Element("Pathway", {"xmlns": NAMESPACE, "Name": "untitled", "Data-Source": "COPIED"})
    SubElement(root, "Graphics", BoardWidth="0", BoardHeight="0")
    for index, (label, kind, curie) in enumerate(dict.fromkeys(_drawn(network))):
        column, row = divmod(index, GRID_ROWS)
        node = SubElement(root, "DataNode", TextLabel=label, GraphId=f"a{1000 + index}", Type=_NODE_TYPES[kind])
        SubElement(
            node,
            "Graphics",
            CenterX=number(_FIRST + column * (GRID_WIDTH + 10)),
            CenterY=number(_FIRST + row * GRID_HEIGHT),
            Width=number(GRID_WIDTH),
            Height=number(GRID_HEIGHT),
            ZOrder="32768",
            FontSize="12",
            Valign="Middle",
        )
        identifier, prefix = xref(curie)
        database = _DATABASES.get(prefix, "")
        SubElement(node, "Xref", Database=database, ID=identifier if database else "")
    SubElement(root, "InfoBox", CenterX="0.0", CenterY="0.0")
    return document(root)


def _drawn(network: Network) -> Iterator[tuple[str, str, str]]:
    """Yield label, kind and CURIE: every gene that a name stands for, but one meaning of anything else."""
    for node in network.nodes:
        if node.kind == "gene" and node.identifiers:
            for symbol, curie in zip(node.symbols, node.identifiers, strict=True):
                yield symbol, node.kind, curie
        else:
            curie = best_curie(node.identifiers)
            symbols = dict(zip(node.identifiers, node.symbols, strict=True))
            yield symbols.get(curie, node.name), node.kind, curie
