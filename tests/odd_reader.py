"""Something that reads in a process of its own, in every way that can go wrong."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from figpath.figure import Figure
from figpath.record import Record, to_json
from figpath.serve.reading_room import ReadFigure

if TYPE_CHECKING:
    from collections.abc import Callable

    from figpath.serve.reading_room import Answer, Task

PNG = b"\x89PNG\r\n\x1a\n"


def odd_reader() -> Callable[[Task], Answer]:
    """Does what the title says: sleeps, dies, fails, or tells where its file is."""

    def read(task: Task) -> Answer:
        if task.title == "sleep":
            time.sleep(60)
        if task.title == "die":
            os._exit(9)
        if task.title == "wait":
            time.sleep(0.5)
        if task.title == "fail":
            return f"cannot read {task.path}: no good"
        told = Record(figid="x", figure=Figure(figid="x", title=task.path))
        return (ReadFigure(record=to_json(told), picture=PNG),)

    return read
