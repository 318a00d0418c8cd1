"""Crops are scored by their whole text, the list of them is checked, and the smallest can be loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from figpath.errors import ImageError, InputError
from figpath.evaluate import crops
from figpath.evaluate.crops import Crop, ReadCrop

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "read", "exact", "loose"),
    [
        ("IKKβ", "IKKβ", True, True),
        ("NF-κB", "NFKB", False, False),
        ("NF-κB", "nf κb", False, True),
        ("IL-6", "IL6", False, True),
        ("IL6", "IL8", False, False),
        ("IL6", "", False, False),
    ],
)
def test_a_crop_is_read_exactly_or_with_case_and_symbols_forgiven(
    tmp_path: Path, text: str, read: str, exact: bool, loose: bool
) -> None:
    one = ReadCrop(crop=Crop(picture=tmp_path / "a_1.png", text=text), read=read)
    assert (one.exact, one.loose) == (exact, loose)


def test_a_list_names_crops_relative_to_itself(tmp_path: Path) -> None:
    path = tmp_path / "list.tsv"
    path.write_text("file\ttext\nreal/a_1.png\tNF κB\n\n", encoding="utf-8", newline="\n")
    assert crops.read_crops(path) == (Crop(picture=tmp_path / "real" / "a_1.png", text="NF κB"),)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "its first line is ''"),
        (b"name\ttext\na\tb\n", "expected 'file"),
        (b"file\ttext\n", "lists no crop"),
        (b"file\ttext\na.png\tb\nc.png\n", "line 3: expected a file and a text"),
        (b"file\ttext\na.png\t\n", "line 2"),
        (b"file\ttext\na.png\t\xff\n", "not UTF-8"),
    ],
)
def test_a_list_in_another_form_is_refused_with_its_line(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "list.tsv"
    path.write_bytes(data)
    with pytest.raises(InputError, match=said):
        crops.read_crops(path)


def test_a_list_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read list of crops"):
        crops.read_crops(tmp_path / "none.tsv")


def test_a_crop_of_a_few_pixels_loads_as_rgb(tmp_path: Path) -> None:
    Image.new("L", (8, 6), 128).save(tmp_path / "a.png")
    pixels = crops.load_crop(tmp_path / "a.png")
    assert pixels.shape == (6, 8, 3)
    assert pixels.dtype == np.uint8


def test_a_crop_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"text")
    with pytest.raises(ImageError, match="cannot read crop"):
        crops.load_crop(tmp_path / "a.png")


def test_measures_count_crops_and_resample_the_figures_they_were_cut_from(tmp_path: Path) -> None:
    def read(name: str, right: bool) -> ReadCrop:
        return ReadCrop(crop=Crop(picture=tmp_path / name, text="A1"), read="A1" if right else "B")

    same = [read(f"f1_{i}.png", i % 2 == 0) for i in range(4)]
    exact, loose = crops.measures(same, prefix="crops.")
    assert (exact.name, exact.value, exact.count) == ("crops.exact", 0.5, 4)
    assert (exact.low, exact.high) == (0.5, 0.5)  # one figure: every resample is the same
    assert loose.name == "crops.loose"
    other, _ = crops.measures([*same, *[read(f"f2_{i}.png", True) for i in range(4)]])
    assert (other.value, other.low, other.high) == (0.75, 0.5, 1.0)
