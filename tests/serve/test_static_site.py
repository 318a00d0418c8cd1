"""A corpus as plain files: every link leads somewhere, only what changed is written, and nothing else is touched."""

from __future__ import annotations

import json
import re
import shutil
import urllib.request
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from conftest import Run
from figpath.errors import InputError
from figpath.record import from_json, to_json
from figpath.serve.static_site import publish
from figpath.serve.static_site.names import file_name, numbered
from figpath.serve.static_site.sitemap import MOST, sitemaps
from figpath.store import open_store, write_store
from made_corpus import entry, gene
from made_site import INJECTIONS, hostile_entry, site_corpus
from made_static import Parsed, broken_links, plain_server

if TYPE_CHECKING:
    from collections.abc import Callable

ODD = "con.(a)[b]@c=d+e."
ADDRESS = "https://example.org/some/where"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus of the server's tests, with figures of odd names and hostile texts."""
    path = site_corpus(tmp_path_factory.mktemp("published") / "corpus.db")
    with write_store(path) as store:
        store.put([entry(name, gene("JAK2"), title=name) for name in (ODD, "AUX", "aux", "pmc101__fig2", "index")])
        store.put([hostile_entry(text, figid=f"hostile{n}") for n, text in enumerate(INJECTIONS)])
    return path


@pytest.fixture(scope="module")
def site(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """It, published under a sub-path of a folder that a server hands out."""
    folder = tmp_path_factory.mktemp("host") / "sub" / "path"
    publish(corpus, folder, address=ADDRESS, overlays=True)
    return folder


@pytest.fixture
def own(corpus: Path, site: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Copies of both, to be changed."""
    shutil.copy(corpus, tmp_path / "corpus.db")
    shutil.copytree(site, tmp_path / "site")
    return tmp_path / "corpus.db", tmp_path / "site"


def contents(folder: Path) -> dict[str, tuple[int, bytes]]:
    """When each file was written, and what is in it."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def test_every_link_leads_somewhere(site: Path) -> None:
    """Between pages, to pictures, styles, scripts and downloads, and to places within pages."""
    assert broken_links(site) == []


def test_a_plain_server_hands_it_out_under_a_sub_path(site: Path) -> None:
    with plain_server(site.parents[1]) as address:
        for name, begins in (
            ("index.html", b"<!doctype html>"),
            ("figures/PMC101__fig2.html", b"<!doctype html>"),
            ("pictures/PMC101__fig2.png", b"\x89PNG"),
            ("thumbnails/PMC101__fig2.jpg", b"\xff\xd8\xff"),
            ("files/PMC101__fig2/PMC101__fig2-names.png", b"\x89PNG"),
            (f"figures/{file_name(ODD)}.html", b"<!doctype html>"),
        ):
            with urllib.request.urlopen(f"{address}/sub/path/{name}") as answer:  # noqa: S310 - our own server
                assert answer.read().startswith(begins), name


def test_links_are_relative(site: Path) -> None:
    """No page knows where the site lies, but for its canonical address."""
    for path in site.rglob("*.html"):
        links = Parsed(path.read_text(encoding="utf-8")).links
        assert [link for link in links if link.startswith(("/", ADDRESS))] == []


def test_file_names_are_safe_everywhere(site: Path) -> None:
    """No reserved name, no odd character, and none that differs from another in capitals only."""
    names = [path.relative_to(site).as_posix() for path in site.rglob("*")]
    assert [name for name in names if not re.fullmatch(r"[A-Za-z0-9._~/-]+", name) or name.endswith(".")] == []
    assert len({name.casefold() for name in names}) == len(names)
    stems = {part.split(".")[0].casefold() for name in names for part in name.split("/")}
    assert not stems & {"con", "aux", "nul", "prn", "com1", "lpt1"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("PMC101__fig2", "PMC101__fig2"),
        ("ncbigene:3717", "ncbigene-3717"),
        ("mesh:D002784", "mesh-D002784"),
        ("fplx:FGF", "fplx-FGF"),
        ("9606", "9606"),
        ("a" * 500, f"{'a' * 40}~{file_name('a' * 500).partition('~')[2]}"),
        ("..", f"x~{file_name('..').partition('~')[2]}"),
    ],
)
def test_usual_names_stay(text: str, name: str) -> None:
    """What identifiers look like is the name of the file; anything else is made safe."""
    assert file_name(text) == name


def test_pages_of_a_list_are_numbered() -> None:
    assert [numbered("a/b", offset, 24) for offset in (0, 24, 48)] == ["a/b", "a/b.2", "a/b.3"]


def test_a_second_run_writes_nothing(own: tuple[Path, Path]) -> None:
    corpus, site = own
    before = contents(site)
    done = publish(corpus, site, address=ADDRESS, overlays=True)
    assert (done.written, done.removed) == (0, 0)
    assert contents(site) == before


def test_a_changed_figure_writes_only_its_pages(own: tuple[Path, Path]) -> None:
    """A caption is on no other figure's page, so only its own files, lists that quote it and the index change."""
    corpus, site = own
    with open_store(corpus) as store:
        record = store.record("PMC105__fig3")
    changed = replace(record, figure=replace(record.figure, caption="Now it has a caption."))
    _put(corpus, "PMC105__fig3", to_json(changed))
    before = contents(site)
    publish(corpus, site, address=ADDRESS, overlays=True)
    after = contents(site)
    written = {name for name in after if after[name] != before.get(name) and not name.startswith("pagefind/")}
    assert "Now it has a caption." in (site / "figures/PMC105__fig3.html").read_text(encoding="utf-8")
    assert {name for name in written if name.startswith("figures/")} == {"figures/PMC105__fig3.html"}
    others = {name for name in written if "PMC105__fig3" not in name}
    assert others == {"figpath-site.json"}


def test_a_figure_that_is_gone_is_removed_and_nothing_else(own: tuple[Path, Path]) -> None:
    corpus, site = own
    (site / "CNAME").write_text("example.org", encoding="utf-8")
    (site / "figures" / "mine.txt").write_text("mine", encoding="utf-8")
    with write_store(corpus) as store:
        store.remove("PMC105__fig3")
    done = publish(corpus, site, address=ADDRESS, overlays=True)
    assert done.removed > 10
    assert [name for name in contents(site) if "PMC105" in name or "16452" in name or "10090" in name] == []
    assert (site / "CNAME").is_file()
    assert (site / "figures" / "mine.txt").is_file()
    assert broken_links(site) == []


def test_a_manifest_cannot_point_outside(own: tuple[Path, Path]) -> None:
    """Somebody who can write it still has no file removed that lies elsewhere."""
    corpus, site = own
    outside = site.parent / "outside.txt"
    outside.write_text("mine", encoding="utf-8")
    path = site / "figpath-site.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    found["made"]["figure gone"] = {"made_from": "", "files": ["../outside.txt", str(outside)]}
    path.write_text(json.dumps(found), encoding="utf-8")
    publish(corpus, site, address=ADDRESS, overlays=True)
    assert outside.is_file()


@pytest.mark.parametrize(
    "spoil", [lambda site: (site / "notes.txt").write_text("x"), lambda site: site.rmdir() or site.write_text("x")]
)
def test_a_folder_of_other_things_is_refused(corpus: Path, tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    site = tmp_path / "site"
    site.mkdir()
    spoil(site)
    with pytest.raises(InputError, match="give an empty folder"):
        publish(corpus, site)


@pytest.mark.parametrize("number", range(len(INJECTIONS)))
def test_hostile_text_stays_text(site: Path, number: int) -> None:
    """A page has the same elements whatever its figure's texts say, and no event of theirs."""
    plain, hostile = (
        Parsed((site / f"figures/{file_name(f'hostile{n}')}.html").read_text(encoding="utf-8"))
        for n in (INJECTIONS.index("javascript:alert(5)"), number)
    )
    wanted, found = ([tag for tag in page.elements if tag in ("script", "iframe", "x")] for page in (plain, hostile))
    assert found == wanted
    assert hostile.events == []
    assert [link for link in hostile.links if link.strip().lower().startswith("javascript:")] == []


def test_every_page_forbids_what_it_does_not_need(site: Path) -> None:
    """The policy stands in each page; only the search may run WebAssembly."""
    for path in site.rglob("*.html"):
        policy = Parsed(path.read_text(encoding="utf-8")).policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors" not in policy
        assert ("wasm-unsafe-eval" in policy) is (path.name == "search.html")


def test_the_sitemap_lists_all_pages(site: Path) -> None:
    tree = ElementTree.parse(site / "sitemap.xml")  # noqa: S314 - our own file
    listed = {element.text for element in tree.iter() if element.tag.endswith("}loc")}
    assert listed == {f"{ADDRESS}/{path.relative_to(site).as_posix()}" for path in site.rglob("*.html")}


def test_long_sitemaps_are_cut() -> None:
    """As sitemaps.org has it: at most 50,000 pages a file, and a file of files."""
    made = dict(sitemaps("https://example.org/", [f"{n}.html" for n in range(MOST + 1)]))
    assert list(made) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    assert made["sitemap-2.xml"].count(b"<loc>") == 1
    assert b"https://example.org/sitemap-2.xml" in made["sitemap.xml"]


def test_downloads_are_what_the_server_gives(site: Path, corpus: Path) -> None:
    with open_store(corpus) as store:
        record = store.record("PMC101__fig2")
    assert from_json((site / "files/PMC101__fig2/PMC101__fig2.json").read_bytes()) == record


def test_a_picture_that_is_not_the_one_read_has_no_names_marked(corpus: Path, tmp_path: Path) -> None:
    """It is shown as it is, without a link to what cannot be drawn; the others are as ever."""
    with open_store(corpus) as store:
        record = store.record("PMC104__fig1")
    shutil.copy(corpus, tmp_path / "corpus.db")
    _put(tmp_path / "corpus.db", "PMC104__fig1", to_json(replace(record, width=record.width + 100)))
    publish(tmp_path / "corpus.db", tmp_path / "site", overlays=True)
    assert broken_links(tmp_path / "site") == []
    names = {path.name for path in (tmp_path / "site" / "files").rglob("*-names.png")}
    assert "PMC101__fig2-names.png" in names
    assert "PMC104__fig1-names.png" not in names


def test_without_pagefind_the_search_page_says_so(
    corpus: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line on the command line; all else is written."""
    monkeypatch.setattr("figpath.serve.static_site.publishing.pagefind_version", lambda: "")
    ran = run("publish", corpus, tmp_path / "site")
    assert ran.code == 0
    assert ran.err.count("\n") == 2
    assert "pip install 'figpath[site]'" in ran.err
    assert "without a search index" in (tmp_path / "site/search.html").read_text(encoding="utf-8")
    assert not (tmp_path / "site/sitemap.xml").exists()
    assert broken_links(tmp_path / "site") == []


@pytest.mark.skipif(shutil.which("false") is None, reason="needs a program that fails")
def test_when_pagefind_fails_all_else_is_finished(
    own: tuple[Path, Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line says why; the next run makes the index that is missing."""
    corpus, site = own
    with write_store(corpus) as store:
        store.remove("PMC105__fig3")
    with monkeypatch.context() as broken:
        broken.setattr("figpath.serve.static_site.search_index.sys.executable", shutil.which("false"))
        ran = run("publish", corpus, site, "--address", ADDRESS, "--overlays", "--workers", "1")
    assert ran.code == 2
    assert "could not make the search index" in ran.err
    assert not (site / "figures/PMC105__fig3.html").exists()
    before = {name: data for name, (_, data) in contents(site).items() if name.startswith("pagefind/")}
    publish(corpus, site, address=ADDRESS, overlays=True)
    assert {name: data for name, (_, data) in contents(site).items() if name.startswith("pagefind/")} != before


@pytest.mark.parametrize("address", ["example.org", "ftp://example.org", "https://", "https://a/?b", 'https://a"b'])
def test_an_address_that_is_none_is_refused(run: Run, corpus: Path, address: str) -> None:
    ran = run("publish", corpus, "site", "--address", address)
    assert ran.code == 2
    assert "is no address of a site" in ran.err


@pytest.mark.slow
def test_worker_processes_write_the_same(
    corpus: Path, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("figpath.serve.static_site.publishing._FEW", 0)
    publish(corpus, tmp_path / "site", address=ADDRESS, overlays=True, workers=2)
    assert pages_of(tmp_path / "site") == pages_of(site)


def pages_of(folder: Path) -> dict[str, bytes]:
    """All files but those of Pagefind, which numbers figures as they come, and the manifest, which names them."""
    files = {name: data for name, (_, data) in contents(folder).items()}
    return {
        name: data for name, data in files.items() if not name.startswith("pagefind/") and name != "figpath-site.json"
    }


def _put(corpus: Path, figid: str, record: bytes) -> None:
    """Put a figure with another record, and with the picture that it has."""
    with open_store(corpus) as store:
        picture = store.picture(figid)
    plain = entry(figid)
    assert picture is not None
    with write_store(corpus) as store:
        store.put([replace(plain, record=record, picture=picture, key=replace(plain.key, picture=picture.sha256))])
