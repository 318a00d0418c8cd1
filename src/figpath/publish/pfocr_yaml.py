"""Text values as R's ``yaml`` package writes them, quoting and folding included.

PFOCR's pages are written by R, whose emitter is libyaml's at a width of 80. The rules here are those of YAML 1.1
and of that emitter, so that a page written by figpath differs from PFOCR's in nothing but what it says. One
departure: line separators (U+2028, U+2029) are always escaped, because not every reader keeps them.
"""

from __future__ import annotations

import re

WIDTH = 80

_OTHER_TYPE = re.compile(
    r"""
    ~|null|Null|NULL                                                    # nothing
    |y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON                            # truth
    |n|N|no|No|NO|false|False|FALSE|off|Off|OFF
    |[-+]?0x[0-9a-fA-F,]+|[-+]?0[0-7,]+|[-+]?(?:0|[1-9][0-9,]*)         # whole numbers, also in base 60
    |[-+]?[0-9][0-9,]*(?::[0-5]?[0-9])+(?:\.[0-9,]*)?
    |[-+]?(?:[0-9][0-9,]*)?\.[0-9,]*                                    # fractions
    |[-+]?(?:[0-9][0-9,]*)?\.[0-9.]*[eE][-+][0-9]+
    |[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)
    |\.na|\.na\.(?:integer|real|character)                              # what R misses
    |[0-9]{4}-[0-9]{2}-[0-9]{2}                                         # dates
    |[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt]|[ ]+)[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?[ ]*(?:Z|[-+][0-9]{2}(?::[0-9]{2})?)
    |<<|=                                                               # merge and default key
    """,
    re.VERBOSE,
)
_STARTS_NODE = re.compile(r"[#,\[\]{}&*!|>'\"%@`]|[-?:](?: |$)|---|\.\.\.")
_INSIDE_NODE = re.compile(r":(?: |$)| #")
_SPECIAL = re.compile("[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]")
_SPACE_BEFORE_BREAK = re.compile(r" \n")
_ESCAPES = {
    "\0": "0", "\a": "a", "\b": "b", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r", "\x1b": "e",
    '"': '"', "\\": "\\", "\x85": "N", "\u2028": "L", "\u2029": "P",
}  # fmt: skip


def text(value: str, *, column: int, indent: int) -> str:
    """Return a text as a YAML value.

    Parameters
    ----------
    value
        The text.
    column
        Characters that stand before the value on its line, the blank after ``key:`` included.
    indent
        Blanks before each further line: two more than before the key or the ``-`` that the value belongs to.

    Returns
    -------
    str
        The value as it stands in the file, without a newline at its end.
    """
    if _SPECIAL.search(value) or _SPACE_BEFORE_BREAK.search(value):
        return _double_quoted(value, column, indent)
    if "\n" in value:
        return _double_quoted(value, column, indent) if value[-1] == " " else _literal(value, indent)
    if _is_plain(value):
        return _folded(value, column, indent)
    return "'" + _folded(value.replace("'", "''"), column + 1, indent) + "'"


def species(name: str) -> str:
    """Return the name of a species as an item of PFOCR's lists of them.

    PFOCR writes these bare and unfolded, also where another text would need quotes (``NA``, ``12``). Only a
    name that would break the page, such as one that begins with a bracket, is quoted.
    """
    name = " ".join(name.split())
    if _is_plain(name) or _OTHER_TYPE.fullmatch(name):
        return name
    return "'" + name.replace("'", "''") + "'"


def number(value: float) -> str:
    """Return a number of at most seven decimals, or in exponent form below 0.0001."""
    if value and abs(value) < 1e-4:
        digits, exponent = f"{value:.7e}".split("e")
        return f"{_trimmed(digits)}e{exponent}"
    return _trimmed(f"{value:.7f}")


def _trimmed(digits: str) -> str:
    whole, _, fraction = digits.partition(".")
    return f"{whole}.{fraction.rstrip('0') or '0'}"


def _is_plain(value: str) -> bool:
    """Say whether YAML reads the bare characters as this text and as nothing else."""
    return not (
        not value
        or value[0] == " "
        or value[-1] == " "
        or _OTHER_TYPE.fullmatch(value)
        or _STARTS_NODE.match(value)
        or _INSIDE_NODE.search(value)
    )


def _folded(value: str, column: int, indent: int) -> str:
    """Put a line break for the first single blank past the width, but never for one at an edge."""
    out: list[str] = []
    for index, char in enumerate(value):
        if char == " " and column > WIDTH and _stands_alone(value, index):
            out.append("\n" + " " * indent)
            column = indent
        else:
            out.append(char)
            column += 1
    return "".join(out)


def _stands_alone(value: str, index: int) -> bool:
    """Say whether the blank at `index` is inside the text and has no blank beside it."""
    return 0 < index < len(value) - 1 and value[index - 1] != " " and value[index + 1] != " "


def _double_quoted(value: str, column: int, indent: int) -> str:
    """Escape what YAML cannot show, and fold; a blank that begins a line is escaped, or it would be lost."""
    out = ['"']
    column += 1
    for index, char in enumerate(value):
        if char == " " and column > WIDTH and 0 < index < len(value) - 1 and value[index - 1] != " ":
            shown = "\n" + " " * indent + ("\\" if value[index + 1] == " " else "")
            column = len(shown) - 1
        else:
            shown = _escaped(char)
            column += len(shown)
        out.append(shown)
    return "".join(out) + '"'


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return "\\" + _ESCAPES[char]
    if not _SPECIAL.match(char):
        return char
    code = ord(char)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def _literal(value: str, indent: int) -> str:
    """Write a text of several lines as it is, below a ``|`` that says how it begins and ends."""
    begins = "2" if value[0] in " \n" else ""
    ends = "-" if value[-1] != "\n" else "+" if value == "\n" or value[-2:] == "\n\n" else ""
    lines = value.removesuffix("\n").split("\n")
    return f"|{begins}{ends}" + "".join("\n" + (" " * indent + line if line else "") for line in lines)
