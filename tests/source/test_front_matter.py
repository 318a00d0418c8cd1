"""Front matter is read as text, the same with either of PyYAML's parsers."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from figpath.errors import RecordError
from figpath.source import front_matter

OWN = Path(__file__).parents[1] / "data" / "pfocr"


def test_both_parsers_of_yaml_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML without its C part is slower and reads the same."""
    (page,) = OWN.glob("*.md")
    text = front_matter.split(page.read_text(encoding="utf-8"))
    found = front_matter.parse(text)
    monkeypatch.setattr(front_matter, "_LOADER", yaml.BaseLoader)
    assert front_matter.parse(text) == found
    with pytest.raises(RecordError, match="nests deeper"):
        front_matter.parse("a: " + "[" * 100)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: NO", "NO"),
        ("a: 007", "007"),
        ("a: ~", "~"),
        ("a:", ""),
        ("a: 'it''s'", "it's"),
        ('a: "\\U0001F600"', "\U0001f600"),
        ("a: folded\n  over lines", "folded over lines"),
        ("a: [x, y]", ["x", "y"]),
        ("a: {b: c}", {"b": "c"}),
        ("a: !!python/object/apply:os.getcwd []", []),
        ("a: !!int x", "x"),
    ],
)
def test_every_value_is_text_or_made_of_texts(text: str, value: object) -> None:
    """Tags are not obeyed, so no YAML makes an object or runs anything."""
    assert front_matter.parse(text + "\n") == {"a": value}


def test_a_quoted_scalar_is_its_text() -> None:
    assert front_matter.scalar("'it''s'") == "it's"
    with pytest.raises(RecordError, match="expected a text"):
        front_matter.scalar("[a]")
