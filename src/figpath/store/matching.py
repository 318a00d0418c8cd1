"""Which figures match a part of a query, and how well: one array over all figures for each part.

The score is BM25F (Robertson, Zaragoza, Taylor 2004, Simple BM25 extension to multiple weighted fields), in which a
field has a word or has it not: how often a caption repeats a gene says little about a drawing.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import singledispatchmethod
from typing import TYPE_CHECKING, Final, cast

import numpy as np

from figpath.grounding.text import fold
from figpath.record import MINIMUM_SCORE
from figpath.search.query import AllOf, AnyOf, Between, FigureType, Journal, Named, Organism, Without, Words
from figpath.search.spellings import forms, tokens
from figpath.store.snapshot import DRAWN, TYPES, parsed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection

    from numpy.typing import NDArray

    from figpath.grounding.mention import Kind
    from figpath.search.names import Names
    from figpath.search.query import Query
    from figpath.store.snapshot import Snapshot

WEIGHTS: Final = (("", 1.0), ("title : ", 3.0), ("{names keywords paper_title} : ", 1.0))
"""How much it counts that a word stands anywhere, and how much more in these texts."""

DRAWN_WEIGHT: Final = 4.0
"""How much it counts that a figure draws what a word names."""

CALLED_WEIGHT: Final = 8.0
"""How much, when a word is its figid or the PMC id of its paper."""

EXPANDED_WEIGHT: Final = 0.5
"""How much, when it only draws a family that has it as a member."""

_PMCID = re.compile(r"PMC\d+")
_SATURATION, _LENGTH = 1.2, 0.4  # k1 and b of BM25
_REMEMBERED = 48_000_000  # bytes of parts of queries that are kept
_KINDS: Final[dict[str, tuple[Kind, ...]]] = {
    "gene": ("gene", "family"),
    "chemical": ("chemical",),
    "disease": ("disease",),
    "drawn": (),
    "any": (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Figures that match.

    Parameters
    ----------
    mask
        ``(n,)`` whether each row of the snapshot matches.
    scores
        ``(n,)`` how well; 0 where it does not.
    """

    mask: NDArray[np.bool_]
    scores: NDArray[np.float32]


class Matcher:
    """Finds figures in one state of a corpus.

    Parameters
    ----------
    connection
        Of the corpus; the caller holds a transaction.
    snapshot
        The figures.
    names
        What names stand for.
    """

    def __init__(self, connection: sqlite3.Connection, snapshot: Snapshot, names: Names) -> None:
        self._connection, self._snapshot, self._names = connection, snapshot, names
        self._remembered: dict[Query, tuple[NDArray[np.int32], NDArray[np.float32]]] = {}
        self._bytes = 0
        mean = float(snapshot.words.mean()) if snapshot.size else 1.0
        relative = snapshot.words / np.float32(max(mean, 1.0))
        self._length = np.float32(_SATURATION) * (np.float32(1 - _LENGTH) + np.float32(_LENGTH) * relative)

    def matches(self, query: Query) -> Matches:
        """Return which figures match a query, and how well: scores of parts are added."""
        if isinstance(query, Words | Named):
            return self._dense(*self._recalled(query))
        return self._joined(query)

    def entities(self, leaf: Query) -> NDArray[np.int32]:
        """Return the numbers of what a word or name stands for; none for other parts."""
        if isinstance(leaf, Named):
            return self._named(leaf)
        if isinstance(leaf, Words) and leaf.prefix:
            return self._by_symbol(leaf.text, prefix=True)
        if isinstance(leaf, Words):
            ordinary = not leaf.exact and self._names.is_ordinary(leaf.text)
            return self._by_name(leaf.text, ("chemical", "disease") if ordinary else ())
        return np.zeros(0, dtype=np.int32)

    @singledispatchmethod
    def _joined(self, query: Query) -> Matches:
        raise TypeError(f"no such part of a query: {query!r}")

    @_joined.register
    def _(self, query: AllOf) -> Matches:
        found = [self.matches(part) for part in query.parts]
        mask = np.logical_and.reduce([one.mask for one in found])
        return Matches(mask=mask, scores=np.where(mask, _sum(found), np.float32(0)))

    @_joined.register
    def _(self, query: AnyOf) -> Matches:
        found = [self.matches(part) for part in query.parts]
        return Matches(mask=np.logical_or.reduce([one.mask for one in found]), scores=_sum(found))

    @_joined.register
    def _(self, query: Without) -> Matches:
        return self._only(~self.matches(query.part).mask)

    @_joined.register
    def _(self, query: Organism) -> Matches:
        mask = np.zeros(self._snapshot.size, dtype=np.bool_)
        mask[self._snapshot.organism_rows[self._snapshot.organisms == query.taxon]] = True
        return self._only(mask)

    @_joined.register
    def _(self, query: Between) -> Matches:
        if query.field == "year":
            years = self._snapshot.years
            return self._only((years != 0) & (years >= query.low) & (years <= query.high))
        scores = self._snapshot.pathway
        return self._only((scores >= query.low) & (scores <= query.high))

    @_joined.register
    def _(self, query: Journal) -> Matches:
        wanted = f" {' '.join(tokens(query.name))} "
        names = [f" {' '.join(tokens(name))} " for name in self._snapshot.journal_names]
        exact = [n for n, name in enumerate(names) if name == wanted]
        places = exact or [n for n, name in enumerate(names) if wanted in name]
        return self._only(np.isin(self._snapshot.journals, places))

    @_joined.register
    def _(self, query: FigureType) -> Matches:
        return self._only(self._snapshot.types == TYPES.index(query.code))

    def _only(self, mask: NDArray[np.bool_]) -> Matches:
        return Matches(mask=mask, scores=np.zeros(self._snapshot.size, dtype=np.float32))

    def _dense(self, rows: NDArray[np.int32], scores: NDArray[np.float32]) -> Matches:
        mask = np.zeros(self._snapshot.size, dtype=np.bool_)
        mask[rows] = True
        full = np.zeros(self._snapshot.size, dtype=np.float32)
        full[rows] = scores
        return Matches(mask=mask, scores=full)

    def _recalled(self, leaf: Words | Named) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Rows and scores of a leaf; those of the last ones are kept."""
        found = self._remembered.pop(leaf, None)
        if found is None:
            found = self._scored(leaf)
            self._bytes += found[0].nbytes + found[1].nbytes
        self._remembered[leaf] = found
        while self._bytes > _REMEMBERED and len(self._remembered) > 1:
            oldest = self._remembered.pop(next(iter(self._remembered)))
            self._bytes -= oldest[0].nbytes + oldest[1].nbytes
        return found

    def _scored(self, leaf: Words | Named) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        weights = np.zeros(self._snapshot.size, dtype=np.float32)
        self._add_drawn(weights, leaf)
        if isinstance(leaf, Words):
            self._add_texts(weights, leaf)
            weights[self._called(leaf.text)] += np.float32(CALLED_WEIGHT)
        else:
            self._add_drawn_text(weights, leaf)
        rows = np.flatnonzero(weights).astype(np.int32)
        total, count = self._snapshot.size, len(rows)
        rarity = np.float32(math.log(1 + (total - count + 0.5) / (count + 0.5)))
        weight = weights[rows]
        scores = rarity * weight * np.float32(_SATURATION + 1) / (weight + self._length[rows])
        return rows, scores.astype(np.float32, copy=False)

    def _add_drawn(self, weights: NDArray[np.float32], leaf: Words | Named) -> None:
        """Add what it counts that a figure draws, or has as a member of a family, one of the entities."""
        drawn = np.zeros(self._snapshot.size, dtype=np.bool_)
        expanded = np.zeros(self._snapshot.size, dtype=np.bool_)
        for entity in self.entities(leaf).tolist():
            rows, flags = self._snapshot.drawing(entity)
            itself = (flags & DRAWN).astype(np.bool_)
            drawn[rows[itself]] = True
            expanded[rows[~itself]] = True
        weights[drawn] += np.float32(DRAWN_WEIGHT)
        if not (isinstance(leaf, Named) and leaf.field == "drawn"):
            weights[expanded & ~drawn] += np.float32(EXPANDED_WEIGHT)

    def _add_texts(self, weights: NDArray[np.float32], leaf: Words) -> None:
        spelled = (tokens(leaf.text),) if leaf.exact or leaf.prefix else forms(leaf.text)
        star = "*" if leaf.prefix else ""
        wanted = " OR ".join(f'"{" ".join(form)}"{star}' for form in spelled)
        if leaf.prefix:  # what many words begin with is looked for once, and not in each text
            weights[self._matching(wanted)] += np.float32(1)
            return
        for place, weight in WEIGHTS:
            weights[self._matching(f"{place}({wanted})")] += np.float32(weight)

    def _called(self, text: str) -> NDArray[np.int32]:
        """Rows of the figure that has a text for its figid, or of the figures of a paper by its PMC id."""
        figids = self._snapshot.figids
        name = f"PMC{text[3:]}" if text[:3].lower() == "pmc" else text
        at = bisect_left(figids, name)
        found = [at] if at < len(figids) and figids[at] == name else []
        if not _PMCID.fullmatch(name):
            return np.array(found, dtype=np.int32)
        sql = "SELECT group_concat(figure_id) FROM facts WHERE pmcid = ?"
        ids = parsed(self._connection.execute(sql, (name,)).fetchone()[0])
        named = range(bisect_left(figids, f"{name}__"), bisect_left(figids, f"{name}`"))  # ` comes after _
        return np.union1d(self._snapshot.rows_of(ids), [*found, *named]).astype(np.int32)

    def _add_drawn_text(self, weights: NDArray[np.float32], leaf: Named) -> None:
        """Add figures that draw the very text: what no lexicon knows, and families of which only members are kept."""
        key = fold(leaf.name)
        if not key or leaf.prefix or leaf.field not in ("gene", "drawn"):
            return
        kind = "" if leaf.field == "drawn" else "AND kind = 'family'"
        sql = f"SELECT group_concat(figure_id) FROM mention WHERE key = ? {kind} AND score >= {MINIMUM_SCORE}"  # noqa: S608 - our own texts
        ids = parsed(self._connection.execute(sql, (key,)).fetchone()[0])
        rows = self._snapshot.rows_of(ids)
        weights[rows] = np.maximum(weights[rows], np.float32(DRAWN_WEIGHT))

    def _matching(self, expression: str) -> NDArray[np.int32]:
        """Rows whose texts match an expression of FTS5 that is made of tokens in quotes."""
        sql = "SELECT group_concat(rowid) FROM texts WHERE texts MATCH ?"
        return self._snapshot.rows_of(parsed(self._connection.execute(sql, (expression,)).fetchone()[0]))

    def _named(self, leaf: Named) -> NDArray[np.int32]:
        kinds = _KINDS[leaf.field]
        if ":" in leaf.name:
            prefix, _, local = leaf.name.partition(":")
            found = self._by_curie((f"{prefix.lower()}:{local}", leaf.name), kinds)
            if len(found):
                return found
        if leaf.prefix:
            return self._by_symbol(leaf.name, kinds, prefix=True)
        return self._by_name(leaf.name, kinds)

    def _by_name(self, name: str, kinds: Collection[Kind]) -> NDArray[np.int32]:
        """What has a name by the lexicon, or as its symbol in the corpus."""
        curies = self._names.of_name(name, kinds)
        return np.union1d(self._by_curie(curies, kinds), self._by_symbol(name, kinds)).astype(np.int32)

    def _by_curie(self, curies: Collection[str], kinds: Collection[str] = ()) -> NDArray[np.int32]:
        found = [
            number
            for curie in curies
            for number, kind in self._connection.execute("SELECT id, kind FROM entity WHERE curie = ?", (curie,))
            if not kinds or kind in kinds
        ]
        return np.array(found, dtype=np.int32)

    def _by_symbol(self, name: str, kinds: Collection[str] = (), *, prefix: bool = False) -> NDArray[np.int32]:
        if prefix:
            rows = self._connection.execute(
                "SELECT id, kind FROM entity WHERE symbol >= ? COLLATE NOCASE AND symbol < ? COLLATE NOCASE",
                (name, name + chr(0x10FFFF)),
            )
        else:
            rows = self._connection.execute("SELECT id, kind FROM entity WHERE symbol = ? COLLATE NOCASE", (name,))
        return np.array([number for number, kind in rows if not kinds or kind in kinds], dtype=np.int32)


def _sum(found: list[Matches]) -> NDArray[np.float32]:
    return cast("NDArray[np.float32]", np.add.reduce([one.scores for one in found]))
