"""Texts are quoted and folded as R's yaml package does it; libyaml itself is the oracle where PyYAML has it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from figpath.publish.pfocr_yaml import _OTHER_TYPE, number, species, text
from figpath.source.front_matter import parse

LONG = "Lung tumor-derived exosomes induce fibroblasts to secrete exosomes that express factors such as MMP9"
PIECES = st.one_of(
    st.sampled_from(
        ["JAK2/STAT3", "tumour", ": ", "- a", " #1", "it's", '"x"', "α", "μ\u2009m", "\u00a0", "\U0001f600"]
    ),
    st.sampled_from(["signalling pathways that are long", "x" * 40, "  ", "\t", "\n", "\x85", "\ufeff", "\\"]),
    st.text("abcdeAB 019-:#'\"|&*!%@`[]{},.?=<>~/\n", max_size=12),
)
TEXTS = st.lists(PIECES, max_size=20).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda glue: glue.join(pieces))
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("TGF-β", "TGF-β"),
        ("", "''"),
        ("2021", "'2021'"),
        ("0.5", "'0.5'"),
        ("1.0e+5", "'1.0e+5'"),
        ("1,000", "'1,000'"),
        ("12:30", "'12:30'"),
        ("2021-05-01", "'2021-05-01'"),
        ("NO", "'NO'"),
        ("y", "'y'"),
        ("NULL", "'NULL'"),
        ("~", "'~'"),
        ("=", "'='"),
        (".na.character", "'.na.character'"),
        ("NA", "NA"),
        ("nO", "nO"),
        ("1e5", "1e5"),
        ("1.2.3", "1.2.3"),
        ("0x1F", "'0x1F'"),
        ("-.inf", "'-.inf'"),
        ("2021-05-01T10:00:00Z", "'2021-05-01T10:00:00Z'"),
        ("title: subtitle", "'title: subtitle'"),
        ("10:1 ratio a:b", "10:1 ratio a:b"),
        ("it's", "it's"),
        ("it's: one", "'it''s: one'"),
        ("a #1", "'a #1'"),
        ("a#1", "a#1"),
        ("@Press", "'@Press'"),
        ("[abc", "'[abc'"),
        ("-", "'-'"),
        ("-x", "-x"),
        ("- x", "'- x'"),
        ("--- x", "'--- x'"),
        ("blank at the end ", "'blank at the end '"),
        (" blank at the start", "' blank at the start'"),
        ("tab\there", r'"tab\there"'),
        ("emoji \U0001f600", r'"emoji \U0001F600"'),
        ("\x07", r'"\a"'),
        ("\x01", r'"\x01"'),
        ("\u2028", r'"\L"'),
        ("two\nlines", "|-\n  two\n  lines"),
        ("two\nlines\n", "|\n  two\n  lines"),
        (" two\n\nlines", "|2-\n   two\n\n  lines"),
        ("two \nlines", r'"two \nlines"'),
        ("two\nlines ", r'"two\nlines "'),
    ],
)
def test_a_text_is_quoted_only_when_it_must_be(value: str, written: str) -> None:
    assert text(value, column=5, indent=2) == written


def test_a_line_is_broken_at_the_first_blank_past_the_width() -> None:
    first, second = text(LONG, column=9, indent=2).split("\n")
    assert len("caption: " + first) == 88
    assert second == "  factors such as MMP9"


def test_two_blanks_are_never_a_break() -> None:
    value = "x" * 90 + "  " + "y" * 90
    assert text(value, column=0, indent=2) == value


def test_a_long_word_is_never_split() -> None:
    assert text("x" * 200, column=0, indent=2) == "x" * 200


@settings(deadline=None, max_examples=50)
@given(TEXTS, st.integers(1, 30))
def test_a_text_comes_back_as_it_was(value: str, length: int) -> None:
    key = "k" * length
    outer = f"{key}: {text(value, column=length + 2, indent=2)}\n"
    inner = f"m:\n  {key}: {text(value, column=length + 4, indent=4)}\n  next: one\n"
    assert parse(outer + inner) == {key: value, "m": {key: value, "next": "one"}}


@pytest.mark.skipif(not hasattr(yaml, "CSafeDumper"), reason="PyYAML is built without libyaml, the oracle, here")
@settings(deadline=None, max_examples=50)
@given(TEXTS.filter(lambda value: not value.endswith("\n\n") and value != "\n"))
def test_the_bytes_are_those_of_libyaml(value: str) -> None:
    """R chooses the style (bare, single quotes for what has another type, | for lines), libyaml does the rest."""
    style = "|" if "\n" in value else "'" if not value or _OTHER_TYPE.fullmatch(value) else None
    expected = yaml.emit(events(value, style), Dumper=yaml.CSafeDumper, width=80, allow_unicode=True)
    nested = text(value, column=len("  description: "), indent=4)
    assert f"caption: {text(value, column=9, indent=2)}\nm:\n  description: {nested}\n" == expected


def events(value: str, style: str | None) -> Iterator[yaml.Event]:
    def put(content: str, style: str | None = None) -> yaml.Event:
        return yaml.ScalarEvent(None, None, (True, True), content, style=style)

    yield yaml.StreamStartEvent()
    yield yaml.DocumentStartEvent(explicit=False)
    yield yaml.MappingStartEvent(None, None, True, flow_style=False)
    yield from (put("caption"), put(value, style), put("m"))
    yield yaml.MappingStartEvent(None, None, True, flow_style=False)
    yield from (put("description"), put(value, style))
    yield from (yaml.MappingEndEvent(), yaml.MappingEndEvent())
    yield yaml.DocumentEndEvent(explicit=False)
    yield yaml.StreamEndEvent()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.8665511, "0.8665511"),
        (0.86655114, "0.8665511"),
        (1.0, "1.0"),
        (0.0, "0.0"),
        (0.5, "0.5"),
        (0.000012, "1.2e-05"),
        (0.00001, "1.0e-05"),
        (0.0001, "0.0001"),
    ],
)
def test_numbers_have_seven_decimals_at_most(value: float, written: str) -> None:
    assert number(value) == written


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Homo sapiens", "Homo sapiens"),
        ("NA", "NA"),
        ("12", "12"),
        ("Severe acute respiratory syndrome coronavirus 2 isolate of a very long name that is never folded", None),
        ("[Candida] glabrata", "'[Candida] glabrata'"),
        ("two\n  blanks", "two blanks"),
    ],
)
def test_species_are_bare_unless_that_would_break_the_page(name: str, written: str | None) -> None:
    assert species(name) == (written or name)
