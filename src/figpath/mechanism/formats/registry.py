"""Every form that a mechanism can be read from and written to, by the ending of the file's name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from figpath.errors import InputError
from figpath.mechanism.formats import antimony, bnet, cx2, gpml, gpml_write, qual, sbml, sif
from figpath.mechanism.formats.imported import Exported, Imported
from figpath.mechanism.native_json import from_json, to_json
from figpath.mechanism.native_tsv import from_tsv, is_native_tsv, to_tsv
from figpath.mechanism.plain_tables import from_plain_tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from figpath.mechanism.graph import Graph


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form of files.

    Parameters
    ----------
    name
        What it is called.
    endings
        Of file names, the longest first.
    loss
        What writing it loses; empty when it loses nothing.
    write, read
        None where it cannot be written, or read.
    """

    name: str
    endings: tuple[str, ...]
    loss: str = ""
    write: Callable[[Graph], Exported] | None = None
    read: Callable[[bytes], Imported] | None = None


def form_of(name: str) -> Form:
    """Return the form of a file by its name.

    Raises
    ------
    InputError
        When no form has that ending.
    """
    plain = PurePath(name).name.lower()
    found = [(ending, form) for form in FORMS for ending in form.endings if plain.endswith(ending)]
    if not found:
        known = ", ".join(ending for form in FORMS for ending in form.endings)
        raise InputError(f"the form of {PurePath(name).name!r} is not known by its ending: use one of {known}")
    return max(found, key=lambda pair: len(pair[0]))[1]


def read_file(name: str, data: bytes) -> Imported:
    """Return the mechanism of a file in the form that its name says.

    Raises
    ------
    InputError
        When it cannot be read.
    """
    form = form_of(name)
    if form.read is None:
        able = ", ".join(one.endings[-1] for one in FORMS if one.read is not None)
        raise InputError(f"{form.name} can only be written: give one of {able}")
    return form.read(data)


def write_file(name: str, graph: Graph) -> Exported:
    """Return a mechanism in the form that a file's name says.

    Raises
    ------
    InputError
        When the form cannot be written.
    """
    form = form_of(name)
    if form.write is None:
        able = ", ".join(one.endings[-1] for one in FORMS if one.write is not None)
        raise InputError(f"{form.name} can only be read: give one of {able}")
    return form.write(graph)


def _read_tsv(data: bytes) -> Imported:
    text = _text(data)
    return Imported(graph=from_tsv(text) if is_native_tsv(text) else from_plain_tables(text))


def _read_json(data: bytes) -> Imported:
    return Imported(graph=from_json(_text(data)))


def _write_tsv(graph: Graph) -> Exported:
    return Exported(data=to_tsv(graph).encode())


def _write_json(graph: Graph) -> Exported:
    return Exported(data=to_json(graph).encode())


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("the file is not UTF-8 text: save it as UTF-8") from error


FORMS: Final[tuple[Form, ...]] = (
    Form(name="figpath's TSV", endings=(".tsv",), write=_write_tsv, read=_read_tsv),
    Form(name="figpath's JSON", endings=(".json",), write=_write_json, read=_read_json),
    Form(name="CX2", endings=(".cx2",), write=cx2.to_cx2, read=cx2.from_cx2),
    Form(name="SBML-qual", endings=(".qual.xml", ".sbmlqual", ".qual"), loss=qual.LOSS, write=qual.to_qual,
         read=qual.from_qual),
    Form(name="SBML", endings=(".sbml.xml", ".sbml", ".xml"), loss=sbml.LOSS, write=sbml.to_sbml),
    Form(name="Antimony", endings=(".antimony", ".ant"), loss=antimony.LOSS, write=antimony.to_antimony),
    Form(name="BNet", endings=(".bnet",), loss=bnet.LOSS, write=bnet.to_bnet),
    Form(name="SIF", endings=(".sif",), loss=sif.LOSS, write=sif.to_sif, read=sif.from_sif),
    Form(name="GPML", endings=(".gpml",), loss=gpml_write.LOSS, write=gpml_write.to_gpml, read=gpml.from_gpml),
)  # fmt: skip
"""All of them, those without loss first."""
