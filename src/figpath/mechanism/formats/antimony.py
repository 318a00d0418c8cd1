"""Antimony: SBML as text that people read and write (Smith et al. 2009, Bioinformatics 25:2452).

It keeps and loses what `figpath.mechanism.formats.sbml` does, and the identifiers of nodes too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from figpath.mechanism.formats.formulas import ARGUMENTS, CARRIED, equations
from figpath.mechanism.formats.imported import Exported
from figpath.mechanism.formats.names import on_one_line

if TYPE_CHECKING:
    from figpath.mechanism.graph import Graph
    from figpath.mechanism.logic import Members

LOSS: Final = "evidence, contexts, citations and notes of edges; identifiers of nodes; interventions"


def to_antimony(graph: Graph, members: Members | None = None, *, member: int = 0) -> Exported:
    """Return one member as Antimony text; without members, the typical one (Kraeutler et al. 2010)."""
    said = equations(graph, members, member=member)
    lines = [
        "// Time is relative, levels are shares of the most there can be.",
        f"function carried({', '.join(ARGUMENTS)})",
        f"  {CARRIED};",
        "end",
        "",
        "model mechanism()",
    ]
    for name, id_ in said.compartments.items():
        lines += [f"  compartment {id_} = 1;", f"  {id_} is {_quoted(name or 'not given')};"]
    for node, start in zip(graph.nodes, said.start, strict=True):
        name = said.nodes[node.id]
        lines += [
            f"  substanceOnly species {name} in {said.compartments[node.compartment]};",
            f"  {name} = {start!r};",
            f"  {name} is {_quoted(node.name)};",
        ]
    lines += [f"  {name} = {value!r};" for name, value in said.parameters.items()]
    lines += [f"  {said.nodes[node.id]}' = {rate};" for node, rate in zip(graph.nodes, said.rates, strict=True)]
    return Exported(data=("\n".join([*lines, "end"]) + "\n").encode())


def _quoted(text: str) -> str:
    return '"' + on_one_line(text).replace("\\", "/").replace('"', "'") + '"'
