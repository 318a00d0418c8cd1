"""All that a corpus shows of one gene: its figures, when they were published, and the genes drawn with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from figpath.errors import InputError
from figpath.search.association import expected, signed_root
from figpath.search.fields import gene_name
from figpath.search.query import Named
from figpath.search.results import Companion, GeneView
from figpath.store.hits import Shown, hits
from figpath.store.paging import page
from figpath.store.snapshot import DRAWN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from figpath.store.moment import Moment

LEAST = 3
"""Figures in which a companion is drawn together with the gene."""


def gene_view(moment: Moment, name: str, *, taxon: int | None, figures: int, companions: int) -> GeneView:
    """Return what a corpus shows of a gene or family; see `figpath.collection.Collection.gene`."""
    snapshot = moment.snapshot
    number = _entity(moment, name, taxon)
    curie, symbol, species = _described(moment, number)
    rows, flags = snapshot.drawing(number)
    itself = (flags & DRAWN).astype(np.bool_)
    found = moment.matcher.matches(Named(field="any", name=curie))
    best = page(found, snapshot, limit=figures).tolist()
    return GeneView(
        id=curie,
        symbol=symbol,
        taxon=species or None,
        drawn=int(itself.sum()),
        expanded=int((~itself).sum()),
        years=_years(snapshot.years[rows[itself]]),
        companions=_companions(moment, number, rows[itself], companions),
        figures=hits(moment.connection, snapshot, best, found.scores, Shown(entities=frozenset((number,)))),
    )


def _entity(moment: Moment, name: str, taxon: int | None) -> int:
    """The gene of a name that most figures draw, of a species if one is asked for."""
    found = moment.matcher.entities(Named(field="gene", name=gene_name(name.strip()))).tolist()
    if taxon is not None:
        found = [number for number in found if _described(moment, number)[2] == taxon]
    found = [number for number in found if len(moment.snapshot.drawing(number)[0])]
    if not found:
        nearest = moment.nearest.to(name)
        what = f"did you mean {', '.join(nearest)}?" if nearest else "give another name of it, or its NCBI Gene id"
        where = "" if taxon is None else f" of taxon {taxon}"
        raise InputError(f"no figure draws a gene {name[:80]!r}{where}: {what}")
    best: int = max(found, key=lambda number: (int((moment.snapshot.drawing(number)[1] & DRAWN).sum()), -number))
    return best


def _described(moment: Moment, number: int) -> tuple[str, str, int]:
    sql = "SELECT curie, symbol, taxon FROM entity WHERE id = ?"
    curie, symbol, taxon = moment.connection.execute(sql, (number,)).fetchone()
    return curie, symbol, taxon


def _all_described(moment: Moment, numbers: list[int]) -> dict[int, tuple[str, str]]:
    sql = "SELECT id, curie, symbol FROM entity WHERE id IN (SELECT value FROM json_each(?))"
    rows = moment.connection.execute(sql, (json.dumps(numbers),))
    return {number: (curie, symbol) for number, curie, symbol in rows}


def _years(years: NDArray[np.int16]) -> tuple[tuple[int, int], ...]:
    known = years[years > 0]
    if not len(known):
        return ()
    first = int(known.min())
    counts = np.bincount(known - first)
    return tuple((first + n, int(count)) for n, count in enumerate(counts))


def _companions(moment: Moment, number: int, rows: NDArray[np.int32], limit: int) -> tuple[Companion, ...]:
    """Genes of the same species that are drawn with it more often than by chance."""
    counter, originals = moment.counter, moment.originals
    species = counter.taxa[number]
    if not species:
        return ()
    totals, universe = counter.gene_totals(originals, int(species))
    together = np.zeros(len(totals), dtype=np.int64)
    counts = counter.drawn_genes(rows[originals[rows]])
    together[: len(counts)] = counts
    one = int(together[number])
    others = np.flatnonzero((together >= LEAST) & (counter.taxa[: len(totals)] == species))
    others = others[others != number]
    chance = expected(one, totals[others], universe)
    roots = signed_root(together[others], one, totals[others], universe)
    best = [place for place in np.lexsort((others, -roots))[:limit] if roots[place] > 0]
    described = _all_described(moment, [int(others[place]) for place in best])
    return tuple(
        Companion(
            id=described[int(others[place])][0],
            symbol=described[int(others[place])][1],
            together=int(together[others[place]]),
            expected=round(float(chance[place]), 2),
            lift=round(float(together[others[place]] / chance[place]), 2),
            g=round(float(roots[place]), 2),
        )
        for place in best
    )
