"""Concepts and English words in, the bytes of a lexicon file out."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from figpath.errors import LexiconError
from figpath.grounding.lexicon.file import crc, dump
from figpath.grounding.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from figpath.grounding.lexicon.concept import Concept
    from figpath.grounding.mention import Kind

KINDS: tuple[Kind, ...] = ("gene", "family", "chemical", "disease")
_MOST_TAXA = 15


def compile_lexicon(
    concepts: Sequence[Concept],
    *,
    words: Mapping[str, int] | None = None,
    tables: Mapping[str, str] | None = None,
) -> bytes:
    """Compile concepts into a lexicon file.

    Parameters
    ----------
    concepts
        In the order in which equal meanings of a name are to be listed; ids must be distinct.
    words
        English words and how often each occurs in a large body of text.
    tables
        Name of each table that the concepts come from, and its version.

    Returns
    -------
    bytes
        See `figpath.grounding.lexicon.file`; the header counts the concepts by kind and taxon and the names
        by source, and carries a fingerprint of everything.

    Raises
    ------
    LexiconError
        When two concepts have one id, or a file would hold more than 15 species.
    """
    index = {concept.id: number for number, concept in enumerate(concepts)}
    if len(index) != len(concepts):
        twice = next(key for key, count in Counter(c.id for c in concepts).items() if count > 1)
        raise LexiconError(f"two concepts have the id {twice}: merge them before compiling")
    taxa = sorted({c.taxon for c in concepts if c.taxon is not None})
    if len(taxa) > _MOST_TAXA:
        raise LexiconError(f"{len(taxa)} species in one lexicon file, {_MOST_TAXA} at most: compile them apart")
    texts = _Texts()
    rows = _name_rows(concepts)
    sources = sorted({row[3] for row in rows})
    arrays: dict[str, Any] = _concept_arrays(concepts, index, taxa, texts)
    arrays["key"] = [row[0] for row in rows]
    arrays["name"] = [texts.offset(row[1]) for row in rows]
    arrays["owner"] = [row[2] for row in rows]
    arrays["source"] = [sources.index(row[3]) for row in rows]
    arrays.update(_word_arrays(words or {}))
    arrays["text"] = np.frombuffer(bytes(texts.data), dtype=np.uint8)
    header = {
        "taxa": taxa,
        "sources": sources,
        "tables": dict(tables or {}),
        "names": dict(Counter(row[3] for row in rows)),
        "concepts": _count_concepts(concepts),
    }
    body = dump(header, arrays)
    return dump({**header, "fingerprint": hashlib.sha256(body).hexdigest()[:16]}, arrays)


class _Texts:
    """The text section while it grows; equal texts are stored once."""

    def __init__(self) -> None:
        self.data = bytearray()
        self._known: dict[str, int] = {}

    def offset(self, *parts: str) -> int:
        text = "\0".join(parts)
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = start = len(self.data)
            for part in parts:  # a symbol that follows its id serves as a name, too
                self._known.setdefault(part, start)
                start += len(part.encode()) + 1
            self.data += text.encode() + b"\0"
        return known


def _name_rows(concepts: Iterable[Concept]) -> list[tuple[int, str, int, str]]:
    """One row for each folded name of each concept: its strongest form, sorted by key."""
    rows = []
    for number, concept in enumerate(concepts):
        seen = set()
        for name in concept.names:
            key = fold(name.text)
            if key and key not in seen:
                seen.add(key)
                rows.append((crc(key), name.text, number, name.source))
    return sorted(rows, key=lambda row: (row[0], row[2]))


def _concept_arrays(
    concepts: Sequence[Concept], index: Mapping[str, int], taxa: list[int], texts: _Texts
) -> dict[str, list[int]]:
    ids, classes, drawn, starts, related = [], [], [], [0], []
    for concept in concepts:
        taxon = 0 if concept.taxon is None else taxa.index(concept.taxon) + 1
        ids.append(texts.offset(concept.id, concept.symbol))
        classes.append(KINDS.index(concept.kind) | int(concept.rank) << 2 | taxon << 4)
        drawn.append(min(255, concept.drawn))
        related += [index[key] for key in concept.related if key in index]
        starts.append(len(related))
    return {
        "concept_id": ids,
        "concept_class": classes,
        "concept_drawn": drawn,
        "related_start": starts,
        "related": related,
    }


def _word_arrays(words: Mapping[str, int]) -> dict[str, list[int]]:
    rows = sorted((crc(word), min(255, round(10 * math.log10(count)))) for word, count in words.items())
    return {"word": [row[0] for row in rows], "word_frequency": [row[1] for row in rows]}


def _count_concepts(concepts: Iterable[Concept]) -> dict[str, int]:
    return dict(Counter(c.kind if c.taxon is None else f"{c.kind} {c.taxon}" for c in concepts))
