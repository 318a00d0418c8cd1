"""Mechanisms made for tests: random ones, and small ones written as ``A -> B`` and ``A -| B``."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from figpath.mechanism.graph import PACES, Edge, Graph, Node, Sign

if TYPE_CHECKING:
    from collections.abc import Mapping


def drawn(*arrows: str, basal: Mapping[str, float] | None = None, gates: Mapping[int, str] | None = None) -> Graph:
    """A graph of arrows; `basal` by node, `gates` by place of the arrow."""
    edges = []
    for place, text in enumerate(arrows):
        source, sign, target = text.split()
        edges.append(
            Edge(
                id=f"e{place}", source=source, target=target, sign=Sign.plus if sign == "->" else Sign.minus,
                gate=(gates or {}).get(place, ""),
            )
        )  # fmt: skip
    names = dict.fromkeys(end for edge in edges for end in (edge.source, edge.target))
    return Graph(nodes=tuple(Node(id=name, basal=(basal or {}).get(name)) for name in names), edges=tuple(edges))


def random_graph(seed: int, *, nodes: int = 0, edges: int = 0) -> Graph:
    """A graph of any shape: loops, gates with inhibitors in them, nodes that nothing enters."""
    random = np.random.default_rng(seed)
    count = nodes or int(random.integers(2, 9))
    names = [f"N{place}" for place in range(count)]
    made: list[Edge] = []
    taken: dict[tuple[str, str, str], Sign] = {}
    for place in range(edges or int(random.integers(1, 2 * count + 1))):
        source, target = (names[number] for number in random.integers(0, count, 2))
        sign = Sign.plus if random.random() < 0.65 else Sign.minus
        gate = str(random.choice(["", "", "", "a", "b"]))
        if gate and taken.setdefault((source, target, gate), sign) != sign:
            gate = ""
        made.append(Edge(id=f"e{place}", source=source, target=target, sign=sign, gate=gate))
    basal = [None if random.random() < 0.6 else float(np.round(random.random(), 3)) for _ in names]
    places = ["", "cell", "blood"]
    return Graph(
        nodes=tuple(
            Node(id=name, label=name.lower(), compartment=str(random.choice(places)), basal=level,
                 pace=cast("str", random.choice(PACES)))  # type: ignore[arg-type]  # one of the paces, from a NumPy array
            for name, level in zip(names, basal, strict=True)
        ),
        edges=tuple(made),
        name=f"random {seed}",
    )  # fmt: skip
