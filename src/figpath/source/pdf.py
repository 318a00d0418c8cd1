"""Figures of PDF files with their captions, rendered at 200 dpi or more; pictures at their own resolution."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from figpath.errors import FigpathError, InputError
from figpath.figure import Figure, Paper
from figpath.source.found import Source, Unusable
from figpath.source.images import MIN_SIDE, encode_png, figure_id_of
from figpath.source.numbers import figure_number
from figpath.source.pdf_layout import Drawn, regions_of
from figpath.source.pdf_text import TextLine, captions_of, lines_of
from figpath.source.titles import figure_title

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from figpath.source.pdf_layout import Region
    from figpath.source.pdf_text import Box

MAX_BYTES = 500_000_000
"""Of one file."""
MAX_PAGES = 500
"""Pages that are looked at; those after them are named as unusable."""
MAX_THINGS = 50_000
"""Paths, pictures and pieces of text on a page; beyond them the page is not taken apart."""
LOWEST_DPI, HIGHEST_DPI = 200, 600
MAX_PIXELS = 40_000_000
"""Of one rendered figure: a whole page at 600 dpi has 35 million."""

_MARGIN = 4.0  # points around a figure
_POINTS = 72.0  # an inch
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+[^\s\"<>.,;)]")


class _Show(Protocol):
    """Turns a box of a page's own coordinates into one of the page as it is shown."""

    def __call__(self, box: Box) -> Box: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What stands on a page; `sharpness` are the boxes of its pictures and their own resolution in dpi."""

    size: tuple[float, float]
    lines: tuple[TextLine, ...]
    drawn: tuple[Drawn, ...]
    sharpness: tuple[tuple[Box, float], ...]


def is_pdf(start: bytes) -> bool:
    """Tell whether a file's first bytes are those of a PDF file."""
    return b"%PDF-" in start[:1024]


def figures_of_pdf(path: Path) -> Iterator[Source | Unusable]:
    """Yield the figures of a PDF file, page by page; a page that fails is a value.

    Parameters
    ----------
    path
        The file. Figure ids are ``{stem}__p{page}_{n}``, pages and figures counted from 1.
    """
    import pypdfium2

    try:
        document = _open(path)
    except FigpathError as error:
        yield _unusable(path, f"cannot read {path}: {error}")
        return
    with document:
        count, paper, found = len(document), Paper(), 0
        for number in range(min(count, MAX_PAGES)):
            try:
                page = document[number]
                layout = _page(page)
                paper = paper if number else _paper(document, layout)
                for source in _figures(path, page, layout, number + 1, paper):
                    found += 1
                    yield source
                page.close()
            except (pypdfium2.PdfiumError, FigpathError, OSError, ValueError, MemoryError) as error:
                found += 1
                yield _unusable(path, f"cannot read page {number + 1} of {path}: {' '.join(str(error).split())[:200]}")
    if count > MAX_PAGES:
        yield _unusable(path, f"cannot read all of {path}: it has {count:,} pages, at most {MAX_PAGES} are; split it")
    elif not found:
        yield _unusable(path, f"no figure in {path}: none of its {count} pages has a picture or a drawing of that size")


def _open(path: Path) -> Any:
    import pypdfium2

    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(f"the PDF file has {size:,} bytes, at most {MAX_BYTES:,} are read")
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        # PDFium remembers the reason of the failure before, so the file has a say.
        if "password" in str(error).lower() and b"/Encrypt" in path.read_bytes():
            raise InputError("the PDF file is encrypted; save it without its password") from error
        raise InputError("the PDF file is damaged or cut short; fetch it again") from error
    except OSError as error:
        raise InputError(error.strerror or str(error)) from error


def _figures(path: Path, page: Any, layout: _Page, number: int, paper: Paper) -> Iterator[Source]:
    captions = captions_of(layout.lines)
    for count, region in enumerate(regions_of(layout.size, layout.drawn, layout.lines, captions), start=1):
        figid = figure_id_of(f"{path.stem[:180]}__p{number}_{count}")
        yield Source(
            figure=_figure(figid, region, paper),
            picture=_rendered(page, region.box, layout),
            name=f"{path}: page {number}",
        )


def _figure(figid: str, region: Region, paper: Paper) -> Figure:
    caption = region.caption
    if caption is None:
        return Figure(figid=figid, filename=f"{figid}.png", paper=paper)
    return Figure(
        figid=figid,
        number=figure_number(caption.label),
        title=figure_title("", caption=caption.text, paper_title=paper.title),
        caption=caption.text,
        filename=f"{figid}.png",
        paper=paper,
    )


def _paper(document: Any, first: _Page) -> Paper:
    """Return what a file says about itself: its title, and the DOI printed on the first page."""
    title = " ".join(str(document.get_metadata_dict().get("Title", "")).split())
    found = _DOI.search(" ".join(line.text for line in first.lines))
    return Paper(title=title if len(title) > 15 and " " in title else "", doi=found[0] if found else "")


def _page(page: Any) -> _Page:
    show, size = _shown(page)
    drawn, sharpness = _drawn(page, show, size)
    return _Page(size=size, lines=tuple(_lines(page, show)), drawn=tuple(drawn), sharpness=tuple(sharpness))


def _shown(page: Any) -> tuple[_Show, tuple[float, float]]:
    left, bottom, right, top = page.get_cropbox()
    width, height = right - left, top - bottom
    turn = page.get_rotation() % 360

    def show(box: Box) -> Box:
        x0, y0, x1, y1 = box[0] - left, box[1] - bottom, box[2] - left, box[3] - bottom
        if turn == 90:
            return y0, width - x1, y1, width - x0
        if turn == 180:
            return width - x1, height - y1, width - x0, height - y0
        return (height - y1, x0, height - y0, x1) if turn == 270 else (x0, y0, x1, y1)

    return show, tuple(page.get_size())


def _lines(page: Any, show: _Show) -> list[TextLine]:
    text = page.get_textpage()
    try:
        count = text.count_rects()
        if count > MAX_THINGS:
            raise InputError(f"it has {count:,} pieces of text, at most {MAX_THINGS:,} are read")
        boxes = [text.get_rect(number) for number in range(count)]
        pieces = [TextLine(show(box), text.get_text_bounded(*box).strip("\r\n")) for box in boxes]
    finally:
        text.close()
    return lines_of([piece for piece in pieces if piece.text.strip() and piece.height > 0])


def _drawn(page: Any, show: _Show, size: tuple[float, float]) -> tuple[list[Drawn], list[tuple[Box, float]]]:
    from pypdfium2 import raw

    drawn: list[Drawn] = []
    sharpness: list[tuple[Box, float]] = []
    for thing, bounds in _things(page):
        if thing.type not in {
            raw.FPDF_PAGEOBJ_PATH,
            raw.FPDF_PAGEOBJ_IMAGE,
            raw.FPDF_PAGEOBJ_SHADING,
            raw.FPDF_PAGEOBJ_FORM,
        }:
            continue
        box = _clipped(show(bounds), size)
        if box is None:
            continue
        picture = thing.type == raw.FPDF_PAGEOBJ_IMAGE
        drawn.append(Drawn(box, picture))
        if picture:
            sharpness.append((box, _POINTS * thing.get_px_size()[0] / max(1.0, bounds[2] - bounds[0])))
    return drawn, sharpness


def _things(page: Any) -> Iterator[tuple[Any, Box]]:
    """Yield what is drawn on a page with its bounds; of a form that fills the page, what is in it."""
    from pypdfium2 import raw

    width, height = page.get_width(), page.get_height()
    for count, thing in enumerate(page.get_objects(max_depth=1)):
        if count > MAX_THINGS:
            raise InputError(f"it has more than {MAX_THINGS:,} drawn things")
        bounds = thing.get_bounds()
        area = (bounds[2] - bounds[0]) * (bounds[3] - bounds[1])
        if thing.type == raw.FPDF_PAGEOBJ_FORM and area > 0.5 * width * height:
            matrix = thing.get_matrix()
            for inner in page.get_objects(max_depth=2, form=thing, level=1):
                yield inner, tuple(matrix.on_rect(*inner.get_bounds()))
        else:
            yield thing, bounds


def _clipped(box: Box, size: tuple[float, float]) -> Box | None:
    left, bottom, right, top = max(0.0, box[0]), max(0.0, box[1]), min(size[0], box[2]), min(size[1], box[3])
    return (left, bottom, right, top) if left <= right and bottom <= top else None


def _rendered(page: Any, box: Box, layout: _Page) -> bytes:
    """Return a part of a page as PNG, at least at `LOWEST_DPI` and sharp enough for the pictures in it."""
    width, height = layout.size
    left, bottom = max(0.0, box[0] - _MARGIN), max(0.0, box[1] - _MARGIN)
    right, top = min(width, box[2] + _MARGIN), min(height, box[3] + _MARGIN)
    inches = (right - left) * (top - bottom) / _POINTS**2
    if inches <= 0:
        raise InputError("a figure on it has no area")
    own = [dpi for other, dpi in layout.sharpness if _covers(other, box)]
    dpi = min(max([LOWEST_DPI, *own]), HIGHEST_DPI, (MAX_PIXELS / inches) ** 0.5)
    if min(right - left, top - bottom) * dpi < MIN_SIDE * _POINTS:
        raise InputError("a figure on it is too thin to be read")
    bitmap = page.render(scale=dpi / _POINTS, crop=(left, bottom, width - right, height - top))
    try:
        return encode_png(_rgb(bitmap))
    finally:
        bitmap.close()


def _covers(picture: Box, box: Box) -> bool:
    shared = max(0.0, min(picture[2], box[2]) - max(picture[0], box[0])) * max(
        0.0, min(picture[3], box[3]) - max(picture[1], box[1])
    )
    return shared > 0.2 * (box[2] - box[0]) * (box[3] - box[1])


def _rgb(bitmap: Any) -> Any:
    import numpy as np

    return np.array(bitmap.to_pil().convert("RGB"), dtype=np.uint8)


def _unusable(path: Path, reason: str) -> Unusable:
    return Unusable(path=path, reason=reason, figure=Figure(figid=figure_id_of(path.stem)))
