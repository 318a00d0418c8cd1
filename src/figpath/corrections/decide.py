"""From what a person wants of a record as it stands to the line of the log that says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from figpath.corrections.correction import LONGEST_TEXT, Anchor, Correction, undone
from figpath.corrections.place import is_same
from figpath.corrections.verdict import accepted, marked, verdict
from figpath.errors import InputError
from figpath.grounding.mention import Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.corrections.correction import Action, Signature
    from figpath.corrections.meaning import Assigned
    from figpath.record import Record


def accept(record: Record, anchor: Anchor, *, by: Signature) -> Correction:
    """Say that a name and its meaning are right.

    Raises
    ------
    InputError
        When the record has no such name, or it was rejected and has no meaning any more.
    """
    before = mention_at(record, anchor)
    if verdict(before) == "reject":
        raise InputError(f"the name {before.text[:80]!r} was rejected: undo that, or say what it stands for")
    return _line(record, by, "accept", before, after=_bare(accepted(before)))


def reject(record: Record, anchor: Anchor, *, by: Signature) -> Correction:
    """Say that a name is not drawn.

    Raises
    ------
    InputError
        When the record has no such name.
    """
    return _line(record, by, "reject", mention_at(record, anchor), after=None)


def reassign(record: Record, anchor: Anchor, meaning: Assigned, *, by: Signature, text: str = "") -> Correction:
    """Say what a name stands for.

    Parameters
    ----------
    record
        As it stands.
    anchor
        The name.
    meaning
        What it stands for.
    by
        Whoever says so.
    text
        What is drawn, where it was read wrongly.

    Raises
    ------
    InputError
        When the record has no such name.
    """
    before = mention_at(record, anchor)
    after = _said(_tidy(text) or before.text, meaning, box=before.box)
    return _line(record, by, "reassign", before, after=marked(after, "reassign"))


def add(record: Record, anchor: Anchor, meaning: Assigned, *, by: Signature) -> Correction:
    """Say that a name is drawn that the machine missed.

    Raises
    ------
    InputError
        When the place is not on the picture, or the name is there already.
    """
    anchor = replace(anchor, text=_tidy(anchor.text))
    _check_place(record, anchor)
    if any(is_same(mention, anchor) for mention in record.mentions):
        raise InputError(f"the name {anchor.text!r} is there already: correct that one")
    after = marked(_said(anchor.text, meaning, box=anchor.box), "add")
    return _line(record, by, "add", None, after=after, anchor=anchor)


def undo(log: Sequence[Correction], wanted: str, *, by: Signature) -> Correction:
    """Take back a line of a figure's log.

    Raises
    ------
    InputError
        When the log has no such line, or it is taken back already.
    """
    found = next((one for one in log if one.id == wanted), None)
    if found is None:
        raise InputError(f"there is no correction {wanted[:64]!r} of this figure: look at the list of them")
    if wanted in undone(log):
        raise InputError(f"the correction {wanted} is taken back already: look at the list of them")
    return Correction(
        id=by.id, figid=found.figid, when=by.when, who=by.who, action="undo", anchor=found.anchor,
        before=found.after, after=found.before, undoes=wanted, picture=found.picture,
    )  # fmt: skip


def mention_at(record: Record, anchor: Anchor) -> Mention:
    """Return the mention that has exactly this text and place.

    Raises
    ------
    InputError
        When there is none.
    """
    for mention in record.mentions:
        if mention.text == anchor.text and mention.box == anchor.box:
            return mention
    place = "" if anchor.box is None else f" at {', '.join(map(str, anchor.box))}"
    raise InputError(
        f"the figure {record.figid} has no name {anchor.text[:80]!r}{place}: open its page again, it may have changed"
    )


def _check_place(record: Record, anchor: Anchor) -> None:
    if not anchor.text or len(anchor.text) > LONGEST_TEXT:
        raise InputError(f"a drawn name has 1 to {LONGEST_TEXT} characters: type it as it stands on the figure")
    if not record.width:
        if anchor.box is not None:
            raise InputError(f"the figure {record.figid} has no picture to find a place on: give no box")
        return
    x0, y0, x1, y1 = anchor.box or (0, 0, 0, 0)
    if not (0 <= x0 < x1 <= record.width and 0 <= y0 < y1 <= record.height):
        raise InputError(
            f"the box {x0}, {y0}, {x1}, {y1} is not on the picture of {record.width} x {record.height} pixels: "
            "give left, top, right and bottom"
        )


def _tidy(text: str) -> str:
    """A typed name on one line, without characters that cannot be seen."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())


def _said(text: str, meaning: Assigned, *, box: tuple[int, int, int, int] | None) -> Mention:
    return Mention(text=text, kind=meaning.kind, score=1.0, box=box, entities=meaning.entities, match=meaning.match)


def _bare(mention: Mention) -> Mention:
    """Without what else the name could mean, which is the machine's to say."""
    return replace(mention, alternatives=())


def _line(
    record: Record, by: Signature, action: Action, before: Mention | None, *, after: Mention | None,
    anchor: Anchor | None = None,
) -> Correction:  # fmt: skip
    found = anchor if before is None else Anchor(text=before.text, box=before.box)
    return Correction(
        id=by.id, figid=record.figid, when=by.when, who=by.who, action=action, anchor=found,
        before=None if before is None else _bare(before), after=after, picture=record.provenance.image_sha256,
    )  # fmt: skip
