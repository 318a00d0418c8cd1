"""Paths and feedback loops as values: the edges of each step, the sign, the weakest edge."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from figpath.mechanism.graph import LEVELS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from figpath.mechanism.graph import Edge, Graph
    from figpath.mechanism.net import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A way from node to node along arrows; a feedback loop when it ends where it begins.

    Parameters
    ----------
    steps
        For each step all edges of its sign between its two nodes, best supported first.
    """

    steps: tuple[tuple[Edge, ...], ...]

    @property
    def edges(self) -> tuple[Edge, ...]:
        """The best supported edge of each step."""
        return tuple(step[0] for step in self.steps)

    @property
    def nodes(self) -> tuple[str, ...]:
        """Ids of the nodes that are passed, first and last included."""
        return (*(edge.source for edge in self.edges), *(edge.target for edge in self.edges[-1:]))

    @property
    def sign(self) -> int:
        """Product of the signs: 1 when the end follows the beginning, -1 when it goes against it."""
        return math.prod(int(edge.sign) for edge in self.edges)

    @property
    def weakest(self) -> Edge:
        """The edge with the weakest support; the first of several."""
        return max(self.edges, key=lambda edge: LEVELS.index(edge.level))

    def text(self, graph: Graph) -> str:
        """The path in labels, with an arrow for each activation and a bar for each inhibition."""
        words = [graph.node(self.edges[0].source).name]
        for edge in self.edges:
            words += ["→" if edge.sign > 0 else "⊣", graph.node(edge.target).name]
        return " ".join(words)


def path_of(trail: Iterable[Step]) -> Path:
    """Return the path of some steps."""
    return Path(steps=tuple(step.edges for step in trail))


def common_edges(paths: Sequence[Path]) -> tuple[Edge, ...]:
    """Return the edges that every path needs, in the order of the first; a step with two edges needs neither."""
    if not paths:
        return ()
    needed = [{step[0].id for step in path.steps if len(step) == 1} for path in paths]
    shared = set.intersection(*needed)
    return tuple(edge for edge in paths[0].edges if edge.id in shared)


def distinct_loops(loops: Iterable[Path]) -> tuple[Path, ...]:
    """Return loops without those that are another one begun elsewhere, shortest first."""
    seen: dict[frozenset[str], Path] = {}
    for loop in loops:
        seen.setdefault(frozenset(edge.id for edge in loop.edges), loop)
    return tuple(sorted(seen.values(), key=lambda loop: (len(loop.edges), loop.nodes)))


def touched(paths: Iterable[Path]) -> Collection[str]:
    """Return the ids of the nodes that paths pass, in order."""
    return dict.fromkeys(node for path in paths for node in path.nodes)
