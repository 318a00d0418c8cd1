"""The genes of every figure in the three flavours: by official symbol, by any name, or with members of families."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from figpath.enrich.gene_sets import Names
    from figpath.store.gene_sets import DrawnGenes

SOURCES: Final[dict[Names, int]] = {"strict": 0, "synonyms": 1, "all": 2}
"""Up to which way of coming into a figure a gene counts, see `figpath.store.gene_sets`."""

LEAST: Final = 3
"""Genes that a set needs."""


def gene_set_lines(drawn: DrawnGenes, *, taxon: int, names: Names, least: int = LEAST) -> Iterator[dict[str, Any]]:
    """Yield figid, genes and symbols of each figure that has enough."""
    wanted = (drawn.taxa[drawn.gene] == taxon) & (drawn.source <= SOURCES[names])
    for place, figid in enumerate(drawn.figids):
        part = slice(int(drawn.start[place]), int(drawn.start[place + 1]))
        genes = np.unique(drawn.gene[part][wanted[part]]).tolist()
        if len(genes) >= least:
            yield {
                "figid": figid,
                "genes": [drawn.curies[gene] for gene in genes],
                "symbols": [drawn.symbols[gene] for gene in genes],
            }


def figures_with(
    drawn: DrawnGenes, curies: set[str], *, names: Names, least: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the figures that have at least some of a few genes, and how many each has, most first.

    Parameters
    ----------
    drawn
        What the figures draw.
    curies
        The genes.
    names
        Which genes count.
    least
        How many of them a figure needs.
    """
    chosen = np.array([curie in curies for curie in drawn.curies], np.bool_)
    if not chosen.any():
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    counts = np.zeros(len(drawn.gene) + 1, np.int64)
    np.cumsum(chosen[drawn.gene] & (drawn.source <= SOURCES[names]), out=counts[1:])
    per_figure = counts[drawn.start[1:]] - counts[drawn.start[:-1]]
    found = np.flatnonzero(per_figure >= max(1, least))
    order = np.argsort(-per_figure[found], kind="stable")
    return found[order], per_figure[found][order]
