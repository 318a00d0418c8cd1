"""Parquet tables say what the records say, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest

from figpath.errors import InputError
from figpath.figure import Figure, Paper
from figpath.grounding.mention import Entity, Mention
from figpath.publish.parquet import write_tables
from figpath.reading.document import Line
from figpath.record import Record, Relation

if TYPE_CHECKING:
    from pathlib import Path

JAK2 = Entity(id="ncbigene:3717", symbol="JAK2", taxon=9606, source="hgnc_symbol")
FAMILY = Entity(id="fplx:STAT", symbol="STAT")
RECORD = Record(
    figid="PMC1__f1",
    width=700,
    height=500,
    pathway_score=0.97,
    organisms=(9606,),
    figure=Figure(
        figid="PMC1__f1", number="F1", title="Title", paper=Paper(pmcid="PMC1", year="2021", keywords=("β", "c"))
    ),
    lines=(Line(text="JAK2", box=(1, 2, 3, 4), score=0.9), Line(text="STAT", box=(1, 5, 3, 9), score=0.9)),
    mentions=(
        Mention(text="Jak2", kind="gene", score=0.9, box=(1, 2, 3, 4), entities=(JAK2,), match="JAK2", rewrites=("r",)),
        Mention(text="STAT", kind="family", score=0.8, entities=(FAMILY, JAK2)),
    ),
    relations=(Relation(source=0, target=1, sign="inhibits", score=0.5, path=((1, 2), (3, 4))),),
)


def rows(path: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = pq.read_table(path).to_pylist()
    return found


def test_each_table_says_what_the_record_says(tmp_path: Path) -> None:
    assert write_tables([RECORD], tmp_path) == {"figures": 1, "mentions": 2, "relations": 1}
    (figure,) = rows(tmp_path / "figures.parquet")
    assert figure["figid"] == "PMC1__f1"
    assert (figure["width"], figure["pathway_score"], figure["organisms"]) == (700, 0.97, [9606])
    assert (figure["year"], figure["keywords"], figure["text"]) == ("2021", ["β", "c"], "JAK2\nSTAT")
    jak2, stat = rows(tmp_path / "mentions.parquet")
    assert [jak2[key] for key in ("n", "text", "x0", "y1", "ids", "taxa", "rewrites")] == [
        0, "Jak2", 1, 4, ["ncbigene:3717"], [9606], ["r"],
    ]  # fmt: skip
    assert (stat["x0"], stat["symbols"], stat["taxa"]) == (None, ["STAT", "JAK2"], [0, 9606])
    (relation,) = rows(tmp_path / "relations.parquet")
    assert relation == {
        "figid": "PMC1__f1",
        "source": 0,
        "target": 1,
        "source_text": "Jak2",
        "target_text": "STAT",
        "sign": "inhibits",
        "score": 0.5,
        "path": [[1, 2], [3, 4]],
    }


def test_many_figures_are_written_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when they do not fit into one group of rows; tables without rows are tables."""
    monkeypatch.setattr("figpath.publish.parquet._GROUP", 3)
    figids = [f"f{n}" for n in range(8)]
    write_tables((Record(figid=figid, figure=Figure(figid=figid)) for figid in figids), tmp_path)
    assert [row["figid"] for row in rows(tmp_path / "figures.parquet")] == figids
    assert rows(tmp_path / "relations.parquet") == []


def test_no_half_table_is_left_behind(tmp_path: Path) -> None:
    """An old table stays when writing a new one fails."""
    write_tables([RECORD], tmp_path)
    before = rows(tmp_path / "figures.parquet")

    def fail() -> Record:
        raise OSError("no space left")

    with pytest.raises(InputError, match=r"cannot write tables to .*: no space left; choose another folder"):
        write_tables((fail() for _ in range(1)), tmp_path)
    assert rows(tmp_path / "figures.parquet") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "figures.parquet", "mentions.parquet", "relations.parquet",
    ]  # fmt: skip
