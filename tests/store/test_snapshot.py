"""The arrays say what the tables say, kept or laid over."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from figpath.figure import Paper
from figpath.store import database, open_store, present, write_store
from figpath.store.snapshot import DRAWN, FIRST, gathered
from made_corpus import corpus_of, entry, family, gene

if TYPE_CHECKING:
    from pathlib import Path


def drawn(path: Path) -> dict[str, list[tuple[str, int]]]:
    """What each figure draws by the arrays: symbols with flags."""
    with closing(database.open_to_read(path)) as connection:
        symbols = dict(connection.execute("SELECT id, symbol FROM entity"))
        found = present.load(connection)
        rows = {}
        for row, figid in enumerate(found.figids):
            entities, flags = found.drawn_by(row)
            rows[figid] = sorted((symbols[n], int(flag)) for n, flag in zip(entities, flags, strict=True))
            for entity in entities.tolist():
                assert row in found.drawing(entity)[0].tolist()
        assert len(found.rows) == len(found.entities)
        return rows


def test_flags_tell_what_is_drawn_and_what_stands_first(tmp_path: Path) -> None:
    """A gene that is drawn itself and as a member of a family is drawn."""
    path = corpus_of(
        tmp_path / "c.db", entry("a", family("FGF", "FGF1", "FGF2"), gene("FGF2"), gene("JAK2", score=0.4))
    )
    assert drawn(path) == {"a": [("FGF", DRAWN | FIRST), ("FGF1", 0), ("FGF2", DRAWN | FIRST)]}


def test_changes_are_laid_over_what_was_kept(tmp_path: Path) -> None:
    path = corpus_of(tmp_path / "c.db", entry("b", gene("JAK2")), entry("d", gene("TNF")), entry("e", gene("IL6")))
    with write_store(path) as store:
        store.put([entry("a", gene("IL6")), entry("d", gene("STAT3")), entry("c", status="failed")])
        store.remove("e")
    laid_over = drawn(path)
    assert {figid: [symbol for symbol, _ in found] for figid, found in laid_over.items()} == {
        "a": ["IL6"],
        "b": ["JAK2"],
        "d": ["STAT3"],
    }
    with write_store(path) as store:
        store.link_duplicates()
    assert drawn(path) == laid_over


def test_a_journal_of_two_lines_is_one(tmp_path: Path) -> None:
    """And a search finds it by its words."""
    papers = [Paper(journal=name, year="2020") for name in ("Cell\n Reports", "", "Blood")]
    path = corpus_of(tmp_path / "c.db", *(entry(f"f{n}", paper=paper) for n, paper in enumerate(papers)))
    with open_store(path) as store:
        found = store.searcher().search('journal:"cell reports"', facets=("journal",))
        assert [hit.figid for hit in found.hits] == ["f0"]
        assert [value.label for value in found.facets[0].values] == ["Cell Reports"]
        assert [hit.figid for hit in store.searcher().search("journal:blood").hits] == ["f2"]


@given(st.lists(st.integers(min_value=0, max_value=4), min_size=1, max_size=8), st.data())
def test_gathered_segments_follow_each_other(lengths: list[int], data: st.DataObject) -> None:
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    chosen = data.draw(st.lists(st.integers(min_value=0, max_value=len(lengths) - 1), max_size=8))
    expected = [place for n in chosen for place in range(starts[n], starts[n + 1])]
    assert gathered(starts, np.array(chosen, dtype=np.int64)).tolist() == expected
