"""What people ask to correct, done one after the other: each is a transaction of the corpus of its own."""

from __future__ import annotations

import asyncio
import getpass
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, TypeVar

from figpath.corpus.kept import kept_entry
from figpath.corrections import decide
from figpath.corrections.correction import Anchor, Signature, when_of
from figpath.corrections.meaning import assigned
from figpath.errors import BeingWrittenError, InputError
from figpath.record import from_json
from figpath.serve.editors import is_forwarded, signed_in
from figpath.serve.failures import BusyError, ForbiddenError
from figpath.store import correct_store, write_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fastapi import Request

    from figpath.corrections.apply import Applied
    from figpath.corrections.correction import Correction
    from figpath.corrections.meaning import Names
    from figpath.record import Record
    from figpath.serve.settings import Settings

T = TypeVar("T")
Wish: TypeAlias = Literal["accept", "reject", "reassign", "add", "undo"]

MOST: Final = 2000
"""Names that can be corrected at a time."""

_WAITING = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be corrected on one figure.

    Parameters
    ----------
    action
        As in `figpath.corrections.correction.Correction`.
    anchors
        The names.
    entities
        Identifiers of what they stand for, to reassign or add.
    text
        What is drawn where it was read wrongly; empty for what was read.
    undoes
        Ids of the lines to take back.
    """

    action: Wish
    anchors: tuple[Anchor, ...] = ()
    entities: tuple[str, ...] = ()
    text: str = ""
    undoes: tuple[str, ...] = ()


class CorrectingDesk:
    """Where corrections are noted, on a thread of their own.

    Parameters
    ----------
    path
        The corpus.
    lexicon
        What names stand for.
    settings
        Whether and by whom figures can be corrected.
    """

    def __init__(self, path: Path, lexicon: Names, settings: Settings) -> None:
        self._path, self._lexicon, self._settings = path, lexicon, settings
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="figpath-corrections")
        self._under_way = 0
        self._everyone = _user()

    def editor(self, request: Request) -> str:
        """Return the name of whoever asks; empty when they may not correct anything."""
        if not self._settings.editors:
            return "" if is_forwarded(request.headers) else self._everyone
        found = signed_in(self._settings.editors, request.headers, request.cookies)
        return "" if found is None else found.who

    def known(self, request: Request) -> str:
        """Return the name of whoever asks.

        Raises
        ------
        ForbiddenError
            When they may not correct anything.
        """
        found = self.editor(request)
        if not found:
            what = "sign in" if self._settings.editors else "start the server with tokens, since others can reach it,"
            raise ForbiddenError(f"only editors can correct figures: {what} or send a token of an editor")
        return found

    async def make(self, figid: str, asked: Asked, *, who: str) -> tuple[Correction, ...]:
        """Correct a figure, and return the new lines of its log.

        Raises
        ------
        BusyError
            When another program writes the corpus for long, or too many corrections are waiting.
        InputError
            When the figure has no such name or line, or there is no such meaning.
        """
        return await self._in_turn(lambda: self._make(figid, asked, who))

    async def keep(self, record: str, picture: bytes, *, figid: str) -> None:
        """Put a figure that was read into the corpus, under an id that is free.

        Raises
        ------
        BusyError
            As for `make`.
        InputError
            When the id is taken, or what was sent is no record, or not with its picture.
        """
        await self._in_turn(lambda: self._keep(record, picture, figid))

    async def _in_turn(self, write: Callable[[], T]) -> T:
        if self._under_way >= _WAITING:
            raise BusyError("too many corrections are waiting: send it again in a few seconds")
        self._under_way += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, write)
        except BeingWrittenError as error:
            raise BusyError(f"nothing was changed: {error}") from error
        finally:
            self._under_way -= 1

    def close(self) -> None:
        """Finish what is under way."""
        self._thread.shutdown()

    def _keep(self, record: str, picture: bytes, figid: str) -> None:
        entry = kept_entry(from_json(record), picture, figid=figid)
        with write_store(self._path, must_exist=True) as store:
            if store.stored(figid) is not None:
                raise InputError(f"there is a figure {figid} already: keep yours under another id")
            store.put([entry])

    def _make(self, figid: str, asked: Asked, who: str) -> tuple[Correction, ...]:
        with correct_store(self._path) as store:
            return store.corrections.make(figid, lambda state: lines_of(state, asked, self._lexicon, who=who))


def lines_of(state: Applied, asked: Asked, lexicon: Names, *, who: str) -> tuple[Correction, ...]:
    """Return the lines of the log that do what is asked for.

    Raises
    ------
    InputError
        When it cannot be done.
    """
    wanted: tuple[Anchor | str, ...] = tuple(dict.fromkeys(asked.undoes if asked.action == "undo" else asked.anchors))
    if not 1 <= len(wanted) <= MOST:
        raise InputError(f"{len(wanted)} names were chosen: choose 1 to {MOST}")
    if state.record.status == "failed":
        raise InputError(f"the figure {state.record.figid} could not be read: there is nothing on it to correct")
    made: list[Correction] = []
    last = state.log[-1].when if state.log else ""
    for one in wanted:
        last = when_of(datetime.now(UTC), after=last)
        by = Signature(id=uuid.uuid4().hex, when=last, who=who)
        if isinstance(one, str):
            made.append(decide.undo((*state.log, *made), one, by=by))
        else:
            made.append(_line(state.record, one, asked, lexicon, by=by))
    return tuple(made)


def _line(record: Record, anchor: Anchor, asked: Asked, lexicon: Names, *, by: Signature) -> Correction:
    if asked.action == "accept":
        return decide.accept(record, anchor, by=by)
    if asked.action == "reject":
        return decide.reject(record, anchor, by=by)
    meaning = assigned(asked.text or anchor.text, asked.entities, lexicon)
    if asked.action == "add":
        return decide.add(record, anchor, meaning, by=by)
    return decide.reassign(record, anchor, meaning, by=by, text=asked.text)


def _user() -> str:
    """The name under which this program runs."""
    try:
        found = getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such name on this machine
        return "this machine"
    return found if found.isprintable() and found.strip() else "this machine"
