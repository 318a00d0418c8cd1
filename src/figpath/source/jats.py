"""From a JATS article to its figures: every field of the PFOCR record that the article can fill."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from figpath.errors import InputError
from figpath.figure import Figure
from figpath.source.images import SUFFIXES, figure_id_of
from figpath.source.jats_article import paper_of
from figpath.source.jats_figures import figures_in
from figpath.source.jats_tree import inside, parse_xml
from figpath.source.numbers import figure_number
from figpath.source.titles import figure_title, strip_label

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from figpath.figure import Paper
    from figpath.source.jats_figures import Alternatives, DrawnFigure

_IMAGE_SUFFIX = re.compile(r"\.(?:jpe?g|png|gif|tiff?|bmp|webp|eps|svg|pdf)$", re.IGNORECASE)
_OWN_DOI = re.compile(r"\s*\bDOI: https?://(?:dx\.)?doi\.org/\S+$")
_ANCHOR = re.compile(r"[\w.:-]{1,100}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFigure:
    """One picture of an article with what the article says about it.

    Parameters
    ----------
    figure
        Its fields; the file name is that which PMC gives it, ``{stem}.jpg``, until the picture is found.
    files
        Names of the file as the article has them, often without a suffix.
    """

    figure: Figure
    files: Alternatives


def figures_of_article(data: bytes, *, pmcid: str = "") -> tuple[PublishedFigure, ...]:
    """Return the figures of a JATS file, in its order; a figure of several pictures gives one for each.

    Parameters
    ----------
    data
        The file: an ``article``, or what a service wraps around one.
    pmcid
        What the name of the file or the folder says, where the article does not.

    Raises
    ------
    InputError
        When it is no XML that can be trusted, or holds no article.
    """
    root = parse_xml(data)
    articles = (
        [root]
        if root.tag == "article"
        else [e for e in inside(root, skip=frozenset(("article",))) if e.tag == "article"]
    )
    if not articles:
        raise InputError(f"the XML is no JATS article: it begins with <{root.tag[:40]}>")
    return tuple(figure for article in articles for figure in _figures(article, pmcid))


def stem_of(file: str) -> str:
    """Return the name of an image file without its folder and its suffix."""
    return _IMAGE_SUFFIX.sub("", file.replace("\\", "/").rpartition("/")[2])


def is_picture(file: str) -> bool:
    """Tell whether a file's name is that of a picture that figpath can decode."""
    return file.lower().endswith(SUFFIXES)


def _figures(article: Element, pmcid: str) -> Iterator[PublishedFigure]:
    paper = paper_of(article, pmcid=pmcid)
    taken: set[str] = set()
    graphical = 0
    for drawn in figures_in(article):
        graphical += drawn.graphical
        for files in drawn.pictures:
            figid = figure_id_of(f"{paper.pmcid}__{stem_of(files[0])}" if paper.pmcid else stem_of(files[0]))
            if figid.casefold() not in taken:  # one picture can be shown twice
                taken.add(figid.casefold())
                yield PublishedFigure(figure=_figure(drawn, paper, figid, files[0], graphical), files=files)


def _figure(drawn: DrawnFigure, paper: Paper, figid: str, file: str, graphical: int) -> Figure:
    stem = stem_of(file)
    anchor = drawn.anchor if _ANCHOR.fullmatch(drawn.anchor) else ""
    link = f"/pmc/articles/{paper.pmcid}/figure/{anchor}/" if paper.pmcid and anchor else ""
    bare = _OWN_DOI.sub("", strip_label(drawn.caption, drawn.label))
    title = figure_title(drawn.title, caption=bare, paper_title=paper.title, label=drawn.label)
    label = drawn.label or _label_in(drawn.title) or _label_in(drawn.caption)
    number = figure_number(label, filename=stem, link=f"/{anchor}/")
    if drawn.graphical and not re.search(r"\d", drawn.label):
        number = f"GA{graphical}"
    return Figure(
        figid=figid,
        number=number,
        title=title,
        caption=_caption(drawn, bare, title),
        filename=f"{figure_id_of(stem)}.jpg",
        link=link,
        paper=paper,
    )


def _label_in(text: str) -> str:
    """Return the label that stands in front of a text, when the article does not mark it as one."""
    return text[: len(text) - len(strip_label(text))]


def _caption(drawn: DrawnFigure, bare: str, title: str) -> str:
    """Return the caption, with the printed title in front of it where the figure has been given another title."""
    printed = strip_label(drawn.title, drawn.label).strip()
    kept = printed if printed and printed.rstrip(". ").casefold() != title.casefold() else ""
    if kept and title.casefold() in kept.casefold():
        kept = ""
    return " ".join(filter(None, (kept, bare))) or title
