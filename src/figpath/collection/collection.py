"""Collection: a corpus as Python sees it. Typed values, data frames on request, nothing read before it is asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Self

from figpath import ids
from figpath.collection.gene_list_questions import GeneListQuestions
from figpath.errors import InputError
from figpath.grounding.lexicon import gene_ids
from figpath.grounding.lexicon.lexicon import open_lexicon
from figpath.record import MINIMUM_SCORE
from figpath.resources import packaged_gene_ids
from figpath.search.names import LexiconNames
from figpath.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from figpath.enrich.enricher import Enricher
    from figpath.record import Record
    from figpath.search.results import Found, GeneView, SimilarFigures, Sort
    from figpath.store import DrawnNames, Searcher, Store

_SORTS = ("relevance", "year", "figid")


class Collection(GeneListQuestions):
    """The figures of a corpus; use `figpath.open`, best in a ``with`` block.

    It can be read while ``figpath build`` writes it: each answer is about one state of it.

    Parameters
    ----------
    path
        A corpus, made by ``figpath build``.

    Raises
    ------
    StoreError
        When it is absent, no corpus, or of another version.

    Examples
    --------
    >>> import figpath
    >>> with figpath.open("corpus.db") as corpus:  # doctest: +SKIP
    ...     found = corpus.search("JAK2 exosome lung")
    ...     print(found.total, [hit.figid for hit in found.hits])
    """

    def __init__(self, path: str | Path) -> None:
        self._store: Store = open_store(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"figpath.open({str(self.path)!r})"

    def __len__(self) -> int:
        """How many figures were read, in whole or in part."""
        counts = self._store.counts()
        return counts["ok"] + counts["partial"]

    def close(self) -> None:
        """Close the corpus."""
        self._store.close()

    @property
    def path(self) -> Path:
        """The file."""
        return self._store.path

    def search(
        self,
        query: str,
        *,
        limit: int = 24,
        offset: int = 0,
        sort: Sort = "relevance",
        facets: Sequence[str] = (),
    ) -> Found:
        """Return the figures that a query asks for.

        A word is looked for in titles, captions, keywords and drawn names, and as the name of a gene, family,
        chemical or disease, which is found under any of its names. Figures are ranked by BM25F with weighted fields
        (Robertson, Zaragoza and Taylor 2004), see docs/search.md.

        Parameters
        ----------
        query
            Such as ``'STAT3 "lung cancer" NOT year:..2010'``; see `figpath.search.parse.parse`.
        limit, offset
            Figures of the page, and how many come before it.
        sort
            ``relevance``, ``year`` (the latest first) or ``figid``.
        facets
            What to count the figures by: some of ``organism``, ``year``, ``journal``, ``gene``, ``disease``.

        Returns
        -------
        Found
            How many figures match, and those of the page.

        Raises
        ------
        InputError
            When the query cannot be understood, or another value is unknown.

        Examples
        --------
        >>> corpus.search("gene:FGF2 year:2019..2021", facets=["journal"])  # doctest: +SKIP
        Found(query='gene:FGF2 year:2019..2021', total=312, ...)
        """
        if sort not in _SORTS:
            raise InputError(f"cannot sort by {str(sort)[:40]!r}: choose one of {', '.join(_SORTS)}")
        return self._searcher.search(query, limit=limit, offset=offset, sort=sort, facets=facets)

    def figure(self, figid: str) -> Record:
        """Return the record of a figure.

        Raises
        ------
        StoreError
            When the corpus has no such figure.
        """
        return self._store.record(figid)

    def figures(self) -> Iterator[Record]:
        """Yield the records of all figures that did not fail, ordered by figid."""
        return self._store.records()

    def same_picture(self, figid: str) -> tuple[str, ...]:
        """Return the figids of other figures that have the same or nearly the same picture."""
        return self._store.same_picture(figid)

    def similar(self, figid: str, *, limit: int = 24) -> SimilarFigures:
        """Return figures that draw the same genes and families.

        Parameters
        ----------
        figid
            The figure.
        limit
            How many at most.

        Returns
        -------
        SimilarFigures
            Most alike first, by the cosine of the inverse document frequencies of what they draw; members of drawn
            families do not count. Figures with nearly the same picture are listed apart.

        Raises
        ------
        StoreError
            When the corpus has no such figure.
        """
        return self._searcher.similar(figid, limit=limit)

    def gene(
        self, name: str, *, organism: int | str | None = None, figures: int = 24, companions: int = 20
    ) -> GeneView:
        """Return all that the corpus shows of a gene.

        Parameters
        ----------
        name
            Any of its names, or an identifier such as ``ncbigene:3717``.
        organism
            Name or NCBI taxon id of a species; without it the gene of this name that most figures draw.
        figures, companions
            How many of each at most.

        Returns
        -------
        GeneView
            Counts of figures, those of each year, and the genes drawn with it by log-likelihood ratio
            (Dunning 1993).

        Raises
        ------
        InputError
            When no figure draws it; the message suggests names.
        """
        taxon = None if organism is None else ids.taxon(organism).id
        return self._searcher.gene(name, taxon=taxon, figures=figures, companions=companions)

    def mentions(self, *, minimum_score: float = MINIMUM_SCORE) -> DrawnNames:
        """Return the table of drawn names: one row for each thing that each name stands for.

        Parameters
        ----------
        minimum_score
            Probability from which a mention is taken.

        Returns
        -------
        DrawnNames
            Iterates over `figpath.search.results.DrawnName`; ``to_frame()`` gives a data frame.

        Examples
        --------
        >>> corpus.mentions().to_frame().groupby("symbol").figid.nunique()  # doctest: +SKIP
        """
        return self._store.drawn_names(minimum_score=minimum_score)

    @cached_property
    def _enricher(self) -> Enricher:
        # SciPy comes with it, which searching does not need.
        from figpath.enrich.enricher import Enricher

        return Enricher(self._store, open_lexicon(), lambda: gene_ids.load(packaged_gene_ids()))

    @cached_property
    def _searcher(self) -> Searcher:
        return self._store.searcher(LexiconNames(open_lexicon()))


def open_collection(path: str | Path) -> Collection:
    """Open a corpus; ``figpath.open("corpus.db")``.

    Parameters
    ----------
    path
        A corpus, made by ``figpath build``.

    Returns
    -------
    Collection
        Its figures; close it, or use it in a ``with`` block.

    Raises
    ------
    StoreError
        When it is absent, no corpus, or of another version.
    """
    return Collection(path)
