"""``figpath serve``: the web page and the JSON API of a corpus."""

from __future__ import annotations

from typing import Annotated

import typer

from figpath.cli.status import CorpusFile


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
) -> None:
    """Open the web page and the JSON API of a corpus; it can be built meanwhile, and is never changed."""
    from figpath.errors import InputError
    from figpath.serve import Settings, processes
    from figpath.serve.listening import listening
    from figpath.serve.settings import is_loopback
    from figpath.store import open_store

    settings = Settings(
        host=host, port=port, names=tuple(names or ()), reading=reading, threads=threads,
        workers=processes.workers_by_default() if workers is None else workers,
    )  # fmt: skip
    open_store(corpus).close()
    try:
        server_socket = listening(host, port)
    except OSError as error:
        raise InputError(
            f"cannot listen at {host} port {port}: {error.strerror or error}; choose another --port or --host"
        ) from error
    with server_socket:
        reached = server_socket.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        typer.echo(f"http://{shown}:{reached}/ shows {corpus}; Ctrl+C ends it", err=True)
        if not is_loopback(host):
            typer.echo(f"figpath: other machines can reach {host}: anyone there can read the corpus", err=True)
        processes.serve(corpus, settings, server_socket)
