"""Scores of screening: precision, recall and F1 over sources, look-alikes by themselves, and bad label files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import drawn
from figpath.errors import InputError
from figpath.evaluate.screen import Screened, measures, read_labels

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run


def figure(source: str, kind: str, *, pathway: bool, before: float, after: float) -> Screened:
    return Screened(file=f"{source}.png", source=source, kind=kind, pathway=pathway, before=before, after=after)


FOUND = (
    figure("a", "signaling", pathway=True, before=0.9, after=0.9),
    figure("a", "signaling", pathway=True, before=0.4, after=0.8),
    figure("b", "network", pathway=False, before=0.7, after=0.6),
    figure("b", "plot_bar", pathway=False, before=0.1, after=0.1),
)


def test_measures_are_those_of_the_table_of_right_and_wrong() -> None:
    value = {one.name: one.value for one in measures(FOUND)}
    assert value["screen.before.precision"] == pytest.approx(1 / 2)
    assert value["screen.before.recall"] == pytest.approx(1 / 2)
    assert value["screen.after.f1"] == pytest.approx(4 / 5)
    assert value["screen.after.look_alikes.precision"] == pytest.approx(2 / 3)
    assert value["screen.after.others_right"] == pytest.approx(1 / 2)
    assert value["screen.after.look_alikes.others_right"] == 0
    assert value["screen.after.class.plot_bar"] == 1


def test_intervals_of_shares_are_over_sources_too() -> None:
    """Twenty figures of one source are one observation: half of two sources is right, and nothing is known better."""
    many = [figure(source, "plot_bar", pathway=False, before=score, after=0) for source, score in (("a", 1), ("b", 0))]
    found = {one.name: one for one in measures(many * 20)}
    for name in ("others_right", "class.plot_bar"):
        one = found[f"screen.before.{name}"]
        assert (one.value, one.low, one.high, one.count) == (0.5, 0, 1, 40)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no labels"),
        ("name\tlabel\na\tother\n", "needs the columns file and label"),
        ("label\tfile\nother\n", "line 2: no file is named beside the label other"),
        ("file\tlabel\na.png\tmaybe\n", "line 2: the label is 'maybe', expected pathway or other"),
    ],
)
def test_bad_label_files_are_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "labels.tsv").write_text(text, encoding="utf-8", newline="\n")
    with pytest.raises(InputError, match=message):
        read_labels(tmp_path / "labels.tsv")


def test_the_command_prints_measures_and_misses(run: Run, tmp_path: Path) -> None:
    """Borderline figures are left out."""
    drawn("IL6").save(tmp_path / "one.png")
    (tmp_path / "labels.tsv").write_text(
        "file\tlabel\tborderline\none.png\tother\t0\nabsent.png\tother\t1\n", encoding="utf-8", newline="\n"
    )
    ran = run("evaluate", "screen", "labels.tsv", "-f", "tsv")
    assert ran.code == 0
    assert "screen.before.class.other" in ran.text
    assert "screen.after.others_right" in ran.text
    assert "screen.before.seconds" in ran.text
    assert run("evaluate", "screen", "labels.tsv", "--before", "--misses", "-f", "tsv").text.startswith("file\tclass")
    assert run("evaluate", "screen", "absent.tsv").code == 2
