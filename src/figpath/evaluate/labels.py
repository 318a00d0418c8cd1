"""Drawn pathways with exact truth: which labels were read letter for letter, and which got their gene's id."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from figpath.evaluate.bootstrap import measure, share
from figpath.evaluate.documents import read_folder
from figpath.evaluate.predictions import LooseBox

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from figpath.evaluate.bootstrap import Measure
    from figpath.evaluate.predictions import Prediction

_KINDS = frozenset({"gene", "protein", "rna"})
_SHARED = 1 / 3  # of the smaller box, from which two boxes count as one place
_THIN = 1e-9  # square pixels, for boxes without an area


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelLine:
    """One line of a label."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A text that was drawn.

    Parameters
    ----------
    text
        Its characters.
    box
        Where it stands, in pixels.
    kind
        What it names: ``gene``, ``protein``, ``rna``, ``metabolite`` and so on.
    ncbigene
        NCBI Gene ids, digits only.
    clash
        True when it overlaps another text, so that nobody could read it.
    lines
        Its lines, when it has several.
    font_px
        Size of its font in pixels.
    """

    text: str
    box: LooseBox
    kind: str
    ncbigene: tuple[str, ...] = ()
    clash: bool = False
    lines: tuple[LabelLine, ...] = ()
    font_px: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPathway:
    """One drawn figure and all of its texts."""

    id: str
    organism: str
    texts: tuple[Label, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelMiss:
    """A label that was not read, with what was read at its place."""

    figid: str
    text: str
    font_px: float | None
    instead: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelScore:
    """How the labels of one figure were read.

    Parameters
    ----------
    read, labels
        Labels read exactly, of all gene labels.
    named, with_id
        Labels whose id was named, of those that have one; only of human pathways.
    missed
        The labels that were not read.
    """

    read: int
    labels: int
    named: int
    with_id: int
    missed: tuple[LabelMiss, ...]


def read_drawn(folder: Path) -> tuple[DrawnPathway, ...]:
    """Read a folder with the truth of drawn pathways, one JSON file each.

    Raises
    ------
    InputError
        When there is no such folder, it holds no truth, or a file breaks the form.
    """
    return read_folder(folder, DrawnPathway, what="the truth of drawn pathways")


def compare(figure: DrawnPathway, answer: Prediction | None) -> LabelScore:
    """Compare the labels of one figure with what was read and named at their places."""
    labels = [label for label in figure.texts if label.kind in _KINDS and not label.clash]
    missed = tuple(
        LabelMiss(figid=figure.id, text=label.text, font_px=label.font_px, instead=tuple(_texts_at(label, answer)))
        for label in labels
        if not _is_read(label, answer)
    )
    with_id = [label for label in labels if label.ncbigene and figure.organism == "Homo sapiens"]
    return LabelScore(
        read=len(labels) - len(missed),
        labels=len(labels),
        named=sum(_is_named(label, answer) for label in with_id),
        with_id=len(with_id),
        missed=missed,
    )


def measures(scores: Sequence[LabelScore], *, prefix: str = "") -> tuple[Measure, Measure]:
    """Measure the share of labels read exactly, and the share of labels with an id that were given it."""
    read = [(score.read, score.labels) for score in scores]
    named = [(score.named, score.with_id) for score in scores]
    return (
        measure(f"{prefix}labels.exact", read, share, count=sum(score.labels for score in scores)),
        measure(f"{prefix}labels.id", named, share, count=sum(score.with_id for score in scores)),
    )


def lies_on(box: LooseBox | None, label: LooseBox) -> bool:
    """Tell whether two boxes share at least a third of the smaller one."""
    if box is None:
        return False
    width = min(box[2], label[2]) - max(box[0], label[0])
    height = min(box[3], label[3]) - max(box[1], label[1])
    return width > 0 and height > 0 and width * height >= min(_area(box), _area(label)) * _SHARED


def _area(box: LooseBox) -> float:
    return max(_THIN, (box[2] - box[0]) * (box[3] - box[1]))


def _is_read(label: Label, answer: Prediction | None) -> bool:
    """True when the label's text, or each of its lines, stands at its place; case and blanks are forgiven."""
    at_place = {_plain(text) for text in _texts_at(label, answer)}
    lines = [_plain(line.text) for line in label.lines]
    return _plain(label.text) in at_place or (len(lines) > 1 and set(lines) <= at_place)


def _texts_at(label: Label, answer: Prediction | None) -> list[str]:
    if answer is None:
        return []
    pieces = [(line.text, line.box) for line in answer.lines] + [(m.text, m.box) for m in answer.mentions]
    return [text for text, box in pieces if lies_on(box, label.box)]


def _is_named(label: Label, answer: Prediction | None) -> bool:
    wanted = {f"ncbigene:{number}" for number in label.ncbigene}
    mentions = answer.mentions if answer else ()
    return any(
        wanted & {entity.id for entity in mention.entities} for mention in mentions if lies_on(mention.box, label.box)
    )


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
