"""PMC packages: archives and folders, several articles, missing pictures; archives that mean harm."""

from __future__ import annotations

import gzip
import io
import json
import struct
import tarfile
import tracemalloc
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from figpath.source import archive, package
from figpath.source.discover import discover
from figpath.source.found import Source, Unusable
from figpath.source.package import figures_of_archive
from made_papers import article, fig, front, jpeg, published, tar_gz, zipped

if TYPE_CHECKING:
    from collections.abc import Callable

GOLD = Path(__file__).parents[3] / "shared" / "bench" / "gold"
TWO = fig("f1", anchor="F1", label="Figure 1") + fig("f2.tif", anchor="F2", label="Figure 2")
MEMBERS = {
    "PMC8287779/paper.nxml": article(TWO),
    "PMC8287779/f1.jpg": jpeg(50),
    "PMC8287779/f1.gif": b"GIF89a a thumbnail",
    "PMC8287779/F2.jpg": jpeg(60),
    "PMC8287779/supplement.xml": b"<x/>",
    "PMC8287779/paper.pdf": b"%PDF-",
}


def unpacked(folder: Path, members: dict[str, bytes]) -> Path:
    for name, data in members.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def the_failure(found: list[Source | Unusable]) -> str:
    (failure,) = found
    assert isinstance(failure, Unusable)
    assert "\n" not in failure.reason
    return failure.reason


@pytest.mark.parametrize("form", ["tar.gz", "zip", "folder"])
def test_a_package_in_every_form(form: str, tmp_path: Path) -> None:
    """Its figures in the article's order, each with its picture: not the thumbnail, whatever its case."""
    members = {name: data for name, data in MEMBERS.items() if not name.endswith(".pdf")}
    path = tmp_path / f"paper.{form}"
    if form == "folder":
        unpacked(path, members)
    else:
        (tar_gz if form == "tar.gz" else zipped)(path, members)
    found = [source for source in discover(path) if isinstance(source, Source)]
    assert [source.figure.figid for source in found] == ["PMC8287779__f1", "PMC8287779__f2"]
    assert [source.figure.filename for source in found] == ["f1.jpg", "F2.jpg"]
    pictures = [one.picture if isinstance(one.picture, bytes) else one.picture.read_bytes() for one in found]
    assert pictures == [jpeg(50), jpeg(60)]
    assert found[0].figure.paper.year == "2021"


@pytest.mark.parametrize("suffix", ["tar", "tar.bz2", "tar.xz"])
def test_other_compressions(suffix: str, tmp_path: Path) -> None:
    """The content tells, not the name."""
    path = tmp_path / "package"
    mode = {"tar": "w", "tar.bz2": "w:bz2", "tar.xz": "w:xz"}[suffix]
    with tarfile.open(path, mode) as tar:  # type: ignore[call-overload]  # the mode is one of three
        for name, data in MEMBERS.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    assert [type(found) for found in discover(path)] == [Source, Source]


def test_a_folder_of_packages_of_every_form(tmp_path: Path) -> None:
    """Archives, unpacked folders and harvested folders, however deep, and what is broken among them."""
    tar_gz(tmp_path / "a.tar.gz", MEMBERS)
    (tmp_path / "00" / "0a").mkdir(parents=True)
    tar_gz(tmp_path / "00" / "0a" / "b.tar.gz", MEMBERS)
    unpacked(tmp_path / "c", {"p/x.nxml": article(fig("g"), matter=front(pmcid="PMC77")), "p/g.png": b"?"})
    (tmp_path / "d.tar.gz").write_bytes(b"\x1f\x8b broken")
    found = list(discover(tmp_path))
    assert [type(one) for one in found].count(Source) == 5
    assert ["d.tar.gz" in one.reason for one in found if isinstance(one, Unusable)] == [True]


def test_several_articles_in_one_archive(tmp_path: Path) -> None:
    """Each takes the pictures of its own folder, even where names are the same."""
    members: dict[str, bytes] = {}
    for number in (111, 222):
        members[f"PMC{number}/a.nxml"] = article(fig("f1"), matter=front(pmcid=f"PMC{number}"))
        members[f"PMC{number}/f1.jpg"] = jpeg(number)
    found = list(figures_of_archive(tar_gz(tmp_path / "bulk.tar.gz", members)))
    assert [(one.figure.figid, one.picture) for one in found if isinstance(one, Source)] == [
        ("PMC111__f1", jpeg(111)),
        ("PMC222__f1", jpeg(222)),
    ]


def test_a_missing_picture_is_a_value(tmp_path: Path) -> None:
    """What is known about the figure stays; the other figures come."""
    members = {name: data for name, data in MEMBERS.items() if "F2" not in name}
    good, failure = figures_of_archive(tar_gz(tmp_path / "a.tar.gz", members))
    assert isinstance(good, Source)
    assert isinstance(failure, Unusable)
    assert failure.figure.figid == "PMC8287779__f2"
    assert "no picture named 'f2.tif' in the package" in failure.reason


def test_an_article_alone_finds_the_pictures_beside_it(tmp_path: Path) -> None:
    unpacked(tmp_path, MEMBERS)
    found = list(discover(tmp_path / "PMC8287779" / "paper.nxml"))
    assert [type(one) for one in found] == [Source, Source]


def entry(name: str, **fields: object) -> bytes:
    """A tar file compressed by gzip, with the package and one member more."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as tar:
        for known, data in MEMBERS.items():
            info = tarfile.TarInfo(known)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
        info = tarfile.TarInfo(name)
        for key, value in fields.items():
            setattr(info, key, value)
        tar.addfile(info, io.BytesIO(b"\0" * info.size))
    return stream.getvalue()


def tar_of(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def lying_header(size: int) -> bytes:
    """A tar file whose last member announces more than comes."""
    info = tarfile.TarInfo("PMC1/big.nxml")
    info.size = size
    return gzip.compress(info.tobuf() + b"\0" * 4096)


def pax_bomb() -> bytes:
    """A header that wants two thousand million bytes in memory before the first file."""
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 2_000_000_000
    return gzip.compress(info.tobuf(tarfile.USTAR_FORMAT) + b"\0" * 4096)


def zip_with(name: str, data: bytes = b"x", mode: int = 0o100644) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as zipping:
        zipping.writestr("a.nxml", article(TWO))
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        info.compress_type = zipfile.ZIP_DEFLATED
        zipping.writestr(info, data)
    return stream.getvalue()


MALICIOUS: dict[str, tuple[Callable[[], bytes], str]] = {
    "absolute path": (lambda: entry("/etc/passwd"), "outside its folder, '/etc/passwd'"),
    "parent path": (lambda: entry("PMC1/../../evil.jpg"), "outside its folder"),
    "path of Windows": (lambda: entry("C:\\evil.jpg"), "outside its folder"),
    "parent path of Windows": (lambda: entry("..\\evil.jpg"), "outside its folder"),
    "symbolic link": (lambda: entry("a.jpg", type=tarfile.SYMTYPE, linkname="/etc/passwd"), "it holds a link"),
    "hard link": (lambda: entry("a.jpg", type=tarfile.LNKTYPE, linkname="/etc/passwd"), "it holds a link"),
    "device": (lambda: entry("a.jpg", type=tarfile.CHRTYPE), "it holds a device"),
    "pipe": (lambda: entry("a.jpg", type=tarfile.FIFOTYPE), "it holds a device"),
    "bomb": (lambda: entry("a.nxml", size=120_000_000), "unpacks to more than"),
    "announced bomb": (lambda: lying_header(10**12), "unpacks to more than"),
    "cut short": (lambda: entry("b")[:-400], "cut short or damaged"),
    "header bomb": (pax_bomb, "wants to unpack"),
    "zip with a path": (lambda: zip_with("../evil.jpg"), "outside its folder"),
    "zip with a link": (lambda: zip_with("a.jpg", mode=0o120777), "a link or a device"),
    "zip bomb": (lambda: zip_with("b.nxml", b"\0" * 120_000_000), "unpacks to more than"),
    "an office document": (lambda: zip_with("word/document.txt").replace(b"a.nxml", b"a.doc "), "no article in it"),
    "no article": (lambda: gzip.compress(tar_of({"a.xml": b"<records><record/></records>"})), "no article in it"),
    "laughs": (
        lambda: zip_with("b.nxml", b'<!DOCTYPE article [<!ENTITY a "b">]><article>&a;</article>'),
        "declares entities",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MALICIOUS)
def test_malicious_archives_are_one_line_and_harm_nothing(name: str, tmp_path: Path) -> None:
    """One clear reason that names the file; nothing is written anywhere, and memory stays small."""
    make, says = MALICIOUS[name]
    path = tmp_path / "inner" / "evil.tar.gz"
    path.parent.mkdir()
    path.write_bytes(make())
    tracemalloc.start()
    found = list(discover(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    failures = [one for one in found if isinstance(one, Unusable)]
    reason = next(one.reason for one in failures if says in one.reason)
    assert reason.startswith(f"cannot read {path}: ")
    assert "\n" not in reason
    assert peak < 150_000_000
    assert [file.name for file in tmp_path.rglob("*") if file.is_file()] == ["evil.tar.gz"]


def test_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 3)
    assert "more than 3 files" in the_failure(list(discover(tar_gz(tmp_path / "a.tar.gz", MEMBERS))))


def test_more_pictures_than_are_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_HELD", len(MEMBERS["PMC8287779/paper.nxml"]) + 10)
    members = {**MEMBERS, "PMC8287779/f1.jpg": jpeg(2000, 2000)}
    assert "unpack it, and give the folder" in the_failure(list(discover(tar_gz(tmp_path / "a.tar.gz", members))))


def test_a_zip_that_lies_about_a_size(tmp_path: Path) -> None:
    """What comes is never more than was announced."""
    data = zip_with("f1.jpg", b"\xff" * 10_000)
    central = data.rindex(b"PK\x01\x02")
    lied = bytearray(data)
    lied[central + 24 : central + 28] = struct.pack("<I", 10)
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(lied))
    assert all(not isinstance(one, Source) or len(one.picture) <= 10 for one in discover(path))  # type: ignore[arg-type]  # bytes


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(place=st.integers(0, 3000), flipped=st.binary(min_size=1, max_size=40), head=st.sampled_from(["", "gz", "zip"]))
def test_any_damage_is_a_value(place: int, flipped: bytes, head: str, tmp_path: Path) -> None:
    """Bytes of a good archive overwritten at random, or random bytes after an archive's first: never an exception."""
    good = zip_with("x.jpg", jpeg()) if head == "zip" else entry("x.jpg")
    place %= len(good)
    data = good[:place] + flipped + good[place + len(flipped) :] if head else b"\x1f\x8b\x08" + flipped * 30
    path = tmp_path / "damaged"
    path.write_bytes(data)
    for found in discover(path):
        assert isinstance(found, Source) or "\n" not in found.reason


@pytest.mark.skipif(not GOLD.is_dir(), reason="the benchmark is not part of the repository")
def test_published_figures_survive_the_way_through_packages(tmp_path: Path) -> None:
    """Open figures with their captions, made into packages, come back as the same values."""
    (tmp_path / "captions.jsonl").write_bytes((GOLD / "captions.jsonl").read_bytes())
    for picture in (GOLD / "figures").iterdir():
        (tmp_path / picture.name).write_bytes(picture.read_bytes())
    lines = [json.loads(line) for line in (GOLD / "captions.jsonl").read_text(encoding="utf-8").splitlines()]
    labels = {line["figid"]: line["number"] for line in lines}
    described = [source for source in discover(tmp_path) if isinstance(source, Source)]
    assert len(described) == len(lines)
    for number, source in enumerate(described):
        assert isinstance(source.picture, Path)
        figid = source.figure.figid
        stem = figid.partition("__")[2]
        figure = replace(source.figure, filename=f"{stem}.jpg", link=f"/pmc/articles/{figid[:10]}/figure/F1/")
        data = source.picture.read_bytes()
        members = {"p/a.nxml": published(figure, label=labels[figid]), f"p/{stem}.jpg": data}
        (found,) = figures_of_archive(tar_gz(tmp_path / f"{number}.tar.gz", members))
        assert isinstance(found, Source)
        assert found.picture == data
        assert found.figure.title.startswith(figure.title)  # PFOCR ends one at an abbreviation
        abbreviation = found.figure.paper.journal_abbreviation  # which the captions have in the reference alone
        assert f". {abbreviation}. " in figure.paper.reference
        same = replace(
            figure,
            title=found.figure.title,
            link=f"/pmc/articles/{figure.paper.pmcid}/figure/F1/",
            paper=replace(figure.paper, journal_abbreviation=abbreviation),
        )
        assert found.figure == same
