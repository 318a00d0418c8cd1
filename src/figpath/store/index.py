"""What is derived from the record of a figure: its facts, mentions and entities as rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from figpath.errors import StoreError
from figpath.grounding.text import fold
from figpath.record import MINIMUM_SCORE

if TYPE_CHECKING:
    import sqlite3

_YEAR = re.compile(r"[12]\d{3}")
_PUT_FACTS = "INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PUT_TEXTS = "INSERT INTO texts (rowid, title, caption, paper_title, keywords, names) VALUES (?, ?, ?, ?, ?, ?)"
_PUT_ENTITY = "INSERT INTO entity (curie, taxon, symbol, kind) VALUES (?, ?, ?, ?)"
_BETWEEN = " · "  # keywords and names
_FIGURE_TABLES = ("facts", "mention", "meaning")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entity:
    id: str
    symbol: str
    taxon: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mention:
    text: str
    kind: str
    score: float
    entities: tuple[_Entity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paper:
    pmcid: str = ""
    title: str = ""
    year: str = ""
    doi: str = ""
    journal: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figure:
    number: str = ""
    title: str = ""
    caption: str = ""
    paper: _Paper = field(default_factory=_Paper)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Indexed:
    """The part of a record that is indexed: decoding it takes a tenth of the time of the whole record."""

    pathway_score: float | None = None
    organisms: tuple[int, ...] = ()
    figure: _Figure
    lines: tuple[msgspec.Raw, ...] = ()
    mentions: tuple[_Mention, ...] = ()
    relations: tuple[msgspec.Raw, ...] = ()


class Index:
    """Writes the derived rows of figures.

    Parameters
    ----------
    connection
        Of a corpus that is open for writing.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[str, int], int] = {}

    def forget_entities(self) -> None:
        """Start anew with the ids of entities, after a roll-back or when the tables were made again."""
        self._known.clear()

    def remove(self, figure_id: int) -> None:
        """Take away the rows of a figure."""
        for table in _FIGURE_TABLES:
            self._connection.execute(f"DELETE FROM {table} WHERE figure_id = ?", (figure_id,))  # noqa: S608 - our names
        self._connection.execute("DELETE FROM texts WHERE rowid = ?", (figure_id,))
        self._connection.execute("INSERT OR IGNORE INTO changed VALUES (?)", (figure_id,))

    def add(self, figure_id: int, record: bytes | str) -> None:
        """Add the rows of a figure that has none.

        Raises
        ------
        StoreError
            When the record is not one.
        """
        try:
            found = _decoder().decode(record)
        except (msgspec.DecodeError, UnicodeError) as error:
            raise StoreError(f"a record in the corpus is damaged: {error}; build the corpus again") from error
        texts = _texts(found)
        self._connection.execute(_PUT_FACTS, (*_facts(figure_id, found), sum(len(text.split()) for text in texts)))
        self._connection.execute(_PUT_TEXTS, (figure_id, *texts))
        self._connection.executemany(
            "INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?)",
            [(figure_id, n, one.text, one.kind, one.score, fold(one.text)) for n, one in enumerate(found.mentions)],
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO meaning VALUES (?, ?, ?, ?, ?, ?)",
            [
                (self._entity(entity, mention.kind), figure_id, n, entity.source, mention.score, place)
                for n, mention in enumerate(found.mentions)
                for place, entity in enumerate(mention.entities)
            ],
        )
        self._connection.execute("INSERT OR IGNORE INTO changed VALUES (?)", (figure_id,))

    def _entity(self, entity: _Entity, kind: str) -> int:
        key = (entity.id, entity.taxon or 0)
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = self._entity_row(key, entity.symbol, _kind(entity, kind))
        return number

    def _entity_row(self, key: tuple[str, int], symbol: str, kind: str) -> int:
        found = self._connection.execute("SELECT id FROM entity WHERE curie = ? AND taxon = ?", key).fetchone()
        if found:
            return int(found[0])
        return int(self._connection.execute(_PUT_ENTITY, (*key, symbol, kind)).lastrowid or 0)


def _kind(entity: _Entity, kind: str) -> str:
    """What an entity is, from the mention that it stands in: a family's mention has its members, too."""
    if kind in ("chemical", "disease"):
        return kind
    return "gene" if entity.taxon else "family"


def _texts(record: _Indexed) -> tuple[str, str, str, str, str]:
    """What is searched for words: title, caption, title of the paper, keywords, and the names drawn for sure."""
    figure, paper = record.figure, record.figure.paper
    drawn = dict.fromkeys(one.text for one in record.mentions if one.entities and one.score >= MINIMUM_SCORE)
    return figure.title, figure.caption, paper.title, _BETWEEN.join(paper.keywords), _BETWEEN.join(drawn)


def _facts(figure_id: int, record: _Indexed) -> tuple[object, ...]:
    figure, paper = record.figure, record.figure.paper
    year = _YEAR.search(paper.year)
    return (
        figure_id,
        paper.pmcid,
        figure.number,
        figure.title,
        paper.title,
        paper.journal,
        int(year[0]) if year else None,
        paper.doi,
        record.pathway_score,
        " ".join(map(str, record.organisms)),
        len(record.lines),
        len(record.mentions),
        len(record.relations),
    )


@cache
def _decoder() -> msgspec.json.Decoder[_Indexed]:
    return msgspec.json.Decoder(_Indexed)
