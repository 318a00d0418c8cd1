"""Opening a corpus: to read it, to put figures in, or to note corrections."""

from __future__ import annotations

from pathlib import Path

from figpath.errors import StoreError
from figpath.store.store import Store


def open_store(path: str | Path) -> Store:
    """Open a corpus for reading, also while another process writes it.

    Raises
    ------
    StoreError
        When it is absent, no corpus, damaged, or of another version.
    """
    return Store(Path(path))


def write_store(path: str | Path, *, must_exist: bool = False) -> Store:
    """Open a corpus for writing; it is brought up to date when it is older.

    Parameters
    ----------
    path
        The file.
    must_exist
        Refuse to make it when it is not there.

    Raises
    ------
    StoreError
        When another process is writing it, when it is no corpus or of a later version, or its folder is absent.
    """
    if must_exist and not Path(path).exists():
        raise StoreError(f"there is no corpus {path}: make it with 'figpath build SOURCE --to {path}'")
    return _up_to_date(Store(Path(path), writing=True))


def correct_store(path: str | Path) -> Store:
    """Open a corpus to note corrections, for a short while; another process may put figures in meanwhile.

    Raises
    ------
    BeingWrittenError
        When another process has not brought it up to date yet.
    StoreError
        When it is absent, no corpus, or of a later version.
    """
    return _up_to_date(Store(Path(path), correcting=True))


def _up_to_date(store: Store) -> Store:
    try:
        store.bring_up_to_date()
    except BaseException:
        store.close()
        raise
    return store
