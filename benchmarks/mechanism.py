"""Every drawing of a folder of WikiPathways as a mechanism, run by figpath and by libRoadRunner.

``python benchmarks/mechanism.py GPML_FOLDER --rows ROWS.tsv`` writes a row a file as it goes, and passes over files
that have one; ``--page docs/mechanism.md`` puts the table of all rows between the marks of that page.
"""

from __future__ import annotations

import argparse
import csv
import re
import time
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from figpath.errors import FigpathError
from figpath.mechanism.formats.gpml import from_gpml
from figpath.mechanism.formats.sbml import to_sbml
from figpath.mechanism.logic import wire
from figpath.mechanism.sampling import sample, typical
from figpath.mechanism.settle import settle

if TYPE_CHECKING:
    from figpath.mechanism.graph import Graph

MEMBERS = 100
LONG = 4000.0  # relative time after which libRoadRunner is compared with the steady state
MARKS = re.compile(r"(<!-- made by benchmarks/mechanism.py -->\n).*?(<!-- end -->)", re.DOTALL)
CLASSES = ((1, 10), (11, 25), (26, 50), (51, 100), (101, 10**6))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What became of one file; seconds are of one core."""

    file: str
    reason: str = ""
    nodes: int = 0
    edges: int = 0
    read: float = 0.0
    settled: int = 0
    ours: float = 0.0
    sbml: float = 0.0
    roadrunner: float = 0.0
    difference: float = float("nan")


def main() -> None:
    """Measure what is not measured yet, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=Path, required=True)
    parser.add_argument("--page", type=Path)
    asked = parser.parse_args()
    rows = _read_rows(asked.rows)
    known = {row.file for row in rows}
    for path in sorted(asked.folder.glob("*/*.gpml"), key=lambda path: path.stat().st_size):
        if path.stem not in known:
            rows.append(measured(path))
            _append(asked.rows, rows[-1])
    made = table(rows)
    print(made)
    if asked.page:
        text = asked.page.read_text(encoding="utf-8")
        asked.page.write_text(MARKS.sub(rf"\1\n{made}\n\2", text), encoding="utf-8", newline="\n")


def measured(path: Path) -> Row:
    """Read a drawing and run it in both engines."""
    begun = time.perf_counter()
    try:
        graph = from_gpml(path.read_bytes()).graph
    except FigpathError as error:
        return Row(file=path.stem, reason=str(error))
    read = time.perf_counter() - begun
    settled, ours = _ensemble(graph)
    sbml, roadrunner, difference = _compared(graph)
    return Row(
        file=path.stem, nodes=len(graph.nodes), edges=len(graph.edges), read=read, settled=settled, ours=ours,
        sbml=sbml, roadrunner=roadrunner, difference=difference,
    )  # fmt: skip


def _ensemble(graph: Graph) -> tuple[int, float]:
    """How many of a hundred members settle, and in which time."""
    begun = time.perf_counter()
    wiring = wire(graph)
    members = sample(graph, wiring, members=MEMBERS, seed=0)
    rest = settle(wiring, members, members.basal)
    return int(rest.settled.sum()), time.perf_counter() - begun


def _compared(graph: Graph) -> tuple[float, float, float]:
    """Seconds to write SBML, seconds of libRoadRunner, and the largest difference of a level after a long time."""
    import roadrunner

    begun = time.perf_counter()
    text = to_sbml(graph).data.decode()
    written = time.perf_counter()
    model = roadrunner.RoadRunner(text)
    model.integrator.absolute_tolerance, model.integrator.relative_tolerance = 1e-12, 1e-9
    theirs = np.asarray(model.simulate(0, LONG, 2))[-1, 1:]
    ran = time.perf_counter()
    wiring = wire(graph)
    member = typical(graph, wiring)
    rest = settle(wiring, member, member.basal, close=1e-11)
    difference = float(np.abs(theirs - rest.levels[:, 0]).max()) if rest.settled[0] else float("nan")
    return written - begun, ran - written, difference


def table(rows: list[Row]) -> str:
    """Return the rows by size of the graph, and in sum."""
    lines = [
        f"| nodes | files | edges | read, s | {MEMBERS} members, s | settled | libRoadRunner, s | largest difference |",
        "|---|---|---|---|---|---|---|---|",
    ]
    graphs = [row for row in rows if not row.reason]
    for low, high in CLASSES:
        some = [row for row in graphs if low <= row.nodes <= high]
        if some:
            lines.append(_line(f"{low} to {max(row.nodes for row in some)}", some))
    lines.append(_line("all", graphs))
    reasons = len(rows) - len(graphs)
    return "\n".join(lines) + f"\n\n{len(graphs)} of {len(rows)} files are a graph; {reasons} say why not."


def _line(name: str, rows: list[Row]) -> str:
    known = [row.difference for row in rows if row.difference == row.difference]
    cells = (
        name, str(len(rows)), f"{median(row.edges for row in rows):.0f}", f"{median(row.read for row in rows):.3f}",
        f"{median(row.ours for row in rows):.2f}",
        f"{sum(row.settled for row in rows) / (MEMBERS * len(rows)):.1%}",
        f"{median(row.roadrunner for row in rows):.2f}", f"{max(known, default=float('nan')):.0e}",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _read_rows(path: Path) -> list[Row]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return [_row(cells) for cells in csv.DictReader(stream, delimiter="\t")]


def _row(cells: dict[str, str]) -> Row:
    return Row(
        file=cells["file"],
        reason=cells["reason"],
        nodes=int(cells["nodes"]),
        edges=int(cells["edges"]),
        settled=int(cells["settled"]),
        read=float(cells["read"]),
        ours=float(cells["ours"]),
        sbml=float(cells["sbml"]),
        roadrunner=float(cells["roadrunner"]),
        difference=float(cells["difference"]),
    )


def _append(path: Path, row: Row) -> None:
    new = not path.exists()
    with path.open("a", encoding="utf-8", newline="\n") as stream:
        writer = csv.DictWriter(stream, [field.name for field in fields(Row)], delimiter="\t", lineterminator="\n")
        if new:
            writer.writeheader()
        writer.writerow(asdict(row))


if __name__ == "__main__":
    main()
