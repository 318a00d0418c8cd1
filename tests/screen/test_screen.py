"""Is this figure a pathway? Drawn figures of each kind, both engines, and what comes around the score."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from figpath.errors import InputError
from figpath.examples import example_figures
from figpath.figure import Figure
from figpath.pipeline import Pipeline
from figpath.reading import network
from figpath.screen import PathwayScreen, caption, layout, model, words
from figpath.source.images import load_pixels

if TYPE_CHECKING:
    from collections.abc import Callable

    from figpath.figure import Pixels

NOTHING = Figure(figid="figure")
NAMES = "EGF EGFR GRB2 SOS1 KRAS RAF1 MEK1 ERK2 PI3K AKT1 mTOR STAT3".split()


def canvas(width: int = 700, height: int = 500) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (width, height), "white")
    return image, ImageDraw.Draw(image)


def arrow(pen: ImageDraw.ImageDraw, x: float, y0: float, y1: float) -> None:
    pen.line((x, y0, x, y1 - 8), fill="black", width=2)
    pen.polygon([(x - 6, y1 - 10), (x + 6, y1 - 10), (x, y1)], fill="black")


def pathway() -> Image.Image:
    """A receptor at a membrane and three branches of kinases."""
    image, pen = canvas()
    font = ImageFont.load_default(18)
    pen.rectangle((0, 80, 700, 100), fill="#f4c97a")
    pen.text((560, 105), "Cytoplasm", fill="gray", font=font)
    pen.ellipse((150, 400, 560, 640), outline="gray", width=3)
    pen.text((480, 440), "Nucleus", fill="gray", font=font)
    for number, name in enumerate(NAMES):
        x, y = 130 + 200 * (number % 3), 40 + 110 * (number // 3)
        pen.ellipse(
            (x - 50, y - 20, x + 50, y + 20), fill=["#bfe3c0", "#c9d8f2", "#f2c9c9"][number % 3], outline="black"
        )
        pen.text((x, y), name, fill="black", font=font, anchor="mm")
        if number < 9:
            arrow(pen, x, y + 22, y + 88)
    return image


def bars() -> Image.Image:
    """A bar plot with axes, ticks and numbers."""
    image, pen = canvas()
    font = ImageFont.load_default(16)
    pen.line((90, 30, 90, 430, 660, 430), fill="black", width=2)
    for number in range(6):
        pen.line((84, 430 - 75 * number, 90, 430 - 75 * number), fill="black", width=2)
        pen.text((50, 422 - 75 * number), f"{number * 20}", fill="black", font=font)
        pen.rectangle((120 + 90 * number, 430 - 60 * (number + 1), 170 + 90 * number, 430), fill="gray")
        pen.text((120 + 90 * number, 440), f"{number} h", fill="black", font=font)
    pen.text((250, 470), "Time after treatment", fill="black", font=font)
    return image


def table() -> Image.Image:
    """Rows and columns of words and numbers, with rules."""
    image, pen = canvas()
    font = ImageFont.load_default(15)
    for row in range(14):
        pen.line((20, 20 + 34 * row, 680, 20 + 34 * row), fill="black")
        for column, text in enumerate(("Patients", "Age", "n = 23", "0.45 (0.21-0.98)", "p < 0.01")):
            pen.text((30 + 130 * column, 28 + 34 * row), text, fill="black", font=font)
    return image


def blot() -> Image.Image:
    """Grey bands with a little text at their side."""
    dice = np.random.default_rng(3)
    grey = 200 + 6 * dice.standard_normal((500, 700))
    for row in range(4):
        for lane in range(6):
            y, x = 60 + 110 * row, 120 + 90 * lane
            grey[y : y + 22, x : x + 60] -= 40 + 100 * dice.random()
    image = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)).convert("RGB")
    ImageDraw.Draw(image).text((10, 65), "42 kDa", fill="black", font=ImageFont.load_default(16))
    return image


OTHERS = (bars, table, blot)


def pixels(image: Image.Image) -> Pixels:
    return np.asarray(image, np.uint8)


@pytest.fixture(scope="module")
def screen() -> PathwayScreen:
    return PathwayScreen()


@pytest.mark.parametrize("other", OTHERS)
def test_a_drawn_pathway_ranks_above_other_figures(screen: PathwayScreen, other: Callable[[], Image.Image]) -> None:
    """From the picture alone."""
    likely, unlikely = (screen(pixels(draw()), NOTHING, None) for draw in (pathway, other))
    assert 0 <= unlikely < 0.5 < likely <= 1


def test_text_makes_it_surer(pipeline: Callable[..., Pipeline]) -> None:
    """After reading, the pathway has a high score and the others a low one."""
    reading = pipeline()
    scores = {draw.__name__: reading.read_pixels(NOTHING, pixels(draw()), sha256="").pathway_score for draw in
              (pathway, *OTHERS)}  # fmt: skip
    assert (scores.pop("pathway") or 0) > 0.8
    assert all(score is not None and score < 0.3 for score in scores.values()), scores


def test_the_bundled_examples_are_pathways(screen: PathwayScreen) -> None:
    for path in example_figures():
        assert screen(load_pixels(path), NOTHING, None) > 0.3, path.name


def test_the_engines_agree() -> None:
    """To about a thousandth, for every kind of figure."""
    one, other = (PathwayScreen(name) for name in ("openvino", "onnxruntime"))
    for draw in (pathway, *OTHERS):
        picture = pixels(draw())
        assert one(picture, NOTHING, None) == pytest.approx(other(picture, NOTHING, None), abs=1e-3)


def test_the_same_picture_has_the_same_score(screen: PathwayScreen) -> None:
    picture = pixels(pathway())
    assert screen(picture, NOTHING, None) == screen(picture.copy(), NOTHING, None)


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 2000, 3), (1500, 2, 3), (40, 40, 3)])
def test_odd_shapes_have_a_score(screen: PathwayScreen, shape: tuple[int, int, int]) -> None:
    picture = np.full(shape, 255, np.uint8)
    assert 0 <= screen(picture, NOTHING, None) <= 1
    assert 0 <= screen(picture, NOTHING, ()) <= 1


@pytest.mark.parametrize("wrong", [np.zeros((9, 9), np.uint8), np.zeros((9, 9, 3)), np.zeros((0, 9, 3), np.uint8)])
def test_what_is_no_picture_is_refused(screen: PathwayScreen, wrong: Pixels) -> None:
    with pytest.raises(InputError, match="a picture is an"):
        screen(wrong, NOTHING, None)


def test_a_screen_can_be_pickled_and_says_the_same_of_itself(screen: PathwayScreen) -> None:
    """Also after it has loaded its network; the fingerprint of a corpus is made of what it says."""
    screen.prepare()
    again = pickle.loads(pickle.dumps(screen))  # noqa: S301 - our own bytes
    assert repr(again) == repr(screen) == repr(PathwayScreen("onnxruntime"))
    assert again(pixels(bars()), NOTHING, None) == screen(pixels(bars()), NOTHING, None)


def test_making_a_screen_loads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> None:
        raise AssertionError("an engine was loaded")

    monkeypatch.setattr(network, "engine", fail)
    assert Pipeline().screen is not None


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("", 0),
        ("Overview of the JAK-STAT signaling pathway", 1),
        ("Proposed mechanism of action", 1),
        ("Western blot of ERK, n = 3. Scale bar, 20 um", -1),
        ("Flow chart of the study", -1),
    ],
)
def test_captions_tip_the_scales_a_little(text: str, sign: int) -> None:
    """In the right direction, and never by more than the bound, however often they say it."""
    moved = caption.log_odds(Figure(figid="f", caption=text))
    assert np.sign(moved) == sign
    assert abs(caption.log_odds(Figure(figid="f", title=text, caption=f"{text} " * 50))) <= caption.MOST


def test_every_name_of_the_model_is_a_feature() -> None:
    """So that no weight is lost by renaming a feature."""
    reading = Pipeline().reader.read(pixels(pathway()))
    found = layout.features(reading.lines, width=700, height=500) | words.features(reading.lines, ())
    assert set(model.packaged().names) == set(found)
    assert all(np.isfinite(value) for value in found.values())


def test_no_text_has_features_too() -> None:
    found = layout.features((), width=10, height=10) | words.features((), ())
    assert all(np.isfinite(value) for value in found.values())
