"""A figure's picture, and the figure in the forms that other programs read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, Request
from fastapi import Path as PathParameter
from fastapi.responses import Response

from figpath.errors import FigpathError
from figpath.publish import gmt, network, pfocr, pfocr_tables, table
from figpath.publish.network_formats import FORMATS
from figpath.record import to_json
from figpath.serve.answers import tagged
from figpath.serve.api import Figid
from figpath.serve.failures import FAILURES, MissingError
from figpath.serve.reading_room import SHOWN_AS_IS
from figpath.serve.site import site_of

if TYPE_CHECKING:
    from figpath.entry import Picture
    from figpath.publish.network import Network
    from figpath.publish.network_formats import NetworkFormat
    from figpath.record import Record
    from figpath.serve.desk import Desk
    from figpath.source.pfocr import PfocrRecord

router = APIRouter(tags=["files"], responses=FAILURES)

_KEPT = "max-age=3600"
_XML, _TSV, _TEXT = "application/xml", "text/tab-separated-values", "text/plain"

PLACEHOLDER: Final = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 160" role="img" aria-label="No picture">'
    b'<rect width="240" height="160" fill="#e6eaf0"/>'
    b'<g fill="none" stroke="#566173" stroke-width="2"><rect x="52" y="36" width="48" height="24" rx="6"/>'
    b'<rect x="140" y="36" width="48" height="24" rx="12" stroke-dasharray="3 4"/>'
    b'<path d="M100 48h34m-6-5 6 5-6 5M76 60v18m88-18v18"/></g>'
    b'<text x="120" y="112" text-anchor="middle" font-family="sans-serif" font-size="14" fill="#38424f">'
    b"picture not kept</text></svg>"
)
"""What stands for a picture that the corpus does not have."""


class Contents:
    """What the forms of one figure are made from; several of them share the network, others PFOCR's rows.

    Parameters
    ----------
    record
        The figure.
    """

    def __init__(self, record: Record) -> None:
        self.record = record

    @cached_property
    def network(self) -> Network:
        """Nodes and edges."""
        return network.from_record(self.record)

    @cached_property
    def pfocr(self) -> PfocrRecord:
        """What PFOCR's files say."""
        return pfocr.from_record(self.record)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileForm:
    """A form of one figure.

    Parameters
    ----------
    name
        In the address.
    label
        For people.
    ending
        What follows the figid in the name of the file.
    media_type
        Of the file.
    make
        Makes it.
    """

    name: str
    label: str
    ending: str
    media_type: str
    make: Callable[[Contents], bytes]

    def write(self, record: Record) -> bytes:
        """Return a record in this form."""
        return self.make(Contents(record))


def _gmt(contents: Contents) -> bytes:
    record = contents.record
    taxa = record.organisms or (9606,)
    sets = [one for taxon in taxa for one in gmt.gene_sets([record], taxon=taxon, names="all")]
    return gmt.to_gmt(sets).encode()


def _network(contents: Contents, *, form: NetworkFormat) -> bytes:
    return form.write(contents.network)


_LABELS = {"cx2": "CX2 for Cytoscape", "gpml": "GPML for PathVisio", "graphml": "GraphML", "sif": "SIF"}
_NETWORK_TYPES = {"cx2": "application/json", "sif": _TEXT}
FORMS: Final = (
    FileForm(
        name="tsv", label="Names (TSV)", ending=".tsv", media_type=_TSV,
        make=lambda contents: table.to_tsv(table.mention_rows(contents.record)).encode(),
    ),
    FileForm(name="gmt", label="Gene set (GMT)", ending=".gmt", media_type=_TEXT, make=_gmt),
    *(
        FileForm(
            name=form.name,
            label=_LABELS.get(form.name, "Data nodes for PathVisio"),
            ending=form.ending,
            media_type=_NETWORK_TYPES.get(form.name, _XML),
            make=partial(_network, form=form),
        )
        for form in FORMATS
    ),
    FileForm(
        name="json", label="Record (JSON)", ending=".json", media_type="application/json",
        make=lambda contents: to_json(contents.record),
    ),
    FileForm(
        name="pfocr", label="PFOCR page", ending=".md", media_type="text/markdown",
        make=lambda contents: pfocr.page_text(contents.pfocr).encode(),
    ),
    FileForm(
        name="pfocr-genes", label="PFOCR genes", ending="-genes.tsv", media_type=_TSV,
        make=lambda contents: pfocr_tables.genes_tsv(contents.pfocr.genes).encode(),
    ),
    FileForm(
        name="pfocr-chemicals", label="PFOCR chemicals", ending="-chemicals.tsv", media_type=_TSV,
        make=lambda contents: pfocr_tables.chemicals_tsv(contents.pfocr.chemicals).encode(),
    ),
    FileForm(
        name="pfocr-diseases", label="PFOCR diseases", ending="-diseases.tsv", media_type=_TSV,
        make=lambda contents: pfocr_tables.diseases_tsv(contents.pfocr.diseases).encode(),
    ),
)  # fmt: skip
"""Every form, in the order in which a page offers them."""

_BY_NAME = {form.name: form for form in FORMS}
_OVERLAY = "overlay"


@router.get("/api/figures/{figid}/files/{form}", response_class=Response)
async def figure_file(
    request: Request,
    figid: Figid,
    form: Annotated[str, PathParameter(max_length=40, description=f"One of {', '.join((*_BY_NAME, _OVERLAY))}.")],
) -> Response:
    """Return a figure in one of the forms of other programs, or its picture with the names marked (``overlay``)."""
    if form == _OVERLAY:
        data = await site_of(request).desks.ask(lambda desk: _drawn_on(desk, figid))
        return tagged(request, data, "image/png", name=f"{figid}-names.png")
    chosen = _BY_NAME.get(form)
    if chosen is None:
        raise MissingError(f"there is no form {form[:40]!r}: the forms are {', '.join((*_BY_NAME, _OVERLAY))}")
    data = await site_of(request).desks.ask(lambda desk: chosen.write(desk.record(figid)))
    return tagged(request, data, chosen.media_type, name=f"{figid}{chosen.ending}")


@router.get("/api/figures/{figid}/picture", response_class=Response)
async def picture(request: Request, figid: Figid) -> Response:
    """Return the picture of a figure."""
    data, media_type = await site_of(request).desks.ask(lambda desk: shown(figid, desk.picture(figid)))
    return tagged(request, data, media_type, cache=_KEPT)


@router.get("/api/figures/{figid}/thumbnail", response_class=Response)
async def thumbnail(request: Request, figid: Figid) -> Response:
    """Return a small JPEG of a figure."""
    data = await site_of(request).desks.ask(lambda desk: desk.store.thumbnail(figid))
    if not data:
        raise MissingError(f"the corpus has no thumbnail of the figure {figid}")
    return tagged(request, data, "image/jpeg", cache=_KEPT)


@router.get("/thumbnails/{figid}", response_class=Response, include_in_schema=False)
async def thumbnail_or_placeholder(request: Request, figid: Figid) -> Response:
    """Return the thumbnail for a page, or what stands for it."""
    data = await site_of(request).desks.ask(lambda desk: desk.store.thumbnail(figid))
    if not data:  # there may be one in a minute
        return tagged(request, PLACEHOLDER, "image/svg+xml")
    return tagged(request, data, "image/jpeg", cache=_KEPT)


def has_picture(found: Picture | None) -> bool:
    """Tell whether there is a file to show, without reading it."""
    return found is not None and bool(found.data or (found.path and Path(found.path).is_file()))


def shown(figid: str, found: Picture) -> tuple[bytes, str]:
    """Return a picture as browsers show it, and its media type.

    Raises
    ------
    MissingError
        When the file is not kept, is gone, or is not the one that was read.
    """
    from figpath.source.images import encode_png, load_pixels

    data = kept_file(figid, found)
    for magic, media_type in SHOWN_AS_IS:
        if data.startswith(magic):
            return data, media_type
    try:
        return encode_png(load_pixels(data, name=figid)), "image/png"
    except FigpathError as error:
        raise MissingError(f"the picture of the figure {figid} cannot be shown: {error}") from error


def kept_file(figid: str, found: Picture) -> bytes:
    """The file: out of the corpus, or from where the corpus says, if it is still the one that was read."""
    if found.data:
        return found.data
    if not found.path:
        raise MissingError(f"the corpus keeps no picture of the figure {figid}")
    try:
        data = Path(found.path).read_bytes()
    except OSError as error:
        raise MissingError(f"the picture of the figure {figid} is no longer where the corpus was built") from error
    if hashlib.sha256(data).hexdigest() != found.sha256:
        raise MissingError(f"the picture of the figure {figid} has changed since it was read: build the corpus again")
    return data


def _drawn_on(desk: Desk, figid: str) -> bytes:
    from figpath.publish.overlay import overlay_png
    from figpath.source.images import load_pixels

    data = kept_file(figid, desk.picture(figid))
    return overlay_png(load_pixels(data, name=figid), desk.record(figid))
