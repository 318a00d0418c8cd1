"""From what was found to what is told: titles, and one figure for all that are alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from figpath.enrich.alike import groups_of
from figpath.enrich.figures import EnrichedFigure, RankedFigure
from figpath.enrich.told import EnrichedFigures, RankedFigures
from figpath.errors import InputError

if TYPE_CHECKING:
    from figpath.enrich.gene_sets import GeneSets
    from figpath.enrich.gsea import RankedEnrichment
    from figpath.enrich.mapping import Mapped
    from figpath.enrich.ora import Enrichment
    from figpath.enrich.signed import SignedEnrichment

Titles: TypeAlias = Callable[[Sequence[str]], dict[str, str]]
"""Gives the titles of figures by figid."""

ALIKE: Final = 0.8
"""Share of the genes of both from which two figures are told once."""
LIMIT: Final = 25
"""Figures that are told unless more are asked for."""

_SIGNED: Final = ("up_overlap", "down_overlap", "up_p", "down_p", "signed_p", "signed_q")


def check(alike: float, limit: int | None) -> None:
    """Refuse what cannot be told, before anything is tested.

    Raises
    ------
    InputError
        When one of the two is out of its range.
    """
    if limit is not None and limit < 0:
        raise InputError(f"limit {limit} is no number of figures: give one from 0 up, or leave it out")
    if not 0 <= alike <= 1:
        raise InputError(f"alike {alike} is no share: give a number from 0 to 1")


def tell(
    found: Enrichment,
    listed: Mapped,
    titles: Titles,
    *,
    signed: SignedEnrichment | None = None,
    alike: float = ALIKE,
    limit: int | None = LIMIT,
) -> EnrichedFigures:
    """Choose the figures to tell: the first of each group of figures that are alike.

    Parameters
    ----------
    found, signed
        What a list shares with figures; of a list with signs `found` is its part ``both``.
    listed
        What became of the list.
    titles
        Where titles are looked up.
    alike
        Share of the genes from which two figures are told once; 0 tells all.
    limit
        Figures to tell; None for all that share a gene.
    """
    number_of = {at: number for number, at in enumerate(found.place.tolist())}
    chosen = list(_chosen(found.sets, list(number_of), titles, alike, limit))
    numbers = [number_of[at] for at, _ in chosen]
    figures = [
        EnrichedFigure(**about, **_numbers(row, but=("id",)), **_signs(signed, number))
        for (_, about), number, row in zip(chosen, numbers, found.some(numbers), strict=True)
    ]
    return EnrichedFigures(figures=tuple(figures), listed=listed, found=found, signed=signed)


def tell_ranked(
    found: RankedEnrichment, listed: Mapped, titles: Titles, *, alike: float = ALIKE, limit: int | None = LIMIT
) -> RankedFigures:
    """Choose the figures to tell of a ranked list; the parameters are those of `tell`."""
    row_of = {row.place: row for row in found.rows}
    chosen = _chosen(found.sets, list(row_of), titles, alike, limit)
    figures = tuple(RankedFigure(**about, **_numbers(row_of[at], but=("id", "place"))) for at, about in chosen)
    return RankedFigures(figures=figures, listed=listed, found=found)


def _chosen(
    sets: GeneSets, place: Sequence[int], titles: Titles, alike: float, limit: int | None
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the places of the sets to tell, each with its figid, its title and what is alike."""
    if alike:
        chosen = [(group.first, group.others) for group in groups_of(sets, place, alike=alike, limit=limit)]
    else:
        chosen = [(at, ()) for at in place[:limit]]
    names = titles([sets.ids[at] for at, _ in chosen])
    for at, others in chosen:
        figid = sets.ids[at]
        yield at, {"figid": figid, "title": names.get(figid, ""), "alike": tuple(sets.ids[one] for one in others)}


def _numbers(row: Any, *, but: Sequence[str]) -> dict[str, Any]:
    return {one.name: getattr(row, one.name) for one in fields(row) if one.name not in but}


def _signs(signed: SignedEnrichment | None, at: int) -> dict[str, Any]:
    if signed is None:
        return {}
    return {"direction": signed.direction(at), **{name: getattr(signed, name)[at].item() for name in _SIGNED}}
