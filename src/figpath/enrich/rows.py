"""The columns of a table of enrichment, the same for every method."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Final

from figpath.enrich.ora import Row

COLUMNS: Final = tuple(field.name for field in fields(Row))


def cells(row: Row) -> dict[str, Any]:
    """Return a row by column; `expanded` becomes ``((family, (symbol, ...)), ...)``."""
    return {name: getattr(row, name) for name in COLUMNS}


def expanded_text(expanded: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    """Return the genes that came with families, each family before its genes: ``AKT: AKT1 AKT2; RAF: BRAF``."""
    return "; ".join(f"{family}: {' '.join(symbols)}" for family, symbols in expanded)
