"""From one drawn name to what it means: the cheapest chain of rewrites that leads to a name of the lexicon."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

from figpath.grounding.rewrite import RULES
from figpath.grounding.text import fold
from figpath.grounding.words import NOT_GENES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.grounding.lexicon.lexicon import Names, Sense

_DEAREST = 0.6
_LONGEST_CHAIN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A drawn name, the name of the lexicon that it was taken for, and every meaning of that.

    Parameters
    ----------
    text
        As drawn.
    name
        What the rewrites made of it.
    rewrites
        The rules used, in order.
    cost
        Doubt that the rewrites add, 0 for none.
    senses
        Every meaning within the species asked for; never empty.
    """

    text: str
    name: str
    rewrites: tuple[str, ...]
    cost: float
    senses: tuple[Sense, ...]


def match(text: str, names: Names, *, taxa: Sequence[int], dearest: float | None = None) -> Match | None:
    """Find what a drawn name means.

    Parameters
    ----------
    text
        One name as drawn, such as ``p-STAT3``; a list of names gives None, see `lists`.
    names
        The lexicon.
    taxa
        NCBI taxon ids of the species in scope.
    dearest
        Highest cost of rewrites to try; by default all that make sense for one word.

    Returns
    -------
    Match or None
        The match of the cheapest chain of rewrites; None when no chain leads to a name.
    """
    most = _DEAREST if dearest is None else dearest
    queue: list[tuple[float, int, str, tuple[str, ...]]] = [(0.0, 0, text, ())]
    seen = {text}
    order = 0
    while queue:
        cost, _, form, chain = heapq.heappop(queue)
        senses = senses_of(form, names, taxa=taxa)
        if senses:
            return Match(text=text, name=form, rewrites=chain, cost=cost, senses=senses)
        if len(chain) == _LONGEST_CHAIN:
            continue
        for rule in RULES:
            if cost + rule.cost > most:
                break
            for other in rule.rewrite(form):
                if other not in seen:
                    seen.add(other)
                    order += 1
                    heapq.heappush(queue, (cost + rule.cost, order, other, (*chain, rule.name)))
    return None


def senses_of(text: str, names: Names, *, taxa: Sequence[int]) -> tuple[Sense, ...]:
    """Return what a name means without any rewrite, words that are no names left out."""
    key = fold(text)
    if len(key) < 2 or key.isdigit():
        return ()
    found = [sense for sense in names.find(key) if sense.entity.taxon is None or sense.entity.taxon in taxa]
    return tuple(sense for sense in found if is_admissible(text, key, sense))


def is_admissible(text: str, key: str, sense: Sense) -> bool:
    """Tell whether a text can be meant as a name at all, and not as a word that happens to be one."""
    if sense.kind in ("gene", "family") and key in NOT_GENES:
        return False
    if len(key) == 2 and sense.kind != "chemical":
        return is_short_name(text, sense)
    if sense.kind == "chemical" and len(key) <= 3:
        return same_case(text, sense.name)
    return True


def is_short_name(text: str, sense: Sense) -> bool:
    """Two letters name a gene only when they are its symbol, written as the symbol is: C3, AR, not Ar or ag."""
    return same_case(text, sense.name) and sense.entity.source.endswith(("_symbol", "famplex_name", "famplex_synonym"))


def same_case(text: str, name: str) -> bool:
    """Compare letters and digits of two names, case included."""
    return [c for c in text if c.isalnum()] == [c for c in name if c.isalnum()]
