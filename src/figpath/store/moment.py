"""One moment of a corpus in memory, with what is derived from it when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from figpath.search.spelling_help import Nearest
from figpath.store.facets import Counter
from figpath.store.matching import Matcher

if TYPE_CHECKING:
    from sqlite3 import Connection

    from numpy.typing import NDArray

    from figpath.search.names import Names
    from figpath.store.snapshot import Snapshot


@dataclass(eq=False)
class Moment:
    """A corpus at one moment.

    Parameters
    ----------
    connection
        Of the corpus; whoever uses the moment holds a transaction.
    snapshot
        The figures.
    names
        What names stand for.
    """

    connection: Connection
    snapshot: Snapshot
    names: Names

    @cached_property
    def matcher(self) -> Matcher:
        """Finds figures."""
        return Matcher(self.connection, self.snapshot, self.names)

    @cached_property
    def counter(self) -> Counter:
        """Counts what they draw."""
        return Counter(self.connection, self.snapshot)

    @cached_property
    def nearest(self) -> Nearest:
        """Finds genes and families that are spelled nearly so, the most often drawn first."""
        counts = np.diff(self.snapshot.entity_starts)
        found: dict[str, int] = {}
        for number, symbol in self.connection.execute("SELECT id, symbol FROM entity WHERE kind IN ('gene', 'family')"):
            weight = int(counts[number]) if number < len(counts) else 0
            found[symbol] = max(weight, found.get(symbol, 0))
        return Nearest(list(found), list(found.values()))

    @cached_property
    def originals(self) -> NDArray[np.bool_]:
        """``(n,)`` figures whose picture no earlier figure has."""
        found = np.ones(self.snapshot.size, dtype=np.bool_)
        copies = [number for (number,) in self.connection.execute("SELECT figure_id FROM duplicate")]
        found[self.snapshot.rows_of(np.array(copies, dtype=np.int32))] = False
        return found
