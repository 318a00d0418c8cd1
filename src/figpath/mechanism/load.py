"""A mechanism out of a file, and the one that comes with figpath."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from figpath.errors import InputError
from figpath.mechanism.formats import registry
from figpath.mechanism.formats.imported import Imported
from figpath.mechanism.native_json import from_json
from figpath.mechanism.native_tsv import from_tsv, is_native_tsv
from figpath.mechanism.plain_tables import from_plain_tables

if TYPE_CHECKING:
    import os

    from figpath.mechanism.graph import Graph

_BESIDE: Final = {"nodes": ("nodes.tsv",), "interventions": ("interventions.tsv", "drugs.tsv")}
_OWN: Final = ("figpath's TSV", "figpath's JSON")
_MOST_BYTES: Final = 50_000_000


def load(path: str | os.PathLike[str] | None = None) -> Graph:
    """Return the mechanism of a file.

    Parameters
    ----------
    path
        figpath's own TSV or JSON, or a plain table of edges with a heading; when that is called ``edges.tsv``, the
        tables ``nodes.tsv`` and ``interventions.tsv`` (or ``drugs.tsv``) beside it are read, too. Or a form of
        another program by its ending: ``.gpml``, ``.cx2``, ``.sif``, ``.sbmlqual``. The bundled example when it is
        None: exosomes and angiogenesis in lung cancer.

    Returns
    -------
    Graph
        The mechanism.

    Raises
    ------
    InputError
        When it cannot be read or breaks its form.
    """
    return load_with_losses(path).graph


def load_with_losses(path: str | os.PathLike[str] | None = None) -> Imported:
    """Return the mechanism of a file, as `load` does, and what of a foreign file was left out."""
    if path is None:
        return Imported(graph=from_tsv(_bundled()))
    file = Path(path)
    data = read_bytes(file)
    try:
        return load_bytes(data, file)
    except InputError as error:
        raise InputError(f"{file}: {error}") from error


def load_bytes(data: bytes, path: str | os.PathLike[str]) -> Imported:
    """Return the mechanism in what was read, in the form that the ending of a path says, as `load` does.

    The path is not opened; the tables beside it are, when it is called ``edges.tsv``.

    Raises
    ------
    InputError
        When it breaks its form.
    """
    file = Path(path)
    return registry.read_file(file.name, data) if _foreign(file) else Imported(graph=_graph(file, _text(data)))


def save(graph: Graph, path: str | os.PathLike[str]) -> tuple[str, ...]:
    """Write a mechanism in the form that the ending of the file says.

    ``.tsv`` and ``.json`` are figpath's own, which lose nothing; `figpath.mechanism.formats.registry` lists the
    others with what they lose.

    Returns
    -------
    tuple of str
        What a reader of the file has to be warned of.

    Raises
    ------
    InputError
        When the ending is not known or the file cannot be written.
    """
    file = Path(path)
    written = registry.write_file(file.name, graph)
    try:
        file.write_bytes(written.data)
    except OSError as error:
        raise InputError(f"cannot write {file}: {error.strerror or error}; choose another place") from error
    return written.warnings


def _graph(file: Path, text: str) -> Graph:
    if not text.strip():
        raise InputError("the file is empty: give a table of edges with the columns source, sign and target")
    if is_native_tsv(text):
        return from_tsv(text)
    if text.lstrip()[0] in "{[":
        return from_json(text)
    beside = {table: _beside(file, names) for table, names in _BESIDE.items()} if file.stem.lower() == "edges" else {}
    return from_plain_tables(text, name=file.stem, **beside)


def _foreign(file: Path) -> bool:
    endings = [ending for form in registry.FORMS if form.name not in _OWN for ending in form.endings]
    return file.name.lower().endswith(tuple(endings))


def _beside(file: Path, names: tuple[str, ...]) -> str:
    return next((_text(read_bytes(file.with_name(name))) for name in names if file.with_name(name).is_file()), "")


def read_bytes(file: Path) -> bytes:
    """Return what is in the file of a mechanism.

    Raises
    ------
    InputError
        When it cannot be read, or is too large for a mechanism.
    """
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise InputError(f"{file} is larger than {_MOST_BYTES // 10**6} MB: this is no mechanism")
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror or error}; check the path") from error


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("the file is not UTF-8 text: save it as UTF-8") from error


def _bundled() -> str:
    folder = resources.files("figpath.data").joinpath("mechanism")
    return folder.joinpath("lung_exosomes.tsv").read_text(encoding="utf-8")
