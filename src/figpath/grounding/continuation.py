"""Greek letters that stand alone and continue a name nearby: α and β under IKKγ, ε and ζ around CD3."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.grounding.mention import Mention
    from figpath.reading.document import Box

_LETTERS = re.compile(r"(?:[α-ω]\d?[\s/,+&-]*)+")
_LETTER = re.compile(r"[α-ω]\d?")
_ENDING = re.compile(r"[- ]?(?:[α-ω]|alpha|beta|gamma|delta|epsilon|zeta)\d?$", re.IGNORECASE)
_REACH = 8.0  # of the letter's height


def greek_letters(text: str) -> tuple[str, ...]:
    """Return the letters of a text that has nothing else; otherwise nothing.

    Examples
    --------
    >>> greek_letters("α/β"), greek_letters("IKKα")
    (('α', 'β'), ())
    """
    return tuple(_LETTER.findall(text)) if _LETTERS.fullmatch(text) else ()


def continued(name: str, letter: str) -> str:
    """Put another Greek letter behind the stem of a name.

    Examples
    --------
    >>> continued("IKKγ", "α"), continued("CD3", "ζ"), continued("IKKgamma", "β")
    ('IKKα', 'CD3ζ', 'IKKβ')
    """
    return _ENDING.sub("", name) + letter


def nearby(mentions: Sequence[Mention], box: Box) -> tuple[Mention, ...]:
    """Return the genes and families that stand within reach of a letter, the nearest first."""
    reach = _REACH * (box[3] - box[1])
    near = [(_distance(m.box, box), m) for m in mentions if m.box is not None and m.kind in ("gene", "family")]
    return tuple(m for distance, m in sorted(near, key=lambda row: row[0]) if distance <= reach)


def _distance(one: Box, other: Box) -> float:
    """Pixels between the nearest edges of two boxes."""
    across = max(0, one[0] - other[2], other[0] - one[2])
    down = max(0, one[1] - other[3], other[1] - one[3])
    return float((across**2 + down**2) ** 0.5)
