"""``figpath ground``: names in, what they mean out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from figpath.cli.output import Format, print_records, put
from figpath.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.grounding.mention import Mention
    from figpath.record import Record

_STANDARD_INPUT = Path("-")


def ground(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="A text file with names, one a line; - is standard input.")
    ] = _STANDARD_INPUT,
    form: Annotated[Format, typer.Option("--format", "-f", help="What to print.")] = Format.table,
    species: Annotated[
        str, typer.Option(metavar="LIST", help="NCBI taxon ids or names, such as 9606,mouse; the leading one first.")
    ] = "9606",
) -> None:
    """Ground names: the genes, families, chemicals and diseases that each line names."""
    from figpath.figure import Figure
    from figpath.ids import taxa
    from figpath.pipeline import Pipeline
    from figpath.record import Record

    scope = taxa(species)
    pipeline = Pipeline(taxa=scope)
    found = [(line, mention) for line in _lines(path) for mention in pipeline.ground([line])]
    mentions = tuple(mention for _, mention in found)
    record = Record(figid="names", organisms=scope, figure=Figure(figid="names"), mentions=mentions)
    if form is Format.pfocr:
        _print_genes(record, words=[line for line, _ in found])
    else:
        print_records([record], form)


def _print_genes(record: Record, *, words: Sequence[str]) -> None:
    """Print PFOCR's genes table; its `word` is the line as it was given."""
    from figpath.publish import pfocr

    taken = set(map(id, record.taken()))
    pairs: list[tuple[Mention, str]] = [
        (mention, word) for mention, word in zip(record.mentions, words, strict=True) if id(mention) in taken
    ]
    rows = pfocr.genes_rows([mention for mention, _ in pairs], record.organisms, words=[word for _, word in pairs])
    put(pfocr.genes_tsv(rows))


def _lines(path: Path) -> list[str]:
    name = "standard input" if path == _STANDARD_INPUT else str(path)
    try:
        data = sys.stdin.buffer.read() if path == _STANDARD_INPUT else path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read names from {name}: {error.strerror or error}; check the path") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"the names in {name} are not UTF-8 text: save them as UTF-8") from error
    if "\0" in text:
        raise InputError(f"the names in {name} are no text: give one name a line")
    names = [line.strip() for line in text.splitlines() if line.strip()]
    if not names:
        raise InputError(f"no names in {name}: give one name a line")
    return names
