"""A mechanism as Boolean rules: on or off, for SBML-qual and BNet.

A node is on when it is driven, by itself, by one activator that suffices or by a whole gate, and no inhibitor is on.
An inhibitor is never a reason to be on: ``A or not B`` is what careless conversions make of an activator A and an
inhibitor B, and it says that the target is on when both are absent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from figpath.mechanism.graph import Sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from figpath.mechanism.graph import Edge, Graph

ON: Final = 0.5
"""A basal level from here on counts as on."""
_CYCLES: Final = (
    "a loop with an odd number of inhibitions makes these on-off rules cycle for ever where levels would settle: "
    "use the sign answer or the ensemble for nodes on or below such a loop"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When a node is on.

    Parameters
    ----------
    node
        Its id.
    always
        Whether it is driven by itself.
    ways
        Each a gate or a single activator: nodes, and whether they have to be on.
    blockers
        Each an inhibitor, or several that inhibit together only.
    free
        True for a node that no edge enters: it stays what it is set to.
    """

    node: str
    always: bool
    ways: tuple[tuple[tuple[str, bool], ...], ...]
    blockers: tuple[tuple[str, ...], ...]
    free: bool


def rules(graph: Graph) -> tuple[Rule, ...]:
    """Return the rule of every node, in order."""
    into: dict[str, list[Edge]] = {node.id: [] for node in graph.nodes}
    for edge in graph.edges:
        into[edge.target].append(edge)
    return tuple(_rule(node.id, node.basal, into[node.id]) for node in graph.nodes)


def _rule(node: str, basal: float | None, edges: Sequence[Edge]) -> Rule:
    terms: dict[str, list[Edge]] = {}
    for place, edge in enumerate(edges):
        terms.setdefault(f"gate {edge.gate}" if edge.gate else f"edge {place}", []).append(edge)
    raising = [term for term in terms.values() if any(edge.sign is Sign.plus for edge in term)]
    lowering = [term for term in terms.values() if all(edge.sign is Sign.minus for edge in term)]
    return Rule(
        node=node,
        always=not raising if basal is None else basal >= ON,
        ways=tuple(tuple((edge.source, edge.sign is Sign.plus) for edge in term) for term in raising),
        blockers=tuple(tuple(edge.source for edge in term) for term in lowering),
        free=not edges,
    )


def has_negative_loop(graph: Graph) -> bool:
    """Tell whether some loop has an odd number of inhibitions: then Boolean states may cycle instead of settling."""
    return any(not _balanced(graph, part) for part in _strong_parts(graph))


def warnings(graph: Graph) -> tuple[str, ...]:
    """Return what a reader of Boolean rules of this graph has to know."""
    if not has_negative_loop(graph):
        return ()
    return (_CYCLES,)


def _balanced(graph: Graph, part: frozenset[str]) -> bool:
    """Strongly connected nodes have no negative loop exactly if they fall into two camps, friends inside each."""
    inside = [edge for edge in graph.edges if edge.source in part and edge.target in part]
    out = _by_source(inside)
    camp = {min(part): 1}
    todo = list(camp)
    while todo:
        node = todo.pop()
        for edge in out.get(node, ()):
            if edge.target not in camp:
                camp[edge.target] = camp[node] * edge.sign
                todo.append(edge.target)
    return all(camp[edge.target] == camp[edge.source] * edge.sign for edge in inside)


def _by_source(edges: Iterable[Edge]) -> Mapping[str, list[Edge]]:
    out: dict[str, list[Edge]] = {}
    for edge in edges:
        out.setdefault(edge.source, []).append(edge)
    return out


def _strong_parts(graph: Graph) -> list[frozenset[str]]:
    """The strongly connected parts: a node's is what it reaches and is reached from (Kosaraju's two sweeps)."""
    forward: dict[str, list[str]] = {node.id: [] for node in graph.nodes}
    backward: dict[str, list[str]] = {node.id: [] for node in graph.nodes}
    for edge in graph.edges:
        forward[edge.source].append(edge.target)
        backward[edge.target].append(edge.source)
    order: list[str] = []
    seen: set[str] = set()
    for node in forward:
        order += _finished(node, forward, seen)
    seen = set()
    return [frozenset(part) for node in reversed(order) if (part := _finished(node, backward, seen))]


def _finished(start: str, nexts: Mapping[str, Sequence[str]], seen: set[str]) -> list[str]:
    """The nodes reached from a start, each after all that is reached from it."""
    if start in seen:
        return []
    seen.add(start)
    done: list[str] = []
    trail = [(start, iter(nexts[start]))]
    while trail:
        node, rest = trail[-1]
        after = next((other for other in rest if other not in seen), None)
        if after is None:
            done.append(node)
            trail.pop()
        else:
            seen.add(after)
            trail.append((after, iter(nexts[after])))
    return done
