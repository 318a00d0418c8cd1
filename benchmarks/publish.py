"""What a static site costs: ``publish.py FOLDER [--figures 10000] [--workers 2] [--to FILE]``.

A corpus of ``synthetic.py`` gets a drawn picture and a thumbnail for each figure. It is published into an empty
folder, again as it is, and once more after the captions of one figure in a hundred were changed; then Pagefind runs
once by itself, to tell its share. Seconds by the clock mean something on a machine that does nothing else; those of the
processor are of all processes together. Not for Windows, which does not count the time of other processes.
"""

from __future__ import annotations

import argparse
import io
import itertools
import os
import random
import resource
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec
import numpy as np
from PIL import Image, ImageDraw
from synthetic import BATCH, Maker
from synthetic_names import packaged_pool

from figpath.corpus.likeness import thumbnail
from figpath.entry import Entry
from figpath.record import to_json
from figpath.serve.static_site import publish
from figpath.serve.static_site.search_index import index_files
from figpath.store import open_store, write_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from figpath.serve.static_site import Published
    from figpath.store import Store

T = TypeVar("T")

_PICTURES = 48  # drawn ones; figures take them in turns
_BOXES = 26
_CHANGED = 100  # one figure in so many
_GOAL = "300"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seconds:
    """By the clock, and of all processors together."""

    clock: float
    processor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the table: what was done, its goal in seconds, what it took, and how many files it wrote."""

    what: str
    goal: str
    seconds: Seconds
    written: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Everything that was measured; `load` is how many processes wanted a core in the last five minutes."""

    figures: int
    workers: int
    pages: int
    files: int
    corpus_megabytes: float
    site_megabytes: float
    load: float
    rows: tuple[Row, ...]


def write_corpus(path: Path, *, figures: int, seed: int = 1) -> None:
    """Make a corpus in which every figure that did not fail has a picture of its own."""
    pictures = [_drawn(random.Random(number)) for number in range(_PICTURES)]  # noqa: S311 - no secret
    with write_store(path) as store:
        entries = _shown(Maker(packaged_pool(), seed=seed).entries(figures), pictures)
        while batch := list(itertools.islice(entries, BATCH)):
            store.put(batch)
        store.link_duplicates()


def _shown(entries: Iterator[Entry], pictures: list[tuple[bytes, bytes]]) -> Iterator[Entry]:
    for number, entry in enumerate(entries):
        data, small = pictures[number % len(pictures)]
        yield (
            entry
            if entry.picture is None
            else replace(entry, picture=replace(entry.picture, data=data, thumbnail=small))
        )


def _drawn(chance: random.Random) -> tuple[bytes, bytes]:
    """A picture with boxes, words and lines between them, as JPEG, and its thumbnail."""
    image = Image.new("RGB", (900, 700), "white")
    pen = ImageDraw.Draw(image)
    spots = [(chance.randrange(20, 780), chance.randrange(20, 640)) for _ in range(_BOXES)]
    pen.line(spots, fill="#44525f", width=3)
    for x, y in spots:
        fill = f"hsl({chance.randrange(360)}, 45%, 85%)"
        pen.rounded_rectangle((x, y, x + 100, y + 38), 10, fill=fill, outline="#6d8496", width=2)
        pen.text((x + 12, y + 8), "".join(chance.choices("ABCDEFGKLMNPRST12345", k=5)), fill="black", font_size=20)
    stream = io.BytesIO()
    image.save(stream, format="JPEG", quality=85)
    return stream.getvalue(), thumbnail(np.asarray(image))


def change(path: Path) -> None:
    """Give one figure in a hundred another caption."""
    with open_store(path) as store:
        figids = [one.figid for one in store.states(every=True) if one.status == "ok"][::_CHANGED]
        changed = [_with_caption(store, figid) for figid in figids]
    with write_store(path) as store:
        store.put(changed)


def _with_caption(store: Store, figid: str) -> Entry:
    record, stored = store.record(figid), store.stored(figid)
    assert stored is not None  # noqa: S101 - it was listed
    figure = replace(record.figure, caption=f"{record.figure.caption} This was changed.")
    return Entry(
        figid=figid, status=stored.status, reason="", origin=stored.origin,
        record=to_json(replace(record, figure=figure)), key=stored.key, picture=store.picture(figid),
    )  # fmt: skip


def measured(folder: Path, *, figures: int, workers: int) -> Numbers:
    """Measure everything, in a folder of which nothing else is expected."""
    corpus, site = folder / "corpus.db", folder / "site"
    write_corpus(corpus, figures=figures)

    def published() -> Published:
        return publish(corpus, site, address="https://example.org/", workers=workers)

    first, done = timed(published)
    again, unchanged = timed(published)
    change(corpus)
    third, changed = timed(published)
    index, names = timed(lambda: [name for name, _ in index_files(site)])
    return Numbers(
        figures=figures,
        workers=workers,
        pages=done.pages,
        files=done.files,
        corpus_megabytes=round(corpus.stat().st_size / 1e6),
        site_megabytes=round(sum(one.stat().st_size for one in site.rglob("*") if one.is_file()) / 1e6),
        load=round(os.getloadavg()[1], 1),
        rows=(
            Row(what="into an empty folder", goal=_GOAL, seconds=first, written=done.written),
            Row(what="again, nothing changed", goal="", seconds=again, written=unchanged.written),
            Row(what="again, the captions of 1 % changed", goal="", seconds=third, written=changed.written),
            Row(what="Pagefind, part of the first and the third", goal="", seconds=index, written=len(names)),
        ),
    )


def timed(work: Callable[[], T]) -> tuple[Seconds, T]:
    """Do something; return what it took, and what came of it."""
    clock, processor = time.perf_counter(), _processor()
    found = work()
    return Seconds(clock=round(time.perf_counter() - clock, 1), processor=round(_processor() - processor, 1)), found


def _processor() -> float:
    """Seconds of this process and of those that it started and that have ended."""
    used = [resource.getrusage(which) for which in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def table(numbers: Numbers) -> str:
    """Return the numbers as a table."""
    head = "| what | goal, s | by the clock, s | of the processors, s | files written |\n|---|---|---|---|---|\n"
    lines = [
        f"| {one.what} | {one.goal} | {one.seconds.clock:.0f} | {one.seconds.processor:.0f} | {one.written:,} |\n"
        for one in numbers.rows
    ]
    return (
        f"{head}{''.join(lines)}\n{numbers.figures:,} figures in {numbers.corpus_megabytes:,.0f} MB become "
        f"{numbers.pages:,} pages and {numbers.files:,} files of {numbers.site_megabytes:,.0f} MB; {numbers.workers} "
        f"processes, beside others: {numbers.load:g} on average wanted a core.\n"
    )


def main() -> None:
    """Measure, print, and write a file when told to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="empty folder for the corpus and the site")
    parser.add_argument("--figures", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--to", type=Path, help="JSON file to write")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    if any(asked.folder.iterdir()):
        sys.exit(f"{asked.folder} is not empty: name a new folder")
    numbers = measured(asked.folder, figures=asked.figures, workers=asked.workers)
    print(table(numbers))
    if asked.to is not None:
        asked.to.write_bytes(msgspec.json.format(msgspec.json.encode(numbers), indent=2) + b"\n")


if __name__ == "__main__":
    main()
