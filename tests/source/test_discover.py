"""What a path holds is told by its content, and nothing that it may hold stops the rest."""

from __future__ import annotations

import contextlib
import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from figpath.errors import FigpathError, ImageError
from figpath.figure import Figure
from figpath.pipeline import sources_of
from figpath.source.discover import discover
from figpath.source.found import Source, Unusable
from figpath.source.images import load_pixels
from made_papers import PdfPage, article, fig, jpeg, pdf, tar_gz

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

PAPER = {"p/a.nxml": article(fig("f1", label="Figure 1", caption="JAK2 acts.")), "p/f1.jpg": jpeg()}


def ids(path: Path) -> list[str]:
    return [found.figure.figid for found in discover(path) if isinstance(found, Source)]


def test_content_tells_not_the_name(tmp_path: Path) -> None:
    """A PDF file, a package and an article without their suffixes."""
    (tmp_path / "one").write_bytes(pdf([PdfPage().picture(100, 300, 400, 300, jpeg())]))
    tar_gz(tmp_path / "two.bin", PAPER)
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "three").write_bytes(PAPER["p/a.nxml"])
    (tmp_path / "deep" / "f1.jpg").write_bytes(jpeg())
    assert ids(tmp_path / "one") == ["one__p1_1"]
    assert ids(tmp_path / "two.bin") == ["PMC8287779__f1"]
    assert ids(tmp_path / "deep" / "three") == []  # an article is known by its suffix only in a folder
    (tmp_path / "deep" / "three").rename(tmp_path / "deep" / "three.xml")
    assert ids(tmp_path / "deep" / "three.xml") == ids(tmp_path / "deep") == ["PMC8287779__f1"]


def test_a_folder_of_everything(tmp_path: Path) -> None:
    """Pictures of the folder itself and the papers at any depth; hidden files and links to folders are left alone."""
    (tmp_path / "a.jpg").write_bytes(jpeg())
    (tmp_path / "b.pdf").write_bytes(pdf([PdfPage().picture(100, 300, 400, 300, jpeg())]))
    inner = tmp_path / "x" / "y"
    inner.mkdir(parents=True)
    tar_gz(inner / "c.tgz", PAPER)
    (inner / "icon.png").write_bytes(jpeg())
    tar_gz(tmp_path / ".hidden.tgz", PAPER)
    (tmp_path / "notes.txt").write_text("nothing", encoding="utf-8")
    with contextlib.suppress(OSError):  # Windows lets not everyone make links
        (inner / "round").symlink_to(tmp_path, target_is_directory=True)
    assert ids(tmp_path) == ["a", "b__p1_1", "PMC8287779__f1"]


def test_figures_come_one_by_one(tmp_path: Path) -> None:
    """The first figure comes before the last file is opened."""
    for number in range(3):
        tar_gz(tmp_path / f"{number}.tar.gz", PAPER)
    found = discover(tmp_path)
    next(found)
    (tmp_path / "2.tar.gz").write_bytes(b"\x1f\x8b")
    assert [type(one) for one in found] == [Source, Unusable]


def test_what_the_user_says_is_for_figures_without_a_paper(tmp_path: Path) -> None:
    known = Figure(figid="figure", caption="Said.")
    (tmp_path / "a.jpg").write_bytes(jpeg())
    tar_gz(tmp_path / "b.tar.gz", PAPER)
    assert [one.figure.caption for one in discover(tmp_path, known=known)] == ["Said.", "JAK2 acts."]


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    """It is an error at once, before anything is read."""
    with pytest.raises(ImageError, match="there is no such file or folder"):
        discover(tmp_path / "absent")


def test_sources_of_wants_all_or_nothing(tmp_path: Path) -> None:
    """A script that asks for figures is told of the first that cannot be used."""
    tar_gz(tmp_path / "a.tar.gz", PAPER)
    assert [source.figure.figid for source in sources_of([tmp_path])] == ["PMC8287779__f1"]
    (tmp_path / "b.tar.gz").write_bytes(b"\x1f\x8b")
    with pytest.raises(FigpathError, match=r"b\.tar\.gz: the archive is cut short"):
        sources_of([tmp_path])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None)
@given(
    head=st.sampled_from(
        [b"", b"%PDF-1.5\n", b"\x1f\x8b\x08\x00", b"PK\x03\x04", b"<article>", b"BZh9", b"\xff\xd8\xff"]
    ),
    data=st.binary(max_size=300),
    name=st.sampled_from(["x", "x.jpg", "x.pdf", "x.tar.gz", "x.zip", "x.nxml", "x.xml"]),
)
def test_any_bytes_are_a_value_or_one_error(head: bytes, data: bytes, name: str, tmp_path: Path) -> None:
    """Alone or in a folder: an Unusable of one line, or a picture that reading refuses in one line."""
    for file in tmp_path.iterdir():
        file.unlink()
    (tmp_path / name).write_bytes(head + data)
    for found in itertools.chain(discover(tmp_path / name), discover(tmp_path)):
        if isinstance(found, Unusable):
            assert "\n" not in found.reason
        else:
            with pytest.raises(ImageError, match=r"^[^\n]+$"):
                load_pixels(found.picture)


def test_the_command_reads_a_package_and_names_what_fails(run: Run, tmp_path: Path) -> None:
    """Every figure has its line of JSON, also the one whose picture is missing."""
    members = {**PAPER, "p/a.nxml": article(fig("f1", label="Figure 1") + fig("f2", label="Figure 2"))}
    tar_gz(tmp_path / "paper.tar.gz", members)
    ran = run("read", "paper.tar.gz", "-f", "jsonl")
    assert ran.code == 1
    assert ran.err == (
        "figpath: cannot read figure PMC8287779__f2 of paper.tar.gz: no picture named 'f2' in the package; "
        "fetch the package again\n"
    )
    assert [line.partition('"status":')[2][:4] for line in ran.text.splitlines()] == ['"ok"', '"fai']
