"""The same question to rewired networks: would any network with as many arrows answer alike.

Pairs of edges of one sign exchange their sources, so that every node keeps the number of activators and inhibitors
that enter it and leave it, and every gate its size (Maslov and Sneppen 2002, Science 296:910).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from figpath.mechanism.blocks import Blocks
from figpath.mechanism.question import shares

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from figpath.mechanism.graph import Graph
    from figpath.mechanism.logic import Integers, Members
    from figpath.mechanism.question import Question, Shares

_EXCHANGES = 10  # tried for each edge
_LEAST_LEAN = 0.05  # a smaller difference is no answer to compare with


@dataclass(frozen=True, slots=True, kw_only=True)
class Null:
    """How often networks with the same degrees and signs, but other arrows, answer as the drawn one does.

    Parameters
    ----------
    networks
        How many were asked.
    as_strong
        Share of them in which the watched node answers in the same direction and in as large a share of members,
        (found + 1) / (networks + 1); 1 when the drawn network itself gives no direction.
    """

    networks: int
    as_strong: float


def null(
    question: Question,
    members: Members,
    watched: Sequence[int],
    *,
    networks: int,
    seed: int,
    told: Callable[[int, int], None],
) -> list[Null]:
    """Ask rewired networks; each is asked in the same members, and so is the drawn one.

    Parameters
    ----------
    question
        What is blocked. A blocked edge is the one that leaves its source, wherever it goes now.
    members
        Parameters, which stay with the targets.
    watched
        Places of the watched nodes.
    networks, seed
        How many networks to make, and the seed they are made with.
    told
        Called with how many networks are done, and of how many.

    Returns
    -------
    list of Null
        One for each watched node.
    """
    drawn = _leans(question, members, watched)
    strong = np.zeros(len(watched), dtype=np.intp)
    random = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(1,)))
    for count in range(1, networks + 1):
        lean = _leans(_exchanged(question, exchange(question.graph, random)), members, watched)
        strong += lean * np.sign(drawn) >= np.abs(drawn)
        told(count, networks)
    strong[np.abs(drawn) < _LEAST_LEAN] = networks
    return [Null(networks=networks, as_strong=(int(found) + 1) / (networks + 1)) for found in strong]


def exchange(graph: Graph, random: np.random.Generator) -> Integers:
    """Return for each edge the place of the edge whose source it has now.

    No edge becomes a loop of one node, or doubles another.
    """
    at = {node.id: place for place, node in enumerate(graph.nodes)}
    source = [at[edge.source] for edge in graph.edges]
    target = [at[edge.target] for edge in graph.edges]
    order = np.arange(len(source))
    pairs = {(source[place], target[place]) for place in range(len(source))}
    count = len(source)
    tries = random.integers(0, max(count, 1), (_EXCHANGES * count, 2)).tolist()
    for one, other in tries:
        if graph.edges[one].sign != graph.edges[other].sign:
            continue
        left, right = source[order[one]], source[order[other]]
        new = ((right, target[one]), (left, target[other]))
        if left == right or right == target[one] or left == target[other] or pairs & set(new):
            continue
        pairs -= {(left, target[one]), (right, target[other])}
        pairs |= set(new)
        order[one], order[other] = order[other], order[one]
    return order


def _exchanged(question: Question, order: Integers) -> Question:
    wiring = question.wiring
    source = np.empty(len(order), dtype=np.intp)
    source[wiring.edge] = wiring.source
    edges = tuple(np.flatnonzero(np.isin(order, question.blocks.edges)).tolist())
    return replace(
        question,
        wiring=replace(wiring, source=source[order][wiring.edge]),
        blocks=Blocks(nodes=question.blocks.nodes, edges=edges),
    )


def _leans(
    question: Question, members: Members, watched: Sequence[int]
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    before, after = question.roughly(members, members.basal)
    return np.array(
        [_lean(shares(before.levels[node], after.levels[node], question.threshold), len(members)) for node in watched]
    )


def _lean(found: Shares, members: int) -> float:
    return found.lean * found.answering / members
