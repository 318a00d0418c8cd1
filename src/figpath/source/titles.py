"""Titles and captions of figures, cleaned as PFOCR cleans them (1.2 of the PFOCR record), Greek letters kept.

What PFOCR does to Greek letters (``TGF-β`` to ``TGFB``) and to sentences (``a model of S. cerevisiae`` cut after
the S) loses what the paper says, so it is not done here.
"""

from __future__ import annotations

import re

USABLE = range(10, 251)
"""Lengths of a title that PFOCR keeps; another is replaced by the title of the paper."""

_SHORTEST_TITLE, _SHORTEST_SENTENCE = 7, 8
_PREAMBLES = ("the role of the ", "the role of ")
_PANEL = re.compile(r"^\([Aa]\)[\s.:,]*")
_EMPTY_BRACKETS = re.compile(r"\s*[\[(][\s,;]*[\])]")
_PERIODS = re.compile(r"\.(?:\s*\.)+")
_MARKS = ".:|)–—-("  # and nothing: an empty text is in it
_LABEL = re.compile(
    r"^(?:(?:supplement(?:ary|al)?|extended data|appendix|additional)\s+)?(?:fig(?:ure)?s?|scheme|chart)\b\.?\s*"
    r"(?:[A-Z]{1,2}\s?)?\d+[A-Za-z]?(?:\s?[-–—]\s?figure supplement \d+)?(?![\w.]*\d)\s*"
    r"(?:[.:|)–—-]+\s*|\s(?=(?-i:[A-Z(])))",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[])(?:[A-Za-z]|vs|spp?|subsp|var|et al|[Ff]igs?|[Rr]efs?|e\.g|i\.e|cf|approx|ca|no|Dr|St|resp|incl)$"
)


def strip_label(text: str, label: str = "") -> str:
    """Return a title or a caption without the figure's label in front of it."""
    bare = label.strip().rstrip(".:")
    if bare and text.casefold().startswith(bare.casefold()):
        rest = text[len(bare) :]
        start = rest.lstrip()[:1]
        if not rest[:1].isalnum() and (start in _MARKS or start.isupper()):  # not: Figure 1 shows ...
            return re.sub(r"^[\s.:|)–—-]+", "", rest)
    return _LABEL.sub("", text, count=1)


def first_sentence(text: str) -> str:
    """Return the first sentence without its mark; abbreviations and initials do not end one."""
    for end in _SENTENCE_END.finditer(text):
        before = text[: end.start()]
        if end[0] != "." or not _ABBREVIATION.search(before):
            return before.strip()
    return text.strip()


def figure_title(title: str, *, caption: str = "", paper_title: str = "", label: str = "") -> str:
    """Return the title of a figure: its own, else the first sentence of its caption, else that of the paper.

    Parameters
    ----------
    title
        What the paper has as its title; may be empty.
    caption
        The caption, without the label.
    paper_title
        Title of the article.
    label
        The printed label, which is taken away where the title begins with it.

    Returns
    -------
    str
        Of 10 to 250 characters where the paper has such a title; empty when there is nothing to take it from.
    """
    found = _tidy(strip_label(title, label))
    if len(found) < _SHORTEST_TITLE:
        sentence = _tidy(first_sentence(strip_label(caption, label)))
        found = sentence if len(sentence) >= _SHORTEST_SENTENCE else paper_title.strip()
    if len(found) not in USABLE:
        found = paper_title.strip() or found
    return _clean(found)


def _tidy(text: str) -> str:
    return _PERIODS.sub(".", " ".join(text.split())).strip(". ")


def _clean(title: str) -> str:
    bare = _EMPTY_BRACKETS.sub("", _PANEL.sub("", title.removesuffix("."))).replace("\\", "/").strip()
    lower = bare.casefold()
    shortest = min((bare[len(p) :] for p in _PREAMBLES if lower.startswith(p)), key=len, default=bare)
    return shortest[:1].upper() + shortest[1:] if shortest != bare else bare
