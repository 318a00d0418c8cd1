"""What looking for figures gives: a figure with its picture, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from figpath.figure import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A figure to read: what the paper says about it, and its picture.

    Parameters
    ----------
    figure
        What is known about it.
    picture
        The bytes of the picture file, or where it is.
    name
        Where it was found, for messages: ``paper.tar.gz: fig2.jpg``. Without it, the figure's id names it.
    """

    figure: Figure
    picture: Path | bytes
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusable:
    """A figure, or a file that should hold figures, that cannot be used.

    Parameters
    ----------
    path
        The file or the folder.
    reason
        One line: what was expected, what was found, what to do.
    figure
        What is known about the figure; of a file as a whole, an id made from its name.
    """

    path: Path
    reason: str
    figure: Figure
