"""Front: the process that starts those that answer, and does for all of them what only one may do: reading figures.

The processes that answer hand over what was sent and wait. So there is one reader and one line of those who wait for
it, however many processes answer.
"""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from contextlib import suppress
from multiprocessing import AuthenticationError, current_process
from multiprocessing.connection import Client, Listener
from typing import TYPE_CHECKING, Protocol

from figpath.errors import FigpathError
from figpath.serve.failures import BusyError
from figpath.serve.reading_room import checked_suffix

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from figpath.serve.reading_room import ReadFigure, Upload


class Reads(Protocol):
    """What reads figures: the room itself, or the way to the one of the front process."""

    async def read(self, upload: Upload) -> tuple[ReadFigure, ...]:
        """Read the figures of a file."""

    def close(self) -> None:
        """End it."""


class Front:
    """Lets other processes use a room; only those that this one has started can.

    Parameters
    ----------
    room
        What they share; it is closed with this.
    """

    def __init__(self, room: Reads) -> None:
        self._room = room
        self._listener = Listener(authkey=current_process().authkey)
        self.address = str(self._listener.address)
        self._loop = asyncio.new_event_loop()
        for target in (self._loop.run_forever, self._accept):
            threading.Thread(target=target, name="figpath-front", daemon=True).start()

    def close(self) -> None:
        """End the room, and take no more."""
        self._listener.close()
        self._room.close()
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _accept(self) -> None:
        while True:
            try:
                connection = self._listener.accept()
            except (AuthenticationError, EOFError):  # nobody of ours
                continue
            except OSError:  # closed
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: Connection) -> None:
        with connection, suppress(EOFError, OSError):  # who asked may be gone
            upload = connection.recv()
            try:
                found: object = asyncio.run_coroutine_threadsafe(self._room.read(upload), self._loop).result()
            except FigpathError as error:
                found = error
            connection.send(found)


class WayToFront:
    """The room of the front process, as the processes that it has started see it.

    Parameters
    ----------
    address
        Of the front.
    waiting
        Files that may wait in this process; the front counts those of all of them.
    """

    def __init__(self, address: str, *, waiting: int) -> None:
        self._address, self._places = address, threading.BoundedSemaphore(waiting + 1)

    async def read(self, upload: Upload) -> tuple[ReadFigure, ...]:
        """Read the figures of a file; see `figpath.serve.reading_room.ReadingRoom.read`."""
        checked_suffix(upload)
        if not self._places.acquire(blocking=False):
            raise BusyError("too many figures are waiting to be read: send yours again in a minute")
        answer: Future[tuple[ReadFigure, ...]] = Future()
        # The few threads that asyncio has would all be taken by those who wait.
        threading.Thread(target=self._ask, args=(upload, answer), name="figpath-way", daemon=True).start()
        return await asyncio.wrap_future(answer)

    def close(self) -> None:
        """Nothing is open between questions."""

    def _ask(self, upload: Upload, answer: Future[tuple[ReadFigure, ...]]) -> None:
        if not answer.set_running_or_notify_cancel():
            self._places.release()
            return
        try:
            answer.set_result(self._asked(upload))
        except Exception as error:  # whoever waits decides what becomes of it
            answer.set_exception(error)

    def _asked(self, upload: Upload) -> tuple[ReadFigure, ...]:
        try:
            with Client(self._address, authkey=current_process().authkey) as connection:
                connection.send(upload)
                found: tuple[ReadFigure, ...] | FigpathError = connection.recv()
        except (EOFError, OSError) as error:
            raise BusyError("figures cannot be read just now: send yours again in a minute") from error
        finally:
            self._places.release()
        if isinstance(found, FigpathError):
            raise found
        return found
