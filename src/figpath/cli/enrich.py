"""``figpath enrich``: which figures of a corpus draw the genes of a list, beyond chance."""

from __future__ import annotations

import enum
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from figpath.cli.export import NamesChoice
from figpath.cli.output import TableFormat, check_place
from figpath.cli.status import CorpusFile
from figpath.errors import InputError

if TYPE_CHECKING:
    from figpath.cli.enrich_table import Answer
    from figpath.enrich import GeneSets, Mapped
    from figpath.enrich.gene_sets import Families
    from figpath.store.gene_sets import DrawnGenes

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
    from figpath import ids
    from figpath.cli import enrich_table
    from figpath.enrich import gene_sets
    from figpath.enrich import plot as plots
    from figpath.store import open_store

    forms = [(path, plots.form_of(path.name)) for path in (plot, heatmap) if path is not None]
    for path, _ in forms:
        check_place(path)
    _check(limit, alike)
    taxon = ids.taxon(organism).id
    with open_store(corpus) as store:
        drawn = store.drawn_genes()
        kept: Families = (
            "one" if method is Method.ora and families is FamiliesChoice.one else "members"
        )  # a ranked list has no families
        sets = gene_sets(drawn, taxon=taxon, names=names.value, families=kept)
        listed = _mapped(genes, drawn, taxon)
        if method is Method.gsea:
            answer = _ranked(sets, listed, permutations, seed, min_size, max_size)
        else:
            allowed = None if background is None else _mapped(background, drawn, taxon).genes
            answer = _over_represented(
                sets.within(allowed, least=min_size, most=max_size), listed, popularity=popularity
            )
        shown = enrich_table.shown(answer, store.titles, alike=alike, limit=limit or None)
    _tell(listed, answer)
    enrich_table.print_shown(shown, listed, form)
    for path, picture_form in forms:
        enrich_table.draw(path, shown, heat=path == heatmap, form=picture_form)


def _check(limit: int, alike: float) -> None:
    if limit < 0:
        raise InputError(f"--limit {limit} is no number of figures: give 0 for all, or more")
    if not 0 <= alike <= 1:
        raise InputError(f"--alike {alike} is no share: give a number from 0 to 1")


def _over_represented(sets: GeneSets, listed: Mapped, *, popularity: bool) -> Answer:
    """Test a list; one with numbers above and below 0 by its signs too."""
    from figpath.cli.enrich_table import Answer
    from figpath.enrich import enrich as test
    from figpath.enrich import enrich_signed

    up = [gene for gene, value in zip(listed.genes, listed.values, strict=False) if value > 0]
    down = [gene for gene, value in zip(listed.genes, listed.values, strict=False) if value < 0]
    if up and down:
        signed = enrich_signed(sets, up, down, popularity=popularity)
        return Answer(found=signed.both, signed=signed)
    return Answer(found=test(sets, listed.genes, popularity=popularity))


def _ranked(sets: GeneSets, listed: Mapped, permutations: int, seed: int, least: int, most: int) -> Answer:
    from figpath.cli.enrich_table import Answer
    from figpath.enrich.gsea import enrich_ranked

    if not listed.values:
        raise InputError("a ranked list needs a number beside each gene: add one, or leave --method gsea out")
    found = enrich_ranked(
        sets, listed.genes, listed.values, permutations=permutations, seed=seed, least=least, most=most
    )
    return Answer(ranked=found)


def _mapped(path: Path, drawn: DrawnGenes, taxon: int) -> Mapped:
    """Read a list and map it; say what became of it."""
    from figpath.enrich import map_genes, read_gene_list
    from figpath.grounding.lexicon import gene_ids
    from figpath.grounding.lexicon.lexicon import open_lexicon
    from figpath.resources import packaged_gene_ids

    name = "standard input" if path == _STANDARD_INPUT else path.name or str(path)
    listed = read_gene_list(_data(path), name=name)
    found = map_genes(
        listed.names,
        names=open_lexicon(),
        accessions=gene_ids.load(packaged_gene_ids()),
        taxon=taxon,
        values=listed.values,
        known=frozenset(curie for curie, of in zip(drawn.curies, drawn.taxa.tolist(), strict=True) if of == taxon),
    )
    for label, pairs in (("not mapped", found.unmapped), ("look at", found.notes)):
        for text, why in pairs[:_NAMED]:
            typer.echo(f"figpath: {name}: {label}: {text}: {why}", err=True)
        if len(pairs) > _NAMED:
            typer.echo(f"figpath: {name}: {label}: {len(pairs) - _NAMED} more, which --format json lists", err=True)
    if not found.genes:
        raise InputError(
            f"none of the {len(listed.names)} names in {name} is a gene of taxon {taxon}: check the organism"
        )
    count = len(found.genes) + found.repeats + len(found.unmapped)  # a cell of several names is several
    typer.echo(f"{name}: {max(count, len(listed.names))} names stand for {len(found.genes)} genes", err=True)
    return found


def _tell(listed: Mapped, answer: Answer) -> None:
    """Say what was tested."""
    if answer.ranked is not None:
        ties = f"; {answer.ranked.ties:.0%} of the numbers are shared, their order is arbitrary" * (
            answer.ranked.ties > 0
        )
        typer.echo(f"{len(answer.ranked.rows)} figures tested within {len(listed.genes)} ranked genes{ties}", err=True)
        return
    found = answer.enrichment
    outside = (
        f"{len(found.outside)} of the list are not in it and were left out" if found.outside else "all of the list"
    )
    typer.echo(f"{found.tested} figures tested; the background has {found.background} genes, {outside}", err=True)
    if not len(found):
        typer.echo("no figure shares a gene with the list", err=True)
    if len(found.listed) == found.background:
        typer.echo("figpath: the list is the whole background, so that nothing can be over-represented", err=True)


def _data(path: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if path == _STANDARD_INPUT else path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read genes from {path}: {error.strerror or error}; check the path") from error
