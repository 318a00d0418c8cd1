"""``figpath read``: each form of output, overlays, standard input, folders, and figures that fail."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from figpath.record import from_json

if TYPE_CHECKING:
    from conftest import Run

BROKEN = "cannot read figure broken.png: expected JPEG, PNG, GIF, TIFF, BMP or WebP, found text"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.png"
    path.write_text("this is text", encoding="utf-8")
    return path


def test_table_is_for_people(run: Run, figure: Path) -> None:
    """The table names the figure, and each name with its symbol, score and rewrites; no line ends in blanks."""
    ran = run("read", figure)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.text.splitlines()
    assert lines[0] == "small"
    assert lines[2].split() == ["drawn", "kind", "means", "score", "rewrites"]
    rows = {line.split()[0]: line.split() for line in lines[4:] if line}
    assert rows["JAK2"][:3] == ["JAK2", "gene", "JAK2"]
    assert rows["p-STAT3"][2::2] == ["STAT3", "drop_prefix"]
    assert rows["TNF-alpha"][2] == "TNF"
    assert all(line == line.rstrip() for line in lines)


def test_jsonl_has_the_keys_of_the_contract(run: Run, figure: Path) -> None:
    """One object a figure on a line of its own, with the keys of the design and boxes inside the picture."""
    ran = run("read", "--format", "jsonl", figure)
    (line,) = ran.out.splitlines()
    found = json.loads(line)
    assert {
        "figid",
        "status",
        "width",
        "height",
        "pathway_score",
        "organisms",
        "lines",
        "mentions",
        "relations",
    } <= set(found)
    assert (found["figid"], found["status"], found["organisms"]) == ("small", "ok", [9606])
    assert [line["text"] for line in found["lines"]] == ["JAK2", "p-STAT3", "TNF-alpha"]
    for mention in found["mentions"]:
        assert {"text", "kind", "box", "score", "entities"} <= set(mention)
        x0, y0, x1, y1 = mention["box"]
        assert 0 <= x0 < x1 <= found["width"]
        assert 0 <= y0 < y1 <= found["height"]
        assert {"id", "symbol", "taxon", "source"} <= set(mention["entities"][0])
    assert from_json(line).figid == "small"


def test_json_is_a_list_of_the_same_records(run: Run, figure: Path) -> None:
    whole = json.loads(run("read", "-f", "json", figure).out)
    assert whole == [json.loads(run("read", "-f", "jsonl", figure).out)]


def test_tsv_has_one_row_a_mention(run: Run, figure: Path) -> None:
    header, *rows = run("read", "-f", "tsv", figure).text.splitlines()
    assert header.split("\t")[:5] == ["figid", "text", "kind", "symbols", "ids"]
    assert [row.split("\t")[3] for row in rows] == ["JAK2", "STAT3", "TNF"]


def test_pfocr_is_the_genes_table(run: Run, figure: Path) -> None:
    header, *rows = run("read", "-f", "pfocr", figure).text.splitlines()
    assert header.startswith("organism_id\torganism_name\torganism_group\tword\tmatch\tncbigene_symbol\tncbigene_id")
    assert [row.split("\t")[5:7] for row in rows] == [["JAK2", "3717"], ["STAT3", "6774"], ["TNF", "7124"]]


def test_pfocr_files_go_to_a_folder(run: Run, figure: Path, tmp_path: Path) -> None:
    """``--to`` makes the folder, writes the page and its table there, and prints nothing on standard output."""
    ran = run("read", "-f", "pfocr", "--to", "records/new", figure)
    assert (ran.code, ran.out, ran.err) == (0, b"", f"wrote 1 record to {Path('records/new')}\n")
    assert sorted(path.name for path in (tmp_path / "records/new").iterdir()) == ["small-genes.tsv", "small.md"]


def test_species_of_the_user_are_used(run: Run, figure: Path) -> None:
    found = json.loads(run("read", "-f", "jsonl", "--species", "mouse", figure).out)
    assert found["organisms"] == [10090]
    assert {e["taxon"] for m in found["mentions"] for e in m["entities"]} == {10090}


def test_title_and_caption_tell_the_species(run: Run, figure: Path) -> None:
    found = json.loads(run("read", "-f", "jsonl", "--title", "In mice", "--caption", "A caption", figure).out)
    assert 10090 in found["organisms"]
    assert (found["figure"]["title"], found["figure"]["caption"]) == ("In mice", "A caption")


def test_overlay_png_is_drawn(run: Run, figure: Path, tmp_path: Path) -> None:
    """The picture comes out twice as large with ink in the colour of genes; the table is still printed."""
    ran = run("read", "--overlay", "out.png", figure)
    assert (ran.code, ran.err) == (0, "wrote out.png\n")
    assert "JAK2" in ran.text
    with Image.open(tmp_path / "out.png") as image, Image.open(figure) as original:
        assert image.size == (2 * original.width, 2 * original.height)
        pixels = np.asarray(image.convert("RGB")).astype(int)
    assert (pixels[..., 2] > pixels[..., 0] + 60).any()
    assert not list(tmp_path.glob("*.part"))


def test_overlay_html_needs_nothing_else(run: Run, figure: Path, tmp_path: Path) -> None:
    assert run("read", "--overlay", "out.HTML", figure).code == 0
    page = (tmp_path / "out.HTML").read_text(encoding="utf-8")
    assert page.lstrip().lower().startswith("<!doctype html>")
    assert "data:image/png;base64," in page
    assert "STAT3" in page
    assert not any(mark in page for mark in ('src="http', "src='http", '<link rel="stylesheet"'))


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--overlay", "out.gif"), "--overlay out.gif: give a file that ends in .png or .html"),
        (("--overlay", "none/out.png"), "there is no folder none; make it, or choose another place"),
        (("--to", "folder"), "--to folder is for the files of --format pfocr, cx2, gpml, graphml, sif, datanodes"),
        (
            ("--species", "zebrafish"),
            "the lexicon has no genes of Danio rerio (7955): add them with 'figpath lexicon add",
        ),
        (("--species", "unicorn"), "unknown species 'unicorn': give an NCBI taxon id, or one of human, mouse"),
        (("--species", ","), "no species in ',': give NCBI taxon ids, such as 9606,10090"),
    ],
)
def test_an_impossible_wish_is_refused_before_reading(
    run: Run, figure: Path, tmp_path: Path, arguments: tuple[str, ...], reason: str
) -> None:
    """One line, exit code 2, nothing printed and nothing written."""
    ran = run("read", *arguments, figure)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith("figpath: ")
    assert reason in ran.err
    assert ran.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_overlay_draws_one_figure_only(run: Run, figure: Path, tmp_path: Path) -> None:
    ran = run("read", "--overlay", "out.png", figure, figure)
    assert (ran.code, ran.err) == (2, "figpath: --overlay draws one figure, 2 were given: read them one by one\n")
    assert list(tmp_path.iterdir()) == []


def test_overlay_that_fails_leaves_nothing(run: Run, broken: Path, tmp_path: Path) -> None:
    ran = run("read", "--overlay", "out.png", broken)
    assert (ran.code, ran.err) == (2, f"figpath: {BROKEN}; save it as PNG\n")
    assert list(tmp_path.iterdir()) == [broken]


def test_overlay_that_cannot_be_written_leaves_nothing(run: Run, figure: Path, tmp_path: Path) -> None:
    """A folder that has the overlay's name is left as it is, and no part file stays."""
    (tmp_path / "out.png").mkdir()
    (tmp_path / "out.png" / "kept").touch()
    ran = run("read", "--overlay", "out.png", figure)
    assert ran.code == 2
    assert ran.err.startswith("figpath: cannot write out.png: ")
    assert [path.name for path in tmp_path.rglob("*")] == ["out.png", "kept"]


def test_standard_input_is_a_figure(run: Run, figure: Path) -> None:
    """``-`` reads the picture's bytes; its overlay can be drawn, too."""
    ran = run("read", "-", "-f", "jsonl", "--overlay", "out.png", stdin=figure.read_bytes())
    assert ran.code == 0
    assert json.loads(ran.out)["figid"] == "standard-input"
    alone = run("read", "-", figure, stdin=figure.read_bytes())
    assert (alone.code, alone.err) == (2, "figpath: - stands for one picture on standard input: give it alone\n")


@pytest.mark.parametrize("data", [b"", b"no picture"])
def test_standard_input_without_a_picture_is_refused(run: Run, data: bytes) -> None:
    ran = run("read", "-", stdin=data)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith("figpath: cannot read figure ")
    assert ran.err.count("\n") == 1


def test_folder_is_read_in_order_of_names(run: Run, figure: Path, tmp_path: Path) -> None:
    folder = tmp_path / "figures"
    folder.mkdir()
    for name in ("b.png", "a.png", "notes.txt"):
        shutil.copy(figure, folder / name)
    ran = run("read", "-f", "jsonl", folder)
    assert [json.loads(line)["figid"] for line in ran.out.splitlines()] == ["a", "b"]


def test_folder_without_a_picture_is_refused(run: Run, tmp_path: Path) -> None:
    ran = run("read", tmp_path)
    assert ran.code == 2
    assert ran.err.startswith(f"figpath: no picture in folder {tmp_path}: expected files that end in .jpg")


def test_one_broken_figure_is_named_and_the_others_are_printed(run: Run, figure: Path, broken: Path) -> None:
    """Exit code 1; the table has the readable figure, JSON Lines says of each figure how it went."""
    ran = run("read", broken, figure)
    assert (ran.code, ran.err) == (1, f"figpath: {BROKEN}; save it as PNG\n")
    assert ran.text.startswith("small\n")
    lines = [json.loads(line) for line in run("read", "-f", "jsonl", broken, figure).out.splitlines()]
    assert [(line["figid"], line["status"]) for line in lines] == [("broken", "failed"), ("small", "ok")]
    assert lines[0]["reason"].startswith(BROKEN)


def test_all_broken_is_exit_code_two(run: Run, broken: Path) -> None:
    ran = run("read", broken, broken)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err == f"figpath: {BROKEN}; save it as PNG\n" * 2


def test_pfocr_of_several_figures_needs_a_folder_and_distinct_names(run: Run, figure: Path, tmp_path: Path) -> None:
    """Two tables in one stream, and two figures in one file, are refused before reading."""
    printed = run("read", "-f", "pfocr", figure, figure)
    assert (printed.code, printed.err.count("\n")) == (2, 1)
    assert "add --to FOLDER" in printed.err
    written = run("read", "-f", "pfocr", "--to", "out", figure, figure)
    assert written.err == "figpath: two figures would both be small in out: rename one, or read them into two folders\n"
    assert not (tmp_path / "out").exists()


def test_a_picture_without_names_is_no_failure(run: Run, tmp_path: Path) -> None:
    """An empty picture is read: an empty table, exit code 0."""
    stream = io.BytesIO()
    Image.new("RGB", (64, 64), "white").save(stream, format="PNG")
    ran = run("read", "-", "-f", "jsonl", stdin=stream.getvalue())
    assert ran.code == 0
    assert json.loads(ran.out)["mentions"] == []
