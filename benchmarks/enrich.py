"""What a test of a gene list costs and finds: ``enrich.py [CORPUS] [--queries 40] [--to FILE]``.

Without a corpus, 100,000 sets of a mean of 20 genes out of 20,000 are made, with popular genes in many of them; with
one, such as that of ``benchmarks/synthetic.py``, its human figures are tested as well, families and all. Measured are,
on one core: opening the index, the time of a query with every statistic, the same with the popularity null, GSEApy's
``enrich`` on the same sets and lists, and memory. Then how often half of the genes of a figure, with as many random
ones, put it first, and how often random lists look enriched. Linux and macOS: memory is read from ``resource``.
"""

from __future__ import annotations

import argparse
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from figpath.enrich import enrich, gene_sets
from figpath.enrich.gene_sets import GeneSets
from figpath.store import open_store
from figpath.store.gene_sets import DrawnGenes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SETS, GENES, MEAN = 100_000, 20_000, 20
LISTED = 200
SHOWN = 50
POPULARITY = 0.8  # slope of the popularity of genes by rank


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Numbers of one collection of sets; times are milliseconds of the processor, medians over the queries."""

    sets: int
    mean_size: float
    genes: int
    open_ms: float
    query_ms: float
    page_ms: float
    popularity_ms: float
    gseapy_ms: float
    first: float
    first_of_ten: float
    below: dict[float, float]
    popular_below: dict[float, float]


def made(sets: int, genes: int, mean: float, seed: int = 1) -> DrawnGenes:
    """Figures with as many genes as said, drawn in proportion to a popularity that falls with rank."""
    random = np.random.default_rng(seed)
    sizes = np.clip(random.lognormal(np.log(mean) - 0.32, 0.8, sets).round().astype(int), 3, 400)
    steps = np.cumsum(1 / np.arange(1, genes + 1) ** POPULARITY)
    figure = np.repeat(np.arange(sets), sizes)
    rows = np.unique(figure * genes + np.searchsorted(steps / steps[-1], random.random(len(figure))))
    figure, gene = np.divmod(rows, genes)
    return DrawnGenes(
        figids=tuple(f"PMC{n:07d}__f1" for n in range(sets)),
        first=np.arange(sets, dtype=np.int32),
        curies=tuple(f"ncbigene:{n}" for n in range(genes)),
        symbols=tuple(f"G{n}" for n in range(genes)),
        taxa=np.full(genes, 9606, np.int32),
        families=(),
        start=np.searchsorted(figure, np.arange(sets + 1)).astype(np.int64),
        gene=gene.astype(np.int32),
        source=np.zeros(len(gene), np.uint8),
        family=np.full(len(gene), -1, np.int32),
    )


def measured(opened: Callable[[], GeneSets], *, queries: int, seed: int = 2) -> Measured:
    """Open sets, and test lists against them."""
    start = time.process_time()
    sets = opened()
    open_ms = (time.process_time() - start) * 1e3
    random = np.random.default_rng(seed)
    lists = [random.choice(len(sets.genes), LISTED, replace=False) for _ in range(queries)]
    named = [[sets.genes[gene] for gene in one] for one in lists]
    small = named[:2]
    return Measured(
        sets=len(sets),
        mean_size=float(sets.sizes.mean()),
        genes=len(sets.genes),
        open_ms=open_ms,
        query_ms=_median(lambda genes: enrich(sets, genes).odds_ratios(), named),
        page_ms=_median(lambda genes: enrich(sets, genes).rows(SHOWN), named),
        popularity_ms=_median(lambda genes: enrich(sets, genes, popularity=True).rows(SHOWN), named),
        gseapy_ms=_median(_gseapy(sets), small),
        first=planted(sets, trials=10 * queries, least=3),
        first_of_ten=planted(sets, trials=10 * queries, least=10),
        below=_below(sets, named, popular=False),
        popular_below=_below(sets, [_popular(sets, random) for _ in lists], popular=True),
    )


def planted(sets: GeneSets, *, trials: int, least: int, seed: int = 3) -> float:
    """Return how often half of the genes of a figure, and as many random ones, put it first.

    A figure that is hit in just the same way as another one shares its place.
    """
    random = np.random.default_rng(seed)
    first = 0
    for at in random.choice(np.flatnonzero(sets.sizes >= least), trials):
        genes = sets.gene[sets.start[at] : sets.start[at + 1]]
        kept = random.choice(genes, (len(genes) + 1) // 2, replace=False)
        others = random.choice(len(sets.genes), len(genes) - len(kept), replace=False)
        found = enrich(sets, [sets.genes[gene] for gene in {*kept.tolist(), *others.tolist()}])
        best = found.place[found.p <= found.p[0] * (1 + 1e-12)]
        first += int(at) in best
    return first / trials


def report(title: str, one: Measured) -> str:
    """Return the numbers as lines of a table."""
    rows = [
        ("sets, mean size, genes of the background", f"{one.sets:,}, {one.mean_size:.1f}, {one.genes:,}"),
        ("opening the index", f"{one.open_ms:.0f} ms"),
        (f"a list of {LISTED}: p, adjusted p, odds ratio with interval, fold", f"{one.query_ms:.1f} ms"),
        (f"the same, odds ratios of the first {SHOWN} only", f"{one.page_ms:.1f} ms"),
        (f"the same with the popularity null, odds ratios of the first {SHOWN}", f"{one.popularity_ms:.1f} ms"),
        ("GSEApy enrich, the same sets and lists", f"{one.gseapy_ms:,.0f} ms"),
        ("half of a figure's genes put it first", f"{one.first:.1%}"),
        ("the same, figures of at least 10", f"{one.first_of_ten:.1%}"),
        ("random lists: p <= level", _levels(one.below)),
        ("popular lists: popularity p <= level", _levels(one.popular_below)),
    ]
    return "\n".join([f"| {title} | |", "|---|---|", *(f"| {what} | {value} |" for what, value in rows)])


def _levels(shares: dict[float, float]) -> str:
    return ", ".join(f"{level:g}: {share:.4g}" for level, share in shares.items())


def _median(call: Callable[[Sequence[str]], object], lists: Sequence[Sequence[str]]) -> float:
    times = []
    for genes in lists:
        start = time.process_time()
        call(genes)
        times.append(time.process_time() - start)
    return float(np.median(times)) * 1e3


def _gseapy(sets: GeneSets) -> Callable[[Sequence[str]], object]:
    import gseapy

    members = {
        name: [sets.genes[gene] for gene in sets.gene[sets.start[at] : sets.start[at + 1]]]
        for at, name in enumerate(sets.ids)
    }
    background = list(sets.genes)

    def call(genes: Sequence[str]) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return gseapy.enrich(
                gene_list=list(genes), gene_sets=members, background=background, outdir=None, no_plot=True
            )

    return call


def _popular(sets: GeneSets, random: np.random.Generator) -> list[str]:
    """A list drawn gene by gene in proportion to popularity."""
    order = np.argsort(random.exponential(size=len(sets.genes)) / (sets.figures + 1))
    return [sets.genes[gene] for gene in order[:LISTED]]


def _below(sets: GeneSets, lists: Sequence[Sequence[str]], *, popular: bool) -> dict[float, float]:
    """How often a p-value is at most a level: for discrete ones at most as often as the level says."""
    levels = (0.05, 0.01, 0.001)
    counts = np.zeros(len(levels))
    for genes in lists:
        found = enrich(sets, genes, popularity=popular)
        p = found.popular_p if popular and found.popular_p is not None else found.p
        counts += [(p <= level).sum() for level in levels]
    return dict(zip(levels, counts / (len(lists) * len(sets)), strict=True))


def _memory() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def main() -> None:
    """Measure, print, and write a file when told to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("--queries", type=int, default=40)
    parser.add_argument("--to", type=Path, help="JSON file to write")
    options = parser.parse_args()
    if options.to is not None:
        options.to.parent.mkdir(parents=True, exist_ok=True)  # not after minutes of measuring
    drawn = made(SETS, GENES, MEAN)
    told: dict[str, object] = {}

    def tell(title: str, opened: Callable[[], GeneSets]) -> None:
        told[title] = one = measured(opened, queries=options.queries)
        print(report(title, one))

    tell("sets that are made", lambda: gene_sets(drawn).within(most=None))
    if options.corpus is not None:
        before = _memory()
        start = time.perf_counter()
        with open_store(options.corpus) as store:
            found = store.drawn_genes()
        print(f"\nreading the gene sets of {options.corpus.name}: {(time.perf_counter() - start) * 1e3:.0f} ms")
        tell("human figures, families: members", lambda: gene_sets(found, families="members").within())
        tell("human figures, families: one", lambda: gene_sets(found, families="one").within())
        print(f"memory: {before:.0f} MB before the corpus, {_memory():.0f} MB at the most")
    if options.to is not None:
        options.to.write_bytes(msgspec.json.format(msgspec.json.encode(told, enc_hook=float), indent=2) + b"\n")


if __name__ == "__main__":
    main()
