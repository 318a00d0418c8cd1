"""Tesseract as a text recogniser: its executable is called, its TSV output becomes a reading.

Optional, and for comparison: it is installed apart from figpath.
"""

from __future__ import annotations

import csv
import subprocess
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

import cv2
import numpy as np

from figpath.errors import EngineError, InputError
from figpath.reading.document import Line, Reading, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.figure import Pixels
    from figpath.reading.document import Box

SPARSE, ONE_LINE = 11, 7
"""Page segmentation modes: as much text as possible in no order, and one line of text."""

_WORD_LEVEL = "5"
_TIMEOUT = 600  # seconds, for one picture


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A word of the TSV output: `line` numbers block, paragraph and line; `box` is in enlarged pixels."""

    line: tuple[str, str, str]
    box: Box
    score: float
    text: str


class TesseractReader:
    """Reads pictures with the ``tesseract`` executable; has the methods of `figpath.reading.reader.Reader`.

    Parameters
    ----------
    command
        The executable, with arguments that come first if it needs any.
    language
        Of the installed language data, such as ``eng`` or ``eng+ell``.
    mode
        Page segmentation mode for pictures: 11 or 12, which look for sparse text.
    enlarge
        How many times a picture is enlarged; Tesseract was trained on letters of about 30 pixels.
    """

    def __init__(
        self,
        command: Sequence[str] = ("tesseract",),
        *,
        language: str = "eng",
        mode: int = SPARSE,
        enlarge: float = 2.0,
    ) -> None:
        self._command = tuple(command)
        self._language = language
        self._mode = mode
        self._enlarge = enlarge

    @cached_property
    def version(self) -> str:
        """Name and version of the executable and its language data.

        Raises
        ------
        EngineError
            When it is not installed.
        """
        first = self._run("--version").decode("utf-8", "replace").partition("\n")[0].strip()
        return f"{first or 'tesseract'}, {self._language}"

    def read(self, pixels: Pixels) -> Reading:
        """Read a picture.

        Parameters
        ----------
        pixels
            (H, W, 3) uint8 RGB.

        Returns
        -------
        Reading
            Its lines from top to bottom, then left to right.

        Raises
        ------
        InputError
            When the array has another shape or type.
        EngineError
            When tesseract is not installed or fails.
        """
        lines = sorted(self._lines(pixels, self._mode), key=lambda line: (line.box[1], line.box[0], line.text))
        height, width = pixels.shape[:2]
        return Reading(width=width, height=height, lines=tuple(lines), engine=self.version)

    def read_line(self, pixels: Pixels) -> Line:
        """Read a picture that is one line of text and nothing else; its text is empty when nothing was recognised.

        Raises
        ------
        InputError, EngineError
            As for `read`.
        """
        words = [word for line in self._lines(pixels, ONE_LINE) for word in line.words]
        height, width = pixels.shape[:2]
        whole = (0, 0, width, height)
        return _joined(words, whole) if words else Line(text="", box=whole, score=0.0)

    def _lines(self, pixels: Pixels, mode: int) -> list[Line]:
        if getattr(pixels, "ndim", 0) != 3 or pixels.shape[2] != 3 or pixels.dtype != np.uint8 or not pixels.size:
            raise InputError(f"a picture is an (H, W, 3) uint8 RGB array, got shape {getattr(pixels, 'shape', ())}")
        arguments = ("stdin", "stdout", "-l", self._language, "--psm", str(mode), "tsv")
        output = self._run(*arguments, stdin=_png(pixels, self._enlarge))
        rows = _rows(output.decode("utf-8", "replace"))
        size = (pixels.shape[1], pixels.shape[0])
        grouped = groupby(rows, key=lambda row: row.line)
        return [_line([_word(row, self._enlarge, size) for row in group]) for _, group in grouped]

    def _run(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """What the executable answers."""
        try:
            done = subprocess.run(  # noqa: S603  # no shell, and what is run is what the caller named
                [*self._command, *arguments], input=stdin, capture_output=True, check=False, timeout=_TIMEOUT
            )
        except subprocess.TimeoutExpired as error:
            raise EngineError(f"tesseract did not answer within {_TIMEOUT} s: give it a smaller picture") from error
        except OSError as error:
            raise EngineError(
                f"cannot start {self._command[0]}: {error.strerror or error}; install Tesseract "
                "(apt-get install tesseract-ocr, brew install tesseract) or use another engine"
            ) from error
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().replace("\n", "; ")
            raise EngineError(f"tesseract failed with code {done.returncode}: {said or 'no reason given'}")
        return done.stdout


def _png(pixels: Pixels, enlarge: float) -> bytes:
    height, width = pixels.shape[:2]
    size = (max(1, round(width * enlarge)), max(1, round(height * enlarge)))
    enlarged = cv2.resize(pixels, size, interpolation=cv2.INTER_CUBIC)
    return cv2.imencode(".png", cv2.cvtColor(enlarged, cv2.COLOR_RGB2BGR))[1].tobytes()


def _rows(text: str) -> list[_Row]:
    """The words of a TSV output, in its order."""
    table = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    try:
        return [_row(cells) for cells in table if cells["level"] == _WORD_LEVEL and cells["text"].strip()]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise EngineError(f"the output of tesseract is not its TSV form ({error}): use version 4 or later") from error


def _row(cells: dict[str, str]) -> _Row:
    left, top, width, height = (int(cells[name]) for name in ("left", "top", "width", "height"))
    return _Row(
        line=(cells["block_num"], cells["par_num"], cells["line_num"]),
        box=(left, top, left + width, top + height),
        score=min(1.0, max(0.0, float(cells["conf"]) / 100)),
        text=cells["text"].strip(),
    )


def _word(row: _Row, enlarge: float, size: tuple[int, int]) -> Word:
    """A word with its box in pixels of the picture as it was given."""
    x0, y0, x1, y1 = (round(side / enlarge) for side in row.box)
    x0, y0 = min(max(0, x0), size[0] - 1), min(max(0, y0), size[1] - 1)
    box = (x0, y0, max(x0 + 1, min(size[0], x1)), max(y0 + 1, min(size[1], y1)))
    return Word(text=row.text, box=box, score=round(row.score, 4))


def _line(words: Sequence[Word]) -> Line:
    left, top, right, bottom = zip(*(word.box for word in words), strict=True)
    return _joined(words, (min(left), min(top), max(right), max(bottom)))


def _joined(words: Sequence[Word], box: Box) -> Line:
    letters = sum(len(word.text) for word in words)
    score = sum(word.score * len(word.text) for word in words) / letters
    return Line(text=" ".join(word.text for word in words), box=box, score=round(score, 4), words=tuple(words))
