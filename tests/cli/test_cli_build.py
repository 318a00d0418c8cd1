"""``figpath build``, ``status``, ``export`` and ``reindex``: from figures to a corpus, and out of it again."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import figpath
from conftest import drawn
from corpus_contents import contents
from fake_work import FakeReading, source
from figpath.cli.progress import Counter
from figpath.corpus.read import ReadFigures
from figpath.corpus.task import task_of
from figpath.errors import EngineError
from figpath.pipeline import sources_of
from figpath.publish.pfocr import write_record
from figpath.record import from_json, to_json
from figpath.source.pfocr import PfocrRecord, read_record
from figpath.store import open_store, write_store

if TYPE_CHECKING:
    from conftest import Run

OWN_PAGE = Path(__file__).parents[1] / "data" / "pfocr"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three pictures, one of them twice, and a file that is none."""
    folder = tmp_path / "figures"
    folder.mkdir()
    drawn("JAK2", "STAT3", "TNF-alpha").save(folder / "one.png")
    drawn("IL6").save(folder / "two.png")
    shutil.copy(folder / "one.png", folder / "zwin.png")
    (folder / "broken.png").write_text("this is text", encoding="utf-8")
    return folder


def test_a_corpus_holds_what_read_prints(run: Run, folder: Path, tmp_path: Path) -> None:
    """The real recogniser in two processes: each record is, to the last byte, that of reading the figure alone."""
    ran = run("build", folder, "--to", "corpus.db", "--workers", 2)
    assert ran.code == 1, "one figure is broken"
    assert ran.out == b""
    assert "figpath: broken: cannot read figure broken.png: expected JPEG" in ran.err
    assert "4 figures: 3 ok, 0 partial, 1 failed, 0 there" in ran.err
    assert "corpus.db holds 4 figures, 1 of them have a picture twice" in ran.err
    pipeline = figpath.Pipeline()
    with open_store(tmp_path / "corpus.db") as store:
        found = {figid: text.encode() for figid, text, _ in store.documents(failed=True)}
        picture = store.picture("one")
    assert found == {record.figid: to_json(record) for record in pipeline.read_all(sources_of([folder]))}
    assert picture is not None
    assert picture.data == (folder / "one.png").read_bytes()
    assert picture.thumbnail.startswith(b"\xff\xd8\xff")
    twice = run("status", "corpus.db", "--duplicates", "--format", "tsv")
    assert twice.text == "figure\tfirst\tbits\tfile\nzwin\tone\t0\tsame\n"
    before = contents(tmp_path / "corpus.db")
    again = run("build", folder, "--to", "corpus.db", "--workers", 1)
    assert "4 figures: 0 ok, 0 partial, 1 failed, 3 there" in again.err
    assert contents(tmp_path / "corpus.db") == before


@pytest.mark.parametrize(("images", "data", "thumbnail"), [("thumbnails", False, True), ("paths", False, False)])
def test_pictures_are_kept_as_told(
    run: Run, folder: Path, tmp_path: Path, images: str, data: bool, thumbnail: bool
) -> None:
    (folder / "broken.png").unlink()
    (folder / "zwin.png").unlink()
    assert run("build", folder, "--to", "corpus.db", "--images", images, "--workers", 1).code == 0
    with open_store(tmp_path / "corpus.db") as store:
        picture = store.picture("two")
    assert picture is not None
    assert (bool(picture.data), bool(picture.thumbnail)) == (data, thumbnail)
    assert Path(picture.path) == folder / "two.png"


def test_status_lists_what_is_not_ok(run: Run, tmp_path: Path) -> None:
    """For people with the counts, for machines as rows; with --all every figure."""
    with write_store(tmp_path / "corpus.db") as store:
        store.put([FakeReading().read(task_of(source(*one), fingerprint="f")) for one in (("a", "x"), ("b", "fail"))])
    ran = run("status", "corpus.db")
    assert (ran.code, ran.err) == (0, "")
    assert ["failed", "1"] in [line.split() for line in ran.text.splitlines()]
    assert "it says so" in ran.text
    (row,) = json.loads(run("status", "corpus.db", "--format", "json").text)
    assert row.pop("place").endswith("/b.txt")
    assert row == {"figure": "b", "status": "failed", "origin": "figpath", "reason": "it says so"}
    assert run("status", "corpus.db", "--all", "--format", "tsv").text.count("\n") == 3


def database(folder: Path) -> Path:
    """A copy of the PFOCR database with the page of our own."""
    write_record(read_record(OWN_PAGE), folder / "_figures", tables_folder=folder / "_data")
    return folder


def lines_in(folder: Path) -> dict[str, list[str]]:
    return {path.name: sorted(path.read_text(encoding="utf-8").splitlines()) for path in folder.iterdir()}


def test_a_pfocr_database_goes_in_and_out(run: Run, tmp_path: Path) -> None:
    """Imported without reading a picture, exported as it was; rows of a species may change places."""
    files = database(tmp_path / "db")
    assert run("build", files, "--to", "corpus.db").code == 0
    assert run("export", "corpus.db", "--format", "pfocr", "--to", "out").code == 0
    for part in ("_figures", "_data"):
        assert lines_in(tmp_path / "out" / part) == lines_in(files / part)


def test_every_form_is_exported(run: Run, tmp_path: Path) -> None:
    run("build", database(tmp_path / "db"), "--to", "corpus.db")
    assert (
        run("export", "corpus.db", "--format", "gmt", "--names", "all", "--date", "20250701", "--to", "gmt").code == 0
    )
    assert sorted(path.name for path in (tmp_path / "gmt").iterdir()) == [
        "pfocr-20250701-chemical-gmt-Homo_sapiens.gmt",
        "pfocr-20250701-chemical-gmt-Mus_musculus.gmt",
        "pfocr-20250701-gmt-Homo_sapiens.gmt",
        "pfocr-20250701-gmt-Mus_musculus.gmt",
    ]
    assert run("export", "corpus.db", "--format", "parquet", "--to", "parquet").code == 0
    assert len(list((tmp_path / "parquet").iterdir())) == 3
    assert run("export", "corpus.db", "--format", "jsonl", "--to", "all.jsonl").code == 0
    printed = run("export", "corpus.db", "--format", "jsonl", "--to", "-")
    assert printed.out == (tmp_path / "all.jsonl").read_bytes()
    assert from_json(printed.out.splitlines()[0]).provenance.origin == "pfocr"


def test_figures_without_names_have_no_page(run: Run, tmp_path: Path) -> None:
    """PFOCR's rule: a gene, or three rows of chemicals."""
    bare = read_record(OWN_PAGE).figure
    write_record(PfocrRecord(figure=bare), tmp_path / "db" / "_figures")
    run("build", "db", "--to", "corpus.db")
    assert "wrote 0 figures (1 without a gene" in run("export", "corpus.db", "--format", "pfocr", "--to", "out").err


def test_reindex_says_how_many(run: Run, tmp_path: Path) -> None:
    run("build", database(tmp_path / "db"), "--to", "corpus.db")
    ran = run("reindex", "corpus.db")
    assert (ran.code, ran.err) == (0, "indexed 1 figures of corpus.db anew\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("build", "absent", "--to", "corpus.db"), "there is no absent: check the path"),
        (("build", "figures", "--to", "absent/corpus.db"), "there is no folder absent"),
        (("build", "figures", "--to", "figures/broken.png"), "no corpus of figpath"),
        (("status", "absent.db"), "there is no corpus absent.db: make it with 'figpath build"),
        (("reindex", "absent.db"), "there is no corpus absent.db"),
        (("export", "absent.db", "--format", "jsonl", "--to", "x"), "there is no corpus absent.db"),
        (("export", "absent.db", "--format", "gmt", "--to", "x", "--date", "tomorrow"), "'tomorrow' is no date"),
    ],
)
def test_what_cannot_be_done_is_one_line(run: Run, folder: Path, arguments: tuple[str, ...], message: str) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, b"", 1)
    assert message in ran.err


def test_a_corpus_that_is_being_written_is_left_alone(run: Run, folder: Path, tmp_path: Path) -> None:
    with closing(write_store(tmp_path / "corpus.db")):
        ran = run("build", folder, "--to", "corpus.db")
    assert ran.code == 2
    assert "is being written by another figpath: wait until it has ended" in ran.err


def test_an_engine_that_is_missing_is_told_before_anything_is_read(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_: ReadFigures) -> str:
        raise EngineError("no OCR engine can be loaded")

    monkeypatch.setattr(ReadFigures, "fingerprint", missing)
    ran = run("build", folder, "--to", "corpus.db")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "figpath: no OCR engine can be loaded")


def test_progress_is_a_line_a_minute_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the rate and the time that remains, as far as the total is known."""
    clock = iter([0.0, 30.0, 61.0, 70.0, 125.0])
    monkeypatch.setattr("figpath.cli.progress.time.monotonic", lambda: next(clock))
    with Counter(1000, what="read") as counter:
        for done in (60, 122, 140, 250):
            counter.show(done, worked=done, failed=1)
    assert capsys.readouterr().err.splitlines() == [
        "figpath: read 122 of 1000 figures, 1 failed, 2.00 a second, 7 minutes to go",
        "figpath: read 250 of 1000 figures, 1 failed, 2.00 a second, 6 minutes to go",
    ]
