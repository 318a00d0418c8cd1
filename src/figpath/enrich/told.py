"""What an enrichment found, as it is told: typed values, a data frame, plain values and pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from figpath.enrich.figures import cells, figure_dict, listed_dict
from figpath.enrich.plot import Dot, dot_plot, heat_map

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from figpath.enrich.figures import EnrichedFigure, Expanded, RankedFigure
    from figpath.enrich.gsea import RankedEnrichment
    from figpath.enrich.mapping import Mapped
    from figpath.enrich.ora import Enrichment
    from figpath.enrich.plot import Form
    from figpath.enrich.signed import SignedEnrichment


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EnrichedFigures:
    """The figures that share genes with a list, the least p-value first; iterates over `figures`.

    Parameters
    ----------
    figures
        Those that are told, each standing for those that are alike.
    listed
        What became of the list: ``listed.unmapped`` has what stands for no gene of the species, with the reason.
    found
        Every figure that shares a gene with the list, as arrays; ``found.to_frame()`` has them all.
    signed
        The same for a list with signs; None for one without.
    """

    figures: tuple[EnrichedFigure, ...]
    listed: Mapped
    found: Enrichment
    signed: SignedEnrichment | None = None

    def __len__(self) -> int:
        return len(self.figures)

    def __iter__(self) -> Iterator[EnrichedFigure]:
        return iter(self.figures)

    @property
    def tested(self) -> int:
        """How many figures were tested: all within the limits of size, those without a hit included."""
        return self.found.tested

    @property
    def background(self) -> int:
        """How many genes the background has."""
        return self.found.background

    @property
    def outside(self) -> tuple[str, ...]:
        """Identifiers of genes of the list that are not in the background and were left out."""
        return self.found.outside

    def to_frame(self) -> pd.DataFrame:
        """Return a row for each figure: the fields of `EnrichedFigure` that were asked for; tuples stay tuples."""
        return _frame(self.figures)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, as ``figpath enrich --format json`` prints them.

        ``list`` is what became of the list, ``outside`` its genes that the background has not; ``tested`` and
        ``background`` count figures and genes.
        """
        counted = {"tested": self.tested, "background": self.background, "outside": self.outside}
        return {**_plain(self.listed, self.figures), **counted}

    def dot_plot(self, *, form: Form = "svg") -> bytes:
        """Draw a dot for each figure, see `figpath.enrich.plot.dot_plot`.

        Raises
        ------
        InputError
            When there is no figure.
        """
        return dot_plot(self._dots(), form=form)

    def heat_map(self, *, form: Form = "svg") -> bytes:
        """Draw which figure has which genes, with arrows for signs, see `figpath.enrich.plot.heat_map`.

        Raises
        ------
        InputError
            When there is no figure.
        """
        return heat_map(self._dots(), form=form, directions=self._directions())

    def _dots(self) -> list[Dot]:
        return [_dot(one, x=one.fold, hits=one.overlap) for one in self.figures]

    def _directions(self) -> dict[str, Literal["up", "down"]]:
        if self.signed is None:
            return {}
        sets = self.found.sets
        return {
            sets.symbols[sets.place[gene]]: "up" if value > 0 else "down"
            for gene, value in zip(self.listed.genes, self.listed.values, strict=True)
            if value and gene in sets.place
        }


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RankedFigures:
    """The figures that were tested in a ranked list, the least false discovery rate first; iterates over `figures`.

    Parameters
    ----------
    figures
        Those that are told, each standing for those that are alike.
    listed
        What became of the list, as in `EnrichedFigures`.
    found
        Every figure that was tested; ``found.to_frame()`` has them all.
    """

    figures: tuple[RankedFigure, ...]
    listed: Mapped
    found: RankedEnrichment

    def __len__(self) -> int:
        return len(self.figures)

    def __iter__(self) -> Iterator[RankedFigure]:
        return iter(self.figures)

    @property
    def tested(self) -> int:
        """How many figures were tested."""
        return len(self.found.rows)

    @property
    def ties(self) -> float:
        """Share of the genes whose number another one has too, so that their order is arbitrary."""
        return self.found.ties

    def to_frame(self) -> pd.DataFrame:
        """Return a row for each figure with the fields of `RankedFigure`; tuples stay tuples."""
        return _frame(self.figures)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, as ``figpath enrich --format json`` prints them: ``list``, ``figures``, ``tested``."""
        return {**_plain(self.listed, self.figures), "tested": self.tested}

    def dot_plot(self, *, form: Form = "svg") -> bytes:
        """Draw a dot for each figure at its normalised score, see `figpath.enrich.plot.dot_plot`.

        Raises
        ------
        InputError
            When there is no figure.
        """
        return dot_plot(self._dots(), form=form, x_label="normalised enrichment score")

    def heat_map(self, *, form: Form = "svg") -> bytes:
        """Draw which figure has which genes of the leading edges, see `figpath.enrich.plot.heat_map`.

        Raises
        ------
        InputError
            When there is no figure.
        """
        return heat_map(self._dots(), form=form)

    def _dots(self) -> list[Dot]:
        return [_dot(one, x=one.nes, hits=len(one.drawn) + len(_members(one.expanded))) for one in self.figures]


def _dot(figure: EnrichedFigure | RankedFigure, *, x: float, hits: int) -> Dot:
    return Dot(
        id=figure.figid,
        title=figure.title,
        x=x,
        hits=hits,
        q=figure.q,
        drawn=figure.drawn,
        expanded=_members(figure.expanded),
    )


def _members(expanded: Expanded) -> tuple[str, ...]:
    return tuple(symbol for _, symbols in expanded for symbol in symbols)


def _frame(figures: Sequence[EnrichedFigure | RankedFigure]) -> pd.DataFrame:
    import pandas as pd

    rows = [cells(figure) for figure in figures]
    return pd.DataFrame(rows, columns=None if rows else ["figid", "title"])


def _plain(listed: Mapped, figures: Sequence[EnrichedFigure | RankedFigure]) -> dict[str, Any]:
    return {"list": listed_dict(listed), "figures": [figure_dict(figure) for figure in figures]}
