"""A figure as published: what the paper says about it. Its pixels are a separate (H, W, 3) uint8 array."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels: TypeAlias = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The article that a figure stands in; a field that is not known is empty.

    Parameters
    ----------
    pmcid
        PubMed Central id, ``PMC`` and digits.
    title, reference, year, doi, journal, journal_abbreviation, publisher, licence
        As published; `reference` is the citation line, `journal_abbreviation` the NLM one.
    keywords
        The authors' keywords.
    organisms
        Scientific names of the species that the paper is about.
    """

    pmcid: str = ""
    title: str = ""
    reference: str = ""
    year: str = ""
    doi: str = ""
    journal: str = ""
    journal_abbreviation: str = ""
    publisher: str = ""
    licence: str = ""
    keywords: tuple[str, ...] = ()
    organisms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure as published.

    Parameters
    ----------
    figid
        ``{PMCID}__{image stem}`` for a figure of PMC, the file stem for a plain picture.
    number
        Normalised figure number: ``F2``, ``S1``, ``SF3``, ``GA1`` (see the PFOCR record).
    title, caption
        As published, without the label.
    filename, link
        File name of the image, and the site-relative address of the figure's page.
    paper
        The article.
    """

    figid: str
    number: str = ""
    title: str = ""
    caption: str = ""
    filename: str = ""
    link: str = ""
    paper: Paper = field(default_factory=Paper)
