"""What the threads of a server share: names, accessions, and what is worked out once for a state of the corpus."""

from __future__ import annotations

import threading
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from figpath.grounding.lexicon import gene_ids
from figpath.resources import packaged_gene_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from pathlib import Path

    from figpath.grounding.lexicon.gene_ids import GeneIds
    from figpath.grounding.lexicon.lexicon import Lexicon
    from figpath.serve.gene_lists import GeneLists

T = TypeVar("T")
State = tuple[tuple[int, int], ...]


class Memory:
    """Values that many answers need, each made once.

    Parameters
    ----------
    path
        The corpus.
    lexicon
        The names.
    """

    def __init__(self, path: Path, lexicon: Lexicon) -> None:
        self.path, self.lexicon = path, lexicon
        self._lock = threading.RLock()
        self._state: State = ()
        self._values: dict[Hashable, Any] = {}

    @cached_property
    def lists(self) -> GeneLists:
        """What answers questions about gene lists."""
        from figpath.serve.gene_lists import GeneLists  # which takes this module's values

        return GeneLists(self)

    @cached_property
    def accessions(self) -> GeneIds:
        """Accessions of genes in other databases."""
        return gene_ids.load(packaged_gene_ids())

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return a value that holds for as long as nobody writes the corpus, made when it is first asked for."""
        with self._lock:
            state = self.state()
            if state != self._state:
                self._state, self._values = state, {}
            if key not in self._values:
                self._values[key] = make()
            return cast("T", self._values[key])

    def state(self) -> State:
        """Tell one state of the file from another: SQLite writes to it or to the log beside it."""
        files = (self.path, self.path.with_name(f"{self.path.name}-wal"))
        found = (file.stat() for file in files if file.exists())
        return tuple((one.st_mtime_ns, one.st_size) for one in found)
