"""Mouse figure of two panels: a macrophage under LPS and ATP, and a heat map of its transcripts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from canvas import Canvas, Head, Name, Node, gene
from geometry import Point, curve, wobbly

if TYPE_CHECKING:
    from pathlib import Path

FORM = "jpg"
ABOUT: dict[str, object] = {
    "figid": "mouse_macrophage",
    "title": "Rapamycin restrains the inflammasome of mouse macrophages",
    "caption": (
        "(A) In mice with septic shock, LPS acts on macrophages by Tlr4, Myd88 and Nfkb1; ATP opens P2rx7, "
        "Ca2+ flows in, and Nlrp3 and Casp1 release Il1b. Rapamycin inhibits Mtor, which acts on Stat3 and Socs3. "
        "(B) Transcripts of Il6, Tnf and others after LPS, without and with rapamycin."
    ),
    "species": 10090,
}

INK, LINE = "#26323a", "#3b4a54"
CELL, CELL_RIM, CELL_LINE = "#fdf3e4", "#f4d9ae", "#c8963f"
NUCLEUS, NUCLEUS_LINE = "#e3ecf5", "#7d9dbf"
PROTEIN, PROTEIN_LINE = "#ffffff", "#7b8a94"
DRUG, DRUG_LINE = "#fde6e3", "#c0574a"

LPS = Name("LPS", ("lipopolysaccharides",), "chemical")
ATP = Name("ATP", ("adenosine triphosphate",), "chemical")
CALCIUM = Name("Ca2+", ("calcium(2+)",), "chemical")
RAPAMYCIN = Name("rapamycin", ("sirolimus",), "chemical")
SHOCK = Name("septic shock", ("Shock, Septic",), "disease")
SPOTS: dict[str, tuple[float, float]] = {
    "Tlr4": (280, 152),
    "Myd88": (280, 216),
    "Irak4": (280, 280),
    "P2rx7": (490, 152),
    "Nlrp3": (490, 268),
    "Casp1": (490, 326),
    "Mtor": (385, 216),
    "Stat3": (385, 296),
    "Il1b": (490, 462),
}
ROWS = (
    ("Tnf", (0.05, 0.9, 0.75, 0.3), (0.05, 0.6, 0.45, 0.15)),
    ("Il6", (0.0, 0.7, 1.0, 0.5), (0.0, 0.4, 0.5, 0.2)),
    ("Il1b", (0.1, 0.8, 0.95, 0.6), (0.1, 0.45, 0.4, 0.2)),
    ("Nos2", (0.0, 0.3, 0.85, 0.95), (0.0, 0.2, 0.5, 0.55)),
    ("Socs3", (0.15, 0.6, 0.7, 0.4), (0.15, 0.65, 0.8, 0.5)),
    ("Arg1", (0.3, 0.2, 0.15, 0.2), (0.3, 0.4, 0.6, 0.75)),
)


def draw(fonts: dict[str, Path]) -> Canvas:
    """Draw the figure."""
    c = Canvas(908, 540, "#ffffff", fonts)
    for x, letter in ((20, "A"), (638, "B")):
        c.write(x, 30, letter, face="LiberationSans-Bold", size=24, colour="#000000", anchor="l")
    mouse(c)
    macrophage(c)
    outside(c)
    heat_map(c)
    return c


def protein(c: Canvas, name: str) -> Node:
    """Draw a protein's box with its name."""
    x, y = SPOTS[name]
    node = c.box(Node(x, y, 72, 28, name=name), fill=PROTEIN, line=PROTEIN_LINE, width=1.3, radius=6)
    c.write(x, y, name, gene(name), face="LiberationSans-Regular", size=15, colour=INK)
    return node


def line(c: Canvas, points: list[Point], edge: tuple[str, str] | None = None, head: Head = "arrow") -> None:
    """Draw an arrow or a bar in the style of this figure."""
    c.arrow(points, edge=edge, head=head, colour="#b23a2c" if head == "bar" else LINE, width=1.9, size=10)


def mouse(c: Canvas) -> None:
    """Draw a mouse seen from the side, and what happens to it."""
    fur, edge, pink = "#b9bec4", "#868d95", "#e8b8b4"
    c.stroke(curve((34, 196), (10, 150), (30, 128)), colour=pink, width=4)
    body = [*curve((34, 206), (40, 138), (104, 146)), *curve((104, 146), (140, 150), (158, 190))]
    body += [*curve((158, 190), (150, 208), (122, 208)), *curve((122, 208), (70, 212), (34, 206))]
    c.blob(body, fill=fur, line=edge, width=1.6)
    c.disc(Node(108, 146, 30, 32), fill=fur, line=edge, width=1.6)
    c.disc(Node(109, 147, 17, 19), fill=pink)
    c.disc(Node(134, 174, 6, 6), fill="#20252a")
    c.disc(Node(158, 190, 8, 7), fill="#d98f8a")
    for x in (58, 122):
        c.disc(Node(x, 209, 24, 8), fill=pink, line=edge, width=1)
    for dy in (-6, 0, 6):
        c.stroke([(150, 193), (172, 190 + dy)], colour="#9aa1a8", width=0.8)
    c.write(92, 92, "LPS", LPS, face="LiberationSans-Bold", size=15, colour=DRUG_LINE)
    line(c, [(92, 103), (92, 134)])
    c.write(92, 236, "C57BL/6", face="LiberationSans-Regular", size=13, colour=INK)
    c.box(Node(92, 300, 116, 32), fill=DRUG, line=DRUG_LINE, width=1.3, radius=8)
    c.write(92, 300, "septic shock", SHOCK, face="LiberationSans-Regular", size=15, colour=INK)
    line(c, [(92, 248), (92, 281)])


def macrophage(c: Canvas) -> None:
    """Draw the cell, its nucleus and what goes on inside."""
    c.blob(wobbly(386, 290, 400, 310, seed=21, depth=0.025), fill=CELL, rim=CELL_RIM, line=CELL_LINE, width=2.4)
    c.disc(Node(366, 388, 190, 80), fill="#f4f8fc", rim=NUCLEUS, line=NUCLEUS_LINE, width=1.8)
    n = {name: protein(c, name) for name in SPOTS}
    for name, x in (("Nfkb1", 322), ("Socs3", 412)):
        c.write(x, 388, name, gene(name), face="LiberationSans-Italic", size=15, colour="#28507a")
    line(c, [n["Tlr4"].side("bottom"), n["Myd88"].side("top")], ("Tlr4", "Myd88"))
    line(c, [n["Myd88"].side("bottom"), n["Irak4"].side("top")], ("Myd88", "Irak4"))
    line(c, [n["Irak4"].side("bottom"), (312, 374)], ("Irak4", "Nfkb1"))
    line(c, [n["Mtor"].side("bottom"), n["Stat3"].side("top")], ("Mtor", "Stat3"))
    line(c, [n["Stat3"].side("bottom"), (405, 374)], ("Stat3", "Socs3"))
    line(c, [n["Nlrp3"].side("bottom"), n["Casp1"].side("top")], ("Nlrp3", "Casp1"))
    line(c, [n["Casp1"].side("bottom"), n["Il1b"].side("top")], ("Casp1", "Il1b"))
    c.write(490, 212, "Ca^2+^", CALCIUM, face="LiberationSans-Bold", size=15, colour="#7a4fa3")
    line(c, [n["P2rx7"].side("bottom"), (490, 199)], ("P2rx7", "Ca2+"))
    line(c, [(490, 226), n["Nlrp3"].side("top")], ("Ca2+", "Nlrp3"))
    c.write(366, 416, "nucleus", face="LiberationSans-Regular", size=12, colour="#5c7896")


def outside(c: Canvas) -> None:
    """Draw what reaches the cell and what leaves it."""
    c.write(280, 60, "LPS", LPS, face="LiberationSans-Bold", size=15, colour=DRUG_LINE)
    line(c, [(280, 72), (280, 134)], ("LPS", "Tlr4"))
    c.write(490, 60, "ATP", ATP, face="LiberationSans-Bold", size=15, colour=DRUG_LINE)
    line(c, [(490, 72), (490, 134)], ("ATP", "P2rx7"))
    c.box(Node(385, 60, 92, 30), fill=DRUG, line=DRUG_LINE, width=1.3, radius=8)
    c.write(385, 60, "rapamycin", RAPAMYCIN, face="LiberationSans-Regular", size=15, colour=INK)
    line(c, [(385, 78), (385, 197)], ("rapamycin", "Mtor"), "bar")
    c.write(386, 510, "peritoneal macrophage", face="LiberationSans-Bold", size=15, colour="#8a6423")


def heat_map(c: Canvas) -> None:
    """Draw transcripts as rows and hours after LPS as columns, without and with the drug."""
    left, top, cell = 704, 128, 22
    for block, text in enumerate(("vehicle", "rapamycin")):
        x = left + block * (4 * cell + 10)
        names = (RAPAMYCIN,) if text == "rapamycin" else ()
        c.write(x + 2 * cell, 84, text, *names, face="LiberationSans-Regular", size=14, colour=INK)
        c.stroke([(x + 2, 97), (x + 4 * cell - 2, 97)], colour=INK, width=1.2)
        for i, hours in enumerate((0, 2, 6, 24)):
            c.write(x + (i + 0.5) * cell, 112, str(hours), face="LiberationSans-Regular", size=12, colour=INK)
    for row, (name, *blocks) in enumerate(ROWS):
        y = top + (row + 0.5) * 34
        c.write(left - 8, y, name, gene(name), face="LiberationSans-Italic", size=15, colour=INK, anchor="r")
        for block, values in enumerate(blocks):
            for i, value in enumerate(values):
                middle = left + block * (4 * cell + 10) + (i + 0.5) * cell
                c.box(Node(middle, y, cell - 1, 33), fill=heat(value))
    c.write(left + 4 * cell + 5, 352, "hours after LPS", LPS, face="LiberationSans-Regular", size=13, colour=INK)
    for i in range(60):
        c.box(Node(left + 35 + i * 2.0, 392, 2.4, 12), fill=heat(i / 59))
    for x, text in ((left + 18, "low"), (left + 174, "high")):
        c.write(x, 392, text, face="LiberationSans-Regular", size=12.5, colour=INK)


def heat(value: float) -> str:
    """Return the colour of a share of the maximum: blue by white to red."""
    blue, white, red = (62, 102, 160), (247, 245, 242), (190, 58, 48)
    low, high, t = (blue, white, value * 2) if value < 0.5 else (white, red, value * 2 - 1)
    t = 0.5 - 0.5 * math.cos(math.pi * t)
    return "#" + "".join(f"{round(a + (b - a) * t):02x}" for a, b in zip(low, high, strict=True))
