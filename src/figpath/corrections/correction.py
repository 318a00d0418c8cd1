"""Correction: one change that a person made to a figure's names, and the log of changes as JSON lines.

A log is only ever added to: a change is taken back by a further line, which names the line that it undoes. The order
of a log is that of its times, so that logs of several corpora can be put together in any order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import msgspec

from figpath.errors import InputError
from figpath.grounding.mention import Mention
from figpath.ids import check_figure_id
from figpath.reading.document import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SCHEMA: Final = "figpath.correction/1"
Action: TypeAlias = Literal["accept", "reject", "reassign", "add", "undo"]

LONGEST_TEXT: Final = 500
"""Characters of a drawn name that a person can give."""

_LONGEST_WHO = 100
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_FORM = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """By what a name is found again on its figure.

    Parameters
    ----------
    text
        The name as it is drawn.
    box
        Where it stands, ``(x0, y0, x1, y1)`` in pixels of the stored image; None where places are not known.
    """

    text: str
    box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One line of the log.

    Parameters
    ----------
    schema
        Name and version of the form.
    id
        Names the line in every corpus; letters, digits, hyphens and underscores.
    figid
        The figure.
    when
        UTC, as ``2026-11-24T12:08:46.000000Z``.
    who
        Whoever made the change.
    action
        ``accept`` (the name and its meaning are right), ``reject`` (it is not drawn), ``reassign`` (it means something
        else), ``add`` (it was missed) or ``undo``.
    anchor
        The name that is meant; None for ``undo``.
    before
        The mention as it stood; None for a name that was added.
    after
        The mention as the person has it; None for a name that was rejected.
    undoes
        The id of the line that ``undo`` takes back; else empty. An undo can be undone.
    picture
        SHA-256 of the picture that the person saw; empty when it is not known.

    Raises
    ------
    InputError
        When a value is missing that the action needs, or has the wrong form.
    """

    schema: Literal["figpath.correction/1"] = SCHEMA
    id: str
    figid: str
    when: str
    who: str
    action: Action
    anchor: Anchor | None = None
    before: Mention | None = None
    after: Mention | None = None
    undoes: str = ""
    picture: str = ""

    def __post_init__(self) -> None:
        for problem in _problems(self):
            raise InputError(f"correction {self.id[:64]!r} {problem}")
        check_figure_id(self.figid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What makes a line of the log that of a person: its id, the time, and who; as in `Correction`."""

    id: str
    when: str
    who: str


def when_of(moment: datetime, *, after: str = "") -> str:
    """Return a time as the log writes it, and later than another one, whatever the clock says.

    Parameters
    ----------
    moment
        With its time zone.
    after
        The last time in the log; empty when there is none.
    """
    found = moment.astimezone(UTC).strftime(_FORM)
    if found > after:
        return found
    return (datetime.strptime(after, _FORM).replace(tzinfo=UTC) + timedelta(microseconds=1)).strftime(_FORM)


def in_order(log: Iterable[Correction]) -> tuple[Correction, ...]:
    """Return a log by time, each line once."""
    by_id = {one.id: one for one in log}
    return tuple(sorted(by_id.values(), key=lambda one: (one.when, one.id)))


def undone(log: Iterable[Correction]) -> frozenset[str]:
    """Return the ids of the lines that a later line takes back, and that no line after it brings back."""
    found: set[str] = set()
    ordered = in_order(log)
    place = {one.id: number for number, one in enumerate(ordered)}
    for number in range(len(ordered) - 1, -1, -1):
        one = ordered[number]
        if one.action == "undo" and one.id not in found and place.get(one.undoes, number) < number:
            found.add(one.undoes)
    return frozenset(found)


def to_json(correction: Correction) -> bytes:
    """Return a line of the log as canonical JSON: keys in the order of the fields, UTF-8, no newline.

    Raises
    ------
    InputError
        When it holds something that JSON cannot, such as half a character.
    """
    try:
        return msgspec.json.encode(correction)
    except (TypeError, ValueError, OverflowError) as error:
        raise InputError(f"correction {correction.id} cannot be written as JSON: {error}") from error


def to_json_lines(log: Iterable[Correction]) -> Iterator[bytes]:
    r"""Yield one line a correction, each with ``\n`` at its end."""
    for one in log:
        yield to_json(one) + b"\n"


def from_json(data: bytes | str) -> Correction:
    """Return the correction that a JSON document holds; keys that are not known are passed over.

    Raises
    ------
    InputError
        When it is not JSON or breaks the form; the message has the path inside the document.
    """
    try:
        return _decoder().decode(data)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise InputError(f"not a correction of schema {SCHEMA!r}: {error}") from error


def from_json_lines(data: bytes, *, name: str) -> tuple[Correction, ...]:
    """Return the corrections of a file, one a line; empty lines are passed over.

    Parameters
    ----------
    data
        The file.
    name
        What errors call it.

    Raises
    ------
    InputError
        As `from_json`, with the number of the line, counted from 1.
    """
    found = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.strip():
            try:
                found.append(from_json(line))
            except InputError as error:
                raise InputError(f"{name} line {number}: {error}") from error
    return tuple(found)


def _problems(one: Correction) -> Iterator[str]:
    """Say what is wrong with a line."""
    if not _ID.fullmatch(one.id):
        yield "has no id: expected up to 64 letters, digits, hyphens and underscores"
    if not _WHEN.fullmatch(one.when) or not _is_time(one.when):
        yield f"has the time {one.when[:40]!r}: expected UTC as 2026-11-24T12:08:46.000000Z"
    if not one.who.strip() or len(one.who) > _LONGEST_WHO or not one.who.isprintable():
        yield f"does not say who made it: expected a name of up to {_LONGEST_WHO} characters"
    if one.action == "undo":
        if not _ID.fullmatch(one.undoes):
            yield "undoes nothing: expected the id of another correction"
        return
    if one.anchor is None or not one.anchor.text.strip() or len(one.anchor.text) > LONGEST_TEXT:
        yield f"has no anchor: expected a drawn name of up to {LONGEST_TEXT} characters"
    if (one.before is None) != (one.action == "add"):
        yield f"is to {one.action}: expected {'no ' * (one.action == 'add')}mention before it"
    if (one.after is None) != (one.action == "reject"):
        yield f"is to {one.action}: expected {'no ' * (one.action == 'reject')}mention after it"
    if one.after is not None and not 0 <= one.after.score <= 1:
        yield f"has the score {one.after.score}: expected a number from 0 to 1"


def _is_time(text: str) -> bool:
    try:
        datetime.strptime(text, _FORM)  # noqa: DTZ007 - the form says that it is UTC
    except ValueError:
        return False
    return True


@cache
def _decoder() -> msgspec.json.Decoder[Correction]:
    return msgspec.json.Decoder(Correction)
