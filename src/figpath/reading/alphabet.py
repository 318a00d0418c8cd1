"""Which of the recogniser's 18,708 characters can stand in a figure of a Latin-script journal."""

from __future__ import annotations

import string
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_GREEK = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψωςϑϕϵ"
_LATIN = "ÄÖÜäöüéïøØåÅß"
_SYMBOLS = "£§©®°±µ·×÷½¼¾«»¿†‡•…‰′″–—‘’“”™Å∂∆∇∑−∙√∞∧∨∩∪∼≈≅≠≡≤≥⊕⊥⋅ℓ℃"
_RAISED = "¹²³⁰⁴⁵⁶⁷⁸⁹⁺⁻ⁿ₀₁₂₃₄₅₆₇₈₉₊₋"
_ARROWS = "←↑→↓↔↕↖↗↘↙⇄⇆⇋⇌⇐⇑⇒⇓⇔⟶"
_SHAPES = "■□▪▫▲△▶▷▼▽◀◆◇◊○◎●◥★☆✓✔✕✖✚♀♂①②③④⑤⑥⑦⑧⑨⑩❶❷❸❹❺❻❼❽❾❿"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ"

KEPT = frozenset(string.printable[:94] + _GREEK + _LATIN + _SYMBOLS + _RAISED + _ARROWS + _SHAPES + _ROMAN + " ")

_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

_SPELT = {
    **dict(zip(_ROMAN, (*_NUMERALS, *(numeral.lower() for numeral in _NUMERALS[:10])), strict=True)),
    "µ": "μ",
    "∆": "Δ",
}
"""Characters that look the same as others in print, and are written as those."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alphabet:
    """The classes that the recogniser may answer with.

    Parameters
    ----------
    columns
        Their columns in the network's output; the first is the blank of CTC.
    texts
        What each stands for; the blank is empty, most are one character, a Roman numeral may be several.
    """

    columns: tuple[int, ...]
    texts: tuple[str, ...]


def alphabet(characters: Sequence[str]) -> Alphabet:
    """Choose the classes to keep.

    Parameters
    ----------
    characters
        What each column stands for, the blank of CTC (an empty string) first.

    Returns
    -------
    Alphabet
        The blank and the characters of Latin-script figures, in the order of the columns.
    """
    columns = (0, *(i for i, char in enumerate(characters) if i and char in KEPT))
    return Alphabet(columns=columns, texts=tuple(_SPELT.get(characters[i], characters[i]) for i in columns))
