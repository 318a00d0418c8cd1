"""Who may correct figures: tokens with names, and how a request shows one.

A token comes in the header ``Authorization: Bearer TOKEN`` from programs. Browsers keep a cookie that is derived from
it, which scripts cannot read and other sites cannot make a browser send.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from figpath.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COOKIE: Final = "figpath-editor"
COOKIE_SECONDS: Final = 30 * 24 * 3600
SHORTEST: Final = 16
"""Characters of a token."""

_LONGEST_NAME = 100
_COOKIE_USE = b"cookie of a figpath editor"
FORWARDED: Final = (
    "forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via",
)  # fmt: skip
"""Headers by which a program says that it passes a request on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """Someone who may correct figures.

    Parameters
    ----------
    who
        Name in the log.
    token
        What only they know.
    """

    who: str
    token: str = field(repr=False)

    @property
    def cookie(self) -> str:
        """What a browser keeps instead of the token."""
        return hmac.new(self.token.encode(), _COOKIE_USE, hashlib.sha256).hexdigest()


def read_editors(text: str, *, name: str) -> tuple[Editor, ...]:
    """Return the editors of a text: on each line a token and, after a blank, the name of whoever has it.

    Parameters
    ----------
    text
        Empty lines and those that begin with ``#`` are passed over.
    name
        What errors call it. They never repeat a token.

    Raises
    ------
    InputError
        When a line has no name, a token is short, or one stands twice.
    """
    found: dict[str, Editor] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        token, _, who = line.strip().partition(" ")
        if not token or token.startswith("#"):
            continue
        problem = _problem(token, " ".join(who.split()), known=token in found)
        if problem:
            raise InputError(f"{name} line {number}: {problem}")
        found[token] = Editor(who=" ".join(who.split()), token=token)
    if not found:
        raise InputError(f"{name} has no token: write one a line, a blank and the name of its editor after it")
    return tuple(found.values())


def editor_of(editors: Sequence[Editor], token: str) -> Editor | None:
    """Return whose token it is; every editor is compared with, in the same time whatever the token."""
    matching = [one for one in editors if hmac.compare_digest(one.token.encode(), token.encode())]
    return matching[0] if matching else None


def signed_in(editors: Sequence[Editor], headers: Mapping[str, str], cookies: Mapping[str, str]) -> Editor | None:
    """Return the editor that a request comes from; None for anybody else."""
    kind, _, token = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return editor_of(editors, token.strip())
    cookie = cookies.get(COOKIE, "").encode()
    matching = [one for one in editors if hmac.compare_digest(one.cookie.encode(), cookie)]
    return matching[0] if matching else None


def is_forwarded(headers: Mapping[str, str]) -> bool:
    """Tell whether another program passes a request on, which may come from any machine."""
    return any(name in headers for name in FORWARDED)


def _problem(token: str, who: str, *, known: bool) -> str:
    if not who or len(who) > _LONGEST_NAME or not who.isprintable():
        return "a token and the name of its editor are expected, with a blank between them"
    if len(token) < SHORTEST or not token.isascii() or not token.isprintable():
        return (
            f"the token of {who} is short: take at least {SHORTEST} random letters and digits, such as "
            "python -c 'import secrets; print(secrets.token_urlsafe())' prints"
        )
    return f"the token of {who} stands twice: each editor needs another one" if known else ""
