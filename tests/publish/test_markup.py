"""XML is written to the bytes that the standard library writes."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from hypothesis import given
from hypothesis import strategies as some

from figpath.publish.markup import document

TEXTS = some.text(some.characters(codec="utf-8") | some.sampled_from("&<>\"'\r\n\t"), max_size=12)
NAMES = some.sampled_from(("a", "Graph-1", "Node"))
LEAVES = some.tuples(NAMES, some.dictionaries(NAMES, TEXTS), TEXTS)
TREES = some.recursive(LEAVES, lambda inner: some.tuples(NAMES, some.dictionaries(NAMES, TEXTS), some.lists(inner)))


def built(tree: Any, into: Element | None = None) -> Element:
    """An element of name, attributes, and text or children."""
    name, values, inside = tree
    made = Element(name, values) if into is None else SubElement(into, name, values)
    if isinstance(inside, str):
        made.text = inside
    else:
        for one in inside:
            built(one, made)
    return made


@given(TREES)
def test_it_is_what_the_standard_library_writes(tree: Any) -> None:
    """Indented, with every character that means something to XML written as a code."""
    ours, theirs = built(tree), built(tree)
    indent(theirs)
    assert document(ours) == tostring(theirs, encoding="UTF-8", xml_declaration=True) + b"\n"
