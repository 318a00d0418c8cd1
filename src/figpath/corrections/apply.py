"""The record that a log gives: what the machine read, with what people said of it laid over.

Names are found again by their text and place, since boxes move a little when a figure is read again. Whatever a log
holds, there is a record: a line that has nothing to change any more is told and does no harm.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from figpath.corrections.correction import in_order, undone
from figpath.corrections.place import Places
from figpath.corrections.verdict import rejected

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from figpath.corrections.correction import Correction
    from figpath.grounding.mention import Mention
    from figpath.record import Record

_EXPANDED: Final = "famplex_relations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What became of a log.

    Parameters
    ----------
    record
        With the corrections in it.
    log
        The lines of this figure, in order.
    undone
        Ids of the lines that were taken back.
    lost
        Ids of the lines whose name is not on the figure any more, and could not be put in again.
    """

    record: Record
    log: tuple[Correction, ...]
    undone: frozenset[str]
    lost: frozenset[str]


def apply(record: Record, log: Iterable[Correction]) -> Applied:
    """Lay corrections over what the machine read; without any in effect, the record stays the same object.

    Parameters
    ----------
    record
        As the machine read it. A record that failed stays as it is.
    log
        In any order; lines of other figures are passed over.
    """
    lines = in_order(one for one in log if one.figid == record.figid)
    gone = undone(lines)
    standing = [one for one in lines if one.action != "undo" and one.id not in gone]
    if not standing or record.status == "failed":
        lost = frozenset(one.id for one in standing if one.action != "reject")
        return Applied(record=record, log=lines, undone=gone, lost=lost)
    places = Places(record.mentions, standing)
    missing = {one.id for one in standing if not _set(places, one, record)}
    mentions = tuple(places.mentions)
    changed = replace(record, mentions=mentions, organisms=_organisms(record, standing, missing))
    return Applied(record=changed, log=lines, undone=gone, lost=frozenset(missing))


def _set(places: Places, one: Correction, record: Record) -> bool:
    """Do what one line says; tell whether it could be done. There is always nothing to reject where nothing is."""
    at = places.find(one)
    if one.after is None:
        if at is not None:
            places.mentions[at] = rejected(places.mentions[at])
        return True
    if at is not None:
        found = places.mentions[at]
        places.mentions[at] = replace(one.after, box=found.box, alternatives=found.alternatives)
        return True
    if not _can_be_there(one.after, one, record):
        return False
    places.mentions.append(one.after)
    return True


def _can_be_there(mention: Mention, one: Correction, record: Record) -> bool:
    """Tell whether a name that the machine did not find can be put in: the picture is the one that the person saw."""
    if mention.box is None:
        return one.action == "add"
    x0, y0, x1, y1 = mention.box
    if not (0 <= x0 < x1 <= record.width and 0 <= y0 < y1 <= record.height):
        return False
    return not one.picture or one.picture == record.provenance.image_sha256


def _organisms(record: Record, standing: Sequence[Correction], missing: set[str]) -> tuple[int, ...]:
    """The species of the record, and those of genes that people say are drawn."""
    said = [one.after for one in standing if one.after is not None and one.id not in missing]
    drawn = (entity for mention in said for entity in mention.entities if entity.source != _EXPANDED)
    taxa = (entity.taxon for entity in drawn if entity.taxon is not None)
    return tuple(dict.fromkeys((*record.organisms, *taxa)))
