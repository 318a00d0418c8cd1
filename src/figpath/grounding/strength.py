"""How well one meaning explains a drawn name, before anything else on the figure is considered."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from figpath.grounding.text import fold, odd_case, same_case

if TYPE_CHECKING:
    from figpath.grounding.lexicon.lexicon import Sense

_CLASS = {
    "hgnc_symbol": 1.0, "ncbigene_symbol": 0.98, "mgi_symbol": 0.97, "rgd_symbol": 0.97, "mirna_name": 0.97,
    "famplex_name": 0.97, "famplex_synonym": 0.96, "mirna_family": 0.96, "figpath_name": 1.0, "figpath_family": 1.02,
    "name_family": 0.93,
    "hgnc_name": 0.92, "hgnc_alias": 0.86, "hgnc_previous": 0.86, "ncbigene_synonym": 0.84, "ncbigene_name": 0.8,
    "mgi_synonym": 0.8, "rgd_synonym": 0.78, "mesh_name": 0.91, "mesh_synonym": 0.89, "chebi_name": 0.88,
    "chebi_synonym": 0.93, "figure_definition": 1.1, "doid_name": 0.9, "doid_synonym": 0.86,
}  # fmt: skip
_OTHER_CLASS = 0.7
_SAME_CASE, _ODD_CASE = 0.05, -0.06
_STEM = 0.07
_DRAWN, _MOST_DRAWN, _NEVER_DRAWN = 0.02, 0.1, -0.06
_RANK = -0.05


def strength(form: str, sense: Sense) -> float:
    """Say how well a sense explains a name, from about 0.5 (hardly) to 1.2 (surely).

    It adds up the class of name (symbol, alias, name ...), whether the letters' case agrees, how often the thing is
    drawn in published pathways, whether it is a protein, a micro-RNA or a pseudogene, and, for a synonym, whether the
    approved symbol begins with it: VEGF is VEGFA rather than one of its receptors.

    Parameters
    ----------
    form
        The name, after rewrites.
    sense
        One meaning of it.
    """
    value = _CLASS.get(sense.entity.source, _OTHER_CLASS) + _RANK * sense.rank + _drawn(sense)
    if same_case(form, sense.name):
        value += _SAME_CASE
    elif odd_case(form):
        value += _ODD_CASE
    return value + (_STEM if is_stem(form, sense) else 0.0)


def is_stem(form: str, sense: Sense) -> bool:
    """Tell whether a gene's approved symbol begins with a synonym of three letters or more."""
    key, symbol = fold(form), fold(sense.entity.symbol)
    return sense.kind == "gene" and len(key) > 2 and symbol != key and symbol.startswith(key)


def _drawn(sense: Sense) -> float:
    if sense.drawn:
        return min(_MOST_DRAWN, _DRAWN * math.log2(1 + sense.drawn))
    is_symbol = sense.entity.source.endswith("_symbol")
    return _NEVER_DRAWN / 3 if is_symbol or sense.kind != "gene" else _NEVER_DRAWN
