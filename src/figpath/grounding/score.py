"""How sure a mention is: named features of its match, and the probability that a small fitted model makes of them.

The model is a logistic regression, one for genes and families, one for chemicals and one for diseases. The weights lie
in ``data/score_weights.json``; ``benchmarks/training/fit_scores.py`` fits them and says on what. Those of diseases are
set by hand, since the gold has too few to fit any.
"""

from __future__ import annotations

import json
import math
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from figpath.grounding.strength import is_stem
from figpath.grounding.text import fold, same_case

if TYPE_CHECKING:
    from collections.abc import Mapping

    from figpath.grounding.lexicon.lexicon import Names
    from figpath.grounding.match import Match
    from figpath.grounding.meaning import Meaning

_ORDINARY = 5.0  # decimal logarithm of the count, in 1e12 words, from which a word counts as English
_CLASSES = {"_symbol": "symbol", "_name": "full_name", "definition": "defined"}
_SURE = 0.99


def features(
    found: Match, what: Meaning, names: Names, *, reading: float, words: int = 1, in_caption: bool = False
) -> dict[str, float]:
    """Collect what speaks for and against a mention, each as a number of about 0 to 1.

    Parameters
    ----------
    found, what
        The match and the meaning chosen.
    names
        The lexicon, for how often the drawn word is English.
    reading
        The recogniser's probability of the least certain word, in [0, 1].
    words
        Words that the name consists of.
    in_caption
        The caption has the name, too.
    """
    key, sense = fold(found.name), what.sense
    letters = "".join(c for c in found.name if c.isalnum())
    capitals = letters.isupper() or any(c.isdigit() for c in letters)
    english = _english(found.name, names)
    return {
        "constant": 1.0,
        what.kind: 1.0,
        _class_of(sense.entity.source): 1.0,
        "drawn": min(1.0, math.log2(1 + sense.drawn) / 5),
        "never_drawn": float(sense.drawn == 0),
        "same_case": float(same_case(found.name, sense.name)),
        "stem": float(is_stem(found.name, sense)),
        "rank": sense.rank / 3,
        "rewrites": found.cost,
        "misread": float("other_reading" in found.rewrites),
        "lookalike": float(any(rule.startswith("lookalike") for rule in found.rewrites)),
        "listed": float("list_element" in found.rewrites),
        "unsure_reading": 1.0 - reading,
        "two_letters": float(len(key) == 2),
        "three_letters": float(len(key) == 3),
        "english": english,
        "english_capitals": english * capitals,
        "no_capitals": float(not capitals and letters[:1].islower()),
        "several_words": float(words > 1),
        "several_meanings": min(1.0, math.log2(max(1, _meanings(what))) / 3),
        "in_caption": float(in_caption),
    }


def score(x: Mapping[str, float], kind: str) -> float:
    """Return the probability that a mention with these features is right, in [0, 1], to four decimals."""
    weights = _weights()["gene" if kind in ("gene", "family") else kind]
    log_odds = sum(weights.get(name, 0.0) * value for name, value in x.items())
    return round(min(_SURE, 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))), 4)


@cache
def _weights() -> dict[str, dict[str, float]]:
    text = resources.files("figpath.data").joinpath("score_weights.json").read_text(encoding="utf-8")
    models: dict[str, dict[str, float]] = json.loads(text)["weights"]
    return models


def _class_of(source: str) -> str:
    return next((name for end, name in _CLASSES.items() if source.endswith(end)), "synonym")


def _english(name: str, names: Names) -> float:
    """How common the words of a name are in English: 0 for none of them, about 1 for the commonest."""
    words = [word for word in name.split() if word.isalpha()]
    if len(words) < len(name.split()) or not words:
        return 0.0
    return max(0.0, min(names.frequency(word) for word in words) - _ORDINARY) / 4


def _meanings(what: Meaning) -> int:
    """Genes of one species that explain the name equally well."""
    return sum(e.taxon == what.entities[0].taxon for e in what.entities) if what.kind == "gene" else 1
