r"""A mechanism as one text file of three tables, without loss.

The first line is ``# figpath.mechanism/1`` with the name after a tab. Tables begin with ``[nodes]``, ``[edges]`` and
``[interventions]`` and a heading; cells are separated by tabs. Inside a cell ``\t``, ``\n``, ``\r``, ``\,`` and
``\\`` stand for a tab, line ends, a comma inside the id of a target, and a backslash.
"""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any, Final, TypeVar

from figpath.errors import InputError
from figpath.mechanism.graph import Edge, Graph, Intervention, Node, Sign, sign_of

SCHEMA: Final = "figpath.mechanism/1"
_OPENING: Final = f"# {SCHEMA}"
_TABLES: Final = {"nodes": Node, "edges": Edge, "interventions": Intervention}
_ESCAPES: Final = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_MEANT: Final = {escape[1]: character for character, escape in _ESCAPES.items()} | {",": ","}
_ESCAPE = re.compile(r"\\(.?)", re.DOTALL)
_TARGET = re.compile(r"(?:[^\\,]|\\.)+", re.DOTALL)
_Thing = TypeVar("_Thing", Node, Edge, Intervention)


def is_native_tsv(text: str) -> bool:
    """Tell whether a text says that it has this form."""
    return text.partition("\n")[0].partition("\t")[0].rstrip("\r") == _OPENING


def to_tsv(graph: Graph) -> str:
    """Return a graph as text."""
    lines = [f"{_OPENING}\t{_escaped(graph.name)}" if graph.name else _OPENING]
    for name, kind in _TABLES.items():
        columns = [field.name for field in fields(kind)]
        lines += [f"[{name}]", "\t".join(columns)]
        lines += ["\t".join(_cell(getattr(thing, at)) for at in columns) for thing in getattr(graph, name)]
    return "\n".join(lines) + "\n"


def from_tsv(text: str) -> Graph:
    """Return the graph of a text; `InputError` with the line when it breaks the form."""
    opening, _, body = text.replace("\r\n", "\n").partition("\n")
    first, _, name = opening.partition("\t")
    if first != _OPENING:
        raise InputError(f"line 1 is {opening[:80]!r}, expected {_OPENING!r}")
    things: dict[str, list[Any]] = {table: [] for table in _TABLES}
    table, columns = "", [""]
    for number, line in enumerate(body.split("\n"), 2):
        if line.startswith("[") and "\t" not in line:
            table, columns = _table(line, number), []
        elif not line or (line.startswith("#") and "\t" not in line):
            continue
        elif table and not columns:
            columns = line.split("\t")
            _check_heading(table, columns, number)
        else:
            things[_inside(table, number)].append(_thing(_TABLES[table], columns, line.split("\t"), number))
    return Graph(**{at: tuple(found) for at, found in things.items()}, name=_meant(name))


def _table(line: str, number: int) -> str:
    name = line.strip("[]")
    if name not in _TABLES:
        raise InputError(
            f"line {number}: no table {line[:80]!r}, expected one of {', '.join(map('[{}]'.format, _TABLES))}"
        )
    return name


def _inside(table: str, number: int) -> str:
    if not table:
        raise InputError(f"line {number} is in no table: begin one with [nodes], [edges] or [interventions]")
    return table


def _check_heading(table: str, columns: list[str], number: int) -> None:
    known = [field.name for field in fields(_TABLES[table])]
    odd = [column for column in columns if column not in known]
    if odd or len(set(columns)) < len(columns):
        raise InputError(
            f"line {number}: no columns {', '.join(odd or columns)[:80]} in {table}; known are {', '.join(known)}"
        )


def _thing(kind: type[_Thing], columns: list[str], cells: list[str], number: int) -> _Thing:
    if len(cells) != len(columns):
        raise InputError(f"line {number}: {len(cells)} cells under {len(columns)} columns; mend the tabs")
    try:
        values: dict[str, Any] = {at: _value(at, cell) for at, cell in zip(columns, cells, strict=True)}
        return kind(**values)
    except InputError as error:
        raise InputError(f"line {number}: {error}") from error
    except TypeError as error:
        raise InputError(f"line {number}: a column is missing from [{kind.__name__.lower()}s]: {error}") from error


def _cell(value: object) -> str:
    if isinstance(value, Sign):
        return value.symbol
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ",".join(_escaped(part).replace(",", "\\,") for part in value)
    return "" if value is None else repr(value) if isinstance(value, float) else _escaped(str(value))


def _value(column: str, cell: str) -> object:
    if column == "sign":
        return sign_of(cell)
    if column == "drawn":
        return _truth(cell)
    if column == "targets":
        return tuple(map(_meant, _TARGET.findall(cell)))
    return _number(cell) if column == "basal" else _meant(cell)


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in text)


def _meant(text: str) -> str:
    return _ESCAPE.sub(lambda found: _MEANT.get(found[1], found[0]), text)


def _truth(cell: str) -> bool:
    if cell not in ("yes", "no"):
        raise InputError(f"drawn is {cell[:80]!r}: give yes or no")
    return cell == "yes"


def _number(cell: str) -> float | None:
    try:
        return float(cell) if cell else None
    except ValueError as error:
        raise InputError(f"basal is {cell[:80]!r}: give a number from 0 to 1, or nothing") from error
