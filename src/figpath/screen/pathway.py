"""PathwayScreen: how likely a figure is a pathway, before and after its text is read."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from figpath.screen import caption, layout, model, picture, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.figure import Figure, Pixels
    from figpath.grounding.mention import Mention
    from figpath.reading.document import Line
    from figpath.reading.network import EngineName, Layers


class PathwayScreen:
    """Tells pathways from other figures; cheap to make and to pickle, the network is loaded at first use.

    Parameters
    ----------
    engine
        ``openvino``, ``onnxruntime``, or ``auto`` for the faster of those installed. Both give the same score to
        about 0.001.
    """

    def __init__(self, engine: EngineName = "auto") -> None:
        self._engine = engine
        self._seen: tuple[Pixels, float] | None = None

    def __call__(
        self, pixels: Pixels, figure: Figure, lines: Sequence[Line] | None, mentions: Sequence[Mention] = ()
    ) -> float:
        """Return the probability that a figure is a pathway.

        Parameters
        ----------
        pixels
            (H, W, 3) uint8 RGB.
        figure
            Its title and caption count a little.
        lines
            The text as recognised; None before it is read.
        mentions
            The names that were found in the text.

        Returns
        -------
        float
            In [0, 1]; from 0.5 up it is rather a pathway than not.

        Raises
        ------
        InputError
            When the array has another shape or type.
        EngineError
            When the network cannot be loaded.
        """
        fitted, seen = model.packaged(), self._picture(pixels)
        if lines is None:
            known = fitted.picture_log_odds(seen)
        else:
            height, width = pixels.shape[:2]
            text = layout.features(lines, width=width, height=height) | words.features(lines, mentions)
            known = fitted.text_log_odds(seen, text)
            self._seen = None  # a figure is asked for at most twice; its pixels need not be kept
        return model.probability(known + caption.log_odds(figure))

    def prepare(self) -> None:
        """Load the network now, and not at the first figure.

        Raises
        ------
        EngineError
            When it cannot be loaded.
        """
        _ = self._layers

    def _picture(self, pixels: Pixels) -> float:
        """Return the log-odds from the picture alone, which is looked at once for both questions."""
        if self._seen is None or self._seen[0] is not pixels:
            self._seen = (pixels, model.packaged().picture.log_odds(picture.pooled(self._layers, pixels)))
        return self._seen[1]

    @cached_property
    def _layers(self) -> Layers:
        return picture.load(self._engine)

    def __reduce__(self) -> tuple[type[PathwayScreen], tuple[EngineName]]:
        return PathwayScreen, (self._engine,)

    def __repr__(self) -> str:
        return "PathwayScreen()"  # the engine is part of every fingerprint already
