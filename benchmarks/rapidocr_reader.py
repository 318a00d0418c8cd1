"""RapidOCR as it comes: default engine and settings."""

from __future__ import annotations

from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

from figpath.reading import geometry
from figpath.reading.document import Line, Reading, Word

if TYPE_CHECKING:
    from pathlib import Path

    from figpath.figure import Pixels
    from figpath.reading.geometry import Quad


class RapidOcrReader:
    """Reads pictures with ``rapidocr.RapidOCR()``; its lines become a reading."""

    @cached_property
    def engine(self) -> Any:
        """The program, made with no settings."""
        from rapidocr import RapidOCR

        return RapidOCR()

    @cached_property
    def version(self) -> str:
        """Name and version."""
        return f"RapidOCR {version('rapidocr')}"

    def run(self, picture: Path | bytes) -> object:
        """Read a picture file, for its time."""
        return self.engine(picture)

    def line_text(self, picture: Path) -> str:
        """Recognise a picture that is one line of text."""
        found = self.engine(picture, use_det=False, use_cls=False)
        return " ".join(found.txts or ()).strip()

    def read(self, pixels: Pixels) -> Reading:
        """Read a picture: (H, W, 3) uint8 RGB."""
        height, width = pixels.shape[:2]
        found = self.engine(np.ascontiguousarray(pixels[:, :, ::-1]))
        rows = [] if found.boxes is None else list(zip(found.boxes, found.txts, found.scores, strict=True))
        lines = [
            _line(np.asarray(corners, np.float32), str(text), float(score), (width, height))
            for corners, text, score in rows
        ]
        return Reading(width=width, height=height, lines=tuple(lines), engine=self.version)


def _line(quad: Quad, text: str, score: float, extent: tuple[int, int]) -> Line:
    """A line with its words, whose boxes are cut as if all characters were equally wide."""
    words, at = [], 0
    for part in text.split():
        at = text.index(part, at)
        stretch = geometry.part(quad, at / len(text), (at + len(part)) / len(text))
        words.append(Word(text=part, box=geometry.box(stretch, *extent), score=score))
        at += len(part)
    angle = round(geometry.angle(quad))
    return Line(text=text, box=geometry.box(quad, *extent), score=score, words=tuple(words), angle=angle)
