"""The static site in a real browser: its search, under a sub-path of a plain file server."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from axe import Theme, needs_axe, violations
from browsing import NEEDS_CHROMIUM, chromium
from figpath.serve.static_site import publish
from figpath.store import write_store
from made_site import INJECTIONS, hostile_entry, site_corpus
from made_static import plain_server

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = (
    "index.html", "browse.html", "search.html", "search.html?q=JAK2", "search.html?gene=JAK2&q=nothing",
    "figures/index.html", "figures/PMC101__fig2.html", "figures/PMC200__fig1.html", "genes/index.html",
    "genes/ncbigene-3717.html", "diseases/index.html", "organisms/index.html",
    "journals/index.html", "years/index.html", "years/2015.html",
)  # fmt: skip

pytestmark = [pytest.mark.slow, NEEDS_CHROMIUM]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site under a sub-path."""
    host = tmp_path_factory.mktemp("host")
    corpus = site_corpus(tmp_path_factory.mktemp("static") / "corpus.db")
    with write_store(corpus) as store:
        store.put([hostile_entry(text, figid=f"hostile{n}") for n, text in enumerate(INJECTIONS)])
    publish(corpus, host / "sub" / "path")
    with plain_server(host) as served:
        yield f"{served}/sub/path/"


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    """A page on which nothing may go wrong: no error, nothing that is not there, nothing outside the sub-path."""
    said: list[str] = []
    with chromium() as browser:
        made = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        made.on("pageerror", lambda error: said.append(str(error)))
        made.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        made.on("request", lambda asked: said.append(asked.url) if not asked.url.startswith(address) else None)
        made.on(
            "response", lambda answer: said.append(f"{answer.status} {answer.url}") if answer.status > 399 else None
        )
        made.goto(address)
        yield made
        browser.close()
    assert said == []


def test_search_narrow_and_open(page: Page) -> None:
    """From the first page: a word, then a filter, then the figure with its picture, and back."""
    page.get_by_label("Search figures").fill("exosomes")
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("2 figures for exosomes")
    expect(page.locator(".card mark").first).to_be_visible()
    assert page.locator(".card img").first.evaluate("e => e.decode().then(() => e.naturalWidth)") == 240
    page.get_by_role("link", name="Exosomes activate").click()
    expect(page.locator(".mark.gene").first).to_be_visible()
    assert page.locator(".canvas img").evaluate("e => e.decode().then(() => e.naturalWidth)") == 640


def test_a_gene_is_found_and_leads_to_its_figure_and_back(page: Page) -> None:
    """By a name as it is drawn; the search stands in the address, so that the way back leads to what was found."""
    page.get_by_label("Search figures").fill("JAK-2")
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("for JAK-2")
    found = heading.text_content()
    page.locator(".card h3 a", has_text="Exosomes activate").click()
    expect(page.locator("tr", has_text="JAK-2").first).to_contain_text("ncbigene:3717")
    page.go_back()
    expect(heading).to_have_text(found or "")
    page.go_back()
    expect(page.get_by_label("Search figures")).to_be_visible()


def test_lists_lead_from_the_first_page_to_a_figure(page: Page) -> None:
    """Without the search: diseases, one of them, its figure, a gene that it draws, and a download of it."""
    page.get_by_role("link", name="diseases").click()
    page.get_by_role("link", name="Fibrosis").click()
    page.get_by_role("link", name="Exosomes activate").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="GPML for PathVisio", exact=True).click()
    assert taken.value.suggested_filename == "PMC101__fig2.gpml"
    page.get_by_role("link", name="STAT3", exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("STAT3")


def test_facets_narrow_and_pages_turn(page: Page) -> None:
    """The address holds the whole query; what is chosen is taken out again."""
    page.goto(f"{page.url.rpartition('/')[0]}/search.html?gene=JAK2")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("figures for JAK2")
    narrow = page.get_by_role("complementary")
    narrow.get_by_role("link", name="Reviews").click()
    expect(heading).to_contain_text("9 figures for Reviews, JAK2")
    narrow.get_by_role("link", name="JAK2").click()
    expect(heading).to_contain_text("27 figures for Reviews")
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".pager")).to_contain_text("25 to 27 of 27")
    expect(page.locator(".card")).to_have_count(3)
    page.go_back()
    expect(page.locator(".card")).to_have_count(24)


def test_hostile_text_stays_text_in_results(page: Page) -> None:
    """Titles, excerpts and filters of papers that would like to be scripts."""
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(f"{page.url.rpartition('/')[0]}/search.html?q=alert")
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(r"\d+ figures? for alert"))
    expect(page.locator(".card").first).to_be_visible()
    assert page.locator(".results script, .results iframe, .results [onerror], .results [onload]").count() == 0
    expect(page.locator(".card h3").filter(has_text="<script>alert(1)</script>").first).to_be_visible()


@pytest.mark.parametrize("width", [360, 1440, 3840])
def test_no_page_is_wider_than_the_window(page: Page, width: int) -> None:
    base = page.url.rpartition("/")[0]
    page.set_viewport_size({"width": width, "height": 900})
    for path in PAGES:
        page.goto(f"{base}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@needs_axe
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 360])
def test_axe_finds_nothing(page: Page, theme: Theme, width: int) -> None:
    """By the rules of WCAG 2.0 to 2.2, A and AA, on every kind of page."""
    base = page.url.rpartition("/")[0]
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)
    found = []
    for path in PAGES:
        page.goto(f"{base}/{path}")
        if path.startswith("search"):
            expect(page.get_by_role("heading", level=1)).to_contain_text("figure")
        found += violations(page)
    assert found == []
