"""Mentions as rows of PFOCR's three tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from figpath import ids
from figpath.source.pfocr_tables import ChemicalRow, DiseaseRow, GeneRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from figpath.grounding.mention import Entity, Mention
    from figpath.reading.document import Box, Line

_SYMBOL, _SYNONYM, _FAMILY = _SOURCES = ("ncbigene_symbol", "ncbigene_synonym", "famplex_relations")
_SYMBOL_SOURCES = frozenset({"hgnc_symbol", "ncbigene_symbol", "mgi_symbol", "rgd_symbol"})
_GENE = "ncbigene:"
_QUOTES = re.compile("['\"\x1f]")
_BLANKS = re.compile(r"[\t\r\n\v\f]+")


def genes_rows(
    mentions: Sequence[Mention], species: Sequence[int], *, words: Sequence[str] = ()
) -> tuple[GeneRow, ...]:
    """Return the rows of the genes table.

    Parameters
    ----------
    mentions
        In the order of the figure.
    species
        NCBI taxon ids; each becomes a block of rows, in this order, and genes of others are left out.
    words
        The token that each mention stands in, such as ``VEGF/FGF`` for the mention FGF; the texts of the
        mentions when empty.

    Returns
    -------
    tuple of GeneRow
        One for each organism, word, match and gene. A gene that a word names itself and that is also a member
        of a family of that name is there once, as what it is named.

    Raises
    ------
    ValueError
        When there are words, but not one for each mention.
    """
    texts = words or [mention.text for mention in mentions]
    rows: dict[tuple[int, str, str, int], GeneRow] = {}
    for taxon in species:
        for mention, word in zip(mentions, texts, strict=True):
            for row in _gene_rows(mention, word, ids.taxon(taxon)):
                key = (row.organism_id, row.word, row.match, row.gene_id)
                rows[key] = min(rows.get(key, row), row, key=lambda each: _SOURCES.index(each.source))
    return tuple(rows.values())


def chemicals_rows(mentions: Sequence[Mention], *, words: Sequence[str] = ()) -> tuple[ChemicalRow, ...]:
    """Return the rows of the chemicals table, each once; `words` as for `genes_rows`."""
    rows = (
        ChemicalRow(word=word, mesh=mesh, match=match, name=name, chebi=chebi)
        for word, mesh, match, name, chebi in _concepts("chemical", "chebi:", mentions, words)
    )
    return tuple(dict.fromkeys(rows))


def diseases_rows(mentions: Sequence[Mention], *, words: Sequence[str] = ()) -> tuple[DiseaseRow, ...]:
    """Return the rows of the diseases table, each once; `words` as for `genes_rows`."""
    rows = (
        DiseaseRow(word=word, mesh=mesh, match=match, name=name, doid=doid)
        for word, mesh, match, name, doid in _concepts("disease", "doid:", mentions, words)
    )
    return tuple(dict.fromkeys(rows))


def search_keywords(
    genes: Sequence[GeneRow], chemicals: Sequence[ChemicalRow] = (), diseases: Sequence[DiseaseRow] = ()
) -> tuple[str, ...]:
    """Return the keywords of a page: symbols, chemical words, disease words, each once and in table order."""
    names = (
        *(row.symbol for row in genes if row.symbol),
        *(row.word for row in chemicals),
        *(row.word for row in diseases),
    )
    return tuple(dict.fromkeys(names))


def token(mention: Mention, lines: Sequence[Line]) -> str:
    """Return the whole recognised word that a mention stands in, or its own text when it is not part of one."""
    if mention.box is None:
        return mention.text
    for line in lines:
        for word in line.words:
            if mention.text in word.text and _centre_inside(mention.box, word.box):
                return word.text
    return mention.text


def _gene_rows(mention: Mention, word: str, taxon: ids.Taxon) -> Iterator[GeneRow]:
    word = _clean(word)
    for entity in mention.entities:
        gene_id = entity.id.removeprefix(_GENE)
        if word and entity.taxon == taxon.id and entity.id.startswith(_GENE) and gene_id.isdecimal():
            yield GeneRow(
                organism_id=taxon.id,
                organism_name=taxon.name,
                organism_group=taxon.group,
                word=word,
                match=_capitals(mention.match),
                symbol=entity.symbol,
                gene_id=int(gene_id),
                source=source_class(entity),
            )


def _capitals(name: str) -> str:
    """Return a name in capitals, character by character: ß, which often stands for β, must not become SS."""
    return "".join(char.upper() if len(char.upper()) == 1 else char for char in name)


def source_class(entity: Entity) -> str:
    """Return PFOCR's class of the name by which a gene was drawn: symbol, synonym, or member of a drawn family."""
    if entity.source == _FAMILY:
        return _FAMILY
    return _SYMBOL if entity.source in _SYMBOL_SOURCES else _SYNONYM


def _concepts(
    kind: str, prefix: str, mentions: Sequence[Mention], words: Sequence[str]
) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield word, MeSH id and name, then name and id in the other vocabulary."""
    texts = words or [mention.text for mention in mentions]
    for mention, word in zip(mentions, texts, strict=True):
        mesh, match = _named(mention, "mesh:")
        other, name = _named(mention, prefix)
        if mention.kind == kind and (mesh or other) and _clean(word):
            yield _clean(word), mesh, match, name, other


def _named(mention: Mention, prefix: str) -> tuple[str, str]:
    found = next((entity for entity in mention.entities if entity.id.startswith(prefix)), None)
    return (found.id, found.symbol) if found else ("", "")


def _clean(word: str) -> str:
    """Take away what cannot stand in PFOCR's tables: quotes, and the blanks that end a cell."""
    return _BLANKS.sub(" ", _QUOTES.sub("", word)).strip()


def _centre_inside(inner: Box, outer: Box) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]
