"""A corpus file as a SQLite connection: opened, checked, migrated, locked; errors of SQLite become `StoreError`."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from figpath.errors import BeingWrittenError, StoreError
from figpath.store.schema import APPLICATION, INDEX_VERSION, INDEXES, MIGRATIONS, READABLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PATIENCE = 30.0  # seconds that a reader waits while a commit of the writer is under way
_LOCK_PATIENCE = 1.0  # seconds that a writer waits for another one, which may only be noting a correction
_SHORT_PATIENCE = 0.1  # seconds that a correction waits for the same, since it can do without the lock
_CORRECTING_PATIENCE = 10.0  # seconds that a correction waits for a commit of a build
_CACHE = -64_000  # kilobytes, as SQLite counts them


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn errors of SQLite inside the block into a `StoreError` that names the corpus."""
    try:
        yield
    except sqlite3.Error as error:
        kind = BeingWrittenError if _is_locked(error) else StoreError
        raise kind(_explained(path, error)) from error


def open_to_read(path: Path, *, patience: float = _PATIENCE) -> sqlite3.Connection:
    """Open a corpus for reading; it may be written at the same time. `patience` is in seconds, for what others hold.

    Raises
    ------
    StoreError
        When it is absent, no corpus, or of another version.
    """
    _refuse_folder(path)
    if not path.is_file():
        raise StoreError(f"there is no corpus {path}: make it with 'figpath build SOURCE --to {path}'")
    with translated(path):
        connection = _connected(path, "ro", patience=patience)
        try:
            _check(connection, path)
            _check_ready(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def open_to_write(path: Path, *, patience: float = _LOCK_PATIENCE) -> tuple[sqlite3.Connection, sqlite3.Connection]:
    """Open a corpus for writing, make or migrate it; return the connection and the lock that it holds.

    Parameters
    ----------
    path
        The file.
    patience
        Seconds that another writer is waited for.

    Raises
    ------
    StoreError
        When another process writes it, or it is no corpus, or of a later version.
    """
    _refuse_folder(path)
    if not path.absolute().parent.is_dir():
        raise StoreError(f"cannot make {path}: there is no folder {path.parent}; make it, or choose another place")
    lock = _locked(path, patience=patience)
    try:
        with translated(path):
            connection = _connected(path, "rwc")
            try:
                _prepare(connection, path)
            except BaseException:
                connection.close()
                raise
    except BaseException:
        unlock(path, lock)
        raise
    return connection, lock


def open_to_correct(path: Path) -> tuple[sqlite3.Connection, sqlite3.Connection | None]:
    """Open a corpus for a short change, also while another process writes it.

    Between two figures of a build SQLite lets others write. Where nobody does, this is `open_to_write`, so that no
    build begins meanwhile; else there is no lock.

    Raises
    ------
    BeingWrittenError
        When the other process has not brought the corpus up to date yet.
    StoreError
        When it is absent, no corpus, or of another version.
    """
    open_to_read(path).close()
    try:
        return open_to_write(path, patience=_SHORT_PATIENCE)
    except BeingWrittenError:
        connection = _connected(path, "rw", patience=_CORRECTING_PATIENCE)
    with translated(path):
        try:
            _check(connection, path)
            _check_current(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection, None


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        raise StoreError(f"{path} is a folder: name a file in it, as figpath build made one or is to make one")


def unlock(path: Path, lock: sqlite3.Connection) -> None:
    """Let others write the corpus."""
    lock.close()
    with suppress(OSError):  # on Windows, while another process is asking for it
        _lock_file(path).unlink(missing_ok=True)


def settle(connection: sqlite3.Connection) -> None:
    """Bring everything into the one file, so that it can be copied."""
    with suppress(sqlite3.OperationalError):  # a reader is at work: its own closing does it
        connection.execute("PRAGMA busy_timeout = 0")  # waiting for readers would keep other writers out
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")


def _connected(path: Path, mode: str, *, patience: float = _PATIENCE) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(address, uri=True, timeout=patience, isolation_level=None)
    try:
        connection.execute(f"PRAGMA cache_size = {_CACHE}")
    except BaseException:  # what is no database is noticed here already
        connection.close()
        raise
    return connection


def _lock_file(path: Path) -> Path:
    return path.with_name(path.name + "-lock")


def _locked(path: Path, *, patience: float) -> sqlite3.Connection:
    """Hold a lock that ends with this process, however it ends: SQLite's own lock on a file beside the corpus."""
    try:
        connection = sqlite3.connect(_lock_file(path), timeout=patience, isolation_level=None)
    except sqlite3.Error as error:  # a folder in which nothing may be made
        raise StoreError(f"cannot write beside {path}: {error}; choose another place") from error
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        connection.close()
        if _is_locked(error):
            raise BeingWrittenError(f"{path} is being written by another figpath: wait until it has ended") from error
        raise StoreError(f"cannot write beside {path}: {error}; choose another place") from error
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    _check(connection, path, fresh=True)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    _migrate(connection)


def _migrate(connection: sqlite3.Connection) -> None:
    """Bring the lasting tables up to date, each step whole or not at all."""
    found = _number(connection, "user_version")
    for version, script in enumerate(MIGRATIONS[found:], start=found + 1):
        header = f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {version};"
        connection.executescript(f"BEGIN; {script} {header} COMMIT;")


def make_indexes(connection: sqlite3.Connection) -> None:
    """Drop and make the derived tables; the caller holds a transaction and fills them."""
    for name, script in INDEXES.items():
        connection.execute(f"DROP TABLE IF EXISTS {name}")
        for statement in script.split(";"):
            if statement.strip():
                connection.execute(statement)
    connection.execute("DELETE FROM about WHERE key = 'snapshot'")
    connection.execute("INSERT OR REPLACE INTO about VALUES ('index', ?)", (INDEX_VERSION,))


def index_version(connection: sqlite3.Connection) -> str:
    """Return the version of the derived tables; empty when they were never made."""
    with closing(connection.execute("SELECT value FROM about WHERE key = 'index'")) as rows:
        found = rows.fetchone()
    return str(found[0]) if found else ""


def _check(connection: sqlite3.Connection, path: Path, *, fresh: bool = False) -> None:
    """Refuse what is no corpus or comes from a later figpath; an empty file may become one."""
    application, version = _number(connection, "application_id"), _number(connection, "user_version")
    empty = not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    if fresh and empty and application == 0:
        return
    if application != APPLICATION:
        raise StoreError(f"{path} is no corpus of figpath: name one, or another file to make")
    if version > len(MIGRATIONS):
        raise StoreError(
            f"{path} has version {version} of the corpus, this figpath knows {len(MIGRATIONS)}: update figpath"
        )


def _check_ready(connection: sqlite3.Connection, path: Path) -> None:
    if _number(connection, "user_version") < READABLE or index_version(connection) != INDEX_VERSION:
        raise StoreError(f"{path} was written by an earlier figpath: run 'figpath reindex {path}' once")


def _check_current(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a corpus that the process which writes it is still bringing up to date."""
    if _number(connection, "user_version") < len(MIGRATIONS) or index_version(connection) != INDEX_VERSION:
        raise BeingWrittenError(f"{path} is being brought up to date by another figpath: try again later")


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _is_locked(error: sqlite3.Error) -> bool:
    return "locked" in str(error) or "busy" in str(error)


def _explained(path: Path, error: sqlite3.Error) -> str:
    text = str(error)
    if "full" in text:
        return f"no space left to write {path}: what was finished is kept; make room and run the same command again"
    if _is_locked(error):
        return f"{path} is locked by another program: close it, then try again"
    if "not a database" in text or "malformed" in text:
        return f"{path} is no corpus of figpath, or is damaged ({text}): name another file, or build it again"
    if "readonly" in text or "unable to open" in text:
        return f"cannot open {path}: {text}; check its permissions and those of its folder"
    return f"the corpus {path} cannot be used: {text}"
