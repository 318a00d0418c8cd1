"""What the page on which a figure is corrected shows of its names and of its log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from figpath.corrections.correction import Anchor
from figpath.corrections.place import is_same
from figpath.errors import InputError
from figpath.serve.correct_api import states_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from figpath.corrections.apply import Applied
    from figpath.corrections.correction import Correction
    from figpath.grounding.mention import Mention
    from figpath.record import Record
    from figpath.serve.figure_view import NameRow

_EXPANDED = "famplex_relations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a name stands: the mention, and its anchor as a form sends it."""

    index: int
    label: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectRow:
    """A name that can be corrected.

    Parameters
    ----------
    row
        The name.
    places
        Every place in which it is drawn.
    undoes
        The lines of the log that made it what it is, one a place; none where nobody corrected it.
    was
        What it stood for before it was rejected; else empty.
    """

    row: NameRow
    places: tuple[Place, ...]
    undoes: tuple[str, ...] = ()
    was: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Names of which the same can be said; `opened` when they are shown at once."""

    title: str
    rows: tuple[CorrectRow, ...]
    opened: bool

    @property
    def anchors(self) -> tuple[str, ...]:
        """Those of all its names."""
        return tuple(place.anchor for row in self.rows for place in row.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """A line of the log in words."""

    id: str
    when: str
    who: str
    action: str
    name: str
    before: str
    after: str
    state: str


def groups(state: Applied, rows: Sequence[NameRow]) -> tuple[Group, ...]:
    """Return the names of a figure: those to decide on, the unsure ones, those decided on."""
    made = [_row(state, row) for row in rows]
    found = (
        ("To decide on", [one for one in made if not one.row.person and not one.row.unsure], True),
        (
            "Uncertain, and left out unless accepted",
            [one for one in made if not one.row.person and one.row.unsure],
            False,
        ),
        ("Decided on by a person", [one for one in made if one.row.person], False),
    )
    return tuple(Group(title=title, rows=tuple(some), opened=opened) for title, some, opened in found if some)


def log_lines(state: Applied) -> tuple[LogLine, ...]:
    """Return the log of a figure, the latest line first."""
    states = states_of(state)
    by_id = {one.id: one for one in state.log}
    return tuple(_line(one, states[one.id], by_id) for one in reversed(state.log))


def anchor_text(anchor: Anchor) -> str:
    """Return an anchor as a form sends it."""
    return msgspec.json.encode(anchor).decode()


def anchors_of(texts: Iterable[str]) -> tuple[Anchor, ...]:
    """Return the anchors that a form sent.

    Raises
    ------
    InputError
        When one is none.
    """
    try:
        return tuple(msgspec.json.decode(text, type=Anchor) for text in texts)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise InputError(f"the form names no place on a figure: {error}; open the page again") from error


def means(mention: Mention | None) -> str:
    """Return what a mention stands for, in a few words."""
    if mention is None:
        return ""
    drawn = [entity.symbol for entity in mention.entities if entity.source != _EXPANDED]
    return ", ".join(drawn) or mention.note or "no meaning"


def _row(state: Applied, row: NameRow) -> CorrectRow:
    lines = [_latest(state, state.record.mentions[index]) for index in row.mentions] if row.person else []
    found = [one for one in lines if one is not None]
    was = means(found[0].before) if found and found[0].action == "reject" else ""
    places = tuple(_place(state.record, index) for index in row.mentions)
    return CorrectRow(row=row, places=places, undoes=tuple(dict.fromkeys(one.id for one in found)), was=was)


def _latest(state: Applied, mention: Mention) -> Correction | None:
    """The line in effect that set a mention last."""
    for one in reversed(state.log):
        if one.action == "undo" or one.id in state.undone or one.anchor is None:
            continue
        text = one.anchor.text if one.after is None else one.after.text
        if is_same(mention, Anchor(text=text, box=one.anchor.box)):
            return one
    return None


def _place(record: Record, index: int) -> Place:
    mention = record.mentions[index]
    anchor = Anchor(text=mention.text, box=mention.box)
    label = "no place" if mention.box is None else f"at {mention.box[0]}, {mention.box[1]}"
    return Place(index=index, label=label, anchor=anchor_text(anchor))


def _line(one: Correction, state: str, by_id: dict[str, Correction]) -> LogLine:
    undone = by_id.get(one.undoes)
    what = f"undo {undone.action}" if one.action == "undo" and undone is not None else one.action
    return LogLine(
        id=one.id, when=f"{one.when[:10]} {one.when[11:16]}", who=one.who, action=what,
        name="" if one.anchor is None else one.anchor.text, before=means(one.before), after=means(one.after),
        state=state,
    )  # fmt: skip
