"""What an ensemble answers: shares and bands, never a bare number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from figpath.mechanism.card import CARD, CONSEQUENCE

if TYPE_CHECKING:
    import pandas as pd

    from figpath.mechanism.graph import Graph
    from figpath.mechanism.hinges import Hinge
    from figpath.mechanism.rewired import Null
    from figpath.mechanism.sampling import Gates

POINTS: Final = (5, 25, 50, 75, 95)
"""Per cent of members below each line of a course."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """What was seen in an experiment: with `block` blocked, `watch` falls or rises."""

    block: tuple[str, ...]
    watch: str
    direction: Literal["falls", "rises"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happens to one watched node.

    Parameters
    ----------
    node
        Its id.
    answering
        Members in which the node is alive, at 0.02 or above, with or without the block; the shares are of these.
    falling, rising, unchanged
        Shares; unchanged is a relative change within the threshold.
    low, middle, high
        5 %, 50 % and 95 % points of the relative change in these, (blocked - control) / control; a control below
        0.02 counts as 0.02.
    hinges
        Edges between block and node whose removal shifts the answer, the strongest first.
    null
        The rewired networks, or None when not asked for.
    course
        Over `EnsembleAnswer.times`, the relative change that 5, 25, 50, 75 and 95 % of the members stay below.
    """

    node: str
    answering: int
    falling: float
    rising: float
    unchanged: float
    low: float
    middle: float
    high: float
    hinges: tuple[Hinge, ...]
    null: Null | None
    course: tuple[tuple[float, ...], ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnsembleAnswer:
    """The answer of an ensemble; `rows` is its table, `figpath.mechanism.ensemble_plot.plot` its picture.

    Parameters
    ----------
    graph
        The mechanism that was asked.
    block
        What was blocked, as asked.
    changes
        One for each watched node, in the order asked.
    members, kept
        Members drawn, and those that reproduce the contrasts: all of them when there are none.
    restless
        Members that did not settle with or without the block; they count with their averages over time.
    times
        Relative times of the courses; the block begins at 0.
    threshold, seed, gates
        As asked.
    warnings
        Sentences on what weakens the answer.
    consequence, card
        What kind of statement this is, and what is known to be wrong with it.
    """

    graph: Graph = field(repr=False)
    block: tuple[str, ...]
    changes: tuple[Change, ...]
    members: int
    kept: int
    restless: int
    times: tuple[float, ...] = field(repr=False)
    threshold: float
    seed: int
    gates: Gates
    warnings: tuple[str, ...]
    consequence: str = CONSEQUENCE
    card: str = field(default=CARD, repr=False)

    def rows(self) -> list[dict[str, str | int | float]]:
        """Return one row for each watched node."""
        shown = ("node", "falling", "rising", "unchanged", "low", "middle", "high", "answering")
        whole = {"kept": self.kept, "members": self.members, "restless": self.restless}
        return [
            {
                **{name: getattr(change, name) for name in shown},
                "as_strong_rewired": change.null.as_strong if change.null else "",
                "hinge": change.hinges[0].edge if change.hinges else "",
                **whole,
            }
            for change in self.changes
        ]

    def to_frame(self) -> pd.DataFrame:
        """Return one row a watched node as a pandas data frame."""
        import pandas as pd

        return pd.DataFrame(self.rows())

    def draw(self, *, form: str = "svg") -> bytes:
        """Return the bands over time, the shares and the hinges as ``svg``, ``png`` or ``pdf``."""
        from figpath.mechanism.ensemble_plot import draw

        return draw(self, form=form)
