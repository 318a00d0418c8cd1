"""A build in a process of its own, for tests that kill it: ``run_build.py CORPUS FIGURES SECONDS PIDS``."""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path

from fake_work import FakeReading, sources
from figpath.corpus.build import Summary, build
from figpath.corpus.workers import Processes
from figpath.store import write_store


def run(corpus: Path, *, figures: int, seconds: float, pids: Path | None = None) -> Summary:
    """Build with two workers; the process ids of these are written to a file as they change."""

    def told(_: Summary) -> None:
        if pids is not None:
            pids.write_text(" ".join(str(child.pid) for child in multiprocessing.active_children()), encoding="utf-8")

    with write_store(corpus) as store:
        summary = build(sources(figures), store, Processes(FakeReading(seconds), count=2), fingerprint="f1", told=told)
        store.link_duplicates()
    return summary


if __name__ == "__main__":
    run(Path(sys.argv[1]), figures=int(sys.argv[2]), seconds=float(sys.argv[3]), pids=Path(sys.argv[4]))
