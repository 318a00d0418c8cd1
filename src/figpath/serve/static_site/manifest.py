"""The manifest of a static site: which files are its own, and what each was made from."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import msgspec

from figpath.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FILE: Final = "figpath-site.json"
_VERSION: Final = 1


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """Files that are made together, and a digest of what they were made from."""

    made_from: str
    files: tuple[str, ...]


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a site consists of."""

    figpath_site: int = _VERSION
    made: dict[str, Made] = {}


@dataclass(slots=True)
class Folder:
    """The folder of a site: writes what is new in it, and takes away only what it wrote itself.

    Parameters
    ----------
    path
        The folder.
    written
        Files that were written because they were absent or had other contents.
    known
        Folders below it that are there.
    """

    path: Path
    written: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    def write(self, name: str, data: bytes) -> None:
        """Write a file unless it has these bytes already; whoever reads it meanwhile finds the old or the new one."""
        target = f"{self.path}/{name}"
        if _has(target, data):
            return
        parent = name.rpartition("/")[0]
        if parent not in self.known:
            (self.path / parent).mkdir(parents=True, exist_ok=True)
            self.known.add(parent)
        new = f"{target}.new"
        with open(new, "wb") as stream:  # noqa: PTH123 - a hundred thousand times, and a Path costs as much as the file
            stream.write(data)
        os.replace(new, target)  # noqa: PTH105 - the same, and says that it replaces
        self.written.append(name)

    def has(self, made: Made | None, made_from: str) -> bool:
        """Tell whether files are there that were made from the same."""
        if made is None or made.made_from != made_from:
            return False
        return all(os.path.isfile(f"{self.path}/{name}") for name in made.files)  # noqa: PTH113 - as above

    def remove(self, names: Iterable[str]) -> int:
        """Remove files of the site, and folders of it that are empty then; return how many files there were."""
        count = 0
        for name in sorted(names):
            target = self.path / name
            if ".." in name.split("/") or not target.resolve().is_relative_to(self.path.resolve()):
                continue  # someone wrote into the manifest: nothing outside the folder is ours
            if target.is_file():
                target.unlink()
                count += 1
            parent = target.parent
            if parent != self.path and parent.is_dir() and not any(parent.iterdir()):
                parent.rmdir()
                self.known.discard(parent.relative_to(self.path).as_posix())
        return count


def _has(path: str, data: bytes) -> bool:
    """Tell whether a file has these bytes."""
    try:
        if os.stat(path).st_size != len(data):  # noqa: PTH116 - see above
            return False
        with open(path, "rb") as stream:  # noqa: PTH123
            return stream.read() == data
    except OSError:
        return False


def load(folder: Path) -> Manifest:
    """Return the manifest of a folder; an empty one for a folder that is absent or empty.

    Raises
    ------
    InputError
        When the folder holds other things than a site of ours.
    """
    path = folder / FILE
    if path.is_file():
        try:
            found = msgspec.json.decode(path.read_bytes(), type=Manifest)
        except (OSError, msgspec.MsgspecError) as error:
            raise InputError(f"{path} cannot be read ({error}): publish into another folder") from error
        if found.figpath_site != _VERSION:
            raise InputError(f"{path} is of another version of figpath: publish into another folder")
        return found
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} holds other things than a site that figpath published: give an empty folder")
    return Manifest()


def save(folder: Path, manifest: Manifest) -> None:
    """Write the manifest."""
    Folder(folder).write(FILE, msgspec.json.encode(manifest, order="sorted"))
