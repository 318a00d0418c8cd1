"""The number of a figure as PFOCR writes it: ``F2``, ``S1``, ``SF3``, ``SF1_2``, ``GA1``, ``AF1``, ``EV2``, ``F0``.

A label decides; where it does not, the name of the image file, then the anchor of the figure's page.
"""

from __future__ import annotations

import re

_CODE = re.compile(r"(?:SF\d+_\d+|(?:F|S|SF|GA|AF|EV)\d*)[A-Za-z]?")
_DECIMAL = re.compile(r"\d\.\d")
_IMAGE_SUFFIX = re.compile(r"\.(?:jpe?g|png|gif|tiff?|bmp|webp|eps|pdf|svg)$", re.IGNORECASE)
_UNDECIDED = re.compile(r"\b(?:box|chart)\b", re.IGNORECASE)
_ROMAN = re.compile(r"\b(?:fig(?:ure)?|scheme)s?\.?\s*([IVX]+)\b", re.IGNORECASE)
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
_LABELS = (
    (re.compile(r"schemes?\s*(\d+[a-z]?)", re.IGNORECASE), "S{}"),
    (re.compile(r"fig(?:ure)?s?\.?\s*(\d+)\b.*?supplement\w*\s*(\d+)", re.IGNORECASE), "SF{}_{}"),
    (re.compile(r"supp.*?(\d+[a-z]?)", re.IGNORECASE), "SF{}"),
    (re.compile(r"(?<![A-Za-z])S\s?(\d+[A-Za-z]?)"), "SF{}"),
    (re.compile(r"(?<![A-Za-z])A\s?(\d+[A-Za-z]?)"), "AF{}"),
    (re.compile(r"(?<![A-Za-z])EV\s?(\d+[A-Za-z]?)"), "EV{}"),
    (re.compile(r"graphical abstract\s*(\d+)", re.IGNORECASE), "GA{}"),
    (re.compile(r"(\d+(?:[A-Za-z](?![A-Za-z]))?)"), "F{}"),
)
_FILES = (
    (re.compile(r"gr(\d+)[^/]*$", re.IGNORECASE), "F{}"),
    (re.compile(r"_F(?:ig)?(\d+)[-_]", re.IGNORECASE), "F{}"),
    (re.compile(r"(?:^|[^\d])(?:ga|undfig)(\d+)$", re.IGNORECASE), "GA{}"),
    (re.compile(r"(?:^|[^A-Za-z])sch?(\d+)$", re.IGNORECASE), "S{}"),
    (re.compile(r"0+([1-9]\d{0,2})$"), "F{}"),
    (re.compile(r"absF(?:ig)?(\d+)", re.IGNORECASE), "GA{}"),
    (re.compile(r"F(?:ig)?(\d+)$", re.IGNORECASE), "F{}"),
    (re.compile(r"[-_.]g?(\d{1,2})$", re.IGNORECASE), "F{}"),
)
_LINKS = (
    (re.compile(r"/F(\d+)/", re.IGNORECASE), "F{}"),
    (re.compile(r"/sch?(\d+)/", re.IGNORECASE), "S{}"),
    (re.compile(r"/S(I{1,3})\b[^/]*/"), "S{}"),
    (re.compile(r"/f(\d+)-[^/]*/", re.IGNORECASE), "F{}"),
    (re.compile(r"/figA/?", re.IGNORECASE), "GA1"),
    (re.compile(r"undfig(\d+)", re.IGNORECASE), "GA{}"),
    (re.compile(r"fig(?:ure)?(\d+)", re.IGNORECASE), "F{}"),
)


def figure_number(label: str, *, filename: str = "", link: str = "") -> str:
    """Return the normalised number of a figure; see 1.3 of the PFOCR record.

    Parameters
    ----------
    label
        As printed (``Figure 3``, ``Scheme 1``, ``Fig. S2``), or a code already.
    filename
        Of the image, with or without its suffix.
    link
        Address of the figure's page, or just ``/anchor/``.

    Returns
    -------
    str
        ``F0`` when nothing says the number.

    Examples
    --------
    >>> figure_number("Figure 3—figure supplement 2")
    'SF3_2'
    >>> figure_number("", filename="fimmu-08-00119-g001.jpg")
    'F1'
    """
    if _CODE.fullmatch(label.strip()):
        return label.strip()
    stem = _IMAGE_SUFFIX.sub("", filename)
    return _of_label(label) or _first(_FILES, stem) or _first(_LINKS, link) or "F0"


def _of_label(label: str) -> str:
    if _DECIMAL.search(label) or _UNDECIDED.search(label):
        return ""
    roman = None if re.search(r"\d", label) else _ROMAN.search(label)
    if roman:
        return ("S" if roman[0][:1] in "sS" else "F") + str(_arabic(roman[1].upper()))
    return _first(_LABELS, label)


def _first(rules: tuple[tuple[re.Pattern[str], str], ...], text: str) -> str:
    for pattern, form in rules:
        if found := pattern.search(text):
            return form.format(*map(_plain, found.groups()))
    return ""


def _plain(number: str) -> str:
    """Return a number without leading zeros, in Arabic digits."""
    if set(number) <= {"I"}:
        return str(len(number))
    return number.lstrip("0") if number.lstrip("0")[:1].isdigit() else "0"


def _arabic(roman: str) -> int:
    values = [_ROMAN_DIGITS[letter] for letter in roman]
    return sum(-value if value < max(values[i:]) else value for i, value in enumerate(values))
