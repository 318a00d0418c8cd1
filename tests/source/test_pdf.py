"""PDF files, written by hand: pictures and drawings with their captions, sharp enough; damage is one line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from figpath.source import pdf as pdf_module
from figpath.source.discover import discover
from figpath.source.found import Source, Unusable
from figpath.source.images import load_pixels
from figpath.source.pdf_text import TextLine, captions_of, flowing, lines_of
from made_papers import PdfPage, jpeg, pdf

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

BODY = ["The receptor binds its ligand and then goes on to activate a kinase inside of the nucleus of a cell"] * 6
COLUMN = ["The receptor binds its ligand and goes on to act"] * 8


def drawing(page: PdfPage, x: float, y: float) -> PdfPage:
    """Boxes with names, joined by lines: 340 wide, 140 high."""
    for number in range(6):
        left = x + 60 * number
        page.box(left, y + 120, 40, 20).text(left + 4, y + 126, f"GENE{number}", size=8)
        page.line(left + 20, y + 120, left + 20, y + 20).box(left, y, 40, 20)
    return page


def found_in(tmp_path: Path, *pages: PdfPage, title: str = "") -> list[Source]:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf(pages, title=title))
    found = list(discover(path))
    assert all(isinstance(one, Source) for one in found), found
    return [one for one in found if isinstance(one, Source)]


def size_of(source: Source) -> tuple[int, int]:
    """Width and height in pixels."""
    height, width = load_pixels(source.picture).shape[:2]
    return width, height


def test_a_picture_with_its_caption(tmp_path: Path) -> None:
    """At the picture's own resolution where that is above 200 dpi; the caption's lines are one text."""
    page = PdfPage().text(72, 740, *BODY).picture(150, 450, 300, 180, jpeg(1500, 900))
    page.text(
        72, 430, "Figure 1. JAK2 signalling in mice. The receptor acti-", "vates STAT3 and IL-", "6 as in Fig. 2."
    )
    (source,) = found_in(tmp_path, page.text(72, 380, *BODY), title="The JAK2 pathway of mice")
    figure = source.figure
    assert (figure.figid, figure.number, figure.filename) == ("paper__p1_1", "F1", "paper__p1_1.png")
    assert figure.caption == "JAK2 signalling in mice. The receptor activates STAT3 and IL-6 as in Fig. 2."
    assert (figure.title, figure.paper.title) == ("JAK2 signalling in mice", "The JAK2 pathway of mice")
    width, height = size_of(source)
    assert 1500 <= width <= 1550
    assert 900 <= height <= 950
    assert source.name.endswith("paper.pdf: page 1")


def test_a_drawing_with_its_caption(tmp_path: Path) -> None:
    """Vector drawings are rendered at 200 dpi, with the names at their edge."""
    page = drawing(PdfPage().text(72, 740, *BODY), 130, 480).text(72, 450, "Fig. 2 | Model of the pathway")
    (source,) = found_in(tmp_path, page.text(72, 420, *BODY))
    assert (source.figure.number, source.figure.caption) == ("F2", "Model of the pathway")
    width, height = size_of(source)
    assert 340 / 72 * 200 <= width <= 370 / 72 * 200
    assert 140 / 72 * 200 <= height <= 170 / 72 * 200


def test_two_columns_and_several_figures(tmp_path: Path) -> None:
    """Each caption gets what stands above it in its column."""
    page = PdfPage()
    for x, number in ((60, 1), (330, 3)):
        page.text(x, 740, *COLUMN, size=9).picture(x, 480, 220, 140, jpeg(300, 200))
        page.text(x, 465, f"Figure {number}. The first of the column", size=9)
        page.picture(x, 250, 220, 140, jpeg(300, 200)).text(x, 235, f"Figure {number + 1}. The second", size=9)
        page.text(x, 200, *COLUMN, size=9)
    found = found_in(tmp_path, page)
    assert [source.figure.number for source in found] == ["F1", "F3", "F2", "F4"]
    assert {size_of(source) for source in found} == {size_of(found[0])}


def test_panels_are_one_figure(tmp_path: Path) -> None:
    page = PdfPage()
    for x in (80, 320):
        for y in (400, 580):
            page.picture(x, y, 200, 150, jpeg(200, 150))
    (source,) = found_in(tmp_path, page.text(80, 380, "Figure 5. Four panels"))
    width, height = size_of(source)
    assert width > 440 / 72 * 200
    assert height > 330 / 72 * 200


def test_what_is_no_figure(tmp_path: Path) -> None:
    """Rules and logos of the page, tables, and a line of the text that begins with a label."""
    page = PdfPage().line(72, 760, 540, 760).picture(72, 765, 60, 15, jpeg())
    page.text(
        72,
        700,
        *BODY[:2],
        "Figure 3. In this line a sentence ends and another one begins, as it may well be",
        *BODY[:2],
    )
    page.text(100, 400, "Table 1. Numbers of things")
    for row in range(8):
        page.box(100, 380 - 20 * row, 200, 20).box(300, 380 - 20 * row, 200, 20)
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf([page]))
    (failure,) = discover(path)
    assert isinstance(failure, Unusable)
    assert failure.reason.startswith(f"no figure in {path}: ")


def test_a_figure_without_a_caption(tmp_path: Path) -> None:
    (source,) = found_in(tmp_path, PdfPage().picture(100, 300, 400, 300, jpeg(800, 600)))
    assert (source.figure.number, source.figure.caption) == ("", "")


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned(turn: int, tmp_path: Path) -> None:
    """The figure comes as it is shown."""
    (source,) = found_in(tmp_path, PdfPage(rotation=turn).picture(100, 300, 400, 200, jpeg(800, 400)))
    width, height = size_of(source)
    assert (width > height) is (turn == 180)
    assert load_pixels(source.picture)[height // 2, width // 2].tolist() == pytest.approx([0, 0, 128], abs=6)


def test_pages_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids have the page and the place on it; beyond the limit of pages, the file says so."""
    monkeypatch.setattr(pdf_module, "MAX_PAGES", 2)
    page = PdfPage().picture(100, 300, 400, 300, jpeg(800, 600)).text(100, 280, "Figure 1. A")
    path = tmp_path / "a b.pdf"
    path.write_bytes(pdf([PdfPage().text(72, 700, "10.1000/xyz.1 is the DOI"), page, page]))
    found = list(discover(path))
    assert [one.figure.figid for one in found] == ["a b__p2_1", "a b"]
    assert found[0].figure.paper.doi == "10.1000/xyz.1"
    assert isinstance(found[1], Unusable)
    assert "it has 3 pages, at most 2 are" in found[1].reason


GOOD = pdf([PdfPage().picture(100, 300, 400, 300, jpeg(80, 60))])
ENCRYPTION = b"/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <%s> /U <%s> >> " % (b"41" * 32, b"42" * 32)
ENCRYPTED = GOOD.replace(b"/Root 1 0 R", ENCRYPTION + b"/ID [<41> <41>] /Root 1 0 R")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7\n", "damaged or cut short"),
        (GOOD[:300], "damaged or cut short"),
        (ENCRYPTED, "is encrypted; save it without its password"),
        (pdf([]), "damaged or cut short"),
        (pdf([PdfPage().text(72, 700, *BODY)]), "no figure in"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_line(data: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(data)
    (failure,) = discover(path)
    assert isinstance(failure, Unusable)
    assert says in failure.reason
    assert str(path) in failure.reason
    assert "\n" not in failure.reason


def test_a_picture_that_lies_about_its_size(tmp_path: Path) -> None:
    """A small file that announces a huge picture costs no more than a page."""
    lied = GOOD.replace(b"/Width 80 /Height 60", b"/Width 90000 /Height 90000")
    (tmp_path / "paper.pdf").write_bytes(lied)
    for found in discover(tmp_path / "paper.pdf"):
        if isinstance(found, Source):
            assert load_pixels(found.picture).size <= 3 * pdf_module.MAX_PIXELS


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(place=st.integers(0, len(GOOD)), flipped=st.binary(min_size=1, max_size=30))
def test_any_damage_is_a_value(place: int, flipped: bytes, tmp_path: Path) -> None:
    path = tmp_path / "damaged.pdf"
    path.write_bytes(b"%PDF-1.4\n" + GOOD[9:place] + flipped + GOOD[place + len(flipped) :])
    for found in discover(path):
        assert isinstance(found, Source) or "\n" not in found.reason


def line(x: float, y: float, text: str, *, width: float = 200) -> TextLine:
    return TextLine((x, y, x + width, y + 10), text)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Figure 1. A model", "Figure 1"),
        ("FIG 4 A model", "FIG 4"),
        ("Fig. 2: A model", "Fig. 2"),
        ("Supplementary Figure S3 | A model", "Supplementary Figure S3"),
        ("Scheme 1", "Scheme 1"),
        ("Figure 3 shows a model", None),
        ("Figures are shown", None),
        ("A model", None),
    ],
)
def test_what_begins_a_caption(text: str, label: str | None) -> None:
    assert [caption.label for caption in captions_of([line(0, 100, text)])] == ([] if label is None else [label])


def test_pieces_join_to_lines_and_columns_stay_apart() -> None:
    pieces = [
        line(0, 50, "Figure", width=30),
        line(32, 50, "1.", width=8),
        line(300, 50, "other"),
        line(0, 30, "below"),
    ]
    assert [joined.text for joined in lines_of(pieces)] == ["Figure 1.", "other", "below"]


def test_divided_words_become_whole() -> None:
    assert flowing(["signal-", "ling by IL-", "6 and\ufffe", "more"]) == "signalling by IL-6 andmore"


def test_reading_a_paper(run: Run, tmp_path: Path, figure: Path) -> None:
    """``figpath read paper.pdf`` reads its figures with their captions."""
    import io

    from PIL import Image

    stream = io.BytesIO()
    Image.open(figure).convert("RGB").save(stream, format="JPEG", quality=95)
    page = PdfPage().picture(150, 400, 260, 180, stream.getvalue()).text(150, 380, "Figure 1. Macrophages of the mouse")
    (tmp_path / "paper.pdf").write_bytes(pdf([page]))
    ran = run("read", "paper.pdf", "-f", "jsonl")
    assert (ran.code, ran.err) == (0, "")
    record = json.loads(ran.text)
    assert record["figid"] == "paper__p1_1"
    assert {"JAK2", "STAT3"} <= {entity["symbol"].upper() for m in record["mentions"] for entity in m["entities"]}
    assert 10090 in record["organisms"]
