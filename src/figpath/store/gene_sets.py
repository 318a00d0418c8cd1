"""Which genes each figure draws, as a few flat arrays: derived from the records, kept as one row each, read at once."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from figpath.record import MINIMUM_SCORE
from figpath.store.drawn_genes import EXPANDED, SYMBOL, SYNONYM, DrawnGenes, patched

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from numpy.typing import NDArray

__all__ = ["EXPANDED", "SYMBOL", "SYNONYM", "DrawnGenes", "derived", "forget", "read", "write"]

_TYPES: Final = {"first": "<i4", "taxa": "<i4", "start": "<i8", "gene": "<i4", "source": "u1", "family": "<i4"}
_TEXTS: Final = ("figids", "curies", "symbols", "families")
_FAMILY_PREFIXES = ("fplx:", "figpath:family.")
_SYMBOL_SOURCES = ("hgnc_symbol", "ncbigene_symbol", "mgi_symbol", "rgd_symbol")
_MEANINGS = f"""
    SELECT e.figure_id, e.entity_id, e.n, CASE
        WHEN m.kind = 'family' OR e.source = 'famplex_relations' THEN {EXPANDED}
        WHEN e.source IN ({", ".join(f"'{name}'" for name in _SYMBOL_SOURCES)}) THEN {SYMBOL} ELSE {SYNONYM} END
    FROM meaning AS e JOIN mention AS m ON m.figure_id = e.figure_id AND m.n = e.n WHERE e.score >= {MINIMUM_SCORE}
"""  # noqa: S608 - our own names and numbers
_CHANGED = "AND {} IN (SELECT figure_id FROM changed)"
_BLOCK = 1 << 18  # rows that are read at a time
_MENTION_BITS = 20  # a figure has fewer than a million mentions


def write(connection: sqlite3.Connection) -> None:
    """Derive the gene sets anew and keep them; the caller holds a transaction."""
    forget(connection)
    found = derived(connection)
    blobs = {name: getattr(found, name).astype(dtype).tobytes() for name, dtype in _TYPES.items()}
    blobs |= {name: "\0".join(getattr(found, name)).encode() for name in _TEXTS}
    connection.executemany("INSERT INTO gene_sets VALUES (?, ?)", blobs.items())


def forget(connection: sqlite3.Connection) -> None:
    """Take the kept gene sets away: what they were derived from changes."""
    connection.execute("DELETE FROM gene_sets")


def read(connection: sqlite3.Connection) -> DrawnGenes:
    """Return the gene sets as they are kept; derive them where they are not, as while a corpus is being built.

    Those of figures that were corrected since are derived anew and put in their places.
    """
    connection.execute("BEGIN")  # one state of the corpus, also while another process writes it
    try:
        blobs: dict[str, bytes] = dict(connection.execute("SELECT name, data FROM gene_sets"))
        if set(blobs) != {*_TYPES, *_TEXTS}:
            return derived(connection)
        kept = _unpacked(blobs)
        if not connection.execute("SELECT EXISTS (SELECT 1 FROM changed)").fetchone()[0]:
            return kept
        return patched(kept, derived(connection, changed=True))
    finally:
        connection.execute("COMMIT")


def derived(connection: sqlite3.Connection, *, changed: bool = False) -> DrawnGenes:
    """Derive the gene sets from the tables of figures, mentions and meanings; if wanted, of changed figures only."""
    of_figure, of_meaning = (_CHANGED.format("id"), _CHANGED.format("e.figure_id")) if changed else ("", "")
    sql = f"SELECT id, figid FROM figure WHERE status <> 'failed' {of_figure} ORDER BY figid"  # noqa: S608 - our own
    figures = dict(connection.execute(sql))
    entities = list(connection.execute("SELECT id, curie, taxon, symbol FROM entity ORDER BY taxon, curie"))
    genes = [row for row in entities if row[2]]
    figure, entity, n, source = _columns(connection.execute(f"{_MEANINGS} {of_meaning}"), 4)
    gene = _looked_up({row[0]: place for place, row in enumerate(genes)}, entity)
    is_gene = (gene >= 0) & (_looked_up(dict.fromkeys(figures, 0), figure) == 0)
    names = {row[0]: row[3] for row in entities if not row[2] and row[1].startswith(_FAMILY_PREFIXES)}
    keys = _keys(figure, n)
    expanded = is_gene & (source == EXPANDED)
    families, family_of = _families(connection, names, entity, keys, keys[expanded])
    family = np.full(len(gene), -1, np.int32)
    family[expanded] = family_of
    place = _looked_up({number: place for place, number in enumerate(figures)}, figure)
    figure, gene, source, family = _once(place[is_gene], gene[is_gene], source[is_gene], family[is_gene])
    used = np.bincount(gene, minlength=len(genes)) > 0  # a figure that was replaced may have left genes behind
    genes = [row for row, wanted in zip(genes, used, strict=True) if wanted]
    return DrawnGenes(
        figids=tuple(figures.values()),
        first=_first(connection, list(figures)),
        curies=tuple(row[1] for row in genes),
        symbols=tuple(row[3] for row in genes),
        taxa=np.array([row[2] for row in genes], np.int32),
        families=families,
        start=np.searchsorted(figure, np.arange(len(figures) + 1)).astype(np.int64),
        gene=(np.cumsum(used) - 1)[gene].astype(np.int32),
        source=source.astype(np.uint8),
        family=family.astype(np.int32),
    )


def _unpacked(blobs: Mapping[str, bytes]) -> DrawnGenes:
    arrays: dict[str, Any] = {name: np.frombuffer(blobs[name], dtype) for name, dtype in _TYPES.items()}
    texts: dict[str, Any] = {name: tuple(blobs[name].decode().split("\0")) if blobs[name] else () for name in _TEXTS}
    return DrawnGenes(**arrays, **texts)


def _columns(rows: sqlite3.Cursor, count: int) -> list[NDArray[np.int32]]:
    """Return rows of whole numbers as columns, without a Python list of all of them in memory."""
    cells = itertools.chain.from_iterable(rows)
    blocks = [np.empty((0, count), np.int32)]
    while len(block := np.fromiter(itertools.islice(cells, count * _BLOCK), np.int32)):
        blocks.append(block.reshape(-1, count))
    return [np.concatenate([block[:, at] for block in blocks]) for at in range(count)]


def _looked_up(table: Mapping[int, int], numbers: NDArray[np.int32]) -> NDArray[np.int32]:
    """Look numbers up in a table; -1 for what is not in it."""
    most = int(numbers.max(initial=0))
    values = np.full(max(most, max(table, default=0)) + 1, -1, np.int32)
    values[list(table)] = list(table.values())
    return values[numbers]


def _keys(figure: NDArray[np.int32], n: NDArray[np.int32]) -> NDArray[np.int64]:
    return (figure.astype(np.int64) << _MENTION_BITS) | n


def _families(
    connection: sqlite3.Connection,
    names: Mapping[int, str],
    entity: NDArray[np.int32],
    keys: NDArray[np.int64],
    wanted: NDArray[np.int64],
) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """Return the names of families, sorted, and the family of each wanted mention.

    A family is called by its entity, of several by the first in the alphabet, since the order of rows is that in which
    figures came; in a record that names none, such as one of PFOCR, by what is drawn.
    """
    named: dict[int, str] = {}
    is_family = np.isin(entity, list(names))
    for key, number in zip(keys[is_family].tolist(), entity[is_family].tolist(), strict=True):
        named[key] = min(names[number], named.get(key, names[number]))
    distinct, inverse = np.unique(wanted, return_inverse=True)
    if any(key not in named for key in distinct.tolist()):
        for figure, n, text in connection.execute("SELECT figure_id, n, text FROM mention WHERE kind = 'family'"):
            named.setdefault((figure << _MENTION_BITS) | n, text)
    texts = [named.get(key, "a family").replace("\0", " ") for key in distinct.tolist()]
    families = sorted(set(texts))
    number_of = {name: number for number, name in enumerate(families)}
    return tuple(families), np.array([number_of[text] for text in texts], np.int32)[inverse]


def _once(
    figure: NDArray[np.int32], gene: NDArray[np.int32], source: NDArray[np.int32], family: NDArray[np.int32]
) -> tuple[NDArray[np.int32], ...]:
    """Keep one row for each gene of a figure, the most direct one; order by figure, family and gene."""
    group = figure.astype(np.int64) * (int(family.max(initial=0)) + 2) + family + 1
    _, inverse, counts = np.unique(group, return_inverse=True, return_counts=True)
    members = np.where(family < 0, 0, counts.astype(np.int32)[inverse])
    del group, inverse
    order = np.lexsort((family, members, source, gene, figure))
    same = (np.diff(figure[order]) == 0) & (np.diff(gene[order]) == 0)
    kept = order[np.concatenate(([True], ~same))[: len(order)]]
    kept = kept[np.lexsort((gene[kept], family[kept], figure[kept]))]
    return figure[kept], gene[kept], source[kept], family[kept]


def _first(connection: sqlite3.Connection, figures: list[int]) -> NDArray[np.int32]:
    """For each figure, the place of the first one with nearly its picture."""
    place = {number: at for at, number in enumerate(figures)}
    first = np.arange(len(figures), dtype=np.int32)
    for number, other in connection.execute("SELECT figure_id, first_id FROM duplicate"):
        if number in place and other in place:
            first[place[number]] = place[other]
    return first
