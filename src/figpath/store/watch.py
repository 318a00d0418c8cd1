"""Watch: tells whether a corpus is still as it was, in microseconds."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from figpath.errors import StoreError
from figpath.store import database

if TYPE_CHECKING:
    from pathlib import Path


class Watch:
    """Looks at a corpus; it is opened when it is first looked at, and belongs to the thread that does.

    Parameters
    ----------
    path
        The corpus.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._opened = 0

    def state(self) -> tuple[int, int] | None:
        """Return what is another value after every change that is finished; None when it cannot be told just now."""
        try:
            if self._connection is None:
                self._connection = database.open_to_read(self._path, patience=0)  # nobody may wait for this
                self._opened += 1
            return self._opened, int(self._connection.execute("PRAGMA data_version").fetchone()[0])
        except (StoreError, sqlite3.Error):
            self.close()
            return None

    def close(self) -> None:
        """Close the corpus; looking again opens it."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
