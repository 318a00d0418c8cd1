"""Write the tables of docs/accuracy.md from the newest result files, or check that they agree with them.

python benchmarks/report.py [--check]
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stamp import ROOT

from figpath.evaluate.results import newest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from figpath.evaluate.bootstrap import Measure
    from figpath.evaluate.results import Result

RESULTS = ROOT / "benchmarks" / "results"
PAGE = ROOT / "docs" / "accuracy.md"
ENGINE_FILES = "engines-*.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the table: what it is, the measure, its goal, and the measure that it is compared with."""

    text: str
    name: str
    goal: float | None = None
    compared: str = ""


ROWS = (
    Row(text="genes, F1", name="figures.genes.f1", goal=0.93, compared="pfocr.genes.f1"),
    Row(text="genes, precision", name="figures.genes.precision", goal=0.95, compared="pfocr.genes.precision"),
    Row(text="genes, recall", name="figures.genes.recall", goal=0.91, compared="pfocr.genes.recall"),
    Row(text="genes, mean F1 of figures", name="figures.genes.macro_f1", goal=0.92, compared="pfocr.genes.macro_f1"),
    Row(text="chemicals, F1", name="figures.chemicals.f1", goal=0.75),
    Row(text="diseases, F1", name="figures.diseases.f1"),
    Row(text="genes scored in [0.9, 1]: share right", name="figures.calibration.genes.certain", goal=0.93),
    Row(text="genes: expected calibration error", name="figures.calibration.genes.error", goal=0.05),
    Row(text="crops of real figures, exact", name="crops.real.exact", goal=0.86, compared="crops.real.rapidocr.exact"),
    Row(text="the same, case and symbols forgiven", name="crops.real.loose", compared="crops.real.rapidocr.loose"),
    Row(text="crops of KEGG maps, exact", name="crops.kegg.exact", goal=0.95, compared="crops.kegg.rapidocr.exact"),
    Row(text="the same, case and symbols forgiven", name="crops.kegg.loose", compared="crops.kegg.rapidocr.loose"),
    Row(text="drawn labels read exactly", name="drawn.labels.exact", goal=0.985, compared="labels.rapidocr.exact"),
    Row(text="drawn labels given their NCBI id", name="drawn.labels.id", goal=0.95),
    Row(text="time of a whole read, RapidOCR = 1", name="time.ratio", goal=0.8),
    Row(text="seconds a figure", name="time.figpath_seconds", compared="time.rapidocr_seconds"),
)


def results_table(result: Result) -> str:
    """Return the table of one run, with what it was run with."""
    measures = result.by_name()
    rows = [_cells(row, measures) for row in ROWS if row.name in measures]
    head = ("what", "goal", "figpath", "95 % interval", "n", "compared with")
    return f"{_table(head, rows)}\n\n{_made_with(result)}"


def engines_table(result: Result) -> str:
    """Return the table of engines: the genes of the gold figures, all grounded by figpath."""
    measures = result.by_name()
    engines = dict.fromkeys(name.partition(".")[0] for name in measures)
    rows = []
    for engine in engines:
        cells = [_value(measures[f"{engine}.genes.{kind}"]) for kind in ("precision", "recall", "f1")]
        whole = measures[f"{engine}.genes.f1"]
        rows.append((engine, *cells, _interval(whole), _value(measures[f"{engine}.seconds"])))
    head = ("text read by", "precision", "recall", "F1", "95 % interval of F1", "seconds a figure")
    return f"{_table(head, rows)}\n\n{_made_with(result)}"


def _cells(row: Row, measures: Mapping[str, Measure]) -> tuple[str, ...]:
    found, other = measures[row.name], measures.get(row.compared)
    goal = "" if row.goal is None else f"{row.goal:g} {'met' if _met(row.goal, found) else 'not met'}"
    compared = f"{_system(row.compared)} {_value(other)}" if other else ""
    return (row.text, goal, _value(found), _interval(found), f"{found.count:,}", compared)


def _met(goal: float, found: Measure) -> bool:
    return found.value <= goal if found.better == "lower" else found.value >= goal


def _system(name: str) -> str:
    return "PFOCR" if name.startswith("pfocr.") else "RapidOCR"


def _value(measure: Measure) -> str:
    return f"{measure.value:.3f}"


def _interval(measure: Measure) -> str:
    return f"{measure.low:.3f} to {measure.high:.3f}"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _made_with(result: Result) -> str:
    machine = f"{result.machine.get('processor', '?')}, {result.machine.get('cores', '?')} cores"
    versions = ", ".join(f"{name} {value}" for name, value in result.versions.items())
    changed = " with uncommitted changes" if result.changed else ""
    return f"{result.made[:10]}, commit {result.commit[:10]}{changed}, {machine}; {versions}."


def page(text: str) -> str:
    """Return a page with its tables made anew from the newest result files."""
    for block, pattern, make in (("results", "[0-9]*.json", results_table), ("engines", ENGINE_FILES, engines_table)):
        result = newest(RESULTS, pattern=pattern)
        text = _filled(text, block, make(result) if result else "Not measured yet.")
    return text


def _filled(text: str, block: str, table: str) -> str:
    start, end = f"<!-- {block}: made by benchmarks/report.py -->", f"<!-- {block}: end -->"
    before, opened, rest = text.partition(start)
    _, closed, after = rest.partition(end)
    if not opened or not closed:
        raise SystemExit(f"{PAGE.name} has no place for its {block}: put {start} and {end} where the table belongs")
    return f"{before}{start}\n{table}\n{end}{after}"


def main() -> int:
    """Write or check the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when the page is out of step")
    check = parser.parse_args().check
    text = PAGE.read_text(encoding="utf-8")
    made = page(text)
    if check and made != text:
        print("docs/accuracy.md disagrees with benchmarks/results: run python benchmarks/report.py", file=sys.stderr)
        return 1
    if not check:
        PAGE.write_text(made, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
