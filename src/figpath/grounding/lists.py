"""Several names drawn as one: TLR7/8, SMAD2/3, JAK1/TYK2, IRF3,7, miR-200a/b/c, FGF1-4, KDM6A/B."""

from __future__ import annotations

import re

_SEPARATOR = re.compile(r"\s*(?:[/,;&|∙·⋅]|\s\+\s|\+(?=[A-Za-z]{2})|\band\b|\bor\b|[–—](?=\D)|:(?=[A-Za-z]{2}))\s*")
_RANGE = re.compile(r"(?P<stem>.*[^\W\d_]-?)(?P<first>\d{1,2})\s?[-–—~]\s?(?P<last>\d{1,2})")
_LONGEST_RANGE = 30
_GREEK = "α-ωϵ"
_SHAPES = (
    re.compile(r"\d+"),
    re.compile(r"[A-Z]"),
    re.compile(r"[a-z]"),
    re.compile(rf"[{_GREEK}]|alpha|beta|gamma|delta|epsilon"),
    re.compile(rf"\d+-?(?:[A-Za-z]|[{_GREEK}])"),
    re.compile(rf"(?:[A-Z]|[{_GREEK}])\d+"),
)
_BRACKETS = re.compile(r"(?P<name>[^()\[\]]*\w)\s*[(\[](?P<inner>[^()\[\]]{2,})[)\]]")


def elements(text: str) -> tuple[str, ...]:
    """Write out the names of a list; a text that is no list gives nothing.

    Parameters
    ----------
    text
        What stands between blanks or on a line.

    Returns
    -------
    tuple of str
        The names in drawn order, contracted ones completed: ``TLR7/8`` gives ``("TLR7", "TLR8")``.
    """
    parts = [part for part in _SEPARATOR.split(text) if part]
    if any(part.count("(") != part.count(")") for part in parts):  # PI(3,4)P2 is no list
        return ()
    if len(parts) < 2:
        return _range(text) or _bracketed(text)
    names: list[str] = []
    for part in parts:
        names += _range(part) or (completed(names[-1], part) if names else part,)
    return tuple(names)


def completed(before: str, part: str) -> str:
    """Complete a contracted element with the stem of the element before it.

    Examples
    --------
    >>> completed("SMAD2", "3"), completed("HIF-1α", "2α"), completed("JAK1", "TYK2")
    ('SMAD3', 'HIF-2α', 'TYK2')
    """
    bare = part.lstrip("- ")
    for shape in _SHAPES:
        if shape.fullmatch(bare):
            tail = re.search(rf"(?:{shape.pattern})$", before)
            if tail and tail.start() > 1:
                return before[: tail.start()] + bare
            return before + bare if _takes(before, bare) else part
    return part


def _takes(before: str, part: str) -> bool:
    """True when a list may begin with the bare stem: IL/6 does not, AKT1/A neither, Akt/2 does."""
    return before[-1].isalpha() and part.isdigit() and len(before) > 2


def _range(text: str) -> tuple[str, ...]:
    found = _RANGE.fullmatch(text)
    if not found:
        return ()
    first, last = int(found["first"]), int(found["last"])
    if not first < last <= first + _LONGEST_RANGE or len(found["stem"].strip("-")) < 2:
        return ()
    return tuple(f"{found['stem']}{number}" for number in range(first, last + 1))


def _bracketed(text: str) -> tuple[str, ...]:
    """Two names of which one stands in brackets: MAVS (IPS-1)."""
    found = _BRACKETS.fullmatch(text)
    return (found["name"], found["inner"]) if found else ()


def hyphenated(text: str) -> tuple[str, ...]:
    """Write out a complex drawn with hyphens: CARD9-BCL10-MALT1; every part must have three characters or more."""
    parts = tuple(re.split(r"[-–—]", text))
    return parts if len(parts) > 1 and all(len(part) > 2 for part in parts) else ()
