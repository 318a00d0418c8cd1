"""``figpath ground``: names in each form, and input that holds none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

NAMES = "p-STAT3\nVEGF/IL-6\n\nIKKβ\nnothing known\n".encode()


def test_table_says_what_each_line_names(run: Run) -> None:
    ran = run("ground", stdin=NAMES)
    assert (ran.code, ran.err) == (0, "")
    rows = {line.split()[0]: line for line in ran.text.splitlines()[4:] if line}
    assert list(rows) == ["p-STAT3", "VEGF", "IL-6", "IKKβ"]
    assert "VEGF (5 genes)" in rows["VEGF"]


def test_table_leaves_out_what_is_unsure_and_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("figpath.record.MINIMUM_SCORE", 1.0)
    ran = run("ground", stdin=b"JAK2\nSTAT3\n")
    assert ran.text.splitlines()[-2:] == [" and 2 less sure than 1.0, which --format tsv lists", ""]
    assert "JAK2" not in ran.text


def test_json_and_jsonl_are_one_record_of_names(run: Run) -> None:
    """The mentions have no boxes; a family is followed by its members."""
    (line,) = run("ground", "-f", "jsonl", stdin=NAMES).out.splitlines()
    found = json.loads(line)
    assert json.loads(run("ground", "-f", "json", stdin=NAMES).out) == [found]
    assert (found["figid"], found["organisms"]) == ("names", [9606])
    assert [mention["box"] for mention in found["mentions"]] == [None] * 4
    vegf = found["mentions"][1]
    assert vegf["kind"] == "family"
    assert vegf["entities"][0]["id"] == "fplx:VEGF"
    assert {e["symbol"] for e in vegf["entities"][1:]} == {"VEGFA", "VEGFB", "VEGFC", "VEGFD", "PGF"}


def test_tsv_has_one_row_a_mention(run: Run) -> None:
    rows = [line.split("\t") for line in run("ground", "-f", "tsv", stdin=NAMES).text.splitlines()]
    assert rows[0][1:5] == ["text", "kind", "symbols", "ids"]
    assert [row[1] for row in rows[1:]] == ["p-STAT3", "VEGF", "IL-6", "IKKβ"]


def test_pfocr_writes_the_line_as_word(run: Run) -> None:
    """In PFOCR's table `word` is what was given, `match` the part of it that hit, and families are expanded."""
    rows = [line.split("\t") for line in run("ground", "-f", "pfocr", stdin=b"VEGF/IL-6\n").text.splitlines()]
    assert rows[0][3:8] == ["word", "match", "ncbigene_symbol", "ncbigene_id", "source"]
    assert {row[3] for row in rows[1:]} == {"VEGF/IL-6"}
    assert ["IL-6", "IL6", "3569", "ncbigene_symbol"] in [row[4:8] for row in rows]
    assert {row[5] for row in rows[1:]} == {"VEGFA", "VEGFB", "VEGFC", "VEGFD", "PGF", "IL6"}


def test_pfocr_leaves_out_what_is_more_likely_wrong(run: Run) -> None:
    """A name scored below 0.5 is shown in the record, and is no row of the genes table."""
    words = b"cat\nfat\nset\nrest\nimpact\nclock\nthe\nSTAT3\n"
    mentions = json.loads(run("ground", "-f", "jsonl", stdin=words).out)["mentions"]
    taken = {e["symbol"] for m in mentions if m["score"] >= 0.5 for e in m["entities"] if e["taxon"]}
    rows = run("ground", "-f", "pfocr", stdin=words).text.splitlines()[1:]
    assert {row.split("\t")[5] for row in rows} == taken


def test_species_are_grounded_in_the_order_given(run: Run) -> None:
    found = json.loads(run("ground", "--species", "mouse,human", "-f", "jsonl", stdin=b"Stat3").out)
    assert found["organisms"] == [10090, 9606]
    assert [e["symbol"] for e in found["mentions"][0]["entities"]] == ["Stat3", "STAT3"]


def test_file_and_byte_order_mark(run: Run, tmp_path: Path) -> None:
    """A file saved by Windows' editor, with a mark in front and CR LF, is read like any other."""
    (tmp_path / "names.txt").write_bytes(b"\xef\xbb\xbfJAK2\r\nSTAT3\r\n")
    rows = run("ground", "names.txt", "-f", "tsv").text.splitlines()
    assert [row.split("\t")[1] for row in rows[1:]] == ["JAK2", "STAT3"]


@pytest.mark.parametrize(
    ("arguments", "stdin", "reason"),
    [
        ((), b"", "no names in standard input: give one name a line"),
        ((), b" \n\n", "no names in standard input: give one name a line"),
        ((), b"\x89PNG\r\n\x1a\n\xff\xff", "the names in standard input are not UTF-8 text: save them as UTF-8"),
        ((), b"JAK2\0\0", "the names in standard input are no text: give one name a line"),
        (("absent.txt",), b"", "cannot read names from absent.txt: No such file or directory; check the path"),
        (("--species", "human,zebrafish"), b"JAK2", "the lexicon has no genes of Danio rerio (7955): add them with "),
        (("--species", "unicorn"), b"JAK2", "unknown species 'unicorn': give an NCBI taxon id, or one of human, "),
    ],
)
def test_bad_input_is_one_line(run: Run, arguments: tuple[str, ...], stdin: bytes, reason: str) -> None:
    ran = run("ground", *arguments, stdin=stdin)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith(f"figpath: {reason}")
    assert ran.err.count("\n") == 1
