"""Parameters that nobody measured, drawn from ranges: each draw of all of them is a member of the ensemble.

Parameters belong to the places of edges and nodes in the graph, never to names: a graph with other names and the same
order has the same members. The first hundred members of a thousand are the members of an ensemble of a hundred.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np

from figpath.errors import InputError
from figpath.mechanism.logic import Members

if TYPE_CHECKING:
    from figpath.mechanism.graph import Graph, Pace
    from figpath.mechanism.logic import Flags, Floats, Wiring

Gates: TypeAlias = Literal["sampled", "or"]

WEIGHT: Final = (0.7, 1.0)
"""w, uniform: an arrow that is drawn acts; weaker ones would only silence long chains, whatever is blocked."""
HILL: Final = (1.2, 3.0)
"""n, uniform: from nearly graded, as most receptors, to switches such as the MAP kinase cascade."""
EC50: Final = (0.3, 0.7)
"""EC50, uniform: the source is half effective somewhere in the middle of its range."""
HALF_LIMIT: Final = 0.45
"""EC50^n stays below this: at 1/2 the Hill function becomes a power law, above it, it bends the wrong way."""
INPUT: Final = (0.5, 0.6)
"""Drive of a node that has no activator and of which no basal level is given: half on, so that it can go both ways."""
TOGETHER: Final = 0.5
"""Chance of an activator to be among those of its node that are needed together; the others suffice alone."""
PACE: Final[dict[Pace, float]] = {"signal": 1.0, "gene": 4.0, "pool": 6.0, "cell": 15.0, "tissue": 40.0}
"""Time constants in relative time; their order is that of biology, the distances between them are shortened."""
PACE_FACTOR: Final = 2.0
"""tau lies between a half and twice that of its pace, uniform on the logarithm."""
LARGEST: Final = 4_000_000
"""Largest number of edges (or nodes) times members in one ensemble: about a minute on one core."""

TYPICAL_HILL, TYPICAL_EC50 = 1.4, 0.5  # the defaults of Kraeutler et al. 2010


def sample(graph: Graph, wiring: Wiring, *, members: int, seed: int, gates: Gates = "sampled") -> Members:
    """Draw the parameters of many members.

    Parameters
    ----------
    graph, wiring
        The mechanism and its arrays.
    members
        How many to draw.
    seed
        Equal seeds give equal members.
    gates
        ``sampled``: where nothing says how several activators of a node combine, each member draws which of them
        are needed together, the others suffice alone; ``or``: any of them suffices in every member.

    Raises
    ------
    InputError
        When there would be no member, or more than memory and patience allow.
    """
    check_size(graph, members)
    streams = [np.random.default_rng(child) for child in np.random.SeedSequence(seed).spawn(6)]
    edges, nodes = (members, len(graph.edges)), (members, len(graph.nodes))
    hill = streams[0].uniform(*HILL, edges)
    ec50 = EC50[0] + streams[1].random(edges) * (np.minimum(EC50[1], HALF_LIMIT ** (1 / hill)) - EC50[0])
    weight = streams[2].uniform(*WEIGHT, edges)
    tau = _pace(graph) * PACE_FACTOR ** streams[3].uniform(-1, 1, nodes)
    basal = _basal(graph, wiring, streams[4].uniform(*INPUT, nodes))
    together = (_by_slot(wiring, streams[5].random(edges)) < TOGETHER)[wiring.terms.firsts[: wiring.activating]]
    together &= wiring.open[:, None] & (gates == "sampled")
    return Members(
        weight=_by_slot(wiring, weight),
        hill=_by_slot(wiring, hill),
        half=_by_slot(wiring, ec50**hill),
        tau=np.ascontiguousarray(tau.T),
        basal=np.ascontiguousarray(basal.T),
        top=np.ones((len(graph.nodes), members)),
        together=together,
        gated=wiring.raising.product(np.where(together, 0.0, 1.0)) == 0,
    )


def typical(graph: Graph, wiring: Wiring) -> Members:
    """Return one member with the defaults of Kraeutler et al. 2010: n = 1.4, EC50 = 0.5, w = 1, any activator."""
    slots = (len(graph.edges), 1)
    nodes = (len(graph.nodes), 1)
    return Members(
        weight=np.ones(slots),
        hill=np.full(slots, TYPICAL_HILL),
        half=np.full(slots, TYPICAL_EC50**TYPICAL_HILL),
        tau=_pace(graph)[:, None],
        basal=_basal(graph, wiring, np.full((1, len(graph.nodes)), sum(INPUT) / 2)).T.copy(),
        top=np.ones(nodes),
        together=np.zeros((wiring.activating, 1), dtype=np.bool_),
        gated=np.zeros((len(wiring.raised), 1), dtype=np.bool_),
    )


def check_size(graph: Graph, members: int) -> None:
    """Refuse an ensemble of nothing, or one that would take minutes.

    Raises
    ------
    InputError
        Saying how many members can be had.
    """
    if members < 1:
        raise InputError(f"an ensemble of {members} members was asked: ask for at least 1")
    rows = max(len(graph.edges), len(graph.nodes))
    if rows * members > LARGEST:
        most = LARGEST // rows
        todo = f"ask for at most {most:,} members" if most else "ask for the sign answer, or leave out edges"
        raise InputError(
            f"{members:,} members of a graph with {len(graph.nodes):,} nodes and {len(graph.edges):,} edges are too "
            f"many: {todo}"
        )


def _pace(graph: Graph) -> Floats:
    return np.array([PACE[node.pace] for node in graph.nodes])


def _basal(graph: Graph, wiring: Wiring, inputs: Floats) -> Floats:
    """(members, nodes): what is given; else the input's drive for what nothing raises, and none for the rest."""
    free: Flags = np.ones(len(graph.nodes), dtype=bool)
    free[wiring.raised] = False
    given = np.array([np.nan if node.basal is None else node.basal for node in graph.nodes])
    unsaid = np.isnan(given)
    return np.where(unsaid, np.where(free, inputs, 0.0), given)


def _by_slot(wiring: Wiring, values: Floats) -> Floats:
    return np.ascontiguousarray(values[:, wiring.edge].T)
