"""Take the pictures of the pages that the README and the manual show, light and dark, wide and narrow.

    python examples/take_screenshots.py [--corpus FILE] [--to FOLDER] [--only NAME] [--width 3840 --height 2160]

Without a corpus the example figures are read into one first. It needs Chromium, such as Debian's package; the search of
the static site needs Pagefind. A page that is new gets a line in `PAGES`.
"""

from __future__ import annotations

import argparse
import functools
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import uvicorn
from PIL import Image
from playwright.sync_api import Page, sync_playwright

import figpath
from figpath.serve import Settings, create_app
from figpath.serve.listening import listening
from figpath.serve.static_site import publish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from playwright.sync_api import Browser

SIZES: Final = (("wide", 1280, 860), ("narrow", 360, 780))
THEMES: Final = ("light", "dark")
_PAPER: Final = {
    "papertitle": "Example figures",
    "reftext": "Drawn for figpath, 2026.",
    "year": "2026",
    "licence": "Apache-2.0",
}
GENES: Final = "JAK2\nSTAT3\nTNF\nIL6\nVEGFA\nAKT1\nFGF2"
MOST: Final = 200_000
"""Bytes of a picture."""

_COLOURS = (256, 128, 64)  # as many as the size allows


@dataclass(frozen=True, slots=True)
class Shot:
    """A page: what its pictures are called, its address, what is done on it, and on which site it is."""

    name: str
    path: str
    act: Callable[[Page], object] | None = None
    site: Literal["read", "edited", "static"] = "read"


def _with_list(page: Page) -> None:
    page.fill("#genes", GENES)
    page.get_by_role("button", name="Find figures").click()
    page.wait_for_selector(".enriched")


def _with_figure(page: Page) -> None:
    page.set_input_files("input[type=file]", figpath.example_figures()[0])
    page.get_by_role("button", name="Read", exact=True).click()
    page.wait_for_selector(".mark", timeout=180_000)


def _with_card(page: Page) -> None:
    if (page.viewport_size or {"width": 0})["width"] > 800:
        page.locator(".mark.family").first.hover()


PAGES: Final = (
    Shot("home", "/"),
    Shot("search", "/search?q=STAT3"),
    Shot("figure", "/figures/insulin_signalling_map", _with_card),
    Shot("gene", "/genes/STAT3"),
    Shot("browse", "/browse"),
    Shot("genes", "/browse/genes"),
    Shot("enrich", "/enrich", _with_list),
    Shot("mechanism", "/mechanism?block=F_JAK2&watch=E_VESSEL"),
    Shot("read", "/read", _with_figure),
    Shot("correct", "/figures/insulin_signalling_map/correct", site="edited"),
    Shot("api", "/api/docs"),
    Shot("static-search", "/search.html?q=inflammation", lambda page: page.wait_for_selector(".card"), "static"),
)
"""Every page of which there are pictures."""


def main() -> None:
    """Take them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="of figpath build")
    parser.add_argument("--to", type=Path, default=Path(__file__).parents[1] / "docs" / "img")
    parser.add_argument("--only", help="one page, by its name")
    parser.add_argument("--width", type=int, help="of another window, instead of wide and narrow")
    parser.add_argument("--height", type=int, default=900)
    asked = parser.parse_args()
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("there is no Chromium: install one, such as Debian's package chromium")
    shots = [shot for shot in PAGES if asked.only in (None, shot.name)]
    sizes = ((str(asked.width), asked.width, asked.height),) if asked.width else SIZES
    asked.to.mkdir(parents=True, exist_ok=True)
    os.environ["LOGNAME"] = "Ada"  # the editor's name, whoever takes the pictures
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        corpus = asked.corpus or example_corpus(Path(folder))
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        with (
            served(corpus) as read,
            served(corpus, edit=True) as edited,
            published(corpus, Path(folder) / "site") as static,
        ):
            sites = {"read": read, "edited": edited, "static": static}
            for name, data in pictures(browser, shots, sizes, sites):
                (asked.to / f"web-{name}.png").write_bytes(data)
                print(f"{asked.to / f'web-{name}.png'}: {len(data) // 1000} kB")
        browser.close()


def example_corpus(folder: Path) -> Path:
    """Read the example figures into a corpus, with what is known of them: title, caption, and that we drew them."""
    for path in figpath.example_figures():
        shutil.copy(path, folder / path.name)
        drawn = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        known = {"figtitle": drawn["title"], "caption": drawn["caption"], **_PAPER}
        (folder / f"{path.stem}.json").write_text(json.dumps(known), encoding="utf-8")
    corpus = folder / "examples.db"
    subprocess.run([sys.executable, "-m", "figpath", "build", str(folder), "--to", str(corpus)], check=True)  # noqa: S603
    return corpus


@contextmanager
def served(corpus: Path, *, edit: bool = False) -> Iterator[str]:
    """Serve a corpus at a free port, and yield its address."""
    with listening("127.0.0.1", 0) as socket:
        app = create_app(corpus, settings=Settings(edit=edit))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{socket.getsockname()[1]}"
        server.should_exit = True
        thread.join(20)


@contextmanager
def published(corpus: Path, folder: Path) -> Iterator[str]:
    """Publish a corpus into a folder, hand that out at a free port, and yield its address."""
    publish(corpus, folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join(20)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


def pictures(
    browser: Browser, shots: Sequence[Shot], sizes: Sequence[tuple[str, int, int]], sites: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each picture; `sites` are the addresses of the sites."""
    for shot in shots:
        for place, width, height in sizes:
            context = browser.new_context(base_url=sites[shot.site], viewport={"width": width, "height": height})
            page = context.new_page()
            page.goto(shot.path)
            if shot.act is not None:
                shot.act(page)
            page.evaluate(
                "Promise.all([...document.images].map((one) => { one.loading = 'eager'; return one.decode(); }))"
            )
            for theme in THEMES:
                page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
                yield f"{shot.name}-{place}-{theme}", smaller(page.screenshot())
            context.close()


def smaller(data: bytes) -> bytes:
    """Return a picture with as many colours as its size allows."""
    whole = Image.open(io.BytesIO(data)).convert("RGB")
    for colours in _COLOURS:
        stream = io.BytesIO()
        whole.quantize(colours, dither=Image.Dither.NONE).save(stream, format="PNG", optimize=True)
        if stream.tell() <= MOST:
            break
    return stream.getvalue()


if __name__ == "__main__":
    main()
