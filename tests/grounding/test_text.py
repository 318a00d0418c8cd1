"""Folding: the same rules build the lexicon and query it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figpath.grounding.text import fold, spell_greek


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("IL-6", "il6"),
        ("IL 6", "il6"),
        ("NF-κB", "nfkappab"),
        ("NF-kappa B", "nfkappab"),
        ("Wnt/ß-catenin", "wntbetacatenin"),
        ("IKKβ", "ikkbeta"),
        ("TGF‑β1", "tgfbeta1"),  # non-breaking hyphen
        ("ＴＮＦ", "tnf"),  # full width
        ("Ca²⁺", "ca2+"),
        ("CA2", "ca2"),
        ("Δψm", "deltapsim"),
        ("Σ", "sigma"),
        ("Öztürk", "ozturk"),
        ("…", ""),
    ],
)
def test_fold_forgets_what_does_not_tell_names_apart(text: str, key: str) -> None:
    assert fold(text) == key


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="αβγδεκσωABCabc123-"))
def test_spelled_greek_folds_like_greek(text: str) -> None:
    assert fold(spell_greek(text)) == fold(text)
