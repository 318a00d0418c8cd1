"""The pages in a real browser, headless Chromium, wherever it is found: what scripts add, and where things stand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from axe import Theme, needs_axe, violations
from browsing import NEEDS_CHROMIUM, chromium, serving
from conftest import drawn
from figpath.serve import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

FIGURE = "/figures/PMC101__fig2"
PATHS = (
    "/", "/browse", "/browse/genes", "/search?q=JAK2", FIGURE, "/genes/JAK2", "/enrich", "/read", "/api/docs",
    "/mechanism", "/mechanism?block=F_JAK2&watch=E_VESSEL",
)  # fmt: skip
SIZES = ((1440, 900), (800, 1000), (390, 800))

pytestmark = [pytest.mark.slow, NEEDS_CHROMIUM]


@pytest.fixture(scope="module")
def address(served_corpus: Path) -> Iterator[str]:
    """A server at a free port."""
    with serving(create_app(served_corpus)) as made:
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page on which nothing may go wrong: no error of a script, nothing that the policy forbids."""
    said: list[str] = []
    context = browser.new_context(base_url=address, viewport={"width": 1440, "height": 900})
    made = context.new_page()
    made.on("pageerror", lambda error: said.append(str(error)))
    made.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    yield made
    context.close()
    assert said == []


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_boxes_lie_where_the_words_are(page: Page, size: tuple[int, int]) -> None:
    """To three pixels of the screen at every size of window, and when the picture is zoomed."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(FIGURE)
    page.get_by_label("1 uncertain").check()
    record = page.request.get("/api/figures/PMC101__fig2").json()["data"]
    boxes = [one["box"] for one in record["mentions"]]
    for zoomed in (False, True):
        if zoomed:
            page.get_by_role("button", name="Zoom in").click()
            page.get_by_role("button", name="Zoom in").click()
        image = page.locator(".canvas img").bounding_box()
        assert image is not None
        scale = image["width"] / record["width"]
        for number, (x0, y0, x1, y1) in enumerate(boxes):
            shown = page.locator(f"#box-{number} .edge").first.evaluate(
                "e => { const b = e.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; }"
            )
            gap = 3 * scale  # the line stands three pixels of the picture outside the word
            wanted = (
                image["x"] + x0 * scale - gap, image["y"] + y0 * scale - gap,
                image["x"] + x1 * scale + gap, image["y"] + y1 * scale + gap,
            )  # fmt: skip
            assert max(abs(a - b) for a, b in zip(shown, wanted, strict=True)) <= 3, (number, shown, wanted)


def test_pointing_at_a_box_says_what_it_is(page: Page) -> None:
    """A card with name, entity, score and rewrites; the row of the table lights up with it."""
    page.goto(FIGURE)
    page.locator("#box-0").hover()
    tip = page.locator("[data-tip]")
    expect(tip).to_be_visible()
    for text in ("JAK-2 gene", "JAK2 (ncbigene:3717)", "score 0.90", "drop hyphen"):
        expect(tip).to_contain_text(text)
    expect(page.locator("tr#name-1")).to_have_class(re.compile(r"\bon\b"))
    page.mouse.move(5, 5)
    expect(tip).to_be_hidden()


def test_the_keyboard_reaches_every_box(page: Page) -> None:
    """Tab goes from box to box with the card beside it; Enter leads to the row; Escape closes the card."""
    page.goto(FIGURE)
    page.locator("#box-0").focus()
    expect(page.locator("[data-tip]")).to_contain_text("JAK-2")
    page.keyboard.press("Tab")
    expect(page.locator("#box-1")).to_be_focused()
    expect(page.locator("[data-tip]")).to_contain_text("STAT3")
    page.keyboard.press("Escape")
    expect(page.locator("[data-tip]")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#name-2$"))


def test_kinds_and_doubtful_names_are_switched(page: Page) -> None:
    page.goto(FIGURE)
    doubtful = page.locator(".mark.unsure")
    expect(doubtful).to_be_hidden()
    page.get_by_label("1 uncertain").check()
    expect(doubtful).to_be_visible()
    page.get_by_label("1 family").uncheck()
    expect(page.locator(".mark.family")).to_be_hidden()


def test_search_facets_and_back(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search figures").fill("JAK2")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("12 figures")
    page.get_by_role("complementary").get_by_role("link", name="Mus musculus").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 figure")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("12 figures")


def test_a_gene_list_leads_to_a_figure_with_the_genes_lit(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Genes: symbols").fill("JAK2\nSTAT3\nTNF\nIL6")
    page.get_by_role("button", name="Find the figures").click()
    page.get_by_role("link", name="Cytokines in inflammation").first.click()
    expect(page.locator(".mark.lit")).to_have_count(4)


def test_a_dropped_picture_gives_its_genes(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "sketch.png"
    drawn("JAK2", "STAT3").save(path)
    page.goto("/read")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Read", exact=True).click()
    expect(page.locator(".mark.gene")).to_have_count(2, timeout=60_000)
    image = page.locator(".canvas img").evaluate("e => e.naturalWidth")
    assert image == 260
    with page.expect_download() as taken:
        page.get_by_role("button", name="GPML").click()
    assert taken.value.suggested_filename == "sketch.gpml"


def test_light_and_dark_are_remembered(page: Page) -> None:
    page.goto("/")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="Theme").click()
    page.get_by_role("button", name="Theme").click()
    page.goto("/search")
    assert page.evaluate(ground) != light
    expect(page.get_by_role("button", name="Theme")).to_contain_text("dark")


@pytest.mark.parametrize("size", [(360, 740), (1440, 900), (3840, 2160)], ids=str)
@pytest.mark.parametrize("path", PATHS)
def test_no_page_is_wider_than_the_window(page: Page, path: str, size: tuple[int, int]) -> None:
    """From a small telephone to 4K; what is wider scrolls inside its own box."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@needs_axe
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 360])
def test_axe_finds_nothing(browser: Browser, address: str, tmp_path: Path, theme: Theme, width: int) -> None:
    """By the rules of WCAG 2.0 to 2.2, A and AA, on every page, with answers and with failures."""
    context = browser.new_context(base_url=address, color_scheme=theme, viewport={"width": width, "height": 900})
    page, found = context.new_page(), []
    for path in (*PATHS, f"{FIGURE}?lit=JAK2", "/figures/PMC200__fig1", "/search?q=nothing+like+it", "/nowhere"):
        page.goto(path)
        found += violations(page)
    page.goto("/enrich")
    page.locator("#genes").fill("JAK2\nSTAT3\nTNF\nnonsense")
    page.get_by_role("button", name="Find figures").click()
    found += violations(page)
    drawn("JAK2", "STAT3").save(tmp_path / "sketch.png")
    page.goto("/read")
    page.locator("input[type=file]").set_input_files(tmp_path / "sketch.png")
    page.get_by_role("button", name="Read", exact=True).click()
    expect(page.locator(".mark.gene")).to_have_count(2, timeout=60_000)
    found += violations(page)
    context.close()
    assert found == []


def test_pages_work_without_scripts(browser: Browser, address: str) -> None:
    """Switches, the way to the row, and every form."""
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto(FIGURE)
    page.get_by_label("1 uncertain").check()
    expect(page.locator(".mark.unsure")).to_be_visible()
    page.locator("#box-0").click()
    expect(page).to_have_url(re.compile(r"#name-1$"))
    expect(page.locator("[data-zoom]")).to_be_hidden()
    context.close()
