"""A drawing surface that remembers what was written on it.

Everything is drawn four times larger and scaled down at the end, which makes smooth edges; all measures
are in pixels of the finished picture, origin top left. A name that stands for something is given to
`Canvas.write` as a `Name`; its box is measured from the ink of its letters, so that the truth cannot drift
from the picture.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from geometry import Point, dashes, shortened
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Sequence

Colour: TypeAlias = str
Head: TypeAlias = Literal["arrow", "bar", "none"]

SCALE = 4
SIGNS = {"arrow": "activates", "bar": "inhibits", "none": "undirected"}


@dataclass(frozen=True, slots=True)
class Name:
    """A drawn name and what it stands for: approved symbols, or the usual name of a chemical or disease."""

    text: str
    symbols: tuple[str, ...]
    kind: Literal["gene", "family", "chemical", "disease"] = "gene"


def gene(text: str, *symbols: str) -> Name:
    """Return a gene's name; without symbols the name is the approved symbol."""
    return Name(text, symbols or (text,))


@dataclass(frozen=True, slots=True)
class Node:
    """A shape that lines can end on: an ellipse, or a rectangle when `round` is false."""

    x: float
    y: float
    w: float
    h: float
    round: bool = False
    name: str = ""

    def toward(self, point: Point, gap: float = 3) -> Point:
        """Return the point on the border, `gap` outside it, on the way to `point`."""
        dx, dy = point[0] - self.x, point[1] - self.y
        if self.round:
            reach = 1 / math.hypot(dx / (self.w / 2), dy / (self.h / 2))
        else:
            reach = 1 / max(abs(dx) / (self.w / 2), abs(dy) / (self.h / 2))
        reach += gap / math.hypot(dx, dy)
        return (self.x + dx * reach, self.y + dy * reach)

    def side(self, where: Literal["left", "right", "top", "bottom"], at: float = 0, gap: float = 3) -> Point:
        """Return the middle of a side of a rectangle, `at` pixels along it and `gap` outside it."""
        dx, dy = {"left": (-1, 0), "right": (1, 0), "top": (0, -1), "bottom": (0, 1)}[where]
        x, y = self.x + dx * (self.w / 2 + gap), self.y + dy * (self.h / 2 + gap)
        return (x + at, y) if dx == 0 else (x, y + at)


@dataclass(slots=True)
class Canvas:
    """A picture under construction and its truth so far.

    Parameters
    ----------
    width, height
        Size of the finished picture.
    background
        Its colour.
    fonts
        Folder-independent map from face name, such as ``Lato-Bold``, to font file.
    """

    width: int
    height: int
    background: Colour
    fonts: dict[str, Path]
    mentions: list[dict[str, object]] = field(default_factory=list)
    edges: list[dict[str, object]] = field(default_factory=list)
    image: Image.Image = field(init=False)
    pen: ImageDraw.ImageDraw = field(init=False)

    def __post_init__(self) -> None:
        self.image = Image.new("RGB", (self.width * SCALE, self.height * SCALE), self.background)
        self.pen = ImageDraw.Draw(self.image)

    def finished(self) -> Image.Image:
        """Return the picture at its own size."""
        return self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)

    # ---- text

    def write(
        self,
        x: float,
        y: float,
        text: str,
        *names: Name,
        face: str,
        size: float,
        colour: Colour = "#222222",
        anchor: Literal["m", "l", "r"] = "m",
        upright: bool = False,
    ) -> None:
        """Write a line centred on height `y`; what stands between ``^`` marks is raised.

        Each of `names` is looked for in the text and recorded with the box of its ink. With `upright` the
        line runs upward, centred on ``(x, y)``, and records nothing.
        """
        runs = [(part, i % 2 == 1) for i, part in enumerate(text.split("^")) if part]
        normal, small = self._font(face, size), self._font(face, size * 0.7)
        lengths = [(small if raised else normal).getlength(part) for part, raised in runs]
        if upright:
            self._write_upward(x, y, text, normal, colour)
            return
        left = x * SCALE - {"m": 0.5, "l": 0.0, "r": 1.0}[anchor] * sum(lengths)
        base = y * SCALE + normal.getbbox("H", anchor="ls")[1] * -0.5
        at = left
        boxes: list[tuple[float, float, float, float]] = []
        for (part, raised), length in zip(runs, lengths, strict=True):
            font, line = (small, base - size * SCALE * 0.36) if raised else (normal, base)
            self.pen.text((at, line), part, fill=colour, font=font, anchor="ls")
            boxes += self._letters(font, part, at, line)
            at += length
        plain = text.replace("^", "")
        for name in names:
            start = plain.index(name.text)
            self._record(name, boxes[start : start + len(name.text)])

    def _font(self, face: str, size: float) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(self.fonts[face], round(size * SCALE), layout_engine=ImageFont.Layout.BASIC)

    @staticmethod
    def _letters(
        font: ImageFont.FreeTypeFont, part: str, x: float, y: float
    ) -> list[tuple[float, float, float, float]]:
        boxes = []
        for i, letter in enumerate(part):
            x0, y0, x1, y1 = font.getbbox(letter, anchor="ls")
            at = x + font.getlength(part[:i])
            boxes.append((at + x0, y + y0, at + x1, y + y1))
        return boxes

    def _record(self, name: Name, letters: Sequence[tuple[float, float, float, float]]) -> None:
        x0, y0 = (math.floor(min(box[i] for box in letters) / SCALE) for i in (0, 1))
        x1, y1 = (math.ceil(max(box[i] for box in letters) / SCALE) for i in (2, 3))
        for known in self.mentions:
            if (known["text"], known["kind"]) == (name.text, name.kind):
                known["occurrences"] = int(str(known["occurrences"])) + 1
                return
        self.mentions.append(
            {
                "text": name.text,
                "kind": name.kind,
                "symbols": list(name.symbols),
                "box": [x0, y0, x1, y1],
                "occurrences": 1,
            }
        )

    def _write_upward(self, x: float, y: float, text: str, font: ImageFont.FreeTypeFont, colour: Colour) -> None:
        x0, y0, x1, y1 = (round(v) for v in font.getbbox(text))
        mask = Image.new("L", (x1 - x0, y1 - y0), 0)
        ImageDraw.Draw(mask).text((-x0, -y0), text, fill=255, font=font)
        mask = mask.rotate(90, expand=True)
        corner = (round(x * SCALE - mask.width / 2), round(y * SCALE - mask.height / 2))
        self.image.paste(Image.new("RGB", mask.size, colour), corner, mask)

    # ---- shapes

    def box(
        self,
        node: Node,
        *,
        fill: Colour | None,
        line: Colour | None = None,
        width: float = 1.2,
        radius: float = 0,
    ) -> Node:
        """Draw a rectangle, its corners rounded by `radius`."""
        x0, y0, x1, y1 = self._frame(node)
        self.pen.rounded_rectangle(
            (x0, y0, x1, y1),
            radius * SCALE,
            fill=fill,
            outline=line,
            width=round(width * SCALE) if line else 0,
        )
        return node

    def disc(
        self,
        node: Node,
        *,
        fill: Colour,
        line: Colour | None = None,
        width: float = 1.2,
        rim: Colour | None = None,
    ) -> Node:
        """Draw an ellipse; with `rim` its colour runs from `fill` in the middle to `rim` at the border."""
        turns = np.linspace(0, 2 * math.pi, 181)
        points = [(node.x + node.w / 2 * math.cos(t), node.y + node.h / 2 * math.sin(t)) for t in turns]
        self.blob(points, fill=fill, line=line, width=width, rim=rim)
        return node

    def blob(
        self,
        points: Sequence[Point],
        *,
        fill: Colour,
        line: Colour | None = None,
        width: float = 1.2,
        rim: Colour | None = None,
    ) -> None:
        """Draw a closed shape; with `rim` its colour runs from `fill` in the middle to `rim` outside."""
        outline = [(x * SCALE, y * SCALE) for x, y in points]
        mask = Image.new("L", self.image.size, 0)
        ImageDraw.Draw(mask).polygon(outline, fill=255)
        frame = mask.getbbox()
        if frame is None:
            return
        shade = self._shade(frame, fill, rim or fill)
        self.image.paste(shade, frame[:2], mask.crop(frame))
        if line:
            self.pen.line([*outline, *outline[:2]], fill=line, width=round(width * SCALE), joint="curve")

    @staticmethod
    def _shade(frame: tuple[int, int, int, int], inner: Colour, outer: Colour) -> Image.Image:
        w, h = frame[2] - frame[0], frame[3] - frame[1]
        if inner == outer:
            return Image.new("RGB", (w, h), inner)
        y, x = np.mgrid[0:h, 0:w].astype(np.float32)
        far = np.clip(np.hypot((x - w * 0.46) / (w * 0.55), (y - h * 0.44) / (h * 0.55)), 0, 1) ** 1.6
        ends = [np.array(tuple(bytes.fromhex(c[1:])), dtype=np.float32) for c in (inner, outer)]
        return Image.fromarray((ends[0] + (ends[1] - ends[0]) * far[:, :, None]).round().astype(np.uint8))

    def _frame(self, node: Node) -> tuple[float, float, float, float]:
        x, y, w, h = (v * SCALE for v in (node.x, node.y, node.w, node.h))
        return (x - w / 2, y - h / 2, x + w / 2, y + h / 2)

    # ---- lines

    def stroke(self, points: Sequence[Point], *, colour: Colour, width: float, dash: float = 0) -> None:
        """Draw a line through points with round joints and ends; with `dash` it is broken."""
        pieces = dashes(points, dash) if dash else [list(points)]
        thick = width * SCALE
        for piece in pieces:
            scaled = [(x * SCALE, y * SCALE) for x, y in piece]
            self.pen.line(scaled, fill=colour, width=round(thick))
            r = thick / 2
            for x, y in scaled:  # Pillow's own joints leave hairlines in thick curves
                self.pen.ellipse((x - r, y - r, x + r, y + r), fill=colour)

    def arrow(
        self,
        points: Sequence[Point],
        *,
        edge: tuple[str, str] | None = None,
        head: Head = "arrow",
        colour: Colour = "#333333",
        width: float = 1.6,
        size: float = 9,
        dash: float = 0,
    ) -> None:
        """Draw a line whose head lies on the last point; `edge` records the names that it joins."""
        (x0, y0), (x1, y1) = shortened(points, size)[-1], points[-1]
        far = math.hypot(x1 - x0, y1 - y0)
        ux, uy = (x1 - x0) / far, (y1 - y0) / far
        if head == "arrow":
            back = (x1 - ux * size * 0.8, y1 - uy * size * 0.8)
            self.stroke([*shortened(points, size * 0.8), back], colour=colour, width=width, dash=dash)
            wing = size * 0.42
            tip = [(x1, y1), (x1 - ux * size - uy * wing, y1 - uy * size + ux * wing), back]
            tip.append((x1 - ux * size + uy * wing, y1 - uy * size - ux * wing))
            self.pen.polygon([(x * SCALE, y * SCALE) for x, y in tip], fill=colour)
        else:
            self.stroke(points, colour=colour, width=width, dash=dash)
        if head == "bar":
            wing = size * 0.6
            ends = [(x1 - uy * wing, y1 + ux * wing), (x1 + uy * wing, y1 - ux * wing)]
            self.stroke(ends, colour=colour, width=width * 1.15)
        if edge:
            self.edges.append({"source": edge[0], "target": edge[1], "sign": SIGNS[head]})
