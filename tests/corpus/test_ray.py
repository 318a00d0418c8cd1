"""Ray does the same work with the same results; where it is not installed, only the message is tested."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus_contents import contents
from fake_work import FakeReading, NoReading, source, sources
from figpath.corpus.build import Summary, build
from figpath.corpus.ray import RayWorkers
from figpath.corpus.shard import ShardWriter
from figpath.corpus.task import task_of
from figpath.corpus.workers import Processes
from figpath.errors import EngineError, InputError
from figpath.store import write_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.corpus.build import Workers
    from figpath.source.found import Source

TESTS = Path(__file__).parents[1]
needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason="Ray is an optional extra: pip install figpath[ray]")
pytestmark = pytest.mark.filterwarnings("default")  # Ray's own warnings are no concern of ours


@pytest.fixture(autouse=True)
def workers_find_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setenv("RAY_AUTH_MODE", "disabled")


def ray(tmp_path: Path, make: FakeReading | NoReading, *, limit: float = 60.0) -> RayWorkers:  # type: ignore[type-arg]
    return RayWorkers(make, address="local", folder=tmp_path / "shards", count=2, limit=limit)


def built(path: Path, found: Sequence[Source], workers: Workers) -> Summary:
    with write_store(path) as store:
        summary = build(found, store, workers, fingerprint="f1")
        store.link_duplicates()
    return summary


def test_without_ray_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(InputError, match=r"run pip install 'figpath\[ray\]'"):
        ray(tmp_path, FakeReading())


@needs_ray
@pytest.mark.slow
def test_processes_and_ray_give_equal_corpora(tmp_path: Path) -> None:
    """One process, two processes and Ray: the same to the last byte, failures included."""
    found = [*sources(40), source("bad", "fail")]
    for name, workers in (
        ("one", Processes(FakeReading(), count=1)),
        ("two", Processes(FakeReading(), count=2)),
        ("ray", ray(tmp_path, FakeReading())),
    ):
        built(tmp_path / name, found, workers)
    assert contents(tmp_path / "one") == contents(tmp_path / "two") == contents(tmp_path / "ray")
    assert not (tmp_path / "shards").exists()


@needs_ray
@pytest.mark.slow
def test_one_bad_figure_spoils_no_other_on_ray(tmp_path: Path) -> None:
    bad = [source("dies", "die"), source("once", f"die once {tmp_path / 'once'}"), source("hangs", "hang")]
    summary = built(
        tmp_path / "c.db", [*sources(4), *bad, *sources(4, prefix="after")], ray(tmp_path, FakeReading(), limit=3)
    )
    assert summary.ok == 9
    assert sorted(summary.failures) == [
        ("dies", "the process that read it died 3 times: out of memory, or a fault of the engine"),
        ("hangs", "took longer than 3 seconds: give it more with --limit"),
    ]


@needs_ray
@pytest.mark.slow
def test_workers_of_ray_that_cannot_begin_end_the_run(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="3 workers of Ray died before they could read"):
        built(tmp_path / "c.db", sources(3), ray(tmp_path, NoReading()))


@needs_ray
def test_shards_of_a_killed_run_are_taken_in(tmp_path: Path) -> None:
    """And taken away; nothing else is read from them."""
    (tmp_path / "shards").mkdir()
    tasks = [task_of(one, fingerprint="f1") for one in sources(3)]
    shard = ShardWriter[object](tmp_path / "shards" / "00000000.shard")
    for task in tasks:
        shard.add(FakeReading().read(task))
    shard.close()
    workers = ray(tmp_path, FakeReading())
    assert [entry.figid for entry in workers.leftovers()] == [task.figid for task in tasks]
    assert list((tmp_path / "shards").iterdir()) == []
