"""YAML front matter as plain text values, without trust in who wrote it.

Every scalar stays text: YAML would turn the gene NO into False and the year 2021 into a number. Aliases are
refused, so a small file cannot stand for a large one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import yaml

from figpath.errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Node: TypeAlias = str | Sequence["Node"] | Mapping[str, "Node"]

_DEEPEST = 16
_LOADER: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the same events, ten times as fast


def split(text: str) -> str:
    """Return what stands between the two ``---`` lines at the beginning of a page.

    Raises
    ------
    RecordError
        When the page does not begin with ``---``, or has no second one.
    """
    first, *lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if first.rstrip() != "---":
        raise RecordError(f"no front matter: the page begins with {first[:40]!r}, expected '---'")
    for number, line in enumerate(lines):
        if line.rstrip() == "---":
            return "\n".join(lines[:number]) + "\n"
    raise RecordError("front matter without an end: no second '---' line; the file may be cut short")


def parse(text: str) -> Mapping[str, Node]:
    """Return the top-level mapping of a YAML text; its scalars are text, nothing is interpreted.

    Raises
    ------
    RecordError
        When it is not YAML, not a mapping, uses an alias, names a key twice or nests deeper than 16 levels.
    """
    try:
        node = _node(_events(text), None, 0)
    except yaml.YAMLError as error:
        raise RecordError(f"broken YAML: {_reason(error)}") from error
    if not isinstance(node, dict):
        raise RecordError("the front matter is not a list of 'key: value' lines")
    return node


def scalar(text: str) -> str:
    """Return the text that a quoted YAML scalar stands for.

    Raises
    ------
    RecordError
        When it is no scalar.
    """
    found = parse(f"value: {text}\n")["value"]
    if not isinstance(found, str):
        raise RecordError(f"expected a text, found {text[:60]!r}")
    return found


def _events(text: str) -> Iterator[yaml.Event]:
    """Yield the events that make up the first document."""
    events = yaml.parse(text, Loader=_LOADER)
    return (event for event in events if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent))


def _node(events: Iterator[yaml.Event], event: yaml.Event | None, depth: int) -> Node:
    """Build the node that begins with `event`, or with the next one when it is None."""
    event = event or next(events, None)
    if depth > _DEEPEST:
        raise RecordError(f"the front matter nests deeper than {_DEEPEST} levels")
    if isinstance(event, yaml.ScalarEvent):
        return str(event.value)
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(events, depth)
    if isinstance(event, yaml.MappingStartEvent):
        return _mapping(events, depth)
    raise RecordError("the front matter is empty or uses a YAML alias (*name), which figpath does not follow")


def _sequence(events: Iterator[yaml.Event], depth: int) -> list[Node]:
    items: list[Node] = []
    while not isinstance(event := next(events), yaml.SequenceEndEvent):
        items.append(_node(events, event, depth + 1))
    return items


def _mapping(events: Iterator[yaml.Event], depth: int) -> dict[str, Node]:
    found: dict[str, Node] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        key = _node(events, event, depth + 1)
        if not isinstance(key, str) or key in found:
            raise RecordError(f"the front matter has a key that is no text or comes twice: {str(key)[:60]!r}")
        found[key] = _node(events, None, depth + 1)
    return found


def _reason(error: yaml.YAMLError) -> str:
    """Return what a YAML library says, on one line."""
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or " ".join(str(error).split())
    return f"{problem}, line {mark.line + 1}" if mark is not None else str(problem)
