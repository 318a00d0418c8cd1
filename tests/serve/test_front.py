"""Several processes that answer share one that reads, and one line of those who wait for it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client
from typing import TYPE_CHECKING

import pytest

from figpath.errors import InputError
from figpath.serve.failures import BusyError
from figpath.serve.front import Front, WayToFront
from figpath.serve.reading_room import ReadFigure, ReadingRoom, Upload
from odd_reader import PNG, odd_reader

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def front() -> Iterator[Front]:
    made = Front(ReadingRoom(seconds=5, waiting=1, memory=1 << 33, make=odd_reader))
    yield made
    made.close()


def upload(title: str = "") -> Upload:
    return Upload(name="a.png", data=PNG, title=title)


def test_a_figure_is_read_elsewhere_and_what_is_wrong_is_told_here(front: Front) -> None:
    way = WayToFront(front.address, waiting=4)
    assert isinstance(asyncio.run(way.read(upload()))[0], ReadFigure)
    with pytest.raises(InputError, match=r"cannot read a\.png: no good"):
        asyncio.run(way.read(upload("fail")))
    with pytest.raises(InputError, match="neither a picture nor a PDF"):
        asyncio.run(way.read(Upload(name="x", data=b"x")))


def test_the_line_is_bounded_over_all_processes(front: Front) -> None:
    """One is read, one waits; whoever comes by another way is told to come back as well."""

    async def crowd() -> list[object]:
        ways = [WayToFront(front.address, waiting=4) for _ in range(4)]
        first = asyncio.create_task(ways[0].read(upload("wait")))
        await asyncio.sleep(0.3)
        others = [asyncio.create_task(way.read(upload("wait"))) for way in ways]
        return list(await asyncio.gather(first, *others, return_exceptions=True))

    asyncio.run(WayToFront(front.address, waiting=1).read(upload()))  # the process has started
    found = asyncio.run(crowd())
    assert sum(isinstance(one, BusyError) for one in found) == 3
    assert sum(isinstance(one, tuple) for one in found) == 2


def test_a_process_holds_no_more_than_its_own_line(front: Front) -> None:
    async def crowd() -> list[object]:
        way = WayToFront(front.address, waiting=0)
        return list(await asyncio.gather(*(way.read(upload("wait")) for _ in range(3)), return_exceptions=True))

    assert sum(isinstance(one, BusyError) for one in asyncio.run(crowd())) >= 2


def test_a_stranger_is_not_listened_to(front: Front) -> None:
    """What is sent is unpickled, so that only processes of this server may send; the others go on."""
    with suppress(OSError, EOFError), pytest.raises(AuthenticationError):
        Client(front.address, authkey=b"guessed")
    assert asyncio.run(WayToFront(front.address, waiting=1).read(upload()))


def test_when_the_front_is_gone_one_is_asked_to_come_back() -> None:
    with pytest.raises(BusyError, match="just now"):
        asyncio.run(WayToFront("nowhere", waiting=1).read(upload()))
