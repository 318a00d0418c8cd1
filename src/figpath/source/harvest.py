"""Articles with their pictures, from PMC into a folder; what was done and what failed is kept beside them.

The folder gets ``PMC123/PMC123.nxml`` and the pictures of each article, which `discover` reads, and
``harvest.jsonl`` with a line for each try. The last line of an article counts.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

from figpath.errors import FigpathError, InputError, ResourceError
from figpath.source.images import figure_id_of
from figpath.source.jats import figures_of_article, stem_of
from figpath.source.pmc import picture_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from figpath.source.pmc import Pmc

STATE = "harvest.jsonl"

_PMCID = re.compile(r"PMC\d+")
_STATUSES = ("done", "closed", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvested:
    """What became of an article.

    Parameters
    ----------
    pmcid
        Of the article.
    status
        ``done``: it is in the folder; ``closed``: no service gives its full text; ``failed``: it, or a picture of
        it, could not be had, and is tried again the next time.
    figures
        How many pictures were fetched.
    reason
        Why it failed.
    """

    pmcid: str
    status: Literal["done", "closed", "failed"]
    figures: int = 0
    reason: str = ""


def harvest(pmcids: Iterable[str], pmc: Pmc, folder: Path) -> Iterator[Harvested]:
    """Fetch articles that are not yet in a folder, those that failed before first; yield what became of each.

    Parameters
    ----------
    pmcids
        PMC ids, as `Pmc.search` gives them.
    pmc
        The services.
    folder
        Is made when it does not exist. Pictures that are there already are not fetched again.

    Raises
    ------
    InputError
        When the folder cannot be written, or its state cannot be read.
    ResourceError
        When `pmcids` cannot be had.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        state = _State(folder / STATE)
        failed = dict.fromkeys(pmcid for pmcid, status in state.known.items() if status == "failed")
        for pmcid in _once(failed, pmcids):
            if pmcid in failed or pmcid not in state.known:
                found = _one(pmcid, pmc, folder)
                state.add(found)
                yield found
    except OSError as error:
        raise InputError(f"cannot write to {folder}: {error.strerror or error}; choose another folder") from error


def _once(first: Iterable[str], then: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for pmcids in (first, then):
        for pmcid in pmcids:
            if pmcid not in seen:
                seen.add(pmcid)
                yield pmcid


class _State:
    """The file of what was done; a line that a crash cut short is passed over."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.known: dict[str, str] = {}
        text = path.read_bytes() if path.exists() else b""
        for line in text.splitlines():
            try:
                found = json.loads(line)
            except ValueError:
                continue
            pmcid = str(found.get("pmcid")) if isinstance(found, dict) else ""
            if _PMCID.fullmatch(pmcid) and found.get("status") in _STATUSES:
                self.known[pmcid] = found["status"]
        self._torn = bool(text) and not text.endswith(b"\n")

    def add(self, found: Harvested) -> None:
        line = json.dumps(asdict(found), ensure_ascii=False) + "\n"
        with self._path.open("ab") as file:
            file.write((b"\n" if self._torn else b"") + line.encode())
            file.flush()
            os.fsync(file.fileno())
        self._torn = False
        self.known[found.pmcid] = found.status


def _one(pmcid: str, pmc: Pmc, folder: Path) -> Harvested:
    try:
        article = pmc.article(pmcid)
        if article is None:
            return Harvested(pmcid=pmcid, status="closed", reason="no service gives its full text")
        pictures = [published.files for published in figures_of_article(article, pmcid=pmcid)]
    except FigpathError as error:
        return Harvested(pmcid=pmcid, status="failed", reason=str(error))
    place = folder / pmcid
    place.mkdir(exist_ok=True)
    fetched, missing = 0, []
    for files in pictures:
        try:
            fetched += _keep(pmcid, files, article, pmc, place)
        except ResourceError as error:
            missing.append(str(error))
    _write(place / f"{pmcid}.nxml", article)
    reason = f"{len(missing)} of {len(pictures)} pictures could not be had: {missing[0]}" if missing else ""
    return Harvested(pmcid=pmcid, status="failed" if missing else "done", figures=fetched, reason=reason)


def _keep(pmcid: str, files: tuple[str, ...], article: bytes, pmc: Pmc, place: Path) -> int:
    """Fetch a picture unless it is there; return 1 when it is there now."""
    if any((place / _safe(name)).exists() for name in picture_names(files)):
        return 1
    found = pmc.picture(pmcid, files, article)
    if found is None:
        raise ResourceError(f"no service has the picture {files[0][:80]!r} of {pmcid}")
    _write(place / _safe(found[0]), found[1])
    return 1


def _safe(name: str) -> str:
    """Return a name for a file in any file system; `figpath.source.package` finds it by the article's name."""
    return figure_id_of(stem_of(name)) + name[name.rindex(".") :].lower()


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    part.replace(path)
