"""Figures that are sent are read in a process of their own, with limits, and nothing of them is kept."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import io
import json
import re
import shutil
import tempfile
import time
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from asking import Client
from conftest import drawn
from figpath.errors import InputError
from figpath.serve import Settings, create_app
from figpath.serve.failures import BusyError
from figpath.serve.figure_files import FORMS
from figpath.serve.reading_room import ReadFigure, ReadingRoom, Upload, checked_suffix
from figpath.store import write_store
from odd_reader import PNG, odd_reader

if TYPE_CHECKING:
    from collections.abc import Iterator


def picture(*names: str) -> bytes:
    stream = io.BytesIO()
    drawn(*names).save(stream, format="PNG")
    return stream.getvalue()


@pytest.fixture(scope="module")
def room() -> Iterator[ReadingRoom]:
    made = ReadingRoom(seconds=2, waiting=1, memory=1 << 33, make=odd_reader)
    yield made
    made.close()


def ask(room: ReadingRoom, title: str = "") -> tuple[ReadFigure, ...]:
    return asyncio.run(room.read(Upload(name="../../a fig.png", data=PNG, title=title)))


def test_what_takes_too_long_is_ended_and_the_next_is_read(room: ReadingRoom) -> None:
    begun = time.monotonic()
    with pytest.raises(InputError, match="took longer than 2 seconds"):
        ask(room, "sleep")
    assert time.monotonic() - begun < 20
    assert ask(room)


def test_a_process_that_dies_takes_nobody_with_it(room: ReadingRoom) -> None:
    with pytest.raises(InputError, match="too much for the memory"):
        ask(room, "die")
    assert ask(room)


def test_nothing_is_kept_and_no_place_is_told(room: ReadingRoom) -> None:
    """The file is gone when the answer comes; a reason names the file that was sent, and not where it lay."""
    place = Path(json.loads(ask(room)[0].record)["figure"]["title"])
    assert place.name == "a fig.png"
    assert not place.parent.exists()
    with pytest.raises(InputError) as failed:
        ask(room, "fail")
    assert tempfile.gettempdir() not in str(failed.value)


def test_a_full_line_asks_to_come_back(room: ReadingRoom) -> None:
    async def crowd() -> list[object]:
        upload = Upload(name="a.png", data=PNG, title="wait")
        first = asyncio.create_task(room.read(upload))
        await asyncio.sleep(0.2)
        others = [asyncio.create_task(room.read(upload)) for _ in range(3)]
        return list(await asyncio.gather(first, *others, return_exceptions=True))

    found = asyncio.run(crowd())
    assert [isinstance(one, BusyError) for one in found] == [False, False, True, True]


@pytest.mark.parametrize(
    ("data", "suffix"), [(PNG, ".png"), (b"\xff\xd8\xff\xe0", ".jpg"), (b"GIF89a", ".gif"), (b"%PDF-1.7", ".pdf")]
)
def test_what_is_sent_is_told_by_its_content(data: bytes, suffix: str) -> None:
    assert checked_suffix(Upload(name="anything.exe", data=data)) == suffix


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<svg>", b"<article>", b"\x1f\x8b", b"MZ"])
def test_anything_else_is_refused(data: bytes) -> None:
    """Archives, XML and programs are for the command line."""
    with pytest.raises(InputError, match="neither a picture nor a PDF"):
        checked_suffix(Upload(name="figure.png", data=data))


@pytest.fixture(scope="module")
def reading(served_corpus: Path) -> Iterator[Client]:
    with Client(create_app(served_corpus, settings=Settings(largest_upload=1_000_000))) as made:
        yield made


def test_a_figure_is_read_shown_and_taken_away(reading: Client) -> None:
    """The whole way, with the real recogniser: boxes on the picture, tables, files; a bad file beside it is told."""
    files = [
        ("files", ("sketch.png", picture("JAK2", "STAT3", "FGF2"), "image/png")),
        ("files", ("notes.png", b"no picture", "image/png")),
        ("files", ("broken.png", picture("JAK2")[:200], "image/png")),
    ]
    answer = reading.post("/read", files=files, data={"caption": "JAK2 activates STAT3."})
    page = answer.text
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert len(re.findall(r'<a class="mark gene"', page)) == 3
    assert 'id="r1-name-1"' in page
    assert "<b>notes.png</b>: notes.png is neither a picture nor a PDF file" in page
    assert "<b>broken.png</b>:" in page
    record = unescape(re.findall(r'name="record" value="([^"]+)"', page)[0])
    taken = reading.post("/read/files", data={"record": record, "form": "gmt"})
    assert taken.text.split("\t")[2:] == ["3717", "6774", "2247\n"]
    assert reading.get("/api/corpus").json()["data"]["figures"] == 30

    told = reading.post("/api/read", files=files[:2], data={"species": "mouse"}).json()["data"]
    assert told[0]["records"][0]["organisms"] == [10090]
    assert [one["file"] for one in told if one["error"]] == ["notes.png"]


def test_what_is_sent_to_be_read_has_limits(reading: Client) -> None:
    sent = {"files": ("a.png", PNG + b"\0" * 1_000_001)}
    assert reading.post("/read", files=sent).status_code == 413
    many = [("files", (f"{n}.png", PNG)) for n in range(11)]
    assert reading.post("/api/read", files=many).status_code == 400
    assert reading.post("/api/read", files={"files": ("a.png", PNG)}, data={"species": "unicorn"}).status_code == 400
    assert reading.post("/api/read").status_code == 422
    assert reading.post("/read/files", data={"record": "{}", "form": "tsv"}).status_code == 400
    assert reading.post("/read/files", data={"record": "{}", "form": "x"}).status_code == 404


def test_a_server_need_not_read(served_corpus: Path) -> None:
    with Client(create_app(served_corpus, settings=Settings(reading=False))) as made:
        assert made.get("/read").status_code == 404
        assert 'href="/read"' not in made.get("/").text
        assert "/api/read" not in made.get("/api/openapi.json").json()["paths"]


def test_a_figure_is_taken_away_in_every_form(reading: Client) -> None:
    """What the page of a stored figure offers, the picture with names included."""
    page = reading.post("/read", files=[("files", ("sketch.png", picture("JAK2", "STAT3"), "image/png"))]).text
    names = set(re.findall(r'name="form" value="([^"]+)"', page))
    assert names == {form.name for form in FORMS}
    record = unescape(re.findall(r'name="record" value="([^"]+)"', page)[0])
    for form in FORMS:
        taken = reading.post("/read/files", data={"record": record, "form": form.name})
        assert (form.name, taken.status_code) == (form.name, 200)
        assert f"sketch{form.ending}" in taken.headers["content-disposition"]
    sent = re.findall(r'name="picture" value="([^"]+)"', page)[0]
    overlay = reading.post("/read/overlay", data={"record": record, "picture": sent})
    assert overlay.content.startswith(b"\x89PNG")
    assert reading.post("/read/overlay", data={"record": record, "picture": "?"}).status_code == 400
    assert reading.post("/read/overlay", data={"record": record, "picture": "AAAA"}).status_code == 400
    assert reading.post("/read/overlay", data={"record": "{}", "picture": sent}).status_code == 400
    assert "Keep" not in page
    assert reading.post("/read/keep", data={"record": record, "figid": "a", "picture": sent}).status_code == 404


def test_a_figure_is_kept_when_the_server_may_be_edited(served_corpus: Path, tmp_path: Path) -> None:
    """It is found at once, with its picture; an id that is taken, none, or another's picture are refused."""
    corpus = tmp_path / "corpus.db"
    shutil.copy(served_corpus, corpus)
    with Client(create_app(corpus, settings=Settings(edit=True))) as made:
        files = [("files", ("sketch.png", picture("JAK2", "STAT3", "FGF2"), "image/png"))]
        page = made.post("/read", files=files, data={"title": "A sketch of mine"}).text
        assert "Keep it" in page
        record = unescape(re.findall(r'name="record" value="([^"]+)"', page)[0])
        sent = re.findall(r'name="picture" value="([^"]+)"', page)[0]
        data = {"record": record, "picture": sent, "figid": "mine"}
        answer = made.post("/read/keep", data=data)
        assert (answer.status_code, answer.headers["location"].endswith("/figures/mine")) == (303, True)
        assert "A sketch of mine" in made.get("/figures/mine").text
        assert made.get("/api/figures/mine/picture").content == files[0][1][1]
        assert made.get("/api/search?q=gene:FGF2 sketch").json()["data"]["hits"][0]["figid"] == "mine"
        assert made.post("/read/keep", data=data).status_code == 400
        assert made.post("/read/keep", data=data | {"figid": "../x"}).status_code == 400
        assert made.post("/read/keep", data=data | {"record": "{}"}).status_code == 400
        another = base64.b64encode(picture("IL6", "TNF")).decode()
        assert made.post("/read/keep", data=data | {"figid": "other", "picture": another}).status_code == 400
        claimed = json.loads(record)
        before = made.get("/api/figures/PMC101__fig2/picture").content
        claimed["provenance"]["image_sha256"] = hashlib.sha256(before).hexdigest()
        assert made.post("/read/keep", data=data | {"figid": "again", "record": json.dumps(claimed)}).status_code == 303
        assert made.get("/api/figures/PMC101__fig2/picture").content == before
        with write_store(corpus):
            busy = made.post("/read/keep", data=data | {"figid": "yours"})
        assert (busy.status_code, busy.headers["retry-after"]) == (503, "5")
