"""Map in small boxes, as pathway databases draw them: insulin signalling with 10-pixel letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from canvas import Canvas, Head, Name, Node, gene

if TYPE_CHECKING:
    from pathlib import Path

    from geometry import Point

FORM = "png"
ABOUT: dict[str, object] = {
    "figid": "insulin_signalling_map",
    "title": "Insulin signalling",
    "caption": (
        "Insulin (INS) binds its receptor (INSR). IRS1 recruits PI3K, which turns PIP2 into PIP3; PTEN turns "
        "it back. PDPK1 and AKT1 pass the signal on to GSK3B, FOXO1, AS160 and mTOR; GRB2 and SOS1 lead to "
        "the ERK cascade. "
        "PTP1B and SOCS3 hold the receptor back in type 2 diabetes."
    ),
    "species": 9606,
}

FILL, LINE, INK = "#dff0dc", "#3d3d3d", "#1a1a1a"
W, H = 54, 19

PI3K = Name("PI3K", ("PIK3CA", "PIK3CB", "PIK3CD", "PIK3R1", "PIK3R2", "PIK3R3"), "family")
ROWS: dict[str, tuple[float, float, Name]] = {
    "INS": (58, 238, gene("INS")),
    "INSR": (146, 238, gene("INSR")),
    "SOCS3": (146, 168, gene("SOCS3")),
    "PTP1B": (146, 308, gene("PTP1B", "PTPN1")),
    "IRS1": (236, 238, gene("IRS1")),
    "PI3K": (326, 238, PI3K),
    "PTEN": (420, 176, gene("PTEN")),
    "PDPK1": (512, 238, gene("PDPK1")),
    "AKT1": (600, 238, gene("AKT1")),
    "SHC1": (236, 98, gene("SHC1")),
    "GRB2": (312, 98, gene("GRB2")),
    "SOS1": (388, 98, gene("SOS1")),
    "HRAS": (464, 98, gene("HRAS")),
    "RAF1": (540, 98, gene("RAF1")),
    "MEK1": (616, 98, gene("MEK1", "MAP2K1")),
    "ERK1/2": (694, 98, gene("ERK1/2", "MAPK3", "MAPK1")),
    "ELK1": (772, 98, gene("ELK1")),
    "GSK3B": (694, 168, gene("GSK3B")),
    "GYS1": (772, 168, gene("GYS1")),
    "FOXO1": (694, 238, gene("FOXO1")),
    "PCK1": (772, 227, gene("PCK1")),
    "G6PC1": (772, 249, gene("G6PC1")),
    "AS160": (694, 308, gene("AS160", "TBC1D4")),
    "GLUT4": (772, 308, gene("GLUT4", "SLC2A4")),
    "TSC1": (572, 361, gene("TSC1")),
    "TSC2": (628, 361, gene("TSC2")),
    "RHEB": (600, 432, gene("RHEB")),
    "mTOR": (694, 432, gene("mTOR", "MTOR")),
    "RPTOR": (694, 453, gene("RPTOR")),
    "MLST8": (694, 474, gene("MLST8")),
    "p70S6K": (790, 404, gene("p70S6K", "RPS6KB1")),
    "4EBP1": (790, 488, gene("4EBP1", "EIF4EBP1")),
    "RPS6": (874, 404, gene("RPS6")),
    "EIF4E": (874, 488, gene("EIF4E")),
    "LKB1": (326, 361, gene("LKB1", "STK11")),
    "PRKAA1": (420, 361, gene("PRKAA1")),
    "ACC1": (432, 432, gene("ACC1", "ACACA")),
}
OUTCOMES = {
    "Proliferation": (886, 98),
    "Glycogenesis": (886, 168),
    "Gluconeogenesis": (886, 238),
    "Glucose uptake": (886, 308),
    "Protein synthesis": (874, 446),
}
ALONG: tuple[tuple[str, str, Head], ...] = (
    ("INS", "INSR", "arrow"),
    ("INSR", "IRS1", "arrow"),
    ("IRS1", "PI3K", "arrow"),
    ("PDPK1", "AKT1", "arrow"),
    ("SHC1", "GRB2", "arrow"),
    ("GRB2", "SOS1", "arrow"),
    ("SOS1", "HRAS", "arrow"),
    ("HRAS", "RAF1", "arrow"),
    ("RAF1", "MEK1", "arrow"),
    ("MEK1", "ERK1/2", "arrow"),
    ("ERK1/2", "ELK1", "arrow"),
    ("GSK3B", "GYS1", "bar"),
    ("AKT1", "FOXO1", "bar"),
    ("AS160", "GLUT4", "bar"),
    ("RHEB", "mTOR", "arrow"),
    ("p70S6K", "RPS6", "arrow"),
    ("4EBP1", "EIF4E", "bar"),
    ("LKB1", "PRKAA1", "arrow"),
    ("PRKAA1", "TSC1", "arrow"),
)


def draw(fonts: dict[str, Path]) -> Canvas:
    """Draw the figure."""
    c = Canvas(968, 540, "#ffffff", fonts)
    c.write(24, 30, "Insulin signalling", face="LiberationSans-Bold", size=15, colour=INK, anchor="l")
    membrane(c)
    nodes = {name: box(c, x, y, text) for name, (x, y, text) in ROWS.items()}
    for source, target, head in ALONG:
        line(c, [nodes[source].side("right"), nodes[target].side("left")], (source, target), head)
    branches(c, nodes)
    lipids(c, nodes)
    around(c, nodes)
    return c


def membrane(c: Canvas) -> None:
    """Draw the cell's border behind the receptor, and where the outside ends."""
    for x in (114, 178):
        c.stroke([(x, 56), (x, 512)], colour="#b9b9b9", width=1, dash=5)
    c.write(146, 500, "membrane", face="LiberationSans-Italic", size=10.5, colour="#5f5f5f")


def box(c: Canvas, x: float, y: float, name: Name) -> Node:
    """Draw a gene's box with its name."""
    node = c.box(Node(x, y, W, H, name=name.text), fill=FILL, line=LINE, width=0.9)
    c.write(x, y, name.text, name, face="LiberationSans-Regular", size=11, colour=INK)
    return node


def line(c: Canvas, points: list[Point], edge: tuple[str, str] | None = None, head: Head = "arrow") -> None:
    """Draw an arrow or a bar in the style of this figure."""
    c.arrow(points, edge=edge, head=head, colour=LINE, width=1, size=7)


def branches(c: Canvas, n: dict[str, Node]) -> None:
    """Draw the lines that turn a corner or run up and down."""
    line(c, [n["SOCS3"].side("bottom"), n["INSR"].side("top")], ("SOCS3", "INSR"), "bar")
    line(c, [n["PTP1B"].side("top"), n["INSR"].side("bottom")], ("PTP1B", "INSR"), "bar")
    line(c, [n["INSR"].side("right", -5), (190, 233), (190, 98), n["SHC1"].side("left")], ("INSR", "SHC1"))
    out = n["AKT1"].side("right")
    line(c, [out, (648, 238), (648, 168), n["GSK3B"].side("left")], ("AKT1", "GSK3B"), "bar")
    line(c, [out, (648, 238), (648, 308), n["AS160"].side("left")], ("AKT1", "AS160"), "bar")
    line(c, [n["AKT1"].side("bottom"), (600, 348)], ("AKT1", "TSC2"), "bar")
    line(c, [(600, 374), n["RHEB"].side("top")], ("TSC2", "RHEB"), "bar")
    right = n["mTOR"].side("right", gap=0)
    line(c, [right, (744, 432), (744, 404), n["p70S6K"].side("left")], ("mTOR", "p70S6K"))
    line(c, [right, (744, 432), (744, 488), n["4EBP1"].side("left")], ("mTOR", "4EBP1"), "bar")
    line(c, [n["PRKAA1"].side("bottom", 12), n["ACC1"].side("top")], ("PRKAA1", "ACC1"), "bar")
    fork = (733, 238)
    c.stroke([n["FOXO1"].side("right"), fork], colour=LINE, width=1)
    line(c, [fork, (733, 227), n["PCK1"].side("left", gap=1)], ("FOXO1", "PCK1"))
    line(c, [fork, (733, 249), n["G6PC1"].side("left", gap=1)], ("FOXO1", "G6PC1"))


def lipids(c: Canvas, n: dict[str, Node]) -> None:
    """Draw the compounds: open circles with their name, and what makes and unmakes them."""
    pip3 = c.disc(Node(420, 238, 11, 11, round=True), fill="#ffffff", line=LINE, width=1)
    pip2 = c.disc(Node(420, 308, 11, 11, round=True), fill="#ffffff", line=LINE, width=1)
    amp = c.disc(Node(346, 408, 11, 11, round=True), fill="#ffffff", line=LINE, width=1)
    names = (
        (440, 253, Name("PIP3", ("phosphatidylinositol 3,4,5-trisphosphate",), "chemical")),
        (443, 308, Name("PIP2", ("phosphatidylinositol 4,5-bisphosphate",), "chemical")),
        (320, 408, Name("AMP", ("adenosine monophosphate",), "chemical")),
    )
    for x, y, name in names:
        c.write(x, y, name.text, name, face="LiberationSans-Regular", size=10.5, colour=INK)
    line(c, [n["PI3K"].side("right"), pip3.toward((300, 238))], ("PI3K", "PIP3"))
    line(c, [pip3.toward((500, 238)), n["PDPK1"].side("left")], ("PIP3", "PDPK1"))
    line(c, [n["PTEN"].side("bottom"), pip3.toward((420, 100))], ("PTEN", "PIP3"), "bar")
    line(c, [pip2.toward((420, 200)), pip3.toward((420, 400))])
    line(c, [amp.toward((400, 408)), (408, 408), n["PRKAA1"].side("bottom", -12)], ("AMP", "PRKAA1"))


def around(c: Canvas, n: dict[str, Node]) -> None:
    """Draw what the signal leads to, and the disease."""
    for text, (x, y) in OUTCOMES.items():
        c.box(Node(x, y, 100, 24), fill="#eef3fb", line="#5a7db3", width=1, radius=9)
        c.write(x, y, text, face="LiberationSans-Regular", size=11, colour=INK)
    for name in ("ELK1", "GYS1", "GLUT4"):
        line(c, [n[name].side("right"), (833, n[name].y)])
    for name, y in (("PCK1", 232), ("G6PC1", 244)):
        line(c, [n[name].side("right", gap=1), (818, n[name].y), (818, y), (833, y)])
    sick = c.box(Node(62, 400, 96, 24), fill="#fbeeee", line="#b35a5a", width=1, radius=9)
    diabetes = Name("Type 2 diabetes", ("Diabetes Mellitus, Type 2",), "disease")
    c.write(62, 400, diabetes.text, diabetes, face="LiberationSans-Regular", size=11, colour=INK)
    line(c, [sick.side("top"), (62, 308), n["PTP1B"].side("left")], (diabetes.text, "PTP1B"))
    line(c, [n["RPS6"].side("bottom"), (874, 431)])
    line(c, [n["EIF4E"].side("top"), (874, 461)])
