"""``figpath mechanism``: one form into another, with what is lost told on standard error."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from figpath import mechanism

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run


@pytest.fixture
def example(tmp_path: Path) -> Path:
    path = tmp_path / "example.tsv"
    mechanism.save(mechanism.load(), path)
    return path


def test_a_mechanism_goes_to_cx2_and_back_unchanged(run: Run, example: Path) -> None:
    cx2, back = example.with_suffix(".cx2"), example.with_name("back.json")
    assert run("mechanism", "convert", example, cx2).code == 0
    ran = run("mechanism", "convert", cx2, back)
    assert (ran.code, ran.text) == (0, "")
    assert ran.err == f"wrote 27 nodes and 51 edges to {back}\n"
    assert mechanism.load(back) == mechanism.load(example)


def test_what_a_form_does_not_hold_and_what_warns_is_told(run: Run, example: Path) -> None:
    ran = run("mechanism", "convert", example, example.with_suffix(".bnet"), "--evidence", "lung,figure,other,assumed")
    assert ran.code == 0
    assert "warning: a loop with an odd number of inhibitions" in ran.err
    assert "BNet does not hold: labels" in ran.err


def test_a_foreign_file_can_be_asked(run: Run, tmp_path: Path) -> None:
    """What is left out is told; the question is answered."""
    path = tmp_path / "a.sif"
    path.write_text("A activates B\nB inhibits C\nB touches D\n", encoding="utf-8")
    ran = run("ask", path, "--block", "A", "--watch", "C", "--format", "json")
    assert ran.code == 0
    assert json.loads(ran.text)["verdict"] == "rises"
    assert ran.err.endswith("a.sif: left out relations that say neither up nor down: 1\n")


@pytest.mark.parametrize("ending", ["tsv", "json", "cx2", "gpml"])
def test_standard_input_is_known_by_its_beginning(run: Run, example: Path, ending: str) -> None:
    """The same arrows come out as from the file."""
    file = example.with_name(f"in.{ending}")
    mechanism.save(mechanism.load(example), file)
    ran = run("mechanism", "convert", "-", "-", "--to", "sif", stdin=file.read_bytes())
    assert ran.code == 0
    assert ran.text == run("mechanism", "convert", file, "-", "--to", "sif").text
    assert "activates" in ran.text


def test_from_says_the_form_of_standard_input_and_of_files_without_an_ending(run: Run, tmp_path: Path) -> None:
    (tmp_path / "arrows").write_text("A activates B\n", encoding="utf-8")
    question = ("--from", "SIF", "-b", "A", "-w", "B", "-f", "json")
    assert json.loads(run("ask", "-", *question, stdin=b"A inhibits B\n").out)["verdict"] == "rises"
    assert json.loads(run("ask", tmp_path / "arrows", *question).out)["verdict"] == "falls"


def test_a_corpus_is_no_mechanism_and_how_to_ask_one_of_its_figures_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "corpus.db").write_bytes(b"SQLite format 3\0" + bytes(200))
    ran = run("ask", tmp_path / "corpus.db", "--list")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "is a corpus: give one figure of it, with figpath export" in ran.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-", "-"), "standard output has no ending that says the form: give --to FORM"),
        (("-", "-", "--to", "doc"), "unknown form 'doc': give one of tsv, json, cx2"),
        (("-", "b.sif", "--from", "doc"), "unknown form 'doc'"),
        (("-", "b.sif"), "standard input: the file is empty"),
    ],
)
def test_streams_without_a_form_are_one_line(run: Run, arguments: tuple[str, ...], message: str) -> None:
    ran = run("mechanism", "convert", *arguments)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert message in ran.err


@pytest.mark.parametrize(
    ("source", "to", "message"),
    [
        ("a.sif", "b.doc", "not known by its ending"),
        ("a.bnet", "b.sif", "can only be written"),
        ("none.sif", "b.sif", "cannot read"),
        ("bad.gpml", "b.sif", "no GPML"),
        ("a.sif", "no/b.sif", "cannot write"),
    ],
)
def test_what_cannot_be_done_is_one_line(run: Run, tmp_path: Path, source: str, to: str, message: str) -> None:
    for name, text in (("a.sif", "A -> B\n"), ("a.bnet", "A, B\n"), ("bad.gpml", "<a/>")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    ran = run("mechanism", "convert", tmp_path / source, tmp_path / to)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert message in ran.err


def test_forms_lists_every_form(run: Run) -> None:
    ran = run("mechanism", "forms", "--format", "tsv")
    assert [line.split("\t")[0] for line in ran.text.splitlines()][:3] == ["form", "figpath's TSV", "figpath's JSON"]
