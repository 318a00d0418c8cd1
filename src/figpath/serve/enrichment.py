"""A question about a gene list as it is sent, its answer, and the files that the answer is taken away as."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final, Literal

import msgspec
from pydantic import BaseModel, Field

from figpath import ids
from figpath.enrich.figures import text_table
from figpath.errors import InputError
from figpath.publish import gmt
from figpath.serve.gene_lists import list_of

if TYPE_CHECKING:
    from figpath.enrich import EnrichedFigures
    from figpath.serve.desk import Desk

NamesChoice = Literal["strict", "synonyms", "all"]

FORMS: Final[dict[str, tuple[str, str, str]]] = {
    "tsv": ("Table (TSV)", "figures-of-my-genes.tsv", "text/tab-separated-values"),
    "csv": ("Table (CSV)", "figures-of-my-genes.csv", "text/csv"),
    "json": ("JSON", "figures-of-my-genes.json", "application/json"),
    "gmt": ("Gene sets of these figures (GMT)", "figures-of-my-genes.gmt", "text/plain"),
    "svg": ("Dot plot (SVG)", "figures-of-my-genes.svg", "image/svg+xml"),
    "png": ("Dot plot (PNG)", "figures-of-my-genes.png", "image/png"),
    "heatmap": ("Heat map (SVG)", "figures-of-my-genes-heat-map.svg", "image/svg+xml"),
}
"""What an answer is taken away as: for people, the name of the file, its media type."""


class EnrichRequest(BaseModel, extra="forbid"):
    """A list of genes to test; see `figpath enrich` for what each choice means.

    The genes are symbols, aliases or accessions, one a line or separated by commas, with numbers beside them or not; so
    are those of the background.
    """

    genes: str = Field(min_length=1, max_length=1_000_000)
    background: str = Field(default="", max_length=1_000_000)
    organism: str = Field(default="human", max_length=100)
    names: NamesChoice = "all"
    families: Literal["one", "members"] = "one"
    min_size: int = Field(default=3, ge=1, le=100_000)
    max_size: int = Field(default=500, ge=1, le=100_000)
    popularity: bool = False
    alike: float = Field(default=0.8, ge=0, le=1)
    limit: int = Field(default=25, ge=1, le=500)


def enriched(desk: Desk, asked: EnrichRequest) -> EnrichedFigures:
    """Answer a question.

    Raises
    ------
    InputError
        As `figpath.Collection.enrich` does, and for a list of too many names.
    """
    listed = list_of(asked.genes, name="the list")
    background = list_of(asked.background, name="the background") if asked.background.strip() else None
    lists = desk.memory.lists
    with lists.asking:
        return lists.enrich(
            listed, background=background, organism=asked.organism, names=asked.names, families=asked.families,
            least=asked.min_size, most=asked.max_size, popularity=asked.popularity, alike=asked.alike,
            limit=asked.limit,
        )  # fmt: skip


def not_found(desk: Desk, asked: EnrichRequest) -> tuple[tuple[str, str], ...]:
    """Return the names of a list that stand for no gene, with the reason; none where the list cannot be read."""
    try:
        listed = list_of(asked.genes, name="the list")
        return desk.memory.lists.map_genes(listed, organism=asked.organism).unmapped
    except InputError:
        return ()


def file_of(desk: Desk, asked: EnrichRequest, found: EnrichedFigures, form: str) -> bytes:
    """Return an answer in one of `FORMS`.

    Raises
    ------
    InputError
        When there is nothing to draw.
    """
    if form == "json":
        return msgspec.json.encode(found.to_dict())
    if form == "gmt":
        records = (desk.store.record(one.figid) for one in found)
        return gmt.to_gmt(gmt.gene_sets(records, taxon=ids.taxon(asked.organism).id, names=asked.names)).encode()
    if form == "heatmap":
        return found.heat_map()
    if form in ("svg", "png"):
        return found.dot_plot(form="svg" if form == "svg" else "png")
    text = io.StringIO(newline="")
    rows = text_table(found.figures)
    if form == "csv":
        csv.writer(text).writerows(rows)
    else:
        text.writelines("\t".join(row) + "\n" for row in rows)
    return text.getvalue().encode()
