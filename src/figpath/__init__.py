"""Reads published pathway figures back into data that biologists can search, test and question."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from figpath.collection import Collection, open_collection
    from figpath.errors import FigpathError
    from figpath.examples import example_figures
    from figpath.figure import Figure, Paper
    from figpath.grounding.mention import Entity, Mention
    from figpath.pipeline import Pipeline, Source, ground, read
    from figpath.reading.document import Line, Reading, Word
    from figpath.record import Record, from_json, to_json

    open = open_collection  # noqa: A001 - figpath.open is what one expects

__version__ = "0.1.0"

# All but open: after `from figpath import *` that name still has to open files.
__all__ = [
    "Collection",
    "Entity",
    "FigpathError",
    "Figure",
    "Line",
    "Mention",
    "Paper",
    "Pipeline",
    "Reading",
    "Record",
    "Source",
    "Word",
    "__version__",
    "example_figures",
    "from_json",
    "ground",
    "read",
    "to_json",
]

_HOMES = {
    "Collection": "collection",
    "Entity": "grounding.mention",
    "Figure": "figure",
    "FigpathError": "errors",
    "Line": "reading.document",
    "Mention": "grounding.mention",
    "Paper": "figure",
    "Pipeline": "pipeline",
    "Reading": "reading.document",
    "Record": "record",
    "Source": "pipeline",
    "Word": "reading.document",
    "example_figures": "examples",
    "from_json": "record",
    "ground": "pipeline",
    "open": "collection",
    "read": "pipeline",
    "to_json": "record",
}


if not TYPE_CHECKING:  # a type checker knows the names above and should miss all others

    def __getattr__(name: str) -> object:
        """Import a public name when it is first asked for, so that ``import figpath`` stays light."""
        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{home}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES, *__all__})
