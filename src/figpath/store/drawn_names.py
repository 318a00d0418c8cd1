"""The table of mentions of a corpus: each drawn name with each thing that it stands for, a row each."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from figpath.search.results import DrawnName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

_ROWS = """
    SELECT f.figid, m.text, m.kind, m.score, e.curie, e.symbol, nullif(e.taxon, 0), g.source,
           g.source <> 'famplex_relations'
    FROM figure AS f JOIN mention AS m ON m.figure_id = f.id
    JOIN meaning AS g ON g.figure_id = f.id AND g.n = m.n JOIN entity AS e ON e.id = g.entity_id
    WHERE f.figid = ? AND m.score >= ? ORDER BY m.n, g.place
"""
FIGURES = "SELECT figid FROM figure WHERE status <> 'failed' ORDER BY figid"


@dataclass(frozen=True, slots=True, eq=False)
class DrawnNames:
    """The rows, read from the corpus as they are asked for, figure by figure in the order of their figids.

    Parameters
    ----------
    rows
        Gives an iterator over all rows.
    """

    rows: Callable[[], Iterator[tuple[Any, ...]]]

    def __iter__(self) -> Iterator[DrawnName]:
        names = [one.name for one in fields(DrawnName)]
        for row in self.rows():
            found = dict(zip(names, row, strict=True))
            yield DrawnName(**{**found, "drawn": bool(found["drawn"])})

    def to_frame(self) -> pd.DataFrame:
        """Return all rows as a data frame with the fields of `DrawnName` as columns."""
        import pandas as pd

        names = [one.name for one in fields(DrawnName)]
        frame = pd.DataFrame.from_records(list(self.rows()), columns=names)
        return frame.astype({"taxon": "Int64", "drawn": bool})


def rows_of(
    query: Callable[..., Iterator[tuple[Any, ...]]], *, least: float
) -> Callable[[], Iterator[tuple[Any, ...]]]:
    """Return what iterates over the rows.

    Parameters
    ----------
    query
        Runs SQL with values and gives rows.
    least
        Score from which mentions are taken.
    """

    def rows() -> Iterator[tuple[Any, ...]]:
        for (figid,) in list(query(FIGURES)):
            yield from query(_ROWS, figid, least)

    return rows
