"""Reader: a picture in, everything that stands on it out."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from figpath.errors import InputError
from figpath.reading import crop, detect, geometry, network, recognise, scale, weights, words
from figpath.reading.alphabet import Alphabet, alphabet
from figpath.reading.document import Line, Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.figure import Pixels
    from figpath.reading.geometry import Quad
    from figpath.reading.network import Engine, EngineName, Floats, Network

_GOAL = 1400  # pixels of the longer side at which text is looked for
_NOISE = 0.3  # lines below this score are no text
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

    @property
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
        lines = [found for found in self._lines(pixels, self._regions(pixels)) if found.score >= _NOISE]
        lines.sort(key=lambda found: (found.box[1], found.box[0], found.text))
        return Reading(width=width, height=height, lines=tuple(lines), engine=self.version)

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
        return self._lines(pixels, [geometry.upright(0, 0, width, height)])[0]

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
        return self._engine.load(self._weights.recogniser, threads=self._threads, columns=columns)

    def _regions(self, pixels: Pixels) -> list[Quad]:
        """Where text stands."""
        factor = _GOAL / max(pixels.shape[:2])
        found = scale.probability(self._detector, scale.resized(pixels, factor))
        quads, _ = detect.regions(found, detect.Cut())
        return [(quad / factor).astype(np.float32) for quad in quads]

    def _lines(self, pixels: Pixels, quads: Sequence[Quad]) -> list[Line]:
        """What stands in each quad, in the direction that the recogniser is surest of."""
        turns = [(i, turn) for i, quad in enumerate(quads) for turn in _turns(quad)]
        placed = [geometry.turned(quads[i], turn) for i, turn in turns]
        seen = recognise.recognise(self._recogniser, [crop.cut(pixels, quad) for quad in placed])
        best: dict[int, Line] = {}
        for (i, _), quad, probabilities in zip(turns, placed, seen, strict=True):
            line = self._line(probabilities, quad, pixels)
            if i not in best or line.score > best[i].score:
                best[i] = line
        return [best[i] for i in range(len(quads))]

    def _line(self, probabilities: Floats, quad: Quad, pixels: Pixels) -> Line:
        extent = (pixels.shape[1], pixels.shape[0])
        return words.line(probabilities, self._alphabet.texts, quad, extent=extent)


def _turns(quad: Quad) -> tuple[int, ...]:
    """The quarter turns in which a quad is read: text in tall quads may run up or down."""
    length, height = geometry.size(quad)
    return (0, 1, 3) if height >= _TALL * length else (0,)


def _check(pixels: Pixels) -> None:
    """Raise when an array is no picture."""
    shape, kind = getattr(pixels, "shape", ()), getattr(pixels, "dtype", None)
    if len(shape) != 3 or shape[2] != 3 or 0 in shape or kind != np.uint8:
        raise InputError(f"a picture is an (H, W, 3) uint8 RGB array, got shape {shape} of {kind}")
