"""From a list of genes that somebody pastes to the figures that draw them together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from figpath import ids
from figpath.enrich import enrich, gene_sets, groups_of, map_genes, read_gene_list
from figpath.errors import InputError

if TYPE_CHECKING:
    from figpath.enrich import Enrichment, Mapped, Row
    from figpath.enrich.gene_sets import Families, Names
    from figpath.enrich.plot import Dot
    from figpath.serve.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question about a list; see ``figpath enrich`` for what each means."""

    genes: str
    background: str = ""
    organism: str = "human"
    names: Names = "all"
    families: Families = "one"
    min_size: int = 3
    max_size: int = 500
    alike: float = 0.8
    limit: int = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A figure that draws genes of the list.

    Parameters
    ----------
    row
        What was computed.
    title
        Of the figure.
    alike
        Figids of others that are nearly the same.
    lit
        Identifiers of the genes of the list that it has.
    """

    row: Row
    title: str
    alike: tuple[str, ...]
    lit: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Enriched:
    """The answer: what became of the list, what was tested, and the figures to tell."""

    mapped: Mapped
    enrichment: Enrichment
    told: tuple[Told, ...]


def enriched(desk: Desk, asked: Asked) -> Enriched:
    """Test a list.

    Raises
    ------
    InputError
        When no name of the list is a gene of the species, or nothing can be tested.
    """
    taxon = ids.taxon(asked.organism).id
    mapped = _mapped(desk, asked.genes, "the list", taxon)
    background = _mapped(desk, asked.background, "the background", taxon).genes if asked.background.strip() else None
    key = ("sets", taxon, asked.names, asked.families)
    every = desk.memory.once(
        key, lambda: gene_sets(desk.drawn_genes(), taxon=taxon, names=asked.names, families=asked.families)
    )
    sets = every.within(background, least=asked.min_size, most=asked.max_size)
    found = enrich(sets, mapped.genes)
    place = found.place.tolist()
    if asked.alike:
        groups = [(one.first, one.others) for one in groups_of(sets, place, alike=asked.alike, limit=asked.limit)]
    else:
        groups = [(at, ()) for at in place[: asked.limit]]
    row_of = {at: number for number, at in enumerate(place)}
    titles = desk.store.titles([sets.ids[at] for at, _ in groups])
    listed = dict(zip((sets.symbols[at] for at in found.listed), (sets.genes[at] for at in found.listed), strict=True))
    told = tuple(
        _told(row, titles, tuple(sets.ids[other] for other in others), listed)
        for row, (_, others) in zip(found.some([row_of[at] for at, _ in groups]), groups, strict=True)
    )
    return Enriched(mapped=mapped, enrichment=found, told=told)


def _told(row: Row, titles: dict[str, str], alike: tuple[str, ...], listed: dict[str, str]) -> Told:
    symbols = dict.fromkeys((*row.drawn, *(symbol for _, members in row.expanded for symbol in members)))
    lit = tuple(listed[symbol] for symbol in symbols if symbol in listed)
    return Told(row=row, title=titles.get(row.id) or row.id, alike=alike, lit=lit)


def mapped_list(mapped: Mapped) -> dict[str, Any]:
    """Return what became of a list as plain values."""
    return {
        "mapped": [{"name": name, "id": gene} for name, gene in zip(mapped.given, mapped.genes, strict=True)],
        "unmapped": [{"name": name, "reason": why} for name, why in mapped.unmapped],
        "notes": [{"name": name, "note": why} for name, why in mapped.notes],
    }


_NUMBERS = ("overlap", "size", "expected", "fold", "odds", "low", "high", "p", "q")


def rows_of(found: Enriched) -> list[dict[str, Any]]:
    """Return the figures as plain values: the keys of ``figpath enrich --format json``."""
    return [
        {
            "figure": one.row.id,
            "title": one.title,
            **{name: getattr(one.row, name) for name in _NUMBERS},
            "drawn": one.row.drawn,
            "expanded": [{"family": family, "genes": genes} for family, genes in one.row.expanded],
            "alike": one.alike,
        }
        for one in found.told
    ]


def rows_tsv(found: Enriched) -> str:
    """Return the figures as tab-separated text with a header."""
    columns = ("figure", "title", *_NUMBERS, "drawn", "expanded", "alike")
    body = [
        (
            one.row.id, " ".join(one.title.split()), *(str(getattr(one.row, name)) for name in _NUMBERS),
            " ".join(one.row.drawn), "; ".join(f"{name}: {' '.join(genes)}" for name, genes in one.row.expanded),
            " ".join(one.alike),
        )
        for one in found.told
    ]  # fmt: skip
    return "".join("\t".join(cells) + "\n" for cells in (columns, *body))


def dots_of(found: Enriched) -> list[Dot]:
    """Return the figures as the plots want them."""
    from figpath.enrich.plot import Dot

    return [
        Dot(
            id=one.row.id,
            title=one.title,
            x=one.row.fold,
            hits=one.row.overlap,
            q=one.row.q,
            drawn=one.row.drawn,
            expanded=tuple(symbol for _, members in one.row.expanded for symbol in members),
        )
        for one in found.told
    ]


def _mapped(desk: Desk, text: str, name: str, taxon: int) -> Mapped:
    drawn, memory = desk.drawn_genes(), desk.memory
    known = memory.once(
        ("known", taxon),
        lambda: frozenset(curie for curie, of in zip(drawn.curies, drawn.taxa.tolist(), strict=True) if of == taxon),
    )
    listed = read_gene_list(text.encode(), name=name)
    found = map_genes(
        listed.names, names=memory.lexicon, accessions=memory.accessions, taxon=taxon, values=listed.values, known=known
    )
    if not found.genes:
        raise InputError(
            f"none of the {len(listed.names)} names in {name} is a gene of {ids.taxon(taxon).name}: check the organism"
        )
    return found
