"""Ranked lists: preranked gene set enrichment by GSEApy, which comes with ``pip install 'figpath[gsea]'``."""

from __future__ import annotations

import contextlib
import importlib
import io
import logging
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from figpath.enrich.ora import shared
from figpath.errors import EngineError, InputError

if TYPE_CHECKING:
    import pandas as pd

    from figpath.enrich.gene_sets import GeneSets

_FEWEST = 15  # ranked genes, below which a running sum says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedRow:
    """What was found for one set.

    Parameters
    ----------
    id
        The figid.
    size
        Ranked genes that the set has.
    es, nes
        Enrichment score, and normalised by those of random sets of that size; above 0 at the top of the list.
    p, q
        Nominal p-value and false discovery rate.
    drawn, expanded
        The genes of the leading edge, as in `figpath.enrich.ora.Row`.
    place
        Of the set in what was tested.
    """

    id: str
    size: int
    es: float
    nes: float
    p: float
    q: float
    drawn: tuple[str, ...] = ()
    expanded: tuple[tuple[str, tuple[str, ...]], ...] = ()
    place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedEnrichment:
    """All sets that were tested, the least false discovery rate first; then the largest score first.

    Parameters
    ----------
    sets
        What was tested, within the ranked genes.
    rows
        One for each set.
    ties
        Share of the genes that have a number which another one has too: their order is arbitrary.
    """

    sets: GeneSets
    rows: tuple[RankedRow, ...]
    ties: float

    def to_frame(self) -> pd.DataFrame:
        """Return the rows as a data frame."""
        import pandas as pd

        names = ("id", "size", "es", "nes", "p", "q", "drawn", "expanded")
        return pd.DataFrame([[getattr(row, name) for name in names] for row in self.rows], columns=list(names))


def enrich_ranked(
    sets: GeneSets,
    genes: Sequence[str],
    values: Sequence[float],
    *,
    permutations: int = 1000,
    seed: int = 0,
    least: int = 5,
    most: int = 500,
) -> RankedEnrichment:
    """Test whether the genes of each set lie together at one end of a ranked list.

    Parameters
    ----------
    sets
        From `figpath.enrich.gene_sets`; every entry counts as a gene, so families had better be ``members``.
    genes, values
        Identifiers, each once, and the number each is ranked by, such as a log fold change.
    permutations, seed
        How many random sets, and from which seed: equal seeds give equal results.
    least, most
        How many of the ranked genes a set must have, and may have.

    Raises
    ------
    EngineError
        When GSEApy is not installed, or fails.
    InputError
        When the list is too short, a number is none, all are 0, no permutation is asked for, or no set fits.

    References
    ----------
    Subramanian et al., PNAS 102, 15545-15550 (2005); Fang et al., GSEApy, Bioinformatics 39, btac757 (2023).
    """
    ranks = np.asarray(values, np.float64)
    if len(genes) != len(ranks) or len(genes) < _FEWEST:
        raise InputError(
            f"{len(genes)} genes with {len(ranks)} numbers make no ranked list: give at least {_FEWEST} of both"
        )
    if not np.isfinite(ranks).all():
        raise InputError(f"{genes[int(np.flatnonzero(~np.isfinite(ranks))[0])]} has no finite number: take it out")
    if not ranks.any():
        raise InputError(f"all {len(ranks)} numbers are 0, which is no order: give those that the genes are ranked by")
    if permutations < 1:
        raise InputError(f"{permutations} permutations tell nothing: give at least 1, better 1000")
    within = sets.within(genes, least=least, most=most)
    if not len(within):
        raise InputError(f"no set has between {least} and {most} of the {len(genes)} ranked genes: widen the limits")
    table = _prerank(within, ranks, permutations, seed)
    rows = [_row(within, cells) for cells in table]
    rows.sort(key=lambda row: (row.q, row.p, -abs(row.nes), row.id))
    _, counts = np.unique(ranks, return_counts=True)
    return RankedEnrichment(sets=within, rows=tuple(rows), ties=float(counts[counts > 1].sum() / len(ranks)))


def _prerank(sets: GeneSets, ranks: np.ndarray[Any, np.dtype[np.float64]], permutations: int, seed: int) -> list[Any]:
    """Run GSEApy with numbers for names, and nothing of what it says on the way."""
    try:
        gseapy = importlib.import_module("gseapy")
    except ImportError as error:
        raise EngineError("ranked lists need GSEApy: install it with pip install 'figpath[gsea]'") from error
    import pandas as pd

    members = {str(at): list(map(str, sets.gene[sets.start[at] : sets.start[at + 1]])) for at in range(len(sets))}
    ranked = pd.Series(ranks, index=list(map(str, range(len(ranks)))))
    try:
        with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")  # about ties, which we count, and about its own use of pandas
            found = gseapy.prerank(
                rnk=ranked, gene_sets=members, min_size=1, max_size=len(ranks), permutation_num=permutations, seed=seed,
                threads=1, outdir=None, no_plot=True, verbose=False,
            )  # fmt: skip
    except Exception as error:  # GSEApy raises plain Exceptions, and those of its engine in Rust
        raise EngineError(f"GSEApy could not test the ranked list: {error}") from error
    finally:
        _close_loggers()
    return list(found.res2d.itertuples(index=False))


def _close_loggers() -> None:
    """Close what GSEApy opened to write its log."""
    for name in [name for name in logging.root.manager.loggerDict if name.startswith("gseapy")]:
        logger = logging.getLogger(name)
        for handler in list(logger.handlers):
            handler.close()
            logger.removeHandler(handler)


def _row(sets: GeneSets, cells: Any) -> RankedRow:
    _, term, es, nes, p, q, _, _, _, leading = cells
    place = int(term)
    drawn, expanded = shared(sets, place, np.array([int(gene) for gene in str(leading).split(";") if gene], np.int64))
    return RankedRow(
        id=sets.ids[place],
        size=int(sets.start[place + 1] - sets.start[place]),
        es=float(es),
        nes=float(nes),
        p=float(p),
        q=float(q),
        drawn=drawn,
        expanded=expanded,
        place=place,
    )
