"""``figpath export`` and ``figpath read`` with networks: one file a figure, some figures or all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from figpath.cli.export import ExportFormat
from figpath.cli.output import WHOLE, Format
from figpath.entry import Entry, Key
from figpath.publish.network_formats import FORMATS, to_network
from figpath.record import to_json
from figpath.store import write_store
from made_records import figure_record

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run
    from figpath.publish.network_formats import NetworkFormat
    from figpath.record import Record

NAMES = [form.name for form in FORMATS]


def named(figid: str, **changes: Any) -> Record:
    return figure_record(figid=figid, figure=replace(figure_record().figure, figid=figid), **changes)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of figures a and b, and c which failed."""
    records = [named("a"), named("b"), named("c", status="failed", reason="no picture")]
    with write_store(tmp_path / "corpus.db") as store:
        store.put(
            [
                Entry(
                    figid=record.figid,
                    status=record.status,
                    reason=record.reason,
                    origin="figpath",
                    record=to_json(record),
                    key=Key(picture="", figure="", fingerprint=""),
                )
                for record in records
            ]
        )
    return tmp_path / "corpus.db"


@pytest.mark.parametrize("form", FORMATS, ids=NAMES)
def test_each_figure_becomes_a_file(run: Run, corpus: Path, tmp_path: Path, form: NetworkFormat) -> None:
    ran = run("export", corpus, "--format", form.name, "--to", "out")
    assert (ran.code, ran.err) == (0, "wrote 2 figures to out\n")
    found = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert found == {f"{figid}{form.ending}": to_network(named(figid), form) for figid in ("a", "b")}


def test_one_figure_goes_to_standard_output_or_to_a_file(run: Run, corpus: Path, tmp_path: Path) -> None:
    ran = run("export", corpus, "--format", "sif", "--figure", "b", "--to", "-")
    assert (ran.code, ran.err) == (0, "wrote 1 figure to standard output\n")
    assert ran.text.startswith("IKKβ\tactivates\tNF-κB\n")
    assert run("export", corpus, "--format", "gpml", "--figure", "b", "--to", "one.gpml").code == 0
    assert (tmp_path / "one.gpml").read_bytes().startswith(b"<?xml")


def test_what_a_search_finds_is_exported(run: Run, corpus: Path, tmp_path: Path) -> None:
    found = run("search", corpus, "IKKβ", "--format", "tsv").out
    assert found.startswith(b"figid\t")
    ran = run("export", corpus, "--format", "sif", "--figure", "-", "--to", "out", stdin=found)
    assert (ran.code, ran.err) == (0, "wrote 2 figures to out\n")


def test_figids_are_read_from_standard_input(run: Run, corpus: Path, tmp_path: Path) -> None:
    """Such as those of a search; a figure that is named twice is written once."""
    ran = run("export", corpus, "--format", "cx2", "--figure", "-", "--to", "out", stdin=b"a\n\nb\na\n")
    assert (ran.code, ran.err) == (0, "wrote 2 figures to out\n")


@pytest.mark.parametrize("form", ["jsonl", "pfocr", "gmt", "parquet"])
def test_the_other_forms_take_some_figures_too(run: Run, corpus: Path, tmp_path: Path, form: str) -> None:
    place = "one.jsonl" if form == "jsonl" else "out"
    ran = run(
        "export", corpus, "--format", form, "--figure", "b", "--to", place, "--date", "20250701", "--names", "all"
    )
    assert ran.code == 0
    if form == "jsonl":
        assert (tmp_path / place).read_bytes() == to_json(named("b")) + b"\n"
    elif form == "pfocr":
        assert [path.name for path in (tmp_path / "out" / "_figures").iterdir()] == ["b.md"]
    elif form == "gmt":
        text = (tmp_path / "out" / "pfocr-20250701-gmt-Homo_sapiens.gmt").read_text(encoding="utf-8")
        assert text == "PMC0000001__F1\tIKKβ activates NF-κB\t3551\t4790\t5970\n"
    else:
        assert "1 figures" in ran.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--format", "cx2", "--to", "-"), "--to - takes one figure, not 2: name it with --figure"),
        (("--format", "cx2", "--to", "all.cx2"), "--to all.cx2 takes one figure, not 2"),
        (("--format", "cx2", "--figure", "x", "--to", "out"), "has no figure 'x': figpath status --all lists them"),
        (
            ("--format", "cx2", "--figure", "c", "--to", "out"),
            "the figure c has nothing to write, it failed: no",
        ),
        (("--format", "cx2", "--figure", "-", "--to", "out"), "--figure names no figure"),
        (("--format", "gmt", "--to", "-"), "--format gmt writes several files: give --to FOLDER"),
        (("--format", "gpml", "--to", "corpus.db/out"), "cannot make the folder"),
    ],
)
def test_what_cannot_be_done_is_one_line(run: Run, corpus: Path, arguments: tuple[str, ...], message: str) -> None:
    ran = run("export", corpus, *arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, b"", 1)
    assert message in ran.err


def test_every_format_can_be_asked_for() -> None:
    """The choices of the command line are the registered formats."""
    assert [form.value for form in Format if form not in WHOLE] == ["pfocr", *NAMES]
    assert [form.value for form in ExportFormat][-len(NAMES) :] == NAMES


def test_a_picture_is_read_into_a_network(run: Run, figure: Path, tmp_path: Path) -> None:
    printed = run("read", figure, "--format", "sif")
    assert (printed.code, printed.text) == (0, "JAK2\np-STAT3\nTNF-alpha\n")
    ran = run("read", figure, "--format", "gpml", "--to", "out")
    assert (ran.code, ran.err) == (0, "wrote 1 record to out\n")
    assert b'textLabel="p-STAT3"' in (tmp_path / "out" / "small.gpml").read_bytes()


def test_names_that_were_typed_can_be_pasted_into_pathvisio(run: Run) -> None:
    ran = run("ground", "--format", "datanodes", stdin=b"JAK2\n")
    assert ran.code == 0
    assert b'<Xref Database="Entrez Gene" ID="3717" />' in ran.out
