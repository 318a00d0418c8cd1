"""Enricher: answers questions about gene lists on one corpus, of which it keeps the gene sets that were asked for."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, Protocol, get_args

from figpath import ids
from figpath.enrich.gene_list import gene_list_of
from figpath.enrich.gene_sets import LEAST, MOST, Families, gene_sets
from figpath.enrich.gene_sets import Names as NamesThatCount
from figpath.enrich.gsea import enrich_ranked
from figpath.enrich.mapping import Mapped, map_genes
from figpath.enrich.ora import enrich
from figpath.enrich.signed import enrich_signed
from figpath.enrich.tell import ALIKE, LIMIT, check, tell, tell_ranked
from figpath.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from figpath.enrich.drawn import Drawn
    from figpath.enrich.gene_list import GeneList, Genes
    from figpath.enrich.gene_sets import GeneSets
    from figpath.enrich.mapping import Accessions, Names
    from figpath.enrich.told import EnrichedFigures, RankedFigures

NAMES: Final = get_args(NamesThatCount)
FAMILIES: Final = get_args(Families)
_SETS_KEPT = 4  # of a corpus of 110,000 figures each takes about a tenth of a gigabyte
_LISTS_KEPT = 8


class Corpus(Protocol):
    """What is needed of a store."""

    def state(self) -> Hashable:
        """Return what is another value after every change."""
        ...

    def drawn_genes(self) -> Drawn:
        """Return which genes every figure draws."""
        ...

    def titles(self, figids: Sequence[str]) -> dict[str, str]:
        """Return the titles of figures."""
        ...


class Enricher:
    """Tests gene lists: the first question about some gene sets prepares them, later ones take milliseconds.

    When the corpus has changed, the next question reads it anew.

    Parameters
    ----------
    corpus
        Where the figures are.
    names
        What names mean.
    accessions
        Loads the accessions of genes, when they are first needed.
    """

    def __init__(self, corpus: Corpus, names: Names, accessions: Callable[[], Accessions]) -> None:
        self._corpus, self._names, self._load_accessions = corpus, names, accessions
        self._kept: tuple[Hashable, _Prepared] | None = None

    def map_genes(self, genes: Genes | Mapped, *, taxon: int, name: str = "the list") -> Mapped:
        """Map a list to identifiers; what was mapped before stays as it is."""
        if isinstance(genes, Mapped):
            return genes
        return self._present().mapped(gene_list_of(genes, name=name), taxon)

    def gene_sets(
        self,
        *,
        taxon: int,
        names: NamesThatCount = "all",
        families: Families = "one",
        background: Genes | Mapped | None = None,
        least: int = LEAST,
        most: int | None = MOST,
    ) -> GeneSets:
        """Return the gene sets within a background; see `figpath.collection.Collection.gene_sets`."""
        _check_choices(names, families)
        present = self._present()
        allowed = None
        if background is not None:
            found = self.map_genes(background, taxon=taxon, name="the background")
            allowed = _checked(found, taxon, "the background").genes
        return present.sets(taxon, names, families, allowed, least, most)

    def enrich(
        self,
        genes: Genes | Mapped,
        *,
        taxon: int,
        names: NamesThatCount = "all",
        families: Families = "one",
        background: Genes | Mapped | None = None,
        least: int = LEAST,
        most: int | None = MOST,
        popularity: bool = False,
        alike: float = ALIKE,
        limit: int | None = LIMIT,
    ) -> EnrichedFigures:
        """Test a list, one with numbers above and below 0 by its signs too; see `Collection.enrich`."""
        check(alike, limit)
        sets = self.gene_sets(
            taxon=taxon, names=names, families=families, background=background, least=least, most=most
        )
        listed = _checked(self.map_genes(genes, taxon=taxon), taxon, "the list")
        valued = tuple(zip(listed.genes, listed.values, strict=False))
        up = [gene for gene, value in valued if value > 0]
        down = [gene for gene, value in valued if value < 0]
        titles = self._corpus.titles
        if up and down:
            neither = [gene for gene, value in valued if not value]
            signed = enrich_signed(sets, up, down, neither=neither, popularity=popularity)
            return tell(signed.both, listed, titles, signed=signed, alike=alike, limit=limit)
        return tell(enrich(sets, listed.genes, popularity=popularity), listed, titles, alike=alike, limit=limit)

    def enrich_ranked(
        self,
        genes: Genes | Mapped,
        *,
        taxon: int,
        names: NamesThatCount = "all",
        least: int = LEAST,
        most: int = MOST,
        permutations: int = 1000,
        seed: int = 0,
        alike: float = ALIKE,
        limit: int | None = LIMIT,
    ) -> RankedFigures:
        """Test a ranked list, in which members of families count as genes; see `Collection.enrich_ranked`."""
        check(alike, limit)
        _check_choices(names, "members")
        sets = self._present().all_sets(taxon, names, "members")
        listed = _checked(self.map_genes(genes, taxon=taxon), taxon, "the list")
        if not listed.values:
            raise InputError("a ranked list needs a number beside each gene: add one, or test it without its order")
        found = enrich_ranked(
            sets, listed.genes, listed.values, permutations=permutations, seed=seed, least=least, most=most
        )
        return tell_ranked(found, listed, self._corpus.titles, alike=alike, limit=limit)

    def _present(self) -> _Prepared:
        """Return what is prepared of the corpus as it is now.

        The state is asked before the genes are read: a change in between is noticed by the next question.
        """
        state = self._corpus.state()
        if self._kept is None or self._kept[0] != state:
            self._kept = state, _Prepared(self._corpus.drawn_genes(), self._names, self._accessions)
        return self._kept[1]

    @cached_property
    def _accessions(self) -> Accessions:
        return self._load_accessions()


class _Prepared:
    """One state of a corpus: gene sets and lists of genes, the latest of which are kept."""

    def __init__(self, drawn: Drawn, names: Names, accessions: Accessions) -> None:
        self._drawn, self._names, self._accessions = drawn, names, accessions
        self.sets = lru_cache(maxsize=_SETS_KEPT)(self._sets)
        self.all_sets = lru_cache(maxsize=1)(self._all_sets)
        self.mapped = lru_cache(maxsize=_LISTS_KEPT)(self._mapped)
        self._known = lru_cache(maxsize=1)(self._genes_of)

    def _sets(
        self,
        taxon: int,
        names: NamesThatCount,
        families: Families,
        background: tuple[str, ...] | None,
        least: int,
        most: int | None,
    ) -> GeneSets:
        return self.all_sets(taxon, names, families).within(background, least=least, most=most)

    def _all_sets(self, taxon: int, names: NamesThatCount, families: Families) -> GeneSets:
        return gene_sets(self._drawn, taxon=taxon, names=names, families=families)

    def _mapped(self, listed: GeneList, taxon: int) -> Mapped:
        return map_genes(
            listed.names,
            names=self._names,
            accessions=self._accessions,
            taxon=taxon,
            values=listed.values,
            known=self._known(taxon),
        )

    def _genes_of(self, taxon: int) -> frozenset[str]:
        taxa = self._drawn.taxa.tolist()
        return frozenset(curie for curie, of in zip(self._drawn.curies, taxa, strict=True) if of == taxon)


def _check_choices(names: str, families: str) -> None:
    for what, chosen, known in (("names", names, NAMES), ("families", families, FAMILIES)):
        if chosen not in known:
            raise InputError(f"unknown {what} {str(chosen)[:40]!r}: choose one of {', '.join(known)}")


def _checked(listed: Mapped, taxon: int, name: str) -> Mapped:
    if not listed.genes:
        species = ids.taxon(taxon).name
        raise InputError(
            f"none of the {len(listed.unmapped)} names in {name} is a gene of {species}: check the organism"
        )
    return listed
