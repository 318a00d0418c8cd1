"""Lists of genes that went up and of genes that went down, tested together and apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from figpath.enrich.adjust import benjamini_hochberg
from figpath.enrich.ora import CONFIDENCE, Enrichment, enrich
from figpath.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from figpath.enrich.gene_sets import GeneSets


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SignedEnrichment:
    """What was found for a list with signs.

    Parameters
    ----------
    both
        Of all genes of the list, whatever their sign.
    up, down
        Of each part, against the same background.
    up_overlap, down_overlap, up_p, down_p
        ``(R,)`` each, in the order of the rows of `both`; no hits have a p-value of 1.
    signed_p
        ``(R,)``: twice the smaller of `up_p` and `down_p`, at most 1. It tests that the set is enriched in neither part
        against that it is in at least one of them.
    signed_q
        ``(R,)``: adjusted for all sets that were tested.
    """

    both: Enrichment
    up: Enrichment | None
    down: Enrichment | None
    up_overlap: NDArray[np.int64]
    down_overlap: NDArray[np.int64]
    up_p: NDArray[np.float64]
    down_p: NDArray[np.float64]
    signed_p: NDArray[np.float64]
    signed_q: NDArray[np.float64]

    def direction(self, at: int) -> Literal["up", "down", "both"]:
        """Return in which part row `at` has the smaller p-value."""
        if self.up_p[at] == self.down_p[at]:
            return "both"
        return "up" if self.up_p[at] < self.down_p[at] else "down"


def enrich_signed(
    sets: GeneSets,
    up: Sequence[str],
    down: Sequence[str],
    *,
    neither: Sequence[str] = (),
    popularity: bool = False,
    confidence: float = CONFIDENCE,
) -> SignedEnrichment:
    """Test the genes that went up, those that went down, and all of them.

    Parameters
    ----------
    sets, popularity, confidence
        As for `figpath.enrich.ora.enrich`.
    up, down
        Identifiers of genes.
    neither
        Genes of the list that are in neither part: they count for all of it.

    Raises
    ------
    InputError
        When a gene is in both parts, or as `figpath.enrich.ora.enrich` does.
    """
    twice = sorted(set(up) & set(down))
    if twice:
        raise InputError(f"{twice[0]} is both up and down: give each gene one sign")
    both = enrich(sets, (*up, *down, *neither), popularity=popularity, confidence=confidence)
    parts = [enrich(sets, part, confidence=confidence) if set(part) & set(sets.place) else None for part in (up, down)]
    (up_overlap, up_p), (down_overlap, down_p) = (_aligned(part, both) for part in parts)
    signed = np.minimum(2 * np.minimum(up_p, down_p), 1.0)
    return SignedEnrichment(
        both=both,
        up=parts[0],
        down=parts[1],
        up_overlap=up_overlap,
        down_overlap=down_overlap,
        up_p=up_p,
        down_p=down_p,
        signed_p=signed,
        signed_q=benjamini_hochberg(signed, tests=len(sets)),
    )


def _aligned(part: Enrichment | None, both: Enrichment) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Hits and p-values of a part in the order of the rows of all."""
    overlap, p = np.zeros(len(both.sets), np.int64), np.ones(len(both.sets))
    if part is not None:
        overlap[part.place], p[part.place] = part.overlap, part.p
    return overlap[both.place], p[both.place]
