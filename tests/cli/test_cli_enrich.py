"""``figpath enrich``: a corpus and a list in, a table and pictures out; whatever is wrong is said in one line."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from fake_work import source
from figpath.corpus.task import entry_of, task_of
from figpath.figure import Figure
from figpath.grounding.mention import Entity, Mention
from figpath.record import Record
from figpath.store import write_store

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Ran, Run
    from figpath.entry import Entry

NUMBERS = {"JAK2": 3717, "STAT3": 6774, "IL6": 3569, "TNF": 7124, "TP53": 7157, "EGFR": 1956, "KRAS": 3845, "BRAF": 673,
           "MTOR": 2475, "BAX": 581, "BCL2": 596, "CASP3": 836}  # fmt: skip
AKT = {"AKT1": 207, "AKT2": 208, "AKT3": 10000}
FIGURES = {
    "cytokines": "JAK2 STAT3 IL6 TNF", "again": "JAK2 STAT3 IL6 TNF", "growth": "EGFR KRAS BRAF MTOR",
    "death": "TP53 BAX BCL2 CASP3",
    "survival": "BAX BCL2 AKT:", "small": "JAK2 IL6",
}  # fmt: skip


def mention(name: str) -> Mention:
    if name == "AKT:":
        members = [_entity(symbol, number, "famplex_relations") for symbol, number in AKT.items()]
        family = Entity(id="fplx:AKT", symbol="AKT", source="famplex_name")
        return Mention(text="AKT", kind="family", score=0.9, entities=(family, *members))
    return Mention(text=name, kind="gene", score=0.9, entities=(_entity(name, NUMBERS[name], "hgnc_symbol"),))


def _entity(symbol: str, number: int, why: str) -> Entity:
    return Entity(id=f"ncbigene:{number}", symbol=symbol, taxon=9606, source=why)


def entry(figid: str, names: str) -> Entry:
    figure = Figure(figid=figid, title=f"The {figid} pathway")
    record = Record(figid=figid, figure=figure, organisms=(9606,), mentions=tuple(map(mention, names.split())))
    return entry_of(record, task_of(source(figid, figid), fingerprint="f1").key)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.db"
    with write_store(path) as store:
        store.put([entry(*figure) for figure in FIGURES.items()])
        store.link_duplicates()
    return path


def asked(run: Run, corpus: Path, genes: bytes, *options: object) -> Ran:
    return run("enrich", corpus, "-", *options, stdin=genes)


def test_a_table(run: Run, corpus: Path) -> None:
    ran = asked(run, corpus, b"JAK2\r\nSTAT3, IL6\nAKT2\nfoo\n")
    assert ran.code == 0
    assert "cytokines" in ran.text.split("again")[0] or "again" in ran.text
    assert "AKT2 (AKT)" in ran.text
    assert "+1" in ran.text
    assert "not mapped: foo: unknown" in ran.err
    assert "5 names stand for 4 genes" in ran.err
    assert "5 figures tested; the background has 15 genes, all of the list" in ran.err


def test_names_between_blanks_are_counted_each(run: Run, corpus: Path) -> None:
    assert "5 names stand for 4 genes" in asked(run, corpus, b"JAK2 STAT3\nIL6 BAX\nfoo\n").err


def test_a_folder_is_no_list(run: Run, corpus: Path) -> None:
    ran = run("enrich", corpus, ".")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "cannot read genes from .: " in ran.err


def test_json_has_the_list_and_the_figures(run: Run, corpus: Path) -> None:
    told = json.loads(asked(run, corpus, b"IL8\nJAK2\nSTAT3\np62", "--format", "json", "--alike", "0").out)
    assert [one["name"] for one in told["list"]["mapped"]] == ["IL8", "JAK2", "STAT3"]
    assert told["list"]["unmapped"][0]["reason"].startswith("ambiguous")
    assert [one["figure"] for one in told["figures"]] == ["again", "cytokines"]
    assert told["figures"][0]["overlap"] == 2
    assert told["figures"][0]["drawn"] == ["JAK2", "STAT3"]


def test_tsv_and_jsonl(run: Run, corpus: Path) -> None:
    lines = asked(run, corpus, b"BAX\nAKT1\nAKT2", "--format", "tsv", "--popularity").text.splitlines()
    cells = dict(zip(lines[0].split("\t"), lines[1].split("\t"), strict=True))
    assert (cells["figure"], cells["overlap"], cells["size"]) == ("survival", "2", "3")
    assert (cells["drawn"], cells["expanded"]) == ("BAX", "AKT: AKT1 AKT2")
    assert 0 < float(cells["popular_p"]) <= 1
    rows = asked(run, corpus, b"BAX\nAKT1\nAKT2", "--format", "jsonl", "--families", "members").text.splitlines()
    assert json.loads(rows[0])["overlap"] == 3


def test_names_and_sizes(run: Run, corpus: Path) -> None:
    strict = asked(run, corpus, b"BAX\nAKT1", "--names", "strict", "--min-size", 2, "--format", "json")
    assert "12 genes" in strict.err
    assert {one["figure"] for one in json.loads(strict.out)["figures"]} == {"death", "survival"}


def test_a_background(run: Run, corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "all.txt").write_text("JAK2 STAT3 IL6 TNF BAX BCL2 CASP3 KIT", encoding="utf-8")
    ran = asked(run, corpus, b"JAK2\nSTAT3\nEGFR", "--background", tmp_path / "all.txt")
    assert "the background has 8 genes, 1 of the list are not in it and were left out" in ran.err


def test_signs(run: Run, corpus: Path) -> None:
    ran = asked(run, corpus, b"JAK2\t2\nSTAT3\t1.5\nIL6\t3\nBAX\t-1\nBCL2\t-2\n", "--format", "json")
    found = {one["figure"]: one for one in json.loads(ran.out)["figures"]}
    assert found["again"]["direction"] == "up"
    assert found["survival"]["direction"] == "down"
    assert "direction" in asked(run, corpus, b"JAK2\t2\nBAX\t-1\n").text


def test_pictures(run: Run, corpus: Path, tmp_path: Path) -> None:
    ran = asked(run, corpus, b"JAK2\nSTAT3\nBAX", "--plot", "dots.svg", "--heatmap", "heat.png")
    assert ran.code == 0
    assert b"<svg" in (tmp_path / "dots.svg").read_bytes()
    assert (tmp_path / "heat.png").read_bytes().startswith(b"\x89PNG")


def test_a_ranked_list(run: Run, corpus: Path) -> None:
    ranked = "".join(f"{symbol}\t{value}\n" for value, symbol in enumerate([*NUMBERS, *AKT], start=-7)).encode()
    ran = asked(run, corpus, ranked, "--method", "gsea", "--permutations", 50, "--min-size", 3, "--plot", "dots.png")
    assert ran.code == 0
    assert "figures tested within 15 ranked genes" in ran.err
    assert "leading genes" in ran.text


@pytest.mark.parametrize(
    ("genes", "options", "said"),
    [
        (b"", (), "standard input has no gene"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", (), "no text"),
        (b"foo\nbar1\n", (), "none of the 2 names in the list is a gene of Homo sapiens"),
        (b"KIT\n", (), "none of the 1 genes is among the 15 of the background"),
        (b"JAK2\n", ("--organism", "zebrafish"), "no gene of taxon 7955"),
        (b"JAK2\n", ("--organism", "unicorn"), "unknown species"),
        (b"JAK2\n", ("--min-size", "9", "--max-size", "3"), "change the limits"),
        (b"JAK2\n", ("--min-size", "50"), "no set is left"),
        (b"JAK2\n", ("--plot", "dots.pdf"), ".svg or .png"),
        (b"JAK2\n", ("--plot", "none/dots.svg"), "there is no folder none; make it, or choose another place"),
        (b"JAK2\n", ("--alike", "2"), "alike 2.0 is no share"),
        (b"JAK2\n", ("--limit", "-1"), "limit -1 is no number"),
        (b"JAK2\n", ("--background", "nowhere.txt"), "cannot read genes from nowhere.txt"),
        (b"JAK2\n", ("--method", "gsea"), "needs a number beside each gene"),
        (b"JAK2\tnan\n", ("--method", "gsea"), "'nan' for a number"),
        (b"JAK2\t1\nIL6\t2\n", ("--method", "gsea"), "make no ranked list"),
    ],
)
def test_what_cannot_be_tested(run: Run, corpus: Path, genes: bytes, options: tuple[str, ...], said: str) -> None:
    ran = asked(run, corpus, genes, *options)
    assert ran.code == 2
    assert said in ran.err
    assert ran.err.splitlines()[-1].startswith("figpath: ")
    assert ran.out == b""


def test_a_background_smaller_than_the_list(run: Run, corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "all.txt").write_text("JAK2\nSTAT3\nIL6\n", encoding="utf-8")
    ran = asked(run, corpus, b"JAK2\nSTAT3\nIL6\nTNF\nBAX\nBCL2\n", "--background", tmp_path / "all.txt")
    assert ran.code == 0
    assert "3 of the list are not in it" in ran.err
    assert "the list is the whole background" in ran.err


def test_a_list_that_no_figure_draws_in_the_background(run: Run, corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "all.txt").write_text("JAK2\nSTAT3\nIL6\nKIT\nMET\n", encoding="utf-8")
    ran = asked(run, corpus, b"KIT\nMET\n", "--background", tmp_path / "all.txt")
    assert (ran.code, ran.text) == (0, "")
    assert "no figure shares a gene with the list" in ran.err


@pytest.mark.parametrize("contents", [b"", b"no database", None])
def test_what_is_no_corpus(run: Run, tmp_path: Path, contents: bytes | None) -> None:
    path = tmp_path / "other.db"
    if contents is not None:
        path.write_bytes(contents)
    ran = asked(run, path, b"JAK2\n")
    assert ran.code == 2
    assert "corpus" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_corpus_of_another_version(run: Run, corpus: Path) -> None:
    with closing(sqlite3.connect(corpus)) as connection:
        connection.execute("PRAGMA user_version = 99")
    assert "update figpath" in asked(run, corpus, b"JAK2\n").err
    with closing(sqlite3.connect(corpus)) as connection:
        connection.execute("PRAGMA user_version = 1")
        connection.execute("UPDATE about SET value = '0' WHERE key = 'index'")
        connection.commit()
    assert "figpath reindex" in asked(run, corpus, b"JAK2\n").err


def test_a_corpus_that_is_being_written(run: Run, corpus: Path) -> None:
    """What is finished is tested, also before the build has ended."""
    with write_store(corpus) as writer:
        writer.put([entry("new", "KRAS MTOR TP53")])
        told = asked(run, corpus, b"KRAS\nMTOR\nTP53\n", "--format", "json")
    assert json.loads(told.out)["figures"][0]["figure"] == "new"
