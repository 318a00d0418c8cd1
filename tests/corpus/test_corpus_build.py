"""Building: the same command does only what is new or failed, and never loses a good reading."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus_contents import contents
from fake_work import FakeReading, source, sources
from figpath.corpus.build import Summary, build
from figpath.corpus.workers import Lost
from figpath.errors import StoreError
from figpath.figure import Figure
from figpath.source.found import Source, Unusable
from figpath.store import open_store, write_store

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

    from figpath.corpus.task import Task
    from figpath.entry import Entry


class InThisProcess:
    """Reads one figure after the other, and notes which."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def leftovers(self) -> tuple[Entry, ...]:
        return ()

    def run(self, tasks: Iterable[Task]) -> Generator[tuple[Task, Entry | Lost], None, None]:
        work = FakeReading()()
        for task in tasks:
            self.read.append(task.figid)
            yield task, work(task)


def built(
    path: Path, found: Sequence[Source | Unusable], *, fingerprint: str = "f1", again: bool = False
) -> tuple[Summary, list[str]]:
    """What a run did, and which figures it read."""
    workers = InThisProcess()
    with write_store(path) as store:
        summary = build(found, store, workers, fingerprint=fingerprint, again=again)
        store.link_duplicates()
    return summary, workers.read


def figids(path: Path) -> dict[str, str]:
    with open_store(path) as store:
        return {state.figid: state.status for state in store.states(every=True)}


def test_the_same_command_again_reads_nothing(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    first, read = built(path, sources(5))
    assert (first.ok, first.there, len(read)) == (5, 0, 5)
    before = contents(path)
    second, read = built(path, sources(5))
    assert (second.ok, second.there, read) == (0, 5, [])
    assert contents(path) == before


def test_only_what_is_new_changed_or_failed_is_read(tmp_path: Path) -> None:
    """A new figure, another picture in its place, another caption, and one that failed before."""
    path = tmp_path / "corpus.db"
    built(path, [*sources(3), source("bad", "fail")])
    one, two, three = sources(3)
    captioned = replace(two, figure=replace(two.figure, caption="now with a caption"))
    changed = replace(three, picture=b"another picture")
    summary, read = built(path, [one, captioned, changed, source("bad", "repaired"), source("new", "new")])
    assert read == [two.figure.figid, three.figure.figid, "bad", "new"]
    assert (summary.ok, summary.there, summary.failed) == (4, 1, 0)
    assert set(figids(path).values()) == {"ok"}


def test_what_another_version_has_read_is_read_anew_on_request(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    built(path, sources(3))
    summary, read = built(path, sources(3), fingerprint="f2")
    assert (summary.there, summary.older, read) == (3, 3, [])
    summary, read = built(path, sources(3), fingerprint="f2", again=True)
    assert (summary.ok, summary.older, len(read)) == (3, 0, 3)
    assert built(path, sources(3), fingerprint="f2", again=True)[1] == []


def test_a_failure_takes_nothing_away(tmp_path: Path) -> None:
    """A figure that was read stays as it was when reading it anew fails or its picture is gone; it is counted."""
    path = tmp_path / "corpus.db"
    (good,) = sources(1)
    built(path, [good])
    before = contents(path)
    gone = replace(good, picture=tmp_path / "gone.png")
    cut = Unusable(path=Path(good.name), reason="cut short", figure=good.figure)
    for found in (gone, cut):
        summary, _ = built(path, [found])
        assert summary.failed == 1
    assert contents(path) == before


def test_each_failure_has_its_reason_on_one_line(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    unusable = Unusable(path=tmp_path / "paper.pdf", reason="no PDF\nbut text", figure=Figure(figid="paper"))
    summary, _ = built(path, [source("bad", "fail"), unusable])
    assert summary.failures == [("bad", "it says so"), ("paper", "no PDF but text")]
    with open_store(path) as store:
        found = {state.figid: (state.status, state.reason, state.location) for state in store.states()}
    assert found == {
        "bad": ("failed", "it says so", Path("bad.txt").absolute().as_posix()),
        "paper": ("failed", "no PDF but text", (tmp_path / "paper.pdf").as_posix()),
    }


def test_a_repaired_file_is_listed_no_longer(tmp_path: Path) -> None:
    """What stood for a broken package goes when the package has given its figures."""
    path, package = tmp_path / "corpus.db", tmp_path / "paper.tar.gz"
    broken = Unusable(path=package, reason="cut short", figure=Figure(figid="paper.tar"))
    built(path, [broken])
    assert figids(path) == {"paper.tar": "failed"}
    built(path, sources(1))
    assert figids(path)["paper.tar"] == "failed", "another file says nothing about it"
    built(path, [replace(source("PMC1__f1", "picture"), name=f"{package}: f1.jpg")])
    assert figids(path) == {"figure0000": "ok", "PMC1__f1": "ok"}


def test_two_pictures_of_one_name_are_two_figures(tmp_path: Path) -> None:
    """The second gets the first digits of its checksum; the next run knows both, in whatever order they come."""
    path = tmp_path / "corpus.db"
    first = replace(source("fig1", "one picture"), name="a/fig1.txt")
    second = replace(source("fig1", "another picture"), name="b/fig1.txt")
    built(path, [first, second])
    found = figids(path)
    assert found == {"fig1": "ok", f"fig1-{sha256(b'another picture').hexdigest()[:8]}": "ok"}
    assert built(path, [first, second])[1] == []
    within = [replace(first, name="one.pdf: page 1"), replace(second, name="one.pdf: page 1")]
    assert built(path, within)[1] == [], "also when both are found at one place"
    same = replace(first, name="c/fig1.txt")
    assert built(path, [same, second, first])[1] == [], "the same picture elsewhere is the same figure"
    assert figids(path) == found


def test_a_full_disk_ends_the_run_and_keeps_what_is_stored(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    with write_store(path) as store:
        store._connection.execute("PRAGMA max_page_count = 60")
        with pytest.raises(StoreError, match="no space left"):
            build(sources(200), store, InThisProcess(), fingerprint="f1")
    kept = len(figids(path))
    assert 10 < kept < 200
    summary, read = built(path, sources(200))
    assert (summary.there, len(read)) == (kept, 200 - kept)


def test_leftovers_of_a_killed_run_are_stored_first(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    built(tmp_path / "other.db", sources(2))

    class WithLeftovers(InThisProcess):
        def leftovers(self) -> tuple[Entry, ...]:
            from figpath.corpus.task import task_of

            return tuple(FakeReading().read(task_of(one, fingerprint="f1")) for one in sources(2))

    workers = WithLeftovers()
    with write_store(path) as store:
        build(sources(3), store, workers, fingerprint="f1")
    assert workers.read == ["figure0002"]
