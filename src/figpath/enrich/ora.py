"""Over-representation: which sets share more genes with a list than a random list of the same length would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from figpath.enrich import coverage, hypergeometric
from figpath.enrich.adjust import benjamini_hochberg
from figpath.enrich.chances import edges, even_chances, popular_chances
from figpath.enrich.intervals import odds_of
from figpath.errors import InputError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from figpath.enrich.gene_sets import GeneSets

    Array = NDArray[np.float64]
    Places = NDArray[np.int64]

CONFIDENCE: Final = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What was found for one set.

    Parameters
    ----------
    id
        The figid.
    overlap, size
        Units of the set that are hit, and that it has; see `figpath.enrich.gene_sets.GeneSets`.
    expected, fold
        Hits that a random list would have in the mean, and how many times as many there are: the fold enrichment.
    odds, low, high
        Odds ratio and the ends of its interval.
    p, q
        One-sided p-value, and adjusted for all sets that were tested.
    popular_p, popular_q
        The same against lists that prefer popular genes; None when that was not asked for.
    drawn
        Symbols of the genes of the list that the figure draws.
    expanded
        Families that the figure draws and genes of the list that belong to them.
    """

    id: str
    overlap: int
    size: int
    expected: float
    fold: float
    odds: float
    low: float
    high: float
    p: float
    q: float
    popular_p: float | None = None
    popular_q: float | None = None
    drawn: tuple[str, ...] = ()
    expanded: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Enrichment:
    """The sets that share something with a list, the least p-value first.

    Parameters
    ----------
    sets
        What was tested; sets that share nothing were tested too, with a p-value of 1.
    listed
        Places in ``sets.genes`` of the genes of the list.
    outside
        Genes of the list that are not in the background, in the order given; they were left out.
    place
        ``(R,)``: the set of each row.
    overlap, size, expected, fold, p, q
        ``(R,)`` each, as in `Row`.
    confidence
        Of the intervals of odds ratios.
    popular_p, popular_q
        ``(R,)`` each, or None.
    """

    sets: GeneSets
    listed: Places
    outside: tuple[str, ...]
    place: Places
    overlap: Places
    size: Places
    expected: Array
    fold: Array
    p: Array
    q: Array
    confidence: float = CONFIDENCE
    popular_p: Array | None = None
    popular_q: Array | None = None

    @property
    def tested(self) -> int:
        """How many sets were tested: all within the limits of size, those without a hit included."""
        return len(self.sets)

    @property
    def background(self) -> int:
        """How many genes the background has."""
        return len(self.sets.genes)

    def __len__(self) -> int:
        return len(self.place)

    def odds_ratios(self, rows: slice | Places = slice(None)) -> tuple[Array, Array, Array]:
        """Return odds ratio, lower and upper end of the interval of some rows, or of all, as ``(R,)`` each.

        They are computed when they are asked for: where figures have families each needs its own distribution.
        """
        return odds_of(
            self.sets, self.place[rows], self.overlap[rows], listed=len(self.listed), confidence=self.confidence
        )

    def rows(self, limit: int | None = None) -> tuple[Row, ...]:
        """Return the first rows, or all."""
        return self.some(range(len(self))[:limit])

    def some(self, numbers: Sequence[int]) -> tuple[Row, ...]:
        """Return some rows, counted from 0."""
        odds = zip(*self.odds_ratios(np.array(numbers, np.int64)), strict=True)
        return tuple(self._row(at, *map(float, one)) for at, one in zip(numbers, odds, strict=True))

    def _row(self, at: int, odds: float, low: float, high: float) -> Row:
        drawn, expanded = shared(self.sets, int(self.place[at]), self.listed)
        popular_p, popular_q = self.popular_p, self.popular_q
        return Row(
            id=self.sets.ids[self.place[at]],
            overlap=int(self.overlap[at]),
            size=int(self.size[at]),
            expected=float(self.expected[at]),
            fold=float(self.fold[at]),
            odds=odds,
            low=low,
            high=high,
            p=float(self.p[at]),
            q=float(self.q[at]),
            popular_p=None if popular_p is None else float(popular_p[at]),
            popular_q=None if popular_q is None else float(popular_q[at]),
            drawn=drawn,
            expanded=expanded,
        )

    def to_frame(self, limit: int | None = None) -> pd.DataFrame:
        """Return the rows as a data frame; `drawn` and `expanded` are tuples, as in `Row`."""
        import pandas as pd

        from figpath.enrich.rows import COLUMNS, cells

        return pd.DataFrame([cells(row) for row in self.rows(limit)], columns=list(COLUMNS))


def enrich(
    sets: GeneSets, genes: Sequence[str], *, popularity: bool = False, confidence: float = CONFIDENCE
) -> Enrichment:
    """Test every set for more genes of a list than chance would put there.

    Parameters
    ----------
    sets
        From `figpath.enrich.gene_sets`, narrowed to the background and the limits of size with ``within``.
    genes
        Identifiers, such as ``ncbigene:3717``; repeats count once.
    popularity
        Also compute p-values against random lists that prefer genes which many figures draw.
    confidence
        Of the interval of the odds ratio.

    Returns
    -------
    Enrichment
        One row for each set with a hit.

    Raises
    ------
    InputError
        When the list is empty, none of it is in the background, or no set is left to be tested.

    Notes
    -----
    For a set of K units that are genes, k of them hit, P(X >= k) with X hypergeometric: n genes drawn without
    replacement out of the N of the background. Where a unit is a family, X follows `figpath.enrich.coverage`. The odds
    ratio is the conditional maximum-likelihood estimate with its exact interval, see `figpath.enrich.odds`.
    """
    if not 0 < confidence < 1:
        raise InputError(f"a confidence of {confidence} is none: give a number between 0 and 1, such as 0.95")
    listed, outside = _listed(sets, genes)
    overlap = hits(sets, listed)
    place = np.flatnonzero(overlap)
    found = _tested(sets, place, overlap[place], len(listed))
    if popularity:
        chance = popular_chances(sets, place, len(listed))
        found["popular_p"] = coverage.upper_tails(chance, edges(sets.sizes[place]), overlap[place], len(listed))
        found["popular_q"] = benjamini_hochberg(found["popular_p"], tests=len(sets))
    order = np.lexsort((place, -overlap[place], found["p"]))
    return Enrichment(
        sets=sets,
        listed=listed,
        outside=outside,
        place=place[order],
        overlap=overlap[place][order],
        size=sets.sizes[place][order],
        confidence=confidence,
        **{name: values[order] for name, values in found.items()},
    )


def hits(sets: GeneSets, listed: Places) -> Places:
    """Return how many units of each set a list hits, as ``(S,)``; `listed` are places in ``sets.genes``."""
    entries = entries_of(sets, listed)
    if sets.has_families:
        _, first = np.unique(sets.unit[entries], return_index=True)
        entries = entries[first]
    return np.bincount(sets.set_of[entries], minlength=len(sets)).astype(np.int64)


def entries_of(sets: GeneSets, genes: Places) -> NDArray[np.int32]:
    """Return the entries of some genes in all sets."""
    start, counts = sets.posting_start[genes], np.diff(sets.posting_start)[genes]
    total = int(counts.sum())
    shift = np.repeat(start - (np.cumsum(counts) - counts), counts)
    return sets.posting[shift + np.arange(total)]


def shared(
    sets: GeneSets, place: int, listed: Places
) -> tuple[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]:
    """Return the symbols that a set shares with a list: drawn ones, and those of each drawn family."""
    drawn: list[str] = []
    families: dict[str, list[str]] = {}
    wanted = set(listed.tolist())
    for entry in range(int(sets.start[place]), int(sets.start[place + 1])):
        if (gene := int(sets.gene[entry])) in wanted:
            family = int(sets.family[entry])
            (drawn if family < 0 else families.setdefault(sets.families[family], [])).append(sets.symbols[gene])
    return tuple(drawn), tuple((name, tuple(members)) for name, members in families.items())


def _listed(sets: GeneSets, genes: Sequence[str]) -> tuple[Places, tuple[str, ...]]:
    """Find the genes of a list in the background."""
    given = tuple(dict.fromkeys(genes))
    if not given:
        raise InputError("the list has no gene: give at least one")
    if not len(sets):
        raise InputError("no set is left to be tested: widen the limits of size, or the background")
    outside = tuple(gene for gene in given if gene not in sets.place)
    if len(outside) == len(given):
        raise InputError(
            f"none of the {len(given)} genes is among the {len(sets.genes)} of the background: check the organism and "
            "the background"
        )
    return np.array(sorted(sets.place[gene] for gene in given if gene in sets.place), np.int64), outside


def _tested(sets: GeneSets, place: Places, overlap: Places, listed: int) -> dict[str, Array]:
    """Expectation and p-values of the sets with hits, in their order."""
    families = sets.sizes[place] < np.diff(sets.start)[place]
    expected, p = np.empty(len(place)), np.empty(len(place))
    for rows, tested in ((np.flatnonzero(~families), _plain), (np.flatnonzero(families), _with_families)):
        if len(rows):
            expected[rows], p[rows] = tested(sets, place[rows], overlap[rows], listed)
    q = benjamini_hochberg(p, tests=len(sets))
    return {"expected": expected, "fold": overlap / expected, "p": p, "q": q}


def _plain(sets: GeneSets, place: Places, overlap: Places, listed: int) -> tuple[Array, Array]:
    """Sets whose units are genes: the hypergeometric distribution of each size that occurs."""
    sizes, at = np.unique(sets.sizes[place], return_inverse=True)
    tails = hypergeometric.log_upper_tails(hypergeometric.log_terms(len(sets.genes), listed, sizes))
    expected = np.asarray(sizes[at] * (listed / len(sets.genes)), np.float64)
    return expected, np.exp(np.minimum(tails[at, overlap], 0.0))


def _with_families(sets: GeneSets, place: Places, overlap: Places, listed: int) -> tuple[Array, Array]:
    """Sets with families, which are the likelier to be hit the more members they have."""
    chance, start = even_chances(sets, place, listed), edges(sets.sizes[place])
    return coverage.expected_hits(chance, start), coverage.upper_tails(chance, start, overlap, listed)
