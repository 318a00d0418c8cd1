"""Questions to mechanisms, also to those that strangers send: read and answered in a process apart, with limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from figpath.errors import FigpathError, InputError
from figpath.serve.room import Room, UnansweredError, hold_to

if TYPE_CHECKING:
    from figpath.mechanism import Graph, SignAnswer
    from figpath.serve.mechanism_drawing import Drawing

MOST_EDGES: Final = 2000
"""Arrows of a mechanism that is asked here; of more, loops and hinges are not worked out."""

_SECONDS, _WAITING, _MEMORY = 10.0, 16, 3_000_000_000
BUNDLED: Final = "the bundled example"
"""What errors call the mechanism that comes with figpath."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question to a mechanism.

    Parameters
    ----------
    data
        The mechanism in any form that is read, or the record of a figure; empty for the bundled example.
    said
        What errors call it.
    form
        An ending that says its form; empty lets its beginning decide.
    block, raised, watch, evidence
        As for `figpath.mechanism.ask`; without `watch` nothing is asked.
    """

    data: bytes = b""
    said: str = BUNDLED
    form: str = ""
    block: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()
    watch: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What can be asked of a mechanism.

    Parameters
    ----------
    name
        Of the mechanism.
    nodes
        By compartment: id and label of each node that an arrow touches.
    interventions
        Id and label of each.
    arrows
        Of every edge: the arrow in words, its level, its evidence.
    levels
        Levels of evidence that there are.
    left_out
        What of a file or figure the mechanism does not have.
    """

    name: str
    nodes: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    interventions: tuple[tuple[str, str], ...]
    arrows: tuple[tuple[str, str, str], ...]
    levels: tuple[str, ...]
    left_out: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answer: what can be asked, the drawing, and of a question the answer as ``figpath ask`` gives it."""

    known: Known
    drawing: Drawing | None
    answer: dict[str, Any] | None = None
    watched: str = ""


_Answer: TypeAlias = "Told | str"


class MechanismRoom:
    """One process that answers, and a line of those who wait for it; it starts with the first question."""

    def __init__(self) -> None:
        self._room: Room[Asked, _Answer] = Room(_make, seconds=_SECONDS, waiting=_WAITING, what="mechanisms")

    async def ask(self, asked: Asked) -> Told:
        """Answer a question, or show what can be asked.

        Raises
        ------
        InputError
            When the mechanism cannot be read, is too large, the question means nothing, or it takes too long.
        BusyError
            When too many are waiting.
        """
        try:
            found = await self._room.ask(lambda give: give(asked))
        except UnansweredError as error:
            raise InputError(f"{asked.said} {error}: ask it with figpath ask") from error
        if isinstance(found, str):
            raise InputError(found)
        return found

    def close(self) -> None:
        """Answer what is waiting, then end the process."""
        self._room.close()


def _make() -> Any:
    import figpath.mechanism  # noqa: F401 - loaded before the memory is limited, and before anybody waits

    hold_to(_MEMORY)
    return _answered


def _answered(asked: Asked) -> _Answer:
    try:
        return answered(asked)
    except FigpathError as error:
        return str(error)
    except (MemoryError, RecursionError):
        return f"{asked.said} is too much for this server: ask it with figpath ask"


def answered(asked: Asked) -> Told:
    """Answer a question in this process.

    Raises
    ------
    InputError
        As `MechanismRoom.ask` does.
    """
    from figpath.collection.mechanisms import Given, mechanism_of
    from figpath.mechanism import ask, load
    from figpath.serve.mechanism_drawing import drawing_of

    given = mechanism_of(asked.data, asked.said, form=asked.form) if asked.data else Given(graph=load())
    graph = given.graph
    if len(graph.edges) > MOST_EDGES:
        raise InputError(
            f"{asked.said} has {len(graph.edges):,} arrows: at most {MOST_EDGES:,} are asked here; run figpath ask"
        )
    known = _known(graph, given.left_out)
    if not (asked.watch or asked.block or asked.raised):
        return Told(known=known, drawing=drawing_of(graph, None))
    if not asked.watch:
        raise InputError("nothing to watch: choose the node that you want to know about")
    found = ask(graph, block=asked.block, raised=asked.raised, watch=asked.watch, evidence=asked.evidence)
    return Told(known=known, drawing=drawing_of(graph, found), answer=found.to_dict(), watched=_watched(found))


def _watched(answer: SignAnswer) -> str:
    return answer.graph.node(answer.watched).name if answer.watched in answer.graph else answer.watched


def _known(graph: Graph, left_out: str) -> Known:
    from figpath.mechanism import LEVELS
    from figpath.mechanism.names import arrow

    ends = {end for edge in graph.edges for end in (edge.source, edge.target)}
    groups: dict[str, list[tuple[str, str]]] = {name: [] for name in graph.compartments()}
    for node in graph.nodes:
        if node.id in ends:
            groups[node.compartment].append((node.id, node.name))
    return Known(
        name=graph.name,
        nodes=tuple((name, tuple(nodes)) for name, nodes in groups.items() if nodes),
        interventions=tuple((one.id, f"{one.id}: {one.label}" if one.label else one.id) for one in graph.interventions),
        arrows=tuple((arrow(graph, edge), edge.level, edge.evidence) for edge in graph.edges),
        levels=tuple(level for level in LEVELS if any(edge.level == level for edge in graph.edges)),
        left_out=left_out,
    )
