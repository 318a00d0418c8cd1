"""Compare text recognisers on the gold figures: each reads them, figpath grounds what was read.

python benchmarks/engines.py BENCH_DIR [--to benchmarks/results] [--first N]
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bench_data import gold_sources
from rapidocr_reader import RapidOcrReader
from report import RESULTS
from stamp import stamped

from figpath.errors import EngineError, FigpathError
from figpath.evaluate import mentions
from figpath.evaluate.bootstrap import Measure, measure, share
from figpath.evaluate.gold import read_gold
from figpath.evaluate.predictions import parse_predictions
from figpath.evaluate.results import to_json
from figpath.grounding.ground import ground_figure
from figpath.grounding.lexicon.lexicon import Lexicon, open_lexicon
from figpath.reading.reader import Reader
from figpath.reading.tesseract import TesseractReader
from figpath.record import Record, to_json_lines
from figpath.source.images import load_pixels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.evaluate.gold import GoldFigure
    from figpath.figure import Pixels
    from figpath.pipeline import Source
    from figpath.reading.document import Reading


class AnyReader(Protocol):
    """What reads pictures."""

    @property
    def version(self) -> str:
        """Name and version."""
        ...

    def read(self, pixels: Pixels) -> Reading:
        """Read a picture."""
        ...


def readers() -> dict[str, AnyReader]:
    """Return the recognisers under the names that the table shows."""
    return {
        "figpath on OpenVINO": Reader("openvino"),
        "figpath on onnxruntime": Reader("onnxruntime"),
        "RapidOCR as it comes": RapidOcrReader(),
        "Tesseract": TesseractReader(),
    }


def measure_reader(
    name: str, reader: AnyReader, sources: Sequence[Source], lexicon: Lexicon, gold: Sequence[GoldFigure]
) -> list[Measure]:
    """Read all figures with one recogniser, ground them, and score the genes; its time is that of reading only."""
    reader.read(load_pixels(sources[0].picture))  # loads the networks
    records, seconds = [], []
    for source in sources:
        pixels = load_pixels(source.picture)
        start = time.perf_counter()
        reading = reader.read(pixels)
        seconds.append((time.perf_counter() - start, 1.0))
        scope, found = ground_figure(reading, source.figure, lexicon, known=lexicon.taxa)
        figure = source.figure
        records.append(
            Record(figid=figure.figid, figure=figure, organisms=scope.taxa, lines=reading.lines, mentions=found)
        )
    answers = parse_predictions(b"".join(to_json_lines(records)), name=name)
    scores = mentions.compare_all(gold, answers)
    return [
        *mentions.measures(scores, prefix=f"{name}.", better=""),
        measure(f"{name}.seconds", seconds, share, better=""),
    ]


def main() -> int:
    """Measure each recogniser that is installed and write the result file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path, help="folder with gold/")
    parser.add_argument("--to", type=Path, default=RESULTS, help="folder of the result files")
    parser.add_argument("--first", type=int, help="read the first figures only, and write no result")
    wanted = parser.parse_args()
    wanted.to.mkdir(parents=True, exist_ok=True)
    found: list[Measure] = []
    versions = {}
    lexicon = open_lexicon()
    try:
        sources = gold_sources(wanted.bench)[: wanted.first]
        gold = read_gold(wanted.bench / "gold" / "truth")[: wanted.first]
        for name, reader in readers().items():
            try:
                versions[name] = reader.version
            except EngineError as error:
                print(f"left out: {error}", file=sys.stderr)
                continue
            found += measure_reader(name, reader, sources, lexicon, gold)
    except FigpathError as error:
        print(f"engines: {error}", file=sys.stderr)
        return 2
    result = stamped(found, versions={**versions, "lexicon": lexicon.fingerprint})
    for one in result.measures:
        if "genes" in one.name or "seconds" in one.name:
            print(f"{one.name:44s} {one.value:7.3f}  {one.low:.3f} to {one.high:.3f}")
    if wanted.first is None:
        (wanted.to / f"engines-{result.filename}").write_bytes(to_json(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
