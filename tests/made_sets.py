"""Gene sets for tests: a few that are written out, and many that are drawn at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from figpath.enrich.gene_sets import sets_of
from figpath.store.gene_sets import EXPANDED, SYMBOL, SYNONYM, DrawnGenes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from figpath.enrich.gene_sets import GeneSets

SOURCES = {"": SYMBOL, "~": SYNONYM}


def drawn(
    figures: Mapping[str, str], *, first: Mapping[str, str] | None = None, mouse: Sequence[str] = ()
) -> DrawnGenes:
    """Figures written as ``"a b ~c AKT:d,e"``: two drawn by symbol, one by another name, two members of AKT."""
    rows = sorted(row for at, text in enumerate(figures.values()) for row in _rows(at, text))
    genes = sorted({gene for _, _, gene, _ in rows})
    families = sorted({family for _, family, _, _ in rows if family})
    ids = list(figures)
    return DrawnGenes(
        figids=tuple(ids),
        first=np.array([ids.index((first or {}).get(one, one)) for one in ids], np.int32),
        curies=tuple(f"ncbigene:{gene}" for gene in genes),
        symbols=tuple(gene.upper() for gene in genes),
        taxa=np.array([10090 if gene in mouse else 9606 for gene in genes], np.int32),
        families=tuple(families),
        start=np.searchsorted([row[0] for row in rows], np.arange(len(ids) + 1)).astype(np.int64),
        gene=np.array([genes.index(gene) for _, _, gene, _ in rows], np.int32),
        source=np.array([source for _, _, _, source in rows], np.uint8),
        family=np.array([families.index(family) if family else -1 for _, family, _, _ in rows], np.int32),
    )


def ids(text: str) -> list[str]:
    """``"a b"`` as identifiers."""
    return [f"ncbigene:{gene}" for gene in text.split()]


def random_sets(seed: int, *, sets: int = 2000, genes: int = 3000, slope: float = 0.7) -> GeneSets:
    """Sets of 3 to 60 genes, popular ones in many of them."""
    random = np.random.default_rng(seed)
    weights = 1 / np.arange(1, genes + 1) ** slope
    sizes = np.clip(random.lognormal(2.7, 0.6, sets).astype(int), 3, 60)
    members = [random.choice(genes, size, replace=False, p=weights / weights.sum()) for size in sizes]
    named = {f"figure{n:05d}": [f"g{gene}" for gene in found] for n, found in enumerate(members)}
    return sets_of(named, background=[f"g{gene}" for gene in range(genes)])


def _rows(at: int, text: str) -> list[tuple[int, str, str, int]]:
    found = []
    for part in text.split():
        family, colon, members = part.partition(":")
        if colon:
            found += [(at, family, gene, EXPANDED) for gene in members.split(",")]
        else:
            found.append((at, "", part.lstrip("~"), SOURCES[part[: part.count("~")]]))
    return found
