"""Simple interaction format: which node acts on which, and nothing else.

A line is ``source``, ``activates``, ``inhibits`` or ``undirected``, and ``target``, separated by tabs; a node without
a line has its name on a line of its own. Lost are places, identifiers, scores and the course of the lines. Readers
take a name for the node itself, and some of them a blank for the end of a name: blanks become ``_``, and a name that
is drawn again gets a number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.publish.network import Network, Node


def to_sif(network: Network) -> bytes:
    """Return a network in the simple interaction format, UTF-8; edges first, then the nodes without any."""
    names = node_names(network.nodes)
    tied = {end for edge in network.edges for end in (edge.source, edge.target)}
    lines = [f"{names[edge.source]}\t{edge.sign}\t{names[edge.target]}\n" for edge in network.edges]
    lines += [f"{name}\n" for number, name in names.items() if number not in tied]
    return "".join(lines).encode()


def node_names(nodes: Sequence[Node]) -> dict[int, str]:
    """Return a name for each node, by its id: no two are equal, and none has a blank."""
    names: dict[int, str] = {}
    used: set[str] = set()
    for node in nodes:
        stem = "_".join(node.name.split())
        if stem.startswith("#"):  # some readers take such a line for a comment
            stem = f"_{stem}"
        name, count = stem, 1
        while name in used:
            count += 1
            name = f"{stem}_{count}"
        used.add(name)
        names[node.id] = name
    return names
