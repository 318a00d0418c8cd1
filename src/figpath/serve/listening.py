"""The socket that a server listens at, bound before anything is promised."""

from __future__ import annotations

import socket
import sys
from typing import TypeAlias

Socket: TypeAlias = socket.socket


def listening(host: str, port: int) -> Socket:
    """Return a socket bound to an address.

    Parameters
    ----------
    host
        A name or an address of this machine.
    port
        0 for a free one.

    Raises
    ------
    OSError
        When the address is not of this machine, or in use.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    found = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":  # there it lets two programs share a port
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(2048)  # who asks before the app is ready waits
    except BaseException:
        found.close()
        raise
    return found
