"""Corrections are kept in the corpus: seen by everything that reads it, laid over whatever is read later."""

from __future__ import annotations

import sqlite3
import threading
import uuid
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from corpus_contents import contents
from figpath.corrections.apply import Applied
from figpath.corrections.correction import Anchor, Signature, when_of
from figpath.corrections.decide import accept, add, reassign, reject, undo
from figpath.corrections.meaning import Assigned
from figpath.errors import BeingWrittenError, StoreError
from figpath.record import from_json, to_json
from figpath.store import correct_store, open_store, write_store
from figpath.store.gene_sets import derived
from made_corpus import corpus_of, entry, family, gene
from made_corrections import by, means

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from figpath.corrections.correction import Correction
    from figpath.entry import Entry
    from figpath.store.gene_sets import DrawnGenes


def figures() -> list[Entry]:
    return [
        entry("a", gene("JAK2"), gene("STAT3"), gene("TNF")),
        entry("b", gene("JAK2"), gene("TNF"), gene("IL6")),
        entry("c", gene("FGF1"), gene("FGF2"), gene("TP53")),
    ]


def mistaken(number: int = 1) -> Callable[[Applied], Sequence[Correction]]:
    """JAK2 of a figure is TP53."""
    return lambda state: [reassign(state.record, Anchor(text="JAK2"), means("TP53"), by=by(number))]


def corrected(path: Path, figid: str, decide: Callable[[Applied], Sequence[Correction]]) -> None:
    with correct_store(path) as store:
        store.corrections.make(figid, decide)


def found_by(path: Path, query: str) -> list[str]:
    with open_store(path) as store:
        return sorted(hit.figid for hit in store.searcher().search(query).hits)


def test_a_correction_is_seen_by_all_that_reads(tmp_path: Path) -> None:
    """Search, gene view, gene sets, the table of names and the record; the log says what was before."""
    path = corpus_of(tmp_path / "corpus.db", *figures())
    assert (found_by(path, "gene:JAK2"), found_by(path, "gene:TP53")) == (["a", "b"], ["c"])
    corrected(path, "a", mistaken())
    assert (found_by(path, "gene:JAK2"), found_by(path, "gene:TP53")) == (["b"], ["a", "c"])
    with open_store(path) as store:
        assert store.searcher().gene("TP53").drawn == 2
        drawn = store.drawn_genes()
        first = [drawn.symbols[gene] for gene in drawn.gene[drawn.start[0] : drawn.start[1]]]
        assert sorted(first) == ["STAT3", "TNF", "TP53"]
        assert [row.symbol for row in store.drawn_names() if row.figid == "a"] == ["TP53", "STAT3", "TNF"]
        (line,) = store.corrections.log()
        assert store.corrections.log("a") == (line,)
        assert store.corrections.log("b") == ()
        assert line.before is not None
        assert line.before.entities[0].symbol == "JAK2"
        assert store.corrections.as_read("a") == from_json(figures()[0].record)
        assert store.corrections.state("a").record == store.record("a")


def test_the_corpus_is_as_if_it_had_been_read_so(tmp_path: Path) -> None:
    """Every derived table is that of a corpus made from the corrected records."""
    path = corpus_of(tmp_path / "corpus.db", *figures())
    corrected(path, "a", mistaken())
    with write_store(path) as store:
        store.link_duplicates()
        record = to_json(store.record("a"))
    first, *others = figures()
    assert contents(path) == contents(corpus_of(tmp_path / "other.db", replace(first, record=record), *others))
    with write_store(path) as store:
        store.reindex()
    assert contents(path) == contents(tmp_path / "other.db")


def test_everything_taken_back_leaves_no_trace_but_the_log(tmp_path: Path) -> None:
    path = corpus_of(tmp_path / "corpus.db", *figures())
    before = contents(path)
    corrected(path, "a", mistaken())
    assert contents(path) != before
    corrected(path, "a", lambda state: [undo(state.log, "c1", by=by(2))])
    with write_store(path) as store:
        store.link_duplicates()
        assert [one.id for one in store.corrections.log()] == ["c1", "c2"]
    assert contents(path) == before


def test_corrections_survive_reading_again(tmp_path: Path) -> None:
    """A later build lays them over what it reads; when they are taken back, it is what was read last."""
    path = corpus_of(tmp_path / "corpus.db", *figures())
    corrected(path, "a", mistaken())
    again = entry("a", gene("STAT3"), gene("JAK2", score=0.6), gene("IL6"))
    with write_store(path) as store:
        store.put([again])
    assert found_by(path, "gene:TP53") == ["a", "c"]
    corrected(path, "a", lambda state: [undo(state.log, "c1", by=by(2))])
    with open_store(path) as store:
        assert [text.encode() for figid, text, _ in store.documents() if figid == "a"] == [again.record]


def test_the_log_outlives_its_figure(tmp_path: Path) -> None:
    """A figure that is taken out and read anew is corrected again."""
    path = corpus_of(tmp_path / "corpus.db", *figures())
    corrected(path, "a", mistaken())
    with write_store(path) as store:
        store.remove("a")
        assert len(store.corrections.log()) == 1
        store.put(figures()[:1])
    assert found_by(path, "gene:TP53") == ["a", "c"]


def test_a_log_is_taken_over(tmp_path: Path) -> None:
    """By a corpus that was built from nothing, also before its figures are there; twice does nothing."""
    path = corpus_of(tmp_path / "corpus.db", *figures())
    corrected(path, "a", mistaken())
    corrected(path, "b", lambda state: [accept(state.record, Anchor(text="IL6"), by=by(2))])
    with open_store(path) as store:
        log = store.corrections.log()
    other = corpus_of(tmp_path / "other.db", *figures()[1:])
    with correct_store(other) as store:
        taken = store.corrections.take(reversed(log))
        assert (taken.added, taken.known, taken.waiting, taken.lost) == (2, 0, ("a",), ())
        taken = store.corrections.take(log)
        assert (taken.added, taken.known) == (0, 2)
    with write_store(other) as store:
        store.put(figures()[:1])
        store.link_duplicates()
    with write_store(path) as store:
        store.link_duplicates()
    assert contents(other) == contents(path)


def test_what_is_lost_is_told(tmp_path: Path) -> None:
    """A line whose name is not on the figure stays in the log."""
    path = corpus_of(tmp_path / "corpus.db", *figures())
    corrected(path, "a", mistaken())
    with open_store(path) as store:
        (line,) = store.corrections.log()
    other = corpus_of(tmp_path / "other.db", entry("a", gene("STAT3"), gene("TNF")))
    with correct_store(other) as store:
        assert store.corrections.take([line]).lost == (line,)
        assert store.corrections.state("a").lost == {"c1"}
        assert store.corrections.log("a") == (line,)


def test_nothing_is_half_done(tmp_path: Path) -> None:
    """An action that fails leaves the corpus and its log as they were."""
    path = corpus_of(tmp_path / "corpus.db", *figures())
    before = contents(path)

    def failing(state: Applied) -> Sequence[Correction]:
        line = reject(state.record, Anchor(text="JAK2"), by=by(1))
        return [line, replace(line, id="c2", picture="\ud800")]

    with correct_store(path) as store:
        with pytest.raises(Exception, match="cannot be written as JSON"):
            store.corrections.make("a", failing)
        with pytest.raises(StoreError, match="has no figure 'nowhere'"):
            store.corrections.make("nowhere", failing)
        assert store.corrections.log() == ()
    assert contents(path) == before


# ---- with others


def test_a_correction_goes_between_the_figures_of_a_build(tmp_path: Path) -> None:
    """Both writers end up with everything, and names that both meet for the first time are one."""
    path = tmp_path / "corpus.db"
    with write_store(path) as building:
        building.put(figures()[:2])
        corrected(path, "a", mistaken())
        building.put([figures()[2], entry("d", gene("TP53"), gene("AKT1"))])
        with correct_store(path) as correcting:
            correcting.corrections.make("b", lambda s: [add(s.record, _box("p53"), means("TP53"), by=by(2))])
            building.put([entry("e", gene("TP53"))])
        building.link_duplicates()
    assert found_by(path, "gene:TP53") == ["a", "b", "c", "d", "e"]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM entity WHERE symbol = 'TP53'").fetchone() == (1,)


def _box(text: str) -> Anchor:
    return Anchor(text=text, box=(10, 10, 40, 30))


def test_many_correct_at_once_while_a_corpus_is_built(tmp_path: Path) -> None:
    """No correction is lost, none is half done, and what is derived is that of the records."""
    path = corpus_of(tmp_path / "corpus.db", *figures())

    def correct(who: str) -> None:
        for number in range(8):
            corrected(path, "ab"[number % 2], lambda s: [accept(s.record, Anchor(text="TNF"), by=signed(who, s))])

    threads = [threading.Thread(target=correct, args=(who,)) for who in ("Ada", "Grace", "Rosalind")]
    with write_store(path) as building:
        for thread in threads:
            thread.start()
        for number in range(20):
            building.put([entry(f"n{number}", gene("AKT1"), gene("TP53")), *figures()[:1]])
        for thread in threads:
            thread.join()
        building.link_duplicates()
        log = building.corrections.log()
        assert len(log) == 24
        assert all(building.record(figid) == building.corrections.state(figid).record for figid in "ab")
    before = contents(path)
    with write_store(path) as store:
        store.reindex()
    assert contents(path) == before


def signed(who: str, state: Applied) -> Signature:
    last = state.log[-1].when if state.log else ""
    return Signature(id=uuid.uuid4().hex, when=when_of(datetime.now(UTC), after=last), who=who)


def test_a_build_that_is_committing_is_waited_for(tmp_path: Path) -> None:
    """For a while; then whoever corrects is told to come back, and nothing was done."""
    path = corpus_of(tmp_path / "corpus.db", *figures())
    with write_store(path) as building:
        building._connection.execute("BEGIN IMMEDIATE")
        with correct_store(path) as store:
            store._connection.execute("PRAGMA busy_timeout = 50")
            with pytest.raises(BeingWrittenError, match="is locked by another program"):
                store.corrections.make("a", mistaken())
        building._connection.execute("ROLLBACK")
        corrected(path, "a", mistaken())
    assert found_by(path, "gene:TP53") == ["a", "c"]


def test_a_corpus_that_is_being_brought_up_to_date_is_left_alone(tmp_path: Path) -> None:
    path = corpus_of(tmp_path / "corpus.db", *figures())
    with write_store(path) as building:
        building._connection.execute("PRAGMA user_version = 1")
        with pytest.raises(BeingWrittenError, match="is being brought up to date"):
            correct_store(path)
        building._connection.execute("PRAGMA user_version = 2")


def test_a_corpus_of_before_corrections_opens(tmp_path: Path) -> None:
    """To read as it is; whoever corrects brings it up to date."""
    path = corpus_of(tmp_path / "corpus.db", *figures())
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("DROP TABLE correction; DROP TABLE as_read; PRAGMA user_version = 1;")
    with open_store(path) as store:
        assert store.corrections.log() == store.corrections.log("a") == ()
        assert store.corrections.state("a").record == store.record("a") == store.corrections.as_read("a")
    assert found_by(path, "gene:JAK2") == ["a", "b"]
    corrected(path, "a", mistaken())
    assert found_by(path, "gene:TP53") == ["a", "c"]


def test_corrections_leave_one_file(tmp_path: Path) -> None:
    path = corpus_of(tmp_path / "corpus.db", *figures())
    corrected(path, "a", mistaken())
    assert [one.name for one in tmp_path.iterdir()] == ["corpus.db"]
    with pytest.raises(StoreError, match="there is no corpus"):
        correct_store(tmp_path / "nowhere.db")


def test_a_reader_is_no_hindrance(tmp_path: Path) -> None:
    """A server has the corpus open all the time, and sees the correction at once."""
    path = corpus_of(tmp_path / "corpus.db", *figures())
    with open_store(path) as reading:
        searcher = reading.searcher()
        assert searcher.search("gene:TP53").total == 1
        corrected(path, "a", mistaken())
        assert searcher.search("gene:TP53").total == 2
        assert len(reading.corrections.log("a")) == 1


def test_gene_sets_of_corrected_figures_are_put_in_their_places(tmp_path: Path) -> None:
    """The same as when all are derived anew, with genes and families that come and go."""
    first, *others = figures()
    path = corpus_of(tmp_path / "corpus.db", first, *others, entry("d", family("FGF", "FGF1", "FGF2"), gene("AKT1")))
    family_of_fgf = Assigned(kind="family", entities=family("FGF", "FGF1", "FGF2").entities, match="FGF")
    steps: list[tuple[str, Callable[[Applied], Sequence[Correction]]]] = [
        ("a", mistaken(1)),
        ("b", lambda s: [reassign(s.record, Anchor(text="TNF"), family_of_fgf, by=by(2))]),
        ("d", lambda s: [reject(s.record, Anchor(text="FGF"), by=by(3))]),
        ("d", lambda s: [reject(s.record, Anchor(text="AKT1"), by=by(4))]),
        ("a", lambda s: [undo(s.log, "c1", by=by(5))]),
    ]
    for figid, decide in steps:
        corrected(path, figid, decide)
        with open_store(path) as store:
            kept, whole = store.drawn_genes(), derived(store._connection)
        assert rows_of(kept) == rows_of(whole)
        assert (kept.figids, kept.curies, kept.symbols) == (whole.figids, whole.curies, whole.symbols)
        assert kept.taxa.tolist() == whole.taxa.tolist()
        assert kept.start.tolist() == whole.start.tolist()


def rows_of(drawn: DrawnGenes) -> list[tuple[str, int, str]]:
    """Symbol, way and family of each row."""
    names = (*drawn.families, "")
    columns = zip(drawn.gene.tolist(), drawn.source.tolist(), drawn.family.tolist(), strict=True)
    return [(drawn.symbols[gene], source, names[family]) for gene, source, family in columns]
