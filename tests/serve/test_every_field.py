"""A text that means to do harm stands in every field of a record: no page, answer, file or static page runs it."""

from __future__ import annotations

import hashlib
import importlib
import json
import pkgutil
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

import figpath.serve
from asking import Client
from every_field import hostile_record, spared
from figpath.entry import Entry, Key
from figpath.record import from_json, to_json
from figpath.serve import create_app
from figpath.serve.figure_files import FORMS
from figpath.serve.static_site import publish
from harmless import Elements, is_harmless
from made_corpus import corpus_of
from made_site import INJECTIONS, drawn_entry

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS = (
    *INJECTIONS, "\u2029</script\t><svg/onload=alert(8)>", "%3Cscript%3E", "=cmd|'/c calc'!A1", "a\r\nSet-Cookie: b=c",
)  # fmt: skip
"""More of them: separators of lines, what is decoded once too often, formulas, and lines of a header."""

FREE = {"schema", "figid", "status", "figure.figid", "mentions.kind", "relations.sign"}
"""Fields that hold one of a few words, or the id of a figure, which has a form of its own."""


def hostile_figure(text: str) -> Entry:
    record = hostile_record(text)
    picture = drawn_entry("hostile", figure=record.figure).picture
    assert picture is not None
    key = Key(picture=picture.sha256, figure="", fingerprint=text, location=text)
    return Entry(
        figid="hostile", status="partial", reason=text, origin="figpath", record=to_json(record), key=key,
        picture=replace(picture, sha256=hashlib.sha256(picture.data).hexdigest()),
    )  # fmt: skip


@pytest.fixture(scope="module", params=range(len(TEXTS)))
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Client, str]]:
    text = TEXTS[request.param]
    path = corpus_of(tmp_path_factory.mktemp("hostile") / "corpus.db", hostile_figure(text))
    with Client(create_app(path)) as made:
        yield made, text


def addresses(text: str) -> set[str]:
    """Every address that can be asked for, with the figure or the text as each part of it; by construction."""
    paths = set()
    for module in pkgutil.iter_modules(figpath.serve.__path__, "figpath.serve."):
        router = getattr(importlib.import_module(module.name), "router", None)
        for route in router.routes if router is not None else ():
            if "GET" in route.methods:
                paths.add(route.path)
    assert {"/", "/figures/{figid}", "/api/query", "/thumbnails/{figid}", "/genes/{name}"} <= paths
    asked = quote(text, safe="")
    found: set[str] = set()
    for path in paths:
        forms = (*(form.name for form in FORMS), "overlay", asked)
        values = {"{figid}": ("hostile", asked), "{name}": ("ncbigene:3717", asked), "{form}": forms}
        some = {path}
        for place, chosen in values.items():
            some = {one.replace(place, value) for one in some for value in chosen}
        found |= {f"{one}?q={asked}&lit={asked}&genes={asked}&organism=9606" for one in some} | some
    return found


@pytest.mark.parametrize("text", TEXTS)
def test_the_text_is_in_every_field(text: str) -> None:
    """A field that is added to records is filled, too."""
    record = hostile_record(text)
    assert spared(record, text) <= FREE
    assert from_json(to_json(record)) == record


def test_no_answer_runs_it(hostile: tuple[Client, str]) -> None:
    """Pages have no element, handler or address out of it; everything else is no page, whatever a browser guesses."""
    client, text = hostile
    for address in sorted(addresses(text)):
        answer = client.get(address)
        kind = answer.headers["content-type"].partition(";")[0]
        assert answer.status_code < 500, address
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert not {"set-cookie", "location"} & set(answer.headers)
        if kind == "text/html":
            is_harmless(answer.text)
            assert [tag for tag, _ in Elements(answer.text).found].count("h1") == 1, address
        elif kind == "application/json":
            json.loads(answer.text)
        elif "/files/" in address:
            assert re.fullmatch(
                r"attachment; filename=\"[\w.-]+\"; filename\*=UTF-8''[\w.%-]+", answer.headers["content-disposition"]
            )
        else:
            assert kind in ("image/png", "image/jpeg", "image/svg+xml", "application/x-ndjson", "text/plain"), address


@pytest.mark.parametrize("text", TEXTS)
def test_no_static_page_runs_it(text: str, tmp_path: Path) -> None:
    """Pages that were published have nothing out of it, and carry the policy that forbids it."""
    corpus, folder = corpus_of(tmp_path / "corpus.db", hostile_figure(text)), tmp_path / "site"
    publish(corpus, folder, address="http://localhost:8000/")
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) > 5
    for page in pages:
        found = page.read_text(encoding="utf-8")
        is_harmless(found, ours={"theme.js", "figure.js", "search.js"})
        assert "default-src &#39;none&#39;" in found
    assert not [path for path in folder.rglob("*") if re.search(r"[<>:\"|?*\r\n\u2028]", path.name)]
