"""Worker processes: every task ends once, whatever happens to the process that has it."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from fake_work import FakeReading, NoReading, source, sources
from figpath.corpus.task import task_of
from figpath.corpus.workers import Lost, Processes
from figpath.errors import EngineError, LexiconError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from figpath.source.found import Source


def ended(found: Sequence[Source], *, count: int = 2, limit: float = 60.0) -> dict[str, list[str]]:
    """How each figure ended: status or reason, once for every time that it ended."""
    processes = Processes(FakeReading(), count=count, limit=limit)
    results: dict[str, list[str]] = {}
    for task, result in processes.run(task_of(one, fingerprint="f") for one in found):
        results.setdefault(task.figid, []).append(result.reason if isinstance(result, Lost) else result.status)
    return results


@pytest.mark.parametrize("count", [1, 3])
def test_every_task_ends_once(count: int) -> None:
    assert ended(sources(25), count=count) == {f"figure{n:04d}": ["ok"] for n in range(25)}


def test_processes_are_renewed() -> None:
    """So that memory stays flat whatever an engine keeps."""
    processes = Processes(WhichProcess(), count=1, renewed=4)
    pids = [result for _, result in processes.run(range(10))]
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [4, 4, 2]


class WhichProcess:
    """Makes work that gives the id of its process."""

    def __call__(self) -> Callable[[int], int]:
        return lambda _: os.getpid()


def test_no_tasks_start_no_process() -> None:
    assert ended([]) == {}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_one_bad_figure_spoils_no_other(tmp_path: Path) -> None:
    """One that kills its process each time, one that does so once, one that hangs and one that fails."""
    bad = [
        source("dies", "die"),
        source("dies once", f"die once {tmp_path / 'once'}"),
        source("hangs", "hang"),
        source("fails", "fail"),
    ]
    found = ended([*sources(4), *bad, *sources(4, prefix="after")], limit=2.0)
    assert found.pop("dies") == ["the process that read it died 3 times: out of memory, or a fault of the engine"]
    assert found.pop("dies once") == ["ok"]
    assert found.pop("hangs") == ["took longer than 2 seconds: give it more with --limit"]
    assert found.pop("fails") == ["failed"]
    assert len(found) == 8
    assert set(map(tuple, found.values())) == {("ok",)}


def test_a_large_picture_reaches_the_process_and_comes_back() -> None:
    """Larger than what a pipe holds."""
    assert ended([source(f"large{n}", "x" * 3_000_000) for n in range(4)]) == {f"large{n}": ["ok"] for n in range(4)}


def test_work_that_cannot_begin_ends_the_run_with_its_reason() -> None:
    """One error, not one for each figure."""
    tasks = [task_of(one, fingerprint="f") for one in sources(5)]
    with pytest.raises(LexiconError, match="no lexicon"):
        list(Processes(NoReading(LexiconError("no lexicon")), count=2).run(tasks))
    with pytest.raises(EngineError, match="3 processes died before they could read"):
        list(Processes(NoReading(), count=2).run(tasks))


def test_processes_end_when_the_results_are_left_alone() -> None:
    """Nothing runs on after the loop over the results was left."""
    run = Processes(FakeReading(0.01), count=2).run(task_of(one, fingerprint="f") for one in sources(50))
    next(run)
    children = set(_children())
    run.close()
    time.sleep(0.1)
    assert not children & set(_children())


def _children() -> list[int]:
    import multiprocessing

    return [child.pid or os.getpid() for child in multiprocessing.active_children()]
