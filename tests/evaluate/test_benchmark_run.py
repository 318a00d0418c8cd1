"""The benchmark's command: results are written and compared, and tables say what was measured."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from figpath.evaluate.bootstrap import Measure
from figpath.evaluate.results import Result, newest

if TYPE_CHECKING:
    from collections.abc import Callable

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """Files of benchmarks/ are scripts that import each other; they are no package."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module


def measured(name: str, value: float, **more: Any) -> Measure:
    return Measure(name=name, value=value, low=value - 0.1, high=value + 0.1, count=1234, **more)


def result(*measures: Measure) -> Result:
    return Result(
        made="2026-11-24T10:00:00Z",
        commit="0123456789abcdef",
        changed=True,
        versions={"python": "3.11"},
        machine={"processor": "P", "cores": "2"},
        measures=measures,
    )


def test_a_result_is_written_and_a_worse_one_after_it_ends_with_one(
    module: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = module("run")
    monkeypatch.setattr(sys, "argv", ["run.py", "bench", "--to", str(tmp_path / "results")])
    values = iter([0.9, 0.95, 0.94])
    monkeypatch.setattr(run, "measure_all", lambda *_: [measured("figures.genes.f1", next(values))])
    assert (run.main(), run.main()) == (0, 0)
    assert run.main() == 1
    assert "figures.genes.f1 fell from 0.950 to 0.940, by more than 0.005" in capsys.readouterr().err
    found = newest(tmp_path / "results")
    assert found
    assert found.measures[0].value == 0.94
    assert {"python", "numpy", "engine", "lexicon"} <= found.versions.keys()
    assert found.machine.keys() == {"processor", "cores", "system"}


def test_a_part_is_printed_and_not_written(
    module: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = module("run")
    monkeypatch.setattr(sys, "argv", ["run.py", "bench", "--to", str(tmp_path), "--first", "2"])
    monkeypatch.setattr(run, "measure_all", lambda *_: [measured("figures.genes.f1", 0.9)])
    assert run.main() == 0
    assert "0.900  0.800 to 1.000  n 1,234" in capsys.readouterr().out
    assert newest(tmp_path) is None


def test_a_benchmark_that_is_not_there_is_one_line_and_code_two(
    module: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = module("run")
    monkeypatch.setattr(sys, "argv", ["run.py", str(tmp_path / "none")])
    assert run.main() == 2
    assert "cannot read captions" in capsys.readouterr().err


def test_the_table_shows_goal_interval_and_what_is_compared(module: Callable[[str], Any]) -> None:
    table = module("report").results_table(
        result(
            measured("figures.genes.f1", 0.93),
            measured("pfocr.genes.f1", 0.795, better=""),
            measured("figures.calibration.genes.error", 0.06, better="lower"),
        )
    )
    assert "| genes, F1 | 0.93 met | 0.930 | 0.830 to 1.030 | 1,234 | PFOCR 0.795 |" in table
    assert "| genes: expected calibration error | 0.05 not met | 0.060 |" in table
    assert "2026-11-24, commit 0123456789 with uncommitted changes, P, 2 cores; python 3.11." in table


def test_the_table_of_engines_has_a_row_for_each(module: Callable[[str], Any]) -> None:
    names = ("genes.precision", "genes.recall", "genes.f1", "seconds")
    both = [measured(f"{engine}.{name}", 0.5) for engine in ("A on B", "C") for name in names]
    table = module("report").engines_table(result(*both))
    assert "| A on B | 0.500 | 0.500 | 0.500 | 0.400 to 0.600 | 0.500 |" in table
    assert "| C | " in table


def test_times_are_measured_in_turns_with_the_first_alternating(module: Callable[[str], Any]) -> None:
    timing = module("timing")
    order: list[str] = []

    class Fake:
        def read(self, source: Any) -> str:
            order.append(f"ours {source.picture}")
            return f"record {source.picture}"

    class Source:
        def __init__(self, picture: str) -> None:
            self.picture = picture

    timed = timing.time_in_turns([Source("a"), Source("b")], Fake(), lambda picture: order.append(f"theirs {picture}"))
    assert order == ["ours a", "theirs a", "ours a", "theirs a", "theirs b", "ours b"]
    assert [one.record for one in timed] == ["record a", "record b"]
    ratio, *_ = timing.measures([timing.Timed(record=None, ours=1.0, theirs=4.0)])
    assert (ratio.name, ratio.value, ratio.better) == ("time.ratio", 0.25, "lower")
