"""What building a corpus costs: ``corpus.py PICTURES --figures 1000 [--to FILE]``.

The pictures of a folder are repeated with variations of size and quality until there are enough. Measured are the
throughput of one and of two workers (one thread each) and the time around recognition over the first figures, the
memory of all processes from the 200th figure to the last, and how fast records of PFOCR are taken over. Linux only:
memory is read from /proc.
"""

from __future__ import annotations

import argparse
import io
import itertools
import os
import random
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PIL import Image

from figpath.corpus.build import Summary, build
from figpath.corpus.fingerprint import importing_fingerprint
from figpath.corpus.pfocr_import import import_pages, pages_of
from figpath.corpus.read import ReadFigures
from figpath.corpus.workers import Processes
from figpath.figure import Figure
from figpath.pipeline import Pipeline
from figpath.publish.pfocr import write_record
from figpath.source.found import Source
from figpath.source.images import SUFFIXES, load_pixels
from figpath.source.pfocr import PfocrRecord
from figpath.source.pfocr_tables import GeneRow
from figpath.store import write_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

WARM = 200  # figures after which memory should not grow
ROWS = 41  # genes that a record of PFOCR has in the mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """What was measured.

    Parameters
    ----------
    figures
        That were read by two workers.
    first
        Of these, so many were read by one worker, too, and by the recogniser alone.
    recognition_seconds, building_seconds
        Of the processor over the first figures: for recognition alone, and for all that one worker and the writer do.
    overhead
        By how much the second is more than the first, relatively.
    one_worker_seconds, two_workers_seconds, speedup
        By the clock over the first figures, and their ratio; they mean something on a machine that does nothing else.
    memory_at_warm, memory_at_end
        Megabytes of all processes of the build with two workers, after the 200th figure and after the last.
    imported_a_minute
        Records of PFOCR that are taken over.
    """

    figures: int
    first: int
    recognition_seconds: float
    building_seconds: float
    overhead: float
    one_worker_seconds: float
    two_workers_seconds: float
    speedup: float
    memory_at_warm: float
    memory_at_end: float
    imported_a_minute: float


@dataclass(slots=True)
class Watch:
    """Notes time and memory as figures are finished; the first one, before which workers start, is where it begins."""

    total: int
    first: int
    memory: dict[int, float] = field(default_factory=dict)
    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def told(self, summary: Summary) -> None:
        """Take note after a figure."""
        if summary.done in {1, self.first}:
            self.clock.append(time.perf_counter())
            self.processor.append(_sum(_processor_seconds))
        if summary.done in {1, WARM, self.total}:
            self.memory[summary.done] = _sum(_megabytes)

    def seconds(self, noted: Sequence[float]) -> float:
        """Seconds of the first figures, from those after the very first."""
        return (noted[-1] - noted[0]) * self.first / (self.first - 1)


def variations(pictures: Sequence[Path], count: int) -> Iterator[Source]:
    """Yield pictures, each time another size and quality, the same ones on every run."""
    drawn = random.Random(7)  # noqa: S311 - no secret
    for number, path in enumerate(itertools.islice(itertools.cycle(pictures), count)):
        image = Image.fromarray(load_pixels(path))
        scale, stream = drawn.uniform(0.7, 1.1), io.BytesIO()
        image.resize((int(image.width * scale), int(image.height * scale))).save(
            stream, format="JPEG", quality=drawn.randint(60, 95)
        )
        yield Source(figure=Figure(figid=f"figure{number:05d}", title=path.stem), picture=stream.getvalue())


def recognition(sources: Sequence[Source]) -> float:
    """Processor seconds that the recogniser alone needs, with one thread, decoding and loading left out."""
    reader = Pipeline(threads=1).reader
    reader.read(load_pixels(sources[0].picture))
    seconds = 0.0
    for source in sources:
        pixels = load_pixels(source.picture)
        start = time.process_time()
        reader.read(pixels)
        seconds += time.process_time() - start
    return seconds


def building(sources: Sequence[Source], folder: Path, *, workers: int, first: int) -> Watch:
    """What was noted of a build."""
    reading, watch = ReadFigures(threads=1), Watch(len(sources), first)
    with write_store(folder / f"{workers}.db") as store:
        build(sources, store, Processes(reading, count=workers), fingerprint=reading.fingerprint(), told=watch.told)
    return watch


def _sum(measure: Callable[[int], float]) -> float:
    """Sum over this process and those that it has started."""
    return sum(map(measure, (os.getpid(), *_children(os.getpid()))))


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text(encoding="utf-8").split()]


def _processor_seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _megabytes(pid: int) -> float:
    """Memory that is not shared with other processes."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    return int(status.partition("RssAnon:")[2].split()[0]) / 1024


def importing(folder: Path, count: int) -> float:
    """Records of PFOCR a minute, with as many rows as they have in the mean."""
    pfocr_pages(folder, count)
    return count * 60 / _seconds(lambda: _import(folder))


def pfocr_pages(folder: Path, count: int) -> None:
    """Write records of PFOCR, as its database has them."""
    genes = tuple(
        GeneRow(
            organism_id=9606, organism_name="Homo sapiens", organism_group="Primates", word=f"GENE{n}",
            match=f"GENE{n}", symbol=f"GENE{n}", gene_id=n + 1, source="ncbigene_symbol",
        )
        for n in range(ROWS)
    )  # fmt: skip
    for n in range(count):
        figure = Figure(figid=f"PMC{n}__f1", number="F1", title=f"Title {n}", caption="word " * 200)
        page = PfocrRecord(figure=figure, genes=genes, pathway_score=0.9)
        write_record(page, folder / "_figures", tables_folder=folder / "_data")


def _import(folder: Path) -> None:
    with write_store(folder / "imported.db") as store:
        pages = pages_of(folder)
        import_pages(pages, store, Summary(), fingerprint=importing_fingerprint(), told=lambda _: None)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measured(pictures: Sequence[Path], *, figures: int, first: int, records: int) -> Numbers:
    """Measure everything."""
    first, sources = min(first, figures), list(variations(pictures, figures))
    alone = recognition(sources[:first])
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        one = building(sources[:first], folder, workers=1, first=first)
        two = building(sources, folder, workers=2, first=first)
        rate = importing(folder / "pfocr", records)
    return Numbers(
        figures=figures,
        first=first,
        recognition_seconds=alone,
        building_seconds=one.seconds(one.processor),
        overhead=one.seconds(one.processor) / alone - 1,
        one_worker_seconds=one.seconds(one.clock),
        two_workers_seconds=two.seconds(two.clock),
        speedup=one.seconds(one.clock) / two.seconds(two.clock),
        memory_at_warm=two.memory.get(WARM, two.memory[1]),
        memory_at_end=two.memory[figures],
        imported_a_minute=rate,
    )


def main() -> None:
    """Measure, print, and write a file when told to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pictures", type=Path, help="folder of pictures")
    parser.add_argument("--figures", type=int, default=1000)
    parser.add_argument("--first", type=int, default=1000, help="of these for one worker and the recogniser alone")
    parser.add_argument("--records", type=int, default=5000, help="records of PFOCR to take over")
    parser.add_argument("--to", type=Path, help="JSON file to write")
    asked = parser.parse_args()
    pictures = sorted(path for path in asked.pictures.iterdir() if path.suffix.lower() in SUFFIXES)
    numbers = measured(pictures, figures=asked.figures, first=asked.first, records=asked.records)
    data = msgspec.json.format(msgspec.json.encode(numbers), indent=2)
    print(data.decode())
    if asked.to is not None:
        asked.to.write_bytes(data + b"\n")


if __name__ == "__main__":
    main()
