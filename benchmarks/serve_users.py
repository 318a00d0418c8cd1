"""Readers of a served corpus, for locust: ``serve.py`` starts it with the addresses that they ask for in a file.

Each reader asks for one address after the other, after pauses that are exponentially distributed and counted from when
the last question was due and not from its answer: together they ask at random moments, at a rate that does not fall
when the server is slow (as far as there is a reader who is not waiting, and there are two for each question a second).
"""

from __future__ import annotations

import os
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

import gevent  # type: ignore[import-untyped]  # comes with locust
import msgspec
from locust import FastHttpUser, task  # type: ignore[import-not-found]  # no dependency of ours

if TYPE_CHECKING:
    from collections.abc import Iterator

PAUSE = 2.0
"""Seconds between the questions of a reader, in the mean."""


def _questions() -> Iterator[tuple[str, str]]:
    path = os.environ.get("FIGPATH_ASKED", "")
    yield from msgspec.json.decode(Path(path).read_bytes(), type=list[tuple[str, str]]) if path else ()


SETTLING = 8.0
"""Seconds in which nobody asks, for locust is busy making readers."""

_ASKED = _questions()
_BEGIN = time.perf_counter() + SETTLING
_DRAWN = random.Random(4)  # noqa: S311 - no secret


class Reader(FastHttpUser):  # type: ignore[misc]  # it has no types here
    """Somebody with a browser, who keeps the connection."""

    def on_start(self) -> None:
        """Be due at a moment of one's own."""
        self._due = _BEGIN + _DRAWN.expovariate(1 / PAUSE)
        gevent.sleep(self.wait_time())

    def wait_time(self) -> float:
        """Seconds until the next question is due."""
        waiting = max(0.0, self._due - time.perf_counter())
        self._due += _DRAWN.expovariate(1 / PAUSE)
        return waiting

    @task  # type: ignore[untyped-decorator]
    def ask(self) -> None:
        """Ask for the next address; statistics go by the kind of page."""
        kind, address = next(_ASKED, ("", ""))
        if kind:
            self.client.get(address, name=kind, headers={"Accept-Encoding": "gzip"})
