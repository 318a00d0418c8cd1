"""A mechanism from what was read on a figure: its drawn names and the lines between them, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Literal

from figpath.errors import InputError
from figpath.mechanism.graph import Edge, Graph, Node, Sign

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnName:
    """A name on a figure.

    Parameters
    ----------
    text
        As it is drawn.
    kind
        ``gene``, ``family``, ``chemical`` or ``disease``.
    entity, symbol
        CURIE and symbol of what it stands for; those of the family when it names one. Empty when it is not known.
    """

    text: str
    kind: str = ""
    entity: str = ""
    symbol: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLine:
    """A line between two names.

    Parameters
    ----------
    source, target
        Their places among the names.
    sign
        What stands at its end.
    score
        Probability that it is right, in [0, 1].
    """

    source: int
    target: int
    sign: Literal["activates", "inhibits", "undirected"]
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A figure as a mechanism.

    Parameters
    ----------
    graph
        The mechanism: one node an entity, however often it is drawn; a family is one node, too.
    undirected, unsure
        How many lines were left out because they have no head, and because their score is too low.
    """

    graph: Graph
    undirected: int = 0
    unsure: int = 0


def from_record(
    names: Sequence[DrawnName],
    lines: Sequence[DrawnLine],
    *,
    name: str = "",
    evidence: str = "",
    minimum_score: float = 0.5,
) -> Drawing:
    """Return the mechanism of a figure.

    Parameters
    ----------
    names, lines
        What is drawn.
    name
        What the mechanism is called.
    evidence
        Citation of the figure, for every edge.
    minimum_score
        Lines less sure than this are left out.

    Raises
    ------
    InputError
        When there are no names, or a line joins what is none.
    """
    if not names:
        raise InputError(f"no names in {name or 'the figure'}: there is no mechanism to make of it")
    for line in lines:
        if not (0 <= line.source < len(names) and 0 <= line.target < len(names)):
            raise InputError(f"a line joins names {line.source} and {line.target}, the figure has {len(names)}")
    ids = _ids(names)
    nodes = {id_: _node(id_, drawn) for id_, drawn in zip(ids[::-1], names[::-1], strict=True)}
    sure = [line for line in lines if line.score >= minimum_score]
    headed = [line for line in sure if line.sign != "undirected"]
    edges = tuple(_edge(number, line, ids, evidence) for number, line in enumerate(headed, 1))
    graph = Graph(nodes=tuple(nodes[id_] for id_ in dict.fromkeys(ids)), edges=edges, name=name)
    return Drawing(graph=graph, undirected=len(sure) - len(headed), unsure=len(lines) - len(sure))


def _ids(names: Sequence[DrawnName]) -> list[str]:
    """Return the node of each name: the same for the same entity, and for the same text when it has none."""
    known: dict[str, str] = {}
    taken: set[str] = set()
    for drawn in names:
        key = _key(drawn)
        if key not in known:
            base = " ".join((drawn.symbol or drawn.text).replace("\0", " ").split()) or "name"
            free = (base if number == 1 else f"{base} ({number})" for number in count(1))
            known[key] = next(id_ for id_ in free if id_ not in taken)
            taken.add(known[key])
    return [known[_key(drawn)] for drawn in names]


def _key(drawn: DrawnName) -> str:
    return drawn.entity or f"text {drawn.text.casefold()}"


def _node(id_: str, drawn: DrawnName) -> Node:
    return Node(id=id_, label=drawn.text, entity=drawn.entity, symbol=drawn.symbol, kind=drawn.kind)


def _edge(number: int, line: DrawnLine, ids: Sequence[str], evidence: str) -> Edge:
    sign = Sign.plus if line.sign == "activates" else Sign.minus
    return Edge(
        id=f"e{number}", source=ids[line.source], target=ids[line.target], sign=sign, kind=line.sign, evidence=evidence
    )
