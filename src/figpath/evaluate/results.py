"""Measured numbers kept over time: one JSON file a run, named by date and commit, and what got worse."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from figpath.errors import InputError
from figpath.evaluate.bootstrap import Measure
from figpath.evaluate.documents import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA: Final = "figpath.benchmark/1"
DECIMALS = 4

TOLERANCES = {"time.": 0.05, "figures.diseases.": 0.2, "": 0.005}
"""How much worse a measure may get before that counts, by the beginning of its name; the first that fits.

There are only five names of diseases in the gold.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The numbers of one run, and what it was run with.

    Parameters
    ----------
    schema
        Name and version of the form.
    made
        When, in UTC, such as ``2026-11-24T06:40:12Z``.
    commit
        Of the code; `changed` says whether files differed from it.
    versions
        Of what decides the numbers: package or table to version.
    machine
        ``processor``, ``cores``, ``system``.
    measures
        The numbers, rounded to `DECIMALS`.
    """

    schema: Literal["figpath.benchmark/1"] = SCHEMA
    made: str
    commit: str
    changed: bool = False
    versions: dict[str, str] = field(default_factory=dict)
    machine: dict[str, str] = field(default_factory=dict)
    measures: tuple[Measure, ...] = ()

    def __post_init__(self) -> None:
        rounded = tuple(
            replace(m, value=round(m.value, DECIMALS), low=round(m.low, DECIMALS), high=round(m.high, DECIMALS))
            for m in self.measures
        )
        object.__setattr__(self, "measures", rounded)

    @property
    def filename(self) -> str:
        """Date and commit: two runs of one commit on one day replace each other."""
        return f"{self.made[:10]}-{self.commit[:10]}.json"

    def by_name(self) -> dict[str, Measure]:
        """Return the measures under their names."""
        return {measure.name: measure for measure in self.measures}


@dataclass(frozen=True, slots=True, kw_only=True)
class Regression:
    """A measure that got worse, or is no longer measured.

    Parameters
    ----------
    earlier
        What it was.
    now
        What it is; None when it was not measured.
    reason
        In words.
    """

    earlier: Measure
    now: Measure | None
    reason: str


def to_json(result: Result) -> bytes:
    """Return a result as JSON, indented and with a newline at its end, for a file that people compare."""
    return msgspec.json.format(msgspec.json.encode(result), indent=1) + b"\n"


def read_result(path: Path) -> Result:
    """Read a result file.

    Raises
    ------
    InputError
        When it cannot be read or breaks the form.
    """
    data = read_bytes(path, what="result file")
    try:
        return msgspec.json.decode(data, type=Result)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise InputError(f"{path} is no result file of schema {SCHEMA!r}: {error}") from error


def newest(folder: Path, *, pattern: str = "[0-9]*.json") -> Result | None:
    """Return the result of a folder that was made last; None when there is none."""
    found = [read_result(path) for path in sorted(folder.glob(pattern))]
    return max(found, key=lambda result: result.made, default=None)


def regressions(now: Result, earlier: Result) -> tuple[Regression, ...]:
    """Compare a result with an earlier one.

    Returns
    -------
    tuple of Regression
        Every measure that is outside the earlier interval on its worse side, that is worse by more than its
        tolerance (see `TOLERANCES`), or that is absent. Measures that are only for comparison are left out.
    """
    measured = now.by_name()
    found = []
    for before in earlier.measures:
        reason = _reason(before, measured.get(before.name))
        if before.better and reason:
            found.append(Regression(earlier=before, now=measured.get(before.name), reason=reason))
    return tuple(found)


def _reason(before: Measure, after: Measure | None) -> str:
    if after is None:
        return f"{before.name} was {before.value:.3f} and is no longer measured"
    what = f"{before.name} fell" if before.better == "higher" else f"{before.name} rose"
    change = f"{what} from {before.value:.3f} to {after.value:.3f}"
    outside = after.value < before.low if before.better == "higher" else after.value > before.high
    worse = before.value - after.value if before.better == "higher" else after.value - before.value
    if outside:
        return f"{change}, beyond its earlier interval {before.low:.3f} to {before.high:.3f}"
    allowed = next(amount for start, amount in TOLERANCES.items() if before.name.startswith(start))
    return f"{change}, by more than {allowed}" if worse > allowed + 10**-DECIMALS / 2 else ""
