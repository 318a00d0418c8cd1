"""A corpus as Python sees it: ``figpath.open("corpus.db")``."""

from figpath.collection.collection import Collection, open_collection

__all__ = ["Collection", "open", "open_collection"]

open = open_collection  # noqa: A001 - figpath.open is what one expects
