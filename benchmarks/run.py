"""Measure everything that docs/accuracy.md shows, and report what got worse since the newest earlier result.

python benchmarks/run.py BENCH_DIR [--to benchmarks/results] [--first N] [--keep DIR]

Exit code 0: measured and written; 1: also, but something got worse than in the newest earlier file; 2: an input
cannot be read.
"""

from __future__ import annotations

import argparse
import sys
from itertools import islice
from pathlib import Path

from bench_data import drawn_baseline, drawn_sources, gold_sources
from rapidocr_reader import RapidOcrReader
from report import RESULTS
from stamp import stamped
from timing import Timed, time_in_turns
from timing import measures as timing_measures

from figpath.errors import FigpathError
from figpath.evaluate import calibration, crops, labels, mentions
from figpath.evaluate.bootstrap import Measure
from figpath.evaluate.documents import read_bytes
from figpath.evaluate.gold import read_gold
from figpath.evaluate.predictions import Prediction, parse_predictions
from figpath.evaluate.results import newest, regressions, to_json
from figpath.pipeline import Pipeline
from figpath.record import Record, to_json_lines


def measure_figures(bench: Path, timed: list[Timed], first: int | None, keep: Path | None) -> list[Measure]:
    """Score the gold figures that were read, and PFOCR's own output on the same."""
    answers = _predictions([one.record for one in timed], keep, "gold")
    gold = read_gold(bench / "gold" / "truth")[:first]
    path = bench / "gold" / "pfocr.jsonl"
    pfocr = parse_predictions(read_bytes(path, what="PFOCR's output"), name=str(path))
    return [
        *mentions.measures(mentions.compare_all(gold, answers), prefix="figures."),
        *calibration.measures(calibration.judge_all(gold, answers), prefix="figures."),
        *mentions.measures(mentions.compare_all(gold, pfocr), prefix="pfocr.", better=""),
        *timing_measures(timed),
    ]


def measure_crops(bench: Path, pipeline: Pipeline, other: RapidOcrReader, first: int | None) -> list[Measure]:
    """Read the crops with figpath and with RapidOCR's recogniser."""
    found: list[Measure] = []
    for name in ("real", "kegg"):
        listed = crops.read_crops(bench / "crops" / f"{name}.tsv")[:first]
        ours = [_read(c, pipeline.reader.read_line(crops.load_crop(c.picture)).text) for c in listed]
        theirs = [_read(c, other.line_text(c.picture)) for c in listed]
        found += crops.measures(ours, prefix=f"crops.{name}.")
        found += crops.measures(theirs, prefix=f"crops.{name}.rapidocr.", better="")
    return found


def _read(crop: crops.Crop, text: str) -> crops.ReadCrop:
    return crops.ReadCrop(crop=crop, read=text)


def measure_drawn(bench: Path, pipeline: Pipeline, first: int | None, keep: Path | None) -> list[Measure]:
    """Read the drawn pathways and score their labels."""
    records = list(pipeline.read_all(islice(drawn_sources(bench), first)))
    answers = _predictions(records, keep, "drawn")
    truth = labels.read_drawn(bench / "wikipathways" / "open")[:first]
    scores = [labels.compare(figure, answers.get(figure.id)) for figure in truth]
    return [*labels.measures(scores, prefix="drawn."), drawn_baseline(bench)]


def _predictions(records: list[Record], keep: Path | None, name: str) -> dict[str, Prediction]:
    data = b"".join(to_json_lines(records))
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{name}.jsonl").write_bytes(data)
    return parse_predictions(data, name=name)


def measure_all(bench: Path, pipeline: Pipeline, first: int | None, keep: Path | None) -> list[Measure]:
    """Measure everything, saying on standard error what is being done."""
    other = RapidOcrReader()
    _say("gold figures, in turns with RapidOCR")
    timed = time_in_turns(gold_sources(bench)[:first], pipeline, other.run)
    found = measure_figures(bench, timed, first, keep)
    _say("crops")
    found += measure_crops(bench, pipeline, other, first)
    _say("drawn pathways")
    return found + measure_drawn(bench, pipeline, first, keep)


def _say(what: str) -> None:
    print(f"measuring: {what}", file=sys.stderr)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path, help="folder with gold/, crops/ and wikipathways/")
    parser.add_argument("--to", type=Path, default=RESULTS, help="folder of the result files")
    parser.add_argument("--first", type=int, help="measure the first figures and crops only, and write no result")
    parser.add_argument("--keep", type=Path, help="folder for what was read, as JSON Lines")
    return parser.parse_args()


def main() -> int:
    """Measure, write the result file, report regressions."""
    wanted = _arguments()
    pipeline = Pipeline()
    try:
        found = measure_all(wanted.bench, pipeline, wanted.first, wanted.keep)
        before = newest(wanted.to)
    except FigpathError as error:
        print(f"benchmark: {error}", file=sys.stderr)
        return 2
    versions = {"engine": pipeline.reader.version, "lexicon": pipeline.lexicon.fingerprint}
    result = stamped(found, versions=versions)
    for one in result.measures:
        print(f"{one.name:36s} {one.value:7.3f}  {one.low:.3f} to {one.high:.3f}  n {one.count:,}")
    if wanted.first is not None:
        print("only a part was measured: no result is written", file=sys.stderr)
        return 0
    wanted.to.mkdir(parents=True, exist_ok=True)
    (wanted.to / result.filename).write_bytes(to_json(result))
    worse = regressions(result, before) if before else ()
    for one_worse in worse:
        print(f"worse than on {before.made[:10] if before else ''}: {one_worse.reason}", file=sys.stderr)
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
