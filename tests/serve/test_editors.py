"""Who may correct: tokens with names, in a header or a cookie, and nobody else where other machines can reach."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from asking import Client
from figpath.errors import InputError
from figpath.figure import Figure
from figpath.record import Record, to_json
from figpath.serve import Settings, create_app
from figpath.serve.editors import COOKIE, Editor, editor_of, read_editors, signed_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIGURE = "/figures/PMC101__fig2"
API = f"/api{FIGURE}/corrections"
PAGE = f"{FIGURE}/correct"
ADA = Editor(who="Ada L.", token="a-token-that-is-long")  # noqa: S106 - of this test only
GRACE = Editor(who="Grace", token="another-token-as-long")  # noqa: S106 - of this test only
EDITORS = (ADA, GRACE)


@pytest.fixture
def client(served_corpus: Path, tmp_path: Path) -> Iterator[Client]:
    """A server that other machines can reach."""
    corpus = shutil.copy(served_corpus, tmp_path / "corpus.db")
    with Client(create_app(corpus, settings=Settings(host="0.0.0.0", edit=True, editors=EDITORS))) as made:  # noqa: S104
        yield made


def asked(client: Client) -> dict[str, object]:
    mention = client.get(f"/api{FIGURE}").json()["data"]["mentions"][1]
    return {"action": "accept", "text": mention["text"], "box": mention["box"]}


def test_a_token_says_who_corrects(client: Client) -> None:
    for one in EDITORS:
        headers = {"authorization": f"Bearer {one.token}"}
        made = client.post(API, json=asked(client), headers=headers)
        assert (made.status_code, made.json()["data"][0]["who"]) == (201, one.who)


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Bearer wrong", f"Basic {ADA.token}", f"Bearer {ADA.token}x", f"Bearer {ADA.cookie}"],
)
def test_without_a_token_nothing_is_corrected(client: Client, header: str) -> None:
    """By the API or a form; reading needs none."""
    headers = {"authorization": header} if header else {}
    for answer in (
        client.post(API, json=asked(client), headers=headers),
        client.send("DELETE", f"{API}/x", headers=headers),
        client.post(PAGE, data={"action": "accept", "anchor": "{}"}, headers=headers),
    ):
        assert answer.status_code == 403
        assert "only editors can correct figures" in answer.text
    assert client.get(API).json()["data"] == []


def test_a_browser_signs_in(client: Client) -> None:
    """The page leads to the form, the form back to the page; the cookie is out of reach of scripts and other sites."""
    led = client.get(PAGE)
    assert (led.status_code, led.headers["location"]) == (303, f"/sign-in?to={PAGE.replace('/', '%2F')}")
    assert 'type="password"' in client.get(led.headers["location"]).text
    sent = client.post("/sign-in", data={"token": f" {ADA.token} ", "to": PAGE})
    assert (sent.status_code, sent.headers["location"]) == (303, PAGE)
    cookie = sent.headers["set-cookie"]
    assert ADA.token not in cookie
    for part in ("HttpOnly", "SameSite=strict", "Path=/", "Max-Age=2592000"):
        assert part in cookie
    assert "Ada L." in client.get(PAGE).text
    made = client.post(API, json=asked(client))
    assert made.json()["data"][0]["who"] == "Ada L."
    client.post("/sign-out")
    assert client.get(PAGE).status_code == 303
    assert client.post(API, json=asked(client)).status_code == 403


def test_a_wrong_token_is_refused_after_a_while(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("figpath.serve.correct_page._WRONG_TOKEN_SECONDS", 0)
    for token in ("wrong", ADA.token[:-1], ADA.cookie, "ä" * 20):
        answer = client.post("/sign-in", data={"token": token, "to": PAGE})
        assert (answer.status_code, COOKIE in answer.headers.get("set-cookie", "")) == (403, False)
        assert token not in answer.text


@pytest.mark.parametrize(
    "to", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x", "/\n/x", ""]
)
def test_signing_in_leads_to_no_other_site(client: Client, to: str) -> None:
    assert client.post("/sign-in", data={"token": ADA.token, "to": to}).headers["location"] == "/"


def test_a_cookie_is_for_https_where_the_page_is(client: Client) -> None:
    sent = client.post("https://localhost:8000/sign-in", data={"token": ADA.token})
    assert "Secure" in sent.headers["set-cookie"]


def test_cookies_are_compared_whole() -> None:
    for cookie, expected in (
        (ADA.cookie, ADA),
        (GRACE.cookie, GRACE),
        (ADA.cookie[:-1], None),
        ("", None),
        ("ü", None),
    ):
        assert signed_in(EDITORS, {}, {COOKIE: cookie}) is expected
    assert editor_of(EDITORS, "") is None
    assert editor_of((), ADA.token) is None
    assert ADA.token not in repr(ADA)


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        ({"host": "0.0.0.0"}, None),  # noqa: S104
        ({"names": ("figures.example",)}, None),
        ({"host": "192.0.2.1", "editors": EDITORS}, 403),
        ({"editors": EDITORS}, 403),
        ({}, 201),
    ],
)
def test_nobody_in_particular_corrects_only_on_this_machine(
    served_corpus: Path, tmp_path: Path, settings: dict[str, object], status: int | None
) -> None:
    """A server that others can reach does not start without tokens; with tokens, they count here too."""
    if status is None:
        with pytest.raises(InputError, match="--edit where other machines can reach the server needs"):
            Settings(**settings, edit=True)  # type: ignore[arg-type]  # any of the fields
        return
    made = Settings(**settings, edit=True)  # type: ignore[arg-type]  # any of the fields
    corpus = shutil.copy(served_corpus, tmp_path / "corpus.db")
    with Client(create_app(corpus, settings=made)) as client:
        assert client.post(API, json=asked(client)).status_code == status


def test_tokens_are_read_with_their_names() -> None:
    text = f"# editors\n\n{ADA.token}   Ada  L.\n  {GRACE.token} Grace\r\n"
    assert read_editors(text, name="tokens") == EDITORS


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "tokens has no token"),
        ("# only this", "tokens has no token"),
        ("a-token-that-is-long", "tokens line 1: a token and the name of its editor"),
        ("short Ada", "tokens line 1: the token of Ada is short: take at least 16"),
        ("\nä-token-that-is-long Ada", "tokens line 2: the token of Ada is short"),
        (f"{ADA.token} Ada\n{ADA.token} Grace", "tokens line 2: the token of Grace stands twice"),
        (f"{ADA.token} {'x' * 101}", "a token and the name"),
    ],
)
def test_tokens_that_are_none_are_refused(text: str, message: str) -> None:
    """Without being repeated."""
    with pytest.raises(InputError, match=message) as told:
        read_editors(text, name="tokens")
    assert "that-is-long" not in str(told.value)


def test_only_an_editor_keeps_a_figure_that_was_read(client: Client) -> None:
    record = to_json(Record(figid="x", figure=Figure(figid="x", title="Mine"))).decode()
    sent = {"record": record, "figid": "mine"}
    assert client.post("/read/keep", data=sent).status_code == 403
    headers = {"authorization": f"Bearer {ADA.token}"}
    assert client.post("/read/keep", data=sent, headers=headers).status_code == 303
    assert "Mine" in client.get("/figures/mine").text
