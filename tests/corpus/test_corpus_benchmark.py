"""The benchmark of building measures what it says, on two figures in place of a thousand."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from figpath.source.images import load_pixels

if TYPE_CHECKING:
    from types import ModuleType

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script; those of benchmarks/ are no package."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("corpus")


def test_variations_are_different_and_always_the_same(bench: Any, figure: Path) -> None:
    made = [list(bench.variations([figure], 4)) for _ in range(2)]
    assert made[0] == made[1]
    assert len({source.picture for source in made[0]}) == len({source.figure.figid for source in made[0]}) == 4
    assert all(load_pixels(source.picture).shape[2] == 3 for source in made[0])


def test_the_start_of_the_workers_does_not_count(bench: Any) -> None:
    """From the first finished figure on, times the figures through those that were seen."""
    watch = bench.Watch(20, 11)
    assert watch.seconds([100.0, 120.0]) == pytest.approx(22.0)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory and processor time are read from /proc")
def test_everything_is_measured(bench: Any, figure: Path) -> None:
    numbers = bench.measured([figure], figures=3, first=2, records=20)
    assert (numbers.figures, numbers.first) == (3, 2)
    assert min(numbers.recognition_seconds, numbers.one_worker_seconds, numbers.two_workers_seconds) > 0
    assert 50 < numbers.memory_at_end < 10_000
    assert numbers.imported_a_minute > 100
