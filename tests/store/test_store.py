"""A corpus gives back what was put into it, refuses what is none, and loses nothing when the disk is full."""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Generator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus_contents import contents
from fake_work import FakeReading, source
from figpath.corpus.task import failed, task_of
from figpath.entry import Picture
from figpath.errors import StoreError
from figpath.record import from_json
from figpath.store import Duplicate, State, open_store, schema, write_store

if TYPE_CHECKING:
    from figpath.entry import Entry
    from figpath.store import Store


def entry_of(figid: str, text: str = "") -> Entry:
    return FakeReading().read(task_of(source(figid, text or f"picture of {figid}"), fingerprint="f1"))


def failure_of(figid: str, reason: str) -> Entry:
    return failed(task_of(source(figid, "no picture"), fingerprint="f1"), reason)


def looking(entry: Entry, dhash: int | None, *, width: int = 100) -> Entry:
    """The same entry with a picture of that look."""
    assert entry.picture is not None
    return replace(entry, picture=replace(entry.picture, dhash=dhash, width=width))


def filled(path: Path, *entries: Entry) -> Path:
    with write_store(path) as store:
        store.put(entries)
        store.link_duplicates()
    return path


def put_one_by_one(store: Store, entries: list[Entry]) -> None:
    for entry in entries:
        store.put([entry])


def test_what_was_put_in_comes_back(tmp_path: Path) -> None:
    """Records to the last byte, pictures, states and keys; records in the order of their figids."""
    entries = [entry_of("b"), entry_of("a"), failure_of("c", "broken")]
    path = filled(tmp_path / "corpus.db", *entries)
    with open_store(path) as store:
        assert list(store.records()) == [from_json(entries[1].record), from_json(entries[0].record)]
        assert [text.encode() for _, text, _ in store.documents(failed=True)] == [entries[n].record for n in (1, 0, 2)]
        assert store.record("a") == from_json(entries[1].record)
        assert store.picture("a") == entries[1].picture
        assert store.picture("c") is None
        stored = store.stored("b")
        assert stored is not None
        assert (stored.status, stored.origin, stored.key) == ("ok", "figpath", entries[0].key)
        assert store.stored("x") is None
        assert list(store.states()) == [
            State(
                figid="c",
                status="failed",
                origin="figpath",
                reason="broken",
                location=Path("c.txt").absolute().as_posix(),
            )
        ]
        assert [state.figid for state in store.states(every=True)] == ["a", "b", "c"]
        counts = store.counts()
        assert (counts["ok"], counts["failed"], counts["pictures"]) == (2, 1, 2)


def test_a_corpus_is_one_file_when_it_is_closed(tmp_path: Path) -> None:
    """So that it can be copied: no log and no lock lie beside it."""
    filled(tmp_path / "corpus.db", entry_of("a"))
    assert [path.name for path in tmp_path.iterdir()] == ["corpus.db"]


def test_a_figure_is_there_once(tmp_path: Path) -> None:
    """Put again, it takes the place of what was there, in the indexes too."""
    again = filled(tmp_path / "again.db", entry_of("a", "one"), entry_of("b"))
    filled(again, entry_of("a", "two"))
    assert contents(again) == contents(filled(tmp_path / "once.db", entry_of("b"), entry_of("a", "two")))


def test_a_figure_can_be_taken_out(tmp_path: Path) -> None:
    path = filled(tmp_path / "corpus.db", entry_of("a"), entry_of("b"))
    with write_store(path) as store:
        store.remove("a")
        store.remove("absent")
        store.link_duplicates()
    assert contents(path)[:5] == contents(filled(tmp_path / "other.db", entry_of("b")))[:5]


def test_what_is_kept_of_a_picture_is_not_lost(tmp_path: Path) -> None:
    """A run that keeps only paths leaves the file of an earlier run in the corpus."""
    entry = entry_of("a")
    assert entry.picture is not None
    place = tmp_path / "pictures" / "a.png"
    bare = Picture(sha256=entry.picture.sha256, width=100, height=80, path=str(place))
    path = filled(tmp_path / "corpus.db", entry)
    filled(path, replace(entry, picture=bare))
    with open_store(path) as store:
        assert store.picture("a") == replace(entry.picture, path=str(place))


def test_pictures_beside_the_corpus_move_with_it(tmp_path: Path) -> None:
    """Their paths are kept relative; those elsewhere are kept whole."""
    (tmp_path / "here").mkdir()
    near, far = entry_of("near"), entry_of("far")
    assert near.picture is not None
    assert far.picture is not None
    inside, outside = tmp_path / "here" / "near.png", tmp_path / "far.png"
    path = filled(
        tmp_path / "here" / "corpus.db",
        replace(near, picture=replace(near.picture, path=str(inside))),
        replace(far, picture=replace(far.picture, path=str(outside))),
    )
    (tmp_path / "here").rename(tmp_path / "there")
    with open_store(tmp_path / "there" / path.name) as store:
        found = [store.picture(figid) for figid in ("near", "far")]
        assert [one.path for one in found if one] == [str(tmp_path / "there" / "near.png"), str(outside)]


def test_reindexing_changes_nothing_that_was_right(tmp_path: Path) -> None:
    path = filled(tmp_path / "corpus.db", *(entry_of(f"f{n}") for n in range(20)), failure_of("x", "why"))
    before = contents(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("DROP TABLE meaning; DELETE FROM facts; DELETE FROM about;")
    with pytest.raises(StoreError, match=r"written by an earlier figpath: run 'figpath reindex"):
        open_store(path)
    with write_store(path) as store:
        assert store.reindex() == 21
    assert contents(path) == before


def test_nearly_equal_pictures_are_linked(tmp_path: Path) -> None:
    """Same bytes, and few differing bits of the perceptual hash in the same proportions; each to the first by figid."""
    path = filled(
        tmp_path / "corpus.db",
        looking(entry_of("b"), 0xFFFF_0000_FFFF_0000),
        looking(entry_of("a"), 0xFFFF_0000_FFFF_0003),
        looking(entry_of("c"), 0xFFFF_0000_FFFF_0001, width=300),
        looking(entry_of("e", "same"), 0),
        looking(entry_of("d", "same"), 0),
        looking(entry_of("f"), None),
        looking(entry_of("g"), None),
        looking(entry_of("h"), 0x0F0F_0F0F_0F0F_0F0F),
        failure_of("z", "broken"),
    )
    with open_store(path) as store:
        assert list(store.duplicates()) == [
            Duplicate(figid="b", first="a", distance=2, same_bytes=False),
            Duplicate(figid="e", first="d", distance=0, same_bytes=True),
        ]
        assert len(list(store.records())) == 8, "linked, not dropped"


def test_a_full_disk_loses_nothing_that_was_stored(tmp_path: Path) -> None:
    """The figure that does not fit is not there at all, the others are, and the corpus goes on where there is room."""
    path = tmp_path / "corpus.db"
    entries = [entry_of(f"f{n}") for n in range(200)]
    with write_store(path) as store:
        store.put(entries[:10])
        store._connection.execute("PRAGMA max_page_count = 60")
        with pytest.raises(StoreError, match=r"no space left .* make room and run the same command again"):
            put_one_by_one(store, entries[10:])
    with open_store(path) as store:
        kept = [record.figid for record in store.records()]
    assert 10 <= len(kept) < 200
    filled(path, *(entry for entry in entries if entry.figid not in kept))
    assert contents(path) == contents(filled(tmp_path / "roomy.db", *entries))


def test_many_figures_go_in_together_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    broken = replace(entry_of("b"), record=b'{"figid": 1}')
    with write_store(path) as store:
        with pytest.raises(StoreError, match="a record in the corpus is damaged"):
            store.put([entry_of("a"), broken])
        store.put([entry_of("c")])
    with open_store(path) as store:
        assert [record.figid for record in store.records()] == ["c"]


def test_one_writes_and_others_read(tmp_path: Path) -> None:
    """A second writer is refused; a reader sees what is stored so far."""
    path = tmp_path / "corpus.db"
    with write_store(path) as store:
        store.put([entry_of("a")])
        with pytest.raises(StoreError, match="is being written by another figpath: wait until it has ended"):
            write_store(path)
        with open_store(path) as reading:
            store.put([entry_of("b")])
            assert [record.figid for record in reading.records()] == ["a", "b"]
    write_store(path).close()


def test_the_lock_ends_with_the_process(tmp_path: Path) -> None:
    """A writer that is killed keeps nobody out, and what it stored is there."""
    path = tmp_path / "corpus.db"
    process = multiprocessing.get_context("spawn").Process(target=write_and_hang, args=(path,))
    process.start()
    while not (tmp_path / "corpus.db.ready").exists():
        assert process.is_alive()
    with pytest.raises(StoreError, match="is being written"):
        write_store(path)
    process.kill()
    process.join()
    with write_store(path) as store:
        assert store.counts()["ok"] == 1


def write_and_hang(path: Path) -> None:
    store = write_store(path)
    store.put([entry_of("a")])
    path.with_name(path.name + ".ready").touch()
    multiprocessing.Event().wait()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"not a database, but long enough to be taken for one" * 30, "is no corpus of figpath, or is damaged"),
        (b"SQLite format 3\0" + b"\xff" * 2000, "corpus"),
        (None, "is no corpus of figpath: name one"),
    ],
)
def test_other_files_are_refused_and_stay_as_they_are(tmp_path: Path, data: bytes | None, message: str) -> None:
    """Text, a damaged database, and the database of another program, for reading and for writing."""
    path = tmp_path / "other.db"
    if data is None:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE theirs (x)")
    else:
        path.write_bytes(data)
    before = path.read_bytes()
    for open_it in (open_store, write_store):
        with pytest.raises(StoreError, match=message):
            open_it(path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["other.db"]


def test_a_place_where_nothing_can_be_written_is_told(tmp_path: Path) -> None:
    """Something that is no file stands where the lock goes: the same as a folder without permission."""
    (tmp_path / "corpus.db-lock").mkdir()
    with pytest.raises(StoreError, match=r"cannot write beside .*corpus.db: unable to open database file; choose"):
        write_store(tmp_path / "corpus.db")


def test_what_is_not_there_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"there is no corpus .*: make it with 'figpath build SOURCE --to"):
        open_store(tmp_path / "absent.db")
    for opened in (open_store, write_store):
        with pytest.raises(StoreError, match="is a folder: name a file in it"):
            opened(tmp_path)
    with pytest.raises(StoreError, match="there is no folder"):
        write_store(tmp_path / "absent" / "corpus.db")
    with (
        open_store(filled(tmp_path / "corpus.db", entry_of("a"))) as store,
        pytest.raises(StoreError, match="has no figure 'x'"),
    ):
        store.record("x")


def test_rows_can_be_left_half_read_when_the_corpus_is_closed(tmp_path: Path) -> None:
    """As when the output of a command is cut off by ``head``: nothing is left that complains when it is collected."""
    store = open_store(filled(tmp_path / "corpus.db", entry_of("a"), entry_of("b")))
    rows = store.documents()
    assert isinstance(rows, Generator)
    next(rows)
    store.close()
    rows.close()


def test_a_later_version_is_refused(tmp_path: Path) -> None:
    path = filled(tmp_path / "corpus.db", entry_of("a"))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}")
    for open_it in (open_store, write_store):
        with pytest.raises(StoreError, match=r"has version 3 of the corpus, this figpath knows 2: update figpath"):
            open_it(path)


def test_an_earlier_version_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a writer; a reader says so. A step that fails leaves the corpus as it was."""
    path = filled(tmp_path / "corpus.db", entry_of("a"))
    before = contents(path)
    steps = (*schema.MIGRATIONS, "ALTER TABLE figure ADD COLUMN note TEXT NOT NULL DEFAULT '';")
    monkeypatch.setattr("figpath.store.database.MIGRATIONS", (*steps, "CREATE TABLE figure (id);"))
    with pytest.raises(StoreError, match="already exists"):
        write_store(path)
    monkeypatch.setattr("figpath.store.database.MIGRATIONS", steps)
    write_store(path).close()
    with open_store(path) as store:
        assert list(store._rows("SELECT figid, note FROM figure")) == [("a", "")]
    monkeypatch.setattr("figpath.store.database.MIGRATIONS", (*steps, ";"))
    with open_store(path) as store:  # a step that readers can do without
        assert store.counts()["ok"] == 1
    monkeypatch.setattr("figpath.store.database.READABLE", len(steps) + 1)
    with pytest.raises(StoreError, match="run 'figpath reindex"):
        open_store(path)
    assert contents(path) == before
