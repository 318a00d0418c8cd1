"""A mechanism as one JSON document, without loss; the keys are the fields of the values."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any, Final, TypeVar

from figpath.errors import InputError
from figpath.mechanism.graph import Edge, Graph, Intervention, Node, sign_of
from figpath.mechanism.native_tsv import SCHEMA

_LISTS: Final = {"nodes": Node, "edges": Edge, "interventions": Intervention}
_TYPES: Final[dict[str, tuple[type, ...]]] = {"basal": (float, int, type(None)), "drawn": (bool,), "targets": (list,)}
_Thing = TypeVar("_Thing", Node, Edge, Intervention)


def to_json(graph: Graph) -> str:
    """Return a graph as JSON text."""
    lists = {at: [_plain(thing) for thing in getattr(graph, at)] for at in _LISTS}
    return json.dumps({"schema": SCHEMA, "name": graph.name, **lists}, ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> Graph:
    """Return the graph of JSON text; keys that are not known are passed over.

    Raises
    ------
    InputError
        When it is no JSON or breaks the form; the message has the path inside the document.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON: {error}") from error
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        found = document.get("schema") if isinstance(document, dict) else None
        raise InputError(f"$.schema is {str(found)[:80]!r}, expected {SCHEMA!r}")
    things: dict[str, Any] = {at: _things(document.get(at, []), at, kind) for at, kind in _LISTS.items()}
    return Graph(**things, name=_checked(document.get("name", ""), "name", "$.name"))


def _plain(thing: Node | Edge | Intervention) -> dict[str, Any]:
    values = {field.name: getattr(thing, field.name) for field in fields(thing)}
    if isinstance(thing, Edge):
        values["sign"] = thing.sign.symbol
    return values


def _things(values: object, at: str, kind: type[_Thing]) -> tuple[_Thing, ...]:
    if not isinstance(values, list):
        raise InputError(f"$.{at} is no list")
    return tuple(_thing(value, f"$.{at}[{place}]", kind) for place, value in enumerate(values))


def _thing(value: object, where: str, kind: type[_Thing]) -> _Thing:
    if not isinstance(value, dict):
        raise InputError(f"{where} is no object")
    known = [field.name for field in fields(kind) if field.name in value]
    try:
        return kind(**{name: _checked(value[name], name, f"{where}.{name}") for name in known})
    except TypeError as error:
        raise InputError(f"{where} lacks a key: {error}") from error
    except InputError as error:
        raise InputError(str(error) if str(error).startswith("$") else f"{where}: {error}") from error


def _checked(value: Any, name: str, where: str) -> Any:
    wrong = not isinstance(value, _TYPES.get(name, (str,))) or (name == "basal" and isinstance(value, bool))
    if wrong:
        raise InputError(f"{where} is {json.dumps(value)[:80]}, which is of the wrong type")
    if name == "targets":
        return tuple(_checked(target, "target", f"{where}[{place}]") for place, target in enumerate(value))
    if name == "basal" and value is not None:
        return float(value)
    return sign_of(value) if name == "sign" else value
