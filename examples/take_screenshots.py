"""Take the pictures of the web page that the README and the manual show, light and dark, wide and narrow.

    python examples/take_screenshots.py [--corpus FILE] [--to FOLDER]

Without a corpus the example figures are read into one first. It needs Chromium, such as Debian's package.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from PIL import Image
from playwright.sync_api import sync_playwright

import figpath
from figpath.serve import Settings, create_app
from figpath.serve.listening import listening
from figpath.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

WIDE, NARROW = (1280, 860), (390, 780)
GENES = "JAK2\nSTAT3\nTNF\nIL6\nVEGFA\nAKT1\nFGF2"
_COLOURS = 128


def main() -> None:
    """Take them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="of figpath build")
    parser.add_argument("--to", type=Path, default=Path(__file__).parents[1] / "docs" / "img")
    asked = parser.parse_args()
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("there is no Chromium: install one, such as Debian's package chromium")
    asked.to.mkdir(parents=True, exist_ok=True)
    os.environ["LOGNAME"] = "Ada"  # the editor's name, whoever takes the pictures
    with tempfile.TemporaryDirectory() as folder:
        corpus = asked.corpus or example_corpus(Path(folder))
        with served(corpus) as address, served(corpus, edit=True) as edited, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
            )
            for name, data in pictures(browser, address, edited, corpus):
                (asked.to / name).write_bytes(data)
                print(asked.to / name)
            browser.close()


def example_corpus(folder: Path) -> Path:
    """Read the example figures into a corpus."""
    for path in figpath.example_figures():
        for file in (path, path.with_suffix(".json")):
            shutil.copy(file, folder / file.name)
    corpus = folder / "examples.db"
    subprocess.run([sys.executable, "-m", "figpath", "build", str(folder), "--to", str(corpus)], check=True)  # noqa: S603
    return corpus


@contextmanager
def served(corpus: Path, *, edit: bool = False) -> Iterator[str]:
    """Serve a corpus at a free port, and yield its address."""
    with listening("127.0.0.1", 0) as socket:
        server = uvicorn.Server(
            uvicorn.Config(create_app(corpus, settings=Settings(edit=edit)), log_level="warning", ws="none")
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{socket.getsockname()[1]}"
        server.should_exit = True
        thread.join(20)


def pictures(browser: Browser, address: str, edited: str, corpus: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each picture."""
    with open_store(corpus) as store:
        first = next(state.figid for state in store.states(every=True) if state.status == "ok")
    pages = {"home": "/", "search": "/search", "figure": f"/figures/{first}", "enrich": "/enrich"}
    pages["correct"] = f"{edited}/figures/{first}/correct"
    for size, place in ((WIDE, "wide"), (NARROW, "narrow")):
        for theme in ("light", "dark"):
            context = browser.new_context(
                base_url=address,
                color_scheme="dark" if theme == "dark" else "light",
                viewport={"width": size[0], "height": size[1]},
            )
            page = context.new_page()
            for name, path in pages.items():
                page.goto(path)
                if name == "enrich":
                    page.fill("#genes", GENES)
                    page.get_by_role("button", name="Find figures").click()
                yield f"web-{name}-{place}-{theme}.png", _smaller(page.screenshot())
            context.close()


def _smaller(data: bytes) -> bytes:
    stream = io.BytesIO()
    fewer = Image.open(io.BytesIO(data)).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    fewer.save(stream, format="PNG", optimize=True)
    return stream.getvalue()


if __name__ == "__main__":
    main()
