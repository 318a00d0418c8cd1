"""Records of PFOCR as records of figpath, so that a corpus has its 110,000 figures on the first day."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from figpath.corpus.task import entry_of
from figpath.entry import Key
from figpath.errors import FigpathError
from figpath.figure import Figure
from figpath.grounding.mention import Entity, Mention
from figpath.record import Provenance, Record
from figpath.source.images import figure_id_of
from figpath.source.pfocr import read_record
from figpath.source.pfocr_extras import extras_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from figpath.corpus.build import Corpus, Summary
    from figpath.entry import Entry, Stored
    from figpath.grounding.mention import Kind
    from figpath.source.pfocr import PfocrRecord
    from figpath.source.pfocr_tables import ChemicalRow, DiseaseRow, GeneRow

SCORE: Final = 0.887
"""Of every mention: the precision that PFOCR's published output had against what experts saw on 31 figures."""

_BATCH = 500  # figures a transaction
_TABLES = ("genes", "chemicals", "diseases")
_FAMILY = "famplex_relations"


def pages_of(path: Path) -> tuple[Path, ...]:
    """Return the pages of a copy of the PFOCR database, in the order of their names; none when it is no such folder.

    Parameters
    ----------
    path
        The database with its ``_figures`` folder, that folder, or one with pages and tables side by side.
    """
    folder = path / "_figures" if (path / "_figures").is_dir() else path
    if not folder.is_dir():
        return ()
    pages = sorted(folder.glob("*.md"))
    return tuple(pages) if folder.name == "_figures" or all("__" in page.stem for page in pages) else ()


def import_pages(
    pages: Iterable[Path], corpus: Corpus, summary: Summary, *, fingerprint: str, told: Callable[[Summary], None]
) -> None:
    """Take over the pages that are new or have changed; a figure that figpath has read itself stays as it is.

    Parameters
    ----------
    pages
        Files of PFOCR, see `pages_of`.
    corpus
        Where they go.
    summary
        Is counted on.
    fingerprint
        Of the code that takes them over.
    told
        Called after each batch of figures.

    Raises
    ------
    StoreError
        When the corpus cannot be written; earlier batches stay.
    """
    waiting = iter(pages)
    while batch := list(islice(waiting, _BATCH)):
        entries = [entry for page in batch if (entry := _new_entry(page, corpus, fingerprint)) is not None]
        summary.there += len(batch) - len(entries)
        corpus.put(entries)
        for entry in entries:
            summary.count(entry)
        told(summary)


def record_of(page: PfocrRecord) -> Record:
    """Return what a record of PFOCR says as a record of figpath: names without places, all of one score."""
    return Record(
        figid=page.figure.figid,
        pathway_score=page.pathway_score,
        organisms=tuple(dict.fromkeys(row.organism_id for row in page.genes)),
        figure=page.figure,
        mentions=(
            *_genes(page.genes),
            *(_concept(row, "chemical", row.name, row.chebi) for row in dict.fromkeys(page.chemicals)),
            *(_concept(row, "disease", row.name, row.doid) for row in dict.fromkeys(page.diseases)),
        ),
        provenance=Provenance(origin="pfocr"),
    )


def _genes(rows: Iterable[GeneRow]) -> Iterator[Mention]:
    """Yield one mention for each word and lexicon name, with the genes of all species in the order of the table."""
    together: dict[tuple[str, str], dict[GeneRow, None]] = {}
    for row in rows:
        together.setdefault((row.word, row.match), {})[row] = None
    for (word, match), found in together.items():
        kind: Kind = "family" if any(row.source == _FAMILY for row in found) else "gene"
        entities = tuple(
            Entity(id=f"ncbigene:{row.gene_id}", symbol=row.symbol, taxon=row.organism_id, source=row.source)
            for row in found
        )
        yield Mention(text=word, kind=kind, score=SCORE, entities=entities, match=match)


def _concept(row: ChemicalRow | DiseaseRow, kind: Kind, name: str, identifier: str) -> Mention:
    pairs = ((row.mesh, row.match, "mesh"), (identifier, name, identifier.partition(":")[0]))
    entities = tuple(Entity(id=curie, symbol=label, source=source) for curie, label, source in pairs if curie)
    return Mention(text=row.word, kind=kind, score=SCORE, entities=entities, match=row.match or name)


def _new_entry(page: Path, corpus: Corpus, fingerprint: str) -> Entry | None:
    """Read a page when it is not there yet."""
    key = Key(picture="", figure=_checksum(page), fingerprint=fingerprint, location=page.absolute().as_posix())
    name = figure_id_of(page.name.removesuffix(".md").removesuffix(".jpg"))
    if _stays(corpus.stored(name), key):
        return None
    try:
        found = read_record(page)
    except FigpathError as error:
        return _failed(name, str(error), key)
    if found.figure.figid != name and _stays(corpus.stored(found.figure.figid), key):
        return None
    return entry_of(record_of(found), key, extras=extras_of(found))


def _stays(stored: Stored | None, key: Key) -> bool:
    if stored is None or stored.status == "failed":
        return False
    return stored.origin != "pfocr" or replace(stored.key, location="") == replace(key, location="")


def _failed(figid: str, reason: str, key: Key) -> Entry:
    figure = Figure(figid=figid)
    made = Provenance(origin="pfocr")
    return entry_of(Record(figid=figid, status="failed", reason=reason, figure=figure, provenance=made), key)


def _checksum(page: Path) -> str:
    """Return the SHA-256, in hexadecimal, of a page and its tables as they are; what is not there counts as empty."""
    found = hashlib.sha256()
    base = page.name.removesuffix(".md")
    for file in (page, *(page.parent.parent / "_data" / f"{base}-{kind}.tsv" for kind in _TABLES)):
        found.update(_bytes(file) or _bytes(page.with_name(file.name)))
        found.update(b"\0")
    return found.hexdigest()


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""
