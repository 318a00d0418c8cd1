"""A mechanism as plain tables with a heading each: edges, and beside them nodes and interventions if there are any."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from figpath.errors import InputError
from figpath.mechanism.graph import Edge, Graph, Intervention, Node, sign_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from figpath.mechanism.graph import Level, Pace

_RENAMED = {"xref": "entity", "tau_class": "pace", "in_caption": "drawn", "targets(node or edge)": "targets"}
_EMPTY = ("", "-")
_LINE_END = re.compile(r"\r\n|\n|\r")
_YES, _NO = ("1", "yes", "true", "y"), ("0", "no", "false", "n")


def from_plain_tables(edges: str, nodes: str = "", interventions: str = "", *, name: str = "") -> Graph:
    r"""Make a graph of tab-separated tables.

    Lines that begin with ``#`` are comments, but for the heading, which may begin with it; ``-`` stands for an
    empty cell. Only ``source``, ``sign`` and ``target`` are needed; without a table of nodes, each name that an
    edge joins is a node.

    Parameters
    ----------
    edges
        Columns as the fields of `Edge`; ``in_caption`` is taken for ``drawn``.
    nodes
        Columns as the fields of `Node`; ``xref`` is taken for ``entity`` and ``tau_class`` for ``pace``.
    interventions
        Columns as the fields of `Intervention`; targets are separated by commas.
    name
        What the mechanism is called.

    Raises
    ------
    InputError
        When a table breaks this form; the message has its line.
    """
    arrows = tuple(
        _edge(row, number) for number, row in enumerate(_rows(edges, "edges", ("source", "sign", "target")), 1)
    )
    listed = tuple(_node(row) for row in _rows(nodes, "nodes", ("id",)))
    found = listed or tuple(Node(id=id_) for id_ in dict.fromkeys(end for e in arrows for end in (e.source, e.target)))
    known = tuple(_intervention(row) for row in _rows(interventions, "interventions", ("id", "targets")))
    return Graph(nodes=found, edges=arrows, interventions=known, name=name)


def _rows(text: str, what: str, needed: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows of a table by column; each also has its place under ``line``."""
    columns: list[str] = []
    rows = []
    for number, line in enumerate(_LINE_END.split(text), 1):
        where = f"{what}, line {number}"
        cells = [cell.strip() for cell in line.split("\t")]
        if not columns and len(cells) > 1:
            columns = _heading(cells, what, needed)
        elif line.strip() and not line.startswith("#"):
            rows.append({**_row(columns, cells, where, needed), "line": where})
    return rows


def _heading(cells: list[str], what: str, needed: tuple[str, ...]) -> list[str]:
    plain = [cell.lstrip("# ").lower() for cell in cells]
    columns = [_RENAMED.get(cell, cell) for cell in plain]
    missing = [column for column in needed if column not in columns]
    if missing:
        raise InputError(f"{what}: no column {', '.join(missing)}; the heading has {', '.join(columns)[:120]}")
    return columns


def _row(columns: list[str], cells: list[str], where: str, needed: tuple[str, ...]) -> dict[str, str]:
    if not columns:
        raise InputError(f"{where}: no heading; begin with {', '.join(needed)}, separated by tabs")
    if len(cells) > len(columns):
        raise InputError(f"{where}: {len(cells)} cells under {len(columns)} columns; mend the tabs")
    whole = [*cells, *[""] * (len(columns) - len(cells))]
    return {
        column: "" if cell in _EMPTY and column != "sign" else cell for column, cell in zip(columns, whole, strict=True)
    }


def _edge(row: Mapping[str, str], number: int) -> Edge:
    try:
        return Edge(
            id=row.get("id") or f"e{number}",
            source=row["source"],
            target=row["target"],
            sign=sign_of(row["sign"]),
            gate=row.get("gate", ""),
            kind=row.get("kind", ""),
            level=cast("Level", row.get("level") or "figure"),
            context=row.get("context", ""),
            evidence=row.get("evidence", ""),
            note=row.get("note", ""),
            drawn=_truth(row.get("drawn", "")),
        )
    except InputError as error:
        raise InputError(f"{row['line']}: {error}") from error


def _node(row: Mapping[str, str]) -> Node:
    try:
        return Node(
            id=row["id"],
            label=row.get("label", ""),
            compartment=row.get("compartment", ""),
            entity=row.get("entity", ""),
            symbol=row.get("symbol", ""),
            kind=row.get("kind", ""),
            basal=_number(row.get("basal", "")),
            pace=cast("Pace", row.get("pace") or "signal"),
        )
    except InputError as error:
        raise InputError(f"{row['line']}: {error}") from error


def _intervention(row: Mapping[str, str]) -> Intervention:
    try:
        targets = tuple(target.strip() for target in row["targets"].split(",") if target.strip())
        return Intervention(id=row["id"], targets=targets, label=row.get("label", ""), entity=row.get("entity", ""))
    except InputError as error:
        raise InputError(f"{row['line']}: {error}") from error


def _truth(text: str) -> bool:
    if text.lower() not in (*_YES, *_NO, ""):
        raise InputError(f"drawn is {text[:80]!r}: give 1 or 0")
    return text.lower() not in _NO


def _number(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError as error:
        raise InputError(f"basal is {text[:80]!r}: give a number from 0 to 1, or nothing") from error
