"""Tesseract behind the methods of a Reader: a stand-in executable shows how it is called and what its TSV becomes."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from figpath.errors import EngineError, InputError
from figpath.reading.tesseract import TesseractReader

if TYPE_CHECKING:
    from pathlib import Path

    from figpath.figure import Pixels

COLUMNS = "level page_num block_num par_num line_num word_num left top width height conf text".split()
ROWS = [
    "1 1 0 0 0 0 0 0 200 100 -1 ",
    "4 1 2 1 1 0 10 60 90 20 -1 ",
    "5 1 2 1 1 1 10 60 60 20 80 AKT1",
    "5 1 1 1 1 1 10 20 40 20 91.5 NF-κB",
    "5 1 1 1 1 2 60 22 30 18 -1 p65",
    "5 1 1 1 2 1 10 90 400 20 96 \"IL6",
    "5 1 1 1 2 2 10 90 30 20 96 ",
]  # fmt: skip
PICTURE = np.full((50, 100, 3), 255, np.uint8)


def stand_in(folder: Path, body: str) -> tuple[str, str]:
    """A command that does what a Python body says; `arguments` and `picture` are given to it."""
    script = folder / "tesseract.py"
    head = (
        "import sys\n"
        "arguments = sys.argv[1:]\n"
        "if arguments == ['--version']:\n"
        "    print('tesseract 5.9')\n"
        "    sys.exit()\n"
        "picture, out = sys.stdin.buffer.read(), sys.stdout.buffer\n"
    )
    script.write_text(head + body, encoding="utf-8", newline="\n")
    return sys.executable, str(script)


def table(rows: list[str]) -> str:
    cells = [row.split(" ", len(COLUMNS) - 1) for row in rows]
    return "".join("\t".join(row) + "\n" for row in [COLUMNS, *cells])


@pytest.fixture
def reader(tmp_path: Path) -> TesseractReader:
    return TesseractReader(stand_in(tmp_path, f"out.write({table(ROWS)!r}.encode())"))


def test_words_become_lines_in_pixels_of_the_picture_as_given(reader: TesseractReader) -> None:
    reading = reader.read(PICTURE)
    assert [(line.text, line.box) for line in reading.lines] == [
        ("NF-κB p65", (5, 10, 45, 20)),
        ("AKT1", (5, 30, 35, 40)),
        ('"IL6', (5, 45, 100, 50)),  # cut off at the edge of the picture
    ]
    assert [(word.text, word.box, word.score) for word in reading.lines[0].words] == [
        ("NF-κB", (5, 10, 25, 20), 0.915),
        ("p65", (30, 11, 45, 20), 0.0),
    ]
    assert reading.lines[0].score == pytest.approx(0.915 * 5 / 8, abs=1e-4)
    assert (reading.width, reading.height, reading.engine) == (100, 50, "tesseract 5.9, eng")


def test_one_line_of_text_takes_the_whole_picture(reader: TesseractReader) -> None:
    line = reader.read_line(PICTURE)
    assert (line.text, line.box) == ('AKT1 NF-κB p65 "IL6', (0, 0, 100, 50))


def test_a_picture_without_text_has_no_lines(tmp_path: Path) -> None:
    reader = TesseractReader(stand_in(tmp_path, f"out.write({table(ROWS[:2])!r}.encode())"))
    assert reader.read(PICTURE).lines == ()
    assert reader.read_line(PICTURE).text == ""


def test_the_picture_goes_in_enlarged_as_a_png_with_the_mode_that_was_asked(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    body = f"open({str(seen)!r}, 'wb').write(picture)\n"
    body += f"open({str(seen)!r} + '.txt', 'w').write(' '.join(arguments))\nout.write({table([])!r}.encode())"
    pixels = np.zeros((20, 30, 3), np.uint8)
    pixels[:, :, 0] = 200
    TesseractReader(stand_in(tmp_path, body), language="eng+ell", mode=12, enlarge=3).read(pixels)
    picture = cv2.imdecode(np.frombuffer(seen.read_bytes(), np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert picture.shape == (60, 90, 3)
    assert picture[0, 0].tolist() == [0, 0, 200]  # OpenCV's order is BGR
    assert seen.with_suffix(".txt").read_text() == "stdin stdout -l eng+ell --psm 12 tsv"


def test_an_absent_executable_says_how_to_install_it(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="install Tesseract") as caught:
        TesseractReader((str(tmp_path / "tesseract"),)).read(PICTURE)
    assert "\n" not in str(caught.value)


def test_what_tesseract_complains_of_is_passed_on(tmp_path: Path) -> None:
    reader = TesseractReader(stand_in(tmp_path, "sys.exit('no language data\\nfor xyz')"))
    with pytest.raises(EngineError, match="failed with code 1: no language data; for xyz"):
        reader.read(PICTURE)


@pytest.mark.parametrize("text", ["a\tb\n1\t2\n", table(["5 1 1 1 1 1 x 20 40 20 91 NF"]), table(["5 1 1"])])
def test_output_in_another_form_is_refused(tmp_path: Path, text: str) -> None:
    reader = TesseractReader(stand_in(tmp_path, f"out.write({text!r}.encode())"))
    with pytest.raises(EngineError, match="not its TSV form"):
        reader.read(PICTURE)


@pytest.mark.parametrize("shape", [(10, 10), (10, 10, 4), (0, 10, 3)])
def test_an_array_that_is_no_picture_is_refused(reader: TesseractReader, shape: tuple[int, ...]) -> None:
    with pytest.raises(InputError, match="RGB array"):
        reader.read(np.zeros(shape, np.uint8))


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed here")
def test_the_installed_tesseract_reads_a_drawn_name() -> None:
    """Passed over where Tesseract is not installed, as in CI."""
    pixels: Pixels = np.full((60, 260, 3), 255, np.uint8)
    cv2.putText(pixels, "RELA", (40, 42), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (0, 0, 0), 2, cv2.LINE_AA)
    reader = TesseractReader()
    (line,) = reader.read(pixels).lines
    assert line.text == "RELA"
    assert 30 <= line.box[0] <= 50
    assert reader.read_line(pixels).text == "RELA"
