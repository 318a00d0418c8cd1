"""Which genes each figure draws, as a value of a few flat arrays; some figures in it put in the place of others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SYMBOL, SYNONYM, EXPANDED = range(3)
"""How a gene came into a figure: drawn by its official symbol, by another name, or as a member of a drawn family.

A gene that the family's own name may stand for, too (TGFB1 where "TGF-β" is drawn), is one of its members.
"""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DrawnGenes:
    """The genes of every figure that did not fail; a gene is in a figure once.

    Parameters
    ----------
    figids
        The F figures, in order.
    first
        ``(F,)``: for each figure the place of the first one with nearly the same picture; its own where it has none.
    curies, symbols, taxa
        The G genes: identifier, official symbol, NCBI taxon id as ``(G,)``.
    families
        Names of the drawn families.
    start
        ``(F + 1,)``: the rows of figure f are ``start[f]`` to ``start[f + 1]``.
    gene, source, family
        ``(R,)`` each: place of the gene, `SYMBOL`, `SYNONYM` or `EXPANDED`, and place of the family that it was
        expanded from, -1 where it was drawn itself. Within a figure drawn genes come first, then the families one after
        the other. A gene that is drawn is not counted with a family, and one of several families with the smallest.
    """

    figids: tuple[str, ...]
    first: NDArray[np.int32]
    curies: tuple[str, ...]
    symbols: tuple[str, ...]
    taxa: NDArray[np.int32]
    families: tuple[str, ...]
    start: NDArray[np.int64]
    gene: NDArray[np.int32]
    source: NDArray[np.uint8]
    family: NDArray[np.int32]


def patched(kept: DrawnGenes, changed: DrawnGenes) -> DrawnGenes:
    """Put figures that were derived anew in the places that they have among all figures.

    Parameters
    ----------
    kept
        All figures.
    changed
        Some of them.
    """
    place = {figid: number for number, figid in enumerate(kept.figids)}
    places = np.array([place[figid] for figid in changed.figids], np.int64)
    genes = sorted({*_genes(kept), *_genes(changed)})
    symbols = dict(zip((*kept.curies, *changed.curies), (*kept.symbols, *changed.symbols), strict=True))
    families = tuple(sorted({*kept.families, *changed.families}))
    stays = ~np.isin(_figures(kept), places)
    figure = np.concatenate([_figures(kept)[stays], places[_figures(changed)]])
    gene = np.concatenate([_moved(_genes(kept), genes)[kept.gene][stays], _moved(_genes(changed), genes)[changed.gene]])
    family = np.concatenate([_families(kept, families)[stays], _families(changed, families)])
    source = np.concatenate([kept.source[stays], changed.source])
    order = np.argsort(figure, kind="stable")
    used = np.bincount(gene, minlength=len(genes)) > 0
    wanted = [one for one, is_used in zip(genes, used.tolist(), strict=True) if is_used]
    return DrawnGenes(
        figids=kept.figids,
        first=kept.first,
        curies=tuple(curie for _, curie in wanted),
        symbols=tuple(symbols[curie] for _, curie in wanted),
        taxa=np.array([taxon for taxon, _ in wanted], np.int32),
        families=families,
        start=np.searchsorted(figure[order], np.arange(len(kept.figids) + 1)).astype(np.int64),
        gene=(np.cumsum(used) - 1)[gene[order]].astype(np.int32),
        source=source[order],
        family=family[order],
    )


def _figures(drawn: DrawnGenes) -> NDArray[np.int64]:
    """The figure of each row."""
    return np.repeat(np.arange(len(drawn.figids)), np.diff(drawn.start))


def _genes(drawn: DrawnGenes) -> list[tuple[int, str]]:
    return list(zip(drawn.taxa.tolist(), drawn.curies, strict=True))


def _moved(old: Sequence[object], new: Sequence[object]) -> NDArray[np.int64]:
    """For each old place the new one."""
    place = {one: number for number, one in enumerate(new)}
    return np.array([place[one] for one in old], np.int64)


def _families(drawn: DrawnGenes, families: Sequence[str]) -> NDArray[np.int32]:
    """The family of each row by its new place; -1 stays."""
    moved = np.append(_moved(drawn.families, families), -1).astype(np.int32)
    return moved[drawn.family]
