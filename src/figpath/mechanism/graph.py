"""The signed graph of a mechanism: what acts on what, with which sign, and how well each arrow is supported."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from figpath.errors import InputError
from figpath.mechanism.checks import SHOWN, check_ends, check_gates, check_id, check_targets, places, some

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

Level: TypeAlias = Literal["lung", "other", "figure", "assumed"]
Pace: TypeAlias = Literal["signal", "gene", "pool", "cell", "tissue"]

LEVELS: Final[tuple[Level, ...]] = ("lung", "other", "figure", "assumed")
"""Kinds of support for an arrow, strongest first."""
PACES: Final[tuple[Pace, ...]] = ("signal", "gene", "pool", "cell", "tissue")
"""How fast a node follows what drives it, fastest first; relative only."""


class Sign(enum.IntEnum):
    """What an arrow does to its target: the signs of a path multiply."""

    plus = 1
    minus = -1

    @property
    def symbol(self) -> str:
        """``+`` or ``-``."""
        return "+" if self is Sign.plus else "-"


def sign_of(text: str) -> Sign:
    """Return the sign that ``+`` or ``-`` stands for.

    Raises
    ------
    InputError
        For anything else.
    """
    if text not in ("+", "-"):
        raise InputError(f"sign {text[:SHOWN]!r} is none: give + (activates) or - (inhibits)")
    return Sign.plus if text == "+" else Sign.minus


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An entity in a cell type or compartment: JAK2 of the fibroblast is another node than JAK2 of the tumour.

    Parameters
    ----------
    id
        Name of the node inside the graph.
    label
        What stands on a drawing; the id when it is empty.
    compartment
        Cell type or place; empty when it is not known.
    entity
        CURIE of what it is, such as ``ncbigene:3717``; empty when it has none. A family is one node.
    symbol
        Approved symbol or preferred name of the entity.
    kind
        What sort of thing it is: ``gene``, ``family``, ``mirna``, ``process``, ``cell``, ``disease``; may be empty.
    basal
        Drive of its own, in [0, 1], when nothing acts on it; None when nothing is said.
    pace
        How fast it follows what drives it, see `PACES`; only the ensemble uses it.
    """

    id: str
    label: str = ""
    compartment: str = ""
    entity: str = ""
    symbol: str = ""
    kind: str = ""
    basal: float | None = None
    pace: Pace = "signal"

    def __post_init__(self) -> None:
        check_id("node", self.id)
        if self.pace not in PACES:
            raise InputError(f"node {self.id}: pace {self.pace!r} is none: give one of {', '.join(PACES)}")
        if self.basal is not None and not 0 <= self.basal <= 1:  # also true of NaN
            raise InputError(f"node {self.id}: basal level {self.basal} is outside 0 to 1")

    @property
    def name(self) -> str:
        """The label, or the id of a node without one."""
        return self.label or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """An arrow: the source raises or lowers the target.

    Parameters
    ----------
    id
        Name of the edge inside the graph.
    source, target
        Ids of two nodes.
    sign
        `Sign.plus` or `Sign.minus`.
    gate
        Edges into one target with the same gate are needed together (AND); empty where neither figure nor paper
        says so. An ensemble then draws how activators combine, see `figpath.mechanism.sampling.sample`.
    kind
        How it acts: ``secretes``, ``transfers``, ``represses`` ...; may be empty.
    level
        What supports it, see `LEVELS`.
    context
        Cells and species in which it was seen.
    evidence
        Citation: ``PMID:28436951``, ``doi:...``, ``PMC...``; empty when there is none.
    note
        Anything else.
    drawn
        True when the figure draws it or its caption states it.
    """

    id: str
    source: str
    target: str
    sign: Sign
    gate: str = ""
    kind: str = ""
    level: Level = "figure"
    context: str = ""
    evidence: str = ""
    note: str = ""
    drawn: bool = True

    def __post_init__(self) -> None:
        check_id("edge", self.id)
        if self.sign not in (Sign.plus, Sign.minus):
            raise InputError(f"edge {self.id}: sign {self.sign!r} is none: give Sign.plus or Sign.minus")
        object.__setattr__(self, "sign", Sign(self.sign))  # a plain 1 or -1 is as good
        if self.level not in LEVELS:
            raise InputError(f"edge {self.id}: level {self.level!r} is none: give one of {', '.join(LEVELS)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention:
    """A drug, a knock-down or another way to block nodes or edges of the graph.

    Parameters
    ----------
    id
        Name of the intervention.
    targets
        Ids of the nodes and edges that it blocks.
    label
        What it is, for people.
    entity
        CURIE of the drug or gene; empty when it has none.
    """

    id: str
    targets: tuple[str, ...]
    label: str = ""
    entity: str = ""

    def __post_init__(self) -> None:
        check_id("intervention", self.id)
        if not self.targets:
            raise InputError(f"intervention {self.id} blocks nothing: give it the ids of nodes or edges")


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """A mechanism: nodes, signed edges between them, and the interventions that are known for it.

    The order of nodes and edges is kept, and is the order of rows in every matrix made from the graph.

    Parameters
    ----------
    nodes, edges
        At least one node; edges join nodes that are there.
    interventions
        Named ways to block parts of it.
    name
        What the mechanism is called.

    Raises
    ------
    InputError
        When it is empty, an id stands twice, an edge or intervention names what is not there, or a gate asks for
        a source and for its absence.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    name: str = ""
    _node_at: Mapping[str, int] = field(init=False, repr=False, compare=False, hash=False)
    _edge_at: Mapping[str, int] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        if not self.nodes:
            raise InputError("the graph is empty: give at least one node or edge")
        object.__setattr__(self, "_node_at", places("node", self.nodes))
        object.__setattr__(self, "_edge_at", places("edge", self.edges))
        places("intervention", self.interventions)
        check_ends(self)
        check_gates(self.edges)
        check_targets(self)

    def __contains__(self, id: object) -> bool:  # noqa: A002 - a node's id is called id everywhere
        return id in self._node_at

    def node(self, id: str) -> Node:  # noqa: A002 - as above
        """Return the node of an id; `InputError` when there is none."""
        return self.nodes[self.node_index(id)]

    def node_index(self, id: str) -> int:  # noqa: A002 - as above
        """Return the place of a node among the nodes; `InputError` when there is none."""
        if id not in self._node_at:
            raise InputError(f"no node {id[:SHOWN]!r} in the graph: it has {some(self._node_at)}")
        return self._node_at[id]

    def has_edge(self, id: str) -> bool:  # noqa: A002 - as above
        """Tell whether an edge of this id is there."""
        return id in self._edge_at

    def edge(self, id: str) -> Edge:  # noqa: A002 - as above
        """Return the edge of an id; `InputError` when there is none."""
        if id not in self._edge_at:
            raise InputError(f"no edge {id[:SHOWN]!r} in the graph: it has {some(self._edge_at)}")
        return self.edges[self._edge_at[id]]

    def into(self, id: str) -> tuple[Edge, ...]:  # noqa: A002 - as above
        """Return the edges that enter a node, in order."""
        return tuple(edge for edge in self.edges if edge.target == id)

    def out_of(self, id: str) -> tuple[Edge, ...]:  # noqa: A002 - as above
        """Return the edges that leave a node, in order."""
        return tuple(edge for edge in self.edges if edge.source == id)

    def compartments(self) -> tuple[str, ...]:
        """Return the compartments in the order in which they first appear."""
        return tuple(dict.fromkeys(node.compartment for node in self.nodes))

    def keeping(self, edges: Iterable[Edge]) -> Graph:
        """Return the graph with these of its edges only; every node stays, interventions lose the targets that go."""
        kept = tuple(edges)
        there = {edge.id for edge in kept} | set(self._node_at)
        left = [(one, tuple(target for target in one.targets if target in there)) for one in self.interventions]
        pruned = tuple(replace(one, targets=targets) for one, targets in left if targets)
        return replace(self, edges=kept, interventions=pruned)

    def without_edge(self, id: str) -> Graph:  # noqa: A002 - as above
        """Return the graph without one edge."""
        gone = self.edge(id)
        return self.keeping(edge for edge in self.edges if edge is not gone)

    def with_evidence(self, levels: Collection[str]) -> Graph:
        """Return the graph with the edges of these levels only; ``caption`` stands for what is drawn or stated.

        Raises
        ------
        InputError
            For a level that is none.
        """
        unknown = [level for level in levels if level not in (*LEVELS, "caption")]
        if unknown or not levels:
            asked = ", ".join(map(repr, unknown)) or "nothing"
            raise InputError(f"no evidence level {asked}: give some of {', '.join(LEVELS)}, caption")
        return self.keeping(edge for edge in self.edges if edge.level in levels or ("caption" in levels and edge.drawn))
