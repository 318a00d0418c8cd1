"""Figures as an expert saw them: the names drawn in each, and the genes that they stand for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from figpath.errors import InputError
from figpath.evaluate.documents import read_folder
from figpath.evaluate.predictions import GENE_KINDS

if TYPE_CHECKING:
    from pathlib import Path

_HUMAN = "Homo sapiens"
_LATIN = {
    "α": "a", "β": "b", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "h", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "τ": "t", "υ": "u", "φ": "ph", "χ": "ch",
    "ψ": "ps", "ω": "w",
    "ß": "b",  # drawn or recognised for β
}  # fmt: skip
_DROPPED = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldMention:
    """A drawn name; `symbols` and `family_symbols` are approved symbols of its genes in `species`."""

    text: str
    type: str
    symbols: tuple[str, ...] | None = None
    family_symbols: tuple[str, ...] | None = None
    species: str | None = _HUMAN


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldFigure:
    """Everything that is drawn on one figure."""

    figid: str
    mentions: tuple[GoldMention, ...]

    def genes(self) -> dict[str, frozenset[str]]:
        """Return each drawn name of human genes or families with the symbols that it stands for."""
        found: dict[str, frozenset[str]] = {}
        for mention in self.mentions:
            symbols = frozenset(mention.symbols or ()) | frozenset(mention.family_symbols or ())
            if mention.type in GENE_KINDS and mention.species == _HUMAN and symbols:
                found[mention.text] = found.get(mention.text, frozenset()) | symbols
        return found

    def names(self, kind: str) -> frozenset[str]:
        """Return the folded texts of one kind, such as ``chemical``."""
        return frozenset(fold(mention.text) for mention in self.mentions if mention.type == kind) - {""}


def read_gold(folder: Path) -> tuple[GoldFigure, ...]:
    """Read a folder of gold figures, one JSON file each, in the order of their ids.

    Raises
    ------
    InputError
        When there is no such folder, it holds no figure, a file breaks the form, or an id stands twice.
    """
    figures = sorted(read_folder(folder, GoldFigure, what="gold figures"), key=lambda figure: figure.figid)
    for before, after in pairwise(figures):
        if before.figid == after.figid:
            raise InputError(f"two files of {folder} hold figure {after.figid}: remove one of them")
    return tuple(figures)


def fold(text: str) -> str:
    """Fold a drawn text for comparison: lower case, Greek letters as Latin ones, letters and digits only.

    Examples
    --------
    >>> fold("IKKβ"), fold("PtdIns(4,5)P₂"), fold("Θ-toxin")
    ('ikkb', 'ptdins45p2', 'thtoxin')
    """
    lower = unicodedata.normalize("NFKC", text).lower()
    return _DROPPED.sub("", "".join(_LATIN.get(letter, letter) for letter in lower))
