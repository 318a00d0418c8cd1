"""axe-core, by which pages are held to WCAG 2.2 AA in a browser, light and dark, wide and narrow."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = Path(os.environ.get("FIGPATH_AXE") or Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
Theme = Literal["light", "dark"]

needs_axe = pytest.mark.skipif(
    not AXE.is_file() and not os.environ.get("FIGPATH_AXE"), reason="needs axe-core: npm install --no-save axe-core"
)


def violations(page: Page) -> list[tuple[str, str, str]]:
    """What axe finds on a page as it is now: its address, the rule, and the first element; nothing is forgiven."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    told = page.evaluate(f"axe.run(document, {{runOnly: {list(RULES)}}})")
    return [(page.url, one["id"], one["nodes"][0]["html"]) for one in told["violations"]]
