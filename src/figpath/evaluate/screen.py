"""Screening against labels: precision, recall and F1 of pathways, before and after the text is read, by class."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from figpath.errors import InputError
from figpath.evaluate.bootstrap import divided, measure, share
from figpath.evaluate.documents import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from figpath.evaluate.bootstrap import Better, Floats, Measure

LOOK_ALIKES: Final = frozenset({"workflow_flowchart", "experimental_design", "box_arrow_diagram_other", "network"})
"""Classes of figures that are no pathways and are drawn like them."""
LEAST: Final = 0.5
_LABELS = {"pathway": True, "other": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledFigure:
    """A picture of which somebody said whether it is a pathway.

    Parameters
    ----------
    picture
        Where it is.
    source, kind
        Where it comes from, and its class: signaling, plot_bar and so on.
    pathway
        The label.
    borderline
        Whether reasonable people differ: such figures are left out of the scores.
    """

    picture: Path
    source: str
    kind: str
    pathway: bool
    borderline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """A labelled figure with its scores before and after its text is read, and the seconds of the first."""

    file: str
    source: str
    kind: str
    pathway: bool
    before: float
    after: float
    seconds: float = 0.0


def read_labels(path: Path) -> tuple[LabelledFigure, ...]:
    """Read a TSV file with the columns file and label; class, borderline and source are optional.

    Raises
    ------
    InputError
        When it cannot be read, has no such columns, or has another label than ``pathway`` and ``other``.
    """
    rows = list(csv.DictReader(io.StringIO(read_text(path, what="labels")), delimiter="\t"))
    if not rows or not {"file", "label"} <= set(rows[0]):
        raise InputError(f"{path} has no labels: it needs the columns file and label, separated by tabs")
    return tuple(_labelled(row, path, number) for number, row in enumerate(rows, 2))


def _labelled(row: dict[str, str], path: Path, number: int) -> LabelledFigure:
    if row["label"] not in _LABELS:
        raise InputError(f"{path}, line {number}: the label is {row['label']!r}, expected pathway or other")
    if not row["file"]:
        raise InputError(f"{path}, line {number}: no file is named beside the label {row['label']}")
    return LabelledFigure(
        picture=path.parent / row["file"],
        source=row.get("source") or row["file"],
        kind=row.get("class") or row["label"],
        pathway=_LABELS[row["label"]],
        borderline=row.get("borderline") == "1",
    )


def measures(found: Sequence[Screened], *, prefix: str = "screen.", after: bool = True) -> tuple[Measure, ...]:
    """Measure precision, recall and F1, the same among look-alikes, and the share right of each class.

    Parameters
    ----------
    found
        Without the borderline ones.
    prefix
        Of the names of the measures.
    after
        Whether scores after reading are measured, too.

    Returns
    -------
    tuple of Measure
        Intervals are over sources, since figures of one source look alike.
    """
    score: dict[str, Callable[[Screened], float]] = {"before": lambda one: one.before}
    if after:
        score["after"] = lambda one: one.after
    made: list[Measure] = []
    for name, of in score.items():
        alike = [one for one in found if one.pathway or one.kind in LOOK_ALIKES]
        made += _scores(found, of, f"{prefix}{name}.")
        made += _scores(alike, of, f"{prefix}{name}.look_alikes.")
        for kind in sorted({one.kind for one in found}):
            chosen = [one for one in found if one.kind == kind]
            made.append(_right(chosen, of, f"{prefix}{name}.class.{kind.replace(' ', '_')}", better=""))
    if any(one.seconds for one in found):
        seconds = [(one.seconds, 1.0) for one in found]
        made.append(measure(f"{prefix}before.seconds", seconds, share, better="lower"))
    return tuple(made)


def _scores(found: Sequence[Screened], of: Callable[[Screened], float], prefix: str) -> Iterator[Measure]:
    others = [one for one in found if not one.pathway]
    for name, statistic in (("precision", _precision), ("recall", _recall), ("f1", _f1)):
        yield measure(prefix + name, _by_source(found, of), statistic, count=len(found))
    if others:
        yield _right(others, of, f"{prefix}others_right", better="higher")


def _right(found: Sequence[Screened], of: Callable[[Screened], float], name: str, *, better: Better) -> Measure:
    sums: dict[str, tuple[float, float]] = {}
    for one in found:
        right, count = sums.get(one.source, (0.0, 0.0))
        sums[one.source] = (right + ((of(one) >= LEAST) == one.pathway), count + 1)
    return measure(name, list(sums.values()), share, count=len(found), better=better)


def _by_source(found: Iterable[Screened], of: Callable[[Screened], float]) -> list[tuple[float, float, float]]:
    """Return of each source how many are found rightly, how many are found, and how many are pathways."""
    sums: dict[str, tuple[float, float, float]] = {}
    for one in found:
        taken = of(one) >= LEAST
        old = sums.get(one.source, (0.0, 0.0, 0.0))
        sums[one.source] = (old[0] + (taken and one.pathway), old[1] + taken, old[2] + one.pathway)
    return list(sums.values()) or [(0.0, 0.0, 0.0)]


def _precision(sums: Floats) -> Floats:
    return divided(sums[..., 0], sums[..., 1], otherwise=0.0)


def _recall(sums: Floats) -> Floats:
    return divided(sums[..., 0], sums[..., 2], otherwise=0.0)


def _f1(sums: Floats) -> Floats:
    return divided(2 * sums[..., 0], sums[..., 1] + sums[..., 2], otherwise=0.0)
