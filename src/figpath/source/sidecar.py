"""What stands beside a picture about it: a YAML, JSON or Markdown file of its name, or one JSON-lines file a folder.

The keys are those of the PFOCR record. Another file of the picture's name is no sidecar: it has neither
``figtitle``, ``papertitle``, ``pmcid`` nor ``reftext``, and it has other keys.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from figpath.errors import FigpathError, InputError
from figpath.source import front_matter
from figpath.source.numbers import figure_number
from figpath.source.pfocr import figure_of_fields, names_of
from figpath.source.titles import figure_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from figpath.figure import Figure
    from figpath.source.front_matter import Node

LIMIT = 1_000_000
"""Largest sidecar, and largest line of a JSON-lines file, in bytes."""
TABLES = ("captions.jsonl", "metadata.jsonl")
"""Names of the files that describe the pictures of a folder, one a line, by their ``figid``."""

_SUFFIXES = (".yaml", ".yml", ".json", ".md")
_TELLING = frozenset(("figtitle", "papertitle", "pmcid", "reftext"))
_KEYS = _TELLING | frozenset(
    "figid caption year doi journal_title journal_nlm_ta publisher_name keywords number figlink organisms filename "
    "licence license pathway_score automl_pathway figid_alias figtype organisms_ner".split()
)


def files_about(picture: Path) -> list[Path]:
    """Return the files beside a picture that may say something about it."""
    names = [picture.stem + suffix for suffix in _SUFFIXES] + list(TABLES)
    return [file for file in map(picture.with_name, names) if file.is_file()]


class Sidecars:
    """What the files of a folder say about its pictures.

    Parameters
    ----------
    files
        The files of the folder.
    """

    def __init__(self, files: Iterable[Path]) -> None:
        inside = list(files)
        self._files = {file.name: file for file in inside if file.suffix.lower() in _SUFFIXES}
        self._lines: dict[str, Mapping[str, Node]] = {}
        self.broken: list[tuple[Path, str]] = []
        for table in (file for file in inside if file.name in TABLES):
            self._read_table(table)

    def describe(self, picture: Path, figid: str) -> Figure | None:
        """Return what is said about a picture, or None.

        Parameters
        ----------
        picture
            Its file.
        figid
            Its id where the sidecar gives it no other.

        Raises
        ------
        InputError
            When its sidecar is too large or broken.
        """
        for suffix in _SUFFIXES:
            file = self._files.get(picture.stem + suffix)
            fields = None if file is None else _read(file)
            if fields is not None:
                return _checked(file.name if file else "", fields, picture, figid)
        line = self._lines.get(picture.stem) or self._lines.get(picture.name) or self._lines.get(figid)
        return None if line is None else _checked(TABLES[0], line, picture, figid)

    def _read_table(self, table: Path) -> None:
        try:
            with table.open("rb") as stream:
                for number, line in enumerate(iter(lambda: stream.readline(LIMIT + 1), b""), start=1):
                    try:
                        fields = _parsed_line(line)
                    except InputError as error:
                        self.broken.append((table, f"line {number}: {error}"))
                        if len(line) > LIMIT:
                            return
                        continue
                    if fields:
                        self._lines[str(fields.get("figid") or fields.get("filename", ""))] = fields
        except OSError as error:
            self.broken.append((table, error.strerror or str(error)))


def _read(file: Path) -> Mapping[str, Node] | None:
    """Return the fields of a sidecar; None for a file that is none."""
    try:
        with file.open("rb") as stream:
            data = stream.read(LIMIT + 1)
    except OSError as error:
        raise InputError(f"{file.name}: {error.strerror or error}") from error
    if file.suffix.lower() == ".md" and not data.startswith((b"---", b"\xef\xbb\xbf---")):
        return None
    if len(data) > LIMIT:
        raise InputError(f"{file.name} beside it has over {LIMIT:,} bytes: at most that many are read")
    try:
        fields = _fields(file.suffix.lower(), data.decode("utf-8"))
    except (UnicodeDecodeError, FigpathError) as error:
        raise InputError(f"{file.name} beside it: {' '.join(str(error).split())}") from error
    return fields if _TELLING & set(fields) or set(fields) <= _KEYS else None


def _fields(suffix: str, text: str) -> Mapping[str, Node]:
    if suffix == ".json":
        return _json(text)
    return front_matter.parse(front_matter.split(text) if suffix == ".md" or text.startswith("---\n") else text)


def _parsed_line(line: bytes) -> Mapping[str, Node]:
    if len(line) > LIMIT:
        raise InputError(f"it has over {LIMIT:,} bytes")
    try:
        text = line.decode("utf-8").strip()
    except UnicodeDecodeError as error:
        raise InputError("it is not UTF-8 text") from error
    return _json(text) if text else {}


def _json(text: str) -> Mapping[str, Node]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"broken JSON: {' '.join(str(error).split())[:200]}") from error
    if not isinstance(found, dict):
        raise InputError("broken JSON: expected an object with PFOCR's keys")
    return {str(key): _node(value) for key, value in found.items()}


def _node(value: object) -> Node:
    """Return a JSON value as the text that YAML would have."""
    if isinstance(value, list):
        return [_node(item) for item in value if not isinstance(item, list | dict)]
    return "" if value is None or isinstance(value, dict) else str(value)


def _checked(name: str, fields: Mapping[str, Node], picture: Path, figid: str) -> Figure:
    try:
        return figure_said(fields, figid=figid, filename=picture.name)
    except FigpathError as error:
        raise InputError(f"{name} beside it: {error}") from error


def figure_said(fields: Mapping[str, Node], *, figid: str, filename: str) -> Figure:
    """Return the figure that fields with PFOCR's keys describe; a missing title comes from the caption.

    Parameters
    ----------
    fields
        By key.
    figid, filename
        Where the fields have none.

    Raises
    ------
    RecordError
        When a field cannot be used; the message has it.
    """
    said = figure_of_fields({**fields, "figid": fields.get("figid") or figid}, names_of(fields, "organisms"))
    licence = fields.get("licence") or fields.get("license") or ""
    number = figure_number(said.number, filename=filename, link=said.link)
    return replace(
        said,
        number="" if number == "F0" and not said.number else number,
        title=said.title or figure_title("", caption=said.caption, paper_title=said.paper.title),
        filename=said.filename or filename,
        paper=replace(said.paper, licence=str(licence)),
    )
