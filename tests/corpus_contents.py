"""All that a corpus says, in an order that does not depend on how it was written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_QUERIES = (
    """SELECT figid, status, origin, reason, location, picture, known, fingerprint, extras, record
       FROM figure ORDER BY 1""",
    "SELECT sha256, width, height, dhash, path, thumbnail, data FROM picture ORDER BY 1",
    """SELECT f.figid, pmcid, number, title, paper_title, journal, year, doi, pathway_score, organisms, lines, mentions,
       relations FROM facts AS x JOIN figure AS f ON f.id = x.figure_id ORDER BY 1""",
    "SELECT f.figid, n, text, kind, score FROM mention AS m JOIN figure AS f ON f.id = m.figure_id ORDER BY 1, 2",
    """SELECT f.figid, m.n, e.curie, e.taxon, e.symbol, m.source, m.score FROM meaning AS m
       JOIN entity AS e ON e.id = m.entity_id JOIN figure AS f ON f.id = m.figure_id ORDER BY 1, 2, 3, 4""",
    """SELECT f.figid, t.title, t.caption, t.paper_title, t.keywords, t.names, x.words FROM texts AS t
       JOIN figure AS f ON f.id = t.rowid JOIN facts AS x ON x.figure_id = f.id ORDER BY 1""",
    """SELECT f.figid, g.figid, d.distance, d.same_bytes FROM duplicate AS d
       JOIN figure AS f ON f.id = d.figure_id JOIN figure AS g ON g.id = d.first_id ORDER BY 1""",
    "SELECT name, data FROM gene_sets ORDER BY 1",
)


def contents(path: Path) -> list[list[tuple[Any, ...]]]:
    """The rows of every table; numbers of figures, which depend on who was first, are left out."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [list(connection.execute(query)) for query in _QUERIES]
