"""Crops, each one line of text: how many are read letter for letter."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, UnidentifiedImageError

from figpath.errors import ImageError, InputError
from figpath.evaluate.bootstrap import measure, share
from figpath.evaluate.documents import read_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.evaluate.bootstrap import Better, Measure
    from figpath.figure import Pixels

_HEADER = "file\ttext"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crop:
    """A picture of one line, and the text in it."""

    picture: Path
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCrop:
    """A crop and what was read on it."""

    crop: Crop
    read: str

    @property
    def exact(self) -> bool:
        """True when the text was read letter for letter."""
        return self.read == self.crop.text

    @property
    def loose(self) -> bool:
        """True when its letters and digits were read, whatever their case and what stands between them."""
        return _letters(self.read) == _letters(self.crop.text)


def read_crops(path: Path) -> tuple[Crop, ...]:
    """Read a list of crops: a TSV file with the columns ``file`` (relative to the list) and ``text``.

    Raises
    ------
    InputError
        When it cannot be read, has other columns, or lists nothing.
    """
    header, *rows = read_text(path, what="list of crops").splitlines() or [""]
    if header != _HEADER:
        raise InputError(f"{path} is no list of crops: its first line is {header[:60]!r}, expected {_HEADER!r}")
    crops = [_crop(row, path, number) for number, row in enumerate(rows, start=2) if row]
    if not crops:
        raise InputError(f"{path} lists no crop: give one a line, its file and its text with a tab between")
    return tuple(crops)


def _crop(row: str, path: Path, number: int) -> Crop:
    file, tab, text = row.partition("\t")
    if not tab or not text or "\t" in text:
        raise InputError(f"{path} line {number}: expected a file and a text with a tab between, found {row[:60]!r}")
    return Crop(picture=path.parent / file, text=text)


def load_crop(path: Path) -> Pixels:
    """Return a crop's pixels, (H, W, 3) uint8 RGB; unlike a figure it may be only a few pixels high.

    Raises
    ------
    ImageError
        When it is no picture.
    """
    try:
        with Image.open(path) as image:
            return np.array(image.convert("RGB"), dtype=np.uint8)
    except (OSError, UnidentifiedImageError) as error:
        raise ImageError(f"cannot read crop {path}: {error}; check the list of crops") from error


def measures(read: Sequence[ReadCrop], *, prefix: str = "", better: Better = "higher") -> tuple[Measure, Measure]:
    """Measure the share of crops read exactly, and with case and symbols forgiven.

    The interval resamples the figures that crops were cut from: crops whose file names differ only in what
    follows the last underscore.
    """
    by_figure = sorted(read, key=_figure)
    groups = [list(group) for _, group in groupby(by_figure, key=_figure)]
    exact = [(sum(one.exact for one in group), len(group)) for group in groups]
    loose = [(sum(one.loose for one in group), len(group)) for group in groups]
    return (
        measure(f"{prefix}exact", exact, share, count=len(read), better=better),
        measure(f"{prefix}loose", loose, share, count=len(read), better=better),
    )


def _figure(read: ReadCrop) -> str:
    return str(read.crop.picture.with_name(read.crop.picture.stem.rpartition("_")[0]))


def _letters(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())
