"""The files of one figure: its page, its picture, and the forms of other programs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from figpath import ids
from figpath.errors import FigpathError
from figpath.publish.overlay import drawn_entities
from figpath.serve.addresses import paper_addresses
from figpath.serve.failures import MissingError
from figpath.serve.figure_files import FORMS, Contents, has_picture, shown
from figpath.serve.figure_view import figure_view
from figpath.serve.linked_data import linked_data, script_json
from figpath.serve.static_site.manifest import Made
from figpath.serve.static_site.names import file_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from figpath.entry import Picture
    from figpath.record import Record
    from figpath.serve.static_site.addresses import FileAddresses
    from figpath.serve.static_site.painter import Painter
    from figpath.serve.static_site.plan import Unit

_SIMILAR = 8
_ENDINGS: Final = {"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif"}


class FigureFiles:
    """Makes the files of figures.

    Parameters
    ----------
    painter
        Of the site.
    """

    def __init__(self, painter: Painter) -> None:
        self._painter = painter

    def make(self, unit: Unit) -> Made:
        """Make those of one figure."""
        painter, figid = self._painter, unit.key
        record = painter.store.record(figid)
        picture = painter.store.picture(figid)
        similar = painter.searcher.similar(figid, limit=_SIMILAR)
        # The page shows two digits, and that is what it depends on.
        likenesses = tuple(replace(one, score=round(one.score, 2)) for one in similar.likenesses)
        similar = replace(similar, likenesses=likenesses)
        at = painter.addresses(below=True)
        links = [at.gene(one.id) for mention in record.mentions for one in mention.entities]
        thumbnails = [at.thumbnail(one) for one in (figid, *(like.figid for like in similar.likenesses))]
        of_picture = None if picture is None else (picture.sha256, has_picture(picture), picture.thumbnail)
        digest = painter.digest(record, of_picture, similar, links, thumbnails)
        kept = painter.kept(unit, digest)
        if kept is not None:
            return kept
        ending = self._write_picture(record, picture)
        marked = _marked(record, picture) if ending and painter.order.overlays else b""
        at = replace(at, picture_ending=ending)
        figure, paper = figure_view(record), record.figure.paper
        address = self._whole(at.figure(figid))
        linked = linked_data(record, address=address, picture=self._whole(at.picture(figid)) if ending else "")
        page = painter.write_page(
            f"figures/{file_name(figid)}",
            "figure.html",
            at,
            figure=figure,
            record=record,
            paper=paper,
            forms=FORMS,
            address=address,
            picture=self._whole(at.picture(figid)) if ending else "",
            has_picture=bool(ending),
            overlay=bool(marked),
            similar=similar,
            linked=script_json(linked),
            paper_addresses=paper_addresses(paper.pmcid, paper.doi),
            found_by=tuple(dict.fromkeys(self._found_by(record))),
        )
        return Made(made_from=digest, files=(page, *self._others(record, picture, at, marked)))

    def _others(self, record: Record, picture: Picture | None, at: FileAddresses, marked: bytes) -> Iterator[str]:
        """Write what is not a page; yield the files, the picture included, which is there already."""
        folder = self._painter.folder
        figid = record.figid
        if at.picture_ending:
            yield at.picture(figid).removeprefix("../")
        if picture is not None and picture.thumbnail:
            name = at.thumbnail(figid).removeprefix("../")
            folder.write(name, picture.thumbnail)
            yield name
        contents = Contents(record)
        for form in FORMS:
            name = at.file(figid, form.name).removeprefix("../")
            folder.write(name, form.make(contents))
            yield name
        if marked:
            name = at.file(figid, "overlay").removeprefix("../")
            folder.write(name, marked)
            yield name

    def _write_picture(self, record: Record, picture: Picture | None) -> str:
        """Write the picture as browsers show it; return its ending, empty when there is none to be had."""
        if picture is None or not has_picture(picture):
            return ""
        try:
            data, media_type = shown(record.figid, picture)
        except MissingError:
            return ""
        ending = _ENDINGS[media_type]
        self._painter.folder.write(f"pictures/{file_name(record.figid)}{ending}", data)
        return ending

    def _found_by(self, record: Record) -> Iterator[tuple[str, str]]:
        """The filters of the search, by the labels that lists have."""
        for taxon in record.organisms:
            yield "organism", ids.taxon(taxon).name
        paper = record.figure.paper
        yield from ((name, value) for name, value in (("year", paper.year), ("journal", paper.journal)) if value)
        genes = self._painter.plan.known.genes
        for mention in record.taken():
            if mention.kind == "disease" and mention.entities:
                yield "disease", mention.entities[0].symbol
            for entity in drawn_entities(mention):
                if entity.id in genes:
                    yield "gene", genes[entity.id]

    def _whole(self, address: str) -> str:
        """The whole address of a file of the site; empty when nobody said where the site will be."""
        base = self._painter.order.address
        return f"{base}{address.removeprefix('../')}" if base else ""


def _marked(record: Record, picture: Picture | None) -> bytes:
    """The picture with its names marked, as PNG; empty when it is not the picture that the record tells of."""
    from figpath.publish.overlay import overlay_png
    from figpath.serve.figure_files import kept_file
    from figpath.source.images import load_pixels

    if picture is None:
        return b""
    try:
        return overlay_png(load_pixels(kept_file(record.figid, picture), name=record.figid), record)
    except FigpathError:
        return b""
