"""Fingerprint: everything but the figure itself that its record depends on, as one short text."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

_READING = (
    "figure.py", "grounding", "pipeline.py", "reading", "record.py", "relations", "screen", "screen.py",
    "source/images.py",
)  # fmt: skip
_NOT_DATA = (".lexicon", ".py")  # the lexicon has its own fingerprint
_IMPORTING = (
    "corpus/pfocr_import.py", "record.py", "source/front_matter.py", "source/pfocr.py", "source/pfocr_extras.py",
    "source/pfocr_tables.py",
)  # fmt: skip
_DIGITS = 16


def reading_fingerprint(*, engine: str, lexicon: str, options: Mapping[str, object]) -> str:
    """Return the fingerprint of reading figures.

    Parameters
    ----------
    engine
        Name and version of the recogniser and its weights.
    lexicon
        Fingerprint of the lexicon.
    options
        What the user chose and the record depends on, such as the species.
    """
    return _digest({"code": _code(_READING), "engine": engine, "lexicon": lexicon, "options": dict(options)})


def importing_fingerprint() -> str:
    """Return the fingerprint of taking over records of PFOCR."""
    return _digest({"code": _code(_IMPORTING)})


def digest_of(value: object) -> str:
    """Return the SHA-256, in hexadecimal, of a value's canonical JSON."""
    return hashlib.sha256(msgspec.json.encode(value, order="deterministic")).hexdigest()


def _digest(value: object) -> str:
    return digest_of(value)[:_DIGITS]


@cache
def _code(names: tuple[str, ...]) -> str:
    """Return the SHA-256 of source files and tables of ours, whatever their line ends."""
    root, found = files("figpath"), hashlib.sha256()
    chosen = [(name, root.joinpath(name)) for name in names]
    data = [(one.name, one) for one in root.joinpath("data").iterdir() if one.is_file()]
    data = [(name, one) for name, one in data if not name.endswith(_NOT_DATA)]
    for name, file in sorted((pair for top in (*chosen, *data) for pair in _below(*top)), key=lambda pair: pair[0]):
        found.update(f"{name}\n".encode())
        found.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return found.hexdigest()


def _below(name: str, place: Traversable) -> Iterator[tuple[str, Traversable]]:
    """Yield the files at a place, each with its path inside the package; nothing where there is none."""
    if place.is_dir():
        for inner in place.iterdir():
            if inner.name.endswith(".py") or inner.is_dir():
                yield from _below(f"{name}/{inner.name}", inner)
    elif place.is_file():
        yield name, place
