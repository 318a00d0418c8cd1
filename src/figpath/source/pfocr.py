"""A PFOCR record: the page ``{figid}.md`` and the tables beside it, of every generation, as plain values."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from figpath.errors import InputError, RecordError
from figpath.figure import Figure, Paper
from figpath.ids import check_figure_id
from figpath.source import front_matter
from figpath.source.pfocr_tables import (
    ChemicalRow,
    DiseaseRow,
    GeneRow,
    chemical_row,
    disease_row,
    gene_row,
    parse_table,
    present,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from figpath.source.front_matter import Node
    from figpath.source.pfocr_tables import Cells

Row = TypeVar("Row")

PAGE_LIMIT = 1_000_000
"""Largest page in bytes; real ones have under 100,000."""
TABLE_LIMIT = 16_000_000
"""Largest table in bytes; real ones have under 1,000,000."""

_PMCID = re.compile(r"(PMC\d+)__")
_SPECIES_ITEM = r"[ \t]*+- .*\n(?:[ \t]++(?!- ).+\n)*+"  # possessive: linear on any input
_SPECIES_LIST = re.compile(rf"^(organisms|organisms_ner):[ \t]*+\n((?:{_SPECIES_ITEM})++)", re.MULTILINE)
_SPECIES = re.compile(_SPECIES_ITEM)


@dataclass(frozen=True, slots=True, kw_only=True)
class PfocrRecord:
    """What PFOCR's files say about one figure.

    Parameters
    ----------
    figure
        The figure and its paper; `figure.paper.organisms` are the species annotated for the paper.
    organisms_ner
        Species whose gene names were accepted for the figure.
    pathway_score
        Probability that the figure is a pathway (``automl_pathway``); None when missing.
    alias
        Readable id, ``{PMCID}__{number}``.
    figtype
        ``Figure``, ``Scheme``, ``Supplemental figure`` and so on.
    ndex, wpid
        UUID of the NDEx network and WikiPathways id; empty when there is none.
    keywords
        Names for the search page. On paper they can be out of step with the tables.
    genes, chemicals, diseases
        The rows of the tables; empty when there is no such file.
    """

    figure: Figure
    organisms_ner: tuple[str, ...] = ()
    pathway_score: float | None = None
    alias: str = ""
    figtype: str = ""
    ndex: str = ""
    wpid: str = ""
    keywords: tuple[str, ...] = ()
    genes: tuple[GeneRow, ...] = ()
    chemicals: tuple[ChemicalRow, ...] = ()
    diseases: tuple[DiseaseRow, ...] = ()


def read_record(path: str | Path) -> PfocrRecord:
    """Read a page and the tables beside it, or in the ``_data`` folder of a copy of the PFOCR site.

    Parameters
    ----------
    path
        The ``.md`` file, or a folder that holds just one.

    Raises
    ------
    RecordError
        When there is no such page, or a file breaks the format; the message has the file.
    """
    page = _page(Path(path))
    try:
        record = parse_page(_read(page, PAGE_LIMIT))
    except RecordError as error:
        raise RecordError(f"{page}: {error}") from error
    return replace(
        record,
        genes=_table(page, "genes", gene_row) or record.genes,
        chemicals=_table(page, "chemicals", chemical_row) or record.chemicals,
        diseases=_table(page, "diseases", disease_row) or record.diseases,
    )


def parse_page(text: str) -> PfocrRecord:
    """Read the text of a page; the gene, chemical and disease lists inside a page before 2023 become rows.

    Raises
    ------
    RecordError
        When it is no page of PFOCR; the message has the field.
    """
    body, species = _species_lists(front_matter.split(text))
    fields = front_matter.parse(body)
    organisms_ner = species.get("organisms_ner", names_of(fields, "organisms_ner"))
    figure = figure_of_fields(fields, species.get("organisms", names_of(fields, "organisms")))
    return PfocrRecord(
        figure=figure,
        organisms_ner=organisms_ner,
        pathway_score=_score(_text(fields, "automl_pathway") or _text(fields, "pathway_score")),
        alias=_text(fields, "figid_alias"),
        figtype=_text(fields, "figtype"),
        ndex=_text(fields, "ndex"),
        wpid=_text(fields, "wpid"),
        keywords=_search_names(fields),
        genes=_inline(fields, "genes", gene_row),
        chemicals=_inline(fields, "chemicals", chemical_row),
        diseases=_inline(fields, "diseases", disease_row),
    )


def _page(path: Path) -> Path:
    if not path.is_dir():
        return path
    pages = sorted(path.glob("*.md"))
    if len(pages) != 1:
        raise RecordError(f"{path}: {len(pages)} .md files in this folder, expected one: name the file itself")
    return pages[0]


def _read(path: Path, limit: int) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = error.strerror if isinstance(error, OSError) else error
        raise RecordError(f"cannot be read: {reason}") from error
    if len(data) > limit:
        raise RecordError(f"larger than {limit:,} bytes, so not a file of PFOCR")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RecordError(f"not UTF-8 text: byte {error.start} is 0x{data[error.start]:02x}") from error


def _table(page: Path, kind: str, make: Callable[[Cells], Row]) -> tuple[Row, ...]:
    """Read a table of a page; a table without rows has no file."""
    name = f"{page.name.removesuffix('.md')}-{kind}.tsv"
    for file in (page.with_name(name), page.parent.parent / "_data" / name):
        if file.exists():
            try:
                return parse_table(_read(file, TABLE_LIMIT), make)
            except RecordError as error:
                raise RecordError(f"{file}: {error}") from error
    return ()


def _species_lists(body: str) -> tuple[str, dict[str, tuple[str, ...]]]:
    """Take the two lists of species out of the YAML: PFOCR writes them bare, also where YAML needs quotes."""
    found = {match[1]: _species(match[2]) for match in _SPECIES_LIST.finditer(body)}
    return _SPECIES_LIST.sub("", body), found


def _species(block: str) -> tuple[str, ...]:
    names = (" ".join(item.split()).removeprefix("- ") for item in _SPECIES.findall(block))
    texts = (front_matter.scalar(name) if name[:1] in {"'", '"'} else name for name in names)
    return tuple(text for text in texts if present(text))


def figure_of_fields(fields: Mapping[str, Node], organisms: tuple[str, ...]) -> Figure:
    """Return the figure that fields with PFOCR's names describe; fields that are missing are empty.

    Raises
    ------
    RecordError
        When the figid is missing or unsafe, or a field is of another kind; the message has the field.
    """
    figid = _figid(_text(fields, "figid"))
    return Figure(
        figid=figid,
        number=_text(fields, "number"),
        title=_text(fields, "figtitle"),
        caption=_text(fields, "caption"),
        filename=_text(fields, "filename"),
        link=_text(fields, "figlink"),
        paper=_paper(fields, figid, organisms),
    )


def _paper(fields: Mapping[str, Node], figid: str, organisms: tuple[str, ...]) -> Paper:
    implied = _PMCID.match(figid)
    return Paper(
        pmcid=_text(fields, "pmcid") or (implied[1] if implied else ""),
        title=_text(fields, "papertitle"),
        reference=_text(fields, "reftext"),
        year=_text(fields, "year"),
        doi=_text(fields, "doi"),
        journal=_text(fields, "journal_title"),
        journal_abbreviation=_text(fields, "journal_nlm_ta") or _text(fields, "journa_nlm_ta"),
        publisher=_text(fields, "publisher_name"),
        keywords=names_of(fields, "keywords"),
        organisms=organisms,
    )


def _figid(text: str) -> str:
    """Check a figure id; before 2023 it carried the ``.jpg`` of its image."""
    try:
        return check_figure_id(text.removesuffix(".jpg"))
    except InputError as error:
        raise RecordError(f"figid: {error}") from error


def _text(fields: Mapping[str, Node], key: str) -> str:
    value = fields.get(key, "")
    if not isinstance(value, str):
        raise RecordError(f"{key}: expected a text, found a list")
    return present(value)


def names_of(fields: Mapping[str, Node], key: str) -> tuple[str, ...]:
    """Return a list of names, or the parts of the one text that older pages have there.

    Raises
    ------
    RecordError
        When there is something else.
    """
    value = fields.get(key, "")
    items = value.split(" | ") if isinstance(value, str) else list(value)
    if not all(isinstance(item, str) for item in items):
        raise RecordError(f"{key}: expected a list of texts")
    return tuple(item for item in items if isinstance(item, str) and present(item))


def _search_names(fields: Mapping[str, Node]) -> tuple[str, ...]:
    linked = fields.get("schema-jsonld", "")
    if isinstance(linked, dict):
        return names_of(linked, "keywords")
    if isinstance(linked, str) and not present(linked):
        return ()
    raise RecordError("schema-jsonld: expected 'key: value' lines")


def _score(text: str) -> float | None:
    if not text:
        return None
    try:
        score = float(text)
    except ValueError:
        score = -1.0
    if not 0 <= score <= 1:
        raise RecordError(f"automl_pathway is {text[:40]!r}, expected a number from 0 to 1")
    return score


def _inline(fields: Mapping[str, Node], key: str, make: Callable[[Cells], Row]) -> tuple[Row, ...]:
    """Make rows of a list inside the page, as pages before 2023 have them."""
    items = fields.get(key, "")
    if isinstance(items, str):
        return ()
    rows = []
    for number, item in enumerate(items):
        if not isinstance(item, dict):
            raise RecordError(f"{key}[{number}]: expected 'key: value' lines")
        cells = {name: value for name, value in item.items() if isinstance(value, str)}
        try:
            rows.append(make(cells))
        except RecordError as error:
            raise RecordError(f"{key}[{number}]: {error}") from error
    return tuple(rows)
