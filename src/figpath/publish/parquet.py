"""A corpus as three Parquet tables: figures, mentions and relations, in the columns that data frames want."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from figpath.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from figpath.record import Record

_GROUP = 2000  # figures that are written at a time

_TEXTS = pa.list_(pa.string())
_BOX = [(name, pa.int32()) for name in ("x0", "y0", "x1", "y1")]
SCHEMAS = {
    "figures": pa.schema(
        [
            *[(name, pa.string()) for name in ("figid", "status", "reason", "origin", "pmcid", "number", "title")],
            *[(name, pa.string()) for name in ("caption", "paper_title", "reference", "year", "doi", "journal")],
            *[(name, pa.string()) for name in ("licence", "filename", "link")],
            ("width", pa.int32()),
            ("height", pa.int32()),
            ("pathway_score", pa.float64()),
            ("organisms", pa.list_(pa.int32())),
            ("keywords", _TEXTS),
            ("text", pa.string()),
        ]
    ),
    "mentions": pa.schema(
        [
            ("figid", pa.string()),
            ("n", pa.int32()),
            *[(name, pa.string()) for name in ("text", "kind", "match")],
            ("score", pa.float64()),
            *_BOX,
            *[(name, _TEXTS) for name in ("ids", "symbols", "sources", "rewrites")],
            ("taxa", pa.list_(pa.int32())),
        ]
    ),
    "relations": pa.schema(
        [
            ("figid", pa.string()),
            ("source", pa.int32()),
            ("target", pa.int32()),
            *[(name, pa.string()) for name in ("source_text", "target_text", "sign")],
            ("score", pa.float64()),
            ("path", pa.list_(pa.list_(pa.int32()))),
        ]
    ),
}
"""Columns of each table. Of a mention, ``ids``, ``symbols``, ``sources`` and ``taxa`` (0 for none) go together."""


def write_tables(records: Iterable[Record], folder: Path) -> dict[str, int]:
    """Write ``figures.parquet``, ``mentions.parquet`` and ``relations.parquet``, each whole or not at all.

    Parameters
    ----------
    records
        Figures; they are not held in memory together.
    folder
        An existing folder.

    Returns
    -------
    dict
        Rows of each table.

    Raises
    ------
    InputError
        When a file cannot be written.
    """
    parts = {name: folder / f"{name}.parquet.part" for name in SCHEMAS}
    try:
        counts = _write(records, parts)
        for part in parts.values():
            part.replace(part.with_suffix(""))
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"cannot write tables to {folder}: {error}; choose another folder") from error
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
    return counts


def _write(records: Iterable[Record], parts: dict[str, Path]) -> dict[str, int]:
    counts = dict.fromkeys(SCHEMAS, 0)
    writers = {name: pq.ParquetWriter(parts[name], schema, compression="zstd") for name, schema in SCHEMAS.items()}
    try:
        waiting = iter(records)
        while group := list(islice(waiting, _GROUP)):
            for name, writer in writers.items():
                rows = [row for record in group for row in _ROWS[name](record)]
                writer.write_table(pa.Table.from_pylist(rows, schema=SCHEMAS[name]))
                counts[name] += len(rows)
    finally:
        for writer in writers.values():
            writer.close()
    return counts


def _figure_rows(record: Record) -> Iterator[dict[str, Any]]:
    figure, paper = record.figure, record.figure.paper
    yield {
        "figid": record.figid,
        "status": record.status,
        "reason": record.reason,
        "origin": record.provenance.origin,
        "pmcid": paper.pmcid,
        "number": figure.number,
        "title": figure.title,
        "caption": figure.caption,
        "paper_title": paper.title,
        "reference": paper.reference,
        "year": paper.year,
        "doi": paper.doi,
        "journal": paper.journal,
        "licence": paper.licence,
        "filename": figure.filename,
        "link": figure.link,
        "width": record.width,
        "height": record.height,
        "pathway_score": record.pathway_score,
        "organisms": record.organisms,
        "keywords": paper.keywords,
        "text": "\n".join(line.text for line in record.lines),
    }


def _mention_rows(record: Record) -> Iterator[dict[str, Any]]:
    for n, mention in enumerate(record.mentions):
        box: Sequence[int | None] = mention.box or (None,) * 4
        yield {
            "figid": record.figid,
            "n": n,
            "text": mention.text,
            "kind": mention.kind,
            "match": mention.match,
            "score": mention.score,
            **dict(zip(("x0", "y0", "x1", "y1"), box, strict=True)),
            "ids": [entity.id for entity in mention.entities],
            "symbols": [entity.symbol for entity in mention.entities],
            "sources": [entity.source for entity in mention.entities],
            "rewrites": mention.rewrites,
            "taxa": [entity.taxon or 0 for entity in mention.entities],
        }


def _relation_rows(record: Record) -> Iterator[dict[str, Any]]:
    for relation in record.relations:
        yield {
            "figid": record.figid,
            "source": relation.source,
            "target": relation.target,
            "source_text": record.mentions[relation.source].text,
            "target_text": record.mentions[relation.target].text,
            "sign": relation.sign,
            "score": relation.score,
            "path": [list(point) for point in relation.path],
        }


_ROWS: dict[str, Callable[[Record], Iterator[dict[str, Any]]]] = {
    "figures": _figure_rows,
    "mentions": _mention_rows,
    "relations": _relation_rows,
}
