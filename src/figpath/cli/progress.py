"""How far a long command is: a bar on a terminal, one line a minute elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

import typer

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress, TaskID

_EVERY = 60.0  # seconds between lines


class Counter:
    """Shows on standard error how many figures are finished, how fast it goes, and what remains.

    Parameters
    ----------
    total
        Of figures; None when it is not known.
    what
        What is done to them.
    """

    def __init__(self, total: int | None, *, what: str) -> None:
        self._total = total
        self._what = what
        self._start = self._told = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task(self._what, total=self._total)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def show(self, done: int, *, worked: int, failed: int) -> None:
        """Say that `done` figures are dealt with, `worked` of them in this run, `failed` of these in vain."""
        now = time.monotonic()
        rate = worked / max(now - self._start, 1e-9)
        if self._bar is not None and self._task is not None:
            text = f"{self._what}, {failed} failed, {rate:.2f}/s" if failed else f"{self._what}, {rate:.2f}/s"
            self._bar.update(self._task, completed=done, description=text)
        elif now - self._told >= _EVERY:
            self._told = now
            typer.echo(f"figpath: {self._line(done, failed, rate)}", err=True)

    def _line(self, done: int, failed: int, rate: float) -> str:
        of = "" if self._total is None else f" of {self._total}"
        parts = [f"{self._what} {done}{of} figures", f"{failed} failed", f"{rate:.2f} a second"]
        if self._total is not None and rate:
            parts.append(f"{(self._total - done) / rate / 60:.0f} minutes to go")
        return ", ".join(parts)
