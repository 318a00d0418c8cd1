"""A record that has one text in every field that can hold text, whatever fields there will be."""

from __future__ import annotations

import dataclasses
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from figpath.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

NUMBERS = {"width": 640, "height": 420, "target": 1, "taxon": 9606}
"""Numbers that are not 1."""


def filled(kind: Any, text: str, *, named: str = "") -> Any:
    """Return a value of a type with the text in every string; of several types the first that is not None.

    Ids of figures have a form of their own, and what is one of a few words is the first of them.
    """
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind, include_extras=True)
        return kind(**{one.name: filled(hints[one.name], text, named=one.name) for one in dataclasses.fields(kind)})
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return filled(parts[0], text, named=named)
    if origin in (Union, UnionType):
        return filled(next(part for part in parts if part is not NoneType), text, named=named)
    if origin is Literal:
        return "partial" if named == "status" else parts[0]
    if origin is tuple:
        return _filled_tuple(parts, text, named)
    if kind is str:
        return "hostile" if named == "figid" else text
    return {int: NUMBERS.get(named, 0 if named == "source" else 1), float: 0.9, bool: True}[kind]


def _filled_tuple(parts: tuple[Any, ...], text: str, named: str) -> tuple[Any, ...]:
    if parts == (int, int, int, int):
        return (70, 50, 180, 90)
    if parts[-1] is not Ellipsis:
        return tuple(filled(part, text, named=named) for part in parts)
    one = filled(parts[0], text, named=named)
    if named == "organisms" and isinstance(one, int):
        return (9606,)
    if named != "mentions":
        return (one,)
    plain = dataclasses.replace(one.entities[0], id="ncbigene:3717")
    odd = dataclasses.replace(one.entities[0], id=f"mesh:{text}", taxon=None)
    kinds = ("gene", "family", "chemical", "disease")
    return tuple(
        dataclasses.replace(one, kind=kind, entities=(plain, *one.entities, odd), text=text if n else f"{text} JAK2")
        for n, kind in enumerate(kinds)
    )


def hostile_record(text: str) -> Record:
    """A record with one text everywhere."""
    made: Record = filled(Record, text)
    return made


def texts(value: object, at: str = "") -> Iterator[tuple[str, str]]:
    """Yield every string of what a record is as JSON, with its place."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from texts(one, f"{at}.{name}" if at else name)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one, at)
    elif isinstance(value, str):
        yield at, value


def spared(record: Record, text: str) -> set[str]:
    """The places where no string has the text."""
    found = list(texts(msgspec.json.decode(msgspec.json.encode(record))))
    return {at for at, _ in found} - {at for at, value in found if text in value}
