"""The figures of a JATS article, wherever they stand: body, floats, groups, abstracts, schemes, supplements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from figpath.source.jats_tree import inside, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

Alternatives: TypeAlias = tuple[str, ...]
"""File names of one picture in several forms, the paper's order."""

_FIGURES = frozenset(("fig", "chem-struct-wrap", "supplementary-material"))
_HOLDERS = frozenset(("fig-group", "fig", "chem-struct-wrap", "supplementary-material", "abstract", "trans-abstract"))
_ELSEWHERE = frozenset(("sub-article", "response", "ref-list", "table-wrap", "disp-formula", "inline-formula", "bio"))
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|tiff?|bmp|webp)$", re.IGNORECASE)
_GRAPHICAL = re.compile(r"graphic|visual|toc", re.IGNORECASE)
_SAYS_FIGURE = re.compile(r"\b(?:fig|scheme|chart)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnFigure:
    """A figure as the article has it.

    Parameters
    ----------
    anchor
        Its id in the article, which is also the anchor of its page at PMC.
    label, title, caption
        As printed; empty where the article has none. The caption is without the title.
    graphical
        Whether it is a graphical abstract.
    pictures
        Its pictures, each as the names of the files it may be in.
    """

    anchor: str
    label: str
    title: str
    caption: str
    graphical: bool
    pictures: tuple[Alternatives, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    """What figures inside a group or an abstract take over from it."""

    anchor: str = ""
    label: str = ""
    title: str = ""
    caption: str = ""
    graphical: bool = False


def figures_in(article: Element) -> tuple[DrawnFigure, ...]:
    """Return the figures that have a picture, in the order in which the article has them.

    Figures of reviewers' reports and replies (``sub-article``, ``response``) belong to another text and are left out.
    """
    return tuple(_below(article, _Context()))


def _below(element: Element, context: _Context) -> Iterator[DrawnFigure]:
    for child in element:
        if child.tag in _ELSEWHERE:
            continue
        if child.tag == "graphic" and context.graphical and element.tag not in _FIGURES:
            yield _figure(context, (_names(child),))
            continue
        inner = _inner(child, context) if child.tag in _HOLDERS else context
        if child.tag in _FIGURES and (pictures := _pictures(child)):
            yield _figure(inner, pictures)
        yield from _below(child, inner)


def _inner(element: Element, outer: _Context) -> _Context:
    """Return the context inside an element: its own words, after those of the group around it."""
    if element.tag in {"abstract", "trans-abstract"}:
        return _Context(
            graphical=bool(_GRAPHICAL.search(element.get("abstract-type", ""))), anchor=element.get("id", "")
        )
    own = element.find("caption")
    title = _joined(text_of(None if own is None else own.find("title")), text_of(element.find("title")))
    caption = _joined(*(text_of(part) for part in (() if own is None else own) if part.tag != "title"))
    return _Context(
        anchor=element.get("id") or outer.anchor,
        label=text_of(element.find("label")) or outer.label,
        title=title or outer.title,
        caption=_joined(outer.caption if title in {"", outer.title} else _joined(outer.title, outer.caption), caption),
        graphical=outer.graphical or bool(_GRAPHICAL.search(element.get("fig-type", ""))),
    )


def _joined(*texts: str) -> str:
    return " ".join(text for text in texts if text)


def _figure(context: _Context, pictures: tuple[Alternatives, ...]) -> DrawnFigure:
    return DrawnFigure(
        anchor=context.anchor,
        label=context.label,
        title=context.title,
        caption=context.caption,
        graphical=context.graphical,
        pictures=pictures,
    )


def _pictures(element: Element) -> tuple[Alternatives, ...]:
    """Return the pictures that are a figure's own, not those of a figure inside it."""
    if element.tag == "supplementary-material" and not _is_supplementary_figure(element):
        return ()
    found: list[Alternatives] = []
    direct = element.get("href", "")
    if element.tag == "supplementary-material" and _PICTURE.search(direct):
        found.append((direct,))
    for child in inside(element, skip=_FIGURES | _ELSEWHERE | {"alternatives"}):
        if child.tag == "alternatives":
            found.append(tuple(name for form in child if _holds_picture(form) for name in _names(form)))
        elif _holds_picture(child):
            found.append(_names(child))
    return tuple(dict.fromkeys(names for names in found if names))


def _is_supplementary_figure(element: Element) -> bool:
    says = _joined(text_of(element.find("label")), text_of(element.find("caption"))[:60])
    return bool(_SAYS_FIGURE.search(says)) or any(child.tag == "graphic" for child in element)


def _holds_picture(element: Element) -> bool:
    href = element.get("href", "")
    if element.tag == "graphic":
        return bool(href)
    return element.tag == "media" and (element.get("mimetype") == "image" or bool(_PICTURE.search(href)))


def _names(element: Element) -> Alternatives:
    href = element.get("href", "")
    return (href,) if href else ()
