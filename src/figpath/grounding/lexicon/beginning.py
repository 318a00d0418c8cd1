"""Names and identifiers looked for in the text of a compiled lexicon itself, for people who search."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from figpath.grounding.text import fold

if TYPE_CHECKING:
    from figpath.grounding.lexicon.file import LexiconFile

_MOST = 2000  # names that one search looks at


def names_beginning(file: LexiconFile, text: str) -> tuple[str, ...]:
    """Return texts of a file that begin with a text, whatever case, blanks and hyphens; identifiers are among them.

    Parameters
    ----------
    file
        A compiled lexicon.
    text
        With no letter or digit nothing is found.
    """
    wanted = fold(text).encode("utf-8", "replace")
    if not wanted:
        return ()
    letters = rb"[ -]?".join(re.escape(wanted[at : at + 1]) for at in range(len(wanted)))
    found: dict[str, None] = {}
    start = max(0, file.text_start - 1)
    for match in re.compile(rb"(?i)\0(" + letters + rb"[^\0]*)").finditer(file.data, start):
        found[match[1].decode("utf-8", "replace")] = None
        if len(found) == _MOST:
            break
    return tuple(found)


def symbol_of(file: LexiconFile, curie: str) -> str:
    """Return the symbol that stands behind an identifier; empty when the file does not have it."""
    wanted = b"\0" + curie.encode("utf-8", "replace") + b"\0"
    if b"\0" in wanted[1:-1]:
        return ""
    place = file.data.find(wanted, max(0, file.text_start - 1))
    return file.texts(place - file.text_start + 1, 2)[1] if place >= 0 else ""
