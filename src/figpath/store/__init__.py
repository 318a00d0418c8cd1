"""The corpus as one SQLite file: records, pictures, and the indexes derived from them. The only SQL there is."""

from figpath.store.store import Duplicate, State, Store, open_store, write_store

__all__ = ["Duplicate", "State", "Store", "open_store", "write_store"]
