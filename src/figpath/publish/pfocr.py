"""PFOCR's files of one figure: the page ``{figid}.md`` and its tables, byte for byte in PFOCR's own form.

The texts are written from what a `PfocrRecord` says, as it says it. `from_record` and `write_record` see to it
that nothing defective is written: rows once, keywords and species in step with the tables.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from figpath.errors import InputError
from figpath.ids import check_figure_id
from figpath.publish import pfocr_yaml
from figpath.publish.pfocr_rows import (
    chemicals_rows,
    diseases_rows,
    genes_rows,
    search_keywords,
    token,
)
from figpath.publish.pfocr_tables import (
    CHEMICAL_COLUMNS,
    DISEASE_COLUMNS,
    GENE_COLUMNS,
    chemicals_tsv,
    diseases_tsv,
    genes_tsv,
)
from figpath.record import MINIMUM_SCORE
from figpath.source.pfocr import PfocrRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from figpath.figure import Figure
    from figpath.grounding.mention import Mention
    from figpath.record import Record

__all__ = [
    "CHEMICAL_COLUMNS",
    "DISEASE_COLUMNS",
    "GENE_COLUMNS",
    "chemicals_rows",
    "chemicals_tsv",
    "diseases_rows",
    "diseases_tsv",
    "from_record",
    "genes_rows",
    "genes_tsv",
    "is_published",
    "page_text",
    "search_keywords",
    "write_record",
]

_FIGURE_TYPES = {
    "F": "Figure",
    "S": "Scheme",
    "SF": "Supplemental figure",
    "GA": "Graphical abstract",
    "AF": "Appendix figure",
    "EV": "Extended view",
}
_SITE = "https://pfocr.wikipathways.org/figures"
_PMCID = re.compile(r"^(PMC\d+)__")
_SPECIES_MARKS = re.compile("[\"':]")
_CHEMICALS = 3  # rows that make a page of a figure without genes
_USABLE_TITLE = range(10, 251)


def from_record(record: Record, *, minimum_score: float = MINIMUM_SCORE) -> PfocrRecord:
    """Return what PFOCR's files say about a record.

    Parameters
    ----------
    record
        The record.
    minimum_score
        Mentions below it are left out.

    Returns
    -------
    PfocrRecord
        Its title is that of the paper when the figure has none of 10 to 250 characters; Greek letters stay.
    """
    mentions = record.taken(minimum_score=minimum_score)
    words = [token(mention, record.lines) for mention in mentions]
    figure = _published(record.figure)
    made = PfocrRecord(
        figure=figure,
        pathway_score=record.pathway_score,
        alias=_alias(figure),
        figtype=_figtype(figure.number),
        genes=genes_rows(mentions, record.organisms or _taxa(mentions), words=words),
        chemicals=chemicals_rows(mentions, words=words),
        diseases=diseases_rows(mentions, words=words),
    )
    return _in_step(made)


def is_published(record: PfocrRecord) -> bool:
    """Tell whether PFOCR makes a page of a figure: it has a gene, or three rows of chemicals."""
    return bool(record.genes) or len(record.chemicals) >= _CHEMICALS


def write_record(record: PfocrRecord, folder: str | Path, *, tables_folder: str | Path | None = None) -> Path:
    """Write the page and its tables into a folder, each file whole or not at all, the page last.

    Parameters
    ----------
    record
        Its repeated rows are written once; keywords and species are rebuilt when there are tables.
    folder
        Is made when it does not exist. A table without rows has no file; one that was there is taken away.
    tables_folder
        For the tables, where they do not stand beside the page: ``_data`` of a copy of the PFOCR site.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    InputError
        When a file cannot be written; none is then half-written.
    """
    record = _in_step(record)
    base = Path(folder) / check_figure_id(record.figure.figid)
    tables = {
        "genes": genes_tsv(record.genes) if record.genes else None,
        "chemicals": chemicals_tsv(record.chemicals) if record.chemicals else None,
        "diseases": diseases_tsv(record.diseases) if record.diseases else None,
    }
    page = base.with_name(f"{base.name}.md")
    beside = Path(folder if tables_folder is None else tables_folder)
    _write_all({beside / f"{base.name}-{kind}.tsv": text for kind, text in tables.items()})
    _write_all({page: page_text(record)})
    return page


def page_text(record: PfocrRecord) -> str:
    """Return the text of the page ``{figid}.md``: front matter between two ``---`` lines."""
    figure, paper = record.figure, record.figure.paper
    alias = record.alias or _alias(figure)
    lines = [
        "---",
        _line("figid", figure.figid),
        _line("figtitle", figure.title),
        "organisms:",
        *_species_lines(paper.organisms),
        "organisms_ner:",
        *_species_lines(record.organisms_ner),
        _line("pmcid", paper.pmcid),
        _line("filename", figure.filename),
        _line("figlink", figure.link),
        _line("number", figure.number),
        _line("caption", figure.caption),
        _line("papertitle", paper.title),
        _line("reftext", paper.reference),
        _line("year", paper.year),
        _line("doi", paper.doi),
        _line("journal_title", paper.journal),
        _line("journal_nlm_ta", paper.journal_abbreviation),
        _line("publisher_name", paper.publisher),
        _line("keywords", " | ".join(paper.keywords)),
        "automl_pathway: " + ("''" if record.pathway_score is None else pfocr_yaml.number(record.pathway_score)),
        _line("figid_alias", alias),
        _line("figtype", record.figtype or _figtype(figure.number)),
        _line("redirect_from", f"/figures/{alias}"),
        _line("ndex", record.ndex),
        "seo: CreativeWork",
        *_linked_lines(record),
        *([_line("wpid", record.wpid)] if record.wpid else []),
        "---",
    ]
    return "\n".join(lines) + "\n"


def _in_step(record: PfocrRecord) -> PfocrRecord:
    """Make the page agree with its tables; without a genes table it keeps the species and names that it has."""
    genes = tuple(dict.fromkeys(record.genes))
    chemicals = tuple(dict.fromkeys(record.chemicals))
    diseases = tuple(dict.fromkeys(record.diseases))
    species = tuple(row.organism_name for row in genes) or record.organisms_ner
    names = search_keywords(genes, chemicals, diseases)
    return replace(
        record,
        organisms_ner=tuple(dict.fromkeys(species)),
        keywords=names if genes else tuple(dict.fromkeys((*record.keywords, *names))),
        genes=genes,
        chemicals=chemicals,
        diseases=diseases,
    )


def _published(figure: Figure) -> Figure:
    """Fill in what PFOCR wants of every figure."""
    paper = figure.paper
    implied = _PMCID.match(figure.figid)
    title = figure.title if len(figure.title) in _USABLE_TITLE else paper.title or figure.title
    title = _plain(title).removesuffix(".")
    return replace(
        figure,
        number=figure.number or "F0",
        title=title,
        caption=_plain(figure.caption) or title,
        filename=figure.filename or _PMCID.sub("", figure.figid) + ".jpg",
        paper=replace(
            paper,
            pmcid=paper.pmcid or (implied[1] if implied else ""),
            organisms=tuple(_SPECIES_MARKS.sub("", name) for name in paper.organisms),
        ),
    )


def _plain(text: str) -> str:
    return " ".join(text.replace("\\", "/").splitlines())


def _alias(figure: Figure) -> str:
    return f"{figure.paper.pmcid or figure.figid}__{figure.number}"


def _figtype(number: str) -> str:
    letters = re.match("[A-Z]*", number)
    return _FIGURE_TYPES.get(letters[0] if letters else "", "Figure")


def _taxa(mentions: Iterable[Mention]) -> tuple[int, ...]:
    """Return the species of the genes, in the order in which they appear."""
    taxa = (entity.taxon for mention in mentions for entity in mention.entities)
    return tuple(dict.fromkeys(taxon for taxon in taxa if taxon is not None))


def _line(key: str, value: str, *, indent: int = 0) -> str:
    start = f"{' ' * indent}{key}: "
    return start + pfocr_yaml.text(value, column=len(start), indent=indent + 2)


def _species_lines(names: Sequence[str]) -> list[str]:
    return [f"- {pfocr_yaml.species(name)}" for name in names or ("NA",)]


def _linked_lines(record: PfocrRecord) -> list[str]:
    """Return the JSON-LD of the page, which is also its entry in the search index."""
    names = [f"  - {pfocr_yaml.text(name, column=4, indent=4)}" for name in record.keywords]
    return [
        "schema-jsonld:",
        "  '@context': https://schema.org/",
        _line("'@id'", f"{_SITE}/{record.figure.figid}.html", indent=2),
        "  '@type': Dataset",
        _line("description", record.figure.caption, indent=2),
        "  license: CC0",
        "  name: CreativeWork",
        "  creator:",
        "    '@type': Organization",
        "    name: WikiPathways",
        *(["  keywords:", *names] if names else ["  keywords: []"]),
    ]


def _write_all(files: Mapping[Path, str | None]) -> None:
    """Write all texts beside their places, then move them there; where there is none, take the old file away."""
    parts = {path: path.with_name(path.name + ".part") for path in files}
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is not None:
                parts[path].write_bytes(text.encode("utf-8"))
        for path, text in files.items():
            if text is None:
                path.unlink(missing_ok=True)
            else:
                parts[path].replace(path)
    except (OSError, UnicodeError) as error:
        for part in parts.values():
            with suppress(OSError):  # where none could be made, none can be taken away
                part.unlink()
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputError(f"cannot write {next(iter(files))} and its like: {reason}; choose another folder") from error
