"""``figpath build``: figures in, a corpus out; begun again it does what is new or failed."""

from __future__ import annotations

import enum
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from figpath.cli.progress import Counter
from figpath.cli.read import EngineChoice
from figpath.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.corpus.build import Summary, Workers
    from figpath.corpus.read import ReadFigures
    from figpath.store import Store


LEAST_OF_PAPERS = 0.02  # docs/screening.md says what it loses
_PAPERS = frozenset({".gz", ".tgz", ".zip", ".pdf", ".xml", ".nxml"})


class Images(enum.StrEnum):
    """What a corpus keeps of pictures."""

    keep = "keep"
    thumbnails = "thumbnails"
    paths = "paths"


_Paths: TypeAlias = Annotated[
    list[Path],
    typer.Argument(
        metavar="SOURCE",
        help="Pictures, PDF files, PMC packages, folders of these, or a copy of the PFOCR database.",
    ),
]
_Workers: TypeAlias = Annotated[
    int | None,
    typer.Option(min=1, metavar="NUMBER", help="Processes that read; by default one a core, and never more."),
]
_Ray: TypeAlias = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Read on this Ray cluster; 'local' starts one on this machine."),
]
_Again: TypeAlias = Annotated[
    bool, typer.Option("--again", help="Read anew what another version of figpath or its lexicon has read.")
]
_Screen: TypeAlias = Annotated[
    float | None,
    typer.Option(
        min=0,
        max=1,
        metavar="SCORE",
        help="Leave unread what is less likely a pathway than this; by default only figures of papers below "
        f"{LEAST_OF_PAPERS}.",
    ),
]
_Limit: TypeAlias = Annotated[
    float, typer.Option(min=1, metavar="SECONDS", help="Time that a figure may take; then it has failed.")
]
_Species: TypeAlias = Annotated[
    str | None,
    typer.Option(metavar="LIST", help="NCBI taxon ids or names, such as 9606,mouse; else title and caption decide."),
]


def build(
    paths: _Paths,
    to: Annotated[Path, typer.Option(metavar="FILE", help="The corpus; it is made, or added to.")],
    workers: _Workers = None,
    ray: _Ray = None,
    images: Annotated[Images, typer.Option(help="What to keep of the pictures.")] = Images.keep,
    again: _Again = False,
    screen: _Screen = None,
    no_screen: Annotated[bool, typer.Option("--no-screen", help="Read every figure, whatever it is like.")] = False,
    limit: _Limit = 300.0,
    species: _Species = None,
    engine: Annotated[EngineChoice, typer.Option(help="Text recogniser.")] = EngineChoice.auto,
) -> None:
    """Read figures into a corpus, one file that holds their records and pictures.

    The same command again goes on where it was interrupted, and does only what is new or has failed.

    Exit code 0: all figures are in the corpus; 1: some failed, each named with its reason; 2: none could be read.
    """
    from figpath.corpus.build import Summary
    from figpath.corpus.pfocr_import import pages_of
    from figpath.store import write_store

    if no_screen and screen is not None:
        raise InputError("--screen leaves figures unread and --no-screen none: give one of them")
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise InputError(f"there is no {missing[0]}: check the path")
    pages = {path: pages_of(path) for path in paths}
    pictures = [path for path in paths if not pages[path]]
    summary = Summary()
    with write_store(to) as store:
        least = 0.0 if no_screen else screen
        reading = _reading(species, engine, images, _threads(workers), least) if pictures else None
        try:
            _import([page for found in pages.values() for page in found], store, summary)
            if reading is not None:
                _read(pictures, store, summary, reading, _workers(reading, workers, ray, limit, to), again=again)
        finally:
            store.link_duplicates()
        _report(summary, store, to)


def _reading(
    species: str | None, engine: EngineChoice, images: Images, threads: int, least: float | None
) -> ReadFigures:
    from figpath.corpus.read import ReadFigures
    from figpath.ids import taxa

    scope = None if species is None else taxa(species)
    return ReadFigures(
        engine=engine.value,
        threads=threads,
        taxa=scope,
        images=images.value,
        least_score=LEAST_OF_PAPERS if least is None else least,
        papers_only=least is None,
    )


def _import(pages: Sequence[Path], store: Store, summary: Summary) -> None:
    from figpath.corpus.fingerprint import importing_fingerprint
    from figpath.corpus.pfocr_import import import_pages

    if not pages:
        return
    with Counter(len(pages), what="imported") as counter:
        import_pages(pages, store, summary, fingerprint=importing_fingerprint(), told=lambda done: _show(counter, done))


def _read(
    paths: Sequence[Path], store: Store, summary: Summary, reading: ReadFigures, workers: Workers, *, again: bool
) -> None:
    from figpath.corpus.build import build as build_corpus
    from figpath.source.discover import discover

    found = (one for path in paths for one in discover(path))
    fingerprint = reading.fingerprint()
    with Counter(_total(paths), what="read") as counter:
        build_corpus(
            found,
            store,
            workers,
            fingerprint=fingerprint,
            again=again,
            least_for=reading.least_for,
            summary=summary,
            told=lambda done: _show(counter, done),
        )


def _workers(reading: ReadFigures, count: int | None, ray: str | None, limit: float, to: Path) -> Workers:
    from figpath.corpus.ray import RayWorkers
    from figpath.corpus.workers import Processes

    cores = _cores()
    if ray is not None:
        number = count or cores if ray != "local" else min(count or cores, cores)
        shards = to.with_name(f"{to.name}-shards")
        return RayWorkers(reading, address=ray, folder=shards, count=number, threads=reading.threads, limit=limit)
    if count is not None and count > cores:
        typer.echo(f"figpath: {cores} workers instead of {count}, one for each core", err=True)
    return Processes(reading, count=min(count or cores, cores), limit=limit)


def _threads(workers: int | None) -> int:
    """Share the cores among the workers."""
    cores = _cores()
    return max(1, cores // min(workers or cores, cores))


def _cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _total(paths: Sequence[Path]) -> int | None:
    """Return how many figures there are, where that can be told without opening papers."""
    from figpath.source.images import SUFFIXES

    inside = [file for path in paths for file in (path.iterdir() if path.is_dir() else [path])]
    pictures = sum(file.suffix.lower() in SUFFIXES for file in inside)
    papers = any(file.is_dir() or file.suffix.lower() in _PAPERS for file in inside)
    return None if papers else pictures


def _show(counter: Counter, summary: Summary) -> None:
    counter.show(summary.done + summary.there, worked=summary.done, failed=summary.failed)


def _report(summary: Summary, store: Store, to: Path) -> None:
    """Say what was done and what the corpus holds now; name what failed."""
    for figid, reason in summary.failures:
        typer.echo(f"figpath: {figid}: {reason}", err=True)
    if summary.failed > len(summary.failures):
        more = summary.failed - len(summary.failures)
        typer.echo(f"figpath: and {more} more, which 'figpath status {to}' lists", err=True)
    done, counts = summary.done, store.counts()
    parts = [f"{summary.ok} ok", f"{summary.partial} partial", f"{summary.failed} failed", f"{summary.there} there"]
    typer.echo(f"{done + summary.there} figures: {', '.join(parts)}; {summary.seconds:.0f} s", err=True)
    if summary.unread:
        typer.echo(
            f"{summary.unread} of the ok ones are unlikely to be pathways and were not read: --no-screen reads them, "
            f"'figpath status {to} --unread' lists them",
            err=True,
        )
    if summary.older:
        typer.echo(f"{summary.older} of them were read by another version: --again reads them anew", err=True)
    held = sum(counts[status] for status in ("ok", "partial", "failed"))
    typer.echo(f"{to} holds {held} figures, {counts['duplicates']} of them have a picture twice", err=True)
    if summary.failed:
        raise typer.Exit(1 if counts["ok"] + counts["partial"] else 2)
