"""The style sheet: contrast as WCAG 2.2 AA wants it, light and dark, computed from its own colours."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from figpath.publish.overlay import STYLES

STYLE = (resources.files("figpath.serve") / "static" / "figpath.css").read_text(encoding="utf-8")
PAIRS = dict(re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}, #[0-9a-f]{6})\)", STYLE))
ON_WHITE = dict(re.findall(r"--([\w-]+-on-white): (#[0-9a-f]{6})", STYLE))
TEXT, LINES = 4.5, 3.0

READ = [(ink, on, TEXT) for ink in ("ink", "soft", "link", "wrong") for on in ("page", "panel")]
READ += [(kind, "panel", TEXT) for kind in ("gene", "family", "chemical", "disease")]
READ += [("ink", "raised", TEXT), ("soft", "raised", TEXT), ("ink", "lit", TEXT), ("link", "lit", TEXT)]
READ += [("on-action", "action", TEXT), ("link", "raised", TEXT)]
READ += [(edge, on, LINES) for edge in ("edge", "focus", "bar", "action") for on in ("page", "panel")]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "on", "least"), READ)
def test_what_is_read_can_be_read(ink: str, on: str, least: float, theme: int) -> None:
    colours = [PAIRS[name].split(", ")[theme] for name in (ink, on)]
    assert contrast(*colours) >= least, colours


@pytest.mark.parametrize("name", sorted(ON_WHITE))
def test_lines_on_pictures_show_on_white(name: str) -> None:
    assert contrast(ON_WHITE[name], "#ffffff") >= TEXT


def test_kinds_have_the_colours_of_the_overlay_picture() -> None:
    """The file that is downloaded and the page look alike."""
    for kind, style in STYLES.items():
        assert ON_WHITE[f"{kind}-on-white"] == style.colour
        assert PAIRS[kind] == f"{style.colour}, {style.on_dark}"


def test_every_colour_that_is_used_is_there() -> None:
    """Text and grounds come from the pairs; what is left stands on pictures, which are white."""
    used = set(re.findall(r"var\(--([\w-]+)\)", STYLE))
    assert used - set(PAIRS) - set(ON_WHITE) <= {"kind"}


def test_nothing_is_loaded_from_elsewhere() -> None:
    folder = resources.files("figpath.serve") / "static"
    for file in folder.iterdir():
        text = file.read_text(encoding="utf-8")
        for found in re.findall(r"https?://[\w.]+|@import|url\(", text):
            assert found == "http://www.w3.org", (file.name, found)
