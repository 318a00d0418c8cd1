"""Result files come back equal, the newest is found, and what got worse is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from figpath.errors import InputError
from figpath.evaluate.bootstrap import Better, Measure
from figpath.evaluate.results import Result, newest, read_result, regressions, to_json

if TYPE_CHECKING:
    from pathlib import Path


def measured(value: float, *, name: str = "a", better: Better = "higher", spread: float = 0.1) -> Measure:
    return Measure(name=name, value=value, low=value - spread, high=value + spread, count=3, better=better)


def result(*measures: Measure, made: str = "2026-11-24T10:00:00Z", commit: str = "0123456789abcdef") -> Result:
    return Result(made=made, commit=commit, versions={"python": "3"}, machine={"cores": "2"}, measures=measures)


def test_a_result_comes_back_equal_with_rounded_numbers(tmp_path: Path) -> None:
    made = result(measured(1 / 3))
    path = tmp_path / made.filename
    path.write_bytes(to_json(made))
    assert path.name == "2026-11-24-0123456789.json"
    assert read_result(path) == made
    assert made.measures[0].value == 0.3333


def test_the_newest_is_the_one_made_last_whatever_its_name(tmp_path: Path) -> None:
    for made, commit in (("2026-11-24T10:00:00Z", "f" * 40), ("2026-11-24T11:00:00Z", "a" * 40)):
        one = result(made=made, commit=commit)
        (tmp_path / one.filename).write_bytes(to_json(one))
    (tmp_path / "engines-2027-01-01-a.json").write_bytes(to_json(result(made="2027-01-01T00:00:00Z")))
    found = newest(tmp_path)
    assert found
    assert found.commit == "a" * 40
    assert newest(tmp_path / "none") is None


@pytest.mark.parametrize("data", [b"", b"{}", b'{"schema": "other/1", "made": "", "commit": ""}'])
def test_a_file_in_another_form_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "1.json").write_bytes(data)
    with pytest.raises(InputError, match="no result file of schema"):
        newest(tmp_path)


CASES: dict[str, tuple[Measure, Measure | None, str]] = {
    "the same": (measured(0.9), measured(0.9), ""),
    "better": (measured(0.9), measured(0.99), ""),
    "within the tolerance": (measured(0.9), measured(0.895), ""),
    "by more than the tolerance": (measured(0.9), measured(0.894), "a fell from 0.900 to 0.894, by more than 0.005"),
    "beyond the interval": (measured(0.9), measured(0.7), "beyond its earlier interval 0.800 to 1.000"),
    "beyond a narrow interval": (measured(0.9, spread=0.001), measured(0.897), "beyond its earlier interval"),
    "lower is better": (measured(0.04, better="lower"), measured(0.01, better="lower"), ""),
    "rose": (measured(0.04, better="lower"), measured(0.05, better="lower"), "a rose from 0.040 to 0.050, by more"),
    "times vary more": (
        measured(0.7, name="time.x", better="lower"),
        measured(0.74, name="time.x", better="lower"),
        "",
    ),
    "slower": (
        measured(0.7, name="time.x", better="lower"),
        measured(0.76, name="time.x", better="lower"),
        "by more than 0.05",
    ),
    "no longer measured": (measured(0.9), None, "is no longer measured"),
    "only for comparison": (measured(0.9, better=""), measured(0.1, better=""), ""),
}


@pytest.mark.parametrize("case", CASES)
def test_a_measure_that_got_worse_is_reported_with_the_reason(case: str) -> None:
    before, after, reason = CASES[case]
    found = regressions(result(*([after] if after else [])), result(before))
    assert len(found) == bool(reason)
    assert all(reason in one.reason for one in found)
