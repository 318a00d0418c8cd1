"""Lists of everything with a page: every row is on one page, letters lead to where they begin, links lead somewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from figpath.serve.addresses import Addresses
from figpath.serve.topic_lists import LISTS, SIZE, topic_page
from figpath.store.contents import Topic

if TYPE_CHECKING:
    from asking import Client

GENES = next(one for one in LISTS if one.name == "genes")
LABELS = ("5HT", *(f"{letter}{n:03d}" for letter in "ABÉz" for n in range(400)), "βcat")
TOPICS = tuple(Topic(id=f"ncbigene:{n}", label=label, kind="gene", figures=n % 7 + 1) for n, label in enumerate(LABELS))


def test_every_row_is_on_one_page() -> None:
    pages = [topic_page(GENES, TOPICS, offset=offset, at=Addresses()) for offset in range(0, len(TOPICS), SIZE)]
    assert [row.label for page in pages for row in page.hits] == list(LABELS)
    assert {page.total for page in pages} == {len(LABELS)}


def test_letters_lead_to_the_page_on_which_they_begin() -> None:
    """Accents count as their letter; what begins with no letter is together."""
    letters = dict(topic_page(GENES, TOPICS, offset=0, at=Addresses()).letters)
    assert letters == {"#": 0, "A": 0, "B": 0, "E": SIZE, "Z": 2 * SIZE}
    for letter, offset in letters.items():
        rows = topic_page(GENES, TOPICS, offset=offset, at=Addresses()).hits
        assert [row.letter for row in rows].count(letter) == 1


@pytest.mark.parametrize("topic", ["mesh:nothing at all", "a b", ""])
def test_what_no_query_can_ask_for_is_not_listed(topic: str) -> None:
    odd = Topic(id=topic, label="odd", kind="gene", figures=1)
    assert topic_page(GENES, (odd,), offset=0, at=Addresses()).total == 0


@pytest.mark.parametrize(
    ("name", "label", "figures"),
    [("genes", "JAK2", 11), ("diseases", "Fibrosis", 1), ("organisms", "Mus musculus", 1), ("journals", "Reviews", 27),
     ("years", "2020", 4)],
)  # fmt: skip
def test_a_list_leads_to_the_figures_that_it_counts(client: Client, name: str, label: str, figures: int) -> None:
    """Each row shows how many figures have it, and its page has as many."""
    page = client.get(f"/browse/{name}").text
    row = re.search(rf'<a href="([^"]*)"><span>{label}</span> <span class="soft">(\d+)</span>', page)
    assert row is not None
    assert int(row[2]) == figures
    assert re.search(rf"\b{figures} figures?\b", client.get(row[1].replace("&#34;", '"')).text)


def test_an_unknown_list_says_which_there_are(client: Client) -> None:
    answer = client.get("/browse/nothing")
    assert answer.status_code == 404
    assert "genes, diseases, organisms, journals, years" in answer.text


def test_a_page_past_the_end_is_empty(client: Client) -> None:
    answer = client.get("/browse/genes?offset=100000")
    assert answer.status_code == 200
    assert "None are on this page" in answer.text
