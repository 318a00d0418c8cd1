"""What can be asked of a corpus about lists of genes; the command line, the JSON API and the page ask it here too."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from figpath import ids

if TYPE_CHECKING:
    from figpath.enrich import EnrichedFigures, GeneSets, Mapped, RankedFigures
    from figpath.enrich.enricher import Enricher
    from figpath.enrich.gene_list import Genes
    from figpath.enrich.gene_sets import Families, Names


class GeneListQuestions(ABC):
    """The part of `figpath.Collection` that is about lists of genes."""

    @property
    @abstractmethod
    def _enricher(self) -> Enricher:
        """What answers them."""

    def gene_sets(
        self,
        *,
        organism: int | str = "human",
        names: Names = "all",
        families: Families = "one",
        background: Genes | Mapped | None = None,
        least: int = 3,
        most: int | None = 500,
    ) -> GeneSets:
        """Return the genes that each figure draws, as arrays ready to be tested.

        Parameters
        ----------
        organism
            Name or NCBI taxon id of a species.
        names
            Genes that count: drawn by official symbol (``strict``), by any name (``synonyms``), or also members of
            drawn families (``all``).
        families
            A drawn family is ``one`` thing, or as many as it has ``members``.
        background
            Genes that the sets are cut to, given as to `enrich`; by default all that the corpus draws.
        least, most
            Things that a figure must have, and may have.

        Returns
        -------
        GeneSets
            ``to_frame()`` has a row for each gene of each figure.

        Raises
        ------
        InputError
            When no gene counts, or a value is unknown.

        Examples
        --------
        >>> corpus.gene_sets(names="synonyms").to_frame().groupby("figid").symbol.agg(list)  # doctest: +SKIP
        """
        return self._enricher.gene_sets(
            taxon=ids.taxon(organism).id,
            names=names,
            families=families,
            background=background,
            least=least,
            most=most,
        )

    def map_genes(self, genes: Genes, *, organism: int | str = "human") -> Mapped:
        """Return what the names of a list stand for, and what stands for no gene of the species, with the reason.

        Parameters
        ----------
        genes, organism
            As for `enrich`, which takes the result too.

        Raises
        ------
        InputError
            When the list has no gene, or no text for one.
        """
        return self._enricher.map_genes(genes, taxon=ids.taxon(organism).id)

    def enrich(
        self,
        genes: Genes | Mapped,
        *,
        background: Genes | Mapped | None = None,
        organism: int | str = "human",
        names: Names = "all",
        families: Families = "one",
        least: int = 3,
        most: int | None = 500,
        popularity: bool = False,
        alike: float = 0.8,
        limit: int | None = 25,
    ) -> EnrichedFigures:
        """Test which figures draw the genes of a list, beyond chance; the same as ``figpath enrich``.

        Parameters
        ----------
        genes
            Symbols of any age, aliases and ids, mixed: one by one, or as a text that holds a list. With numbers (a
            dictionary, or a pandas Series indexed by genes), some above and some below 0, the genes that went up and
            those that went down are tested apart as well.
        background
            Every gene that could have been in the list; by default all of the species that the corpus draws.
        organism, names, families, least, most
            As for `gene_sets`.
        popularity
            Also test against lists that prefer often drawn genes.
        alike
            Figures that share this much of the genes of both are told once; 0 tells all.
        limit
            Figures to tell; None tells all that share a gene, which takes seconds in a large corpus.

        Returns
        -------
        EnrichedFigures
            Figures with p-values (one-sided hypergeometric), those adjusted for all figures tested, odds ratios with
            95 % intervals and the genes shared; ``listed`` is what became of the list.

        Raises
        ------
        InputError
            When nothing of the list is a gene of the background, no figure is left to be tested, or a value is unknown.

        Examples
        --------
        >>> found = corpus.enrich(["JAK2", "IL-6", "ENSG00000168610"])  # doctest: +SKIP
        >>> found.to_frame()[["figid", "overlap", "size", "q"]]  # doctest: +SKIP
        """
        return self._enricher.enrich(
            genes, taxon=ids.taxon(organism).id, names=names, families=families, background=background, least=least,
            most=most, popularity=popularity, alike=alike, limit=limit,
        )  # fmt: skip

    def enrich_ranked(
        self,
        genes: Genes | Mapped,
        *,
        organism: int | str = "human",
        names: Names = "all",
        least: int = 3,
        most: int = 500,
        permutations: int = 1000,
        seed: int = 0,
        alike: float = 0.8,
        limit: int | None = 25,
    ) -> RankedFigures:
        """Test which figures' genes lie together at one end of a ranked list; ``figpath enrich --method gsea``.

        Parameters
        ----------
        genes
            Names with numbers, as for `enrich`; at least 15 of the species.
        organism, names, least, most
            As for `gene_sets`; members of drawn families count as genes, and sizes are those within the list.
        permutations, seed
            How many random sets, and from which seed: equal seeds give equal results.
        alike, limit
            As for `enrich`.

        Returns
        -------
        RankedFigures
            Figures with enrichment scores, nominal p-values, false discovery rates, and the genes of the leading edge.

        Raises
        ------
        EngineError
            When GSEApy is not installed (``pip install 'figpath[gsea]'``) or fails.
        InputError
            When the list is too short or has no numbers, or no figure is left to be tested.

        Examples
        --------
        >>> corpus.enrich_ranked(table.set_index("gene").log2FC).to_frame()  # doctest: +SKIP
        """
        return self._enricher.enrich_ranked(
            genes,
            taxon=ids.taxon(organism).id,
            names=names,
            least=least,
            most=most,
            permutations=permutations,
            seed=seed,
            alike=alike,
            limit=limit,
        )
