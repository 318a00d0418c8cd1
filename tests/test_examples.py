"""The bundled example figures agree with the truth beside them."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import numpy as np
import pytest

from figpath.source.images import load_pixels

FOLDER = resources.files("figpath") / "data" / "examples"
TRUTHS: dict[str, dict[str, Any]] = {
    entry.name: json.loads(entry.read_text(encoding="utf-8"))
    for entry in sorted(FOLDER.iterdir(), key=lambda entry: entry.name)
    if entry.name.endswith(".json")
}


def picture(name: str) -> bytes:
    stem = name.removesuffix(".json")
    found = [entry for entry in FOLDER.iterdir() if entry.name in {f"{stem}.png", f"{stem}.jpg"}]
    assert len(found) == 1
    return found[0].read_bytes()


def test_four_figures_are_carried_with_at_least_forty_genes() -> None:
    genes = [m for truth in TRUTHS.values() for m in truth["mentions"] if m["kind"] in {"gene", "family"}]
    assert len(TRUTHS) >= 4
    assert len(genes) >= 40
    assert {m["kind"] for truth in TRUTHS.values() for m in truth["mentions"]} == {
        "gene",
        "family",
        "chemical",
        "disease",
    }
    assert {truth["species"] for truth in TRUTHS.values()} == {9606, 10090}


def test_pictures_are_small_enough_to_carry() -> None:
    assert sum(len(picture(name)) for name in TRUTHS) < 700_000


@pytest.mark.parametrize("name", TRUTHS)
def test_truth_agrees_with_its_picture(name: str) -> None:
    """Sizes match; each mention has a name, symbols and a box inside the picture with ink in it."""
    truth = TRUTHS[name]
    pixels = load_pixels(picture(name))
    assert pixels.shape == (truth["height"], truth["width"], 3)
    assert truth["figid"] == name.removesuffix(".json")
    assert truth["title"]
    assert truth["caption"]
    for mention in truth["mentions"]:
        x0, y0, x1, y1 = mention["box"]
        assert 0 <= x0 < x1 <= truth["width"], mention
        assert 0 <= y0 < y1 <= truth["height"], mention
        assert mention["text"].strip() == mention["text"] != ""
        assert mention["symbols"], mention
        assert all(mention["symbols"]), mention
        assert mention["occurrences"] >= 1
        inside = pixels[y0:y1, x0:x1].astype(int)
        assert np.ptp(inside.mean(axis=2)) > 60, mention


@pytest.mark.parametrize("name", TRUTHS)
def test_no_two_names_overlap(name: str) -> None:
    boxes = [mention["box"] for mention in TRUTHS[name]["mentions"]]
    for i, (ax0, ay0, ax1, ay1) in enumerate(boxes):
        for bx0, by0, bx1, by1 in boxes[:i]:
            assert ax1 <= bx0 or bx1 <= ax0 or ay1 <= by0 or by1 <= ay0


@pytest.mark.parametrize("name", TRUTHS)
def test_edges_join_drawn_names(name: str) -> None:
    truth = TRUTHS[name]
    drawn = {mention["text"] for mention in truth["mentions"]}
    assert truth["edges"]
    for edge in truth["edges"]:
        assert {edge["source"], edge["target"]} <= drawn, edge
        assert edge["sign"] in {"activates", "inhibits", "undirected"}
