"""Harvesting against a server on this machine that plays the services, faults included; waits are only counted."""

from __future__ import annotations

import json
import threading
import time
import urllib.parse
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from figpath.errors import InputError, ResourceError
from figpath.source import pmc as pmc_module
from figpath.source.discover import discover
from figpath.source.fetch import Fetcher
from figpath.source.found import Source
from figpath.source.harvest import STATE, harvest
from figpath.source.pmc import Pmc, Query, Services
from made_papers import article, fig, front, jpeg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Run

PAGE = b"<html><body>Sorry, something went wrong</body></html>"


@dataclass
class Service:
    """Plays E-utilities, the bucket and Europe PMC; `faults` has what to answer first where an address holds a text."""

    address: str = ""
    articles: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    days: dict[str, str] = field(default_factory=dict)
    faults: dict[str, list[tuple[int, bytes, dict[str, str]]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)

    def answer(self, target: str) -> tuple[int, bytes, dict[str, str]]:
        """Status, body, further headers."""
        path, _, query = target.partition("?")
        path = urllib.parse.unquote(path)
        self.asked.append(target)
        for known, faults in self.faults.items():
            if known in target and faults:
                return faults.pop(0)
        given = dict(urllib.parse.parse_qsl(query))
        if path.endswith("esearch.fcgi"):
            return 200, self.search(given), {}
        if path.endswith("efetch.fcgi"):
            found = self.articles.get("PMC" + given["id"])
            return 200, found or b"<pmc-articleset><error>no</error></pmc-articleset>", {}
        data = self.files.get(path)
        return (404, PAGE, {}) if data is None else (200, data, {})

    def search(self, given: dict[str, str]) -> bytes:
        """The ids whose day lies in the window, a page of them."""
        first, last = given.get("mindate", "0").replace("/", "-"), given.get("maxdate", "9").replace("/", "-")
        ids = [pmcid.removeprefix("PMC") for pmcid, day in self.days.items() if first <= day <= last]
        start, most = int(given["retstart"]), int(given["retmax"])
        return json.dumps({"esearchresult": {"count": str(len(ids)), "idlist": ids[start : start + most]}}).encode()


@pytest.fixture
def service() -> Iterator[Service]:
    """A server on the loopback interface."""
    played = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            played.agents.append(self.headers["User-Agent"])
            status, body, more = played.answer(self.path)
            self.send_response(status)
            headers = {"Content-Length": str(len(body)), **more}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if "X-Slow" in more:
                time.sleep(0.4)
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    played.address = f"http://127.0.0.1:{server.server_address[1]}"
    yield played
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def pmc(service: Service, waits: list[float]) -> Pmc:
    paces = {service.address.removeprefix("http://"): 1e6}
    fetcher = Fetcher(email="me@example.org", wait=waits.append, tries=3, timeout=5, paces=paces)
    return Pmc(fetcher, services=services_of(service))


def services_of(service: Service) -> Services:
    base = service.address
    return Services(
        eutils=f"{base}/eutils", bucket=f"{base}/bucket", europe=f"{base}/rest", europe_files=f"{base}/files"
    )


def publish(service: Service, number: int, *, day: str = "2026-01-01", pictures: int = 1) -> str:
    """Put an article with its pictures into the services."""
    pmcid = f"PMC{number:07d}"
    body = "".join(fig(f"f{n}", label=f"Figure {n}", caption="JAK2 activates STAT3.") for n in range(1, pictures + 1))
    service.articles[pmcid] = article(body, matter=front(pmcid=pmcid))
    service.days[pmcid] = day
    for n in range(1, pictures + 1):
        service.files[f"/bucket/{pmcid}.1/f{n}.jpg"] = jpeg(40 + n, 30)
    return pmcid


def test_articles_and_pictures_become_packages(service: Service, pmc: Pmc, tmp_path: Path) -> None:
    """What was harvested is found as figures, with their fields; the services learn who asks."""
    pmcid = publish(service, 1, pictures=2)
    (done,) = harvest(pmc.search(Query(text="jak2")), pmc, tmp_path)
    assert (done.pmcid, done.status, done.figures, done.reason) == (pmcid, "done", 2, "")
    found = [source for source in discover(tmp_path) if isinstance(source, Source)]
    assert [source.figure.figid for source in found] == [f"{pmcid}__f1", f"{pmcid}__f2"]
    assert all("email=me%40example.org" in asked and "tool=figpath" in asked for asked in service.asked if "?" in asked)
    assert set(service.agents) == {"figpath (me@example.org)"}
    assert [path.name for path in tmp_path.rglob("*.part")] == []


def test_nothing_is_fetched_twice(service: Service, pmc: Pmc, tmp_path: Path) -> None:
    publish(service, 1)
    list(harvest(pmc.search(Query(text="x")), pmc, tmp_path))
    publish(service, 2)
    service.asked.clear()
    assert [found.pmcid for found in harvest(pmc.search(Query(text="x")), pmc, tmp_path)] == ["PMC0000002"]
    assert not any("PMC0000001" in asked or "id=0000001" in asked for asked in service.asked)


REFUSED = "forbidden, so not asked again this time"
FAULTS: dict[str, tuple[int, bytes, dict[str, str]]] = {
    "too many requests": (429, b"", {"Retry-After": "7"}),
    "server error": (500, PAGE, {}),
    "unavailable": (503, PAGE, {}),
    REFUSED: (403, PAGE, {}),
    "an error page as a picture": (200, PAGE, {}),
    "half a picture": (200, jpeg(200, 200)[:900], {}),
    "half a file": (200, jpeg(41, 30)[:100], {"Content-Length": str(len(jpeg(41, 30)))}),
    "another kind": (200, b"\x89PNG\r\n\x1a\n", {}),
}


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault != REFUSED])
def test_a_fault_is_outlived(service: Service, pmc: Pmc, waits: list[float], tmp_path: Path, fault: str) -> None:
    """Asked again, later, the service has the picture."""
    pmcid = publish(service, 1)
    service.faults["f1.jpg"] = [FAULTS[fault]]
    (done,) = harvest([pmcid], pmc, tmp_path)
    assert done.status == "done"
    assert (tmp_path / pmcid / "f1.jpg").read_bytes() == jpeg(41, 30)
    assert max(waits) == (7.0 if fault == "too many requests" else 1.0)


def test_the_other_service_is_asked(service: Service, pmc: Pmc, tmp_path: Path) -> None:
    """Where the bucket has no picture, Europe PMC has; the same goes for the article."""
    pmcid = publish(service, 1)
    service.files[f"/files/{pmcid}/bin/f1.jpg"] = service.files.pop(f"/bucket/{pmcid}.1/f1.jpg")
    service.files[f"/rest/{pmcid}/fullTextXML"] = service.articles.pop(pmcid)
    (done,) = harvest([pmcid], pmc, tmp_path)
    assert (done.status, done.figures) == ("done", 1)


@pytest.mark.parametrize("fault", FAULTS)
def test_no_error_page_gets_the_name_of_a_picture(
    service: Service, pmc: Pmc, waits: list[float], tmp_path: Path, fault: str
) -> None:
    """What stays wrong is recorded as failed and fetched the next time, without what is there."""
    pmcid = publish(service, 1, pictures=2)
    service.faults["f1.jpg"] = [FAULTS[fault]] * 10
    (failed,) = harvest([pmcid], pmc, tmp_path)
    assert (failed.status, failed.figures) == ("failed", 1)
    assert "1 of 2 pictures could not be had" in failed.reason
    assert sorted(path.name for path in (tmp_path / pmcid).iterdir()) == [f"{pmcid}.nxml", "f2.jpg"]
    assert len(waits) < 20
    service.faults.clear()
    service.asked.clear()
    (done,) = harvest([], pmc, tmp_path)
    assert (done.pmcid, done.status, done.figures) == (pmcid, "done", 2)
    assert not any("f2.jpg" in asked for asked in service.asked)


def test_a_slow_service_is_given_up(service: Service, waits: list[float], tmp_path: Path) -> None:
    pmcid = publish(service, 1)
    service.faults["/f1.jpg"] = [(200, jpeg(), {"X-Slow": "yes"})] * 9
    slow = Pmc(Fetcher(wait=waits.append, tries=2, timeout=0.1, pace=1e6), services=services_of(service))
    (failed,) = harvest([pmcid], slow, tmp_path)
    assert "timed out" in failed.reason


def test_a_wait_that_is_too_long_is_not_waited(service: Service, pmc: Pmc, waits: list[float]) -> None:
    """A service that wants to be left alone for a day is left alone; the article is tried again the next time."""
    service.faults["efetch"] = [(429, b"", {"Retry-After": "86400"})]
    with pytest.raises(ResourceError, match="answered 429; tried 1 times"):
        pmc.article("PMC9999999")
    assert max(waits, default=0) < 1


def test_closed_articles_are_told_apart_and_left_alone(service: Service, pmc: Pmc, tmp_path: Path) -> None:
    """E-utilities answer with the front matter alone where an article is not open."""
    service.articles["PMC5"] = b"<pmc-articleset><article><front/></article></pmc-articleset>"
    (closed,) = harvest(["PMC5"], pmc, tmp_path)
    assert closed.status == "closed"
    assert list(harvest(["PMC5"], pmc, tmp_path)) == []


def test_every_page_of_a_search_is_read(service: Service, pmc: Pmc) -> None:
    """PFOCR's own bot stops at 3,000."""
    service.days = {f"PMC{number}": "2026-01-01" for number in range(3456)}
    assert len(list(pmc.search(Query(text="x")))) == 3456


def test_long_searches_are_divided_by_date(service: Service, pmc: Pmc, monkeypatch: pytest.MonkeyPatch) -> None:
    """More results than a search gives come in windows of days, each once; one crowded day is paged through."""
    monkeypatch.setattr(pmc_module, "WINDOW", 50)
    monkeypatch.setattr(pmc_module, "_PAGE", 20)
    service.days = {f"PMC{number}": f"2026-01-{1 + number % 7:02d}" for number in range(300)}
    service.days |= {f"PMC{number}": "2026-01-09" for number in range(300, 420)}
    found = list(pmc.search(Query(text="x", first=date(2026, 1, 1), last=date(2026, 1, 31))))
    assert sorted(found) == sorted(service.days)
    assert all("datetype=pdat" in asked for asked in service.asked)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (b'{"esearchresult": {"ERROR": "Invalid query"}}', "Invalid query"),
        (PAGE, "the answer is not JSON"),
        (b'{"esearchresult": {"count": "7", "idlist": ["1"]}}', "gave 1 of 7 results"),
    ],
)
def test_a_search_that_fails_says_so(service: Service, pmc: Pmc, answer: bytes, says: str) -> None:
    service.faults["retstart=0&"] = [(200, answer, {})] * 9
    service.faults["retstart=1&"] = [(200, b'{"esearchresult": {"count": "7", "idlist": []}}', {})] * 9
    with pytest.raises(ResourceError, match=says):
        list(pmc.search(Query(text="x")))


def test_three_requests_a_second_and_no_more() -> None:
    """The pace holds for each host, whatever the service's own speed."""
    now, waited = [0.0], []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        now[0] += seconds

    fetcher = Fetcher(wait=wait, clock=lambda: now[0], paces={"a": 3.0})
    for _ in range(31):
        fetcher._keep_pace("a")
    assert now[0] == pytest.approx(10.0)
    assert all(seconds <= 1 / 3 + 1e-9 for seconds in waited)


def test_a_state_cut_short_is_gone_on_with(service: Service, pmc: Pmc, tmp_path: Path) -> None:
    """A crash in the middle of a line loses at most that line; ids that are none are passed over."""
    publish(service, 1)
    (tmp_path / STATE).write_bytes(b'{"pmcid": "../x", "status": "failed"}\n[]\n{"pmcid": "PMC0000001", "sta')
    assert [found.status for found in harvest(["PMC0000001"], pmc, tmp_path)] == ["done"]
    assert json.loads((tmp_path / STATE).read_bytes().splitlines()[-1])["status"] == "done"
    assert list(harvest(["PMC0000001"], pmc, tmp_path)) == []


def test_names_in_an_article_lead_nowhere_else(service: Service, pmc: Pmc, tmp_path: Path) -> None:
    """A picture named with a path, or with characters that a file system refuses, stays in its folder."""
    body = fig("../../evil", label="Figure 1") + fig("a:b?c.jpg", label="Figure 2")
    service.articles["PMC1234567"] = article(body, matter=front(pmcid="PMC1234567"))
    service.files["/bucket/PMC1234567.1/evil.jpg"] = jpeg()
    service.files["/bucket/PMC1234567.1/a:b?c.jpg"] = jpeg()
    (done,) = harvest(["PMC1234567"], pmc, tmp_path / "deep" / "er")
    assert done.status == "done"
    files = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.jpg")}
    assert files == {"deep/er/PMC1234567/evil.jpg", "deep/er/PMC1234567/a_b_c.jpg"}
    assert all(isinstance(found, Source) for found in discover(tmp_path / "deep"))


def test_a_folder_that_cannot_be_written_is_one_error(service: Service, pmc: Pmc, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot write to"):
        list(harvest([publish(service, 1)], pmc, tmp_path / "file"))


@pytest.fixture
def command(service: Service, run: Run) -> Callable[..., tuple[int, str]]:
    """``figpath harvest`` against the played services."""
    where = services_of(service)
    mirrors = [
        *("--eutils", where.eutils, "--bucket", where.bucket),
        *("--europe", where.europe, "--europe-files", where.europe_files, "--tries", "1"),
    ]

    def command(*arguments: object) -> tuple[int, str]:
        ran = run("harvest", *arguments, *mirrors)
        assert ran.out == b""
        return ran.code, ran.err

    return command


def test_the_command_says_what_came(service: Service, command: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    publish(service, 1)
    service.faults["f1.jpg"] = [(500, b"", {})] * 4
    code, err = command("jak2", "--from", "2026-01-01", "--to-date", "2026-01-31", "--to", "new")
    assert code == 1
    assert err.splitlines()[-1].startswith(
        "harvested 0 articles with 0 figures into new; 0 without full text, 1 failed"
    )
    assert "open+access" in service.asked[0]
    service.faults.clear()
    assert command("jak2", "--to", "new") == (
        0,
        "harvested 1 articles with 1 figures into new; 0 without full text, 0 failed\n",
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--from", "January"), "--from January: expected a day such as 2026-01-31"),
        (("--to-date", "2026-01-01"), "needs --from"),
        (("--from", "2026-02-01", "--to-date", "2026-01-01"), "is after"),
    ],
)
def test_wrong_days_are_one_line(
    command: Callable[..., tuple[int, str]], arguments: tuple[str, ...], says: str
) -> None:
    code, err = command("x", "--to", "new", *arguments)
    assert (code, err.count("\n")) == (2, 1)
    assert says in err
