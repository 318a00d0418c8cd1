"""The ensemble's part of ``figpath ask --ensemble``: asking with progress, and printing what came out."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from figpath.cli.output import print_table, put
from figpath.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from figpath.mechanism import Contrast, SignAnswer
    from figpath.mechanism.ensemble_answer import Change, EnsembleAnswer
    from figpath.mechanism.sampling import Gates

_HINGES = 5
_GATES = {
    "sampled": "several activators without a gate: each model draws which are needed together (--gates sampled)",
    "or": "several activators without a gate: each suffices alone in every model (--gates or)",
}
_NOT_TOLD = ("graph", "card", "consequence")


def ask_ensemble(
    answer: SignAnswer, *, members: int, seed: int, seen: Sequence[str], gates: Gates
) -> EnsembleAnswer | None:
    """Put the question of a sign answer to an ensemble; None when nothing leads from the block to the watched node.

    Raises
    ------
    InputError
        When what was seen cannot be read, or no member reproduces it.
    """
    from figpath.mechanism import ensemble

    graph = answer.graph
    if not (answer.supporting or answer.opposing):
        return None
    blocked = [*answer.block.nodes, *(edge for edge in answer.block.edges if graph.has_edge(edge))]
    with _progress() as told:
        return ensemble(
            graph,
            block=blocked,
            watch=[answer.watched],
            members=members,
            seed=seed,
            gates=gates,
            contrasts=[_contrast(text) for text in seen],
            progress=told,
        )


def _contrast(text: str) -> Contrast:
    from figpath.mechanism import Contrast

    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 3 or parts[2] not in ("falls", "rises"):
        raise InputError(
            f"cannot read --seen {text[:80]!r}: give a block, a node and falls or rises, with commas between"
        )
    block = tuple(part.strip() for part in parts[0].split("+"))
    return Contrast(block=block, watch=parts[1], direction="falls" if parts[2] == "falls" else "rises")


def print_ensemble(found: EnsembleAnswer | None) -> None:
    """Print an ensemble's answer for people."""
    if found is None:
        put("\nNo ensemble was asked: nothing leads from the block to what is watched.\n")
        return
    from figpath.mechanism.logic import wire

    of = f" of {found.members:,}, those that reproduce what was seen" if found.kept < found.members else ""
    put(f"\nIn {found.kept:,} models of these arrows with other parameters each (seed {found.seed}{of}):\n\n")
    columns = ("watched", "falls in", "rises in", "stays in", "relative change (5, 50, 95 %)", "as strong when rewired")
    print_table("", columns, [_row(found, change) for change in found.changes])
    for change in found.changes:
        for hinge in change.hinges[:_HINGES]:
            edge = found.graph.edge(hinge.edge)
            put(
                f"  without {found.graph.node(edge.source).name} {'→' if edge.sign > 0 else '⊣'} "
                f"{found.graph.node(edge.target).name} ({edge.id}, {edge.level}) it falls in {hinge.falling:.0%} and "
                f"rises in {hinge.rising:.0%}\n"
            )
    for change in found.changes:
        if change.answering < found.kept:
            put(
                f"  {found.graph.node(change.node).name}: shares of the {change.answering:,} models where it is alive\n"
            )
    if wire(found.graph).open.any():
        put(f"  {_GATES[found.gates]}\n")
    put("".join(f"  beware: {warning}\n" for warning in found.warnings))


def ensemble_values(found: EnsembleAnswer | None) -> Any:
    """Return an ensemble's answer in plain values, as it is written to JSON."""
    return None if found is None else _plain(found)


def _row(found: EnsembleAnswer, change: Change) -> tuple[str, ...]:
    strong = "" if change.null is None else f"{change.null.as_strong:.0%} of {change.null.networks} networks"
    return (
        found.graph.node(change.node).name,
        f"{change.falling:.0%}",
        f"{change.rising:.0%}",
        f"{change.unchanged:.0%}",
        f"{change.low:+.2f}, {change.middle:+.2f}, {change.high:+.2f}",
        strong,
    )


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value) if one.name not in _NOT_TOLD}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _what, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        tasks = {what: bar.add_task(what, total=None) for what in ("members", "hinges", "networks")}

        def told(what: str, done: int, total: int) -> None:
            if what in tasks:
                bar.update(tasks[what], completed=done, total=total)

        yield told
