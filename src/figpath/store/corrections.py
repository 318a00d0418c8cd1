"""The log of corrections of a corpus, and the records that it gives: kept and laid over anew in one transaction."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from figpath.corrections.apply import Applied, apply
from figpath.corrections.correction import Correction, from_json, in_order, to_json
from figpath.errors import StoreError
from figpath.record import from_json as record_from_json
from figpath.record import to_json as record_to_json
from figpath.store.database import translated

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from figpath.entry import Entry
    from figpath.record import Record
    from figpath.store.index import Index

_HAS_LOG = "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'correction')"
_LOG = "SELECT line FROM correction WHERE figid = ? ORDER BY made, id"
_WHOLE_LOG = "SELECT line FROM correction ORDER BY figid, made, id"
_APPEND = "INSERT OR IGNORE INTO correction (id, figid, made, line) VALUES (?, ?, ?, ?)"
_KEEP = "INSERT OR REPLACE INTO as_read (figid, record) VALUES (?, ?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a log that was taken over.

    Parameters
    ----------
    added, known
        Lines that are new, and lines that the corpus had already.
    waiting
        Figures of the log that the corpus does not have; their lines take effect when it does.
    lost
        Lines in effect whose name is not found on the figure.
    """

    added: int
    known: int
    waiting: tuple[str, ...]
    lost: tuple[Correction, ...]


class Corrections:
    """The corrections of an open corpus; `figpath.store.Store.corrections` gives them.

    Parameters
    ----------
    connection, path, index
        Of the corpus.
    change
        Does all of a block or nothing.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        index: Index,
        *,
        change: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._connection, self._path, self._index, self._change = connection, path, index, change

    def log(self, figid: str = "") -> tuple[Correction, ...]:
        """Return the lines of a figure, or of all figures, each figure's in order."""
        with translated(self._path):
            return tuple(self._lines(figid))

    def state(self, figid: str) -> Applied:
        """Return what became of the log of a figure.

        Raises
        ------
        StoreError
            When the corpus has no such figure.
        """
        with translated(self._path), self._moment():
            return apply(record_from_json(self._as_read(figid)), self._lines(figid))

    def as_read(self, figid: str) -> Record:
        """Return the record of a figure as the machine read it.

        Raises
        ------
        StoreError
            When the corpus has no such figure.
        """
        with translated(self._path), self._moment():
            return record_from_json(self._as_read(figid))

    def make(self, figid: str, decide: Callable[[Applied], Sequence[Correction]]) -> tuple[Correction, ...]:
        """Add lines to the log of a figure, and change its record and everything that is derived from it.

        Parameters
        ----------
        figid
            The figure.
        decide
            Gets the figure as it stands, and returns the lines; nobody else changes the corpus meanwhile.

        Returns
        -------
        tuple of Correction
            The lines.

        Raises
        ------
        StoreError
            When the corpus has no such figure, or cannot be written.
        """
        with self._change():
            lines = tuple(decide(self.state(figid)))
            self._append(lines)
            self._lay_over(figid)
        return lines

    def take(self, log: Iterable[Correction]) -> Taken:
        """Take over the log of another corpus, or of this one before it was built anew; all of it or nothing."""
        lines = in_order(log)
        with self._change():
            before = self._connection.total_changes
            self._append(lines)
            added = self._connection.total_changes - before
            waiting, lost = [], []
            for figid in dict.fromkeys(one.figid for one in lines):
                if self._row(figid) is None:
                    waiting.append(figid)
                    continue
                state = self._lay_over(figid)
                lost += [one for one in state.log if one.id in state.lost]
        return Taken(added=added, known=len(lines) - added, waiting=tuple(waiting), lost=tuple(lost))

    def laid_over(self, entry: Entry) -> Entry:
        """Return an entry with the corrections of its figure, and keep what the machine read; in a transaction."""
        lines = tuple(self._lines(entry.figid))
        if not lines:
            return entry
        self._connection.execute(_KEEP, (entry.figid, entry.record.decode()))
        record = record_from_json(entry.record)
        changed = apply(record, lines).record
        return entry if changed is record else replace(entry, record=record_to_json(changed))

    def forget(self, figid: str) -> None:
        """Forget what the machine read of a figure that is taken out; its log stays. In a transaction."""
        self._connection.execute("DELETE FROM as_read WHERE figid = ?", (figid,))

    @contextmanager
    def _moment(self) -> Iterator[None]:
        """Hold the corpus as it is for a block that reads several tables, whatever a writer does meanwhile."""
        if self._connection.in_transaction:
            yield
            return
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("COMMIT")

    def _append(self, lines: Sequence[Correction]) -> None:
        rows = [(one.id, one.figid, one.when, to_json(one).decode()) for one in lines]
        self._connection.executemany(_APPEND, rows)

    def _lay_over(self, figid: str) -> Applied:
        """Write the record of a figure anew from what the machine read and the log."""
        number, present = self._found(figid)
        as_read = self._as_read(figid)
        self._connection.execute(_KEEP, (figid, as_read))
        record = record_from_json(as_read)
        state = apply(record, self._lines(figid))
        # What the machine read comes back to the byte. Gene sets are kept: who reads them looks at what has changed.
        text = as_read if state.record is record else record_to_json(state.record).decode()
        if text != present:
            self._connection.execute("UPDATE figure SET record = ? WHERE id = ?", (text, number))
            self._index.remove(number)
            self._index.add(number, text)
        return state

    def _lines(self, figid: str) -> Iterator[Correction]:
        if not self._connection.execute(_HAS_LOG).fetchone()[0]:  # a corpus of before there were any
            return
        found = self._connection.execute(*((_LOG, (figid,)) if figid else (_WHOLE_LOG,)))
        for (line,) in found.fetchall():
            yield from_json(line)

    def _as_read(self, figid: str) -> str:
        if self._connection.execute(_HAS_LOG).fetchone()[0]:
            row = self._connection.execute("SELECT record FROM as_read WHERE figid = ?", (figid,)).fetchone()
            if row is not None:
                return str(row[0])
        return self._found(figid)[1]

    def _found(self, figid: str) -> tuple[int, str]:
        row = self._row(figid)
        if row is None:
            raise StoreError(f"the corpus {self._path} has no figure {figid!r}: figpath status --all lists them")
        return row

    def _row(self, figid: str) -> tuple[int, str] | None:
        row: Any = self._connection.execute("SELECT id, record FROM figure WHERE figid = ?", (figid,)).fetchone()
        return None if row is None else (int(row[0]), str(row[1]))
