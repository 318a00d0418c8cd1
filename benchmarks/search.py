"""What finding figures costs: ``search.py corpus.db [--queries 400] [--to FILE]``, on a corpus of ``synthetic.py``.

A mixed set of queries is asked one after the other in one process, as a server would: words, genes from the most
often drawn to rare ones under any of their names, phrases, beginnings, fields, NOT and OR; the first page of 24 with
snippets. Each query is new when it is first asked; then all are asked again, and again with facets. Milliseconds by
the clock and of the processor: the first mean something on a machine that does nothing else. Linux only: memory is
read from /proc.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from synthetic_names import packaged_pool, popularity

import figpath
from figpath.search.results import FACETS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from figpath import Collection

_SHAPES = (
    "{gene}", "{gene}", "{gene} {word}", "{gene} {word} {other}", "{word}", "{word} {other}", "{alias}", "gene:{gene}",
    "gene:{gene} gene:{gene2}", "drawn:{gene} year:2015..", '"{phrase}"', '"{phrase}" {gene}', "{stem}*",
    "gene:{gene} NOT organism:mouse", "gene:{gene} OR gene:{gene2}", "{gene} type:scheme pathway:>0.9",
    "{gene} journal:Immunology", "year:2019..2021 organism:rat", "({word} OR {other}) {gene}", "chemical:{chemical}",
)  # fmt: skip
_WORDS = (
    "signaling", "pathway", "apoptosis", "lung", "liver", "exosome", "macrophages", "inflammation", "cancer", "brain",
    "autophagy", "receptor", "kinase", "neurons", "fibrosis", "hypoxia", "nucleus", "complex", "ferroptosis", "corine",
    "senescence", "dioscor", "stem", "insulin", "cells", "activation", "phosphorylated", "inhibition", "lumine",
)  # fmt: skip
_PHRASES = (
    "signaling pathway", "cell proliferation", "exosome secretion", "cancer stem cells", "bone marrow",
    "epithelial-mesenchymal transition", "protein degradation", "T cell activation", "oxidative stress",
)  # fmt: skip
_STEMS = ("apop", "infl", "fibro", "MAPK", "STAT", "onco", "immun", "mito", "neuro", "vasc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the table: what was asked how often, and milliseconds by the clock and of the processor."""

    what: str
    goal: str
    count: int
    p50: float
    p95: float
    longest: float
    processor_p95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Everything that was measured; sizes in megabytes."""

    figures: int
    corpus_megabytes: float
    open_milliseconds: float
    memory_megabytes: float
    rows: tuple[Row, ...]


def queries(count: int, *, seed: int) -> list[str]:
    """Return a mixed set of queries, the same ones on every run."""
    drawn = random.Random(seed)  # noqa: S311 - no secret
    pool = packaged_pool()
    shares = popularity(3000, exponent=0.9, flat=3.0).tolist()

    def gene() -> str:
        return drawn.choices(pool.genes[:3000], shares)[0].entity.symbol

    def filled(shape: str) -> str:
        return shape.format(
            gene=gene(), gene2=gene(), alias=drawn.choice(drawn.choices(pool.genes[:3000], shares)[0].names)[0],
            word=drawn.choice(_WORDS), other=drawn.choice(_WORDS), phrase=drawn.choice(_PHRASES),
            stem=drawn.choice(_STEMS), chemical=f'"{drawn.choice(pool.chemicals[:300]).names[0][0]}"',
        )  # fmt: skip

    return [filled(_SHAPES[n % len(_SHAPES)]) for n in range(count)]


def timed(what: str, goal: str, asked: Sequence[str], answer: Callable[[str], object]) -> Row:
    """Ask one after the other."""
    clock, processor = [], []
    for one in asked:
        start, busy = time.perf_counter(), time.process_time()
        answer(one)
        clock.append(1000 * (time.perf_counter() - start))
        processor.append(1000 * (time.process_time() - busy))
    p50, p95 = np.percentile(clock, (50, 95))
    return Row(
        what=what,
        goal=goal,
        count=len(asked),
        p50=round(float(p50), 1),
        p95=round(float(p95), 1),
        longest=round(max(clock), 1),
        processor_p95=round(float(np.percentile(processor, 95)), 1),
    )


def measured(path: Path, *, count: int, seed: int = 1) -> Numbers:
    """Measure everything on a corpus."""
    with multiprocessing.get_context("spawn").Pool(1) as other:  # so that its memory is not counted
        asked = other.apply(queries, (count,), {"seed": seed})
    start = time.perf_counter()
    with figpath.open(path) as corpus:
        corpus.search("JAK2")
        opened = 1000 * (time.perf_counter() - start)
        rows = tuple(_rows(corpus, asked, random.Random(seed)))  # noqa: S311 - no secret
        return Numbers(
            figures=len(corpus),
            corpus_megabytes=round(path.stat().st_size / 1e6),
            open_milliseconds=round(opened),
            memory_megabytes=round(_peak()),
            rows=rows,
        )


def _rows(corpus: Collection, asked: Sequence[str], drawn: random.Random) -> Iterator[Row]:
    genes = [value.label for value in corpus.search("NOT nowhere", facets=["gene"]).facets[0].values]
    total = len(corpus)
    figids = [
        corpus.search("NOT nowhere", sort="figid", offset=drawn.randrange(total), limit=1).hits[0].figid
        for _ in range(101)
    ]
    yield timed("search, asked for the first time", "20", asked, corpus.search)
    yield timed("search, asked again", "20", asked, corpus.search)
    yield timed("search with all facets", "", asked, lambda one: corpus.search(one, facets=FACETS))
    genes = [*genes, *(one.partition(":")[2] for one in asked if one.startswith("gene:") and " " not in one)]
    genes = [one for one in dict.fromkeys(genes) if corpus.search(f"gene:{one}", limit=0).total]
    yield timed("gene view, the most drawn and others", "50", genes, corpus.gene)
    corpus.similar(figids[0])
    yield timed("similar figures", "50", figids[1:101], corpus.similar)


def _peak() -> float:
    """The most memory that this process ever had, in megabytes."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def table(numbers: Numbers) -> str:
    """Return the numbers as a table."""
    head = (
        "| what | goal, ms | asked | median | p95 | longest | p95 of the processor |\n|---|---|---|---|---|---|---|\n"
    )
    lines = [
        f"| {one.what} | {one.goal} | {one.count} | {one.p50} | {one.p95} | {one.longest} | {one.processor_p95} |\n"
        for one in numbers.rows
    ]
    return (
        f"{head}{''.join(lines)}\n{numbers.figures:,} figures in {numbers.corpus_megabytes:,.0f} MB; the first answer "
        f"after {numbers.open_milliseconds:.0f} ms; {numbers.memory_megabytes:.0f} MB of memory at most.\n"
    )


def main() -> None:
    """Measure, print, and write a file when told to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="corpus made by synthetic.py")
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--to", type=Path, help="JSON file to write")
    asked = parser.parse_args()
    if asked.to is not None:
        asked.to.parent.mkdir(parents=True, exist_ok=True)  # not after minutes of measuring
    numbers = measured(asked.corpus, count=asked.queries)
    print(table(numbers))
    if asked.to is not None:
        asked.to.write_bytes(msgspec.json.format(msgspec.json.encode(numbers), indent=2) + b"\n")


if __name__ == "__main__":
    main()
