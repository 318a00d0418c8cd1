"""Greek letters that continue a name nearby."""

import pytest

from figpath.grounding.continuation import continued, greek_letters, nearby
from figpath.grounding.mention import Kind, Mention


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("α", ("α",)),
        ("α/β", ("α", "β")),
        ("α β γ", ("α", "β", "γ")),
        ("β1", ("β1",)),
        ("IKKα", ()),
        ("a", ()),
        ("", ()),
    ],
)
def test_only_a_text_of_nothing_but_greek_letters_has_letters(text: str, letters: tuple[str, ...]) -> None:
    assert greek_letters(text) == letters


@pytest.mark.parametrize(
    ("name", "letter", "whole"),
    [
        ("IKKγ", "α", "IKKα"),
        ("IKKgamma", "β", "IKKβ"),
        ("TGF-β", "α", "TGFα"),
        ("importin α", "β1", "importinβ1"),
        ("CD3", "ζ", "CD3ζ"),
    ],
)
def test_a_letter_stands_for_the_letter_of_the_name_or_behind_it(name: str, letter: str, whole: str) -> None:
    assert continued(name, letter) == whole


def test_names_within_reach_come_nearest_first_and_chemicals_not_at_all() -> None:
    def drawn(text: str, x: int, *, kind: Kind = "gene") -> Mention:
        return Mention(text=text, kind=kind, score=1.0, box=(x, 0, x + 40, 12))

    mentions = [drawn("far", 400), drawn("second", 150), drawn("first", 95), drawn("ATP", 92, kind="chemical")]
    assert [m.text for m in nearby(mentions, (80, 0, 90, 12))] == ["first", "second"]
