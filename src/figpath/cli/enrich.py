"""``figpath enrich``: which figures of a corpus draw the genes of a list, beyond chance."""

from __future__ import annotations

import enum
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from figpath.cli.export import NamesChoice
from figpath.cli.output import TableFormat, check_place, write_file
from figpath.cli.status import CorpusFile
from figpath.errors import InputError

if TYPE_CHECKING:
    from figpath.collection import Collection
    from figpath.enrich import EnrichedFigures, Mapped, RankedFigures

_STANDARD_INPUT = Path("-")
_NAMED = 20  # names that are listed on the terminal


class Method(enum.StrEnum):
    """Ways to test."""

    ora = "ora"
    gsea = "gsea"


class FamiliesChoice(enum.StrEnum):
    """How a drawn family counts."""

    one = "one"
    members = "members"


_Genes: TypeAlias = Annotated[
    Path,
    typer.Argument(metavar="GENES", help="A text file of genes, with numbers beside them or not; - is standard input."),
]
_Background: TypeAlias = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Every gene that could have been in the list; by default all of the corpus."),
]
_Names: TypeAlias = Annotated[
    NamesChoice,
    typer.Option(help="Genes that count: drawn by official symbol, by any name, or also members of families."),
]
_Families: TypeAlias = Annotated[
    FamiliesChoice, typer.Option(help="A drawn family is hit once, or once for each of its members.")
]
_Popularity: TypeAlias = Annotated[
    bool, typer.Option("--popularity", help="Also test against lists that prefer often drawn genes.")
]
_Alike: TypeAlias = Annotated[
    float, typer.Option(metavar="SHARE", help="Tell figures once that share this much of their genes; 0: tell all.")
]
_Heatmap: TypeAlias = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Draw which figure has which gene: .svg or .png.")
]


def enrich(
    corpus: CorpusFile,
    genes: _Genes,
    background: _Background = None,
    method: Annotated[
        Method, typer.Option(help="ora: is the list over-represented? gsea: where do the genes lie in a ranked list?")
    ] = Method.ora,
    organism: Annotated[str, typer.Option(metavar="SPECIES", help="NCBI taxon id or name.")] = "human",
    names: _Names = NamesChoice.all,
    families: _Families = FamiliesChoice.one,
    min_size: Annotated[int, typer.Option(metavar="N", help="Leave out figures with fewer genes and families.")] = 3,
    max_size: Annotated[int, typer.Option(metavar="N", help="Leave out figures with more.")] = 500,
    popularity: _Popularity = False,
    alike: _Alike = 0.8,
    limit: Annotated[int, typer.Option(metavar="N", help="Figures to tell; 0 tells all that share a gene.")] = 25,
    plot: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw a dot for each figure: .svg or .png.")] = None,
    heatmap: _Heatmap = None,
    permutations: Annotated[int, typer.Option(metavar="N", min=10, help="Random sets of gsea.")] = 1000,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="Of the random sets of gsea.")] = 0,
    form: Annotated[TableFormat, typer.Option("--format", "-f", help="What to print.")] = TableFormat.table,
) -> None:
    """Test which figures draw the genes of a list together; a list with signs is tested up, down and as a whole."""
    import figpath
    from figpath.cli import enrich_table
    from figpath.enrich.plot import form_of

    forms = [(path, form_of(path.name)) for path in (plot, heatmap) if path is not None]
    for path, _ in forms:
        check_place(path)
    told: EnrichedFigures | RankedFigures
    with figpath.open(corpus) as collection:
        listed = _mapped(collection, genes, organism)
        if method is Method.gsea:
            told = collection.enrich_ranked(
                listed, organism=organism, names=names.value, least=min_size, most=max_size,
                permutations=permutations, seed=seed, alike=alike, limit=limit or None,
            )  # fmt: skip
        else:
            told = collection.enrich(
                listed, background=None if background is None else _mapped(collection, background, organism),
                organism=organism, names=names.value, families=families.value, least=min_size, most=max_size,
                popularity=popularity, alike=alike, limit=limit or None,
            )  # fmt: skip
    _tell(told)
    enrich_table.print_told(told, form)
    for path, picture_form in forms:
        write_file(path, (told.heat_map if path == heatmap else told.dot_plot)(form=picture_form))


def _mapped(collection: Collection, path: Path, organism: str) -> Mapped:
    """Read a list and map it; say what became of it."""
    from figpath.enrich import read_gene_list

    name = "standard input" if path == _STANDARD_INPUT else path.name or str(path)
    listed = read_gene_list(_data(path), name=name)
    found = collection.map_genes(listed, organism=organism)
    for label, pairs in (("not mapped", found.unmapped), ("look at", found.notes)):
        for text, why in pairs[:_NAMED]:
            typer.echo(f"figpath: {name}: {label}: {text}: {why}", err=True)
        if len(pairs) > _NAMED:
            typer.echo(f"figpath: {name}: {label}: {len(pairs) - _NAMED} more, which --format json lists", err=True)
    count = len(found.genes) + found.repeats + len(found.unmapped)  # a cell of several names is several
    typer.echo(f"{name}: {max(count, len(listed.names))} names stand for {len(found.genes)} genes", err=True)
    return found


def _tell(told: EnrichedFigures | RankedFigures) -> None:
    """Say what was tested."""
    from figpath.enrich import RankedFigures

    if isinstance(told, RankedFigures):
        ties = f"; {told.ties:.0%} of the numbers are shared, their order is arbitrary" * (told.ties > 0)
        typer.echo(f"{told.tested} figures tested within {len(told.listed.genes)} ranked genes{ties}", err=True)
        return
    left_out = len(told.outside)
    outside = f"{left_out} of the list are not in it and were left out" if left_out else "all of the list"
    typer.echo(f"{told.tested} figures tested; the background has {told.background} genes, {outside}", err=True)
    if not len(told.found):
        typer.echo("no figure shares a gene with the list", err=True)
    if len(told.found.listed) == told.background:
        typer.echo("figpath: the list is the whole background, so that nothing can be over-represented", err=True)


def _data(path: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if path == _STANDARD_INPUT else path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read genes from {path}: {error.strerror or error}; check the path") from error
