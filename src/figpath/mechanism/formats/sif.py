r"""SIF, the simple interaction format: ``source <tab> relation <tab> target``.

Kept: ids of nodes, which acts on which, and with which sign. Lost: everything else. Reading gives an edge for every
word of `SIGNS`; a line with another word is counted as lost. An inhibitor becomes an edge with a negative sign, which
multiplies: nothing in SIF says that its absence would be enough to switch the target on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from figpath.errors import InputError
from figpath.mechanism.formats.imported import Exported, Imported, Loss
from figpath.mechanism.graph import Edge, Graph, Node, Sign

if TYPE_CHECKING:
    from collections.abc import Mapping

LOSS: Final = "everything but the ids of nodes and who raises or lowers whom"
_WORDS: Final = {
    Sign.plus: (
        "activates activate activation stimulates stimulation stimulate + 1 -> --> up up-regulates upregulates "
        "increases positive controls-expression-of controls-state-change-of controls-production-of catalysis "
        "promotes induces enhances expression"
    ),
    Sign.minus: (
        "inhibits inhibit inhibition represses repression repress - -1 -| --| down down-regulates downregulates "
        "decreases negative suppresses blocks"
    ),
}
SIGNS: Final[Mapping[str, Sign]] = {word: sign for sign, words in _WORDS.items() for word in words.split()}
"""Sign of a relation, in lower case."""


def to_sif(graph: Graph) -> Exported:
    """Return a mechanism as SIF; a node without edges has a line of its own.

    A tab after its name says that blanks in it do not separate words.
    """
    lines = [f"{e.source}\t{'activates' if e.sign is Sign.plus else 'inhibits'}\t{e.target}" for e in graph.edges]
    joined = {end for edge in graph.edges for end in (edge.source, edge.target)}
    alone = [node.id for node in graph.nodes if node.id not in joined]
    lines += [f"{name}\t" if len(name.split()) > 1 else name for name in alone]
    return Exported(data=("\n".join(lines) + "\n").encode())


def from_sif(data: bytes) -> Imported:
    """Return the mechanism of a SIF file; several targets may stand on a line.

    Raises
    ------
    InputError
        When it is not UTF-8, has lines of two words, or holds nothing.
    """
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    unsigned = 0
    for number, line in enumerate(_text(data).splitlines(), 1):
        words = [word.strip() for word in (line.rstrip().split("\t") if "\t" in line else line.split())]
        if not any(words):
            continue
        if len(words) == 2 or not all(words):
            raise InputError(f"line {number} of the SIF file has {len(words)} words: give source, relation, target")
        source, *rest = words
        for name in (source, *rest[1:]):
            nodes.setdefault(name, Node(id=name))
        sign = SIGNS.get(rest[0].casefold()) if rest else None
        if rest and sign is None:
            unsigned += len(rest) - 1
        elif sign is not None:
            edges += [
                Edge(id=f"e{len(edges) + place}", source=source, target=name, sign=sign)
                for place, name in enumerate(rest[1:], 1)
            ]
    losses = (Loss(what="relations that say neither up nor down", count=unsigned),) if unsigned else ()
    return Imported(graph=Graph(nodes=tuple(nodes.values()), edges=tuple(edges)), losses=losses)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("the file is not UTF-8 text: save it as UTF-8") from error
