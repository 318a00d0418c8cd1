"""XML as the network formats write it: indented, UTF-8, the same bytes for the same elements."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import indent, tostring

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def document(root: Element) -> bytes:
    """Return an element and all below it as an XML document."""
    indent(root)
    text: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return text + b"\n"


def number(value: float) -> str:
    """Return a number as text, with at most four decimals and none that say nothing."""
    return f"{round(value, 4) + 0.0:.4f}".rstrip("0").rstrip(".")
