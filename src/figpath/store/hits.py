"""Figures that were found, with what of the query they draw and the pieces of their texts that match."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from figpath.record import MINIMUM_SCORE
from figpath.search.query import Named, Words
from figpath.search.results import Hit, Snippet
from figpath.search.snippets import Pattern, snippet
from figpath.search.spellings import forms, tokens
from figpath.store.snapshot import DRAWN

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from figpath.search.query import Leaf
    from figpath.store.snapshot import Snapshot

_TEXTS = ("title", "caption", "paper_title", "keywords")
_FACTS = """
    SELECT figure_id, x.number, x.title, x.pmcid, x.paper_title, x.journal, x.year, x.organisms, t.caption, t.keywords
    FROM facts AS x JOIN texts AS t ON t.rowid = x.figure_id WHERE figure_id IN (SELECT value FROM json_each(?))
"""
_DRAWN_TEXTS = """
    SELECT g.figure_id, m.text FROM meaning AS g JOIN mention AS m ON m.figure_id = g.figure_id AND m.n = g.n
    WHERE g.entity_id = ? AND g.figure_id IN (SELECT value FROM json_each(?)) AND g.score >= ? ORDER BY m.n
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is shown of each figure found.

    Parameters
    ----------
    entities
        Numbers of what the query names.
    patterns
        What is marked in texts.
    """

    entities: frozenset[int] = frozenset()
    patterns: tuple[Pattern, ...] = ()


def patterns_of(leaves: Sequence[Leaf]) -> tuple[Pattern, ...]:
    """Return what the wanted words and names of a query look like in texts."""
    found: list[Pattern] = []
    for leaf in leaves:
        if isinstance(leaf, Words):
            spelled = (tokens(leaf.text),) if leaf.exact or leaf.prefix else forms(leaf.text)
            found += [Pattern(tokens=form, prefix=leaf.prefix) for form in spelled]
        elif isinstance(leaf, Named) and ":" not in leaf.name:
            found += [Pattern(tokens=form, prefix=leaf.prefix) for form in forms(leaf.name)]
    return tuple(dict.fromkeys(found))


def hits(
    connection: sqlite3.Connection,
    snapshot: Snapshot,
    rows: Sequence[int],
    scores: NDArray[np.float32],
    shown: Shown,
) -> tuple[Hit, ...]:
    """Return figures as they are shown.

    Parameters
    ----------
    connection
        Of the corpus; the caller holds a transaction.
    snapshot
        The figures.
    rows
        Which, in this order.
    scores
        ``(n,)`` of all figures.
    shown
        What is shown of them.
    """
    ids = [int(snapshot.ids[row]) for row in rows]
    facts = {fact[0]: fact for fact in connection.execute(_FACTS, (json.dumps(ids),))}
    drawn = [_drawn(snapshot, row, shown.entities) for row in rows]
    present = {entity for pair in drawn for part in pair for entity in part}
    symbols = symbols_of(connection, present)
    texts = _drawn_texts(connection, ids, sorted(present, key=lambda entity: (symbols[entity], entity)))
    names = dict.fromkeys(text for found in texts.values() for text in found)
    patterns = (*shown.patterns, *patterns_of([Words(text=name, exact=True) for name in names]))
    return tuple(
        Hit(
            figid=snapshot.figids[row],
            score=round(float(scores[row]), 4),
            drawn=_distinct(symbols, itself),
            expanded=_distinct(symbols, expanded),
            drawn_as=tuple(texts.get(number, ())),
            **_facts(facts[number], patterns),
        )
        for row, number, (itself, expanded) in zip(rows, ids, drawn, strict=True)
    )


def _drawn_texts(
    connection: sqlite3.Connection, ids: Sequence[int], entities: Iterable[int]
) -> dict[int, dict[str, None]]:
    """The names under which entities stand on figures, by the figures' numbers."""
    found: dict[int, dict[str, None]] = {}
    for entity in entities:
        for figure, text in connection.execute(_DRAWN_TEXTS, (entity, json.dumps(ids), MINIMUM_SCORE)):
            found.setdefault(figure, {})[text] = None
    return found


def symbols_of(connection: sqlite3.Connection, entities: set[int]) -> dict[int, str]:
    """Return the symbols of entities by their numbers."""
    sql = "SELECT id, symbol FROM entity WHERE id IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(sql, (json.dumps(sorted(entities)),)))


def _facts(fact: tuple[Any, ...], patterns: Sequence[Pattern]) -> dict[str, Any]:
    _, number, title, pmcid, paper_title, journal, year, organisms, caption, keywords = fact
    texts = dict(zip(_TEXTS, (title, caption, paper_title, keywords), strict=True))
    return {
        "number": number,
        "title": title,
        "pmcid": pmcid,
        "paper_title": paper_title,
        "journal": journal,
        "year": year,
        "organisms": tuple(map(int, organisms.split())),
        "snippets": _snippets(texts, patterns),
    }


def _snippets(texts: dict[str, str], patterns: Sequence[Pattern]) -> tuple[Snippet, ...]:
    if not patterns:
        return ()
    found = (snippet(field, text, patterns) for field, text in texts.items())
    return tuple(one for one in found if one is not None)


def _drawn(snapshot: Snapshot, row: int, wanted: frozenset[int]) -> tuple[list[int], list[int]]:
    """What of the query a figure draws itself, and what it has as a member of a family."""
    itself: list[int] = []
    expanded: list[int] = []
    if wanted:
        entities, flags = snapshot.drawn_by(row)
        for entity, flag in zip(entities.tolist(), flags.tolist(), strict=True):
            if entity in wanted:
                (itself if flag & DRAWN else expanded).append(entity)
    return itself, expanded


def _distinct(symbols: dict[int, str], entities: Sequence[int]) -> tuple[str, ...]:
    """Symbols in their order, each once however it is written: a gene of man and mouse is one name.

    Entities are numbered as figures were stored, so that their own order would differ between equal corpora.
    """
    found: dict[str, str] = {}
    for symbol in sorted(symbols[entity] for entity in entities):
        found.setdefault(symbol.lower(), symbol)
    return tuple(found.values())
