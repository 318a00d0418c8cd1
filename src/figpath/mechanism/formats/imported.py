"""What comes out of a foreign file: the graph, and how much of the file it leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from figpath.mechanism.graph import Graph


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Something that a form cannot say, or that was left out: what, and how many of it."""

    what: str
    count: int

    def __str__(self) -> str:
        return f"{self.what}: {self.count}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A graph read from a foreign file.

    Parameters
    ----------
    graph
        The mechanism.
    losses
        What was left out, with counts; nothing with a count of 0.
    """

    graph: Graph
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A mechanism in a foreign form, as the bytes of the file, with what a reader has to be warned of."""

    data: bytes
    warnings: tuple[str, ...] = ()
