"""Names for formats that allow letters, digits and underscores only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9_]+")


def identifiers(texts: Iterable[str], *, prefix: str = "", taken: Iterable[str] = ()) -> dict[str, str]:
    """Return for each text a name that begins with a letter and is like no other, upper and lower case aside.

    Parameters
    ----------
    texts
        Different texts.
    prefix
        What every name begins with; without one, names that would begin with a digit begin with ``n_``.
    taken
        Names that are not to be used.
    """
    used = {name.casefold() for name in taken}
    names = {}
    for text in texts:
        plain = prefix + _NOT_ALLOWED.sub("_", text).strip("_")
        plain = plain if plain[:1].isalpha() else f"n_{plain}"
        name, number = plain, 1
        while name.casefold() in used:
            number += 1
            name = f"{plain}_{number}"
        used.add(name.casefold())
        names[text] = name
    return names


def on_one_line(text: str) -> str:
    """Return text without what XML does not allow (control characters, halves of pairs, non-characters)."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
