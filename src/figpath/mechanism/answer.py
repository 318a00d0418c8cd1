"""The sign answer as a value: verdict, reason, paths, loops, hinges; its table, its JSON and its picture."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from figpath.mechanism.card import CARD, CONSEQUENCE
from figpath.mechanism.names import Block, arrow
from figpath.mechanism.sign import Side

if TYPE_CHECKING:
    import pandas as pd

    from figpath.mechanism.graph import Edge, Graph
    from figpath.mechanism.paths import Path

COLUMNS = ("side", "effect", "steps", "weakest", "level", "evidence", "path")


class Verdict(enum.StrEnum):
    """What a block does to what is watched."""

    falls = "falls"
    rises = "rises"
    undetermined = "undetermined"
    no_path = "no path"
    not_in_figure = "not in this figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hinge:
    """An edge on which an answer hangs.

    Parameters
    ----------
    edge
        The edge.
    without
        What the answer is when it is left out.
    """

    edge: Edge
    without: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class ByEvidence:
    """The answer when only edges of some levels count.

    Parameters
    ----------
    levels
        As for `Graph.with_evidence`.
    verdict
        The answer.
    """

    levels: tuple[str, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class SignAnswer:
    """What follows from the arrows: no numbers, no parameters.

    Parameters
    ----------
    verdict
        Falls, rises, undetermined, no path, or not in this figure.
    reason
        Why, in a sentence.
    exact
        False when the search ended before it had tried everything, which the reason says.
    block
        What was blocked.
    watched
        Id of the node that was watched; as it was asked when it is not in the figure.
    falling, rising
        The paths by which it falls and by which it rises.
    loops
        Feedback loops through the nodes of these paths that the block leaves closed.
    hinges
        The edges on which the answer hangs.
    by_evidence
        The answer under stricter choices of evidence.
    remarks
        What is odd about the graph or was left out of the question.
    graph
        The graph that was asked, after the choice of evidence.
    """

    verdict: Verdict
    reason: str
    exact: bool = True
    block: Block
    watched: str
    falling: Side = field(default_factory=Side)
    rising: Side = field(default_factory=Side)
    loops: tuple[Path, ...] = ()
    hinges: tuple[Hinge, ...] = ()
    by_evidence: tuple[ByEvidence, ...] = ()
    remarks: tuple[str, ...] = ()
    graph: Graph = field(repr=False)

    @property
    def supporting(self) -> tuple[Path, ...]:
        """The paths that agree with the verdict; of an undetermined answer those by which the watched node falls."""
        return self.rising.paths if self.verdict is Verdict.rises else self.falling.paths

    @property
    def opposing(self) -> tuple[Path, ...]:
        """The paths that go against `supporting`."""
        return self.falling.paths if self.verdict is Verdict.rises else self.rising.paths

    @property
    def consequence(self) -> str:
        """The sentence that this is no measurement."""
        return CONSEQUENCE

    @property
    def card(self) -> str:
        """The model card: assumptions and known failures."""
        return CARD

    def __str__(self) -> str:
        return f"{self.reason} {self.consequence}"

    def rows(self) -> list[tuple[str, str, str, str, str, str, str]]:
        """Return one row a path under `COLUMNS`."""
        first, second = ("raises", "lowers") if self.verdict is Verdict.rises else ("lowers", "raises")
        listed = [("supports", first, path) for path in self.supporting]
        listed += [("opposes", second, path) for path in self.opposing]
        return [(side, effect, *_cells(path, self.graph)) for side, effect, path in listed]

    def to_frame(self) -> pd.DataFrame:
        """Return one row a path as a pandas data frame."""
        import pandas as pd

        return pd.DataFrame(self.rows(), columns=list(COLUMNS)).astype({"steps": int})

    def draw(self, *, form: str = "svg") -> bytes:
        """Return the graph by compartments with the paths lit, as ``svg``, ``png`` or ``pdf``."""
        from figpath.mechanism.plot import draw

        return draw(self, form=form)

    def to_dict(self) -> dict[str, Any]:
        """Return the answer in plain values, as it is written to JSON."""
        return {
            "verdict": self.verdict.value,
            "reason": self.reason,
            "consequence": self.consequence,
            "exact": self.exact,
            "block": {"asked": self.block.asked, "nodes": self.block.nodes, "edges": self.block.edges}
            | {"raised": self.block.raised},
            "watch": self.watched,
            "supporting": [_path(path, self.graph) for path in self.supporting],
            "opposing": [_path(path, self.graph) for path in self.opposing],
            "all_paths_listed": self.falling.complete and self.rising.complete,
            "loops": [{"sign": "+" if loop.sign > 0 else "-", **_path(loop, self.graph)} for loop in self.loops],
            "hinges": [
                {"edge": hinge.edge.id, "arrow": arrow(self.graph, hinge.edge), "level": hinge.edge.level}
                | {"without": hinge.without.value}
                for hinge in self.hinges
            ],
            "by_evidence": [{"levels": one.levels, "verdict": one.verdict.value} for one in self.by_evidence],
            "remarks": self.remarks,
            "card": self.card,
        }


def _cells(path: Path, graph: Graph) -> tuple[str, str, str, str, str]:
    weakest = path.weakest
    return str(len(path.edges)), weakest.id, weakest.level, weakest.evidence, path.text(graph)


def _path(path: Path, graph: Graph) -> dict[str, Any]:
    weakest = path.weakest
    return {
        "text": path.text(graph),
        "nodes": path.nodes,
        "edges": [[edge.id for edge in step] for step in path.steps],
        "weakest": {"edge": weakest.id, "level": weakest.level, "evidence": weakest.evidence},
    }
