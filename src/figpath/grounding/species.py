"""Which species a figure is about, from what the paper says about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from figpath.ids import HUMAN, MOUSE, RAT

if TYPE_CHECKING:
    from figpath.figure import Figure

_WORDS = {
    MOUSE: r"mouse|mice|murine|Mus musculus",
    RAT: r"rats?|Rattus norvegicus",
    7955: r"zebrafish|Danio rerio",
}
_PATTERNS = {taxon: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for taxon, words in _WORDS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The species that the names of a figure are grounded to.

    Parameters
    ----------
    taxa
        NCBI taxon ids, the leading one first.
    """

    taxa: tuple[int, ...] = (HUMAN,)


def scope_of(figure: Figure) -> Scope:
    """Tell the species of a figure from title, caption and the paper's title: human, and those that are named."""
    text = f"{figure.title} {figure.caption} {figure.paper.title}"
    named = tuple(taxon for taxon, pattern in _PATTERNS.items() if pattern.search(text))
    return Scope(taxa=(HUMAN, *named))
