"""Processor time and memory of a process with all that it has started, from /proc: Linux only."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def family(pid: int) -> Iterator[int]:
    """Yield a process and those that descend from it."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text(encoding="utf-8").split():
            yield from family(int(child))


def processor_seconds(pid: int) -> float:
    """Seconds that a process and its descendants have used, those that have ended included."""
    return sum(map(_seconds, family(pid)))


def memory(pid: int) -> float:
    """Megabytes of a process and its descendants; a page that several share is counted once (PSS)."""
    return sum(map(_megabytes, family(pid)))


def _seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _megabytes(pid: int) -> float:
    told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    return int(told.partition("\nPss:")[2].split()[0]) / 1024
