"""Names of files that are safe on every operating system and need no quoting in an address."""

from __future__ import annotations

import hashlib
import re
from typing import Final

_FIGID: Final = re.compile(r"PMC[0-9]{1,12}__[a-z0-9][a-z0-9_-]{0,80}")
_CURIE: Final = re.compile(r"(ncbigene|mesh|doid|chebi|hgnc):([0-9]{1,12}|[CD][0-9]{5,12})|fplx:[A-Z0-9_]{1,40}")
_NUMBER: Final = re.compile(r"[0-9]{1,12}")
_ODD: Final = re.compile(r"[^A-Za-z0-9]+")
_KEPT, _DIGITS = 40, 16


def file_name(text: str) -> str:
    """Return the name, without an ending, of the file of a figure or an identifier.

    What an identifier usually looks like stays as it is. Of anything else a code follows the letters and digits, so
    that no two have the same name, on file systems that do not tell small letters from capitals either.
    """
    if _FIGID.fullmatch(text) or _NUMBER.fullmatch(text):
        return text
    if _CURIE.fullmatch(text):
        return text.replace(":", "-")
    code = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    return f"{_ODD.sub('-', text)[:_KEPT].strip('-') or 'x'}~{code}"


def numbered(name: str, offset: int, size: int) -> str:
    """Return the name of a further page: the first has none, the others are numbered from 2."""
    return name if offset < size else f"{name}.{offset // size + 1}"
