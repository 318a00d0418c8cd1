"""Lines and captions on a page of a PDF, from boxes of text. Boxes are (left, bottom, right, top) in points."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top in points (1/72 inch), origin bottom left of the page as it is shown."""

_CAPTION = re.compile(
    r"(?P<label>(?:(?:supplement(?:ary|al)?|extended data|appendix)\s+)?(?P<kind>fig(?:ure)?|scheme|chart|table)\b\.?"
    r"\s*[A-Z]{0,2}\d+[A-Za-z]?)\s*(?P<mark>[.:|–—])?\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_TALL = 2.2  # times the height of the usual piece of text
_SAME_LEVEL = 0.55  # of the shorter of two pieces of text
_PARAGRAPH, _LONG = 4, 22  # lines, and letters in a line on average
_GAP = 0.9  # line heights between the lines of one caption
# PDFium writes \x02 or \ufffe where a line ends with a hyphen.
_HYPHENS = "-\u00ad\u2010\ufffe\x02"


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text and where it stands."""

    box: Box
    text: str

    @property
    def height(self) -> float:
        """In points."""
        return self.box[3] - self.box[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """A caption of a figure or a table.

    Parameters
    ----------
    box
        Around its lines.
    label
        As printed, ``Fig. 3``.
    text
        Without the label.
    table
        Whether it is that of a table.
    """

    box: Box
    label: str
    text: str
    table: bool


def union(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around boxes."""
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def overlap(low: float, high: float, other_low: float, other_high: float) -> float:
    """Return the length that two spans share, as a part of the shorter one; negative lengths count as none."""
    shared = min(high, other_high) - max(low, other_low)
    return max(0.0, shared) / max(1e-6, min(high - low, other_high - other_low))


def lines_of(pieces: Sequence[TextLine]) -> list[TextLine]:
    """Join pieces of text that stand side by side into lines, top to bottom; columns stay apart."""
    usual = sorted(piece.height for piece in pieces)[len(pieces) // 2] if pieces else 0.0
    rows: list[list[TextLine]] = []
    upright: list[TextLine] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.height, -piece.box[3])):  # raised and small letters last
        if piece.height > _TALL * usual:  # turned by 90 degrees, or a heading
            upright.append(piece)
            continue
        levels = [overlap(row[0].box[1], row[0].box[3], piece.box[1], piece.box[3]) for row in rows]
        best = max(range(len(rows)), key=levels.__getitem__, default=-1)
        if best >= 0 and levels[best] > _SAME_LEVEL:
            rows[best].append(piece)
        else:
            rows.append([piece])
    lines = [line for row in rows for line in _lines_in(row)]
    return sorted(lines + upright, key=lambda line: (-line.box[3], line.box[0]))


def _lines_in(row: Sequence[TextLine]) -> list[TextLine]:
    """Join the pieces of one level, from left to right; a wide gap parts two columns."""
    lines: list[TextLine] = []
    for piece in sorted(row, key=lambda piece: piece.box[0]):
        if lines and piece.box[0] - lines[-1].box[2] < 0.9 * max(lines[-1].height, piece.height):
            lines[-1] = _joined(lines[-1], piece)
        else:
            lines.append(piece)
    return lines


def _joined(line: TextLine, piece: TextLine) -> TextLine:
    apart = piece.box[0] - line.box[2] > 0.12 * line.height
    space = " " if apart and not line.text.endswith(" ") else ""
    return TextLine(union((line.box, piece.box)), line.text + space + piece.text)


def running_text(lines: Sequence[TextLine]) -> frozenset[TextLine]:
    """Return the lines of paragraphs: several long lines close under each other that begin at the same place."""
    found: set[TextLine] = set()
    runs: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: -line.box[3]):
        for run in runs:
            last = run[-1]
            gap = last.box[1] - line.box[3]
            if abs(last.box[0] - line.box[0]) < 3 and -0.4 * line.height < gap < 0.8 * line.height:
                run.append(line)
                break
        else:
            runs.append([line])
    for run in runs:
        if len(run) >= _PARAGRAPH and sum(len(line.text) for line in run) > _LONG * len(run):
            found.update(run)
    return frozenset(found)


def captions_of(lines: Sequence[TextLine]) -> tuple[Caption, ...]:
    """Return the captions among the lines of a page: those that begin a block of text with a label.

    A line in the middle of a paragraph that happens to begin with ``Fig. 2`` begins none.
    """
    found = []
    for line in lines:
        starts = _CAPTION.match(line.text)
        if starts and _is_start(starts) and not _follows(line, lines):
            block = _block(line, lines)
            whole = _CAPTION.match(flowing([one.text for one in block]))
            if whole:
                found.append(
                    Caption(
                        box=union(one.box for one in block),
                        label=whole["label"].strip(),
                        text=whole["rest"].strip(),
                        table=whole["kind"].lower() == "table",
                    )
                )
    return tuple(found)


def _is_start(found: re.Match[str]) -> bool:
    rest = found["rest"].strip()
    return bool(found["mark"]) or not rest or rest[0].isupper() or rest[0] == "("


def _follows(line: TextLine, lines: Sequence[TextLine]) -> bool:
    """Tell whether a line goes on a paragraph: another stands close above it, as wide and as tall."""
    for other in lines:
        gap = other.box[1] - line.box[3]
        close = -0.3 * line.height < gap < 0.5 * line.height and other.box[1] > line.box[1]
        alike = abs(other.box[0] - line.box[0]) < 2 * line.height and 0.8 < other.height / line.height < 1.25
        if close and alike and other.box[2] - other.box[0] > 0.8 * (line.box[2] - line.box[0]):
            return True
    return False


def _block(first: TextLine, lines: Sequence[TextLine]) -> list[TextLine]:
    block = [first]
    for line in sorted(lines, key=lambda line: -line.box[3]):
        last, area = block[-1], union(one.box for one in block)
        gap = last.box[1] - line.box[3]
        below = line.box[1] < last.box[1] - 0.4 * last.height and gap < _GAP * first.height
        same = (
            overlap(area[0], area[2], line.box[0], line.box[2]) > 0.5 and abs(line.box[0] - area[0]) < 4 * first.height
        )
        alike = 0.7 < line.height / max(first.height, 1e-6) < 1.4
        if below and same and alike:
            if _CAPTION.match(line.text) and gap > 0.4 * first.height:
                break
            block.append(line)
    return block


def flowing(texts: Iterable[str]) -> str:
    """Join lines into running text; a word that is divided at the end of a line becomes whole again."""
    whole = ""
    for text in (" ".join(text.split()) for text in texts):
        if whole[-1:] and whole[-1] in _HYPHENS:
            divided = whole[-1] == "\u00ad" or (whole[-2:-1].islower() and text[:1].islower())
            whole = whole[:-1] + ("" if divided else "-") + text
        else:
            whole = f"{whole} {text}" if whole and text else whole or text
    return re.sub(r"[\x00-\x1f\ufffe]", "", whole).strip()
