"""Names that people type for what is in a graph, and what a question blocks."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from figpath.errors import InputError
from figpath.mechanism.graph import Edge, Intervention, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from figpath.mechanism.graph import Graph

_Thing: TypeAlias = "Node | Edge | Intervention"
_MOST_SUGGESTED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What a question takes out of a mechanism, or raises in it.

    Parameters
    ----------
    asked
        What was asked for, in words that go after *under*.
    nodes, edges
        Ids of the nodes that are held at nothing and of the edges that carry nothing.
    raised
        Ids of the nodes that are held higher than they are.
    """

    asked: tuple[str, ...]
    nodes: tuple[str, ...] = ()
    edges: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()

    @property
    def held(self) -> tuple[str, ...]:
        """The nodes that arrows into them do not move: blocked or raised."""
        return *self.nodes, *self.raised


def find_node(graph: Graph, name: str) -> Node:
    """Return the node of an id, label, gene symbol or CURIE, in upper or lower case, with or without hyphens.

    Raises
    ------
    InputError
        When it names none, with the nearest names, or several, with their ids.
    """
    found = _found(name, graph.nodes)
    if len(found) == 1 and isinstance(found[0], Node):
        return found[0]
    raise _no_single(name, found, graph.nodes)


def names_of(graph: Graph, given: str | Sequence[str]) -> tuple[str, ...]:
    """Return the names in what is given: a text with commas that names nothing as a whole is several."""
    things: tuple[_Thing, ...] = (*graph.nodes, *graph.interventions, *graph.edges)
    names: list[str] = []
    for text in (given,) if isinstance(given, str) else given:
        parts = [part.strip() for part in text.split(",") if part.strip()]
        names += parts if len(parts) > 1 and not _found(text, things) else [text]
    return tuple(names)


def block_of(graph: Graph, names: Sequence[str], *, raised: Sequence[str] = ()) -> Block:
    """Return what names block: each a node, as in `find_node`, or the id of an edge, or an intervention.

    Parameters
    ----------
    graph
        The mechanism.
    names
        What is blocked.
    raised
        Nodes that are raised.

    Raises
    ------
    InputError
        When there are none, a name means nothing or several things, or a node would be blocked and raised.
    """
    if not names and not raised:
        raise InputError("nothing to block: name at least one node or intervention")
    asked, nodes, edges = [], [], []
    for name in names:
        things: tuple[_Thing, ...] = (*graph.nodes, *graph.interventions, *graph.edges)
        found = _found(name, things)
        if len(found) != 1:
            raise _no_single(name, found, (*graph.nodes, *graph.interventions))
        targets = found[0].targets if isinstance(found[0], Intervention) else (found[0].id,)
        asked.append(_asked(graph, found[0]))
        nodes += [target for target in targets if target in graph]
        edges += [target for target in targets if target not in graph]
    higher = [find_node(graph, name) for name in raised]
    both = [node.name for node in higher if node.id in nodes]
    if both:
        raise InputError(f"{both[0]} cannot be blocked and raised: choose one of the two")
    return Block(
        asked=(*asked, *(f"more {node.name}" for node in higher)),
        nodes=tuple(dict.fromkeys(nodes)),
        edges=tuple(dict.fromkeys(edges)),
        raised=tuple(dict.fromkeys(node.id for node in higher)),
    )


def not_there(graph: Graph, block: Sequence[str], watch: str, *, raised: Sequence[str] = ()) -> tuple[str, ...]:
    """Return for each name that means nothing in a graph that it is not in this figure, with the nearest names.

    An empty name is no name, and left to `find_node` and `block_of` to refuse.
    """
    blockable: tuple[_Thing, ...] = (*graph.nodes, *graph.interventions)
    unknown = {name: _unknown(name, blockable) for name in block if not _found(name, (*blockable, *graph.edges))}
    for name in (*raised, watch):
        if not _found(name, graph.nodes):
            unknown[name] = _unknown(name, graph.nodes)
    return tuple(said for name, said in unknown.items() if name.strip())


def arrow(graph: Graph, edge: Edge) -> str:
    """Return an edge as ``source → target``, with ``⊣`` where it inhibits."""
    return f"{graph.node(edge.source).name} {'→' if edge.sign > 0 else '⊣'} {graph.node(edge.target).name}"


def _asked(graph: Graph, thing: _Thing) -> str:
    if isinstance(thing, Intervention):
        return f"{thing.id} ({thing.label})" if thing.label and thing.label != thing.id else thing.id
    return f"block of {thing.name if isinstance(thing, Node) else arrow(graph, thing)}"


def _found(name: str, things: Iterable[_Thing]) -> list[_Thing]:
    """Return what a name means: by exact id, else by any name, upper and lower case and punctuation aside."""
    known = tuple(things)
    exact = [thing for thing in known if thing.id == name]
    key = _plain(name)
    return exact or [thing for thing in known if key and key in map(_plain, _names(thing))]


def _names(thing: _Thing) -> tuple[str, ...]:
    if isinstance(thing, Node):
        return thing.id, thing.label, thing.symbol, thing.entity
    return (thing.id, thing.label) if isinstance(thing, Intervention) else (thing.id,)


def _plain(text: str) -> str:
    kept = "".join(character for character in text.casefold() if character.isalnum())
    return kept or text.strip()


def _no_single(name: str, found: Sequence[_Thing], known: Sequence[_Thing]) -> InputError:
    if found:
        ids = ", ".join(f"{thing.id} ({_label(thing)})" for thing in found[: 2 * _MOST_SUGGESTED])
        return InputError(f"{name[:80]!r} can be several things here: give the id of one of {ids}")
    return InputError(f"{_unknown(name, known)}; `figpath ask --list` shows all")


def _unknown(name: str, known: Sequence[_Thing]) -> str:
    near = _nearest(name, known)
    others = f" and {len(known) - _MOST_SUGGESTED} others" if len(known) > _MOST_SUGGESTED else ""
    hint = (
        f"the nearest are {', '.join(f'{thing.id} ({_label(thing)})' for thing in near)}"
        if near
        else f"it has {', '.join(t.id for t in known[:_MOST_SUGGESTED])}{others}"
    )
    return f"{name[:80]!r} is not in this figure: {hint}"


def _label(thing: _Thing) -> str:
    return (thing.label or thing.id) if isinstance(thing, Node | Intervention) else thing.id


def _nearest(name: str, known: Sequence[_Thing]) -> list[_Thing]:
    by_name = {_plain(text): thing for thing in known for text in _names(thing) if text}
    key = _plain(name)
    inside = [thing for text, thing in by_name.items() if key and key in text]
    close = [by_name[text] for text in difflib.get_close_matches(key, list(by_name), n=_MOST_SUGGESTED, cutoff=0.6)]
    return list({thing.id: thing for thing in (*close, *inside)}.values())[:_MOST_SUGGESTED]
