"""What whoever starts the server decides."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Final

from figpath.errors import InputError
from figpath.serve.editors import Editor

LOOPBACK: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a corpus is served.

    Parameters
    ----------
    host, port
        Where the server listens.
    names
        Names of the server besides those of this machine, such as that of a web server in front of it.
    threads
        How many questions about the corpus are answered at a time; each thread holds it in memory once.
    waiting
        How many more may wait; the next one is told to come back.
    largest_body
        Bytes that a request may send.
    reading
        Whether figures that are sent are read.
    largest_upload
        Bytes of the figures that are sent at a time.
    reading_seconds, reading_waiting, reading_memory
        How long a file may take, how many may wait, and bytes that reading may use.
    edit
        Whether people can correct figures, and keep those that they had read.
    editors
        Who can, each by a token; needed where other machines can reach the server. Without any, everyone on this
        machine can.

    Raises
    ------
    InputError
        When a number is out of its range, or anybody could correct figures.
    """

    host: str = LOOPBACK
    port: int = 8000
    names: tuple[str, ...] = ()
    threads: int = 2
    waiting: int = 256
    largest_body: int = 2_000_000
    reading: bool = True
    largest_upload: int = 30_000_000
    reading_seconds: float = 120.0
    reading_waiting: int = 8
    reading_memory: int = 8_000_000_000
    edit: bool = False
    editors: tuple[Editor, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65535:
            raise InputError(f"--port {self.port} is no port: give a number from 0 to 65535")
        if self.threads < 1 or self.waiting < 1 or self.reading_waiting < 1:
            raise InputError(f"cannot answer with {min(self.threads, self.waiting)} threads: give at least 1")
        if self.edit and not self.editors and (self.names or not is_loopback(self.host)):
            raise InputError(
                "--edit where other machines can reach the server needs to know who corrects: "
                "give each editor a token with --tokens FILE or in FIGPATH_TOKENS"
            )


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach an address."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
