"""Killed at random moments, a build loses no finished figure and doubles none."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus_contents import contents
from figpath.errors import StoreError
from figpath.store import open_store
from run_build import run

if TYPE_CHECKING:
    from collections.abc import Sequence

TESTS = Path(__file__).parents[1]
FIGURES, SECONDS = 60, 0.004
KILLS = 20


def started(corpus: Path, pids: Path) -> subprocess.Popen[bytes]:
    """A build in a process group of its own."""
    arguments = [TESTS / "run_build.py", corpus, FIGURES, SECONDS, pids]
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path])},
        start_new_session=True,
        stderr=subprocess.DEVNULL,
    )


def stored(corpus: Path) -> dict[str, str]:
    """Figures that are in the corpus, each with its record."""
    try:
        with open_store(corpus) as store:
            return {figid: text for figid, text, _ in store.documents(failed=True)}
    except StoreError:
        return {}


def kill(whom: str, process: subprocess.Popen[bytes], workers: Sequence[int]) -> None:
    """Kill a worker, the process that writes, or all of them at once."""
    if whom == "group":
        os.killpg(process.pid, signal.SIGKILL)
    elif whom == "writer":
        process.kill()
    else:
        for pid in workers[:1]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:  # it has ended in the meantime
                return


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 and process groups are of Unix")
def test_killed_at_twenty_random_moments(tmp_path: Path) -> None:
    """Workers, the writer and the whole group are killed in turns, at moments drawn at random; each run goes on from
    the last. What was stored stays as it was, and in the end the corpus is that of an undisturbed run."""
    calm, rough, pids = tmp_path / "calm.db", tmp_path / "rough.db", tmp_path / "pids"
    assert run(calm, figures=FIGURES, seconds=0).ok == FIGURES
    drawn = random.Random(20261124)  # noqa: S311 - no secret
    seen: dict[str, str] = {}
    cut_short = 0
    for number in range(KILLS):
        if len(seen) == FIGURES:
            rough.unlink()
            seen = {}
        pids.unlink(missing_ok=True)
        process = started(rough, pids)
        whom = ("worker", "writer", "group")[number % 3]
        wait_for(pids, process, drawn.random())
        kill(whom, process, worker_ids(pids))
        if whom == "worker":
            assert process.wait(60) == 0, "the run goes on without that worker"
        process.wait(60)
        now = stored(rough)
        assert now.items() >= seen.items(), f"kill {number} of the {whom} has lost figures"
        seen = now
        cut_short += 0 < len(now) < FIGURES
    assert cut_short >= KILLS // 3, "the kills came too late to tell anything"
    summary = run(rough, figures=FIGURES, seconds=0)
    assert (summary.there, summary.failed) == (len(seen), 0)
    assert contents(rough) == contents(calm)


def wait_for(pids: Path, process: subprocess.Popen[bytes], share: float) -> None:
    """Wait until the workers are at work, and then for a part of the time that the figures take."""
    while not pids.exists() and process.poll() is None:
        time.sleep(0.002)
    time.sleep(share * 0.8 * FIGURES * SECONDS / 2)


def worker_ids(pids: Path) -> list[int]:
    return [int(pid) for pid in pids.read_text(encoding="utf-8").split()] if pids.exists() else []


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of Unix")
def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    """Nothing goes on reading when the process that writes was killed."""
    pids = tmp_path / "pids"
    process = started(tmp_path / "corpus.db", pids)
    wait_for(pids, process, 0)
    while not (workers := worker_ids(pids)):
        time.sleep(0.002)
    process.kill()
    process.wait(60)
    patience = time.monotonic() + 10
    while any(alive(pid) for pid in workers):
        assert time.monotonic() < patience, "the workers run on"
        time.sleep(0.01)


def alive(pid: int) -> bool:
    """Tell whether a process runs; one that has ended and that nobody has asked about does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
