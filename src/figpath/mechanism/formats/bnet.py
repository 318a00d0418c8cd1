"""BNet: Boolean rules as text, read by PyBoolNet, BoolNet and bioLQM.

Kept: which node acts on which with which sign, and gates. Lost: everything else; basal levels are on or off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from figpath.mechanism.formats.imported import Exported
from figpath.mechanism.formats.names import identifiers
from figpath.mechanism.formats.rules import rules, warnings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from figpath.mechanism.formats.rules import Rule
    from figpath.mechanism.graph import Graph

LOSS: Final = "labels, compartments, identifiers, levels between on and off, evidence, interventions"


def to_bnet(graph: Graph) -> Exported:
    """Return the rules of a mechanism as BNet text, and a warning where loops make them say little."""
    names = identifiers([node.id for node in graph.nodes])
    lines = ["targets, factors", *(f"{names[rule.node]}, {_factor(rule, names)}" for rule in rules(graph))]
    said = warnings(graph)
    comments = [f"# {text}" for text in said]
    return Exported(data=("\n".join([*comments, *lines]) + "\n").encode(), warnings=said)


def _factor(rule: Rule, names: Mapping[str, str]) -> str:
    if rule.free:
        return names[rule.node]
    blocked = [_joined([names[node] for node in nodes], " & ") for nodes in rule.blockers]
    ways = [_joined([names[node] if on else f"!{names[node]}" for node, on in way], " & ") for way in rule.ways]
    driven = ["1"] if rule.always else [_joined(ways, " | ")] if ways else ["0"]
    if rule.always and blocked:
        driven = []
    return " & ".join([*driven, *(f"!{text}" for text in blocked)])


def _joined(texts: list[str], operator: str) -> str:
    return texts[0] if len(texts) == 1 else f"({operator.join(texts)})"
