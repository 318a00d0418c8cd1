"""Signalling cartoon with light text on dark nodes, Greek letters, lists and a label that runs upward."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from canvas import Canvas, Head, Name, Node, gene

if TYPE_CHECKING:
    from pathlib import Path

    from geometry import Point

FORM = "png"
ABOUT: dict[str, object] = {
    "figid": "cytokine_signalling",
    "title": "Inflammatory cytokines converge on the nucleus",
    "caption": (
        "TNF-α, IL-1β and TLR7/8 activate TAK1 and IKKα/β; IκBα is phosphorylated and frees NF-κB. "
        "TGF-β acts by SMAD2/3 with SMAD4, restrained by SMAD7. IL-6 acts by gp130 and JAK1/TYK2 on STAT3, "
        "restrained by SOCS3."
    ),
    "species": 9606,
}

NAVY, TEAL, PLUM, RUST, SLATE = "#25406e", "#17636a", "#5e3570", "#86422f", "#3c4656"
INK = "#303848"

NF_KB = Name("NF-κB", ("NFKB1", "NFKB2", "REL", "RELA", "RELB"), "family")
TGF_B = Name("TGF-β", ("TGFB1", "TGFB2", "TGFB3"), "family")
# name: x, y, width, colour, what it stands for
NODES: dict[str, tuple[float, float, float, str, Name]] = {
    "TNF-α": (160, 58, 82, NAVY, gene("TNF-α", "TNF")),
    "IL-1β": (350, 58, 82, TEAL, gene("IL-1β", "IL1B")),
    "TGF-β": (570, 58, 82, PLUM, TGF_B),
    "IL-6": (780, 58, 82, RUST, gene("IL-6", "IL6")),
    "TNFR1": (160, 130, 82, NAVY, gene("TNFR1", "TNFRSF1A")),
    "IL1R1": (350, 130, 82, TEAL, gene("IL1R1")),
    "TGFBR1/2": (570, 130, 100, PLUM, gene("TGFBR1/2", "TGFBR1", "TGFBR2")),
    "gp130": (780, 130, 82, RUST, gene("gp130", "IL6ST")),
    "TRADD": (160, 205, 82, NAVY, gene("TRADD")),
    "MyD88": (350, 205, 82, TEAL, gene("MyD88", "MYD88")),
    "TLR7/8": (476, 205, 80, TEAL, gene("TLR7/8", "TLR7", "TLR8")),
    "SMAD7": (642, 196, 78, PLUM, gene("SMAD7")),
    "JAK1/TYK2": (780, 215, 106, RUST, gene("JAK1/TYK2", "JAK1", "TYK2")),
    "FADD": (106, 275, 78, NAVY, gene("FADD")),
    "TRAF2": (230, 275, 82, NAVY, gene("TRAF2")),
    "IRAK1/4": (350, 275, 88, TEAL, gene("IRAK1/4", "IRAK1", "IRAK4")),
    "SMAD2/3": (570, 275, 96, PLUM, gene("SMAD2/3", "SMAD2", "SMAD3")),
    "Caspase-8": (106, 343, 98, NAVY, gene("Caspase-8", "CASP8")),
    "TAK1": (230, 343, 78, SLATE, gene("TAK1", "MAP3K7")),
    "TRAF6": (350, 343, 82, TEAL, gene("TRAF6")),
    "SMAD4": (570, 355, 82, PLUM, gene("SMAD4")),
    "SOCS3": (672, 318, 78, RUST, gene("SOCS3")),
    "p-STAT3": (792, 318, 90, RUST, gene("p-STAT3", "STAT3")),
    "Caspase-3": (106, 411, 98, NAVY, gene("Caspase-3", "CASP3")),
    "IKKα/β": (230, 411, 86, SLATE, gene("IKKα/β", "CHUK", "IKBKB")),
    "IκBα": (432, 411, 78, SLATE, gene("IκBα", "NFKBIA")),
    "NF-κB": (432, 484, 86, SLATE, NF_KB),
    "IL-8": (348, 608, 72, SLATE, gene("IL-8", "CXCL8")),
    "CCL2": (432, 608, 72, SLATE, gene("CCL2")),
    "PAI-1": (570, 608, 76, PLUM, gene("PAI-1", "SERPINE1")),
    "Bcl-xL": (722, 608, 80, RUST, gene("Bcl-xL", "BCL2L1")),
    "MCL1": (816, 608, 76, RUST, gene("MCL1")),
}
DOWN: tuple[tuple[str, str, Head], ...] = (
    ("TNF-α", "TNFR1", "arrow"),
    ("IL-1β", "IL1R1", "arrow"),
    ("TGF-β", "TGFBR1/2", "arrow"),
    ("IL-6", "gp130", "arrow"),
    ("TNFR1", "TRADD", "arrow"),
    ("IL1R1", "MyD88", "arrow"),
    ("MyD88", "IRAK1/4", "arrow"),
    ("IRAK1/4", "TRAF6", "arrow"),
    ("TRAF2", "TAK1", "arrow"),
    ("TAK1", "IKKα/β", "arrow"),
    ("FADD", "Caspase-8", "arrow"),
    ("Caspase-8", "Caspase-3", "arrow"),
    ("IκBα", "NF-κB", "bar"),
    ("TGFBR1/2", "SMAD2/3", "arrow"),
    ("SMAD2/3", "SMAD4", "arrow"),
    ("SMAD4", "PAI-1", "arrow"),
    ("gp130", "JAK1/TYK2", "arrow"),
    ("NF-κB", "CCL2", "arrow"),
)


def draw(fonts: dict[str, Path]) -> Canvas:
    """Draw the figure."""
    c = Canvas(904, 680, "#ffffff", fonts)
    cell(c)
    nodes = {name: node(c, *spot) for name, spot in NODES.items()}
    for source, target, head in DOWN:
        line(c, [nodes[source].side("bottom"), nodes[target].side("top")], (source, target), head)
    aside(c, nodes)
    words(c)
    return c


def cell(c: Canvas) -> None:
    """Draw the outside, the membrane of two rows of lipids, the endosome and the nucleus with its DNA."""
    c.box(Node(452, 340, 880, 656), fill="#eef3f8", radius=16)
    c.box(Node(452, 399, 880, 538), fill="#fdf9f1", radius=16)
    c.box(Node(452, 180, 880, 100), fill="#fdf9f1")
    for i in range(89):
        x = 24 + i * 9.73
        for y, tail in ((119, 129), (143, 133)):
            c.stroke([(x, y), (x, tail)], colour="#d9c8a4", width=1.1)
            c.disc(Node(x, y, 7.4, 7.4), fill="#ecd9ae", line="#c7ab6d", width=0.8)
    c.disc(Node(476, 205, 108, 66), fill="#f1f8f6", rim="#d3e8e3", line="#7fb3a9", width=2)
    c.box(Node(560, 600, 640, 108), fill="#e9e6f4", line="#9a92c4", width=2, radius=46)
    for shift, colour in ((0, "#9a92c4"), (math.pi, "#c3bce0")):
        wave = [(292 + i * 2.0, 640 + 5 * math.sin(i / 4.2 + shift)) for i in range(274)]
        c.stroke(wave, colour=colour, width=2)


def node(c: Canvas, x: float, y: float, w: float, fill: str, name: Name) -> Node:
    """Draw a dark node with its name."""
    drawn = c.box(Node(x, y, w, 30, name=name.text), fill=fill, radius=13)
    c.write(x, y, name.text, name, face="Lato-Bold", size=15, colour="#ffffff")
    return drawn


def line(c: Canvas, points: list[Point], edge: tuple[str, str] | None = None, head: Head = "arrow") -> None:
    """Draw an arrow or a bar in the style of this figure."""
    colour = "#b3382c" if head == "bar" else INK
    c.arrow(points, edge=edge, head=head, colour=colour, width=2, size=10)


def aside(c: Canvas, n: dict[str, Node]) -> None:
    """Draw the lines that do not run straight down."""
    line(c, [n["TRADD"].side("bottom", -18), n["FADD"].side("top", 12)], ("TRADD", "FADD"))
    line(c, [n["TRADD"].side("bottom", 18), n["TRAF2"].side("top", -12)], ("TRADD", "TRAF2"))
    line(c, [n["TRAF6"].side("left"), n["TAK1"].side("right")], ("TRAF6", "TAK1"))
    line(c, [n["TLR7/8"].side("left", gap=16), n["MyD88"].side("right")], ("TLR7/8", "MyD88"))
    line(c, [n["IKKα/β"].side("right"), n["IκBα"].side("left")], ("IKKα/β", "IκBα"), "bar")
    line(c, [n["NF-κB"].side("bottom", -20), n["IL-8"].side("top", 12)], ("NF-κB", "IL-8"))
    corner = n["TGFBR1/2"].side("right", gap=5)
    line(c, [n["SMAD7"].side("top"), (642, 130), corner], ("SMAD7", "TGFBR1/2"), "bar")
    line(c, [n["JAK1/TYK2"].side("bottom", 12), n["p-STAT3"].side("top")], ("JAK1/TYK2", "p-STAT3"))
    line(c, [n["p-STAT3"].side("left"), n["SOCS3"].side("right")], ("p-STAT3", "SOCS3"))
    rise = n["SOCS3"].side("top", 20)
    line(c, [rise, (rise[0], 215), n["JAK1/TYK2"].side("left", gap=5)], ("SOCS3", "JAK1/TYK2"), "bar")
    line(c, [n["p-STAT3"].side("bottom", -12), n["Bcl-xL"].side("top", 10)], ("p-STAT3", "Bcl-xL"))
    line(c, [n["p-STAT3"].side("bottom", 12), n["MCL1"].side("top", -8)], ("p-STAT3", "MCL1"))
    line(c, [n["Caspase-3"].side("bottom"), (106, 463)])


def words(c: Canvas) -> None:
    """Write what names no gene."""
    c.write(332, 399, "phosphorylation", face="Lato-Italic", size=12.5, colour=INK)
    c.write(106, 476, "Apoptosis", face="Lato-Bold", size=15, colour=NAVY)
    c.write(476, 247, "endosome", face="Lato-Italic", size=12.5, colour="#3f7d72")
    c.write(648, 572, "nucleus", face="Lato-Italic", size=13, colour="#5b5390")
    c.arrow([(42, 150), (42, 520)], colour="#9aa5b5", width=5, size=16)
    c.write(27, 330, "Inflammatory signal", face="Lato-Bold", size=13.5, colour="#5a6575", upright=True)
