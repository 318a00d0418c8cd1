"""What a search finds, as values; data frames on request."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    import pandas as pd

Sort: TypeAlias = Literal["relevance", "year", "figid"]

FACETS: Final = ("organism", "year", "journal", "gene", "disease")
"""What figures found can be counted by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A piece of a text with the places that match.

    Parameters
    ----------
    field
        ``title``, ``caption``, ``paper_title``, ``keywords``.
    text
        The piece; an ellipsis stands where it was cut.
    marks
        ``(start, end)`` of each match in `text`, in characters, end exclusive; they do not overlap.
    """

    field: str
    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A figure that was found.

    Parameters
    ----------
    figid, number, title
        Of the figure.
    pmcid, paper_title, journal, year
        Of its paper; `year` is None when it is not known.
    organisms
        NCBI taxon ids of the species that its genes were grounded to.
    score
        How well it matches: a sum over the words of the query, 0 when only filters were asked. It ranks the
        figures of one search and means nothing between searches.
    drawn
        Symbols of what the query names and the figure draws itself.
    expanded
        Symbols of what the query names and the figure only has as a member of a family that it draws.
    drawn_as
        The names under which these stand on the figure, families among them.
    snippets
        Where the texts match: the words of the query, and these names.
    """

    figid: str
    number: str
    title: str
    pmcid: str
    paper_title: str
    journal: str
    year: int | None
    organisms: tuple[int, ...]
    score: float
    drawn: tuple[str, ...] = ()
    expanded: tuple[str, ...] = ()
    drawn_as: tuple[str, ...] = ()
    snippets: tuple[Snippet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """A value that figures have in common.

    Parameters
    ----------
    label
        For people.
    query
        What narrows a query to it, such as ``year:2020``.
    count
        Figures found that have it.
    """

    label: str
    query: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """Figures found, counted by one property: the most frequent values first, years from the latest.

    Parameters
    ----------
    name
        One of `FACETS`.
    values
        The values.
    """

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A name of the query that nothing is known by, and names that are spelled nearly so."""

    name: str
    nearest: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page of what was found.

    Parameters
    ----------
    query
        As asked.
    total
        Figures that match, exactly.
    offset
        How many come before the first of `hits`.
    hits
        The figures of this page, best first.
    facets
        Counts over all figures that match; empty when not asked for.
    suggestions
        For names that nothing is known by.
    """

    query: str
    total: int
    offset: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """Return the figures of this page as a data frame: one row a figure, the fields of `Hit` as columns."""
        import pandas as pd

        rows = [{**asdict(hit), "snippets": [one.text for one in hit.snippets]} for hit in self.hits]
        return pd.DataFrame(rows, columns=list(Hit.__dataclass_fields__))


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """A figure that draws the same.

    Parameters
    ----------
    figid, title, year
        Of the figure.
    score
        Cosine of the two figures' genes and families as weighted by rarity, in (0, 1].
    shared
        Symbols of what both draw, the rarest first.
    """

    figid: str
    title: str
    year: int | None
    score: float
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarFigures:
    """Figures that resemble one.

    Parameters
    ----------
    figid
        The one.
    likenesses
        Others that draw the same genes, most alike first; those with nearly its picture are left out.
    same_picture
        Figids of those with nearly its picture.
    """

    figid: str
    likenesses: tuple[Likeness, ...]
    same_picture: tuple[str, ...]

    def to_frame(self) -> pd.DataFrame:
        """Return the likenesses as a data frame: one row a figure, the fields of `Likeness` as columns."""
        import pandas as pd

        return pd.DataFrame([asdict(one) for one in self.likenesses], columns=list(Likeness.__dataclass_fields__))


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """A gene that is drawn together with another more often than chance has it.

    Parameters
    ----------
    id, symbol
        Of the companion.
    together
        Figures that draw both; those with nearly the same picture count once.
    expected
        How many would, if the two were drawn independently.
    lift
        `together` through `expected`.
    g
        Signed root of the log-likelihood ratio of the two-by-two table (see `figpath.search.association`): about a
        standard normal number when the two are independent.
    """

    id: str
    symbol: str
    together: int
    expected: float
    lift: float
    g: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneView:
    """All that a corpus shows of a gene.

    Parameters
    ----------
    id, symbol, taxon
        Of the gene; `taxon` is None for a family.
    drawn
        Figures that draw it by any of its names.
    expanded
        Figures that only draw a family that it is a member of.
    years
        ``(year, figures that draw it)``, from the first to the last year, those without any included.
    companions
        Genes of the same species that are drawn with it, the most closely associated first.
    figures
        Some of the figures: those that draw it, the ones with the fewest other names first, then the others.
    """

    id: str
    symbol: str
    taxon: int | None
    drawn: int
    expanded: int
    years: tuple[tuple[int, int], ...]
    companions: tuple[Companion, ...]
    figures: tuple[Hit, ...]

    def to_frame(self) -> pd.DataFrame:
        """Return the companions as a data frame: one row a gene, the fields of `Companion` as columns."""
        import pandas as pd

        return pd.DataFrame([asdict(one) for one in self.companions], columns=list(Companion.__dataclass_fields__))


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnName:
    """A drawn name and one thing that it stands for: a row of the table of mentions.

    Parameters
    ----------
    figid
        The figure.
    text, kind, score
        Of the mention.
    id, symbol, taxon, source
        Of the entity.
    drawn
        False for a gene that comes from expanding a drawn family.
    """

    figid: str
    text: str
    kind: str
    score: float
    id: str
    symbol: str
    taxon: int | None
    source: str
    drawn: bool
