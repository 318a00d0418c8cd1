"""Files from public services, fetched politely: a pace for each host, patience with faults, no half or wrong file.

What a service refuses for now (429, 5xx, a broken or slow line, half a file, another content than was asked for) is
asked for again, later each time, or when the service says; what it does not have is None.
"""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from figpath.errors import ResourceError

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT = 200_000_000
"""Largest file in bytes."""

_ABSENT = frozenset((404, 410))
_LATER = frozenset((408, 425, 429, 500, 502, 503, 504))
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0  # seconds; each wait is twice the one before
_PATIENCE = 600.0  # seconds that a service may ask to wait
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class _Refused:
    """Why a file did not come, and after how many seconds the service wants to be asked again."""

    reason: str
    after: float | None = None


@dataclass(slots=True, kw_only=True)
class Fetcher:
    """Fetches files by GET.

    Parameters
    ----------
    agent
        What the services are told asks them.
    email
        Where the services can reach whoever runs this; sent along when it is given.
    paces
        Requests a second for each host; others get `pace`.
    tries
        How often a file is asked for before it counts as failed.
    timeout
        Seconds without a byte before a request counts as failed.
    longest
        Seconds that one file may take.
    wait, clock
        What waits and what tells the time; tests put their own in.
    """

    agent: str = "figpath"
    email: str = ""
    paces: dict[str, float] = field(default_factory=dict)
    pace: float = 5.0
    tries: int = 5
    timeout: float = 30.0
    longest: float = 300.0
    wait: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _next: dict[str, float] = field(default_factory=dict)

    def get(self, address: str, *, check: Callable[[bytes], str] | None = None) -> bytes | None:
        """Return a file's bytes, or None where the service has no such file.

        Parameters
        ----------
        address
            An http or https address.
        check
            Says what is wrong with the content; an empty text when nothing is.

        Raises
        ------
        ResourceError
            When it cannot be had after all tries.
        """
        host = urllib.parse.urlsplit(address).netloc
        refused = _Refused("")
        for count in range(self.tries):
            if count:
                self.wait(refused.after or min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** (count - 1)))
            self._keep_pace(host)
            found = self._ask(address)
            if isinstance(found, bytes) and check is not None and (wrong := check(found)):
                found = _Refused(wrong)
            if not isinstance(found, _Refused):
                return found
            refused = found
            if (refused.after or 0) > _PATIENCE:
                break
        raise ResourceError(
            f"cannot fetch {_bare(address)}: {refused.reason}; tried {count + 1} times, run it again later"
        )

    def _keep_pace(self, host: str) -> None:
        now = self.clock()
        if (due := self._next.get(host, now)) > now:
            self.wait(due - now)
        self._next[host] = max(due, now) + 1 / self.paces.get(host, self.pace)

    def _ask(self, address: str) -> bytes | _Refused | None:
        if urllib.parse.urlsplit(address).scheme not in {"http", "https"}:
            raise ResourceError(f"cannot fetch {_bare(address)}: expected an http or https address")
        request = urllib.request.Request(address, headers={"User-Agent": self._name()})  # noqa: S310 - checked above
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # noqa: S310 - checked above
                return self._body(answer)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code in _ABSENT:
                return None
            after = _seconds(error.headers.get("Retry-After", "")) if error.code in _LATER else _PATIENCE + 1
            return _Refused(f"the service answered {error.code}", after)
        except (OSError, http.client.HTTPException, ValueError) as error:
            return _Refused(" ".join(str(getattr(error, "reason", error)).split()) or type(error).__name__)

    def _body(self, answer: http.client.HTTPResponse) -> bytes | _Refused:
        start, chunks, size = self.clock(), [], 0
        while chunk := answer.read1(_CHUNK):
            chunks.append(chunk)
            size += len(chunk)
            if size > LIMIT:
                return _Refused(f"the file has more than {LIMIT:,} bytes", _PATIENCE + 1)
            if self.clock() - start > self.longest:
                return _Refused(f"the file did not come within {self.longest:.0f} seconds")
        expected = answer.headers.get("Content-Length", "")
        if expected.isdecimal() and int(expected) != size:
            return _Refused(f"the file was cut short: {size} of {expected} bytes")
        return b"".join(chunks)

    def _name(self) -> str:
        return self.agent + (f" ({self.email})" if self.email else "")


def _seconds(text: str) -> float | None:
    """Return what ``Retry-After`` asks for: seconds, or a date."""
    if text.strip().isdecimal():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _bare(address: str) -> str:
    """Return an address without keys and e-mail addresses."""
    parts = urllib.parse.urlsplit(address)
    query = [
        (key, value) for key, value in urllib.parse.parse_qsl(parts.query) if key not in {"api_key", "email", "tool"}
    ]
    return urllib.parse.urlunsplit((parts.scheme, parts.netloc, parts.path, urllib.parse.urlencode(query), ""))[:300]
