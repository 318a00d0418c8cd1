"""Fit the probability that a mention is right: two logistic regressions over the features of `grounding.score`.

    python benchmarks/training/fit_scores.py RECORDS.jsonl [--write]

RECORDS.jsonl is what ``figpath read --format jsonl`` prints for the gold figures. Each mention, whatever its score, is
a row: right when the gold has its gene anywhere in the figure, or, for a chemical or disease, its drawn text. Rows of
one text in one figure count once, as in the score of the benchmark. Each figure is grounded with and without its
caption. Cross-validation leaves whole figures out. The weights, what they were fitted on and how well they do go to
``src/figpath/data/score_weights.json``.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from figpath.evaluate.gold import GoldFigure, fold, read_gold
from figpath.figure import Figure, Paper
from figpath.grounding.definitions import with_definitions
from figpath.grounding.ground import Grounder
from figpath.grounding.lexicon.lexicon import Lexicon, open_lexicon
from figpath.grounding.species import scope_of
from figpath.ids import HUMAN
from figpath.reading.document import Line, Reading

TARGET = Path("src/figpath/data/score_weights.json")
RIDGE = 0.7  # of 0.4 to 25, among the best in cross-validation for calibration and precision alike
DISEASE = {
    "constant": 2.2,
    "rewrites": -6.0,
    "misread": -2.5,
    "lookalike": -2.5,
    "unsure_reading": -2.0,
    "english": -0.6,
}
FOLDS = 10


@dataclass(frozen=True, kw_only=True)
class Row:
    """One mention: its features, its model, whether it is right, and its figure."""

    figid: str
    model: str
    features: dict[str, float]
    right: bool
    weight: float


def rows_of(records: Path, bench: Path, lexicon: Lexicon) -> list[Row]:
    """Ground every gold figure with and without its caption and compare with the gold."""
    captions = {c["figid"]: c for c in _lines(bench / "gold/captions.jsonl")}
    gold = {figure.figid: figure for figure in read_gold(bench / "gold/truth")}
    rows: list[Row] = []
    for record in _lines(records):
        for caption in (captions.get(record["figid"], {}), {}):
            rows += _figure_rows(record, gold[record["figid"]], caption, lexicon)
    return rows


def _figure_rows(record: dict[str, Any], truth: GoldFigure, known: dict[str, Any], lexicon: Lexicon) -> list[Row]:
    reading = Reading(
        width=record["width"], height=record["height"], lines=msgspec.convert(record["lines"], tuple[Line, ...])
    )
    figure = Figure(
        figid=record["figid"], title=known.get("figtitle", ""), caption=known.get("caption", ""),
        paper=Paper(title=known.get("papertitle", "")),
    )  # fmt: skip
    drawn = [word.text for line in reading.lines for word in line.words]
    scope = scope_of(figure, drawn, known=lexicon.taxa)
    seen: list[dict[str, float]] = []

    def remember(x: Any, kind: str) -> float:
        seen.append({**x, "kind": kind})  # type: ignore[dict-item]  # the kind travels with its features
        return float(len(seen) - 1)

    texts = [figure.caption, *(line.text for line in reading.lines)]
    names = with_definitions(lexicon, texts, taxa=scope.taxa or (HUMAN,))
    context = f"{figure.title} {figure.caption} {figure.paper.title}"
    mentions = Grounder(names, scope, caption=context, scorer=remember).reading(reading)
    genes = frozenset[str]().union(*truth.genes().values())
    texts_of = truth.names("chemical")
    found: dict[tuple[str, str], Row] = {}
    for mention in mentions:
        if not mention.entities:
            continue
        x = dict(seen[int(mention.score)])
        kind = str(x.pop("kind"))
        model = "gene" if kind in ("gene", "family") else kind
        symbols = {e.symbol for e in mention.entities if e.taxon in (None, HUMAN)}
        right = bool(symbols & genes) if model == "gene" else fold(mention.text) in texts_of
        found.setdefault(
            (model, mention.text), Row(figid=record["figid"], model=model, features=x, right=right, weight=0.5)
        )
    return list(found.values())


def fit(rows: list[Row], names: list[str]) -> dict[str, float]:
    """Ridge logistic regression by Newton's method; the constant is not shrunk."""
    x, y, weight = (
        _matrix(rows, names),
        np.array([row.right for row in rows], float),
        np.array([r.weight for r in rows]),
    )
    ridge = np.full(len(names), RIDGE)
    ridge[names.index("constant")] = 1e-3
    w = np.zeros(len(names))
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (weight * (p - y)) + ridge * w
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    return {name: round(float(value), 4) for name, value in zip(names, w, strict=True)}


def _matrix(rows: list[Row], names: list[str]) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.array([[row.features.get(name, 0.0) for name in names] for row in rows])


def predict(weights: dict[str, float], row: Row) -> float:
    """Probability of one row, capped as in the product."""
    return min(0.99, float(1 / (1 + np.exp(-sum(weights[n] * row.features.get(n, 0.0) for n in weights)))))


def cross_validated(rows: list[Row], names: list[str]) -> list[tuple[float, bool, str]]:
    """Predict each figure by a model fitted without it."""
    figures = sorted({row.figid for row in rows})
    random.Random(7).shuffle(figures)  # noqa: S311 - no secret, folds
    out: list[tuple[float, bool, str]] = []
    for number in range(FOLDS):
        held = set(figures[number::FOLDS])
        weights = fit([row for row in rows if row.figid not in held], names)
        out += [(predict(weights, row), row.right, row.figid) for row in rows if row.figid in held]
    return out


def quality(predictions: list[tuple[float, bool, str]]) -> dict[str, float]:
    """Share right above 0.9, expected calibration error in ten bins, precision and share kept at 0.5."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for p, right, _ in predictions:
        bins[min(9, int(p * 10))].append((p, right))
    total = len(predictions)
    error = sum(abs(sum(p for p, _ in b) - sum(r for _, r in b)) for b in bins.values()) / total
    top = [right for p, right, _ in predictions if p >= 0.9]
    kept = [right for p, right, _ in predictions if p >= 0.5]
    return {
        "rows": total,
        "right_above_0.9": round(sum(top) / max(1, len(top)), 4),
        "expected_calibration_error": round(error, 4),
        "precision_at_0.5": round(sum(kept) / max(1, len(kept)), 4),
        "right_kept_at_0.5": round(sum(kept) / max(1, sum(r for _, r, _ in predictions)), 4),
    }


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def main() -> None:
    """Fit both models, print how they do on figures left out, and write them when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path)
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    rows = rows_of(args.records, args.bench, open_lexicon())
    weights, report = {"disease": DISEASE}, {}
    for model in ("gene", "chemical"):
        own = [row for row in rows if row.model == model]
        names = sorted({name for row in own for name in row.features})
        weights[model] = fit(own, names)
        report[model] = quality(cross_validated(own, names))
        print(model, report[model])
        print("  ", dict(sorted(weights[model].items(), key=lambda item: item[1])))
    if args.write:
        document = {"fitted_on": "the 31 open gold figures, with and without captions",
                    "cross_validation": report, "weights": weights}  # fmt: skip
        TARGET.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
