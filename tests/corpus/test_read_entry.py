"""What becomes of one figure in a worker: read, read in part, screened out, or failed with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from figpath.corpus.read import entry
from figpath.corpus.task import task_of
from figpath.errors import LexiconError
from figpath.pipeline import sources_of
from figpath.record import from_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from figpath.corpus.task import Task
    from figpath.figure import Figure, Pixels
    from figpath.grounding.mention import Mention
    from figpath.pipeline import Pipeline
    from figpath.reading.document import Line


@dataclass
class Scores:
    """Screening that answers with one score before a figure is read and another one after."""

    before: float
    after: float

    def __call__(
        self, pixels: Pixels, figure: Figure, lines: Sequence[Line] | None, mentions: Sequence[Mention]
    ) -> float:
        return self.before if lines is None else self.after


def task(path: Path) -> Task:
    (source,) = sources_of([path])
    return task_of(source, fingerprint="f1")


def test_a_figure_is_read_as_alone(pipeline: Callable[..., Pipeline], figure: Path) -> None:
    """The record is that of the pipeline; the key has the checksum of the picture."""
    found = entry(task(figure), pipeline(), images="keep")
    record = pipeline().read(*sources_of([figure]))
    assert from_json(found.record) == record
    assert found.picture is not None
    assert found.key.picture == found.picture.sha256 == record.provenance.image_sha256
    assert (found.status, found.origin, found.picture.path) == ("ok", "figpath", str(figure))


def test_text_outlives_a_fault_in_grounding(
    pipeline: Callable[..., Pipeline], figure: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Status partial, with the lines, without names, and with the reason."""

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("figpath.pipeline.ground_figure", fail)
    found = entry(task(figure), pipeline(), images="paths")
    record = from_json(found.record)
    assert (found.status, found.reason) == ("partial", "the names could not be grounded: ZeroDivisionError: by zero")
    assert [line.text for line in record.lines] == ["JAK2", "p-STAT3", "TNF-alpha"]
    assert record.mentions == ()


@pytest.mark.parametrize(("before", "score", "lines"), [(0.1, 0.1, 0), (0.6, 0.9, 3)])
def test_only_likely_pathways_are_read(
    pipeline: Callable[..., Pipeline], figure: Path, before: float, score: float, lines: int
) -> None:
    """An unlikely one has its score and nothing else; a likely one the score that reading gives it."""
    found = entry(task(figure), pipeline(screen=Scores(before, 0.9), least_score=0.5), images="paths")
    record = from_json(found.record)
    assert (found.status, record.pathway_score, len(record.lines)) == ("ok", score, lines)


def test_whatever_goes_wrong_is_a_reason(
    pipeline: Callable[..., Pipeline], figure: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"text")
    assert "expected JPEG" in entry(task(broken), pipeline(), images="keep").reason
    lost = task(broken)
    broken.unlink()
    assert "no such file" in entry(lost, pipeline(), images="keep").reason

    def fail(*_: object, **__: object) -> None:
        raise MemoryError("too much\nof it")

    monkeypatch.setattr("figpath.pipeline.Pipeline.read_pixels", fail)
    found = entry(task(figure), pipeline(), images="keep")
    assert (found.status, found.picture) == ("failed", None)
    assert found.reason == "an error that figpath did not expect, MemoryError: too much of it"


def test_a_species_that_is_missing_stops_the_worker_before_it_begins(own_home: Path) -> None:
    from figpath.corpus.read import ReadFigures

    with pytest.raises(LexiconError, match="no genes of Danio rerio"):
        ReadFigures(taxa=(7955,))()
