"""Figures are corrected by the API and by plain forms; each change is logged, found by search, and can be undone."""

from __future__ import annotations

import json
import re
import shutil
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from asking import Client
from figpath.corrections.correction import from_json_lines
from figpath.errors import BeingWrittenError
from figpath.figure import Figure
from figpath.serve import Settings, create_app
from figpath.serve.editors import FORWARDED
from figpath.serve.figure_files import FORMS
from figpath.store import open_store, write_store
from harmless import is_harmless
from made_corpus import corpus_of, gene
from made_site import INJECTIONS, drawn_entry, hostile_entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

FIGURE = "/figures/PMC101__fig2"
API = f"/api{FIGURE}/corrections"
PAGE = f"{FIGURE}/correct"
STAT3 = "STAT3"


@pytest.fixture
def corpus(served_corpus: Path, tmp_path: Path) -> Path:
    """A corpus of its own for each test."""
    return Path(shutil.copy(served_corpus, tmp_path / "corpus.db"))


@pytest.fixture
def client(corpus: Path) -> Iterator[Client]:
    with Client(create_app(corpus, settings=Settings(edit=True))) as made:
        yield made


def mentions(client: Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api{FIGURE}").json()["data"]["mentions"]
    return found


def box_of(client: Client, text: str) -> list[int]:
    box: list[int] = next(one["box"] for one in mentions(client) if one["text"] == text)
    return box


def found(client: Client, query: str) -> list[str]:
    hits = client.get("/api/search", params={"q": query, "limit": 100}).json()["data"]["hits"]
    return sorted(hit["figid"] for hit in hits)


def anchor(client: Client, text: str) -> str:
    return json.dumps({"text": text, "box": box_of(client, text)})


# ---- the API


def test_a_name_is_reassigned_and_found_under_its_new_gene(client: Client) -> None:
    """Search, the figure's own file, the log; and undone, all is as before."""
    before = client.get(f"/api{FIGURE}").content
    assert "PMC101__fig2" not in found(client, "gene:TP53")
    asked = {"action": "reassign", "text": STAT3, "box": box_of(client, STAT3), "entities": ["ncbigene:7157"]}
    made = client.post(API, json=asked)
    assert made.status_code == 201, made.text
    (line,) = made.json()["data"]
    assert (line["action"], line["before"]["entities"][0]["symbol"]) == ("reassign", "STAT3")
    assert line["after"]["entities"] == [{"id": "ncbigene:7157", "symbol": "TP53", "taxon": 9606, "source": "person"}]
    assert "PMC101__fig2" in found(client, "gene:TP53")
    assert "PMC101__fig2" not in found(client, "gene:STAT3")
    assert b"assigned_by_a_person" in client.get(f"/api{FIGURE}/files/tsv").content
    log = client.get(API)
    assert [one["state"] for one in log.json()["data"]] == ["in effect"]
    assert client.get(API, headers={"if-none-match": log.headers["etag"]}).status_code == 304
    undone = client.send("DELETE", f"{API}/{line['id']}")
    assert (undone.status_code, undone.json()["data"][0]["undoes"]) == (200, line["id"])
    assert client.get(f"/api{FIGURE}").content == before
    assert [one["state"] for one in client.get(API).json()["data"]] == ["undone", "in effect"]
    assert client.send("DELETE", f"{API}/{line['id']}").status_code == 400


def test_names_are_accepted_rejected_and_added(client: Client, corpus: Path) -> None:
    for action in ("accept", "reject"):
        text = {"accept": "IL-6", "reject": "fibrosis"}[action]
        assert client.post(API, json={"action": action, "text": text, "box": box_of(client, text)}).status_code == 201
    new = {"action": "add", "text": "p53", "box": [500, 300, 560, 330], "entities": ["ncbigene:7157"]}
    assert client.post(API, json=new).status_code == 201
    by_text = {one["text"]: one for one in mentions(client)}
    assert by_text["IL-6"]["score"] == 1
    assert (by_text["fibrosis"]["score"], by_text["fibrosis"]["entities"]) == (0, [])
    assert by_text["p53"]["entities"][0]["source"] == "hgnc_alias"
    log = from_json_lines(client.get("/api/corrections").content, name="log")
    with open_store(corpus) as store:
        assert store.corrections.log() == log
    assert [one.action for one in log] == ["accept", "reject", "add"]
    assert len({one.who for one in log}) == 1


@pytest.mark.parametrize(
    ("asked", "status", "message"),
    [
        ({"action": "accept", "text": "JAK3", "box": [1, 2, 3, 4]}, 400, "has no name 'JAK3' at 1, 2, 3, 4"),
        ({"action": "praise", "text": "JAK2"}, 422, "action"),
        ({"action": "accept", "text": ""}, 422, "text"),
        ({"action": "accept", "text": "x", "box": [1, 2, 3]}, 422, "box"),
        ({"action": "accept", "text": "x", "box": [1, 2, 3, -4]}, 422, "box.3"),
        ({"action": "add", "text": "p53", "box": [500, 300, 560, 330]}, 400, "0 meanings were chosen"),
        ({"action": "add", "text": "p53", "entities": ["ncbigene:7157"]}, 400, "is not on the picture"),
        (
            {"action": "add", "text": "p53", "box": [1, 1, 9, 9], "entities": ["ncbigene:0"]},
            400,
            "knows nothing by 'ncbigene:0'",
        ),
    ],
)
def test_what_cannot_be_done_is_told(client: Client, asked: dict[str, object], status: int, message: str) -> None:
    """In the one shape of failures, and nothing is logged."""
    answer = client.post(API, json=asked)
    assert answer.status_code == status
    assert message in answer.json()["error"]["message"]
    assert client.get(API).json()["data"] == []


def test_figures_that_are_not_there_or_failed_have_no_corrections(client: Client) -> None:
    asked = {"action": "accept", "text": "JAK2"}
    for method, path in (("GET", "corrections"), ("POST", "corrections"), ("DELETE", "corrections/x")):
        answer = client.send(method, f"/api/figures/nowhere/{path}", json=asked if method == "POST" else None)
        assert answer.status_code == 404
    failed = client.post("/api/figures/PMC107__fig1/corrections", json=asked)
    assert (failed.status_code, "nothing on it to correct" in failed.text) == (400, True)
    assert client.get("/figures/PMC107__fig1/correct").status_code == 200


def test_the_lexicon_is_searched(client: Client) -> None:
    """By a name as it is drawn, the beginning of one, or an identifier; of one species if wanted."""

    def asked(**values: object) -> list[dict[str, Any]]:
        answer: list[dict[str, Any]] = client.get("/api/lexicon", params=values).json()["data"]
        return answer

    assert [one["symbol"] for one in asked(q="p-STAT3", organism="human", limit=1)] == ["STAT3"]
    assert asked(q="ncbigene:3717", limit=1)[0]["symbol"] == "JAK2"
    assert {"JAK1", "JAK2", "JAK3"} <= {one["symbol"] for one in asked(q="jak", organism="human")}
    assert all(one["taxon"] in (None, 10090) for one in asked(q="jak", organism="mouse"))
    assert asked(q="FGF")[0]["members"] == 22
    assert asked() == asked(q="  ") == asked(q="zzzzqqq") == []
    assert client.get("/api/lexicon", params={"q": "x" * 201}).status_code == 422
    assert client.get("/api/lexicon", params={"q": "jak", "organism": "unicorn"}).status_code == 400


def test_a_corpus_that_is_busy_is_told_to_come_back(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """503 with Retry-After while a build commits for long."""

    def busy(path: object) -> None:
        raise BeingWrittenError("corpus.db is locked by another program")

    monkeypatch.setattr("figpath.serve.correcting.correct_store", busy)
    answer = client.post(API, json={"action": "accept", "text": STAT3, "box": box_of(client, STAT3)})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "nothing was changed" in answer.json()["error"]["message"]


def test_a_correction_is_made_while_the_corpus_is_built(client: Client, corpus: Path) -> None:
    with write_store(corpus) as building:
        building.put([drawn_entry("PMC300__f1", gene("AKT1"), figure=Figure(figid="PMC300__f1"))])
        asked = {"action": "reassign", "text": STAT3, "box": box_of(client, STAT3), "entities": ["ncbigene:7157"]}
        assert client.post(API, json=asked).status_code == 201
        building.put([drawn_entry("PMC300__f2", gene("TP53"), figure=Figure(figid="PMC300__f2"))])
        building.link_duplicates()
    assert {"PMC101__fig2", "PMC300__f2"} <= set(found(client, "gene:TP53"))


# ---- the pages


def test_forms_correct_a_figure_without_scripts(client: Client) -> None:
    """Accept, reject, search for a meaning, choose it, add a name, undo: each leads back to the page."""
    assert f'href="{PAGE}"' in client.get(FIGURE).text
    for action, text in (("accept", "IL-6"), ("reject", "fibrosis")):
        sent = client.post(PAGE, data={"action": action, "anchor": anchor(client, text)})
        assert sent.status_code == 303
        shown = client.get(sent.headers["location"]).text
        assert f"1 name {action}ed." in shown
        assert f"{action}ed by a person" in shown
    search = client.get(f"{PAGE}/meaning", params={"anchor": anchor(client, STAT3), "q": "p53"})
    assert 'value="ncbigene:7157"' in search.text
    sent = client.post(
        PAGE, data={"action": "reassign", "anchor": anchor(client, STAT3), "entity": "ncbigene:7157", "text": "STAT-3"}
    )
    assert (sent.status_code, "PMC101__fig2" in found(client, "gene:TP53")) == (303, True)
    assert "STAT-3" in [one["text"] for one in mentions(client)]
    box = {"x0": "500", "y0": "300", "x1": "560", "y1": "330"}
    search = client.get(f"{PAGE}/meaning", params={"text": "TNF-alpha", **box})
    chosen = re.search(r'name="anchor" value="([^"]*)"', search.text)
    assert chosen is not None
    assert re.search(r'value="ncbigene:7124" checked', search.text)
    sent = client.post(PAGE, data={"action": "add", "anchor": unescape(chosen[1]), "entity": "ncbigene:7124"})
    assert sent.status_code == 303
    assert mentions(client)[-1]["box"] == [500, 300, 560, 330]
    ids = [one["id"] for one in client.get(API).json()["data"]]
    assert client.post(PAGE, data={"action": "undo", "undoes": ids}).status_code == 303
    assert "Undone." in client.get(f"{PAGE}?did=undo").text
    with_all = [one["state"] for one in client.get(API).json()["data"]]
    assert with_all == ["undone"] * 4 + ["in effect"] * 4


def test_several_names_are_accepted_at_once(client: Client) -> None:
    anchors = [anchor(client, text) for text in ("JAK-2", STAT3, "IL-6")]
    sent = client.post(PAGE, data={"action": "accept", "anchor": [*anchors, anchors[0]]})
    assert "3 names accepted." in client.get(sent.headers["location"]).text
    assert len({one["when"] for one in client.get(API).json()["data"]}) == 3


def test_a_rejected_name_is_gone_from_the_page_of_the_figure(client: Client) -> None:
    """From picture, tables, caption and relations; the page of corrections still has it."""
    client.post(PAGE, data={"action": "reject", "anchor": anchor(client, STAT3)})
    page = client.get(FIGURE).text
    assert 'data-text="STAT3"' not in page
    assert (
        "activates"
        not in re.sub(r"<h1>.*?</h1>|<defs>.*?</defs>|<title>.*?</title>", "", page).split('class="names"')[1]
    )
    page = client.get(PAGE).text
    assert "rejected by a person" in page
    assert "was STAT3" in page
    line = client.get(API).json()["data"][0]["id"]
    row = page.split('id="name-2"')[1].split("</li>")[0]
    assert f'name="undoes" value="{line}"' in row
    both = {"action": "undo", "undoes": line, "anchor": anchor(client, STAT3)}  # as the form of the row sends it
    assert client.post(PAGE, data=both).status_code == 303
    assert 'data-text="STAT3"' in client.get(FIGURE).text


def test_a_rejected_name_is_in_no_file(client: Client) -> None:
    """Whatever its form; the record alone says that it was rejected."""
    client.post(PAGE, data={"action": "reject", "anchor": anchor(client, STAT3)})
    assert '"note":"rejected by a person"' in client.get(f"/api{FIGURE}/files/json").text
    for form in FORMS:
        text = client.get(f"/api{FIGURE}/files/{form.name}").text
        assert "6774" not in text, form.name
        assert "JAK2" in text or form.name in ("sif", "pfocr-chemicals", "pfocr-diseases", "graphml"), form.name


def test_what_a_person_set_says_so(client: Client) -> None:
    client.post(PAGE, data={"action": "accept", "anchor": anchor(client, STAT3)})
    page = client.get(FIGURE).text
    assert '<p class="soft">accepted by a person</p>' in page
    assert '1.00<br><span class="soft">by a person</span>' in page


@pytest.mark.parametrize(
    ("data", "status", "message"),
    [
        ({"action": "accept"}, 400, "0 names were chosen"),
        ({"action": "accept", "anchor": "nonsense"}, 400, "names no place on a figure"),
        ({"action": "accept", "anchor": '{"text": "\\ud800"}'}, 400, "the"),
        ({"action": "accept", "anchor": '{"text": "JAK2", "box": [1, 2, 3]}'}, 400, "names no place"),
        ({"action": "undo", "undoes": "c1"}, 400, "there is no correction"),
        ({"anchor": "x"}, 422, "action"),
        ({"action": "dance", "anchor": "x"}, 422, "action"),
    ],
)
def test_forms_that_make_no_sense_are_refused(client: Client, data: dict[str, str], status: int, message: str) -> None:
    answer = client.post(PAGE, data=data)
    assert (answer.status_code, message in unescape(answer.text)) == (status, True), answer.text
    assert client.get(API).json()["data"] == []


def test_a_name_that_has_changed_meanwhile_is_not_found(client: Client) -> None:
    """Two people at one figure: the form of the second one says so instead of changing another name."""
    old = anchor(client, STAT3)
    client.post(PAGE, data={"action": "reassign", "anchor": old, "entity": "ncbigene:7157", "text": "p53"})
    late = client.post(PAGE, data={"action": "accept", "anchor": old})
    assert (late.status_code, "open its page again" in late.text) == (400, True)
    assert client.get(f"{PAGE}/meaning", params={"anchor": old}).status_code == 404


# ---- who may


def test_without_edit_there_is_nothing_to_correct(served_corpus: Path) -> None:
    """No form, no page, no address."""
    with Client(create_app(served_corpus)) as client:
        assert "Correct this figure" not in client.get(FIGURE).text
        for address in (PAGE, f"{PAGE}/meaning", "/sign-in", API, "/api/corrections", "/api/lexicon"):
            assert client.get(address).status_code == 404, address
        for address in (PAGE, API, "/sign-in", "/sign-out"):
            assert client.post(address, data={"action": "accept"}).status_code in (404, 405), address
        assert client.send("DELETE", f"{API}/x").status_code in (404, 405)
        assert "/api/lexicon" not in client.get("/api/openapi.json").json()["paths"]


def test_another_site_cannot_correct(client: Client) -> None:
    """Whatever form a browser is made to send."""
    asked = {"action": "accept", "text": STAT3, "box": box_of(client, STAT3)}
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
        assert client.post(API, json=asked, headers=headers).status_code == 403
        sent = client.post(PAGE, data={"action": "accept", "anchor": anchor(client, STAT3)}, headers=headers)
        assert sent.status_code == 403
        assert client.send("DELETE", f"{API}/x", headers=headers).status_code == 403
    assert client.get(API).json()["data"] == []


@pytest.mark.parametrize("header", FORWARDED)
def test_a_web_server_in_front_needs_tokens(client: Client, header: str) -> None:
    """What another program passes on may come from anywhere."""
    headers = {header: "192.0.2.1"}
    asked = {"action": "accept", "text": STAT3, "box": box_of(client, STAT3)}
    assert client.post(API, json=asked, headers=headers).status_code == 403
    assert client.get(PAGE, headers=headers).status_code == 403


@pytest.mark.parametrize("text", INJECTIONS)
def test_what_people_write_is_text(corpus: Path, text: str) -> None:
    """As a name that is added, as a search, as an address, and in records that are corrected."""
    bad = corpus_of(corpus.with_name("hostile.db"), hostile_entry(text))
    with Client(create_app(bad, settings=Settings(edit=True))) as client:
        for address in ("/figures/hostile/correct", "/sign-in"):
            is_harmless(client.get(address).text)
        first = client.get("/api/figures/hostile").json()["data"]["mentions"][0]
        place = json.dumps({"text": first["text"], "box": first["box"]})
        for action in ("accept", "reject"):
            client.post("/figures/hostile/correct", data={"action": action, "anchor": place})
        new = {"action": "add", "text": text, "box": [500, 300, 560, 330], "entities": ["ncbigene:7157"]}
        assert client.post("/api/figures/hostile/corrections", json=new).status_code == 201
        for address, values in (
            ("/figures/hostile/correct", {"did": text[:20], "lines": text}),
            ("/figures/hostile/correct/meaning", {"text": text, "q": text, "organism": ""}),
            ("/figures/hostile/correct/meaning", {"anchor": place, "q": text}),
            ("/figures/hostile", {}),
        ):
            answer = client.get(address, params=values)
            assert answer.status_code in (200, 404), (address, answer.text)
            is_harmless(answer.text)


def test_the_log_of_a_figure_of_another_name_is_not_shown(corpus: Path) -> None:
    """Settings of one figure do not reach another."""
    with Client(create_app(corpus, settings=Settings(edit=True))) as client:
        made = client.post(API, json={"action": "accept", "text": STAT3, "box": box_of(client, STAT3)})
        line = made.json()["data"][0]["id"]
        assert client.get("/api/figures/PMC104__fig1/corrections").json()["data"] == []
        assert client.send("DELETE", f"/api/figures/PMC104__fig1/corrections/{line}").status_code == 400
