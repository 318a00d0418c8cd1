"""What enrichment needs of a corpus: who draws what, as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Drawn(Protocol):
    """What is needed of a corpus; `figpath.store.gene_sets.DrawnGenes` says what each array holds."""

    @property
    def figids(self) -> tuple[str, ...]:
        """The figures."""
        ...

    @property
    def first(self) -> NDArray[np.int32]:
        """For each figure the first one with its picture."""
        ...

    @property
    def curies(self) -> tuple[str, ...]:
        """Identifiers of the genes."""
        ...

    @property
    def symbols(self) -> tuple[str, ...]:
        """Official symbols of the genes."""
        ...

    @property
    def taxa(self) -> NDArray[np.int32]:
        """Taxa of the genes."""
        ...

    @property
    def families(self) -> tuple[str, ...]:
        """Names of the families."""
        ...

    @property
    def start(self) -> NDArray[np.int64]:
        """Where the rows of each figure begin."""
        ...

    @property
    def gene(self) -> NDArray[np.int32]:
        """The gene of each row."""
        ...

    @property
    def source(self) -> NDArray[np.uint8]:
        """How it came into the figure: 0 by symbol, 1 by another name, 2 with a family."""
        ...

    @property
    def family(self) -> NDArray[np.int32]:
        """The family of each row; -1 for none."""
        ...
