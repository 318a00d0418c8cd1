"""The example figures that come with figpath, drawn for it by ``examples/draw_examples.py``."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

_SUFFIXES = (".png", ".jpg")


def example_figures() -> tuple[Path, ...]:
    """Return the paths of the example pictures, in order of their names; the truth lies beside each as ``.json``."""
    folder = Path(str(resources.files("figpath.data").joinpath("examples")))
    return tuple(sorted(path for path in folder.iterdir() if path.suffix in _SUFFIXES))
