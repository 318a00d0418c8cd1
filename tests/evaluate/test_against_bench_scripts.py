"""The scores equal those of the scripts that define them, on data made here and on published output.

Passed over where the benchmark is absent: the scripts lie in the folder ``shared`` beside the checkout.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Run

BENCH = Path(__file__).parents[3] / "shared" / "bench"

pytestmark = pytest.mark.skipif(not BENCH.is_dir(), reason="the benchmark is not here")

NAMES = ["IKKβ", "TLR2", "TLR-2", "p65", "AKT", "ATP", "Ca2+", "cancer", "β-catenin", "ß"]
SYMBOLS = ["IKBKB", "TLR2", "RELA", "AKT1", "CTNNB1"]


def by_script(name: str, *arguments: object) -> str:
    command = [sys.executable, str(BENCH / name), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout


def by_figpath(run: Run, *arguments: object) -> dict[str, dict[str, Any]]:
    ran = run("evaluate", *arguments, "--format", "json")
    assert ran.code == 0
    return {measure["name"]: measure for measure in json.loads(ran.text)}


def write_gold(folder: Path, dice: random.Random) -> None:
    for figid in ("f1", "f2", "f3", "f4"):
        mentions = [
            {
                "text": dice.choice(NAMES),
                "type": dice.choice(["gene", "family", "chemical", "disease", "process"]),
                "symbols": dice.sample(SYMBOLS, dice.randrange(3)),
                **dice.choice([{}, {}, {"species": "Mus musculus"}, {"family_symbols": ["AKT2"]}]),
            }
            for _ in range(dice.randrange(8))
        ]
        (folder / f"{figid}.json").write_text(json.dumps({"figid": figid, "mentions": mentions}), encoding="utf-8")


def write_predictions(path: Path, dice: random.Random) -> None:
    lines = []
    for figid in ("f1", "f2", "f3"):
        mentions = [
            {
                "text": dice.choice(NAMES),
                "kind": dice.choice(["gene", "family", "chemical", "disease"]),
                "score": dice.choice([0.2, 0.5, 0.9]),
                "entities": [{"symbol": dice.choice(SYMBOLS), **dice.choice([{}, {"taxon": 9606}, {"taxon": 10090}])}],
            }
            for _ in range(dice.randrange(8))
        ]
        lines.append(json.dumps({"figid": figid, "mentions": mentions}))
    path.write_text("\n".join(lines), encoding="utf-8")


def assert_same_mentions(run: Run, gold: Path, predictions: Path) -> None:
    expected = json.loads(by_script("score_mentions.py", gold, predictions, "--json"))
    found = by_figpath(run, "mentions", gold, predictions)
    for ours, theirs in (("genes", "genes"), ("chemicals", "chemical"), ("diseases", "disease")):
        for kind in ("precision", "recall", "f1"):
            assert found[f"{ours}.{kind}"]["value"] == expected[theirs][kind]
        assert found[f"{ours}.f1"]["count"] == expected[theirs]["gold"]
    assert found["genes.macro_f1"]["value"] == pytest.approx(expected["genes"]["macro_f1"], abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_mentions_of_made_figures_score_the_same(run: Run, tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311  # draws test data
    gold = tmp_path / "gold"
    gold.mkdir()
    write_gold(gold, dice)
    write_predictions(tmp_path / "found.jsonl", dice)
    assert_same_mentions(run, gold, tmp_path / "found.jsonl")


def test_pfocr_as_published_scores_the_same(run: Run) -> None:
    assert_same_mentions(run, BENCH / "gold" / "truth", BENCH / "gold" / "pfocr.jsonl")


@pytest.mark.parametrize("seed", range(3))
def test_labels_of_made_figures_score_the_same(run: Run, tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311  # draws test data
    truth = tmp_path / "truth"
    truth.mkdir()
    write_drawn(truth, tmp_path / "found.jsonl", dice)
    printed = by_script("score_labels.py", truth, tmp_path / "found.jsonl")
    expected = re.fullmatch(r"label exact (\S+) \((\d+) labels\)   id recall (\S+) \((\d+) labels\)\n", printed)
    assert expected
    found = by_figpath(run, "labels", truth, tmp_path / "found.jsonl")
    exact, ids = found["labels.exact"], found["labels.id"]
    assert (f"{exact['value']:.3f}", str(exact["count"])) == expected.group(1, 2)
    assert (f"{ids['value']:.3f}", str(ids["count"])) == expected.group(3, 4)


def write_drawn(folder: Path, predictions: Path, dice: random.Random) -> None:
    lines = []
    for figid in ("w1", "w2", "w3"):
        texts, read, named = [], [], []
        for place in range(12):
            box = [place * 100, 0, place * 100 + 60, 20]
            name = dice.choice(NAMES)
            texts.append(
                {
                    "text": f"{name} {name}" if place % 4 == 0 else name,
                    "box": box,
                    "kind": dice.choice(["gene", "protein", "rna", "metabolite"]),
                    "ncbigene": [str(place)] if place % 3 else [],
                    "clash": place == 5,
                    "lines": [{"text": name, "box": box}, {"text": name, "box": box}] if place % 4 == 0 else [],
                }
            )
            moved = [box[0] + dice.choice([0, 10, 45]), 0, box[2] + 10, 20]
            read.append({"text": dice.choice([name, name.lower(), "other"]), "box": moved})
            entities = [{"id": f"ncbigene:{dice.choice([place, 99])}"}]
            named.append({"text": "x", "kind": "gene", "box": moved, "entities": entities})
        truth = {"id": figid, "organism": dice.choice(["Homo sapiens", "Mus musculus"]), "texts": texts}
        (folder / f"{figid}.json").write_text(json.dumps(truth), encoding="utf-8")
        lines.append(json.dumps({"figid": figid, "lines": read, "mentions": named}))
    predictions.write_text("\n".join(lines[:2]), encoding="utf-8")
