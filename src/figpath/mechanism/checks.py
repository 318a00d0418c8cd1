"""What makes a graph nonsense (refused), and what a reader of it should know (remarks)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Protocol

from figpath.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from figpath.mechanism.graph import Edge, Graph

SHOWN = 80  # characters of a foreign text in a message


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def check_id(what: str, text: str) -> None:
    """Refuse an id that could not stand in a table."""
    if not text or text != text.strip() or any(character in text for character in "\t\n\r\0"):
        raise InputError(f"{what} id {text[:SHOWN]!r} is none: give a name without blanks around it, tabs or line ends")


def places(what: str, things: Sequence[_Named]) -> dict[str, int]:
    """Return the place of each id; refuse one that stands twice."""
    places = {thing.id: place for place, thing in enumerate(things)}
    if len(places) < len(things):
        twice = next(id_ for id_, times in Counter(thing.id for thing in things).items() if times > 1)
        raise InputError(f"{what} {twice} stands twice: give each {what} an id of its own")
    return places


def check_ends(graph: Graph) -> None:
    """Refuse an edge that joins what is no node."""
    for edge in graph.edges:
        for end in (edge.source, edge.target):
            if end not in graph:
                raise InputError(f"edge {edge.id} joins {end[:SHOWN]!r}, which is no node: add it to the nodes")


def check_gates(edges: tuple[Edge, ...]) -> None:
    """Refuse a gate that needs a source and its absence: it can never open."""
    seen: dict[tuple[str, str, str], Edge] = {}
    for edge in edges:
        if edge.gate:
            other = seen.setdefault((edge.source, edge.target, edge.gate), edge)
            if other.sign != edge.sign:
                raise InputError(
                    f"edges {other.id} and {edge.id}: gate {edge.gate} of {edge.target} needs {edge.source} and its "
                    "absence; take one of them out of the gate"
                )


def check_targets(graph: Graph) -> None:
    """Refuse an intervention that blocks what is not there."""
    for one in graph.interventions:
        for target in one.targets:
            if target not in graph and not graph.has_edge(target):
                raise InputError(
                    f"intervention {one.id} blocks {target[:SHOWN]!r}, which is no node or edge: mend its id"
                )
            if target in graph and graph.has_edge(target):
                raise InputError(f"intervention {one.id} blocks {target}, which is a node and an edge: rename one")


def some(names: Mapping[str, int]) -> str:
    """Name the first few of many."""
    shown = list(names)[:6]
    return ", ".join(shown) + (f" and {len(names) - len(shown)} more" if len(names) > len(shown) else "") or "none"


def remarks(graph: Graph) -> tuple[str, ...]:
    """Return what is legal in a graph and yet worth a second look, one sentence each.

    These are two edges that say opposite things, a node that acts on itself, and gates that wait for each other
    in a circle.
    """
    return (*_opposites(graph), *_self_loops(graph), *_waiting_gates(graph))


def _opposites(graph: Graph) -> list[str]:
    first: dict[tuple[str, str], Edge] = {}
    found = []
    for edge in graph.edges:
        other = first.setdefault((edge.source, edge.target), edge)
        if other.sign != edge.sign:
            found.append(
                f"{other.id} and {edge.id} say opposite things of {edge.source} and {edge.target}: both are kept, "
                "and an answer that needs them is undetermined"
            )
    return found


def _self_loops(graph: Graph) -> list[str]:
    return [
        f"{edge.id}: {edge.source} acts on itself ({edge.sign.symbol}); such a loop changes the size of an answer, "
        "never its sign"
        for edge in graph.edges
        if edge.source == edge.target
    ]


def _waiting_gates(graph: Graph) -> list[str]:
    """Find nodes that can only rise through gates which need one another: silent for ever unless they start raised."""
    waits: dict[str, set[str]] = {}
    into: dict[str, list[Edge]] = {}
    for edge in graph.edges:
        if edge.sign > 0:
            into.setdefault(edge.target, []).append(edge)
    for node in graph.nodes:
        activators = into.get(node.id, [])
        if activators and all(edge.gate for edge in activators) and not node.basal:
            gates: dict[str, set[str]] = {}
            for edge in activators:
                gates.setdefault(edge.gate, set()).add(edge.source)
            waits[node.id] = set.intersection(*gates.values())
    silent = [id_ for id_ in waits if _waits_for_itself(id_, waits)]
    text = "wait for each other through their gates: without a basal level they never rise"
    return [f"{', '.join(silent)} {text}"] if silent else []


def _waits_for_itself(start: str, waits: Mapping[str, set[str]]) -> bool:
    seen: set[str] = set()
    todo = [start]
    while todo:
        for other in waits.get(todo.pop(), ()):
            if other == start:
                return True
            if other not in seen:
                seen.add(other)
                todo.append(other)
    return False
