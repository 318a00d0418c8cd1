"""From the text of a query to what it asks.

::

    query  = all {"OR" all}
    all    = one {["AND"] one}
    one    = "NOT" one | "(" query ")" | [field ":"] (word | '"' phrase '"') ["*"]
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from figpath.errors import InputError
from figpath.search.fields import FIELDS, field_of, is_identifier
from figpath.search.query import AllOf, AnyOf, Named, Query, Without, Words
from figpath.search.spellings import COMMON, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST: Final = 4000
"""Characters of a query."""

MOST: Final = 64
"""Words, phrases and fields of a query."""

LEAST_PREFIX: Final = 2
"""Characters before a star."""

_DEEPEST = 20
_QUOTES = str.maketrans("“”„‟", '""""')
_TOKEN = re.compile(
    r"""(?P<operator>(?:AND|OR|NOT)(?=[\s()"]|$)|[()])
    | (?:(?P<field>[A-Za-z]+):)?"(?P<phrase>[^"]*)"(?P<star>\*?)
    | (?P<word>[^\s()"]+(?:\([^\s()"]*\)[^\s()"]*)*)
    | (?P<quote>")""",
    re.VERBOSE,
)
_FIELD = re.compile(r"([A-Za-z]+):(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Token:
    """An operator, or the text of a leaf with the field it belongs to (None for free text)."""

    operator: str = ""
    field: str | None = None
    text: str = ""
    quoted: bool = False
    prefix: bool = False


def parse(text: str) -> Query:
    """Return what a query asks.

    Parameters
    ----------
    text
        Words, ``"phrases"``, ``prefix*``, ``AND`` (which may be left out), ``OR``, ``NOT``, brackets, and fields:
        ``gene:``, ``chemical:``, ``disease:``, ``drawn:``, ``organism:``, ``year:``, ``journal:``, ``type:``,
        ``pathway:``.

    Raises
    ------
    InputError
        When it cannot be understood; the message says where and what to do.

    Examples
    --------
    >>> parse("JAK2 NOT organism:mouse")
    AllOf(parts=(Words(text='JAK2', exact=False, prefix=False), Without(part=Organism(taxon=10090))))
    """
    found = _tokens(_checked(text))
    if sum(not one.operator for one in found) > MOST:
        raise InputError(f"the query has more than {MOST} words: leave some out, or search several times")
    parser = _Parser(found)
    query = parser.query(0)
    parser.must_end()
    return query


class _Parser:
    """Walks over the tokens, one method a rule of the grammar."""

    def __init__(self, found: Sequence[_Token]) -> None:
        self._tokens, self._at = found, 0

    def query(self, depth: int) -> Query:
        if depth > _DEEPEST:
            raise InputError(f"the query has brackets more than {_DEEPEST} deep: write it with fewer")
        parts = [self._all(depth)]
        while self._take("OR"):
            parts.append(self._all(depth))
        return parts[0] if len(parts) == 1 else AnyOf(parts=tuple(parts))

    def must_end(self) -> None:
        if self._at < len(self._tokens):
            raise InputError("the query closes a bracket that it does not open: take it away, or put quotes around it")

    def _all(self, depth: int) -> Query:
        parts: list[Query] = []
        while self._next not in ("OR", ")", None):
            if self._take("AND"):
                if not parts:
                    raise InputError("the query has nothing before AND: write a word on both sides")
                if self._next in ("AND", "OR", ")", None):
                    raise InputError("the query has nothing after AND: write a word on both sides")
            parts.append(self._one(depth))
        if not parts:
            where = "around OR" if "OR" in (self._next, self._before) else "inside a bracket"
            raise InputError(f"the query has nothing {where}: write a word there")
        telling = [part for part in parts if not _is_common(part)] or parts
        return telling[0] if len(telling) == 1 else AllOf(parts=tuple(telling))

    def _one(self, depth: int) -> Query:
        turns = 0
        while self._take("NOT"):
            turns += 1
        if self._next in ("AND", "OR", ")", None):
            raise InputError("the query has nothing after NOT: write a word there")
        part = self._positive(depth)
        return Without(part=part) if turns % 2 else part

    def _positive(self, depth: int) -> Query:
        if self._take("("):
            part = self.query(depth + 1)
            if not self._take(")"):
                raise InputError("the query opens a bracket that it does not close: close it, or put quotes around it")
            return part
        self._at += 1
        return _leaf(self._tokens[self._at - 1])

    @property
    def _next(self) -> str | None:
        """The operator that comes next; empty for a leaf, None at the end."""
        return self._tokens[self._at].operator if self._at < len(self._tokens) else None

    @property
    def _before(self) -> str | None:
        return self._tokens[self._at - 1].operator if self._at else None

    def _take(self, operator: str) -> bool:
        if self._next != operator:
            return False
        self._at += 1
        return True


def _is_common(part: Query) -> bool:
    """Tell whether a part is a word that stands in nearly every text, so that it tells nothing beside others."""
    return isinstance(part, Words) and not part.exact and part.text.lower() in COMMON


def _checked(text: str) -> str:
    """Return the text with plain quotes, or refuse it."""
    if len(text) > LONGEST:
        raise InputError(f"the query has {len(text)} characters, {LONGEST} at most can be searched for: shorten it")
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise InputError("the query is no text (it has bytes that are not UTF-8): type it again")
    return unicodedata.normalize("NFC", text).translate(_QUOTES)


def _tokens(text: str) -> list[_Token]:
    found = [one for match in _TOKEN.finditer(text) if (one := _token(match)) is not None]
    if all(one.operator for one in found):
        raise InputError("the query has no word to search for: give a word, a gene, or a field such as gene:STAT3")
    return found


def _token(match: re.Match[str]) -> _Token | None:
    """Return what a piece of text is; None for marks without a letter or digit."""
    if match["operator"]:
        return _Token(operator=match["operator"])
    if match["quote"]:
        raise InputError('the query has a quote (") without its partner: close it, or take it away')
    if match["phrase"] is not None:
        field = match["field"]
        if field is not None:
            _check_field(field)
        return _text(field and field.lower(), match["phrase"], quoted=True, prefix=bool(match["star"]))
    word = match["word"]
    split = _FIELD.fullmatch(word)
    if split and not is_identifier(word):
        _check_field(split[1])
        if not split[2] and match.string[match.end() :].startswith("("):
            raise InputError(f"{split[1]}: is followed by a bracket: write ({split[1]}:A OR {split[1]}:B)")
        return _text(split[1].lower(), split[2].rstrip("*"), prefix=split[2].endswith("*"))
    return _text(None, word.rstrip("*"), prefix=word.endswith("*"))


def _check_field(name: str) -> None:
    if name.lower() not in FIELDS:
        known = ", ".join(f"{field}:" for field in FIELDS)
        raise InputError(
            f"unknown field {name[:40] + ':'!r}: the fields are {known}; put quotes around text with a colon"
        )


def _text(field: str | None, text: str, *, quoted: bool = False, prefix: bool = False) -> _Token | None:
    letters = "".join(tokens(text))
    if not letters:
        if field is None:
            return None
        raise InputError(f"{field}: has nothing after it: write a value there, such as {FIELDS[field]}")
    if prefix and len(letters) < LEAST_PREFIX:
        raise InputError(f"{text[:40]}* is too short: a prefix needs at least {LEAST_PREFIX} letters before the star")
    return _Token(field=field, text=" ".join(text.split()), quoted=quoted, prefix=prefix)


def _leaf(token: _Token) -> Query:
    if token.field is not None:
        return field_of(token.field, token.text, prefix=token.prefix)
    if is_identifier(token.text):
        return Named(field="any", name=token.text)
    return Words(text=token.text, exact=token.quoted, prefix=token.prefix)
