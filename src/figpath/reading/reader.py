"""Reader: a picture in, everything that stands on it out."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import cv2
import numpy as np

from figpath.errors import InputError
from figpath.reading import detect, fitted, geometry, looks, network, recognise, scale, weights, words
from figpath.reading.alphabet import Alphabet, alphabet
from figpath.reading.document import Line, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from figpath.figure import Pixels
    from figpath.reading.geometry import Quad
    from figpath.reading.looks import Look
    from figpath.reading.network import Engine, EngineName, Network

_NOISE = 0.3  # lines below this score are no text
_SHORT, _SHORT_NOISE = 4, 0.6  # lines of so few characters are mostly arrow heads below this score
_SURE = 0.98  # words below this score are looked at again
_DOUBTFUL = 0.95  # a crop below this score may hold several lines, or sloped ones
_TALL = 1.5  # crops this many times higher than long may hold text that runs up or down


class Reader:
    """Reads pictures with the PP-OCRv6 networks; cheap to make, the networks are loaded at first use.

    Parameters
    ----------
    engine
        ``openvino``, ``onnxruntime``, or ``auto`` for the faster of those installed.
    threads
        Threads to compute with; None leaves it to the engine.
    """

    def __init__(self, engine: EngineName = "auto", threads: int | None = None) -> None:
        self._name = engine
        self._threads = threads

    @cached_property
    def version(self) -> str:
        """Name and version of the engine and of the weights."""
        return f"{self._engine.version()}, {self._weights.version}"

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
            When the networks cannot be loaded.
        """
        _check(pixels)
        height, width = pixels.shape[:2]
        parts = (part for line in self._lines(pixels, self._regions(pixels)) for part in words.apart(line))
        lines = [part for part in parts if part.score >= (_NOISE if len(part.text) > _SHORT else _SHORT_NOISE)]
        return Reading(width=width, height=height, lines=_in_order(lines), engine=self.version)

    def read_line(self, pixels: Pixels) -> Line:
        """Read a picture that is one line of text and nothing else.

        Parameters
        ----------
        pixels
            (H, W, 3) uint8 RGB.

        Returns
        -------
        Line
            With empty text when nothing was recognised.

        Raises
        ------
        InputError, EngineError
            As for `read`.
        """
        _check(pixels)
        height, width = pixels.shape[:2]
        whole = self._lines(pixels, [geometry.upright(0, 0, width, height)])[0]
        if whole.score >= _DOUBTFUL:
            return whole
        pieces = _in_order(self._lines(pixels, self._regions_within(pixels)))
        score = float(np.mean([piece.score for piece in pieces])) if pieces else 0.0
        return whole if score <= whole.score else words.joined(pieces, whole.box, score)

    @cached_property
    def _engine(self) -> Engine:
        return network.engine(self._name)

    @cached_property
    def _weights(self) -> weights.Weights:
        return weights.find()

    @cached_property
    def _detector(self) -> Network:
        return self._engine.load(self._weights.detector, threads=self._threads)

    @cached_property
    def _alphabet(self) -> Alphabet:
        return alphabet(weights.characters(self._weights.recogniser))

    @cached_property
    def _recogniser(self) -> Network:
        columns = self._alphabet.columns
        model = fitted.with_layers(self._weights.recogniser.read_bytes(), fitted.fitted_layers(), columns=columns)
        return self._engine.load(model, threads=self._threads, columns=columns)

    def _regions(self, pixels: Pixels) -> list[Quad]:
        """Return where text stands; a large picture with small letters is looked at a second time, larger."""
        factor = scale.factor(max(pixels.shape[:2]))
        quads = self._regions_at(pixels, factor)
        if factor >= 1:
            return quads
        heights = [min(geometry.size(quad)) * factor for quad in quads]
        wanted = scale.enlargement(heights)
        if wanted <= 1:
            return quads
        closer = self._regions_at(pixels, min(1.0, factor * wanted))
        return max(closer, quads, key=len)

    def _regions_at(self, pixels: Pixels, factor: float) -> list[Quad]:
        """Return where text stands when the picture is enlarged by a factor."""
        found = scale.probability(self._detector, scale.resized(pixels, factor))
        return [(quad / factor).astype(np.float32) for quad in detect.regions(found, detect.Cut())[0]]

    def _regions_within(self, pixels: Pixels) -> list[Quad]:
        """Return where text stands in a picture that text fills to its edges: the detector wants a margin."""
        margin = max(4, min(pixels.shape[:2]) // 3)
        padded = cv2.copyMakeBorder(pixels, margin, margin, margin, margin, cv2.BORDER_REPLICATE)
        return [quad - np.float32(margin) for quad in self._regions(np.asarray(padded, np.uint8))]

    def _lines(self, pixels: Pixels, quads: Sequence[Quad]) -> list[Line]:
        """Return what stands in each quad, in the direction that the recogniser is surest of."""
        places = [(i, geometry.turned(quad, turn)) for i, quad in enumerate(quads) for turn in _turns(quad)]
        best: dict[int, tuple[Line, Quad]] = {}
        first = self._look(pixels, [(quad, looks.FIRST) for _, quad in places])
        for (i, quad), line in zip(places, first, strict=True):
            if i not in best or line.score > best[i][0].score:
                best[i] = (line, quad)
        unsure = [i for i, (line, _) in best.items() if line.score >= _NOISE / 2 and _unsure(line)]
        seen = {i: [best[i][0]] for i in unsure}
        again = [(i, look) for look in looks.AGAIN for i in unsure]
        for (i, _), line in zip(again, self._look(pixels, [(best[i][1], look) for i, look in again]), strict=True):
            seen[i].append(line)
        return [looks.vote(seen.get(i, [best[i][0]])) for i in range(len(quads))]

    def _look(self, pixels: Pixels, places: Sequence[tuple[Quad, Look]]) -> list[Line]:
        """Return what stands in each quad when it is framed as it says; all at once, so that no processor waits."""
        crops = [look.cut(pixels, quad) for quad, look in places]
        seen = recognise.recognise(self._recogniser, crops)
        texts, extent = self._alphabet.texts, (pixels.shape[1], pixels.shape[0])
        return [
            words.line(found, texts, look.frame(quad), extent=extent, length=crop.shape[1] / recognise.STEP)
            for found, (quad, look), crop in zip(seen, places, crops, strict=True)
        ]


def _unsure(line: Line) -> bool:
    """Return whether a line deserves a second look."""
    return any(word.score < _SURE for word in line.words)


def _in_order(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines that say something, from top to bottom, then left to right."""
    said = (line for line in lines if line.text)
    return tuple(sorted(said, key=lambda line: (line.box[1], line.box[0], line.text)))


def _turns(quad: Quad) -> tuple[int, ...]:
    """The quarter turns in which a quad is read: text in tall quads may run up or down."""
    length, height = geometry.size(quad)
    return (0, 1, 3) if height >= _TALL * length else (0,)


def _check(pixels: Pixels) -> None:
    """Raise when an array is no picture."""
    shape: tuple[int, ...] = getattr(pixels, "shape", ())
    kind = getattr(pixels, "dtype", None)
    if len(shape) != 3 or shape[2] != 3 or 0 in shape or kind != np.uint8:
        raise InputError(f"a picture is an (H, W, 3) uint8 RGB array, got shape {shape} of {kind}")
