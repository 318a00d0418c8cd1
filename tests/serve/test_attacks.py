"""What somebody could send to bring a server down, or to make it hand out what it should not."""

from __future__ import annotations

import asyncio
import io
import socket
import struct
import threading
import time
import zlib
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn

from asking import Client
from figpath.entry import Picture
from figpath.errors import StoreError
from figpath.serve import Settings, create_app
from figpath.serve.listening import listening
from figpath.serve.processes import Maker, configuration
from figpath.serve.safety import Safety
from figpath.store import open_store
from made_corpus import corpus_of, entry, gene
from made_site import hostile_entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.types import Message, Receive, Scope, Send


def png(width: int, height: int, *, rows: int | None = None) -> bytes:
    """A grey picture of one bit a pixel; zeros, which are compressed a thousandfold."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer, data = zlib.compressobj(9), bytearray()
    for _ in range(height if rows is None else rows):
        data += packer.compress(bytes(1 + (width + 7) // 8))
    body = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IDAT", bytes(data) + packer.flush()) + chunk(b"IEND", b"")


def pdf(stream: bytes, box: str = "0 0 200 200") -> bytes:
    """A page with contents that are deflated."""
    packed = zlib.compress(stream, 9)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R/Resources<<>>>>".encode(),
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
    ]  # fmt: skip
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, part in enumerate(parts, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj%s endobj\n" % (number, part))
    start = out.tell()
    out.write(b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Root 1 0 R/Size 5>>startxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


BOMBS = {
    "60,000 pixels each way, in 500 kB": png(60_000, 60_000, rows=60_000 // 8),
    "a header that promises four thousand million each way": png(2**31 - 1, 2**31 - 1, rows=1),
    "100,000 pixels wide": png(100_000, 8),
    "a picture that ends early": png(4000, 4000, rows=3),
    "a page of a thousand miles": pdf(b"0 0 m 9 9 l S", box="0 0 1e9 1e9"),
    "a page that unpacks to 200 MB": pdf(b"0 0 m 9 9 l S\n" * 15_000_000),
    "a PDF file that is a loop":
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>endobj\ntrailer<</Root 1 0 R>>",
    "a picture that is a program, too": b"GIF89a/*" + b"\0" * 40 + b"*/=1;alert(1)//<script>alert(1)</script>",
    "TIFF whose directory is itself": b"II*\0\x08\0\0\0\x01\0\x00\x01\x04\0\x01\0\0\0\x01\0\0\0\x08\0\0\0",
}  # fmt: skip


@pytest.fixture(scope="module")
def reading(served_corpus: Path) -> Iterator[Client]:
    settings = Settings(reading_seconds=30, reading_memory=6_000_000_000)
    with Client(create_app(served_corpus, settings=settings)) as made:
        yield made


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_goes_off_elsewhere(reading: Client, name: str) -> None:
    """Whoever sends one is told in a sentence, in time, and the server goes on."""
    begun = time.monotonic()
    answer = reading.post("/api/read", files={"files": ("a.png", BOMBS[name])})
    assert answer.status_code == 200, answer.text
    told = answer.json()["data"][0]
    assert told["error"] or told["records"]
    assert "Traceback" not in answer.text
    assert "/tmp" not in answer.text  # noqa: S108 - no place of ours is told
    assert time.monotonic() - begun < 120
    assert reading.get("/api/corpus").status_code == 200


# ---- what a corpus of a stranger holds


@pytest.mark.parametrize("data", [b"<svg onload='alert(1)'/>", b"<!doctype html><script>alert(1)</script>"])
def test_a_picture_that_is_none_is_not_sent(tmp_path: Path, data: bytes) -> None:
    """Neither drawings with scripts nor pages come out of what should be a picture or a thumbnail."""
    made, sha256 = hostile_entry("x", "odd"), "0" * 64
    picture = Picture(sha256=sha256, width=9, height=9, data=data, thumbnail=data)
    bad = replace(made, picture=picture, key=replace(made.key, picture=sha256))
    with Client(create_app(corpus_of(tmp_path / "corpus.db", bad))) as client:
        assert client.get("/api/figures/odd/picture").status_code == 404
        assert client.get("/api/figures/odd/files/overlay").status_code in (400, 404)
        for address in ("/thumbnails/odd", "/api/figures/odd/thumbnail"):
            answer = client.get(address)
            assert answer.headers["content-type"] == "image/jpeg"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_server_cannot_write(tmp_path: Path) -> None:
    """What it opens is open for reading only, and the file stays as it was."""
    path = corpus_of(tmp_path / "corpus.db", entry("one", gene("JAK2")))
    before = path.read_bytes()
    with open_store(path) as store, pytest.raises(StoreError, match="readonly"):
        store.put([entry("two", gene("JAK2"))])
    with Client(create_app(path)) as client:
        for address in ("/", "/search?q=';DROP TABLE figure;--", "/figures/one", "/genes/JAK2", "/api/sets"):
            assert client.get(address).status_code == 200
        client.post("/enrich", data={"genes": "JAK2"})
    assert path.read_bytes() == before


# ---- what is sent slowly, or too much of it


class Sending:
    """Sends parts, with a pause before each."""

    def __init__(self, *parts: bytes, pause: float = 0.0, ends: bool = True) -> None:
        self._parts, self._pause, self._ends = list(parts), pause, ends

    async def __call__(self) -> Message:
        await asyncio.sleep(self._pause)
        if not self._parts:
            return {"type": "http.disconnect"}
        part = self._parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(self._parts) or not self._ends}


def sent(safety: Safety, *bodies: Receive) -> list[int]:
    """The status of the answer to each body, all sent at once."""
    scope: Scope = {
        "type": "http", "method": "POST", "path": "/api/enrich", "scheme": "http",
        "headers": [(b"host", b"localhost"), (b"transfer-encoding", b"chunked")],
    }  # fmt: skip

    async def one(body: Receive) -> int:
        found: list[Any] = []

        async def send(message: Message) -> None:
            found.append(message)

        await safety(scope, body, send)
        if found[0]["status"] == 503:
            assert (b"retry-after", b"5") in found[0]["headers"]
        return int(found[0]["status"])

    async def every() -> list[int]:
        return list(await asyncio.gather(*map(one, bodies)))

    return asyncio.run(every())


async def taking(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers when it has everything."""
    await receive()
    await asyncio.sleep(0.1)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def test_a_body_that_drips_is_not_waited_for() -> None:
    safety = Safety(taking, largest_body=1000, larger={}, names=(), seconds=0.2)
    assert sent(safety, Sending(*[b"x"] * 50, pause=0.05)) == [408]
    assert sent(safety, Sending(b"x", b"y")) == [200]


def test_half_a_body_is_not_taken_for_a_whole_one() -> None:
    safety = Safety(taking, largest_body=1000, larger={}, names=())
    assert sent(safety, Sending(b"x", ends=False)) == [400]


def test_many_large_bodies_at_once_are_bounded_together() -> None:
    """Those that came first are answered; what they held is free afterwards."""
    safety = Safety(taking, largest_body=1000, larger={}, names=(), most_held=2500)
    found = sent(safety, *(Sending(b"x" * 900) for _ in range(5)))
    assert sorted(found) == [200, 200, 503, 503, 503]
    assert sent(safety, Sending(b"x" * 900)) == [200]


# ---- what only a real connection shows


@pytest.fixture(scope="module")
def port(served_corpus: Path) -> Iterator[int]:
    """A server as the command line starts it, in a thread."""
    settings = Settings(port=0, reading=False)
    server = uvicorn.Server(configuration(Maker(served_corpus, settings), settings))
    with listening("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join(20)


def raw(port: int, request: bytes) -> bytes:
    """The answer to bytes; empty when the connection is closed without one."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        found = bytearray()
        with suppress(OSError):
            connection.sendall(request)
            if request.endswith(b"half"):
                connection.shutdown(socket.SHUT_WR)
            while part := connection.recv(65536):
                found += part
    return bytes(found)


HOST = b"Host: localhost\r\nConnection: close\r\n"
POST = b"POST /api/enrich HTTP/1.1\r\n" + HOST


@pytest.mark.parametrize(
    ("request_", "statuses"),
    [
        (b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 10_000_000 + b"\r\n\r\n", (b"400", b"431", b"")),
        (b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", (b"400", b"414", b"")),
        (b"GET / HTTP/1.1\r\n" + HOST + b"Host: evil.example\r\n\r\n", (b"400",)),
        (b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", (b"400",)),
        (b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", (b"421",)),
        (b"GET http://evil.example/ HTTP/1.1\r\n" + HOST + b"\r\n", (b"404", b"200", b"400")),
        (b"GET /figures/a%0d%0aSet-Cookie:%20x=y HTTP/1.1\r\n" + HOST + b"\r\n", (b"404",)),
        (b"GET /static/..%2f..%2fapp.py HTTP/1.1\r\n" + HOST + b"\r\n", (b"404",)),
        (b"GET /static/../../app.py HTTP/1.1\r\n" + HOST + b"\r\n", (b"404",)),
        (b"GET /static/%5c..%5c..%5capp.py HTTP/1.1\r\n" + HOST + b"\r\n", (b"404",)),
        (b"GET /figures/\x00 HTTP/1.1\r\n" + HOST + b"\r\n", (b"400", b"404")),
        (POST + b"Content-Length: " + b"9" * 20 + b"\r\n\r\n", (b"400", b"413")),
        (POST + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n", (b"400", b"413")),
        (POST + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", (b"400", b"422")),
        (POST + b"Content-Length: 900\r\n\r\nhalf", (b"400", b"")),
        (b"BREW / HTTP/1.1\r\n" + HOST + b"\r\n", (b"400", b"403", b"405")),
    ],
)  # fmt: skip
def test_an_odd_request_gets_a_plain_refusal(port: int, request_: bytes, statuses: tuple[bytes, ...]) -> None:
    """Nothing that it says comes back as a header, no file of the program is told, and the server goes on."""
    answer = raw(port, request_)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head[9:12] in statuses, answer[:300]
    assert b"\nset-cookie" not in head.lower()
    assert b"create_app" not in body
    assert raw(port, b"GET /api/corpus HTTP/1.1\r\n" + HOST + b"\r\n").startswith(b"HTTP/1.1 200")


def test_what_a_proxy_would_say_changes_no_address(port: int) -> None:
    """Addresses on pages are those that the browser asked for, whatever else is said of them."""
    spoofed = b"X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: javascript\r\nForwarded: host=evil.example\r\n"
    spoofed += b"X-Forwarded-For: 1.2.3.4\r\nX-Original-URL: /api/sets\r\nX-HTTP-Method-Override: DELETE\r\n"
    answer = raw(port, b"GET /figures/PMC101__fig2 HTTP/1.1\r\n" + HOST + spoofed + b"\r\n")
    assert b'rel="canonical" href="http://localhost/figures/PMC101__fig2"' in answer
    assert b"evil" not in answer
    assert b"javascript:" not in answer
