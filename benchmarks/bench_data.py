"""The benchmark's figures as sources to read: pictures with what their papers say about them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from figpath.errors import InputError
from figpath.evaluate.bootstrap import Measure
from figpath.evaluate.documents import lines_of, read_bytes, read_text
from figpath.figure import Figure, Paper
from figpath.pipeline import Source, sources_of

if TYPE_CHECKING:
    from pathlib import Path

_BASELINE = re.compile(r"label exact (0\.\d+) \(([\d,]+) labels\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """A line of ``captions.jsonl``."""

    figid: str
    pmcid: str = ""
    number: str = ""
    figtitle: str = ""
    papertitle: str = ""
    caption: str = ""
    reftext: str = ""
    year: str = ""


def gold_sources(bench: Path) -> tuple[Source, ...]:
    """Return the gold figures, each with its caption, its title and the title of its paper.

    Raises
    ------
    InputError
        When a figure has no caption, or something cannot be read.
    """
    path = bench / "gold" / "captions.jsonl"
    captions = {one.figid: one for _, one in lines_of(read_bytes(path, what="captions"), Caption, name=str(path))}
    found = []
    for source in sources_of([bench / "gold" / "figures"]):
        caption = captions.get(source.figure.figid)
        if caption is None:
            raise InputError(f"{path} has no caption of figure {source.figure.figid}: take the whole benchmark")
        found.append(Source(figure=_figure(caption, source.figure.filename), picture=source.picture))
    return tuple(found)


def _figure(caption: Caption, filename: str) -> Figure:
    paper = Paper(pmcid=caption.pmcid, title=caption.papertitle, reference=caption.reftext, year=caption.year)
    return Figure(
        figid=caption.figid,
        number=caption.number,
        title=caption.figtitle,
        caption=caption.caption,
        filename=filename,
        paper=paper,
    )


def drawn_sources(bench: Path) -> tuple[Source, ...]:
    """Return the drawn pathways; nothing is known about them but the picture."""
    return sources_of([bench / "wikipathways" / "open"])


def drawn_baseline(bench: Path) -> Measure:
    """Return the share of labels that RapidOCR reads as it comes, as the benchmark states it, without an interval.

    Raises
    ------
    InputError
        When the benchmark does not state it.
    """
    path = bench / "wikipathways" / "baseline.txt"
    found = _BASELINE.search(read_text(path, what="baseline"))
    if not found:
        raise InputError(f"{path} does not say 'label exact 0.000 (0 labels)': take the whole benchmark")
    value, count = float(found[1]), int(found[2].replace(",", ""))
    return Measure(name="labels.rapidocr.exact", value=value, low=value, high=value, count=count, better="")
