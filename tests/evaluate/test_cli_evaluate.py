"""``figpath evaluate``: tables for people, JSON and TSV for machines, one line for what is wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

GOLD = {"figid": "f1", "mentions": [
    {"text": "IKKβ", "type": "gene", "symbols": ["IKBKB"]}, {"text": "AKT", "type": "gene", "symbols": ["AKT1"]},
]}  # fmt: skip
FOUND = {"figid": "f1", "organisms": [9606], "lines": [{"text": "AKT", "box": [0, 0, 9, 9]}], "mentions": [
    {"text": "IKKβ", "kind": "gene", "score": 0.95, "entities": [{"symbol": "IKBKB", "taxon": 9606}]},
    {"text": "X", "kind": "gene", "score": 0.6, "entities": [{"symbol": "XX", "taxon": 9606}]},
]}  # fmt: skip
DRAWN = {"id": "f1", "organism": "Homo sapiens", "texts": [
    {"text": "AKT", "box": [0, 0, 9, 9], "kind": "gene", "ncbigene": ["207"], "font_px": 9.5},
    {"text": "IL6", "box": [50, 0, 59, 9], "kind": "gene", "ncbigene": []},
]}  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return written(tmp_path / "gold" / "f1.json", GOLD).parent


@pytest.fixture
def found(tmp_path: Path) -> Path:
    return written(tmp_path / "found.jsonl", FOUND)


def written(path: Path, value: object) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(value) + "\n", encoding="utf-8", newline="\n")
    return path


def test_scores_of_mentions_come_as_table_tsv_and_json(run: Run, gold: Path, found: Path) -> None:
    table = run("evaluate", "mentions", gold, found)
    assert (table.code, table.err) == (0, "")
    assert "genes.f1" in table.text
    assert "0.500" in table.text
    tsv = run("evaluate", "mentions", gold, found, "--format", "tsv").text.splitlines()
    assert tsv[0].split("\t") == ["measure", "value", "95 % interval", "n"]
    assert tsv[1].split("\t")[:2] == ["genes.precision", "0.500"]
    rows = json.loads(run("evaluate", "mentions", gold, found, "--format", "json").text)
    assert rows[1] | {"low": 0, "high": 0} == {
        "name": "genes.recall", "value": 0.5, "low": 0, "high": 0, "count": 2, "better": "higher",
    }  # fmt: skip


def test_a_higher_limit_of_scores_leaves_names_out(run: Run, gold: Path, found: Path) -> None:
    rows = json.loads(run("evaluate", "mentions", gold, found, "--min-score", "0.9", "-f", "json").text)
    assert rows[0]["value"] == 1.0


def test_misses_list_what_was_missed_and_invented(run: Run, gold: Path, found: Path) -> None:
    ran = run("evaluate", "mentions", gold, found, "--misses", "-f", "json")
    assert json.loads(ran.text) == [{"figure": "f1", "F1": "0.50", "missed": "AKT", "invented": "X"}]


def test_why_counts_the_causes_and_lists_each(run: Run, gold: Path, found: Path) -> None:
    counted = json.loads(run("evaluate", "mentions", gold, found, "--why", "-f", "json").text)
    assert {row["cause"]: row["missed"] for row in counted if row["missed"] != "0"} == {"segmentation": "1"}
    each = json.loads(run("evaluate", "mentions", gold, found, "--why", "--misses", "-f", "json").text)
    assert each == [{"figure": "f1", "name": "AKT", "cause": "segmentation", "evidence": "AKT"}]


def test_why_needs_lines(run: Run, gold: Path, tmp_path: Path) -> None:
    ran = run("evaluate", "mentions", gold, written(tmp_path / "bare.jsonl", {"figid": "f1"}), "--why")
    assert ran.code == 2
    assert "have no lines of text" in ran.err


def test_predictions_may_come_from_standard_input(run: Run, gold: Path, found: Path) -> None:
    ran = run("evaluate", "mentions", gold, "-", "--format", "json", stdin=found.read_bytes())
    assert ran.out == run("evaluate", "mentions", gold, found, "--format", "json").out


def test_calibration_shows_measures_and_the_share_right_by_score(run: Run, gold: Path, found: Path) -> None:
    ran = run("evaluate", "calibration", gold, found)
    assert ran.code == 0
    assert "calibration.genes.certain" in ran.text
    assert "0.9 to 1.0" in ran.text
    rows = json.loads(run("evaluate", "calibration", gold, found, "-f", "json").text)
    assert rows[1]["value"] == pytest.approx((0.05 + 0.6) / 2)


def test_labels_are_scored_and_misses_listed(run: Run, tmp_path: Path, found: Path) -> None:
    truth = written(tmp_path / "truth" / "f1.json", DRAWN).parent
    rows = json.loads(run("evaluate", "labels", truth, found, "-f", "json").text)
    assert [(row["name"], row["value"]) for row in rows] == [("labels.exact", 0.5), ("labels.id", 0.0)]
    misses = json.loads(run("evaluate", "labels", truth, found, "--misses", "-f", "json").text)
    assert misses == [{"figure": "f1", "label": "IL6", "font px": "", "read instead": ""}]


def test_crops_are_read_and_scored(run: Run, tmp_path: Path) -> None:
    image = Image.new("RGB", (90, 30), "white")
    ImageDraw.Draw(image).text((10, 4), "STAT3", fill="black", font=ImageFont.load_default(20))
    image.save(tmp_path / "a_1.png")
    (tmp_path / "list.tsv").write_text("file\ttext\na_1.png\tSTAT3\na_1.png\tJAK2\n", encoding="utf-8")
    rows = json.loads(run("evaluate", "crops", tmp_path / "list.tsv", "-f", "json").text)
    assert [(row["name"], row["value"]) for row in rows] == [("crops.exact", 0.5), ("crops.loose", 0.5)]
    misses = json.loads(run("evaluate", "crops", tmp_path / "list.tsv", "--misses", "-f", "json").text)
    assert misses == [{"crop": "a_1.png", "text": "JAK2", "read instead": "STAT3"}]


def test_figures_of_one_side_only_are_told_on_standard_error(run: Run, gold: Path, tmp_path: Path) -> None:
    written(gold / "f2.json", {"figid": "f2", "mentions": []})
    path = tmp_path / "more.jsonl"
    path.write_text('{"figid": "f1"}\n{"figid": "f9"}\n', encoding="utf-8")
    ran = run("evaluate", "mentions", gold, path, "-f", "json")
    assert ran.code == 0
    assert ran.err.splitlines() == [
        "figpath: 1 predicted figures are not in this folder and are left out: f9",
        "figpath: 1 figures have no prediction and count as figures in which nothing was found: f2",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("mentions", "none", "found.jsonl"), "no folder none"),
        (("mentions", "empty", "found.jsonl"), "no .json file in folder empty"),
        (("mentions", "gold", "none.jsonl"), "cannot read predictions none.jsonl"),
        (("mentions", "gold", "bad.jsonl"), "bad.jsonl line 2: not what was expected"),
        (("calibration", "gold", "other.jsonl"), "no predicted figure is one of the 1 of the truth"),
        (("labels", "gold", "found.jsonl"), "f1.json: not what was expected"),
        (("crops", "found.jsonl"), "is no list of crops"),
    ],
)
def test_what_is_wrong_is_one_line_and_exit_code_two(
    run: Run, tmp_path: Path, gold: Path, found: Path, arguments: tuple[str, ...], said: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad.jsonl").write_text('{"figid": "f1"}\n{"figid"\n', encoding="utf-8")
    written(tmp_path / "other.jsonl", {"figid": "f7"})
    ran = run("evaluate", *arguments)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith("figpath: ")
    assert said in ran.err
    assert ran.err.count("\n") == 1
