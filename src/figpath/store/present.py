"""The present state of a corpus as arrays: those that are kept in it, with what has changed since laid over them.

The arrays are kept as they were when the corpus was last finished. The table ``changed`` knows which figures were put
in or taken out since; these are read from the other tables, so that a reader never sees an old state.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from figpath.record import MINIMUM_SCORE
from figpath.store.snapshot import TYPES, Snapshot, gathered, parsed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from numpy.typing import NDArray

_LETTERS = re.compile("[A-Z]+")
_TYPES: Final[dict[str, str]] = {
    "ids": "<i4", "years": "<i2", "types": "u1", "journals": "<i4", "pathway": "<f8", "words": "<f4",
    "organism_rows": "<i4", "organisms": "<i4",
    "starts": "<i8", "entities": "<i4", "flags": "u1", "entity_starts": "<i8", "rows": "<i4", "row_flags": "u1",
}  # fmt: skip
_LISTS = ("figids", "journal_names")
_SEPARATOR = "\n"
_FLAG_BITS, _ENTITY_BITS = 8, 28  # which leaves 27 bits for the row: 134 million figures
_FLAGS, _ENTITIES = (1 << _FLAG_BITS) - 1, (1 << _ENTITY_BITS) - 1

_FACTS = """
    SELECT f.figid, f.id, coalesce(x.year, 0), x.journal, coalesce(x.pathway_score, 'nan'), x.words, x.organisms,
           x.number
    FROM figure AS f JOIN facts AS x ON x.figure_id = f.id WHERE f.status <> 'failed' {only}
"""
_PAIRS = f"""
    SELECT entity_id, group_concat(figure_id), group_concat((source <> 'famplex_relations') + 2 * (place = 0))
    FROM meaning WHERE score >= {MINIMUM_SCORE} {{only}} GROUP BY entity_id
"""  # noqa: S608 - a number of our own
_JOURNAL = 3  # its place among the facts
_ONLY_CHANGED = "AND {} IN (SELECT figure_id FROM changed)"


def load(connection: sqlite3.Connection, known: Snapshot | None = None) -> Snapshot:
    """Return the corpus as it is now; the caller holds a transaction.

    Parameters
    ----------
    connection
        Of the corpus.
    known
        The arrays as they are kept, when the caller has read them before (see `kept`).
    """
    base = known or kept(connection)
    if not _any_changed(connection):
        return base
    changed = parsed(connection.execute("SELECT group_concat(figure_id) FROM changed").fetchone()[0])
    return _merged(base, changed, _read(connection, everything=not base.size))


def refresh(connection: sqlite3.Connection) -> None:
    """Keep the arrays as the corpus is now; the caller holds a transaction for writing."""
    if stamp(connection) and not _any_changed(connection):
        return
    found = load(connection)
    connection.execute("DELETE FROM snapshot")
    for one in fields(found):
        value = getattr(found, one.name)
        data = _SEPARATOR.join(value).encode() if one.name in _LISTS else value.tobytes()
        connection.execute("INSERT INTO snapshot VALUES (?, ?)", (one.name, data))
    connection.execute("DELETE FROM changed")
    connection.execute("INSERT OR REPLACE INTO about VALUES ('snapshot', ?)", (uuid.uuid4().hex,))


def _any_changed(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM changed)").fetchone()[0])


def stamp(connection: sqlite3.Connection) -> str:
    """Return what tells the kept arrays from later ones."""
    found = connection.execute("SELECT value FROM about WHERE key = 'snapshot'").fetchone()
    return str(found[0]) if found else ""


def kept(connection: sqlite3.Connection) -> Snapshot:
    """Return the arrays as they are kept, without what has changed since."""
    blobs = dict(connection.execute("SELECT name, data FROM snapshot"))
    arrays: dict[str, Any] = {
        name: np.frombuffer(blobs.get(name, b""), dtype=dtype).astype(dtype[-2:], copy=False)
        for name, dtype in _TYPES.items()
    }
    if not blobs:
        arrays["starts"] = arrays["entity_starts"] = np.zeros(1, dtype=np.int64)
    size = len(arrays["ids"])
    lists = {name: tuple(blobs.get(name, b"").decode().split(_SEPARATOR)) for name in _LISTS}
    return Snapshot(**arrays, **(lists if size else dict.fromkeys(_LISTS, ())))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """What the tables say: facts of figures, and triples of figure, entity and flags."""

    facts: list[tuple[Any, ...]]
    ids: NDArray[np.int32]
    entities: NDArray[np.int32]
    flags: NDArray[np.uint8]


def _read(connection: sqlite3.Connection, *, everything: bool) -> _Rows:
    only = ("", "") if everything else (_ONLY_CHANGED.format("f.id"), _ONLY_CHANGED.format("figure_id"))
    found = connection.execute(_FACTS.format(only=only[0]))
    # Names of journals are kept one a line.
    facts = [(*fact[:_JOURNAL], " ".join(fact[_JOURNAL].split()), *fact[_JOURNAL + 1 :]) for fact in found]
    ids, entities, flags = [], [], []
    for entity, figures, marks in connection.execute(_PAIRS.format(only=only[1])):
        ids.append(parsed(figures))
        entities.append(np.full(len(ids[-1]), entity, dtype=np.int32))
        flags.append(parsed(marks).astype(np.uint8))
    return _Rows(
        facts=facts,
        ids=np.concatenate([np.zeros(0, dtype=np.int32), *ids]),
        entities=np.concatenate([np.zeros(0, dtype=np.int32), *entities]),
        flags=np.concatenate([np.zeros(0, dtype=np.uint8), *flags]),
    )


def _merged(base: Snapshot, changed: NDArray[np.int32], found: _Rows) -> Snapshot:
    """Take the changed figures out of the arrays and put in what the tables say of them now."""
    stays = np.flatnonzero(~np.isin(base.ids, changed))
    facts = sorted(found.facts)
    figids = [*(base.figids[row] for row in stays), *(fact[0] for fact in facts)]
    order = np.array(sorted(range(len(figids)), key=figids.__getitem__), dtype=np.int64)
    journal_names = tuple(dict.fromkeys((*base.journal_names, *(fact[3] for fact in facts))))
    place = {name: number for number, name in enumerate(journal_names)}

    def joined(old: NDArray[Any], new: Sequence[object]) -> NDArray[Any]:
        return np.concatenate([old[stays], np.array(new, dtype=old.dtype)])[order]

    ids = joined(base.ids, [fact[1] for fact in facts])
    organism_ids, organisms = _organisms(base, stays, facts)
    pairs = _sorted_pairs(base, stays, found, ids)
    return Snapshot(
        figids=tuple(figids[place] for place in order),
        ids=ids,
        years=joined(base.years, [fact[2] for fact in facts]),
        types=joined(base.types, [_type(fact[7]) for fact in facts]),
        journals=joined(base.journals, [place[fact[3]] for fact in facts]),
        journal_names=journal_names,
        pathway=joined(base.pathway, [float(fact[4]) for fact in facts]),
        words=joined(base.words, [fact[5] for fact in facts]),
        organism_rows=_rows_by_id(ids, organism_ids),
        organisms=organisms,
        **_both_ways(*pairs, size=len(ids)),
    )


def _organisms(
    base: Snapshot, stays: NDArray[np.int64], facts: Sequence[tuple[Any, ...]]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Pairs of a figure's number and a taxon id."""
    old = np.isin(base.organism_rows, stays)
    new = [(fact[1], int(taxon)) for fact in facts for taxon in dict.fromkeys(fact[6].split())]
    added = np.array(new, dtype=np.int32).reshape(len(new), 2)
    ids = np.concatenate([base.ids[base.organism_rows[old]], added[:, 0]])
    return ids, np.concatenate([base.organisms[old], added[:, 1]])


def _type(number: str) -> int:
    """The type that the number of a figure begins with; a plain figure where it says nothing."""
    found = _LETTERS.match(number)
    return TYPES.index(found[0]) if found and found[0] in TYPES else 0


def _rows_by_id(ids: NDArray[np.int32], wanted: NDArray[np.int32]) -> NDArray[np.int32]:
    row_of = np.full(int(ids.max(initial=0)) + 1, -1, dtype=np.int32)
    row_of[ids] = np.arange(len(ids), dtype=np.int32)
    return row_of[wanted]


def _sorted_pairs(
    base: Snapshot, stays: NDArray[np.int64], found: _Rows, ids: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint8]]:
    """Rows, entities and flags, sorted by row and then entity, each pair once with the flags of all its mentions."""
    there = np.isin(found.ids, ids)
    old_rows = np.repeat(_rows_by_id(ids, base.ids[stays]), np.diff(base.starts)[stays])
    places = gathered(base.starts, stays)
    # Row, entity and flags in one number each: sorting these in place needs half the memory of sorting places.
    packed = np.concatenate(
        [
            _packed(old_rows, base.entities[places], base.flags[places]),
            _packed(_rows_by_id(ids, found.ids[there]), found.entities[there], found.flags[there]),
        ]
    )
    packed.sort()
    flags = (packed & _FLAGS).astype(np.uint8)
    packed >>= _FLAG_BITS
    begins = np.flatnonzero(np.diff(packed, prepend=-1))
    merged = np.bitwise_or.reduceat(flags, begins) if len(begins) else flags
    packed = packed[begins]
    return (packed >> _ENTITY_BITS).astype(np.int32), (packed & _ENTITIES).astype(np.int32), merged


def _packed(rows: NDArray[np.int32], entities: NDArray[np.int32], flags: NDArray[np.uint8]) -> NDArray[np.int64]:
    packed = rows.astype(np.int64)
    packed <<= _ENTITY_BITS
    packed |= entities
    packed <<= _FLAG_BITS
    packed |= flags
    return packed


def _both_ways(
    rows: NDArray[np.int32], entities: NDArray[np.int32], flags: NDArray[np.uint8], *, size: int
) -> dict[str, NDArray[Any]]:
    order = np.argsort(entities, kind="stable")
    counts = np.bincount(entities, minlength=int(entities.max(initial=0)) + 1)
    return {
        "starts": _cumulated(np.bincount(rows, minlength=size)),
        "entities": entities,
        "flags": flags,
        "entity_starts": _cumulated(counts),
        "rows": rows[order],
        "row_flags": flags[order],
    }


def _cumulated(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts, dtype=np.int64)])
