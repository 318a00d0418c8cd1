"""Files from outside: the tables, where added species are kept, downloads that are whole or nothing."""

from __future__ import annotations

import re
import socket
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import pytest

from figpath import resources
from figpath.errors import ResourceError
from figpath.ids import taxon
from figpath.resources import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def saying(answer: bytes) -> Iterator[str]:
    """A server that says the same bytes to whoever asks, HTTP or not, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            peer, _ = server.accept()
            with peer:
                peer.recv(65536)
                peer.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/file"
        thread.join()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_says_where_it_comes_from(table: resources.Table) -> None:
    """Name, home, version and licence are there; the checksum is a SHA-256."""
    assert re.fullmatch(r"[0-9a-f]{64}", table.sha256)
    assert table.home.startswith("https://")
    assert all((table.name, table.file, table.version, table.licence))


def test_tables_are_distinct() -> None:
    assert len({table.name for table in TABLES}) == len({table.file for table in TABLES}) == len(TABLES)


def test_notice_names_every_table_and_its_home() -> None:
    """Whoever passes figpath on finds in NOTICE whom to credit."""
    notice = (Path(__file__).parents[1] / "NOTICE").read_text(encoding="utf-8")
    for table in TABLES:
        assert table.name in notice, table.name
        assert table.home in notice, table.home


def test_every_data_file_is_credited_or_our_own() -> None:
    """A file that is added to the package's data is either credited in NOTICE or listed here as written for figpath."""
    own = {
        "drawn_names.tsv",
        "drawn_families.tsv",
        "foreign_names.tsv",
        "mechanism",
        "score_weights.json",
        "__init__.py",
        "__pycache__",
    }
    notice = (Path(__file__).parents[1] / "NOTICE").read_text(encoding="utf-8")
    found = {path.name for path in resources.packaged_lexicon().parent.iterdir()} - own
    assert {name for name in found if f"src/figpath/data/{name}" not in notice} == set()


def test_a_changed_table_is_refused() -> None:
    with pytest.raises(ResourceError, match=r"HGNC \(hgnc_entries.tsv\) has changed: expected SHA-256 a86c0a210385"):
        resources.check_table(TABLES[0], b"other")


def test_home_is_the_variable_else_the_place_of_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(resources.HOME_VARIABLE, str(tmp_path))
    assert resources.data_home() == tmp_path
    monkeypatch.delenv(resources.HOME_VARIABLE)
    assert resources.data_home() == platformdirs.user_data_path("figpath", appauthor=False)


def test_added_lexicons_come_in_order_of_taxa(own_home: Path) -> None:
    """Numeric order, so that equal sets of species give equal fingerprints; other files are passed over."""
    assert resources.added_lexicons() == ()
    (own_home / "lexicon").mkdir()
    for name in ("10090.lexicon", "7955.lexicon", "9606.lexicon", "9606.lexicon.part"):
        (own_home / "lexicon" / name).touch()
    assert [path.stem for path in resources.added_lexicons()] == ["7955", "9606", "10090"]


def test_every_species_with_an_address_has_a_name() -> None:
    for taxon_id in resources._GENE_INFO_FILES:
        assert resources.gene_info_address(taxon_id).endswith(".gene_info.gz")
        assert not taxon(taxon_id).name.startswith("taxon ")


def test_an_unknown_species_has_no_address() -> None:
    with pytest.raises(ResourceError, match="no address known for the genes of taxon 1: give its file"):
        resources.gene_info_address(1)


def test_a_file_is_fetched_whole(tmp_path: Path) -> None:
    with saying(b"HTTP/1.0 200 OK\r\nContent-Length: 4\r\n\r\ngene") as address:
        path = resources.download(address, tmp_path / "new" / "file")
    assert path.read_bytes() == b"gene"
    assert [one.name for one in path.parent.iterdir()] == ["file"]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"no HTTP at all\r\n\r\n",
        b"HTTP/1.0 404 Not Found\r\nContent-Length: 4\r\n\r\ngone",
        b"HTTP/1.0 200 OK\r\nContent-Length: 400\r\n\r\ngene",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\ngene",
    ],
    ids=["hangs-up", "not-http", "absent", "cut-short", "chunk-cut-short"],
)
def test_a_file_that_does_not_arrive_leaves_nothing(tmp_path: Path, answer: bytes) -> None:
    """The error is figpath's own, names the address, and the older copy stays."""
    old = tmp_path / "file"
    old.write_bytes(b"older")
    with saying(answer) as address, pytest.raises(ResourceError, match=re.escape(address)):
        resources.download(address, old)
    assert old.read_bytes() == b"older"
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_a_machine_that_does_not_answer_is_an_error_of_figpath(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/file"
    with pytest.raises(ResourceError, match=r"check the network, or give the file yourself"):
        resources.download(address, tmp_path / "file")
