"""Protein families and complexes from FamPlex, with their full membership, and FamPlex's names for single genes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from figpath.grounding.lexicon.concept import Concept, Name, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def members(relations: Iterable[list[str]]) -> dict[str, tuple[str, ...]]:
    """Close the hierarchy: family -> HGNC symbols of every gene below it, sorted.

    Parameters
    ----------
    relations
        Rows of ``relations.csv``: namespace, id, ``isa`` or ``partof``, namespace, id.

    Returns
    -------
    dict
        FamPlex id to symbols, families without a human gene left out.
    """
    genes: dict[str, set[str]] = defaultdict(set)
    below: dict[str, set[str]] = defaultdict(set)
    for child_space, child, _, parent_space, parent in relations:
        if parent_space == "FPLX":
            (genes if child_space == "HGNC" else below)[parent].add(child)

    def closed(family: str, seen: frozenset[str]) -> set[str]:
        deeper = (closed(child, seen | {child}) for child in below[family] - seen)
        return genes[family].union(*deeper)

    families = sorted(set(genes) | set(below))
    closure = {family: tuple(sorted(closed(family, frozenset({family})))) for family in families}
    return {family: symbols for family, symbols in closure.items() if symbols}


def families(
    membership: Mapping[str, tuple[str, ...]],
    synonyms: Mapping[tuple[str, str], list[str]],
    gene_ids: Mapping[str, str],
) -> list[Concept]:
    """Make one family of each FamPlex entry that has member genes.

    Parameters
    ----------
    membership
        From `members`.
    synonyms
        ``(namespace, id)`` to names, from `groundings`.
    gene_ids
        HGNC symbol to CURIE.
    """
    return [
        Concept(
            id=f"fplx:{family}",
            symbol=family,
            kind="family",
            names=(
                Name(text=family.replace("_", " "), source="famplex_name"),
                *named("famplex_synonym", *synonyms.get(("FPLX", family), ())),
            ),
            related=tuple(gene_ids[symbol] for symbol in symbols if symbol in gene_ids),
        )
        for family, symbols in membership.items()
    ]


def groundings(rows: Iterable[list[str]]) -> dict[tuple[str, str], list[str]]:
    """Gather ``grounding_map.csv``: ``(namespace, id)`` to the names that curators found in papers.

    A row may ground one name in several vocabularies; each gets it.
    """
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, *pairs in rows:
        for space, identifier in zip(pairs[::2], pairs[1::2], strict=False):
            if space and identifier:
                found[space, identifier].append(name)
    return dict(found)
