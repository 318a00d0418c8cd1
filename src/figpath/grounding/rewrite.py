"""The ways in which a drawn name differs from the lexicon's: each rule is one small function, forgiven at a cost.

A rule takes a text and returns the texts it can be rewritten to, or nothing. Rules are anchored and work on whole
tokens; none replaces substrings anywhere in a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from figpath.grounding.text import GREEK_LETTERS, spell_greek, trimmed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_STATE = (
    r"p|P|phospho|phosphorylated|Phospho|cleaved|Cleaved|active|Active|activated|Activated|inactive|nuclear|cytosolic"
    r"|total|soluble|secreted|membrane|mature|full-length|mutant|mutated|oncogenic|recombinant|endogenous|exogenous"
    r"|ubiquitinated|acetylated|sumoylated|methylated|unphosphorylated|pro|Pro|Ub|Ac|t|s|sh|si|anti|Anti|WT|wt|DN|dn|CA"
    r"|FLAG|HA|GFP|GST|c|v|n|hsa|mmu|rno"
)
_PREFIX = re.compile(rf"(?:{_STATE})[- ]+(?P<rest>\S.*)")
_GLUED_PREFIX = re.compile(r"(?:p|phospho|h|m|r|c|v|s|t|si|sh|Ub)(?P<rest>[A-Z][A-Za-z]*[A-Z0-9].*|[A-Z][a-z]{2,4})")
_SUFFIX = re.compile(
    r"(?P<rest>.*\w\)?)(?:[- ]?(?:\(P\)|\(p\)|℗|\+|\(\+\)|\(-\))"
    r"|[- ](?:P|p|Ub|Ac|Me|me3|GTP|GDP|ATP|mRNA|mRNAs|siRNA|shRNA|miRNA|cDNA|DNA|RNA|protein|proteins|gene|genes"
    r"|promoter"
    r"|complex|complexes|pathway|pathways|signaling|signalling|cascade|family|dimer|heterodimer|homodimer|trimer"
    r"|inhibitors?|antagonists?|agonists?|expression|activity|activation|transcription|isoforms?|subunits?|ligands?"
    r"|(?:in)?dependent|induced|inducible|mediated|associated|related|binding|bound|specific|driven|activated|containing"
    r"|stimulated|treated|expressing|deficient|coated|targeted|regulated"
    r"|KO|KD|knockdown|knockout|overexpression|like|positive|negative|high|low|hi|lo|\(inactive\)|\(active\)))"
)
_BRACKETED = re.compile(r"(?P<rest>[^\s()]+)[(\[][^()\[\]]*[)\]]")
_RECEPTOR = re.compile(r"(?P<rest>[\w-]{2,})[- ]?(?:receptor|Receptor|Rec|rec)s?(?P<tail>[- ]?[\w]{0,2})")
_ROMANS = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6"}
_ROMAN_END = re.compile(r"(?P<rest>.*[a-zα-ω-])[- ]?(?P<roman>I{1,3}|IV|VI?)")
_GREEK_ENDS = "|".join(GREEK_LETTERS).replace("|eta", "|(?<![bh])eta")  # not the end of beta or theta
_GREEK_NAME = re.compile(rf"(?P<before>.*?[^\W_])[- ]?(?P<name>{_GREEK_ENDS})(?P<after>(?:\W.*|\d.*)?)", re.IGNORECASE)
_GREEK_FIRST = re.compile(r"(?P<greek>[α-ω])[- ]?(?P<rest>[A-Za-z]{4,}.*)")
_ISOFORM = re.compile(r"(?P<rest>.*[^\W\d_]\d{1,2})-?[α-ε]")
_DIGIT_LIKE = str.maketrans({"I": "1", "l": "1", "|": "1", "O": "0", "o": "0", "S": "5", "Z": "2"})
_STROKE = re.compile(r"(?<![a-zIl])[lI|1](?=[^\W\d_lI])|l(?=[A-HJ-Z])")  # a small l before a capital is hardly an l
_STROKES = {"l": "I", "|": "I", "1": "I", "I": "l"}
_LETTER_LIKE = {
    "0": "OQD", "1": "l", "2": "Z", "4": "A", "5": "S", "6": "G", "8": "B", "A": "4", "B": "8E", "C": "G", "D": "O",
    "E": "FB", "F": "EPR", "G": "6CQ", "H": "N", "I": "1", "K": "X", "N": "H", "O": "0QD", "P": "FR", "Q": "O",
    "R": "P", "S": "5", "T": "1", "V": "Y", "X": "K", "Y": "V", "Z": "2", "c": "o", "d": "cl", "e": "c", "l": "1",
    "o": "ce", "t": "1", "x": "k",
}  # fmt: skip
_LONG_ENOUGH = 5  # characters; in a shorter name one misread letter leaves too little
_GREEK_LIKE = {
    "a": "α",
    "B": "β",
    "b": "β",
    "y": "γ",
    "Y": "γ",
    "v": "γ",
    "k": "κ",
    "K": "κ",
    "d": "δ",
    "e": "ε",
}
_END_DIGITS = re.compile(
    r"(?P<stem>(?=[^A-Z]*[A-Z])[A-Za-zα-ωΑ-Ω-]+?)(?P<end>[Il|]{1,2}|[\dIlOoSZ|]*\d[\dIlOoSZ|]*|[Il|][O0o])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A named rewrite and what it costs.

    Parameters
    ----------
    name
        As it appears in a mention's chain of rewrites.
    cost
        How much doubt it adds; costs of a chain add up.
    rewrite
        From a text to the texts that it may stand for.
    """

    name: str
    cost: float
    rewrite: Callable[[str], Iterator[str]]


def trim_marks(text: str) -> Iterator[str]:
    """Drop punctuation and arrows around a name: ``(IL-6,`` is IL-6."""
    bare = trimmed(text)
    if bare and bare != text:
        yield bare


def greek_to_letter(text: str) -> Iterator[str]:
    """Write the Latin letter for a Greek one that ends or splits a name: IFN-γ is IFNG, TNFalpha TNFA."""
    found = _GREEK_NAME.fullmatch(spell_greek(text))
    if found:
        yield f"{found['before']}{GREEK_LETTERS[found['name'].lower()]}{found['after']}"


def drop_prefix(text: str) -> Iterator[str]:
    """Drop the state of a protein that stands before its name: p-STAT3, cleaved caspase-3, si-JAK2."""
    found = _PREFIX.fullmatch(text)
    if found:
        yield found["rest"]


def drop_glued_prefix(text: str) -> Iterator[str]:
    """Drop a small letter of state or species that is glued to a name: pSTAT3, hTERT."""
    found = _GLUED_PREFIX.fullmatch(text)
    if found:
        yield found["rest"]


def drop_suffix(text: str) -> Iterator[str]:
    """Drop what follows a name without changing it: STAT3-P, IL6 mRNA, Ras-GTP, CD4+."""
    found = _SUFFIX.fullmatch(text)
    if found:
        yield found["rest"]


def drop_brackets(text: str) -> Iterator[str]:
    """Drop an explanation in brackets that is glued to a name: p65(RelA)."""
    found = _BRACKETED.fullmatch(text)
    if found:
        yield found["rest"]


def singular(text: str) -> Iterator[str]:
    """Drop the plural: caspases, JAKs."""
    if len(text) > 3 and text.endswith("s") and not text.endswith("ss"):
        yield text[:-1]


def receptor_to_letter(text: str) -> Iterator[str]:
    """Write R for receptor: EGF receptor is EGFR, TNF receptor 1 TNFR1."""
    found = _RECEPTOR.fullmatch(text)
    if found:
        yield f"{found['rest']}R{found['tail'].strip('- ')}"


def roman_to_digit(text: str) -> Iterator[str]:
    """Write the digit for a Roman number at the end: caspase III, Gal-IV."""
    found = _ROMAN_END.fullmatch(text)
    if found:
        yield found["rest"] + _ROMANS[found["roman"]]


def lookalike_digits(text: str) -> Iterator[str]:
    """Take letters at the end for the digits they look like: STATl is STAT1, FGFIO FGF10."""
    found = _END_DIGITS.fullmatch(text)
    if found and not found["end"].isdigit():
        yield found["stem"] + found["end"].translate(_DIGIT_LIKE)


def greek_last(text: str) -> Iterator[str]:
    """Put a Greek letter that stands before a name behind it: β-arrestin is arrestin beta."""
    found = _GREEK_FIRST.fullmatch(text)
    if found:
        yield f"{found['rest']} {spell_greek(found['greek'])}"


def lookalike_strokes(text: str) -> Iterator[str]:
    """Take one upright stroke for another before a letter: elF2α is eIF2α, 1L-6 IL-6, lκBα IκBα."""
    for found in _STROKE.finditer(text) if " " not in text else ():
        yield text[: found.start()] + _STROKES[found[0]] + text[found.end() :]


def lookalike_letters(text: str) -> Iterator[str]:
    """Take one character of a longer name for another that it is misread for: CACNAID is CACNA1D."""
    if len(text) < _LONG_ENOUGH or " " in text:
        return
    for place, character in enumerate(text):
        for like in _LETTER_LIKE.get(character, ""):
            yield text[:place] + like + text[place + 1 :]


def lookalike_greek(text: str) -> Iterator[str]:
    """Take a Latin letter at the end for the Greek one that it looks like: IKKY is IKKγ, PKCa PKCα."""
    if len(text) > 2 and text[-1] in _GREEK_LIKE:
        yield text[:-1] + _GREEK_LIKE[text[-1]]


def drop_isoform(text: str) -> Iterator[str]:
    """Drop the Greek letter of an isoform after a number: PIAS2β is PIAS2."""
    found = _ISOFORM.fullmatch(text)
    if found:
        yield found["rest"]


RULES = (
    Rule(name="trim_marks", cost=0.0, rewrite=trim_marks),
    Rule(name="greek_to_letter", cost=0.03, rewrite=greek_to_letter),
    Rule(name="greek_last", cost=0.05, rewrite=greek_last),
    Rule(name="singular", cost=0.08, rewrite=singular),
    Rule(name="drop_brackets", cost=0.08, rewrite=drop_brackets),
    Rule(name="drop_prefix", cost=0.1, rewrite=drop_prefix),
    Rule(name="drop_suffix", cost=0.1, rewrite=drop_suffix),
    Rule(name="drop_isoform", cost=0.12, rewrite=drop_isoform),
    Rule(name="receptor_to_letter", cost=0.12, rewrite=receptor_to_letter),
    Rule(name="lookalike_strokes", cost=0.14, rewrite=lookalike_strokes),
    Rule(name="drop_glued_prefix", cost=0.2, rewrite=drop_glued_prefix),
    Rule(name="roman_to_digit", cost=0.25, rewrite=roman_to_digit),
    Rule(name="lookalike_digits", cost=0.3, rewrite=lookalike_digits),
    Rule(name="lookalike_greek", cost=0.3, rewrite=lookalike_greek),
    Rule(name="lookalike_letters", cost=0.4, rewrite=lookalike_letters),
)
"""Every rule, cheapest first."""
