"""``figpath corrections``: the log as a table and as lines, gold for ``figpath evaluate``, a log taken over."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from figpath.corrections.correction import Anchor
from figpath.corrections.decide import accept, add, reassign, reject, undo
from figpath.store import correct_store, open_store
from made_corpus import corpus_of, entry, family, gene, mouse_gene, other
from made_corrections import by, means

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run
    from figpath.corrections.apply import Applied
    from figpath.corrections.correction import Correction


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two figures: all names of the first are decided on, one of the second is, and was taken back."""
    path = corpus_of(
        tmp_path / "corpus.db",
        entry(
            "PMC1__f1",
            gene("JAK2"), gene("STAT3", "STAT-3"), family("FGF", "FGF1", "FGF2"), mouse_gene("Jak2", 16452),
            other("chemical", "ATP", ("mesh:D000255", "Adenosine Triphosphate")), gene("AKT1", score=0.2),
        ),
        entry("PMC1__f2", gene("TNF"), gene("IL6")),
    )  # fmt: skip

    def decided(state: Applied) -> list[Correction]:
        record = state.record
        texts = ("STAT-3", "FGF", "Jak2", "ATP")
        return [
            reassign(record, Anchor(text="JAK2"), means("TP53", "hgnc_alias"), by=by(1)),
            *(accept(record, Anchor(text=text), by=by(n)) for n, text in enumerate(texts, start=2)),
            add(record, Anchor(text="p53", box=(10, 10, 40, 20)), means("TP53"), by=by(6, who="Grace")),
        ]

    with correct_store(path) as store:
        store.corrections.make("PMC1__f1", decided)
        store.corrections.make("PMC1__f2", lambda s: [reject(s.record, Anchor(text="TNF"), by=by(7))])
        store.corrections.make("PMC1__f2", lambda s: [undo(s.log, "c7", by=by(8))])
    return path


def test_the_log_is_listed(run: Run, corpus: Path) -> None:
    """Who did what and when, from what to what, and what holds."""
    ran = run("corrections", corpus, "--format", "tsv")
    rows = [line.split("\t") for line in ran.text.splitlines()]
    assert rows[0] == ["when", "who", "figure", "action", "drawn", "before", "after", "state", "id"]
    assert rows[1] == [
        "2026-11-24T12:00:00Z", "Ada", "PMC1__f1", "reassign", "JAK2", "JAK2", "TP53", "in effect", "c1",
    ]  # fmt: skip
    assert rows[6][1:8] == ["Grace", "PMC1__f1", "add", "p53", "", "TP53", "in effect"]
    assert [row[7] for row in rows[7:]] == ["undone", "in effect"]
    only = run("corrections", corpus, "--format", "tsv", "--figure", "PMC1__f2").text
    assert len(only.splitlines()) == 3
    table = run("corrections", corpus).text
    assert "2026-11-24 12:00   Grace   PMC1__f1   add" in table
    assert "c6" not in table
    assert "in the figure PMC1__f9 of" in run("corrections", corpus, "--figure", "PMC1__f9").err


def test_gold_is_scored_by_evaluate(run: Run, corpus: Path, tmp_path: Path) -> None:
    """The corrected record agrees with it, what the machine read does not; figures half done are left out."""
    ran = run("corrections", corpus, "--format", "gold", "--output", tmp_path / "gold")
    assert ran.code == 0
    assert "wrote 1 gold figure to" in ran.err
    assert "figures with names that nobody has decided on are left out (1): PMC1__f2" in ran.err
    assert [path.name for path in (tmp_path / "gold").iterdir()] == ["PMC1__f1.json"]
    gold = json.loads((tmp_path / "gold" / "PMC1__f1.json").read_text(encoding="utf-8"))
    assert [(m["text"], m["symbols"], m["family_symbols"], m["species"]) for m in gold["mentions"]] == [
        ("JAK2", ["TP53"], None, "Homo sapiens"),
        ("STAT-3", ["STAT3"], None, "Homo sapiens"),
        ("FGF", None, ["FGF1", "FGF2"], "Homo sapiens"),
        ("Jak2", ["Jak2"], None, "Mus musculus"),
        ("ATP", None, None, None),
        ("p53", ["TP53"], None, "Homo sapiens"),
    ]

    def scores(record: bytes) -> dict[str, float]:
        (tmp_path / "read.jsonl").write_bytes(record + b"\n")
        told = run("evaluate", "mentions", tmp_path / "gold", tmp_path / "read.jsonl", "--format", "json")
        return {one["name"]: one["value"] for one in json.loads(told.text)}

    with open_store(corpus) as store:
        texts = {figid: text.encode() for figid, text, _ in store.documents()}
    corrected = scores(texts["PMC1__f1"])
    assert (corrected["genes.f1"], corrected["chemicals.f1"]) == (1, 1)
    from figpath.record import to_json

    with open_store(corpus) as store:
        read = scores(to_json(store.corrections.as_read("PMC1__f1")))
    assert read["genes.f1"] < 0.8


def test_a_log_is_carried_to_another_corpus(run: Run, corpus: Path, tmp_path: Path) -> None:
    """Through a file or a pipe; what is not there yet waits."""
    run("corrections", corpus, "--format", "jsonl", "--output", tmp_path / "log.jsonl")
    log = (tmp_path / "log.jsonl").read_bytes()
    assert run("corrections", corpus, "--format", "jsonl").out == log
    again = corpus_of(tmp_path / "again.db", entry("PMC1__f2", gene("TNF"), gene("IL6")))
    ran = run("corrections", again, "--import", tmp_path / "log.jsonl")
    assert (ran.code, ran.out) == (0, b"")
    assert "corrections taken over: 8; there already: 0" in ran.err
    assert "figures that are not here yet (1): PMC1__f1" in ran.err
    assert "taken over: 0; there already: 8" in run("corrections", again, "--import", "-", stdin=log).err
    assert run("corrections", again, "--format", "jsonl").out == log
    states = [line.split("\t")[7] for line in run("corrections", again, "--format", "tsv").text.splitlines()[1:]]
    assert states == ["waits for its figure"] * 6 + ["undone", "in effect"]


def test_a_name_that_is_gone_is_told(run: Run, corpus: Path, tmp_path: Path) -> None:
    log = run("corrections", corpus, "--format", "jsonl").out
    bare = corpus_of(tmp_path / "bare.db", entry("PMC1__f1", gene("IL6")))
    ran = run("corrections", bare, "--import", "-", stdin=log)
    assert "names that are no longer on their figures (5): PMC1__f1 JAK2, PMC1__f1 STAT-3, PMC1__f1 FGF, ..." in ran.err


def test_a_corpus_without_corrections_says_so(run: Run, tmp_path: Path) -> None:
    path = corpus_of(tmp_path / "corpus.db", entry("PMC1__f1", gene("JAK2")))
    ran = run("corrections", path)
    assert (ran.code, ran.out) == (0, b"")
    assert "nobody has corrected anything" in ran.err
    assert run("corrections", path, "--format", "jsonl").out == b""
    assert "wrote 0 gold figures" in run("corrections", path, "-f", "gold", "-o", tmp_path / "gold").err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere.db",), "there is no corpus nowhere.db"),
        (("{corpus}", "--format", "gold"), "give --output and a folder"),
        (("{corpus}", "--format", "gold", "--output", "{corpus}"), "cannot make the folder"),
        (("{corpus}", "--output", "x.tsv"), "--output takes the log with --format jsonl, or gold"),
        (("{corpus}", "--format", "jsonl", "--output", "no/where.jsonl"), "there is no folder no"),
        (("{corpus}", "--import", "nowhere.jsonl"), "cannot read the log nowhere.jsonl"),
        (("{corpus}", "--import", "{corpus}"), "line 1: not a correction"),
    ],
)
def test_bad_input_is_one_line(run: Run, corpus: Path, arguments: tuple[str, ...], message: str) -> None:
    """And changes nothing."""
    before = run("corrections", corpus, "--format", "jsonl").out
    ran = run("corrections", *(one.format(corpus=corpus) for one in arguments))
    assert (ran.code, ran.out) == (2, b"")
    assert message in ran.err.replace("\\", "/")
    assert ran.err.count("\n") == 1
    assert run("corrections", corpus, "--format", "jsonl").out == before
