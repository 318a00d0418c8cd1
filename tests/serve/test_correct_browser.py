"""A figure is corrected in a real browser, headless Chromium, wherever it is found: by mouse, by keyboard, for good."""

from __future__ import annotations

import re
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from axe import Theme, needs_axe, violations
from browsing import NEEDS_CHROMIUM, chromium, serving
from figpath.serve import Settings, create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

FIGURE = "/figures/PMC101__fig2"
PAGE = f"{FIGURE}/correct"

pytestmark = [pytest.mark.slow, NEEDS_CHROMIUM]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made


@pytest.fixture
def corpus(served_corpus: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(served_corpus, tmp_path / "corpus.db"))


@contextmanager
def served(corpus: Path) -> Iterator[str]:
    """A server at a free port, which ends with the block."""
    with serving(create_app(corpus, settings=Settings(edit=True))) as address:
        yield address


@contextmanager
def opened(browser: Browser, address: str, *, scripts: bool = True, dark: bool = False) -> Iterator[Page]:
    """A page on which nothing may go wrong: no error of a script, nothing that the policy forbids."""
    said: list[str] = []
    context = browser.new_context(
        base_url=address,
        viewport={"width": 1280, "height": 900},
        java_script_enabled=scripts,
        color_scheme="dark" if dark else "light",
    )
    page = context.new_page()
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert said == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_name_is_corrected_found_after_a_restart_and_undone(browser: Browser, corpus: Path, scripts: bool) -> None:
    with served(corpus) as address, opened(browser, address, scripts=scripts) as page:
        page.goto(FIGURE)
        page.get_by_role("link", name="Correct this figure").click()
        page.get_by_role("button", name="Other meaning of STAT3").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("What does “STAT3” stand for?")
        page.get_by_label("Search in the lexicon").fill("p53")
        page.get_by_role("button", name="Search").last.click()
        page.get_by_role("checkbox", name=re.compile(r"TP53 ncbigene:7157")).check()
        page.get_by_role("button", name="It stands for this").click()
        expect(page.locator(".notice")).to_contain_text("1 name assigned.")
    with served(corpus) as address, opened(browser, address, scripts=scripts) as page:
        page.goto("/search?q=gene:TP53+exosomes")
        expect(page.locator(".card")).to_have_count(1)
        page.locator(".card h3 a").click()
        expect(page.locator("table.gene").first).to_contain_text("assigned by a person")
        page.get_by_role("link", name="Correct this figure").click()
        page.locator("#log").get_by_role("button", name="Undo").click()
        expect(page.locator(".notice")).to_have_text("Undone.")
        page.goto("/search?q=gene:TP53+exosomes")
        expect(page.locator(".card")).to_have_count(0)


def corners(page: Page) -> list[int]:
    return [int(field.input_value()) for field in page.locator("[data-corner]").all()]


def test_a_box_is_drawn_with_the_mouse(browser: Browser, corpus: Path) -> None:
    """To two pixels of the picture; the name is then boxed there."""
    with served(corpus) as address, opened(browser, address) as page:
        page.goto(PAGE)
        page.locator("[data-add] summary").click()
        page.get_by_role("button", name="Draw the box on the picture").click()
        overlay = page.locator(".overlay").bounding_box()
        assert overlay is not None
        scale = overlay["width"] / 640
        wanted = (400, 330, 500, 360)
        for number, (x, y) in enumerate((wanted[:2], (450, 340), wanted[2:])):
            page.mouse.move(overlay["x"] + x * scale, overlay["y"] + y * scale)
            if number == 0:
                page.mouse.down()
        page.mouse.up()
        assert max(abs(a - b) for a, b in zip(corners(page), wanted, strict=True)) <= 2
        expect(page.get_by_label("Drawn text")).to_be_focused()
        page.keyboard.type("TNF-α")
        page.keyboard.press("Enter")
        expect(page.get_by_role("checkbox", name=re.compile("TNF ncbigene:7124"))).to_be_checked()
        page.get_by_role("button", name="Add this name").click()
        expect(page.locator('.mark[data-text="TNF-α"]')).to_be_visible()
        page.goto(FIGURE)
        expect(page.locator('.mark[data-text="TNF-α"]')).to_have_attribute("data-meaning", "TNF (ncbigene:7124)")


def test_a_box_is_drawn_with_the_keyboard(browser: Browser, corpus: Path) -> None:
    """Arrow keys move it, with Shift they size it, with Ctrl in small steps; never off the picture."""
    with served(corpus) as address, opened(browser, address) as page:
        page.goto(PAGE)
        page.locator("[data-add] summary").focus()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Draw the box on the picture").focus()
        page.keyboard.press("Enter")
        x0, y0, x1, y1 = corners(page)
        for key, change in (
            ("ArrowRight", (6, 0, 6, 0)), ("Shift+ArrowDown", (0, 0, 0, 6)), ("Control+ArrowUp", (0, -1, 0, -1)),
        ):  # fmt: skip
            page.keyboard.press(key)
            x0, y0, x1, y1 = (a + b for a, b in zip((x0, y0, x1, y1), change, strict=True))
            assert corners(page) == [x0, y0, x1, y1], key
        for _ in range(100):
            page.keyboard.press("ArrowLeft")
        assert corners(page) == [0, y0, x1 - x0, y1]
        page.keyboard.press("Enter")
        expect(page.get_by_label("Drawn text")).to_be_focused()


def test_pointing_at_a_name_lights_its_box(browser: Browser, corpus: Path) -> None:
    with served(corpus) as address, opened(browser, address) as page:
        page.goto(PAGE)
        page.locator("#name-2").hover()
        expect(page.locator("#box-1")).to_have_class(re.compile(r"\bon\b"))
        page.locator("#box-1").click()
        expect(page).to_have_url(re.compile("#name-2$"))


def test_one_goes_on_where_one_was(browser: Browser, corpus: Path) -> None:
    """After a change the page stands where it stood, the next name is in focus, and the notice is in sight."""
    with served(corpus) as address, opened(browser, address) as page:
        page.set_viewport_size({"width": 1280, "height": 500})
        page.goto(PAGE)
        button = page.get_by_role("button", name="Accept FGF")
        button.scroll_into_view_if_needed()
        before = page.evaluate("scrollY")
        assert before > 0
        button.click()
        expect(page.get_by_role("button", name="Accept cholesterol")).to_be_focused()
        assert abs(page.evaluate("scrollY") - before) <= 2
        expect(page.locator(".notice.done")).to_be_in_viewport()


@pytest.mark.parametrize("width", [360, 800, 1280, 2560])
def test_nothing_sticks_out(browser: Browser, corpus: Path, width: int) -> None:
    """At no width does a page scroll sideways."""
    with served(corpus) as address, opened(browser, address) as page:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(PAGE)
        page.get_by_role("button", name="Accept STAT3").click()
        page.locator("[data-add] summary").click()
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.get_by_role("button", name="Other meaning of JAK-2").click()
        expect(page.locator(".options")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == width


@needs_axe
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, corpus: Path, theme: Theme) -> None:
    with served(corpus) as address, opened(browser, address, dark=theme == "dark") as page:
        page.goto(PAGE)
        page.get_by_role("button", name="Accept STAT3").click()
        for step in ("page", "meaning"):
            page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
            assert violations(page) == [], step
            if step == "page":
                page.get_by_role("button", name="Other meaning of JAK-2").click()
                page.wait_for_load_state()
