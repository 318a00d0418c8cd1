"""Store: a corpus that is open, for one writer or any number of readers."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from figpath.errors import StoreError
from figpath.record import MINIMUM_SCORE, from_json
from figpath.store import database, duplicates, gene_sets, present, rows
from figpath.store.corrections import Corrections
from figpath.store.drawn_names import DrawnNames, rows_of
from figpath.store.index import Index
from figpath.store.schema import INDEX_VERSION
from figpath.store.searcher import Searcher

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Generator, Iterator, Sequence
    from types import TracebackType

    from figpath.entry import Entry, Picture, Stored
    from figpath.record import Record, Status
    from figpath.search.names import Names

_UNREAD = "instr(figure.fingerprint, '<') > 0"  # see figpath.entry.Key


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How a figure of the corpus ended: ``ok``, ``partial`` or ``failed``, why, and where its picture was found."""

    figid: str
    status: Status
    origin: str
    reason: str
    location: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """A figure whose picture another one has too.

    Parameters
    ----------
    figid, first
        The figure, and the first by figid of those with nearly its picture.
    distance
        Bits in which the two perceptual hashes differ.
    same_bytes
        Whether the files are the same.
    """

    figid: str
    first: str
    distance: int
    same_bytes: bool


class Store:
    """A corpus; use `open_store` or `write_store`, in a ``with`` block.

    Parameters
    ----------
    path
        The file.
    writing
        Whether figures will be put in; only one process can.
    correcting
        Whether corrections will be noted, also while another process puts figures in.
    """

    def __init__(self, path: Path, *, writing: bool = False, correcting: bool = False) -> None:
        self.path = path
        self._lock: sqlite3.Connection | None = None
        if writing or correcting:
            opened = database.open_to_write if writing else database.open_to_correct
            self._connection, self._lock = opened(path)
        else:
            self._connection = database.open_to_read(path)
        self._index = Index(self._connection)
        self.corrections = Corrections(self._connection, path, self._index, change=self._change)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the corpus; a writer brings everything into its one file and lets others write."""
        if self._lock is None:
            self._connection.close()
            return
        database.settle(self._connection)
        self._connection.close()
        database.unlock(self.path, self._lock)
        self._lock = None

    def put(self, entries: Sequence[Entry]) -> None:
        """Store figures, all of them or none; one that is there under its figid is replaced.

        Raises
        ------
        StoreError
            When they cannot be written, such as on a full disk.
        """
        with self._change():
            gene_sets.forget(self._connection)
            for entry in entries:
                self._put(entry)

    def remove(self, figid: str) -> None:
        """Take a figure out of the corpus; nothing happens when it is not there."""
        with self._change():
            gene_sets.forget(self._connection)
            for (number,) in list(self._rows("SELECT id FROM figure WHERE figid = ?", figid)):
                self._index.remove(number)
                self.corrections.forget(figid)
                self._connection.execute("DELETE FROM figure WHERE id = ?", (number,))

    def stored(self, figid: str) -> Stored | None:
        """Return what is known of a figure without opening its record; None when it is not there."""
        with database.translated(self.path):
            return rows.stored_of(self._connection, figid)

    def record(self, figid: str) -> Record:
        """Return the record of a figure.

        Raises
        ------
        StoreError
            When the corpus has no such figure.
        """
        row = next(self._rows("SELECT record FROM figure WHERE figid = ?", figid), None)
        if row is None:
            raise StoreError(f"the corpus {self.path} has no figure {figid!r}: figpath status --all lists them")
        return from_json(row[0])

    def records(self) -> Iterator[Record]:
        """Yield the records of figures that did not fail, ordered by figid."""
        for _, text, _ in self.documents():
            yield from_json(text)

    def documents(self, *, failed: bool = False) -> Generator[tuple[str, str, str], None, None]:
        """Yield figid, JSON of the record and JSON of the extras, ordered by figid; the failed ones too if wanted."""
        where = "" if failed else "WHERE status <> 'failed'"
        sql = f"SELECT figid, record, extras FROM figure {where} ORDER BY figid"  # noqa: S608 - one of two texts
        yield from self._rows(sql)

    def states(self, *, every: bool = False) -> Iterator[State]:
        """Yield how figures ended, ordered by figid: those that are not ``ok``, or every one."""
        where = "" if every else "WHERE status <> 'ok'"
        sql = f"SELECT figid, status, origin, reason, location FROM figure {where} ORDER BY figid"  # noqa: S608
        for figid, status, origin, reason, location in self._rows(sql):
            yield State(figid=figid, status=status, origin=origin, reason=reason, location=location)

    def unread(self) -> Iterator[tuple[str, float, str]]:
        """Yield id, score and place of the figures that screening left unread, the likeliest pathways first."""
        sql = f"""SELECT figure.figid, facts.pathway_score, figure.location FROM figure
                  JOIN facts ON facts.figure_id = figure.id WHERE {_UNREAD}
                  ORDER BY facts.pathway_score DESC, figure.figid"""  # noqa: S608 - our own condition
        yield from self._rows(sql)

    def unreadable(self) -> dict[str, str]:
        """Return the figures that failed without a picture, each with where it should have been."""
        return dict(self._rows("SELECT figid, location FROM figure WHERE status = 'failed' AND picture = ''"))

    def counts(self) -> dict[str, int]:
        """Return how many figures there are by status, and of pictures, drawn names and duplicates.

        Those that screening left unread are counted among the ``ok`` ones, and once more by themselves.
        """
        by_status = dict(self._rows("SELECT status, count(*) FROM figure GROUP BY status"))
        found = {status: by_status.get(status, 0) for status in ("ok", "partial", "failed")}
        found["unread"] = next(self._rows(f"SELECT count(*) FROM figure WHERE {_UNREAD}"))[0]  # noqa: S608 - our own
        for name, table in (("pictures", "picture"), ("mentions", "mention"), ("duplicates", "duplicate")):
            found[name] = next(self._rows(f"SELECT count(*) FROM {table}"))[0]  # noqa: S608 - our own names
        return found

    def picture(self, figid: str) -> Picture | None:
        """Return the picture of a figure as far as the corpus has it; its path is absolute."""
        with database.translated(self.path):
            return rows.picture_of(self._connection, figid, folder=self._folder)

    def with_thumbnail(self) -> frozenset[str]:
        """Return the figids of the figures that have a small picture."""
        sql = """SELECT f.figid FROM figure AS f JOIN picture AS p ON p.sha256 = f.picture
                 WHERE length(p.thumbnail) > 0"""
        return frozenset(figid for (figid,) in self._rows(sql))

    def duplicates(self) -> Iterator[Duplicate]:
        """Yield the figures whose picture an earlier one has too, ordered by figid."""
        sql = """SELECT f.figid, first.figid, d.distance, d.same_bytes FROM duplicate AS d
                 JOIN figure AS f ON f.id = d.figure_id JOIN figure AS first ON first.id = d.first_id
                 ORDER BY f.figid"""
        for figid, first, bits, same in self._rows(sql):
            yield Duplicate(figid=figid, first=first, distance=bits, same_bytes=bool(same))

    def link_duplicates(self) -> int:
        """Find figures with the same or nearly the same picture anew; return how many have an earlier one.

        What searches read is brought up to date on the way, so that they need not do it themselves.
        """
        with self._change():
            present.refresh(self._connection)
            count = duplicates.link(self._connection)
            gene_sets.write(self._connection)
        return count

    def state(self) -> tuple[int, int]:
        """Return what is another value after every change of the corpus, by this process or by another one."""
        with database.translated(self.path):
            version = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return int(version), self._connection.total_changes

    def drawn_genes(self) -> gene_sets.DrawnGenes:
        """Return which genes every figure draws, as arrays; see `figpath.store.gene_sets`."""
        with database.translated(self.path):
            return gene_sets.read(self._connection)

    def titles(self, figids: Sequence[str]) -> dict[str, str]:
        """Return the titles of figures, or of their papers; a figure that is not there is left out."""
        sql = """SELECT f.figid, coalesce(nullif(x.title, ''), x.paper_title) FROM figure AS f
                 JOIN facts AS x ON x.figure_id = f.id WHERE f.figid = ?"""
        return dict(row for figid in figids for row in self._rows(sql, figid))

    def searcher(self, names: Names | None = None) -> Searcher:
        """Return what answers queries about this corpus, for as long as it is open.

        Parameters
        ----------
        names
            What names in queries stand for; without it, what the corpus itself says.
        """
        return Searcher(self._connection, self.path, names)

    def drawn_names(self, *, minimum_score: float = MINIMUM_SCORE) -> DrawnNames:
        """Return the table of mentions from a score up, which is read as it is asked for."""
        return DrawnNames(rows_of(self._rows, least=minimum_score))

    def same_picture(self, figid: str) -> tuple[str, ...]:
        """Return the figids of the other figures with nearly the picture of one, in order."""
        with database.translated(self.path):
            return duplicates.others(self._connection, figid)

    def reindex(self) -> int:
        """Make everything that is derived from the records anew; return how many figures there are."""
        with self._change():
            count = self._reindex()
            present.refresh(self._connection)
            duplicates.link(self._connection)
            gene_sets.write(self._connection)
        return count

    def bring_up_to_date(self) -> None:
        """Make the derived tables where they are absent or of an earlier figpath."""
        with database.translated(self.path):
            found = database.index_version(self._connection)
        if found != INDEX_VERSION:
            self.reindex()

    @property
    def _folder(self) -> Path:
        return Path(os.path.abspath(self.path)).parent  # noqa: PTH100 - resolve() would follow links

    @contextmanager
    def _change(self) -> Iterator[None]:
        """Do all of the block or nothing."""
        with database.translated(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                self._index.forget_entities()
                raise

    def _put(self, entry: Entry) -> None:
        entry = self.corrections.laid_over(entry)
        if entry.picture is not None:
            rows.put_picture(self._connection, entry.picture, folder=self._folder)
        number = rows.put_figure(self._connection, entry)
        self._index.remove(number)
        self._index.add(number, entry.record)

    def _reindex(self) -> int:
        database.make_indexes(self._connection)
        self._index.forget_entities()
        count = 0
        for number, record in self._connection.execute("SELECT id, record FROM figure ORDER BY figid"):
            self._index.add(number, record)
            count += 1
        return count

    def _rows(self, sql: str, *values: object) -> Iterator[tuple[Any, ...]]:
        with database.translated(self.path):
            for row in self._connection.execute(sql, values):  # noqa: UP028 - it would close cursors of a closed corpus
                yield row
