"""Papers that tests make: JATS articles, PMC packages of every form, and PDF files written by hand."""

from __future__ import annotations

import io
import tarfile
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from figpath.figure import Figure

DOCTYPE = (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.2 20190208//EN" '
    '"JATS-archivearticle1.dtd">'
)
NAMESPACES = (
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML" '
    'xmlns:ali="http://www.niso.org/schemas/ali/1.0/"'
)
LICENCE = "<license><ali:license_ref>https://creativecommons.org/licenses/by/4.0/</ali:license_ref></license>"
FRONT: dict[str, Any] = {
    "pmcid": "PMC8287779",
    "doi": "10.1186/s12967-021-02985-1",
    "title": "The role of exosomes in lung cancer metastasis: an updated review.",
    "journal": "Journal of Translational Medicine",
    "abbreviation": "J Transl Med",
    "publisher": "BioMed Central",
    "authors": (("Lei", "Yin"), ("Xiaotian", "Liu")),
    "date": {"year": "2021"},
    "volume": "19",
    "issue": "",
    "pages": "312",
    "keywords": ("Lung cancer", "Exosome", "Exosome"),
    "licence": LICENCE,
}
"""The article of the seed record, as far as its front matter goes."""


def front(**changed: Any) -> str:
    """The front matter of an article: `FRONT`, with changes."""
    said = {**FRONT, **changed}
    authors = "".join(
        f'<contrib contrib-type="author"><name><surname>{escape(last)}</surname>'
        f"<given-names>{escape(first)}</given-names></name></contrib>"
        for first, last in said["authors"]
    )
    date = "".join(f"<{part}>{escape(value)}</{part}>" for part, value in said["date"].items())
    keywords = "".join(f"<kwd>{escape(word)}</kwd>" for word in said["keywords"])
    return (
        f'<front><journal-meta><journal-id journal-id-type="nlm-ta">{escape(said["abbreviation"])}</journal-id>'
        f"<journal-title-group><journal-title>{escape(said['journal'])}</journal-title></journal-title-group>"
        f"<publisher><publisher-name>{escape(said['publisher'])}</publisher-name></publisher></journal-meta>"
        f'<article-meta><article-id pub-id-type="pmcid">{escape(said["pmcid"])}</article-id>'
        f'<article-id pub-id-type="doi">{escape(said["doi"])}</article-id>'
        f"<title-group><article-title>{escape(said['title'])}</article-title></title-group>"
        f"<contrib-group>{authors}</contrib-group>"
        f'<pub-date pub-type="epub"><day>21</day><month>7</month><year>2020</year></pub-date>'
        f'<pub-date pub-type="collection">{date}</pub-date>'
        f"<volume>{escape(said['volume'])}</volume>"
        + (f"<issue>{escape(said['issue'])}</issue>" if said["issue"] else "")
        + (f"<elocation-id>{escape(said['pages'])}</elocation-id>" if said["pages"] else "")
        + f"<permissions>{said['licence']}</permissions><kwd-group>{keywords}</kwd-group></article-meta></front>"
    )


def article(body: str, *, floats: str = "", back: str = "", matter: str | None = None) -> bytes:
    """A JATS file with figures in its body, its floats group and its back matter."""
    group = f"<floats-group>{floats}</floats-group>" if floats else ""
    text = f'{DOCTYPE}<article {NAMESPACES} article-type="research-article">{front() if matter is None else matter}'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{text}<body>{body}</body><back>{back}</back>{group}</article>'.encode()
    )


def fig(href: str, *, anchor: str = "", label: str = "", title: str = "", caption: str = "", more: str = "") -> str:
    """A ``fig`` element; title and caption may hold markup."""
    inner = (f"<title>{title}</title>" if title else "") + (f"<p>{caption}</p>" if caption else "")
    return (
        f"<fig id={quoteattr(anchor or href)}>"
        + (f"<label>{label}</label>" if label else "")
        + (f"<caption>{inner}</caption>" if inner else "")
        + f"<graphic xlink:href={quoteattr(href)}/>{more}</fig>"
    )


def published(figure: Figure, *, label: str) -> bytes:
    """The JATS article that a figure may have come from."""
    paper = figure.paper
    before, _, printed = paper.reference.removesuffix(".").rpartition(". ")
    who, _, journal = before.rpartition(". ")
    first, _, last = who.removesuffix(", et al").rpartition(" ")
    others = (("A.", "N. Other"),) if who.endswith(", et al") else ()
    when, _, where = printed.partition(";")
    volume, _, pages = where.partition(":")
    date = dict(zip(("year", "month", "day"), when.split(" "), strict=False))
    matter = front(
        pmcid=paper.pmcid, title=paper.title, abbreviation=journal, journal=paper.journal, publisher=paper.publisher,
        doi=paper.doi, authors=((first, last), *others), date=date, volume=volume, pages=pages, keywords=paper.keywords,
        licence="",
    )  # fmt: skip
    stem = figure.filename.rpartition(".")[0]
    anchor = figure.link.rstrip("/").rpartition("/")[2]
    return article(fig(stem, anchor=anchor, label=label, caption=escape(figure.caption)), matter=matter)


def tar_gz(path: Path, members: Mapping[str, bytes]) -> Path:
    """Write a ``.tar.gz`` with these files."""
    with tarfile.open(path, "w:gz") as archive:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return path


def zipped(path: Path, members: Mapping[str, bytes]) -> Path:
    """Write a ``.zip`` with these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def jpeg(width: int = 60, height: int = 40, colour: str = "navy") -> bytes:
    """A small JPEG picture."""
    stream = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(stream, format="JPEG")
    return stream.getvalue()


@dataclass
class PdfPage:
    """A page of a PDF file that is written by hand; places are in points from its bottom left corner."""

    width: int = 612
    height: int = 792
    rotation: int = 0
    _content: list[str] = field(default_factory=list)
    _pictures: list[bytes] = field(default_factory=list)

    def text(self, x: float, y: float, *lines: str, size: float = 10, lead: float = 1.2) -> PdfPage:
        """Print lines, the first at (x, y)."""
        for number, line in enumerate(lines):
            safe = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            self._content.append(f"BT /F1 {size} Tf {x} {y - number * size * lead} Td ({safe}) Tj ET")
        return self

    def picture(self, x: float, y: float, width: float, height: float, data: bytes) -> PdfPage:
        """Place a JPEG picture."""
        self._pictures.append(data)
        self._content.append(f"q {width} 0 0 {height} {x} {y} cm /I{len(self._pictures) - 1} Do Q")
        return self

    def box(self, x: float, y: float, width: float, height: float) -> PdfPage:
        """Stroke a rectangle."""
        self._content.append(f"{x} {y} {width} {height} re S")
        return self

    def line(self, x: float, y: float, x1: float, y1: float) -> PdfPage:
        """Stroke a line."""
        self._content.append(f"{x} {y} m {x1} {y1} l S")
        return self


def pdf(pages: Iterable[PdfPage], *, title: str = "") -> bytes:
    """Write a PDF file: catalog, pages, their contents, one font, their pictures."""
    objects: list[bytes] = [b"", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for page in pages:
        names = []
        for number, data in enumerate(page._pictures):
            width, height = Image.open(io.BytesIO(data)).size
            head = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB"
            objects.append(_stream(data, f"{head} /BitsPerComponent 8 /Filter /DCTDecode"))
            names.append(f"/I{number} {len(objects)} 0 R")
        objects.append(_stream(zlib.compress("\n".join(page._content).encode("latin-1")), "/Filter /FlateDecode"))
        resources = f"<< /Font << /F1 3 0 R >> /XObject << {' '.join(names)} >> >>"
        box = f"/MediaBox [0 0 {page.width} {page.height}] /Rotate {page.rotation}"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R {box} /Contents {len(objects)} 0 R /Resources {resources} >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    objects.append(f"<< /Title ({title}) >>".encode("latin-1"))
    return _file(objects)


def _stream(data: bytes, head: str) -> bytes:
    return f"<< {head} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _file(objects: list[bytes]) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{place:010d} 00000 n \n" for place in places).encode())
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>"
    out.write(f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()
