"""Reading drawn pictures back, on both engines."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from figpath.errors import EngineError, InputError
from figpath.reading import alphabet, network, scale, weights
from figpath.reading.network import EngineName
from figpath.reading.reader import Reader

if TYPE_CHECKING:
    from figpath.figure import Pixels


def draw(
    *texts: tuple[str, tuple[int, int], int],
    size: tuple[int, int] = (360, 200),
    ink: str = "black",
    paper: str = "white",
) -> Image.Image:
    """Draw texts, each with its place and its font size, in the font that comes with Pillow."""
    image = Image.new("RGB", size, paper)
    pen = ImageDraw.Draw(image)
    for text, place, height in texts:
        pen.text(place, text, fill=ink, font=ImageFont.load_default(size=height))
    return image


def pixels(image: Image.Image) -> Pixels:
    """The array of a picture."""
    return np.asarray(image, np.uint8)


THREE = draw(("JAK2", (30, 20), 24), ("p-STAT3", (200, 60), 24), ("TNF receptor", (60, 130), 24))


def texts(reader: Reader, image: Image.Image) -> list[str]:
    """The lines in their order."""
    return [line.text for line in reader.read(pixels(image)).lines]


def test_lines_come_from_top_to_bottom(reader: Reader) -> None:
    """Three names are read as three lines, in the order of the picture, with its size."""
    reading = reader.read(pixels(THREE))
    assert [line.text for line in reading.lines] == ["JAK2", "p-STAT3", "TNF receptor"]
    assert (reading.width, reading.height) == (360, 200)
    assert all(line.score > 0.9 for line in reading.lines)
    assert "PP-OCRv6" in reading.engine


@pytest.mark.parametrize(("height", "text"), [(11, "MAPK14"), (14, "CASP8"), (60, "EGFR")])
def test_small_and_large_letters_are_read(reader: Reader, height: int, text: str) -> None:
    """Letters of the size of printed figures, and large ones."""
    assert texts(reader, draw((text, (40, 60), height))) == [text]


@pytest.mark.parametrize(("ink", "paper"), [("white", "black"), ("yellow", "navy"), ("darkorange", "white")])
def test_colours_are_read(reader: Reader, ink: str, paper: str) -> None:
    """Light text on dark, and coloured text."""
    assert texts(reader, draw(("VEGFA", (60, 60), 22), ink=ink, paper=paper)) == ["VEGFA"]


@pytest.mark.parametrize(("turn", "degrees"), [(Image.Transpose.ROTATE_90, 90), (Image.Transpose.ROTATE_270, -90)])
def test_text_that_runs_up_or_down_is_read(reader: Reader, turn: Image.Transpose, degrees: int) -> None:
    """A line knows the direction in which it runs."""
    image = draw(("Fibroblast", (30, 20), 24), size=(200, 70)).transpose(turn)
    (line,) = reader.read(pixels(image)).lines
    assert (line.text, line.angle) == ("Fibroblast", degrees)


def test_sloped_text_is_read(reader: Reader) -> None:
    """Text along a slope of 30 degrees."""
    image = draw(("Macrophage", (60, 60), 26), size=(260, 160)).rotate(
        30, resample=Image.Resampling.BICUBIC, expand=True, fillcolor="white"
    )
    (line,) = reader.read(pixels(image)).lines
    assert line.text == "Macrophage"
    assert abs(line.angle - 30) <= 4


def test_words_stand_where_they_are_drawn(reader: Reader) -> None:
    """The boxes of the words of a line are those of their ink, within a fifth of the letter height and 3 pixels."""
    font = ImageFont.load_default(size=30)
    image = draw(("TNF receptor", (40, 60), 30))
    (line,) = reader.read(pixels(image)).lines
    pen = ImageDraw.Draw(image)
    whole = pen.textbbox((40, 60), "TNF receptor", font=font)
    first = pen.textbbox((40, 60), "TNF", font=font)
    second = 40 + pen.textlength("TNF ", font=font)
    assert [word.text for word in line.words] == ["TNF", "receptor"]
    tolerance = 3 + 0.2 * 30
    ends = [line.words[0].box[0], line.words[0].box[2], line.words[1].box[0], line.words[1].box[2]]
    assert ends == pytest.approx([whole[0], first[2], second, whole[2]], abs=tolerance)
    assert [line.box[1], line.box[3]] == pytest.approx([whole[1], whole[3]], abs=tolerance)


def test_reading_twice_gives_the_same(reader: Reader) -> None:
    """Equal pictures give equal readings, scores and alternatives included, from another reader too."""
    assert Reader().read(pixels(THREE)) == reader.read(pixels(THREE))


@pytest.mark.parametrize("name", ["onnxruntime", "openvino"])
def test_the_engines_agree_on_the_text(reader: Reader, name: str) -> None:
    """Either engine reads the same lines."""
    if name == "openvino":
        pytest.importorskip("openvino", exc_type=ImportError)
    other = Reader(cast("EngineName", name), threads=1).read(pixels(THREE))
    assert [line.text for line in other.lines] == texts(reader, THREE)
    assert name in other.engine


def test_a_blank_picture_has_no_lines(reader: Reader) -> None:
    """Nothing is invented."""
    assert texts(reader, draw()) == []


@pytest.mark.parametrize("shape", [(1, 1), (1, 900), (900, 1), (3, 4000), (7, 5)])
def test_odd_shapes_do_no_harm(reader: Reader, shape: tuple[int, int]) -> None:
    """A pixel, and pictures far longer than high, are read without an error."""
    reading = reader.read(np.full((*shape, 3), 200, np.uint8))
    assert (reading.height, reading.width) == shape
    reader.read_line(np.full((*shape, 3), 200, np.uint8))


def test_small_letters_on_a_large_picture_are_found(reader: Reader) -> None:
    """A picture larger than is looked at in one piece is looked at in tiles when its letters are small."""
    image = draw(("KRAS", (150, 150), 20), ("BRAF", (3000, 2200), 20), size=(3200, 2400))
    assert texts(reader, image) == ["KRAS", "BRAF"]


@pytest.mark.parametrize(
    ("image", "text"),
    [
        (draw(("CD44", (4, 2), 20), size=(60, 26)), "CD44"),
        (draw(("Caspase", (6, 4), 20), ("substrate", (6, 30), 20), size=(110, 60)), "Caspase substrate"),
        (draw(("Fibroblast", (4, 2), 20), size=(110, 28)).transpose(Image.Transpose.ROTATE_90), "Fibroblast"),
    ],
    ids=["level", "two lines", "upright"],
)
def test_a_crop_is_read_as_a_line(reader: Reader, image: Image.Image, text: str) -> None:
    """A crop is one line, whichever way it runs, and though it be broken."""
    assert reader.read_line(pixels(image)).text == text


@pytest.mark.parametrize(
    "wrong",
    [np.zeros((5, 5), np.uint8), np.zeros((5, 5, 4), np.uint8), np.zeros((0, 5, 3), np.uint8), np.zeros((5, 5, 3))],
)
def test_what_is_no_picture_is_refused(reader: Reader, wrong: Pixels) -> None:
    """The message repeats the shape that was wanted and the one that came."""
    with pytest.raises(InputError, match=r"\(H, W, 3\) uint8 RGB array, got shape"):
        reader.read(wrong)


def test_an_unknown_engine_is_refused() -> None:
    """The message names the engines that there are."""
    with pytest.raises(EngineError, match="openvino or onnxruntime"):
        Reader(cast("EngineName", "abacus")).read(pixels(THREE))


def test_no_engine_is_an_error_that_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where neither engine can be imported, the way out is named."""

    def fail(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("importlib.import_module", fail)
    with pytest.raises(EngineError, match="pip install onnxruntime"):
        network.engine()


def test_making_a_reader_loads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The weights are looked for at the first reading only."""
    monkeypatch.setattr(weights, "find_spec", lambda name: None)
    reader = Reader()
    with pytest.raises(EngineError, match="pip install rapidocr"):
        reader.read(pixels(THREE))


def test_the_alphabet_has_what_figures_hold() -> None:
    """Latin, Greek, arrows and raised digits are kept, other scripts are not; the blank is first."""
    found = alphabet.alphabet(weights.characters(weights.find().recogniser))
    assert found.texts[0] == ""
    assert {"A", "z", "0", "β", "κ", "→", "±", "²", " ", "IV"} <= set(found.texts)
    assert not {"中", "あ", "한", "Ａ"} & set(found.texts)
    assert 150 <= len(found.texts) <= 400


def test_tiles_cover_a_side_and_overlap() -> None:
    """Every pixel of a long side lies in a tile, and neighbours share a margin."""
    spans = list(scale.spans(5000))
    assert spans[0][0] == 0
    assert spans[-1][1] == 5000
    assert all(b[0] < a[1] for a, b in pairwise(spans))
