"""The corpus as one SQLite file: records, pictures, and the indexes derived from them. The only SQL there is."""

from figpath.store.drawn_names import DrawnNames
from figpath.store.opening import correct_store, open_store, write_store
from figpath.store.searcher import Searcher
from figpath.store.store import Duplicate, State, Store

__all__ = ["DrawnNames", "Duplicate", "Searcher", "State", "Store", "correct_store", "open_store", "write_store"]
