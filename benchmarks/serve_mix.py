"""What readers of a served corpus ask for: a list of addresses of every kind of page, the same one on every run."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import quote

import numpy as np
from synthetic_names import packaged_pool, popularity

import figpath
from search import queries

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")

SHARES: Final = {
    "home": 4, "browse": 1, "search": 18, "search, narrowed or turned over": 6, "figure": 24, "gene": 9,
    "thumbnail": 20, "picture": 6, "API figure": 4, "API search": 3, "API gene": 1, "BioThings query": 4,
}  # fmt: skip
"""Percent of the questions."""

_POPULAR = 0.6  # share of questions that go to what many ask for, by Zipf's law; the others go anywhere


class Mix:
    """Draws addresses.

    Parameters
    ----------
    corpus
        What is served.
    seed
        Of everything that is left to chance.
    """

    def __init__(self, corpus: Path, *, seed: int) -> None:
        self._drawn = random.Random(seed)  # noqa: S311 - no secret
        with figpath.open(corpus) as opened:
            total = len(opened)
            pages = [opened.search("NOT year:1", sort="figid", limit=500, offset=at) for at in range(0, total, 500)]
            self._figids = [hit.figid for page in pages for hit in page.hits]
            genes = [one.entity for one in packaged_pool().genes[:800]]
            self._genes = [gene for gene in genes if opened.search(f"gene:{gene.id}", limit=0).total]
        self._drawn.shuffle(self._figids)
        self._queries = list(dict.fromkeys(queries(4000, seed=seed)))
        self._shares = {
            id(some): np.cumsum(popularity(len(some), exponent=1.0, flat=2.0)).tolist()
            for some in (self._figids, self._genes, self._queries)
        }

    def questions(self, count: int) -> list[tuple[str, str]]:
        """Return kinds with addresses."""
        kinds = self._drawn.choices(list(SHARES), list(SHARES.values()), k=count)
        return [(kind, self._address(kind)) for kind in kinds]

    def _one(self, some: list[T]) -> T:
        if self._drawn.random() < _POPULAR:
            return self._drawn.choices(some, cum_weights=self._shares[id(some)])[0]
        return self._drawn.choice(some)

    def _address(self, kind: str) -> str:
        figid, gene, query = self._one(self._figids), self._one(self._genes), quote(self._one(self._queries))
        narrowed = self._drawn.choice(("%20organism%3A9606", "%20year%3A2015..", "&offset=24", "&sort=year"))
        return {
            "home": "/",
            "browse": "/browse",
            "search": f"/search?q={query}",
            "search, narrowed or turned over": f"/search?q={gene.symbol}{narrowed}",
            "figure": f"/figures/{figid}",
            "gene": f"/genes/{gene.id}",
            "thumbnail": f"/thumbnails/{figid}",
            "picture": f"/api/figures/{figid}/picture",
            "API figure": f"/api/figures/{figid}",
            "API search": f"/api/search?q={query}",
            "API gene": f"/api/genes/{gene.symbol}",
            "BioThings query": f"/api/query?q=associatedWith.mentions.genes.ncbigene:{gene.id.partition(':')[2]}",
        }[kind]
