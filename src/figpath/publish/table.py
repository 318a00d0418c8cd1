"""What was found in a figure as one row a mention, for people and for tab-separated files."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from figpath.grounding.mention import Entity, Kind, Mention
    from figpath.reading.document import Box
    from figpath.record import Record

_EXPANDED = "famplex_relations"
_SHOWN = 4
_CELL_ENDS = re.compile(r"[\t\r\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionRow:
    """One mention; the fields, in this order, are the columns of the table.

    Parameters
    ----------
    figid
        The figure.
    text, kind
        The name as drawn; ``gene``, ``family``, ``chemical`` or ``disease``.
    symbols, ids
        What it stands for. A family is one of each, with the number of its genes: ``FGF (22 genes)``.
    taxa
        NCBI taxon ids of the genes, those of a family included.
    score
        Probability that the mention is right, in [0, 1].
    match, rewrites
        The lexicon's name that hit, and the string rules that led to it.
    box
        ``(x0, y0, x1, y1)`` in pixels of the stored image, origin top left; None for a name that was typed in.
    """

    figid: str
    text: str
    kind: Kind
    symbols: tuple[str, ...]
    ids: tuple[str, ...]
    taxa: tuple[int, ...]
    score: float
    match: str
    rewrites: tuple[str, ...]
    box: Box | None


def mention_rows(record: Record) -> tuple[MentionRow, ...]:
    """Return one row for each mention of a record, in its order, whatever its score."""
    return tuple(_row(record.figid, mention) for mention in record.mentions)


def to_tsv(rows: Iterable[MentionRow]) -> str:
    """Return rows as tab-separated text with a header; several values in a cell are joined by ``|``."""
    header = [field.name for field in fields(MentionRow)]
    lines = ("\t".join(_CELL_ENDS.sub(" ", cell) for cell in _cells(row)) for row in rows)
    return "\n".join(["\t".join(header), *lines]) + "\n"


def short(row: MentionRow) -> str:
    """Return what a mention stands for as a few words: the first symbols, and how many more there are."""
    more = len(row.symbols) - _SHOWN
    shown = ", ".join(row.symbols[:_SHOWN])
    return f"{shown} and {more} more" if more > 0 else shown


def _row(figid: str, mention: Mention) -> MentionRow:
    drawn = _drawn(mention.entities)
    return MentionRow(
        figid=figid,
        text=mention.text,
        kind=mention.kind,
        symbols=tuple(_symbol(entity, genes) for entity, genes in drawn),
        ids=tuple(entity.id for entity, _ in drawn),
        taxa=tuple(dict.fromkeys(e.taxon for e in mention.entities if e.taxon is not None)),
        score=mention.score,
        match=mention.match,
        rewrites=mention.rewrites,
        box=mention.box,
    )


def _drawn(entities: Sequence[Entity]) -> list[tuple[Entity, int]]:
    """Leave out the genes of families; return the other entities, a family with how many genes it has.

    The genes of a family follow it. One that the name also names itself is counted with them: it is of a
    species in which the family was expanded.
    """
    expanded = {entity.taxon for entity in entities if entity.source == _EXPANDED}
    found: list[tuple[Entity, int]] = []
    family = None
    for entity in entities:
        if family is not None and entity.taxon in expanded:
            found[family] = (found[family][0], found[family][1] + 1)
            continue
        if entity.taxon is None:
            family = len(found)
        found.append((entity, 0))
    return found


def _symbol(entity: Entity, genes: int) -> str:
    return f"{entity.symbol} ({genes} gene{'s' * (genes > 1)})" if genes else entity.symbol


def _cells(row: MentionRow) -> tuple[str, ...]:
    return (
        row.figid,
        row.text,
        row.kind,
        "|".join(row.symbols),
        "|".join(row.ids),
        "|".join(map(str, row.taxa)),
        str(row.score),
        row.match,
        "|".join(row.rewrites),
        ",".join(map(str, row.box or ())),
    )
