"""String rules that the lexicon is built with and queried by: one folding for both sides."""

from __future__ import annotations

import itertools
import re
import unicodedata

GREEK_NAMES = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron",
    "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi",
    "ψ": "psi", "ω": "omega",
}  # fmt: skip
"""Lower-case Greek letter to its English name."""

GREEK_LETTERS = {
    "alpha": "a", "beta": "b", "gamma": "g", "delta": "d", "epsilon": "e", "zeta": "z", "eta": "h",
    "theta": "q", "kappa": "k", "lambda": "l", "sigma": "s", "omega": "o",
}  # fmt: skip
"""Name of a Greek letter to the Latin letter that gene symbols use for it (HGNC guidelines, section 2.3)."""

_LOOKALIKES = {"ß": "β", "ϐ": "β", "∆": "δ", "Ω": "ω", "ƙ": "κ", "ĸ": "κ", "ɑ": "α", "ϰ": "κ", "ı": "i"}
_SPELLED = str.maketrans(
    {letter: name for low, name in GREEK_NAMES.items() for letter in {low, low.upper()} - {"Σ"}}
    | {"Σ": "sigma"}
    | {like: GREEK_NAMES.get(plain, plain) for like, plain in _LOOKALIKES.items()}
)
_EDGE = re.compile(
    r"^[\s.,;:!?*•·\"'“”‘’´`~_|<>=#^†‡§→←↑↓()\[\]{}/\\&-]+|[\s.,;:!?*•·\"'“”‘’´`~_|<>=#^†‡§→←↑↓()\[\]{}/\\&-]+$"
)
_NOT_KEY = re.compile(r"[^a-z0-9+]+")


def spell_greek(text: str) -> str:
    """Replace Greek letters, and letters that are drawn for them (ß, ∆), by their names.

    Examples
    --------
    >>> spell_greek("IKKβ"), spell_greek("Wnt/ß-catenin")
    ('IKKbeta', 'Wnt/beta-catenin')
    """
    return text.translate(_SPELLED)


def trimmed(text: str) -> str:
    """Drop punctuation, brackets and arrows around a name; a bracket that the name itself needs stays.

    Examples
    --------
    >>> trimmed("(IL-6,"), trimmed("→ JAK2"), trimmed("Poly(I:C)")
    ('IL-6', 'JAK2', 'Poly(I:C)')
    """
    bare = _EDGE.sub("", text)
    closed = text[text.find(bare) + len(bare) :][:1]
    return bare + closed if bare and closed == ")" and bare.count("(") > bare.count(")") else bare


def same_case(text: str, name: str) -> bool:
    """Compare letters and digits of two names, case included, except for the capital of a word.

    Examples
    --------
    >>> same_case("IL-6", "IL6"), same_case("Insulin", "insulin"), same_case("Camp", "cAMP")
    (True, True, False)
    """
    left, right = ("".join(c for c in word if c.isalnum()) for word in (text, name))
    return left == right or (len(left) > 4 and left[1:] == right[1:] and left[:1].lower() == right[:1].lower())


def odd_case(text: str) -> bool:
    """Tell whether a name mixes capitals in a way that its writer must have meant: cAMP, mTOR; not Stat3, IL-6."""
    letters = "".join(c for c in text if c.isalpha())
    return not (letters.isupper() or letters.islower() or letters.istitle() or letters == "")


def fold(text: str) -> str:
    """Fold a name to the key under which the lexicon files it.

    Unicode compatibility forms, case, blanks, hyphens and all other marks are forgotten, Greek letters
    are spelled out. The plus sign stays, so that the ion Ca2+ is not the gene CA2.

    Examples
    --------
    >>> fold("NF-κB"), fold("NF kappaB"), fold("Ca²⁺")
    ('nfkappab', 'nfkappab', 'ca2+')
    """
    if not text.isascii():
        text = spell_greek(unicodedata.normalize("NFKC", text))
        text = unicodedata.normalize("NFD", text)
    return _NOT_KEY.sub("", text.lower())


def keys(text: str) -> frozenset[str]:
    """Return the folded words of a text, single and in twos."""
    words = re.split(r"[\s,;/()\[\]]+", text)
    pairs = (f"{left}{right}" for left, right in itertools.pairwise(words))
    return frozenset(map(fold, itertools.chain(words, pairs))) - {""}
