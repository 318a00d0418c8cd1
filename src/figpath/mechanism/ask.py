"""Asking a mechanism: block or raise some of it, watch a node, and get the sign answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from figpath.mechanism.answer import ByEvidence, Hinge, SignAnswer, Verdict
from figpath.mechanism.checks import remarks
from figpath.mechanism.graph import LEVELS
from figpath.mechanism.names import Block, arrow, block_of, find_node, names_of, not_there
from figpath.mechanism.paths import common_edges, touched
from figpath.mechanism.sign import LISTED, Side, feedback, question_of, sides

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from figpath.mechanism.graph import Edge, Graph

_LOOPS_OF = 10  # paths of each side whose loops are looked for
_LARGE: Final = 2000  # edges; of a larger graph only the answer and its paths are worked out
_TOO_LARGE: Final = f"more than {_LARGE} edges: loops, hinges and answers by evidence are not worked out"
_VERBS: Final = {Verdict.falls: "lower", Verdict.rises: "raise"}


def ask(
    graph: Graph,
    *,
    block: str | Sequence[str] = (),
    watch: str,
    raised: str | Sequence[str] = (),
    evidence: Collection[str] = (),
) -> SignAnswer:
    """Return what follows for a node when something is blocked, or raised.

    Parameters
    ----------
    graph
        The mechanism, as `load` returns it.
    block
        A node or an intervention, or several at once: by id, label, gene symbol or CURIE. A text with commas that
        is no name is several.
    watch
        The node to look at, named in the same ways.
    raised
        Nodes that are held higher than they are, named in the same ways.
    evidence
        Only edges of these levels count (`LEVELS`, and ``caption`` for what the figure draws or states); all when
        empty.

    Returns
    -------
    SignAnswer
        The verdict with its paths. It is *not in this figure* when a name means nothing here; of several blocked
        names that goes for one, since the rest is another question.

    Raises
    ------
    InputError
        When a name means several things, or nothing is blocked.
    """
    names, higher = names_of(graph, block), names_of(graph, raised)
    unknown = not_there(graph, names, watch, raised=higher)
    if (names or higher) and unknown:
        asked_for = (*(f"block of {name[:80]}" for name in names), *(f"more {name[:80]}" for name in higher))
        return _unanswered(graph, asked_for, watch, unknown)
    asked = block_of(graph, names, raised=higher)
    watched = find_node(graph, watch).id
    kept = graph.with_evidence(evidence) if evidence else graph
    answer = _answer(kept, asked, watched, graph)
    if len(graph.edges) > _LARGE:
        return answer
    return replace(answer, by_evidence=_by_evidence(graph, asked, watched))


def _unanswered(graph: Graph, asked: tuple[str, ...], watch: str, unknown: Sequence[str]) -> SignAnswer:
    """Return the answer to a question about what the graph does not have."""
    there = not not_there(graph, (), watch)
    return SignAnswer(
        verdict=Verdict.not_in_figure,
        reason=f"{'; '.join(unknown)}.",
        block=Block(asked=asked),
        watched=find_node(graph, watch).id if there else watch,
        graph=graph,
    )


def _answer(graph: Graph, block: Block, watched: str, whole: Graph) -> SignAnswer:
    there = _there(graph, block, watched)
    missing = () if watched in block.held else _missing(graph, block, whole)
    falling, rising = _sides(graph, there, watched)
    verdict, exact = _verdict(graph, there, watched, falling, rising)
    large = len(graph.edges) > _LARGE
    shown = (*falling.paths[:_LOOPS_OF], *rising.paths[:_LOOPS_OF])
    hinges = () if large else _hinges(graph, there, watched, falling, rising, verdict)
    return SignAnswer(
        verdict=verdict,
        reason=_reason(graph, block, watched, verdict, missing, (falling, rising), hinges),
        exact=exact,
        block=block,
        watched=watched,
        falling=falling,
        rising=rising,
        loops=() if large else feedback(graph, there, [node for node in touched(shown) if node not in there.held]),
        hinges=hinges,
        remarks=(*remarks(graph), *(f"left out of the question: {why}" for why in missing), *[_TOO_LARGE] * large),
        graph=graph,
    )


def _there(graph: Graph, block: Block, watched: str) -> Block:
    """Return what of a block acts on anything in the graph; the watched node may be blocked itself."""
    sources = {edge.source for edge in graph.edges} | {watched}
    return replace(
        block,
        nodes=tuple(id_ for id_ in block.nodes if id_ in sources),
        edges=tuple(id_ for id_ in block.edges if graph.has_edge(id_)),
        raised=tuple(id_ for id_ in block.raised if id_ in sources),
    )


def _missing(graph: Graph, block: Block, whole: Graph) -> tuple[str, ...]:
    """Return why parts of a block act on nothing in the graph, when the evidence was chosen from a whole."""
    sources = {edge.source for edge in graph.edges}
    gone = [whole.edge(id_) for id_ in block.edges if not graph.has_edge(id_)]
    idle = [id_ for id_ in (*block.held, *(edge.source for edge in gone)) if id_ not in sources]
    other = [f"{arrow(whole, edge)} ({edge.id}) is not there" for edge in gone if edge.source in sources]
    return (*dict.fromkeys(f"no arrow leaves {graph.node(id_).name}" for id_ in idle), *other)


def _sides(graph: Graph, there: Block, watched: str, *, most: int = LISTED) -> tuple[Side, Side]:
    if watched in there.held or not (there.held or there.edges):
        return Side(), Side()
    return sides(question_of(graph, there, watched), most=most)


def _verdict(graph: Graph, there: Block, watched: str, falling: Side, rising: Side) -> tuple[Verdict, bool]:
    """Return the verdict, and whether the search was able to tell."""
    if watched in there.held:
        return (Verdict.falls if watched in there.nodes else Verdict.rises), True
    if not (there.held or there.edges) or not any(edge.target == watched for edge in graph.edges):
        return Verdict.not_in_figure, True
    if falling.possible and rising.possible:
        return Verdict.undetermined, True
    if falling.possible is None or rising.possible is None:
        return Verdict.undetermined, False
    if falling.possible or rising.possible:
        return (Verdict.falls if falling.possible else Verdict.rises), True
    return Verdict.no_path, True


def _quick(graph: Graph, block: Block, watched: str) -> Verdict:
    there = _there(graph, block, watched)
    return _verdict(graph, there, watched, *_sides(graph, there, watched, most=1))[0]


def _hinges(
    graph: Graph, there: Block, watched: str, falling: Side, rising: Side, verdict: Verdict
) -> tuple[Hinge, ...]:
    """Return the edges that all paths of a side need, each with the answer without it."""
    needed: dict[str, Edge] = {}
    for side in (falling, rising):
        needed |= {edge.id: edge for edge in common_edges(side.paths) if edge.id not in there.edges}
    found = [Hinge(edge=edge, without=_quick(graph.without_edge(edge.id), there, watched)) for edge in needed.values()]
    return tuple(hinge for hinge in found if hinge.without != verdict)


def _by_evidence(graph: Graph, block: Block, watched: str) -> tuple[ByEvidence, ...]:
    """Return the verdict under stricter and stricter evidence, and for the caption alone; none if all is alike."""
    levels = [level for level in LEVELS if any(edge.level == level for edge in graph.edges)]
    choices: list[tuple[str, ...]] = [tuple(levels[:count]) for count in range(len(levels), 0, -1)]
    drawn = sum(edge.drawn for edge in graph.edges)
    if 0 < drawn < len(graph.edges):
        choices.append(("caption",))
    if len(choices) < 2:
        return ()
    return tuple(
        ByEvidence(levels=choice, verdict=_quick(graph.with_evidence(choice), block, watched)) for choice in choices
    )


def _reason(
    graph: Graph,
    block: Block,
    watched: str,
    verdict: Verdict,
    missing: Sequence[str],
    both: tuple[Side, Side],
    hinges: Sequence[Hinge],
) -> str:
    name = graph.node(watched).name
    start = f"Under {' and '.join(block.asked)}, {name}"
    if verdict is Verdict.not_in_figure:
        return f"What {' and '.join(block.asked)} does to {name} is {verdict}: {_absent(graph, watched, missing)}."
    if watched in block.held:
        return f"{start} {verdict}: it is what is {'blocked' if watched in block.nodes else 'raised'}."
    if verdict is Verdict.no_path:
        return f"Under {' and '.join(block.asked)}, no path leads to {name}."
    if verdict is Verdict.undetermined:
        return f"{start} is undetermined: {_divided(graph, *both, hinges)}."
    return f"{start} {verdict}: {_agreed(both[verdict is Verdict.rises], _VERBS[verdict])}."


def _absent(graph: Graph, watched: str, missing: Sequence[str]) -> str:
    if not any(edge.target == watched for edge in graph.edges):
        return f"no arrow enters {graph.node(watched).name}"
    return "; ".join(missing)


def _agreed(side: Side, verb: str) -> str:
    if len(side.paths) == 1 and side.complete:
        return f"the only path {verb}s it"
    listed = f"{'both' if len(side.paths) == 2 else f'all {len(side.paths)}'} paths {verb} it"
    return listed if side.complete else f"all paths {verb} it, of which the first {len(side.paths)} are listed"


def _divided(graph: Graph, falling: Side, rising: Side, hinges: Sequence[Hinge]) -> str:
    if falling.possible is None or rising.possible is None:
        sure = [verb for side, verb in ((falling, "lower"), (rising, "raise")) if side.possible]
        seen = f"the paths that were found {sure[0]} it, but" if sure else "no path was found, but"
        return f"{seen} the search was not exhausted"
    text = f"{_counted(falling, 'lower')}, {_counted(rising, 'raise')}"
    deciding = [hinge for hinge in hinges if hinge.without in _VERBS]
    weak = max(deciding, key=lambda hinge: LEVELS.index(hinge.edge.level), default=None)
    if weak is None:
        return text
    edge = weak.edge
    return f"{text}; without {arrow(graph, edge)} ({edge.id}, {edge.level}) it {weak.without}"


def _counted(side: Side, verb: str) -> str:
    if len(side.paths) == 1 and side.complete:
        return f"1 path {verb}s it"
    return f"{len(side.paths)}{'' if side.complete else ' or more'} paths {verb} it"
