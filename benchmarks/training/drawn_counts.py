"""Count in how many WikiPathways drawings each human gene and each chemical stands, a measure of what is drawn.

    python benchmarks/training/drawn_counts.py ../shared/bench/wikipathways src/figpath/data/drawn_counts.tsv

The drawings that serve as test figures (``open``) are left out. WikiPathways is CC0. The counts rank the meanings of
an ambiguous name (p62 is SQSTM1 more often than NUP62); no name is taken from the drawings.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path

_COLUMNS = {"NCBI gene": "ncbigene", "ChEBI": "chebi"}


def counts(folder: Path) -> Counter[str]:
    """Count drawings by CURIE over every pathway of ``gpml`` that is not drawn in ``open``."""
    held_out = {path.name.split("-")[0] for path in (folder / "open").glob("*.json")}
    total: Counter[str] = Counter()
    for table in sorted((folder / "gpml").glob("*/*-datanodes.tsv")):
        if table.parent.name not in held_out and _is_human(table):
            total.update(_entities(table))
    return total


def _is_human(table: Path) -> bool:
    (drawing,) = table.parent.glob("*.gpml")
    return 'Organism="Homo sapiens"' in drawing.read_text(encoding="utf-8")[:5000]


def _entities(table: Path) -> set[str]:
    found = set()
    with table.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            for column, prefix in _COLUMNS.items():
                for cell in (row.get(column) or "").split(";"):
                    number = cell.rpartition(":")[2].strip()
                    if number.isdigit():
                        found.add(f"{prefix}:{number}")
    return found


def main() -> None:
    """Write the table, most often drawn first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wikipathways", type=Path)
    parser.add_argument("to", type=Path)
    args = parser.parse_args()
    rows = sorted(counts(args.wikipathways).items(), key=lambda row: (-row[1], row[0]))
    lines = ["id\tdrawings", *(f"{curie}\t{count}" for curie, count in rows)]
    args.to.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(rows)} entities in {args.to}")


if __name__ == "__main__":
    main()
