"""Answers are given again while the corpus stays as it is: never old ones, and never those of somebody else."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from asking import Client
from figpath.serve import create_app
from figpath.serve.remembered import Remembering
from figpath.store import Watch, write_store
from made_corpus import corpus_of, entry, gene

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.types import Message, Receive, Scope, Send


class Answering:
    """An app that counts what it is asked and answers with the number."""

    def __init__(self, *headers: tuple[bytes, bytes], status: int = 200) -> None:
        self.asked, self.status = 0, status
        told = dict([(b"content-type", b"text/html; charset=utf-8"), (b"cache-control", b"no-cache"), *headers])
        self.headers = list(told.items())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        headers = [*self.headers, (b"etag", b'"%d"' % self.asked)]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"answer %d" % self.asked})


def ask(app: Remembering, path: str = "/", *, method: str = "GET", **headers: str) -> tuple[int, bytes]:
    """Status and body of an answer."""
    told = [(name.replace("_", "-").encode(), value.encode()) for name, value in {"host": "a", **headers}.items()]
    scope: Scope = {"type": "http", "method": method, "path": path, "query_string": b"", "scheme": "http"}
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app({**scope, "headers": told}, receive, send))
    return sent[0]["status"], sent[1]["body"]


def test_the_same_question_is_answered_once() -> None:
    app = Answering()
    remembering = Remembering(app, state=lambda: 1)
    assert [ask(remembering) for _ in range(3)] == [(200, b"answer 1")] * 3
    assert ask(remembering, if_none_match='W/"1"') == (304, b"")
    assert app.asked == 1


@pytest.mark.parametrize(
    "other",
    [
        {"host": "b"}, {"accept_encoding": "gzip"}, {"cookie": "editor=1"}, {"authorization": "Bearer x"},
        {"range": "x"}, {"x_forwarded_for": "1.2.3.4"}, {"forwarded": "for=x"},
    ],
)  # fmt: skip
def test_what_an_answer_depends_on_tells_questions_apart(other: dict[str, str]) -> None:
    """Addresses on a page have the host in them; whoever shows who they are, and a program
    in between, may be shown another page."""
    remembering = Remembering(Answering(), state=lambda: 1)
    first, second = ask(remembering), ask(remembering, **other)
    assert first != second
    assert ask(remembering) == first


@pytest.mark.parametrize("method", ["POST", "HEAD", "PUT"])
def test_only_questions_that_anybody_could_ask_are_kept(method: str) -> None:
    app = Answering()
    remembering = Remembering(app, state=lambda: 1)
    assert ask(remembering, method=method) != ask(remembering, method=method)


@pytest.mark.parametrize(
    "app",
    [
        Answering((b"cache-control", b"no-store")), Answering((b"set-cookie", b"a=b")), Answering(status=404),
        Answering((b"content-type", b"image/jpeg")), Answering((b"cache-control", b"private")),
    ],
)  # fmt: skip
def test_what_is_not_for_all_is_not_kept(app: Answering) -> None:
    remembering = Remembering(app, state=lambda: 1)
    assert ask(remembering) != ask(remembering)


def test_nothing_is_said_of_an_earlier_state_of_the_corpus() -> None:
    """Nor is an answer kept that was begun before a change and ended after it, nor any while nobody can tell."""
    states = iter([1, 1, 1, 2, 3, 3, 3, 3, None, 3, 3])
    remembering = Remembering(Answering(), state=lambda: next(states))
    found = [int(ask(remembering)[1].split()[1]) for _ in range(7)]
    assert found == [1, 1, 2, 3, 3, 4, 5]


def test_what_is_kept_is_bounded() -> None:
    app = Answering()
    remembering = Remembering(app, state=lambda: 1, most=5000)
    for _ in range(2):
        for number in range(100):
            ask(remembering, f"/{number}")
    assert app.asked == 200
    ask(remembering, "/99")
    assert app.asked == 200


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[Path, Client]]:
    path = corpus_of(tmp_path / "corpus.db", entry("one", gene("JAK2"), title="Before"))
    with Client(create_app(path)) as client:
        yield path, client


def test_a_change_of_the_corpus_is_seen_at_once(own: tuple[Path, Client]) -> None:
    """With every change, while the writer is at work and when it has ended."""
    path, client = own
    for number in range(3):
        with write_store(path) as store:
            for title in (f"A {number}", f"B {number}"):
                store.put([entry("one", gene("JAK2"), title=title)])
                for _ in range(2):
                    assert f"<h1>{title}</h1>" in client.get("/figures/one").text
            store.link_duplicates()
        assert f"<h1>B {number}</h1>" in client.get("/figures/one").text
    with write_store(path) as store:
        store.remove("one")
        assert client.get("/figures/one").status_code == 404


def test_a_remembered_page_is_the_page(own: tuple[Path, Client]) -> None:
    """Byte for byte, headers included."""
    _, client = own
    for headers in ({"accept-encoding": "identity"}, {"accept-encoding": "gzip"}):
        first, second = (client.get("/search?q=JAK2", headers=headers) for _ in range(2))
        assert first.content == second.content
        assert first.headers == second.headers


def test_a_watch_tells_changes_of_others(tmp_path: Path) -> None:
    path = corpus_of(tmp_path / "corpus.db", entry("one", gene("JAK2")))
    watch = Watch(path)
    first = watch.state()
    assert first is not None
    assert watch.state() == first
    with write_store(path) as store:
        store.put([entry("two", gene("JAK2"))])
        assert watch.state() not in (first, None)
    watch.close()
    assert Watch(tmp_path / "none.db").state() is None
