"""The tables of a corpus, and the steps from one version of them to the next.

`MIGRATIONS` holds what cannot be made again and is only ever added to. `INDEXES` holds what is derived from the
records: when it changes, raise `INDEX_VERSION`, and the next writer rebuilds it.
"""

from __future__ import annotations

from typing import Final

APPLICATION: Final = 0x66677074
"""What SQLite's header of a corpus says of the program: ``fgpt``."""

MIGRATIONS: Final[tuple[str, ...]] = (
    """
    CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE picture (
        sha256 TEXT PRIMARY KEY,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        dhash INTEGER,               -- 64 bits, as a signed number; NULL for a plain picture
        path TEXT NOT NULL,          -- relative to the corpus when it lies beside or below it
        thumbnail BLOB NOT NULL,
        data BLOB NOT NULL
    );
    CREATE TABLE figure (
        id INTEGER PRIMARY KEY,
        figid TEXT NOT NULL UNIQUE,
        status TEXT NOT NULL CHECK (status IN ('ok', 'partial', 'failed')),
        origin TEXT NOT NULL,
        reason TEXT NOT NULL,
        location TEXT NOT NULL,
        picture TEXT NOT NULL,       -- SHA-256; empty when there is none
        known TEXT NOT NULL,         -- SHA-256 of what the paper says about the figure
        fingerprint TEXT NOT NULL,
        extras TEXT NOT NULL,
        record TEXT NOT NULL         -- canonical JSON
    );
    CREATE INDEX figure_picture ON figure (picture);
    CREATE INDEX figure_status ON figure (status, figid) WHERE status <> 'ok';
    """,
    """
    CREATE TABLE correction (        -- only ever added to
        id TEXT PRIMARY KEY,
        figid TEXT NOT NULL,         -- its figure may not be there yet, or any more
        made TEXT NOT NULL,          -- UTC
        line TEXT NOT NULL           -- canonical JSON
    );
    CREATE INDEX correction_order ON correction (figid, made, id);
    CREATE TABLE as_read (           -- of a figure with corrections: what the machine read
        figid TEXT PRIMARY KEY,
        record TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
)

READABLE: Final = 1
"""The earliest version of the lasting tables that can be read before a writer brings them up to date."""

INDEX_VERSION: Final = "3"

INDEXES: Final[dict[str, str]] = {
    "facts": """
        CREATE TABLE facts (
            figure_id INTEGER PRIMARY KEY,
            pmcid TEXT NOT NULL,
            number TEXT NOT NULL,
            title TEXT NOT NULL,
            paper_title TEXT NOT NULL,
            journal TEXT NOT NULL,
            year INTEGER,
            doi TEXT NOT NULL,
            pathway_score REAL,
            organisms TEXT NOT NULL,     -- taxon ids, joined by blanks
            lines INTEGER NOT NULL,
            mentions INTEGER NOT NULL,
            relations INTEGER NOT NULL,
            words INTEGER NOT NULL       -- of title, caption, paper title, keywords and drawn names
        );
        """,
    "mention": """
        CREATE TABLE mention (
            figure_id INTEGER NOT NULL,
            n INTEGER NOT NULL,          -- place in the record
            text TEXT NOT NULL,
            kind TEXT NOT NULL,
            score REAL NOT NULL,
            key TEXT NOT NULL,           -- the text as the lexicon folds it
            PRIMARY KEY (figure_id, n)
        ) WITHOUT ROWID;
        CREATE INDEX mention_key ON mention (key, kind, score);
        """,
    "entity": """
        CREATE TABLE entity (
            id INTEGER PRIMARY KEY,
            curie TEXT NOT NULL,
            taxon INTEGER NOT NULL,      -- 0 for what belongs to no species
            symbol TEXT NOT NULL,
            kind TEXT NOT NULL,          -- gene, family, chemical or disease
            UNIQUE (curie, taxon)
        );
        CREATE INDEX entity_symbol ON entity (symbol COLLATE NOCASE);
        """,
    "meaning": """
        CREATE TABLE meaning (
            entity_id INTEGER NOT NULL,
            figure_id INTEGER NOT NULL,
            n INTEGER NOT NULL,          -- the mention
            source TEXT NOT NULL,        -- as in the record, famplex_relations for what is expanded and not drawn
            score REAL NOT NULL,
            place INTEGER NOT NULL,      -- among the entities of the mention, from 0
            PRIMARY KEY (entity_id, figure_id, n)
        ) WITHOUT ROWID;
        CREATE INDEX meaning_figure ON meaning (figure_id);
        """,
    "duplicate": """
        CREATE TABLE duplicate (
            figure_id INTEGER PRIMARY KEY,
            first_id INTEGER NOT NULL,   -- the first figure, by figid, of those with nearly this picture
            distance INTEGER NOT NULL,   -- bits in which the perceptual hashes differ
            same_bytes INTEGER NOT NULL
        );
        CREATE INDEX duplicate_first ON duplicate (first_id);
        """,
    "texts": """
        CREATE VIRTUAL TABLE texts USING fts5 (
            title, caption, paper_title, keywords, names,
            prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
        );
        """,
    "snapshot": """
        CREATE TABLE snapshot (          -- figures and what they draw as arrays, see present.py
            name TEXT PRIMARY KEY,
            data BLOB NOT NULL
        ) WITHOUT ROWID;
        """,
    "changed": """
        CREATE TABLE changed (           -- figures that the arrays do not have as they are now
            figure_id INTEGER PRIMARY KEY
        );
        """,
    "gene_sets": """
        CREATE TABLE gene_sets (
            name TEXT PRIMARY KEY,       -- of an array, see figpath.store.gene_sets
            data BLOB NOT NULL
        );
        """,
}
"""Each derived table and how it is made."""
