"""``figpath ask``: what follows from the arrows of a mechanism."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from figpath.cli.ask_ensemble import ask_ensemble, ensemble_values, print_ensemble
from figpath.cli.mechanism_file import FromForm, open_mechanism
from figpath.cli.output import check_place, print_table, put, write_file
from figpath.errors import InputError

if TYPE_CHECKING:
    from figpath.mechanism import EnsembleAnswer, Graph, SignAnswer

_SHOWN = 6  # paths of each side, and loops, in a table for people
_EXAMPLE = ("F_JAK2", "E_VESSEL")


class AskFormat(enum.StrEnum):
    """Forms in which an answer is printed."""

    table = "table"
    json = "json"


class Gates(enum.StrEnum):
    """What the models of an ensemble make of activators without a gate."""

    sampled = "sampled"
    any = "or"


_Edges: TypeAlias = Annotated[
    Path | None,
    typer.Argument(
        metavar="EDGES",
        help="A mechanism: figpath's TSV or JSON, a table of edges, GPML, CX2, SIF, SBML-qual, or a record; "
        "- is standard input. The bundled example if left out.",
    ),
]
_Block: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--block", "-b", metavar="NAME", help="Node or intervention to block; again for several at once."),
]
_Raise: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--raise", metavar="NAME", help="Node to hold higher than it is; again for several at once."),
]
_Evidence: TypeAlias = Annotated[
    str,
    typer.Option(metavar="LEVELS", help="Only edges of these levels: some of lung, other, figure, assumed, caption."),
]
_Ensemble: TypeAlias = Annotated[
    int,
    typer.Option(metavar="N", min=0, help="Ask N models with other parameters each, too; 1000 is a good number."),
]
_Seen: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        metavar="'BLOCK, WATCH, falls'",
        help="Only models that reproduce this count; falls or rises, blocks joined with +; again for more.",
    ),
]
_Gates: TypeAlias = Annotated[
    Gates,
    typer.Option(
        help="Where nothing says how several activators combine: sampled, each model draws which are needed together; "
        "or, each suffices alone.",
    ),
]
_Bands: TypeAlias = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Draw what the ensemble says: bands over time, and the arrows it hangs on."),
]


def ask(
    path: _Edges = None,
    block: _Block = None,
    raised: _Raise = None,
    watch: Annotated[str, typer.Option("--watch", "-w", metavar="NAME", help="Node to look at.")] = "",
    evidence: _Evidence = "",
    ensemble: _Ensemble = 0,
    seen: _Seen = None,
    gates: _Gates = Gates.sampled,
    seed: Annotated[int, typer.Option(min=0, help="Where the parameters of the models begin.")] = 0,
    plot: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw the graph with the paths lit: .svg, .png or .pdf.")
    ] = None,
    bands: _Bands = None,
    from_form: FromForm = "",
    form: Annotated[AskFormat, typer.Option("--format", "-f", help="What to print.")] = AskFormat.table,
    listing: Annotated[
        bool, typer.Option("--list", help="List the nodes and interventions of the mechanism, and end.")
    ] = False,
) -> None:
    """Ask a mechanism: block or raise something, watch something, and see what follows from the arrows.

    Without arguments it blocks JAK2 in the bundled example and watches the vessels.
    """
    from figpath.mechanism import ask

    graph = open_mechanism(path, form=from_form)
    if listing:
        _list(graph, form)
        return
    if (bands is not None or seen or gates is not Gates.sampled) and not ensemble:
        raise InputError("--bands, --seen and --gates are about an ensemble: give --ensemble 1000, too")
    if raised and ensemble:
        raise InputError("--ensemble answers what a block does: ask without --raise")
    for to in (plot, bands):
        _check_picture(to)
    blocked, watched = _question(path, block or [], raised or [], watch)
    answer = ask(graph, block=blocked, raised=raised or [], watch=watched, evidence=_levels(evidence))
    found = ask_ensemble(answer, members=ensemble, seed=seed, seen=seen or (), gates=gates.value) if ensemble else None
    if form is AskFormat.json:
        _put_json({**answer.to_dict(), **({"ensemble": ensemble_values(found)} if ensemble else {})})
    else:
        _print(answer)
        if ensemble:
            print_ensemble(found)
        put(f"\n{answer.card}\n")
    for to, drawn in ((plot, answer), (bands, found)):
        if to is not None and drawn is not None:
            _draw(drawn, to)


def _question(path: Path | None, block: list[str], raised: list[str], watch: str) -> tuple[list[str], str]:
    """Return what to block and to watch: what was asked, or the question of the bundled example."""
    moved = block or raised
    if path is None and not moved and not watch:
        return [_EXAMPLE[0]], _EXAMPLE[1]
    if not moved or not watch:
        missing = "--block and --watch" if not moved and not watch else "--watch" if moved else "--block"
        raise InputError(f"nothing given for {missing}: figpath ask{f' {path}' if path else ''} --list shows the names")
    return block, watch


def _levels(text: str) -> tuple[str, ...]:
    return tuple(part.strip().lower() for part in text.split(",") if part.strip())


def _list(graph: Graph, form: AskFormat) -> None:
    nodes = [(node.id, node.label, node.compartment, node.symbol, node.entity) for node in graph.nodes]
    known = [(one.id, ", ".join(one.targets), one.label, one.entity) for one in graph.interventions]
    node_columns = ("id", "label", "compartment", "symbol", "entity")
    known_columns = ("id", "blocks", "label", "entity")
    if form is AskFormat.json:
        _put_json(
            {
                "name": graph.name,
                "nodes": [dict(zip(node_columns, row, strict=True)) for row in nodes],
                "interventions": [dict(zip(known_columns, row, strict=True)) for row in known],
            }
        )
        return
    print_table(f"{graph.name or 'mechanism'}: {len(nodes)} nodes, {len(graph.edges)} edges", node_columns, nodes)
    if known:
        print_table("interventions", known_columns, known)


def _print(answer: SignAnswer) -> None:
    """Print an answer for people: the verdict, its paths, what it hangs on, and what to make of it."""
    from figpath.mechanism.names import arrow

    graph = answer.graph
    put(f"{graph.name}\n\n{answer.reason}\n{answer.consequence}\n" if graph.name else f"{answer}\n")
    rows = answer.rows()
    shown = [row for side in ("supports", "opposes") for row in [row for row in rows if row[0] == side][:_SHOWN]]
    if shown:
        put("\n")
        columns = ("it", "along", "weakest edge")
        print_table("", columns, [(effect, path, f"{edge} ({level})") for _, effect, _, edge, level, _, path in shown])
    if len(shown) < len(rows):
        put(f"and {len(rows) - len(shown)} longer paths, which --format json lists\n")
    _print_items(
        "It hangs on",
        [f"{arrow(graph, h.edge)} ({h.edge.id}, {h.edge.level}): {h.without} without it" for h in answer.hinges],
    )
    _print_items(
        "Feedback loops on the way (they change how much, not which way)",
        [f"{'+' if loop.sign > 0 else '-'}  {loop.text(graph)}" for loop in answer.loops],
    )
    _print_items("By evidence", [f"{', '.join(one.levels)}: {one.verdict}" for one in answer.by_evidence])
    _print_items("Remarks", list(answer.remarks))


def _print_items(title: str, items: list[str]) -> None:
    if items:
        more = [f"and {len(items) - _SHOWN} more"] if len(items) > _SHOWN else []
        put(f"\n{title}\n" + "".join(f"  {item}\n" for item in (*items[:_SHOWN], *more)))


def _check_picture(to: Path | None) -> None:
    from figpath.mechanism.plot import FORMS

    if to is None:
        return
    if to.suffix.lstrip(".").lower() not in FORMS:
        raise InputError(
            f"{to} names no picture that can be written: let it end in {', '.join(f'.{f}' for f in FORMS)}"
        )
    check_place(to)


def _draw(answer: SignAnswer | EnsembleAnswer, to: Path) -> None:
    write_file(to, answer.draw(form=to.suffix.lstrip(".").lower()))
    typer.echo(f"drawn: {to}", err=True)


def _put_json(value: object) -> None:
    import json

    put(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
