"""The gene sets of figures in one species, ready to be tested: who is in which set, and which sets have whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np

from figpath.errors import InputError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from figpath.enrich.drawn import Drawn

Names: TypeAlias = Literal["strict", "synonyms", "all"]
"""Genes drawn by their official symbol; by any name; or also the members of drawn families."""

Families: TypeAlias = Literal["one", "members"]
"""A drawn family is one thing that can be hit once, or as many as it has members."""

LEAST: Final = 3
"""Things that a set needs to be tested, as in PFOCR's own releases."""
MOST: Final = 500
"""Things that a set may have to be tested."""

_SOURCES: Final[dict[Names, int]] = {"strict": 0, "synonyms": 1, "all": 2}
_EXPANDED = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GeneSets:
    """Gene sets within a background; `gene_sets` makes them, `within` narrows them.

    A set consists of *units*, the things that can be hit: a gene that is drawn, or a drawn family, which any of its
    members hits. The genes of a set are its *entries*, and each belongs to one unit.

    Parameters
    ----------
    ids
        Figids of the S sets.
    pictures
        ``(S,)``: equal numbers have nearly the same picture.
    genes, symbols
        The N genes of the background, those in no set included.
    figures
        ``(N,)``: how many figures draw each gene, whatever their size; members of families count where they do in sets.
    families
        Names of families.
    start
        ``(S + 1,)``: where the entries of each set begin.
    gene, family
        ``(E,)``: the gene of each entry, and the family that brought it in, -1 where it was drawn itself.
    unit
        ``(E,)``: the unit of each entry; units are numbered through, set after set.
    unit_start
        ``(S + 1,)``: where the units of each set begin.
    members
        How many genes each unit has.
    posting_start, posting
        ``(N + 1,)`` and ``(E,)``: the entries of each gene.
    set_of
        ``(E,)``: the set of each entry.
    place
        Where a gene is in `genes`.
    """

    ids: tuple[str, ...]
    pictures: NDArray[np.int32]
    genes: tuple[str, ...]
    symbols: tuple[str, ...]
    figures: NDArray[np.int64]
    families: tuple[str, ...]
    start: NDArray[np.int64]
    gene: NDArray[np.int32]
    family: NDArray[np.int32]
    unit: NDArray[np.int32]
    unit_start: NDArray[np.int64]
    members: NDArray[np.int32]
    posting_start: NDArray[np.int64]
    posting: NDArray[np.int32]
    set_of: NDArray[np.int32]
    place: Mapping[str, int] = field(repr=False)

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Units of each set, as ``(S,)``."""
        return np.diff(self.unit_start)

    @property
    def has_families(self) -> bool:
        """Whether a unit has several genes."""
        return len(self.unit) > int(self.unit_start[-1])

    def __len__(self) -> int:
        return len(self.ids)

    def to_frame(self) -> pd.DataFrame:
        """Return a row for each gene of each set as a data frame.

        Columns: `figid`; `gene`, its identifier; `symbol`; `family`, the drawn family that brought it in, empty where
        it was drawn itself.
        """
        import pandas as pd

        return pd.DataFrame(
            {
                "figid": np.array(self.ids, object)[self.set_of],
                "gene": np.array(self.genes, object)[self.gene],
                "symbol": np.array(self.symbols, object)[self.gene],
                "family": np.array([*self.families, ""], object)[self.family],
            },
            dtype=str,
        )

    def within(
        self, background: Collection[str] | None = None, *, least: int = LEAST, most: int | None = MOST
    ) -> GeneSets:
        """Narrow the sets to a background, and leave out those that are then too small or too large.

        Parameters
        ----------
        background
            Identifiers of genes, such as all that an experiment could have found; those in no figure count too. By
            default the genes that are there.
        least, most
            How many units a set must have, and may have; no upper limit when `most` is None.

        Raises
        ------
        InputError
            When the limits contradict each other.
        """
        if least < 1 or (most is not None and most < least):
            raise InputError(f"no set has at least {least} and at most {most} genes: change the limits")
        genes = tuple(dict.fromkeys(self.genes if background is None else background))
        numbers = np.array([self.place.get(gene, -1) for gene in genes], np.int64)
        new = np.full(len(self.genes) + 1, -1, np.int32)
        new[numbers] = np.arange(len(genes))
        new[-1] = -1  # where genes of no figure were looked up
        kept = new[self.gene] >= 0
        sizes = np.diff(np.searchsorted(_units_kept(self.unit, kept), self.unit_start))
        fits = (sizes >= least) & (sizes <= (len(self.genes) if most is None else most))
        kept &= fits[self.set_of]
        known = numbers >= 0
        return _made(
            ids=tuple(self.ids[at] for at in np.flatnonzero(fits)),
            pictures=self.pictures[fits],
            genes=genes,
            symbols=tuple(self.symbols[at] if at >= 0 else gene for at, gene in zip(numbers, genes, strict=True)),
            figures=np.where(known, self.figures[np.where(known, numbers, 0)], 0) if len(self.figures) else numbers * 0,
            families=self.families,
            set_of=_numbers(fits)[self.set_of[kept]],
            gene=new[self.gene[kept]],
            family=self.family[kept],
            unit=self.unit[kept],
        )


def gene_sets(drawn: Drawn, *, taxon: int = 9606, names: Names = "all", families: Families = "one") -> GeneSets:
    """Make the gene sets of the figures of a corpus in one species.

    Parameters
    ----------
    drawn
        What the figures draw.
    taxon
        NCBI taxon id.
    names
        Which genes count: those drawn by their official symbol (``strict``), by any name (``synonyms``), or also
        the members of drawn families (``all``).
    families
        Whether a drawn family is one unit or one for each of its members.

    Returns
    -------
    GeneSets
        Every figure with a gene of the species. The background is the genes that are in any of them; `GeneSets.within`
        takes another and sets limits to the size.

    Raises
    ------
    InputError
        When the corpus has no gene of the species.
    """
    wanted = (drawn.taxa[drawn.gene] == taxon) & (drawn.source <= _SOURCES[names])
    if not wanted.any():
        raise InputError(f"the corpus draws no gene of taxon {taxon} that counts: choose another organism or --names")
    figure = np.repeat(np.arange(len(drawn.figids), dtype=np.int32), np.diff(drawn.start))[wanted]
    there = np.bincount(figure, minlength=len(drawn.figids)) > 0
    counts = np.bincount(drawn.gene[wanted], minlength=len(drawn.curies))
    present = np.flatnonzero(counts)
    family = drawn.family[wanted]
    alone = (family < 0) | (families == "members")
    begins = np.concatenate(([True], alone[1:] | (np.diff(figure) != 0) | (np.diff(family) != 0)))
    return _made(
        ids=tuple(drawn.figids[at] for at in np.flatnonzero(there)),
        pictures=drawn.first[there],
        genes=tuple(drawn.curies[at] for at in present),
        symbols=tuple(drawn.symbols[at] for at in present),
        figures=counts[present],
        families=drawn.families,
        set_of=_numbers(there)[figure],
        gene=_numbers(counts > 0)[drawn.gene[wanted]],
        family=family,
        unit=_numbers(begins),
    )


def sets_of(
    sets: Mapping[str, Collection[str]], *, background: Collection[str] | None = None, least: int = LEAST,
    most: int | None = MOST,
) -> GeneSets:  # fmt: skip
    """Make gene sets of plain names, such as those of a GMT file; each gene is its own unit and its own symbol.

    Examples
    --------
    >>> sets_of({"one": ["a", "b", "c"], "two": ["a"]}, least=1).sizes
    array([3, 1])
    """
    genes = sorted({gene for members in sets.values() for gene in members})
    number = {gene: at for at, gene in enumerate(genes)}
    rows = [(at, number[gene]) for at, members in enumerate(sets.values()) for gene in sorted(set(members))]
    columns = np.array(rows, np.int32).reshape(-1, 2)
    made = _made(
        ids=tuple(sets),
        pictures=np.arange(len(sets), dtype=np.int32),
        genes=tuple(genes),
        symbols=tuple(genes),
        figures=np.bincount(columns[:, 1], minlength=len(genes)),
        families=(),
        set_of=columns[:, 0],
        gene=columns[:, 1],
        family=np.full(len(rows), -1, np.int32),
        unit=np.arange(len(rows), dtype=np.int32),
    )
    return made.within(background, least=least, most=most)


def _numbers(chosen: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Number what is chosen, from 0 on; what is not has the number of the last one that is."""
    return np.cumsum(chosen, dtype=np.int32) - np.int32(1)


def _units_kept(unit: NDArray[np.int32], kept: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Return the units that keep an entry, each once and ascending."""
    left = unit[kept]
    return left[np.concatenate(([True], np.diff(left) != 0))[: len(left)]]


def _starts(owner: NDArray[np.int32], owners: int) -> NDArray[np.int64]:
    """Return where the rows of each owner begin, and where the last ones end; rows are in the order of their owners."""
    return np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=owners)))).astype(np.int64)


def _made(
    *, ids: tuple[str, ...], pictures: NDArray[np.int32], genes: tuple[str, ...], symbols: tuple[str, ...],
    figures: NDArray[np.int64], families: tuple[str, ...], set_of: NDArray[np.int32], gene: NDArray[np.int32],
    family: NDArray[np.int32], unit: NDArray[np.int32],
) -> GeneSets:  # fmt: skip
    """Number the units through, and find where everything begins; entries come set after set, unit after unit."""
    from scipy.sparse import csr_array

    start = _starts(set_of, len(ids))
    changes = np.concatenate(([True], np.diff(unit) != 0))[: len(unit)]
    numbered = _numbers(changes)
    by_gene = csr_array((np.arange(len(gene), dtype=np.int32), gene, start), shape=(len(ids), len(genes))).tocsc()
    return GeneSets(
        ids=ids,
        pictures=pictures.astype(np.int32),
        genes=genes,
        symbols=symbols,
        figures=figures.astype(np.int64),
        families=families,
        start=start,
        gene=gene,
        family=family,
        unit=numbered,
        members=np.bincount(numbered).astype(np.int32),
        unit_start=_starts(set_of[changes], len(ids)),
        posting_start=by_gene.indptr.astype(np.int64),
        posting=by_gene.data,
        set_of=set_of,
        place={name: at for at, name in enumerate(genes)},
    )
