"""The equations of a mechanism: normalised-Hill logic, for many members at once.

Every node follows its drive, ``dy/dt = (drive - y) / tau``, and levels stay in [0, 1]. An arrow from a source at level
x carries ``w (1 - c) x^n / (c + (1 - 2c) x^n)`` with ``c = EC50^n``: 0 at x = 0, w / 2 at EC50, w at 1. This is the
function of Kraeutler, Soltis and Saucerman (2010, BMC Syst Biol 4:157), ``B x^n / (K^n + x^n)`` with
``B = (c - 1) / (2c - 1)`` and ``K^n = B - 1``, written so that nothing is divided by zero; it needs c < 1/2.

Activators that suffice alone combine as ``1 - prod(1 - f)``, those of one gate as ``prod f``; a gated inhibitor puts
``1 - f`` into its gate, every other inhibitor multiplies the drive by ``1 - f``, and inhibitors that share a gate with
inhibitors only act together, ``1 - prod f``. A level below zero, which an integrator may try, counts as zero.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from figpath.mechanism.graph import Sign

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from figpath.mechanism.graph import Edge, Graph

_FEW = 100

Floats: TypeAlias = "NDArray[np.float64]"
Integers: TypeAlias = "NDArray[np.intp]"
Flags: TypeAlias = "NDArray[np.bool_]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Consecutive rows that belong together.

    Parameters
    ----------
    firsts
        (groups,) first row of each group.
    further
        For the second, third ... row of a group: the groups that have one, and where it is.
    """

    firsts: Integers
    further: tuple[tuple[Integers, Integers], ...]

    def product(self, rows: Floats) -> Floats:
        """Return (groups, members), the product of each group's rows."""
        if rows.shape[1] < _FEW:  # the faster way for few members; the other one is for many
            return np.multiply.reduceat(rows, self.firsts, axis=0) if len(self.firsts) else rows
        out = rows[self.firsts]
        for groups, places in self.further:
            out[groups] *= rows[places]
        return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """A graph as arrays. Slots are its edges sorted by term: terms of activation by target, then of inhibition.

    Parameters
    ----------
    nodes
        Number of nodes.
    edge
        (slots,) place of each slot's edge among the graph's edges.
    source
        (slots,) node that each slot comes from.
    absent
        Slots of inhibitors inside a gate of activation.
    terms
        The slots of each term.
    activating
        Number of terms of activation; those of inhibition come after them.
    raised, raising
        Nodes with terms of activation, and the terms of each.
    lowered, lowering
        Nodes with terms of inhibition, and the terms of each, counted from the first term of inhibition.
    open
        (activating,) terms of nodes of which nothing says how their several activators combine.
    """

    nodes: int
    edge: Integers
    source: Integers
    absent: Integers
    terms: Groups
    activating: int
    raised: Integers
    raising: Groups
    lowered: Integers
    lowering: Groups
    open: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """Parameters of many models of one wiring, a column each; the rows of edges are in the order of slots.

    Parameters
    ----------
    weight, hill, half
        (slots, members) w, n and ``EC50^n`` of each edge.
    tau, basal, top
        (nodes, members) time constant, drive of its own, and greatest level of each node.
    together
        (activating, members) terms that are needed together with the others of their node that are marked so.
    gated
        (raised, members) nodes with such terms.
    scale, slope
        (slots, members) ``w (1 - c)`` and ``1 - 2c``, worked out once.
    """

    weight: Floats
    hill: Floats
    half: Floats
    tau: Floats
    basal: Floats
    top: Floats
    together: Flags
    gated: Flags
    scale: Floats = field(init=False, repr=False)
    slope: Floats = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "scale", self.weight * (1 - self.half))
        object.__setattr__(self, "slope", 1 - 2 * self.half)

    def __len__(self) -> int:
        return int(self.tau.shape[1])

    def take(self, which: Integers | Flags | slice) -> Members:
        """Return some of the members."""
        return Members(**{one.name: getattr(self, one.name)[:, which] for one in fields(self) if one.init})

    def blocked(self, wiring: Wiring, nodes: Iterable[int], edges: Iterable[int], *, left: float = 0.0) -> Members:
        """Return the members with these nodes' greatest level, and these edges' weight, cut to a fraction."""
        top, weight = self.top.copy(), self.weight.copy()
        top[list(nodes)] *= left
        weight[np.isin(wiring.edge, list(edges))] *= left
        return replace(self, top=top, weight=weight)


def wire(graph: Graph) -> Wiring:
    """Return the arrays of a graph."""
    at = {node.id: place for place, node in enumerate(graph.nodes)}
    place_of = {edge.id: place for place, edge in enumerate(graph.edges)}
    activation, inhibition = _terms(graph)
    terms = [*activation, *inhibition]
    slots = [edge for term in terms for edge in term]
    inside = sum(len(term) for term in activation)
    gated = {term[0].target for term in activation if term[0].gate}
    raised, raising = _grouped([at[term[0].target] for term in activation])
    lowered, lowering = _grouped([at[term[0].target] for term in inhibition])
    several = {node for node, times in Counter(term[0].target for term in activation).items() if times > 1}
    return Wiring(
        nodes=len(graph.nodes),
        edge=_integers(place_of[edge.id] for edge in slots),
        source=_integers(at[edge.source] for edge in slots),
        absent=_integers(place for place, edge in enumerate(slots[:inside]) if edge.sign is Sign.minus),
        terms=_grouped([place for place, term in enumerate(terms) for _ in term])[1],
        activating=len(activation),
        raised=raised,
        raising=raising,
        lowered=lowered,
        lowering=lowering,
        open=np.array([term[0].target in several - gated for term in activation], dtype=np.bool_),
    )


def drive(wiring: Wiring, members: Members, levels: Floats) -> Floats:
    """Return what each node is driven to.

    Parameters
    ----------
    wiring, members
        The equations and their parameters.
    levels
        (nodes, members) present levels.

    Returns
    -------
    ndarray
        (nodes, members) in [0, top].
    """
    driven = members.basal.copy()
    if len(wiring.edge):
        terms = _term_values(wiring, members, levels)
        _raise(wiring, members, driven, terms[: wiring.activating])
        if len(wiring.lowered):
            driven[wiring.lowered] *= wiring.lowering.product(1 - terms[wiring.activating :])
    driven *= members.top
    return driven


def _term_values(wiring: Wiring, members: Members, levels: Floats) -> Floats:
    """(terms, members) what each gate, or single edge, carries."""
    powered = np.maximum(levels, 0.0)[wiring.source]
    np.power(powered, members.hill, out=powered)  # in place: half of the time goes into making arrays
    carried = members.slope * powered
    carried += members.half
    np.divide(powered, carried, out=carried)
    carried *= members.scale
    if len(wiring.absent):
        carried[wiring.absent] = 1 - carried[wiring.absent]
    return wiring.terms.product(carried)


def _raise(wiring: Wiring, members: Members, driven: Floats, terms: Floats) -> None:
    if not len(terms):
        return
    missing = 1 - terms
    if members.together.any():
        needed = wiring.raising.product(np.where(members.together, terms, 1.0))
        missing = wiring.raising.product(np.where(members.together, 1.0, missing))
        missing *= np.where(members.gated, 1 - needed, 1.0)
    else:
        missing = wiring.raising.product(missing)
    driven[wiring.raised] = 1 - (1 - driven[wiring.raised]) * missing


def _terms(graph: Graph) -> tuple[list[list[Edge]], list[list[Edge]]]:
    """The terms of activation and of inhibition, by target in the order of nodes, in the order of edges."""
    groups: dict[tuple[str, str], list[Edge]] = {}
    for place, edge in enumerate(graph.edges):
        groups.setdefault((edge.target, f"gate {edge.gate}" if edge.gate else f"edge {place}"), []).append(edge)
    order = {node.id: place for place, node in enumerate(graph.nodes)}
    terms = sorted(groups.values(), key=lambda term: order[term[0].target])
    raising = [term for term in terms if any(edge.sign is Sign.plus for edge in term)]
    return raising, [term for term in terms if all(edge.sign is Sign.minus for edge in term)]


def _grouped(owners: list[int]) -> tuple[Integers, Groups]:
    """The owners of consecutive rows, each once, and their rows."""
    names, firsts, sizes = np.unique(np.array(owners, dtype=np.intp), return_index=True, return_counts=True)
    further = []
    for count in range(1, int(sizes.max(initial=0))):
        longer = np.flatnonzero(sizes > count)
        further.append((longer, firsts[longer] + count))
    return names, Groups(firsts=firsts, further=tuple(further))


def _integers(numbers: Iterable[int]) -> Integers:
    return np.fromiter(numbers, dtype=np.intp)
