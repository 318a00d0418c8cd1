"""Measure the reader alone, before anything is grounded.

python benchmarks/reading/measure_reading.py [--bench ../shared/bench] [--what crops labels gold time] [--labels-all]

crops   exact text of the gene-name crops; the same without case and symbols, folded (Greek as Latin), and whether the
        text is among the first nine readings
labels  gene labels of the drawn pathways that a line has exactly (as score_labels.py counts), a fixed fifth of the
        figures unless --labels-all; and the same with alternatives
gold    gene names of the real figures that stand in the recognised text (fold of score_mentions.py; a name of several
        words may stand on several lines), in the two halves of the figures, and the same with alternatives
time    seconds a figure of `Reader.read` and of RapidOCR as it comes, in turns

Figures are halved by a checksum of their name, to show what a setting gains on one half only.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sys
import time
import unicodedata
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from figpath.reading.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

    from figpath.figure import Pixels
    from figpath.reading.document import Line, Reading

Measures = dict[str, tuple[int, int]]
"""Name of a measure -> (hits, of how many)."""


def main() -> int:
    """Print each measure that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--what", nargs="+", default=["crops", "labels", "gold", "time"])
    parser.add_argument("--labels-all", action="store_true", help="all drawn pathways instead of every fifth")
    parser.add_argument("--threads", type=int, default=2)
    wanted = parser.parse_args()
    reader = Reader(threads=wanted.threads)
    if "crops" in wanted.what:
        show(measure_crops(reader, wanted.bench / "crops"))
    if "labels" in wanted.what:
        show(measure_labels(reader, wanted.bench, every=1 if wanted.labels_all else 5))
    if "gold" in wanted.what:
        show(measure_gold(reader, wanted.bench))
    if "time" in wanted.what:
        compare_time(reader, wanted.bench / "gold" / "figures")
    return 0


def measure_crops(reader: Reader, folder: Path) -> Measures:
    """Read each crop as a line."""
    found: Measures = {}
    for kind in ("real", "kegg"):
        for row in (folder / f"{kind}.tsv").read_text("utf-8").splitlines()[1:]:
            file, text = row.split("\t")
            line = reader.read_line(load(folder / file))
            count(found, f"{kind} exact", line.text == text)
            count(found, f"{kind} without case and symbols", loose(line.text) == loose(text))
            count(found, f"{kind} folded", fold(line.text) == fold(text))
            count(found, f"{kind} among nine readings", text in readings(line))
    return found


def measure_labels(reader: Reader, bench: Path, *, every: int) -> Measures:
    """Read drawn pathways and look for each gene label where it stands."""
    scorer = script(bench / "score_labels.py")
    found: Measures = {}
    for path in pictures(bench / "wikipathways" / "open"):
        if zlib.crc32(path.name.encode()) % every:
            continue
        truth = json.loads(path.with_suffix(".json").read_text("utf-8"))
        lines = reader.read(load(path)).lines
        plain = [(scorer.plain(line.text), line.box) for line in lines]
        more = plain + [
            (scorer.plain(other.text), word.box) for line in lines for word in line.words for other in word.alternatives
        ]
        for label in truth["texts"]:
            if label["kind"] in scorer.KINDS and not label.get("clash"):
                count(found, "labels exact", is_read(label, plain, scorer))
                count(found, "labels among the readings", is_read(label, more, scorer))
    return found


def is_read(label: dict[str, Any], pieces: Iterable[tuple[str, object]], scorer: ModuleType) -> bool:
    """As score_labels.py: a piece of text on the label has its text, or one piece each of its lines."""
    near = {text for text, box in pieces if scorer.lies_on(box, label["box"])}
    parts = label.get("lines", [])
    return scorer.plain(label["text"]) in near or (
        len(parts) > 1 and all(scorer.plain(part["text"]) in near for part in parts)
    )


def measure_gold(reader: Reader, bench: Path) -> Measures:
    """Read the real figures and look for each gene name in all of the text."""
    scorer = script(bench / "score_mentions.py")
    found: Measures = {}
    for path in pictures(bench / "gold" / "figures"):
        truth = json.loads((bench / "gold" / "truth" / f"{path.stem}.json").read_text("utf-8"))
        reading = reader.read(load(path))
        text = " ".join(scorer.fold(line.text) for line in reading.lines)
        more = " ".join([text, *(scorer.fold(other) for other in alternatives(reading))])
        for name in filter(scorer.fold, scorer.gold_genes(truth)):
            parts = [scorer.fold(part) for part in name.split()]
            for where, label in ((text, "gold names read"), (more, "gold names among the readings")):
                hit = scorer.fold(name) in where or all(part in where for part in parts)
                count(found, label, hit)
                count(found, f"{label}, half {zlib.crc32(path.name.encode()) % 2}", hit)
    return found


def compare_time(reader: Reader, folder: Path) -> None:
    """Read each figure with both programs in turns, and print the ratio."""
    from rapidocr import RapidOCR

    other = RapidOCR()
    figures = [load(path) for path in pictures(folder)]
    reader.read(figures[0])
    other(figures[0][:, :, ::-1])
    ours: list[float] = []
    theirs: list[float] = []
    for number, pixels in enumerate(figures):
        turns = [(ours, lambda p=pixels: reader.read(p)), (theirs, lambda p=pixels: other(p[:, :, ::-1].copy()))]
        for seconds, work in turns if number % 2 else reversed(turns):
            start = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - start)
    print(f"seconds a figure: figpath {np.mean(ours):.2f}, RapidOCR {np.mean(theirs):.2f}")
    print(f"ratio of the sums {sum(ours) / sum(theirs):.2f}")


def count(found: Measures, name: str, hit: bool) -> None:
    """Add one case to a measure."""
    hits, total = found.get(name, (0, 0))
    found[name] = (hits + bool(hit), total + 1)


def show(found: Measures) -> None:
    """Print the shares."""
    for name, (hits, total) in found.items():
        print(f"{name:42s} {hits / total:.4f}  ({hits} of {total})", flush=True)


def readings(line: Line) -> set[str]:
    """The text of a line, and each text with one of its words replaced by an alternative."""
    texts = [word.text for word in line.words]
    return {line.text} | {
        " ".join([*texts[:i], other.text, *texts[i + 1 :]])
        for i, word in enumerate(line.words)
        for other in word.alternatives
    }


def alternatives(reading: Reading) -> Iterator[str]:
    """All other readings of all words."""
    return (other.text for line in reading.lines for word in line.words for other in word.alternatives)


def loose(text: str) -> str:
    """A text without case and symbols."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text).casefold())


def fold(text: str) -> str:
    """A text without case and symbols, beta written as b: the KEGG labels spell Greek letters in Latin ones."""
    return loose(text).translate(str.maketrans("αβγδεκµμßθ", "abgdekmmbt"))


def load(path: Path) -> Pixels:
    """A picture's pixels."""
    return np.asarray(Image.open(path).convert("RGB"), np.uint8)


def pictures(folder: Path) -> list[Path]:
    """The pictures of a folder in the order of their names."""
    return sorted(path for path in folder.iterdir() if path.suffix in {".jpg", ".png"})


def script(path: Path) -> ModuleType:
    """The benchmark's own scoring script as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        sys.exit(f"measure_reading: cannot load {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    sys.exit(main())
