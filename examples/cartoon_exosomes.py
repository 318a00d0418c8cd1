"""Cartoon: exosomes of lung tumor cells raise vessels, by way of fibroblasts, macrophages and neutrophils.

What is drawn is the mechanism that Yin et al. (J Transl Med 2021;19:312) tell in the caption of their
Figure 2, with the miR-141 and KLF12 named in that figure; the layout is our own.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from canvas import Canvas, Name, Node, gene
from geometry import Point, curve, wobbly

if TYPE_CHECKING:
    from pathlib import Path

FORM = "png"
ABOUT: dict[str, object] = {
    "figid": "exosomes_angiogenesis",
    "title": "Exosomes of lung tumor cells promote angiogenesis and metastasis",
    "caption": (
        "Exosomes released by lung tumor cells act on fibroblasts through JAK2/STAT3 signaling. Fibroblasts "
        "answer with exosomes that carry MMP9, VEGF-A, FGF2 and miR-210; both kinds of exosomes activate "
        "macrophages and neutrophils. Tumor exosomes also bring miR-141, which lowers KLF12 in endothelial "
        "cells. Vessel proliferation, sprouting and density rise, and metastasis follows."
    ),
    "species": 9606,
}

INK, SOFT = "#2f2a3a", "#5d566b"
PLUM, PLUM_RIM, PLUM_LINE = "#ecd3e4", "#c98fb9", "#94508a"
TEAL, TEAL_RIM, TEAL_LINE = "#dff1ec", "#9fd0c4", "#3f8f80"
GOLD, GOLD_RIM, GOLD_LINE = "#fff0d2", "#f2c777", "#b9832a"
BLUE, BLUE_RIM, BLUE_LINE = "#e3ecf9", "#a9c2e6", "#4f77b5"
RED, RED_RIM, RED_LINE = "#fbd9d6", "#e58b86", "#b3423f"


def draw(fonts: dict[str, Path]) -> Canvas:
    """Draw the figure."""
    c = Canvas(900, 650, "#ffffff", fonts)
    c.box(Node(450, 325, 876, 626), fill="#fbf9f6", line="#e3ddd4", radius=18)
    vessel(c)
    tumor(c)
    fibroblast(c)
    cargo(c)
    immune(c)
    outcome(c)
    return c


def label(c: Canvas, x: float, y: float, text: str, *names: Name, size: float = 16, colour: str = INK) -> None:
    """Write a label in the style of this figure."""
    c.write(x, y, text, *names, face="OpenSans-Semibold", size=size, colour=colour)


def pill(c: Canvas, x: float, y: float, name: Name, *, fill: str, line: str, w: float = 78) -> Node:
    """Draw a molecule with its name."""
    node = c.box(Node(x, y, w, 30, name=name.text), fill=fill, line=line, width=1.4, radius=15)
    c.write(x, y, name.text, name, face="OpenSans-Bold", size=15.5, colour=INK)
    return node


def vesicle(c: Canvas, x: float, y: float, r: float, colours: tuple[str, str, str]) -> None:
    """Draw a small exosome."""
    c.disc(Node(x, y, 2 * r, 2 * r), fill=colours[0], rim=colours[1], line=colours[2], width=1.1)
    c.disc(Node(x - r * 0.25, y - r * 0.25, r * 0.8, r * 0.8), fill=colours[2])


def tumor(c: Canvas) -> None:
    """Draw four cells and the exosomes that leave them."""
    cells = ((112, 128, 118, 108), (196, 116, 112, 104), (96, 214, 112, 106), (184, 208, 122, 112))
    for i, (x, y, w, h) in enumerate(cells):
        c.blob(wobbly(x, y, w, h, seed=i + 3), fill=PLUM, rim=PLUM_RIM, line=PLUM_LINE, width=1.6)
        c.blob(wobbly(x + 4, y + 3, 52, 46, seed=i + 40, depth=0.08), fill="#b574a6", rim="#8c4a80")
        for dx, dy, r in ((-9, -4, 5), (8, 6, 4)):
            c.disc(Node(x + 4 + dx, y + 3 + dy, 2 * r, 2 * r), fill="#6f3566")
    label(c, 146, 52, "Lung tumor cells")
    for i in range(9):
        x = 272 + i * 15
        vesicle(c, x, 140 + 15 * math.sin(i * 1.9), 5.2 + (i % 3) * 0.9, (PLUM, PLUM_RIM, PLUM_LINE))
    label(c, 328, 101, "Exosomes", size=14, colour="#7b3d71")
    c.arrow([(270, 173), (402, 173)], colour=PLUM_LINE, width=2.2, size=12)


def fibroblast(c: Canvas) -> None:
    """Draw the spindle-shaped cell and the signal inside."""
    body: list[Point] = [
        *curve((410, 142), (475, 128), (512, 92)),
        *curve((512, 92), (575, 66), (640, 90)),
        *curve((640, 90), (700, 118), (800, 92)),
        *curve((800, 92), (745, 138), (722, 164)),
        *curve((722, 164), (650, 216), (545, 200)),
        *curve((545, 200), (480, 178), (410, 142)),
    ]
    c.blob(body, fill=TEAL, rim=TEAL_RIM, line=TEAL_LINE, width=1.8)
    c.disc(Node(622, 146, 142, 84), fill="#c3e2da", rim="#8fc4b7", line=TEAL_LINE, width=1.2)
    jak = pill(c, 506, 146, gene("JAK2"), fill="#ffffff", line=TEAL_LINE)
    stat = pill(c, 622, 146, gene("STAT3"), fill="#ffffff", line=TEAL_LINE, w=84)
    c.arrow([jak.side("right"), stat.side("left")], edge=("JAK2", "STAT3"), colour="#23665a", width=2.2, size=11)
    label(c, 582, 52, "Fibroblast")


def cargo(c: Canvas) -> None:
    """Draw the exosomes of the fibroblast: a stream of small ones, and one enlarged."""
    big = Node(744, 306, 196, 196, round=True)
    for x, y, r in ((690, 196, 6), (706, 204, 5), (742, 190, 5), (757, 199, 6.5), (775, 184, 5)):
        vesicle(c, x, y, r, (TEAL, TEAL_RIM, TEAL_LINE))
    c.arrow([(723, 172), (727, big.y - 101)], colour=TEAL_LINE, width=2.2, size=12)
    c.disc(big, fill="#f3faf8", rim="#cfe8e1", line=TEAL_LINE, width=3)
    c.disc(Node(big.x, big.y, 184, 184), fill="#fbfefd", rim="#def0eb", line="#8cc2b6", width=1.2)
    names = (gene("MMP9"), gene("VEGF-A", "VEGFA"), gene("FGF2"), gene("miR-210", "MIR210"))
    fills = ("#ffe3c2", "#fcd5d1", "#d9e6fa", "#e6dcf5")
    lines = ("#c9812f", "#c4605a", "#5379b8", "#7b5fae")
    spots = ((704, 290), (784, 290), (704, 330), (784, 330))
    for name, fill, line, (x, y) in zip(names, fills, lines, spots, strict=True):
        pill(c, x, y, name, fill=fill, line=line, w=74)
    label(c, 744, 248, "Exosome", size=13.5, colour="#2d7466")


def immune(c: Canvas) -> None:
    """Draw the macrophage and the neutrophil, and what reaches them."""
    c.box(Node(417, 312, 320, 156), fill="#ffffff", line="#d8d0c4", width=1.2, radius=20)
    c.blob(wobbly(330, 300, 116, 92, seed=12, depth=0.1), fill=GOLD, rim=GOLD_RIM, line=GOLD_LINE, width=1.6)
    c.blob(wobbly(326, 300, 50, 42, seed=5, depth=0.12), fill="#e0a64a", rim="#b97f24")
    for x, y, r in ((296, 284, 6), (364, 316, 7), (358, 284, 5), (302, 322, 5)):
        c.disc(Node(x, y, 2 * r, 2 * r), fill="#fff8ea", line=GOLD_LINE, width=0.9)
    label(c, 330, 366, "Macrophages")
    c.disc(Node(504, 304, 94, 94), fill=BLUE, rim=BLUE_RIM, line=BLUE_LINE, width=1.6)
    for x, y in ((486, 290), (508, 284), (522, 302), (504, 322)):
        c.disc(Node(x, y, 27, 25), fill="#7d9fd3", rim="#5578b4")
    for x, y in ((474, 322), (532, 324), (488, 336), (536, 288), (470, 304), (520, 340)):
        c.disc(Node(x, y, 4, 4), fill="#c56aa0")
    label(c, 504, 366, "Neutrophils")
    c.arrow(curve((214, 262), (224, 300), (252, 310)), colour=PLUM_LINE, width=2.2, size=12)
    c.arrow([(641, 310), (581, 310)], colour=TEAL_LINE, width=2.2, size=12)


def vessel(c: Canvas) -> None:
    """One vessel along the bottom, with sprouts."""
    for points, width in sprouts():
        c.stroke(points, colour=RED_LINE, width=width + 3.2)
    tube = [*curve((62, 506), (240, 478), (450, 500)), *curve((450, 500), (650, 522), (838, 498))]
    c.stroke(tube, colour=RED_LINE, width=57)
    for points, width in sprouts():
        c.stroke(points, colour=RED_RIM, width=width)
    c.stroke(tube, colour=RED_RIM, width=53)
    for points, width in sprouts():
        c.stroke(points, colour=RED, width=width - 6)
    c.stroke(tube, colour=RED, width=41)
    for x, y, turn in (
        (92, 500, 0),
        (300, 488, 1),
        (420, 506, 0),
        (470, 493, 1),
        (640, 514, 1),
        (716, 505, 0),
    ):
        c.disc(Node(x, y, 19, 13 + 2 * turn), fill="#d9605a", rim="#b93f3c")
        c.disc(Node(x, y, 8, 5), fill="#c24c48")


def sprouts() -> list[tuple[list[Point], float]]:
    """Return the middle lines of the sprouts and how thick each is."""
    return [
        (curve((520, 500), (540, 450), (604, 432)), 18),
        (curve((545, 464), (538, 440), (548, 420)), 11),
        (curve((660, 510), (688, 462), (660, 436)), 16),
    ]


def outcome(c: Canvas) -> None:
    """Draw what reaches the vessel, and what follows."""
    mir = pill(c, 74, 352, gene("miR-141", "MIR141"), fill="#e6dcf5", line="#7b5fae", w=84)
    klf = pill(c, 74, 432, gene("KLF12"), fill="#ffffff", line=RED_LINE, w=76)
    c.arrow([(74, 274), mir.side("top")], colour=PLUM_LINE, width=2.2, size=12)
    c.arrow(
        [mir.side("bottom"), klf.side("top", gap=5)],
        edge=("miR-141", "KLF12"),
        head="bar",
        width=2.2,
        size=12,
    )
    c.arrow([klf.side("bottom"), (74, 478)], head="bar", colour="#333333", width=2.2, size=12)
    for x, y in ((200, 500), (246, 483), (790, 496)):
        c.blob(wobbly(x, y, 33, 29, seed=int(x)), fill=PLUM, rim=PLUM_RIM, line=PLUM_LINE, width=1.3)
        c.disc(Node(x, y, 15, 13), fill="#8c4a80")
    c.arrow(curve((160, 272), (158, 400), (188, 474)), colour=PLUM_LINE, width=2.2, size=12)
    c.arrow([(330, 394), (330, 460)], colour=GOLD_LINE, width=2.2, size=12)
    c.arrow([(478, 394), (478, 470)], colour=BLUE_LINE, width=2.2, size=12)
    c.arrow([(744, 408), (744, 470)], colour=TEAL_LINE, width=2.2, size=12)
    label(c, 788, 548, "Blood vessel", size=14, colour=RED_LINE)
    for x, text in ((140, "Proliferation"), (340, "Sprouting"), (540, "Density")):
        c.box(Node(x, 590, 150, 38), fill="#fdebea", line=RED_LINE, width=1.3, radius=8)
        label(c, x, 590, text, size=15)
        c.arrow([(x + 79, 590), (x + 121, 590)], colour=RED_LINE, width=2.2, size=12)
    c.box(Node(745, 590, 160, 38), fill="#7b3d71", radius=8)
    label(c, 745, 590, "Metastasis", Name("Metastasis", ("Neoplasm Metastasis",), "disease"), colour="#ffffff")
