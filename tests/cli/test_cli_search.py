"""The commands that find figures print what was found in every form, and refuse the rest in one line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from figpath.figure import Paper
from figpath.record import from_json
from made_corpus import corpus_of, entry, family, gene

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

PAPER = Paper(pmcid="PMC1", title="A paper", year="2020", journal="Cell Reports", keywords=("lung",))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return corpus_of(
        tmp_path / "corpus.db",
        entry("a", gene("JAK2"), gene("STAT3", score=0.2), title="JAK2\tin the lung", paper=PAPER, dhash=1),
        entry("b", gene("JAK2"), family("FGF", "FGF1", "FGF2"), caption="It [red]acts[/red] on JAK2.", dhash=2),
        entry("c", gene("JAK2"), gene("TP53"), dhash=0xFFFF_FFFF_0000),
    )


def test_search_prints_a_table(run: Run, corpus: Path) -> None:
    done = run("search", corpus, "jak2 lung")
    assert (done.code, done.err) == (0, "")
    assert "1 figures, 1 to 1" in done.text
    assert "»JAK2« in the »lung«" in done.text
    done = run("search", corpus, "FGF2 OR JAK2", "--facets", "--limit", "1", "--offset", "1")
    assert "3 figures, 2 to 2" in done.text
    assert 'journal:"Cell Reports"' in done.text
    assert "(FGF2)" in run("search", corpus, "gene:FGF2").text
    assert run("search", corpus, "nowhere").text == "0 figures\n"
    assert run("search", corpus, "JAK2", "--offset", "9").text == "3 figures, none after the first 9\n"


def test_search_prints_data(run: Run, corpus: Path) -> None:
    whole = json.loads(run("search", corpus, "JAK2", "-f", "json", "--facets").text)
    assert (whole["total"], len(whole["hits"]), len(whole["facets"])) == (3, 3, 5)
    hit = next(one for one in whole["hits"] if one["figid"] == "a")
    (mark,) = hit["snippets"][0]["marks"]
    assert hit["snippets"][0]["text"][slice(*mark)] == "JAK2"
    lines = run("search", corpus, "JAK2", "-f", "jsonl").text.splitlines()
    assert [json.loads(line) for line in lines] == json.loads(run("search", corpus, "JAK2", "-f", "json").text)["hits"]
    rows = [
        line.split("\t") for line in run("search", corpus, "JAK2", "-f", "tsv", "--sort", "figid").text.splitlines()
    ]
    assert rows[0][:3] == ["figid", "score", "year"]
    assert [row[0] for row in rows[1:]] == ["a", "b", "c"]
    assert {len(row) for row in rows} == {9}


def test_a_misspelled_gene_gets_help(run: Run, corpus: Path) -> None:
    done = run("search", corpus, "gene:JKA2")
    assert (done.code, done.text) == (0, "0 figures\n")
    assert done.err == "nothing is known by 'JKA2': did you mean JAK2?\n"


def test_show_prints_a_figure(run: Run, corpus: Path) -> None:
    text = run("show", corpus, "a").text
    for part in ("JAK2 in the lung", "Cell Reports, 2020", "Homo sapiens", "ncbigene:3717", "and 1 less sure", "b\n"):
        assert part in text
    assert "STAT3" not in text
    assert "[red]acts[/red]" in run("show", corpus, "b").text
    assert from_json(run("show", corpus, "a", "-f", "json").out).figid == "a"


def test_similar_prints_what_is_shared(run: Run, corpus: Path) -> None:
    text = run("similar", corpus, "a").text
    assert text.startswith("nearly the same picture: b\n")
    assert "no other figure draws" in text  # JAK2, which all draw, tells nothing
    rows = run("similar", corpus, "c", "-f", "tsv").text.splitlines()
    assert rows == ["score\tfigure\tyear\tshared\ttitle"]
    assert json.loads(run("similar", corpus, "a", "-f", "json").text)["same_picture"] == ["b"]


def test_gene_prints_a_gene(run: Run, corpus: Path) -> None:
    text = run("gene", corpus, "FGF2").text
    assert "0 draw it, 1 only a family that it is in" in text
    found = json.loads(run("gene", corpus, "p53", "-f", "json").text)
    assert (found["symbol"], found["drawn"]) == ("TP53", 1)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("search", "corpus.db", ""), "no word to search for"),
        (("search", "corpus.db", "foo:bar"), "unknown field 'foo:'"),
        (("search", "corpus.db", '"JAK2'), "without its partner"),
        (("search", "corpus.db", "year:2021..2019"), "runs backwards"),
        (("search", "corpus.db", "x" * 100_000), "at most"),
        (("search", "corpus.db", "\udcff\udcfe"), "no text"),
        (("search", "absent.db", "JAK2"), "there is no corpus"),
        (("search", "garbage.db", "JAK2"), "is no corpus"),
        (("show", "corpus.db", "x"), "has no figure 'x'"),
        (("show", "corpus.db", "\0\n"), "has no figure"),
        (("similar", "corpus.db", "x"), "is not in the corpus"),
        (("gene", "corpus.db", "JKA2"), "did you mean JAK2?"),
        (("gene", "corpus.db", "JAK2", "--organism", "elf"), "unknown species"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    run: Run, corpus: Path, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    (tmp_path / "garbage.db").write_bytes(bytes(range(256)) * 40)
    done = run(*arguments)
    assert (done.code, done.out) == (2, b"")
    assert done.err.startswith("figpath: ")
    assert done.err.count("\n") == 1
    assert says in done.err
    assert len(done.err) < 400
