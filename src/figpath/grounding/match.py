"""From one drawn name to what it means: the cheapest chain of rewrites that leads to a name of the lexicon."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

from figpath.grounding.rewrite import RULES
from figpath.grounding.strength import strength
from figpath.grounding.text import fold, same_case
from figpath.grounding.words import NOT_CHEMICALS, NOT_DISEASES, NOT_GENES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from figpath.grounding.lexicon.lexicon import Names, Sense

_DEAREST = 0.6
_LONGEST_CHAIN = 4
_SHORT_GENES = ("_symbol", "famplex_name", "famplex_synonym", "figpath_name", "figpath_family", "figure_definition")
_ENGLISH = 6.0  # decimal logarithm of the count, in 1e12 words, from which a word in small letters is just that word
_OWN_NAMES = ("figpath_name", "chebi_synonym", "figure_definition")  # curated one by one, or by the figure itself
_GOOD_ENOUGH = 0.9  # a match this strong ends the search; one weaker by its cost may still be bettered


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

    @property
    def value(self) -> float:
        """How well the best sense explains the name, less what the rewrites cost."""
        return max(strength(self.name, sense) for sense in self.senses) - self.cost


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
        The match that explains the name best, its rewrites counted against it; None when no chain of rewrites leads
        to a name.
    """
    best: Match | None = None
    for found in _matches(text, names, taxa, _DEAREST if dearest is None else dearest):
        if best is None or found.value > best.value:
            best = found
        if best.value >= _GOOD_ENOUGH - found.cost:
            break
    return best


def _matches(text: str, names: Names, taxa: Sequence[int], dearest: float) -> Iterator[Match]:
    """Yield matches by growing cost: a search over chains of rewrites, cheapest first."""
    queue: list[tuple[float, int, str, tuple[str, ...]]] = [(0.0, 0, text, ())]
    seen = {text}
    while queue:
        cost, _, form, chain = heapq.heappop(queue)
        senses = senses_of(form, names, taxa=taxa)
        if senses:
            yield Match(text=text, name=form, rewrites=chain, cost=cost, senses=senses)
        if len(chain) == _LONGEST_CHAIN:
            continue
        for rule in RULES:
            if cost + rule.cost > dearest:
                break
            for other in rule.rewrite(form):
                if other not in seen:
                    seen.add(other)
                    heapq.heappush(queue, (cost + rule.cost, len(seen), other, (*chain, rule.name)))


def senses_of(text: str, names: Names, *, taxa: Sequence[int]) -> tuple[Sense, ...]:
    """Return what a name means without any rewrite, words that are no names left out."""
    key = fold(text)
    if len(key) < 2 or key.isdigit():
        return ()
    found = [sense for sense in names.find(key) if sense.entity.taxon is None or sense.entity.taxon in taxa]
    word = text.isalpha() and text.islower() and names.frequency(text) > _ENGLISH
    return tuple(s for s in found if is_admissible(text, key, s) and not (word and is_symbol(s)))


def is_admissible(text: str, key: str, sense: Sense) -> bool:
    """Tell whether a text can be meant as a name at all, and not as a word that happens to be one."""
    if sense.kind in ("gene", "family"):
        return key not in NOT_GENES and (len(key) > 2 or is_short_gene(text, sense))
    if sense.kind == "chemical":
        return key not in NOT_CHEMICALS and (len(key) > 3 or is_short_chemical(text, sense))
    return key not in NOT_DISEASES


def is_symbol(sense: Sense) -> bool:
    """Tell a symbol or synonym, which an ordinary word in small letters is not meant as, from a protein's full name."""
    return sense.kind == "gene" and sense.entity.source.endswith(("_symbol", "_alias", "_previous", "_synonym"))


def is_short_gene(text: str, sense: Sense) -> bool:
    """Two letters name a gene only when they are its symbol, written as the symbol is: C3, AR, not Ar or ag."""
    return same_case(text, sense.name) and sense.entity.source.endswith(_SHORT_GENES)


def is_short_chemical(text: str, sense: Sense) -> bool:
    """Up to three letters name a chemical only when written as the name is, and when the chemical is ever drawn."""
    return same_case(text, sense.name) and (sense.drawn > 1 or sense.entity.source in _OWN_NAMES)
