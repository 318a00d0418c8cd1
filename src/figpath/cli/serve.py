"""``figpath serve``: the web page and the JSON API of a corpus."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from figpath.cli.status import CorpusFile

if TYPE_CHECKING:
    from figpath.serve import Settings
    from figpath.serve.editors import Editor

TOKENS: Final = "FIGPATH_TOKENS"
"""The environment variable that can hold what ``--tokens`` names a file of; a command line can be seen by everyone."""


def serve(
    corpus: CorpusFile,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; by default only this machine can reach it.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", help="Port to listen at; 0 takes a free one.")] = 8000,
    names: Annotated[
        list[str] | None,
        typer.Option(
            "--name", metavar="HOST", help="Also answer under this name, which a web server in front of it has."
        ),
    ] = None,
    reading: Annotated[bool, typer.Option("--read/--no-read", help="Read figures that are sent to the page.")] = True,
    workers: Annotated[
        int | None,
        typer.Option(metavar="N", help="Processes that answer; by default one a core, up to 4."),
    ] = None,
    threads: Annotated[int, typer.Option(metavar="N", help="Questions that each process answers at a time.")] = 2,
    edit: Annotated[
        bool, typer.Option("--edit", help="Let people correct figures; each change is kept in a log.")
    ] = False,
    tokens: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Tokens of those who may correct, one a line, with their names after it; FIGPATH_TOKENS can hold them "
            "instead. Without any, only this machine can.",
        ),
    ] = None,
) -> None:
    """Open the web page and the JSON API of a corpus; it can be built meanwhile, and is changed with --edit only."""
    from figpath.errors import InputError
    from figpath.serve import Settings, processes
    from figpath.serve.listening import listening
    from figpath.store import open_store

    settings = Settings(
        host=host, port=port, names=tuple(names or ()), reading=reading, threads=threads,
        workers=processes.workers_by_default() if workers is None else workers,
        edit=edit, editors=_editors(tokens) if edit else (),
    )  # fmt: skip
    open_store(corpus).close()
    if edit:
        _check_writable(corpus)
    elif tokens is not None:
        raise InputError("--tokens says who may correct figures, which --edit allows: give both")
    try:
        server_socket = listening(host, port)
    except OSError as error:
        raise InputError(
            f"cannot listen at {host} port {port}: {error.strerror or error}; choose another --port or --host"
        ) from error
    with server_socket:
        _tell(corpus, settings, port=server_socket.getsockname()[1])
        processes.serve(corpus, settings, server_socket)


def _tell(corpus: Path, settings: Settings, *, port: int) -> None:
    """Say where the page is, and who can read and change it."""
    from figpath.serve.settings import is_loopback

    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    typer.echo(f"http://{shown}:{port}/ shows {corpus}; Ctrl+C ends it", err=True)
    if not is_loopback(settings.host):
        typer.echo(f"figpath: other machines can reach {settings.host}: anyone there can read the corpus", err=True)
    if settings.edit:
        editors = ", ".join(one.who for one in settings.editors) or "everyone on this machine"
        typer.echo(f"figpath: figures can be corrected by {editors}", err=True)


def _editors(file: Path | None) -> tuple[Editor, ...]:
    """Read the tokens of a file, or of the environment."""
    from figpath.evaluate.documents import read_text
    from figpath.serve.editors import read_editors

    if file is not None:
        return read_editors(read_text(file, what="the tokens"), name=str(file))
    found = os.environ.pop(TOKENS, "")  # nor in the environment of the processes that are started
    return read_editors(found.replace(";", "\n"), name=TOKENS) if found.strip() else ()


def _check_writable(corpus: Path) -> None:
    """Refuse a corpus that cannot be written before anybody corrects it; one that is being built is all right."""
    from figpath.errors import BeingWrittenError
    from figpath.store import correct_store

    with contextlib.suppress(BeingWrittenError):
        correct_store(corpus).close()
