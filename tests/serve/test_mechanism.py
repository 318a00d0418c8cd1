"""The page of mechanisms and its API: what follows from the arrows of the example, of a figure, of what is sent."""

from __future__ import annotations

import json
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from figpath import mechanism
from figpath.errors import InputError
from figpath.mechanism import Edge, Graph, Node, Sign
from figpath.mechanism.formats.registry import write_file
from figpath.mechanism.native_json import to_json
from figpath.serve import mechanism_page
from figpath.serve.mechanism_drawing import drawing_of
from figpath.serve.mechanism_room import MOST_EDGES, Asked, answered
from made_site import INJECTIONS

if TYPE_CHECKING:
    from asking import Client
    from conftest import Run

EDGES = "source\tsign\ttarget\nJAK2\t+\tSTAT3\nSTAT3\t-\tIL6\n"


def test_the_api_answers_as_the_command_line_does(client: Client, run: Run) -> None:
    question = {"block": ["antiVEGF"], "watch": "T_METAST", "evidence": ["lung", "figure"]}
    ours = client.post("/api/mechanism/ask", json=question).json()["data"]
    options = ["--block", "antiVEGF", "--watch", "T_METAST", "--evidence", "lung,figure"]
    assert ours == json.loads(run("ask", *options, "--format", "json").out)


def test_a_mechanism_that_is_sent_is_asked(client: Client) -> None:
    """In every form that is read; a raise does the opposite of a block."""
    graph = mechanism.load()
    for form in ("tsv", "json", "cx2", "sif", "gpml", "qual"):
        text = write_file(f"a.{form}", graph).data.decode()
        block, watch = ("VEGF-A", "vessel density") if form == "gpml" else ("X_VEGFA", "E_VESSEL")
        sent = {"mechanism": text, "form": form, "block": [block], "watch": watch}
        data = client.post("/api/mechanism/ask", json=sent).json()["data"]
        assert (form, data["verdict"]) == (form, "falls")
    answer = client.post("/api/mechanism/ask", json={"mechanism": EDGES, "raised": ["JAK2"], "watch": "IL6"})
    assert answer.json()["data"]["reason"] == "Under more JAK2, IL6 falls: the only path lowers it."


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"block": ["F_JAK2"]}, 400, "nothing to watch"),
        ({"watch": "E_VESSEL"}, 400, "nothing to block"),
        ({"block": ["F_JAK2"], "raise": ["X_VEGFA"], "watch": "E_VESSEL"}, 422, "raise"),
        ({"mechanism": "<Pathway", "watch": "a", "block": ["b"]}, 400, "your mechanism: "),
        ({"mechanism": EDGES, "form": "pdf", "watch": "a", "block": ["b"]}, 400, "unknown form 'pdf'"),
        ({"figure": "nowhere", "watch": "a", "block": ["b"]}, 404, "no figure"),
        ({"figure": "PMC101__fig2", "mechanism": EDGES, "watch": "a", "block": ["b"]}, 400, "not both"),
        ({"block": "F_JAK2", "watch": "a"}, 422, "block"),
    ],
)
def test_a_question_that_cannot_be_answered_is_told(
    client: Client, sent: dict[str, Any], status: int, said: str
) -> None:
    answer = client.post("/api/mechanism/ask", json=sent)
    assert (answer.status_code, said in answer.json()["error"]["message"]) == (status, True)


def test_a_large_mechanism_is_left_to_the_command() -> None:
    rows = "".join(f"a{n}\t+\ta{n + 1}\n" for n in range(MOST_EDGES + 1))
    with pytest.raises(InputError, match="at most 2,000 are asked here; run figpath ask"):
        answered(Asked(data=f"source\tsign\ttarget\n{rows}".encode(), said="your mechanism"))


def test_the_example_is_shown_and_asked(client: Client) -> None:
    page = client.get("/mechanism").text
    assert "27 nodes, " in page
    assert "<summary>All 51 arrows</summary>" in page
    assert '<option value="F_JAK2">JAK2 activity</option>' in page
    page = client.get("/mechanism?block=antiVEGF&watch=T_METAST").text
    assert "metastatic dissemination may fall or rise: the drawing does not decide" in page
    assert "vessel density ⊣ tumour hypoxia" in page
    assert "What is assumed" in page
    assert page.count('<th scope="row">lowers</th>') == 2
    assert page.count('<th scope="row">raises</th>') == 16
    for block, watch, _ in mechanism_page.EXAMPLES:
        assert 'class="notice wrong"' not in client.get(f"/mechanism?block={block}&watch={watch}").text


def test_a_figure_leads_to_its_mechanism(client: Client) -> None:
    """JAK-2 activates STAT3 on it."""
    assert (
        'href="/mechanism?figure=PMC101__fig2">Ask what follows from 1 arrow</a>'
        in client.get("/figures/PMC101__fig2").text
    )
    assert "Ask what follows" not in client.get("/figures/PMC105__fig3").text
    page = client.get("/mechanism?figure=PMC101__fig2&block=JAK2&watch=STAT3").text
    assert "STAT3 falls" in page
    assert client.get("/mechanism?figure=nowhere").status_code == 404
    assert "No arrows with a head were read" in client.get("/mechanism?figure=PMC105__fig3").text


def test_what_is_pasted_stays_on_the_page(client: Client) -> None:
    page = client.post("/mechanism", data={"text": EDGES, "block": "JAK2", "watch": "IL6"}).text
    assert "IL6 rises" in page
    assert EDGES.strip() in unescape(page)
    empty = client.post("/mechanism", data={"text": " "})
    assert (empty.status_code, "no mechanism was sent" in empty.text) == (400, True)
    half = client.get("/mechanism?block=F_JAK2")
    assert (half.status_code, "nothing to watch" in half.text) == (400, True)
    assert '<option value="F_JAK2" selected>' in half.text
    wrong = client.post("/mechanism", data={"text": "nonsense"})
    assert (wrong.status_code, "your mechanism: " in wrong.text) == (400, True)
    both = client.post("/mechanism", data={"text": EDGES, "block": "JAK2", "raised": "JAK2", "watch": "IL6"})
    assert "JAK2 cannot be blocked and raised" in unescape(both.text)
    assert '<option value="STAT3">STAT3</option>' in both.text


@pytest.mark.parametrize("text", INJECTIONS)
def test_names_of_nodes_stay_text(client: Client, text: str) -> None:
    """What is pasted is escaped wherever it stands: in the drawing, the choices, the answer and the form."""
    nodes = (Node(id="a", label=text, compartment=text, entity=text), Node(id="b", label=f"{text} b"))
    edge = Edge(id="e", source="a", target="b", sign=Sign.plus, evidence=text, note=text)
    sent = to_json(Graph(nodes=nodes, edges=(edge,), name=text))
    page = client.post("/mechanism", data={"text": sent, "block": "a", "watch": "b"}).text
    assert "the only path lowers it" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<svg onload" not in page
    assert "<iframe" not in page


def test_a_large_drawing_waits_for_the_question() -> None:
    rows = "".join(f"a{n}\t+\ta{n + 1}\n" for n in range(90))
    asked = Asked(data=f"source\tsign\ttarget\n{rows}".encode(), said="it")
    assert answered(asked).drawing is None
    drawn = answered(Asked(data=asked.data, block=("a3",), watch="a9")).drawing
    assert drawn is not None
    assert {node.state for node in drawn.nodes} >= {"blocked", "watched", "lit"}


def test_lines_end_at_the_boxes() -> None:
    """Every head of the drawing of the example touches the side of a box."""
    drawing = drawing_of(mechanism.load(), None)
    assert drawing is not None
    for arrow in drawing.arrows:
        x, y = map(float, arrow.head.split()[0].split(","))
        assert any(
            box.x - 12 <= x <= box.x + box.width + 12 and box.y - 12 <= y <= box.y + box.height + 12
            for box in drawing.nodes
        )
