"""Building with and without screening: what is left unread is counted and listed, and a lower limit takes it up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conftest import drawn
from figpath.corpus.build import build
from figpath.corpus.read import ReadFigures
from figpath.entry import Key
from figpath.figure import Figure
from figpath.record import from_json
from figpath.source.found import Source
from figpath.source.images import encode_png
from figpath.store import open_store, write_store

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence
    from pathlib import Path

    from conftest import Run
    from figpath.corpus.build import Summary
    from figpath.corpus.task import Task
    from figpath.entry import Entry
    from figpath.figure import Pixels
    from figpath.grounding.mention import Mention
    from figpath.reading.document import Line


@dataclass(frozen=True)
class ByHeight:
    """Higher pictures are likelier pathways."""

    def __call__(
        self, pixels: Pixels, figure: Figure, lines: Sequence[Line] | None, mentions: Sequence[Mention]
    ) -> float:
        return 0.1 if pixels.shape[0] < 100 else 0.9


class Reading:
    """Reads in this process, and notes what."""

    def __init__(self, work: ReadFigures) -> None:
        self._work = work
        self.tried: list[str] = []

    def leftovers(self) -> tuple[Entry, ...]:
        return ()

    def run(self, tasks: Iterable[Task]) -> Generator[tuple[Task, Entry], None, None]:
        read = self._work()
        for task in tasks:
            self.tried.append(task.figid)
            yield task, read(task)


def figures() -> list[Source]:
    """Two figures out of a paper, one low and one high, and a low picture that somebody gave."""
    import numpy as np

    low, high = (encode_png(np.asarray(drawn(*names))) for names in (("IL6",), ("JAK2", "STAT3")))
    other = encode_png(np.asarray(drawn("TNF")))
    return [
        Source(figure=Figure(figid="low"), picture=low, name="paper.tar.gz: low.png"),
        Source(figure=Figure(figid="high"), picture=high, name="paper.tar.gz: high.png"),
        Source(figure=Figure(figid="given"), picture=other),
    ]


def built(path: Path, *, least: float, papers_only: bool = False) -> tuple[Summary, list[str], dict[str, int]]:
    """What a run did, which figures it tried, and how many lines each figure has now."""
    work = ReadFigures(screen=ByHeight(), least_score=least, papers_only=papers_only)
    workers = Reading(work)
    with write_store(path) as store:
        summary = build(figures(), store, workers, fingerprint=work.fingerprint(), least_for=work.least_for)
    with open_store(path) as store:
        lines = {figid: len(from_json(text.encode()).lines) for figid, text, _ in store.documents(failed=True)}
    return summary, workers.tried, lines


def test_only_papers_are_screened_unless_told_otherwise(tmp_path: Path) -> None:
    """The low figure of the paper has its score and nothing else; the low picture that was given is read."""
    summary, _, lines = built(tmp_path / "corpus.db", least=0.5, papers_only=True)
    assert (summary.ok, summary.unread) == (3, 1)
    assert lines == {"low": 0, "high": 2, "given": 1}
    with open_store(tmp_path / "corpus.db") as store:
        assert [(figid, score) for figid, score, _ in store.unread()] == [("low", 0.1)]
        assert store.counts()["unread"] == 1


def test_a_lower_limit_takes_up_what_was_left_unread_and_nothing_else(tmp_path: Path) -> None:
    _, tried, lines = built(tmp_path / "corpus.db", least=0.5)
    assert (sorted(tried), lines) == (["given", "high", "low"], {"low": 0, "high": 2, "given": 0})
    summary, tried, _ = built(tmp_path / "corpus.db", least=0.5)
    assert (summary.there, tried) == (3, [])
    _, tried, lines = built(tmp_path / "corpus.db", least=0.0)
    assert (sorted(tried), lines) == (["given", "low"], {"low": 1, "high": 2, "given": 1})


def test_a_higher_limit_leaves_what_was_read(tmp_path: Path) -> None:
    built(tmp_path / "corpus.db", least=0.0)
    summary, tried, lines = built(tmp_path / "corpus.db", least=0.95)
    assert (summary.there, summary.older, tried) == (3, 0, [])
    assert min(lines.values()) == 1


def test_limits_are_no_part_of_the_fingerprint_and_screens_are() -> None:
    plain = ReadFigures().fingerprint()
    assert ReadFigures(least_score=0.5, papers_only=True).fingerprint() == plain
    assert ReadFigures(screen=None).fingerprint() != plain
    assert ReadFigures(screen=ByHeight()).fingerprint() != plain


def test_keys_keep_the_score_that_was_wanted() -> None:
    key = Key(picture="p", figure="f", fingerprint="abc")
    assert (key.wanted_score, key.made_with) == (None, "abc")
    again = key.screened(0.02).screened(0.3)
    assert (again.wanted_score, again.made_with) == (0.3, "abc")


def test_the_command_says_what_it_left_unread(run: Run, tmp_path: Path) -> None:
    """With a limit that nothing reaches; --no-screen then reads it; both at once are wrong usage."""
    drawn("IL6").save(tmp_path / "one.png")
    ran = run("build", "one.png", "--to", "corpus.db", "--workers", 1, "--screen", 1)
    assert "1 of the ok ones are unlikely to be pathways and were not read" in ran.err
    assert "no: less likely a pathway than was asked for" in run("show", "corpus.db", "one").text
    assert run("status", "corpus.db", "--unread", "-f", "tsv").text.splitlines()[1].startswith("one\t0.")
    assert "unread" in run("status", "corpus.db").text
    again = run("build", "one.png", "--to", "corpus.db", "--workers", 1, "--no-screen")
    assert "not read" not in again.err
    assert "1 figures: 1 ok" in again.err
    assert "ok, by figpath" in run("show", "corpus.db", "one").text
    assert run("build", "one.png", "--to", "corpus.db", "--screen", 1, "--no-screen").code == 2
