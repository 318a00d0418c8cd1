"""JATS XML as a tree of plain elements, read without trust: no entities, no DTD, no network, no huge trees."""

from __future__ import annotations

import html.entities
import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, TreeBuilder  # the values only; lxml does the parsing

from figpath.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

XML_LIMIT = 50_000_000
"""Largest file in bytes; the largest article of PMC has about 20 million."""

_NOT_TEXT = frozenset(
    "graphic inline-graphic media alt-text long-desc object-id tex-math annotation permissions attrib fn label "
    "supplementary-material table-wrap".split()
)
_BLOCKS = frozenset("p title break sec list list-item def-item disp-quote disp-formula td th tr abstract".split())
_NAMED_ENTITY = re.compile(rb"<!\[CDATA\[.*?\]\]>|&([A-Za-z][A-Za-z0-9]*);", re.DOTALL)
_OWN_ENTITIES = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))
_DECLARES = re.compile(rb"<!\s*(?:ENTITY|ATTLIST|NOTATION|ELEMENT)")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


class _Builder:
    """Builds elements named without their namespaces: ``xlink:href`` is ``href``."""

    def __init__(self) -> None:
        self._tree = TreeBuilder()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._tree.start(_local(tag), {_local(key): value for key, value in attributes.items()})

    def end(self, tag: str) -> None:
        self._tree.end(_local(tag))

    def data(self, text: str) -> None:
        self._tree.data(text)

    def close(self) -> Element:
        return self._tree.close()


def parse_xml(data: bytes) -> Element:
    """Parse an XML file; element and attribute names come without namespaces.

    Raises
    ------
    InputError
        When it is too large, declares entities, or is not well-formed.
    """
    from lxml import etree

    if len(data) > XML_LIMIT:
        raise InputError(f"the XML has {len(data):,} bytes, at most {XML_LIMIT:,} are read")
    parser = etree.XMLParser(
        target=_Builder(),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        dtd_validation=False,
    )
    try:
        root = etree.fromstring(_without_entities(data), parser)
    except InputError:
        raise
    except Exception as error:  # damaged markup makes the parser and the builder raise several kinds
        raise InputError(f"the XML is damaged: {' '.join(str(error).split())[:200]}") from error
    if not isinstance(root, Element):
        raise InputError("the XML has no element")
    return root


def text_of(element: Element | None) -> str:
    """Return the text inside an element on one line: markup dropped, paragraphs apart, formulas once."""
    return "" if element is None else " ".join("".join(_pieces(element)).split())


def inside(element: Element, *, skip: frozenset[str]) -> Iterator[Element]:
    """Yield an element's descendants in order; those named in `skip` are yielded, what is in them is not."""
    for child in element:
        yield child
        if child.tag not in skip:
            yield from inside(child, skip=skip)


def _without_entities(data: bytes) -> bytes:
    """Refuse declarations, and write the named characters of HTML, which DTDs of publishers declare, as numbers."""
    if data.startswith(_WIDE):
        data = _as_utf8(data)
    if _DECLARES.search(data):
        raise InputError("the XML declares entities of its own, which figpath does not follow")
    return _NAMED_ENTITY.sub(_numbered, data)


def _as_utf8(data: bytes) -> bytes:
    coding = (
        "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-16-le" if data[:1] == b"<" else "utf-16-be"
    )
    try:
        text = data.decode(coding)
    except UnicodeDecodeError as error:
        raise InputError("the XML is neither UTF-8 nor UTF-16") from error
    return re.sub(r"^\s*<\?xml.*?\?>", "", text, count=1, flags=re.DOTALL).encode("utf-8", errors="replace")


def _numbered(found: re.Match[bytes]) -> bytes:
    name = found[1]
    known = None if name is None or name in _OWN_ENTITIES else html.entities.html5.get(name.decode() + ";")
    if known is None:
        return found[0]
    return "".join(f"&#{ord(letter)};" for letter in known).encode()


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _pieces(element: Element) -> Iterator[str]:
    if element.text:
        yield element.text
    for child in element:
        if child.tag in _BLOCKS:
            yield " "
        if child.tag not in _NOT_TEXT:
            yield from _pieces(child)
        if child.tag in _BLOCKS:
            yield " "
        if child.tail:
            yield child.tail
