"""JSON from outside as values: one document a file, or one a line; every error says where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from figpath.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_T = TypeVar("_T")


def read_bytes(path: Path, *, what: str) -> bytes:
    """Return the bytes of a file; `what` is how an error calls it.

    Raises
    ------
    InputError
        When it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {what} {path}: {error.strerror or error}; check the path") from error


def read_text(path: Path, *, what: str) -> str:
    """Return the text of a UTF-8 file; `what` is how an error calls it.

    Raises
    ------
    InputError
        When it cannot be read, or is not UTF-8.
    """
    try:
        return read_bytes(path, what=what).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{what} {path} is not UTF-8 text: save the file as UTF-8") from error


def read_folder(folder: Path, kind: type[_T], *, what: str) -> tuple[_T, ...]:
    """Return the value of each ``.json`` file of a folder, in order of their names; ``manifest.json`` is none.

    Raises
    ------
    InputError
        When there is no such folder, it has no such file, or a file breaks the form.
    """
    if not folder.is_dir():
        raise InputError(f"no folder {folder}: give the folder that holds {what}, one .json file a figure")
    files = sorted(path for path in folder.glob("*.json") if path.name != "manifest.json")
    if not files:
        raise InputError(f"no .json file in folder {folder}: give the folder that holds {what}, one file a figure")
    return tuple(_decode(read_bytes(path, what=what), kind, where=str(path)) for path in files)


def lines_of(data: bytes, kind: type[_T], *, name: str) -> Iterator[tuple[int, _T]]:
    """Yield the number, counted from 1, and the value of each line that is not empty.

    Raises
    ------
    InputError
        When a line breaks the form; the message has the file and the number.
    """
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.strip():
            yield number, _decode(line, kind, where=f"{name} line {number}")


def _decode(data: bytes, kind: type[_T], *, where: str) -> _T:
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise InputError(f"{where}: not what was expected: {error}") from error
