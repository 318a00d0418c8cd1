"""figpath.open gives typed values and data frames."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

import figpath
from figpath.errors import FigpathError, InputError, StoreError
from made_corpus import corpus_of, entry, family, gene, mouse_gene

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[figpath.Collection]:
    made = (
        entry("a", gene("JAK2"), gene("STAT3", score=0.2), title="JAK2 alone", dhash=1),
        entry("b", gene("JAK2"), family("FGF", "FGF1", "FGF2"), dhash=2),
        entry("c", mouse_gene("Jak2", 16452), dhash=0xFFFF_FFFF_0000),
        entry("d", status="failed"),
    )
    with figpath.open(corpus_of(tmp_path / "corpus.db", *made)) as found:
        yield found


def test_it_answers_in_typed_values(corpus: figpath.Collection) -> None:
    """With synonyms of the packaged lexicon."""
    assert len(corpus) == 3
    assert "corpus.db" in repr(corpus)
    assert {hit.figid for hit in corpus.search("JAK2").hits} == {"a", "b", "c"}
    assert [hit.expanded for hit in corpus.search("bFGF").hits] == [("FGF2",)]
    assert corpus.figure("a").figure.title == "JAK2 alone"
    assert [record.figid for record in corpus.figures()] == ["a", "b", "c"]
    assert corpus.same_picture("a") == ("b",)
    assert corpus.similar("a").same_picture == ("b",)
    assert corpus.gene("JAK-2").drawn == 2
    assert corpus.gene("JAK2", organism="mouse").symbol == "Jak2"


def test_it_gives_data_frames(corpus: figpath.Collection) -> None:
    mentions = corpus.mentions().to_frame()
    assert list(mentions.columns) == ["figid", "text", "kind", "score", "id", "symbol", "taxon", "source", "drawn"]
    rows = [(one.figid, one.symbol, one.drawn) for one in corpus.mentions()]
    assert rows == list(mentions[["figid", "symbol", "drawn"]].itertuples(index=False, name=None))
    assert rows == [
        ("a", "JAK2", True), ("b", "JAK2", True), ("b", "FGF", True), ("b", "FGF1", False), ("b", "FGF2", False),
        ("c", "Jak2", True),
    ]  # fmt: skip
    assert len(corpus.mentions(minimum_score=0).to_frame()) == 7
    assert corpus.search("JAK2").to_frame().figid.tolist() == [hit.figid for hit in corpus.search("JAK2").hits]
    assert corpus.search("nowhere").to_frame().empty
    assert corpus.similar("a").to_frame().columns[0] == "figid"
    assert corpus.gene("JAK2").to_frame().columns[0] == "id"


def test_what_cannot_be_asked_is_one_error(corpus: figpath.Collection) -> None:
    with pytest.raises(InputError, match="cannot sort by 'beauty'"):
        corpus.search("JAK2", sort="beauty")  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(InputError, match="unknown species"):
        corpus.gene("JAK2", organism="elf")
    with pytest.raises(StoreError, match="has no figure 'x'"):
        corpus.figure("x")


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        ("DELETE FROM about", "run 'figpath reindex"),
        ("UPDATE about SET value = '1' WHERE key = 'index'", "run 'figpath reindex"),
        ("PRAGMA user_version = 99", "update figpath"),
        ("PRAGMA application_id = 7", "is no corpus"),
    ],
)
def test_a_corpus_of_another_version_says_what_to_do(tmp_path: Path, spoil: str, says: str) -> None:
    path = corpus_of(tmp_path / "corpus.db", entry("a", gene("JAK2")))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(spoil)
        connection.commit()
    with pytest.raises(FigpathError, match=says):
        figpath.open(path)


def test_what_is_no_corpus_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "garbage.db").write_bytes(bytes(range(256)) * 40)
    with pytest.raises(StoreError, match="is no corpus"):
        figpath.open(tmp_path / "garbage.db")
    with pytest.raises(StoreError, match="there is no corpus"):
        figpath.open(tmp_path / "absent.db")
