"""The time of a whole `read` against RapidOCR as it comes, figure by figure in turns, in one run."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from figpath.evaluate.bootstrap import Measure, measure, share

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from figpath.pipeline import Pipeline, Source
    from figpath.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """A figure's record, and the seconds that it took figpath and the other program, file to result."""

    record: Record
    ours: float
    theirs: float


def time_in_turns(
    sources: Sequence[Source], pipeline: Pipeline, other: Callable[[Path | bytes], object]
) -> list[Timed]:
    """Read each figure with both programs, who goes first alternating.

    Both have read one figure before, so that loading networks and lexicon counts for neither.
    """
    _seconds(lambda: pipeline.read(sources[0]))
    _seconds(lambda: other(sources[0].picture))
    timed = []
    for number, source in enumerate(sources):
        records: list[Record] = []
        mine, his = _pair(source, pipeline, other, records)
        if number % 2:
            theirs, ours = _seconds(his), _seconds(mine)
        else:
            ours, theirs = _seconds(mine), _seconds(his)
        timed.append(Timed(record=records[0], ours=ours, theirs=theirs))
    return timed


def _pair(
    source: Source, pipeline: Pipeline, other: Callable[[Path | bytes], object], records: list[Record]
) -> tuple[Callable[[], object], Callable[[], object]]:
    return lambda: records.append(pipeline.read(source)), lambda: other(source.picture)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measures(timed: Sequence[Timed]) -> tuple[Measure, ...]:
    """Measure the ratio of the summed times, and the mean seconds of each program."""
    both = [(one.ours, one.theirs) for one in timed]
    return (
        measure("time.ratio", both, share, better="lower"),
        measure("time.figpath_seconds", [(one.ours, 1.0) for one in timed], share, better=""),
        measure("time.rapidocr_seconds", [(one.theirs, 1.0) for one in timed], share, better=""),
    )
