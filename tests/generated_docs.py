"""The parts of the documentation that are made from the code: tables of tables, rules, words, and the help texts."""

from __future__ import annotations

import inspect
import re
from dataclasses import fields
from typing import TYPE_CHECKING

import typer

from figpath import resources
from figpath.cli.main import app
from figpath.grounding import lists, rewrite, words
from figpath.grounding.mention import Mention
from figpath.ids import taxon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from conftest import Run

LISTS = (
    "TLR7/8", "SMAD2/3", "JAK1/TYK2", "IRF3,7", "miR-200a/b/c", "FGF1-4", "KDM6A/B", "HIF-1α/2α", "MAVS (IPS-1)",
    "CARD9-BCL10-MALT1",
)  # fmt: skip
_SHOWN_WORDS = 12


def sources() -> str:
    """Every table that the lexicon is compiled from."""
    rows = [(f"[{t.name}]({t.home})", t.version, t.licence, f"`{t.file}`") for t in resources.TABLES]
    return _table(("table", "release", "licence", "file"), rows)


def species() -> str:
    """The species whose genes can be downloaded by name."""
    known = [taxon(number) for number in resources._GENE_INFO_FILES]
    return _table(("taxon", "species", "name to give"), [(str(t.id), t.name, t.common) for t in known])


def rules() -> str:
    """Every rewrite, cheapest first, with its cost and what it does."""
    rows = [(f"`{rule.name}`", f"{rule.cost:.2f}", _says(rule.rewrite)) for rule in rewrite.RULES]
    return _table(("rewrite", "cost", "what it does"), rows)


def list_forms() -> str:
    """What lists of names are written out to."""
    rows = [(f"`{text}`", ", ".join(lists.elements(text) or lists.hyphenated(text))) for text in LISTS]
    return _table(("drawn", "names"), rows)


def never_names() -> str:
    """The lists of words that are never taken for a name."""
    lists_of_words = {name: value for name, value in vars(words).items() if isinstance(value, frozenset)}
    found = [(name, value) for name, value in lists_of_words.items() if name != "NOT_GENES"]  # the union of others
    rows = [(name, str(len(value)), ", ".join(sorted(value)[:_SHOWN_WORDS]) + ", ...") for name, value in found]
    return _table(("list in `grounding/words.py`", "words", "among them"), rows)


def mention_fields() -> str:
    """The fields of a mention, as its docstring describes them."""
    return _table(
        ("field", "meaning"), [(f"`{field.name}`", _describes(Mention, field.name)) for field in fields(Mention)]
    )


def commands(run: Run) -> str:
    """The help text of every command, as it is printed."""
    texts = []
    for path in command_paths():
        heading = f"## {' '.join(('figpath', *path))}"
        texts.append(f"{heading}\n\n```text\n{run(*path, '--help').text.rstrip()}\n```")
    return "\n\n".join(texts)


def command_paths() -> list[tuple[str, ...]]:
    """Every command and group of commands, outermost first."""
    return list(_below(app, ()))


def _below(group: typer.Typer, path: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    yield path
    for command in group.registered_commands:
        yield (*path, command.name or _name(command.callback))
    for inner in group.registered_groups:
        if inner.typer_instance is not None and inner.name:
            yield from _below(inner.typer_instance, (*path, inner.name))


def _name(callback: Callable[..., object] | None) -> str:
    return str(getattr(callback, "__name__", "")).replace("_", "-")


def _says(function: Callable[..., object]) -> str:
    return (inspect.getdoc(function) or "").partition("\n")[0].replace("``", "`")


def _describes(owner: type, name: str) -> str:
    """The description of a parameter in a numpydoc docstring, as one line."""
    text = inspect.getdoc(owner) or ""
    found = re.search(rf"^(?:\w+, )*{name}(?:, \w+)*\n((?:    .*\n?)+)", text, re.MULTILINE)
    return " ".join(found[1].split()).replace("``", "`") if found else ""


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |" for cells in lines)
