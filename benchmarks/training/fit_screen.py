"""Fit the two models of screening, and say how well they do on sources that they have not seen.

    python benchmarks/training/fit_screen.py BENCH --records A.jsonl ... --cache FILE [--write]

BENCH has screen/, gold/, pfocr_more/ and wikipathways/. The records are what ``figpath read --format jsonl`` prints for
them, named by their file stems. The cache holds what the network answered for each picture and its copies. Everything
is split by owner of the source: a quarter of the owners of screen/ is held out; the rest is cross-validated, with the
two slopes that join the models fitted inside each part. The model that is written is fitted on everything.
"""

from __future__ import annotations

import argparse
import io
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from scipy.optimize import minimize
from screen_pictures import COPIES, Labelled, copy, labelled, shrunk

from figpath.evaluate import screen as scoring
from figpath.record import Record, from_json
from figpath.screen import layout, picture, words
from figpath.screen.model import CLIP, FILE
from figpath.source.images import load_pixels

TARGET = Path("src/figpath/data") / FILE
RIDGE = {"picture": 30.0, "text": 20.0}
FOLDS = 10
INNER = 5
LEVELS = (0.02, 0.05, 0.1, 0.2, 0.5)
PRIOR = 0.8  # weight of pathways to weight of others
HELD_OUT = frozenset(
    "LennonLab SCAI-BIO b00401062 biomass-dev biotite-dev moshi4 mpinese okadalabipr omicscodeathon pybel scverse "
    "wikipathways zqfang".split()
)  # drawn by lot among the owners of screen/, so that they have a quarter of each kind of figure; before any fitting

Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Everything to fit on: a row a picture, and a row a picture or copy of one."""

    figures: list[Labelled]
    text: Floats
    names: tuple[str, ...]
    read: Floats
    pictures: Floats
    of: np.ndarray[Any, np.dtype[np.int64]]

    @property
    def truth(self) -> Floats:
        """1 for each pathway."""
        return np.array([float(figure.pathway) for figure in self.figures])

    @property
    def weight(self) -> Floats:
        """Of each figure."""
        return np.array([figure.weight for figure in self.figures])


def table(figures: list[Labelled], records: list[Path], cache: Path) -> Table:
    """Collect the features of pictures and of their text."""
    said = _records(records)
    texts = [_text(said[one.path.stem]) if one.path.stem in said else {} for one in figures]
    names = tuple(sorted({name for text in texts for name in text}))
    seen = _pictures(figures, cache)
    return Table(
        figures=figures,
        text=np.array([[text.get(name, 0.0) for name in names] for text in texts]),
        names=names,
        read=np.array([float(bool(text)) for text in texts]),
        pictures=np.concatenate([seen[one.key] for one in figures]).astype(np.float64),
        of=np.concatenate([np.full(len(seen[one.key]), i) for i, one in enumerate(figures)]),
    )


def _records(paths: list[Path]) -> dict[str, Record]:
    lines = (line for path in paths for line in path.read_bytes().splitlines() if line.strip())
    return {record.figid: record for record in map(from_json, lines)}


def _text(record: Record) -> dict[str, float]:
    place = layout.features(record.lines, width=record.width, height=record.height)
    return place | words.features(record.lines, record.mentions)


def _pictures(figures: list[Labelled], cache: Path) -> dict[str, Any]:
    """Return for each figure (1 + copies, K) float32, from the cache where it has them."""
    known = dict(np.load(cache)) if cache.exists() else {}
    layers = None
    for number, figure in enumerate(figures):
        if figure.key in known:
            continue
        layers = layers or picture.load("openvino")
        pixels, dice = load_pixels(figure.path.read_bytes()), random.Random(figure.path.name)  # noqa: S311 - no secret
        base = shrunk(pixels, 1400)
        copies = [copy(base, dice) for _ in range(COPIES[figure.collection])]
        known[figure.key] = np.stack([picture.pooled(layers, one) for one in (pixels, *copies)]).astype(np.float32)
        if number % 100 == 99:
            print(f"  {number + 1} of {len(figures)} pictures", flush=True)
            np.savez(cache, **known)
    if layers is not None:
        np.savez(cache, **known)
    return known


def logistic(x: Floats, y: Floats, weight: Floats, ridge: float) -> dict[str, Floats]:
    """Fit a ridge logistic regression over standardised, clipped features."""
    used = weight > 0
    x, y, weight = x[used], y[used], weight[used]
    weight = np.where(y > 0, weight * PRIOR * weight[y == 0].sum() / weight[y > 0].sum(), weight)
    centre, scale = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-3)  # dead channels stay dead
    z = np.clip((x - centre) / scale, -CLIP, CLIP)

    def loss(w: Floats) -> tuple[float, Floats]:
        odds = z @ w[1:] + w[0]
        p = 1 / (1 + np.exp(-odds))
        value = float((weight * (np.logaddexp(0, odds) - y * odds)).sum() + ridge / 2 * (w[1:] ** 2).sum())
        off = weight * (p - y)
        return value, np.concatenate([[off.sum()], z.T @ off + ridge * w[1:]])

    w = minimize(loss, np.zeros(z.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return {"centre": centre, "scale": scale, "weights": w[1:], "constant": w[:1]}


def odds(model: dict[str, Floats], x: Floats) -> Floats:
    """Return log-odds as the product computes them."""
    z = np.clip((x - model["centre"]) / model["scale"], -CLIP, CLIP)
    return np.asarray(z @ model["weights"] + model["constant"][0])


def pair(data: Table, rows: Floats) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Fit the model of pictures and the model of text on the figures for which `rows` is true."""
    counts = np.bincount(data.of)
    weight = (data.weight * rows)[data.of] / np.sqrt(counts[data.of])
    seen = logistic(data.pictures, data.truth[data.of], weight, RIDGE["picture"])
    return seen, logistic(data.text, data.truth, data.weight * rows * data.read, RIDGE["text"])


def first(data: Table) -> Floats:
    """Return the pictures themselves, without their copies."""
    return data.pictures[np.r_[0, np.flatnonzero(np.diff(data.of)) + 1]]


def joined(data: Table, rows: Floats, fold: Floats) -> tuple[Floats, Floats]:
    """Fit how the log-odds of picture and text are joined, on log-odds of figures left out."""
    seen, said, originals = np.zeros(len(rows)), np.zeros(len(rows)), first(data)
    for number in range(INNER):
        out = rows * (fold % INNER == number)
        models = pair(data, rows * (1 - out))
        here = out > 0
        seen[here], said[here] = odds(models[0], originals[here]), odds(models[1], data.text[here])
    weight = data.weight * rows
    before = _slopes(seen[:, None], data.truth, weight)
    return before, _slopes(np.stack([seen, said], axis=1), data.truth, weight * data.read)


def _slopes(x: Floats, y: Floats, weight: Floats) -> Floats:
    model = logistic(x, y, weight, 1e-3)
    slopes = model["weights"] / model["scale"]
    return np.concatenate([slopes, [float(model["constant"][0] - (slopes * model["centre"]).sum())]])


def predicted(data: Table, train: Floats, test: Floats, fold: Floats) -> Floats:
    """Return (2, test) log-odds before and after reading, by models that saw the training figures only."""
    before, after = joined(data, train, fold)
    models, here = pair(data, train), test > 0
    seen, said = odds(models[0], first(data)[here]), odds(models[1], data.text[here])
    return np.stack([seen * before[0] + before[1], seen * after[0] + said * after[1] + after[2]])


def folds(figures: list[Labelled]) -> Floats:
    """Deal the owners to folds, the largest first, each to the fold that has fewest figures."""
    size, found = np.zeros(FOLDS), {}
    for owner, count in sorted(Counter(one.owner for one in figures).items(), key=lambda pair: (-pair[1], pair[0])):
        found[owner] = int(np.argmin(size))
        size[found[owner]] += count
    return np.array([found[one.owner] for one in figures])


def cross_validated(data: Table, rows: Floats, fold: Floats) -> Floats:
    """Return (2, F) log-odds of every figure of `rows`, by models fitted without its fold."""
    found = np.zeros((2, len(rows)))
    for number in range(FOLDS):
        test = rows * (fold == number)
        if test.any():
            found[:, test > 0] = predicted(data, rows * (1 - test), test, fold)
    return found


def report(title: str, data: Table, rows: Floats, found: Floats) -> None:
    """Print the measures of the figures of screen/ in `rows`, and the share of PFOCR's figures that is kept."""
    for name, values in zip(("before reading", "after reading"), found, strict=True):
        print(f"\n{title}, {name}")
        scores = 1 / (1 + np.exp(-values))
        chosen = [
            scoring.Screened(
                file=one.path.name, source=one.owner, kind=one.kind, pathway=one.pathway, before=score, after=score
            )
            for one, score, row in zip(data.figures, scores, rows, strict=True)
            if row and one.collection == "screen" and not one.borderline
        ]
        for m in scoring.measures(chosen, after=False):
            print(f"  {m.name:44s} {m.value:.3f}  {m.low:.3f} to {m.high:.3f}  n {m.count}")
        groups: dict[str, Callable[[Labelled], bool]] = {
            "figures of PFOCR": lambda one: one.collection in ("gold", "pfocr_more"),
            "pathways": lambda one: one.collection == "screen" and one.pathway and not one.borderline,
            "others": lambda one: one.collection == "screen" and not one.pathway and not one.borderline,
        }
        for group, belongs in groups.items():
            some = [s for one, s, row in zip(data.figures, scores, rows, strict=True) if row and belongs(one)]
            if some:
                kept = {least: round(float(np.mean(np.array(some) >= least)), 3) for least in LEVELS}
                print(f"  share of {group} from a score up: {kept}, n {len(some)}")


def write(data: Table, fold: Floats) -> None:
    """Fit on everything and write the model."""
    rows = np.ones(len(data.figures))
    before, after = joined(data, rows, fold)
    seen, said = pair(data, rows)
    arrays = {f"{part}_{name}": value for part, model in (("picture", seen), ("text", said))
              for name, value in model.items()}  # fmt: skip
    arrays = {name: np.round(value, 5).astype(np.float32) for name, value in arrays.items()}
    arrays |= {name: np.round(value, 5) for name, value in (("before", before), ("after", after))}
    arrays["picture_constant"], arrays["text_constant"] = (arrays[f"{p}_constant"][0] for p in ("picture", "text"))
    stream = io.BytesIO()
    np.savez(stream, allow_pickle=False, names=np.array(data.names), **arrays)
    TARGET.write_bytes(stream.getvalue())
    print(f"wrote {TARGET}: {TARGET.stat().st_size:,} bytes; before {before}, after {after}")


def main() -> None:
    """Cross-validate, look at the sources held out, and write the model when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--records", type=Path, nargs="+", required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--held-out", action="store_true", help="look at the sources held out, too")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    data = table(labelled(args.bench), args.records, args.cache)
    fold = folds(data.figures)
    held = np.array([float(one.collection == "screen" and one.owner in HELD_OUT) for one in data.figures])
    print(f"{len(data.figures)} figures, {int(data.read.sum())} of them read, {len(data.pictures)} pictures and copies")
    report("cross-validation by owner", data, 1 - held, cross_validated(data, 1 - held, fold))
    if args.held_out:
        found = np.zeros((2, len(held)))
        found[:, held > 0] = predicted(data, 1 - held, held, fold)
        report("owners held out", data, held, found)
    if args.write:
        write(data, fold)


if __name__ == "__main__":
    main()
