"""A mechanism out of a file, and the one that comes with figpath."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from figpath.errors import InputError
from figpath.mechanism.native_json import from_json, to_json
from figpath.mechanism.native_tsv import from_tsv, is_native_tsv, to_tsv
from figpath.mechanism.plain_tables import from_plain_tables

if TYPE_CHECKING:
    import os

    from figpath.mechanism.graph import Graph

_BESIDE: Final = {"nodes": ("nodes.tsv",), "interventions": ("interventions.tsv", "drugs.tsv")}
_MOST_BYTES: Final = 50_000_000


def load(path: str | os.PathLike[str] | None = None) -> Graph:
    """Return the mechanism of a file.

    Parameters
    ----------
    path
        figpath's own TSV or JSON, or a plain table of edges with a heading; when that is called ``edges.tsv``, the
        tables ``nodes.tsv`` and ``interventions.tsv`` (or ``drugs.tsv``) beside it are read, too. The bundled
        example when it is None: exosomes and angiogenesis in lung cancer.

    Returns
    -------
    Graph
        The mechanism.

    Raises
    ------
    InputError
        When it cannot be read or breaks its form.
    """
    if path is None:
        return from_tsv(_bundled())
    file = Path(path)
    text = _text(file)
    try:
        return _graph(file, text)
    except InputError as error:
        raise InputError(f"{file}: {error}") from error


def save(graph: Graph, path: str | os.PathLike[str]) -> None:
    """Write a mechanism without loss: as JSON when the name ends in ``.json``, else as TSV.

    Raises
    ------
    InputError
        When it cannot be written.
    """
    file = Path(path)
    text = to_json(graph) if file.suffix.lower() == ".json" else to_tsv(graph)
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except (OSError, UnicodeError) as error:
        raise InputError(f"cannot write {file}: {getattr(error, 'strerror', None) or error}") from error


def _graph(file: Path, text: str) -> Graph:
    if not text.strip():
        raise InputError("the file is empty: give a table of edges with the columns source, sign and target")
    if is_native_tsv(text):
        return from_tsv(text)
    if text.lstrip()[0] in "{[":
        return from_json(text)
    beside = {table: _beside(file, names) for table, names in _BESIDE.items()} if file.stem.lower() == "edges" else {}
    return from_plain_tables(text, name=file.stem, **beside)


def _beside(file: Path, names: tuple[str, ...]) -> str:
    return next((_text(file.with_name(name)) for name in names if file.with_name(name).is_file()), "")


def _text(file: Path) -> str:
    """Return the text of a file, which has to be UTF-8 and of sensible size."""
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise InputError(f"{file} is larger than {_MOST_BYTES // 10**6} MB: this is no mechanism")
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror or error}; check the path") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{file} is not UTF-8 text: save it as UTF-8") from error


def _bundled() -> str:
    folder = resources.files("figpath.data").joinpath("mechanism")
    return folder.joinpath("lung_exosomes.tsv").read_text(encoding="utf-8")
