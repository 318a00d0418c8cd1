"""What a paper's text, an address or another site could do to a page, and does not."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from asking import Client
from figpath.errors import InputError
from figpath.serve import Settings, create_app
from figpath.serve.linked_data import script_json
from figpath.serve.settings import is_loopback
from made_corpus import corpus_of
from made_site import INJECTIONS, hostile_entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

PAGES = (
    "/",
    "/read",
    "/search",
    "/search?q=JAK2",
    "/figures/PMC101__fig2",
    "/genes/JAK2",
    "/enrich",
    "/api/docs",
    "/nowhere",
)
OURS = {"theme.js", "figure.js", "read.js", "correct.js"}


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the text of its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str]]] = []
        self.scripts: list[str] = []
        self._inside = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        self._inside = tag == "script"

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.scripts.append(data)


def is_harmless(page: str, origin: str = "http://localhost:8000") -> None:
    """No script or style of its own, no handler, nothing from another host, no address that runs."""
    seen = Elements(page)
    for tag, values in seen.found:
        assert not [name for name in values if name.startswith("on") or name == "style"], (tag, values)
        assert tag not in ("iframe", "object", "embed", "style", "base", "foreignobject"), tag
        if tag == "script" and values.get("type") != "application/ld+json":
            assert values["src"].rpartition("/")[2] in OURS
        for name in ("src", "href", "action", "xlink:href"):
            value = values.get(name, "")
            assert not re.match(r"\s*(javascript|vbscript|data):", value, re.IGNORECASE), (tag, value)
            if tag not in ("a", "link") or values.get("rel") in ("stylesheet", "icon"):
                assert not re.match(r"(https?:)?//", value) or value.startswith(origin), (tag, value)
    for script in filter(str.strip, seen.scripts):
        json.loads(script)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_loads_from_this_server_only(client: Client, address: str) -> None:
    is_harmless(client.get(address).text)


@pytest.mark.parametrize("address", [*PAGES, "/api/search", "/api/nowhere", "/static/figpath.css", "/thumbnails/x"])
def test_every_answer_forbids_the_browser_what_pages_do_not_need(client: Client, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.fixture(scope="module", params=range(len(INJECTIONS)))
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Client, str]]:
    """A server of one figure that has the same bad text in every field."""
    text = INJECTIONS[request.param]
    path = corpus_of(tmp_path_factory.mktemp("hostile") / "corpus.db", hostile_entry(text), hostile_entry(text, "twin"))
    with Client(create_app(path)) as made:
        yield made, text


def test_text_of_papers_is_text_on_every_page(hostile: tuple[Client, str]) -> None:
    """Each bad text stands in every text field of a record; no page has an element, script or address out of it."""
    client, text = hostile
    asked = quote(text, safe="")
    addresses = (
        "/", "/search", f"/search?q={asked}", "/search?q=alert", "/figures/hostile", f"/figures/hostile?lit={asked}",
        "/genes/ncbigene:3717", f"/genes/{asked}", f"/figures/{asked}", f"/enrich?genes={asked}",
        "/mechanism?figure=hostile", f"/mechanism?figure=hostile&block={asked}&watch={asked}",
    )  # fmt: skip
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code < 500, address
        is_harmless(answer.text)
    shown = client.get("/figures/hostile")
    assert shown.status_code == 200
    assert Elements(shown.text).found.count(("h1", {})) == 1
    for genes in (text, "JAK2"):
        answer = client.post("/enrich", data={"genes": genes, "background": text, "organism": text})
        assert answer.status_code < 500
        is_harmless(answer.text)


def test_json_and_files_of_a_bad_record_are_sent_as_such(hostile: tuple[Client, str]) -> None:
    """Nothing but a page is HTML: a browser that opens an answer of the API shows text, or saves a file."""
    client, text = hostile
    names = ("tsv", "gmt", "cx2", "gpml", "graphml", "sif", "datanodes", "json", "pfocr", "pfocr-genes", "overlay")
    for address in ("/api/figures/hostile", "/api/figure/hostile", "/api/search", "/api/sets"):
        assert client.get(address).status_code == 200
    for name in names:
        answer = client.get(f"/api/figures/hostile/files/{name}")
        assert answer.status_code == 200, (name, answer.text)
        assert "html" not in answer.headers["content-type"]
        assert answer.headers["content-disposition"].startswith("attachment;")
    record = client.get("/api/figures/hostile").json()["data"]
    assert record["figure"]["caption"] == text


@pytest.mark.parametrize("text", INJECTIONS)
def test_linked_data_comes_back_equal_and_cannot_end_its_element(text: str) -> None:
    made = str(script_json({"name": text}))
    assert json.loads(made) == {"name": text}
    assert not set("<>&\u2028\u2029") & set(made)


@pytest.mark.parametrize(
    "address",
    [
        "/figures/..%2f..%2fetc%2fpasswd", "/figures/%2e%2e", "/static/..%2fapp.py", "/static/%2e%2e/app.py",
        "/api/figures/..%2fcorpus.db/picture", "/thumbnails/..%2f..%2fcorpus.db", "/api/figures/a/files/..%2fapp.py",
        "/figures/'%20OR%201=1--", "/api/figures/';DROP%20TABLE%20figure;--", "/genes/%00", "/figures/%00",
        "/api/figures/PMC101__fig2/files/%00", "/figures/" + "a" * 5000,
    ],
)  # fmt: skip
def test_an_address_reaches_neither_files_nor_sql(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code in (200, 404, 422), answer.text
    assert "create_app" not in answer.text
    assert "SQLite" not in answer.text
    assert client.get("/api/corpus").json()["data"]["counts"]["ok"] == 30


def test_another_site_cannot_send_forms(client: Client) -> None:
    """A browser says where a form comes from; programs say nothing and are let in."""
    data = {"genes": "JAK2, STAT3"}
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
        assert client.post("/enrich", data=data, headers=headers).status_code == 403
    private = {"origin": "null", "sec-fetch-site": "same-origin"}
    assert client.post("/enrich", data=data, headers=private).status_code == 200
    own = {"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}
    assert client.post("/enrich", data=data, headers=own).status_code == 200
    assert client.post("/enrich", data=data).status_code == 200


def test_a_server_for_this_machine_answers_to_its_names_only(served_corpus: Path) -> None:
    """A name that another site gave to 127.0.0.1 is not one of them; one that was told is."""
    settings = Settings(names=("figures.example",))
    with Client(create_app(served_corpus, settings=settings)) as client:
        for host, status in (
            ("localhost:8000", 200), ("127.0.0.1", 200), ("[::1]:8000", 200), ("Figures.example:443", 200),
            ("evil.example", 421), ("localhost.evil.example", 421), ("", 421),
        ):  # fmt: skip
            assert client.get("/api/corpus", headers={"host": host}).status_code == status, host
    with Client(create_app(served_corpus, settings=Settings(host="::"))) as client:
        assert client.get("/api/corpus", headers={"host": "any.example"}).status_code == 200


def test_what_is_sent_has_a_limit(served_corpus: Path) -> None:
    """Whether its length is told or not."""

    async def parts() -> object:
        for _ in range(100):
            yield b"x" * 1000

    with Client(create_app(served_corpus, settings=Settings(largest_body=5000))) as client:
        told = client.post("/api/enrich", content=b"x" * 6000)
        untold = client.post("/api/enrich", content=parts())
        assert [told.status_code, untold.status_code] == [413, 413]
        assert "5,000" in told.json()["error"]["message"]


def test_a_picture_is_only_what_was_read(tmp_path: Path, client: Client) -> None:
    """A corpus from a stranger names any file of this machine as the picture of a figure: it is not sent."""
    from dataclasses import replace

    from figpath.entry import Picture

    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    made = hostile_entry("x", "named")
    bad = replace(made, picture=Picture(sha256="0" * 64, width=10, height=10, path=str(secret)))
    with Client(create_app(corpus_of(tmp_path / "corpus.db", bad))) as asked:
        for address in ("picture", "files/overlay"):
            answer = asked.get(f"/api/figures/named/{address}")
            assert answer.status_code == 404
            assert b"secret" not in answer.content.replace(str(secret).encode(), b"")


def test_a_mistake_of_ours_tells_nothing(served_corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that nobody expected is a failure of the same shape, without its text."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("inner workings")

    monkeypatch.setattr("figpath.serve.desk.Desk.search", broken)
    with Client(create_app(served_corpus), raising=False) as client:
        answer: httpx.Response = client.get("/api/search")
        page = client.get("/search")
    assert answer.status_code == page.status_code == 500
    assert answer.json()["error"]["status"] == 500
    assert "inner workings" not in answer.text + page.text


def test_settings_refuse_what_cannot_be() -> None:
    with pytest.raises(InputError, match="--port 70000"):
        Settings(port=70000)
    with pytest.raises(InputError, match="at least 1"):
        Settings(threads=0)
    with pytest.raises(InputError, match="at least 1"):
        Settings(waiting=0)
    assert [is_loopback(host) for host in ("127.0.0.1", "localhost", "::1", "192.0.2.1", "example.org")] == [
        True, True, True, False, False,
    ]  # fmt: skip
