"""The seed record's names, grounded with lexicons compiled from NCBI's own files, through the command line.

Reads ``../shared``; where that folder is absent these tests are skipped.
"""

from __future__ import annotations

import gzip
import time
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import pytest

from conftest import SHARED
from figpath.grounding.lexicon.compile import compile_lexicon
from figpath.grounding.lexicon.gene_info import read_gene_info
from figpath.grounding.lexicon.lexicon import Lexicon
from figpath.grounding.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from conftest import Run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the data in ../shared are not here"),
]
FILES = {9606: "Homo_sapiens", 10090: "Mus_musculus", 7955: "Danio_rerio", 7227: "Drosophila_melanogaster"}
SEED = SHARED / "seed" / "PMC8287779__12967_2021_2985_Fig2_HTML-genes.tsv"
SECONDS = 10.0


def gene_info(taxon: int) -> Path:
    return SHARED / "lexicon" / f"{FILES[taxon]}.gene_info.gz"


def rows(text: str) -> list[dict[str, str]]:
    header, *lines = [line.split("\t") for line in text.splitlines()]
    return [dict(zip(header, cells, strict=True)) for cells in lines]


def genes(table: Iterable[dict[str, str]]) -> set[tuple[str, str, str]]:
    return {(row["organism_id"], row["ncbigene_symbol"], row["ncbigene_id"]) for row in table}


def test_the_seed_is_reproduced_and_its_gaps_are_filled(run: Run) -> None:
    """Its 74 rows, CTNNB1 and the angiopoietins, and at most 15 human genes more; its words are kept.

    The three counts of a row are those of its organism's rows.
    """
    for taxon in (9606, 10090, 7955):
        assert run("lexicon", "add", "--taxon", taxon, "--gene-info", gene_info(taxon)).code == 0
    seed = rows(SEED.read_text(encoding="utf-8"))
    words = list(dict.fromkeys(row["word"] for row in seed))
    ran = run("ground", "--species", "9606,10090,7955", "--format", "pfocr", stdin="\n".join(words).encode())
    assert (ran.code, ran.err) == (0, "")
    found = rows(ran.text)
    assert len(genes(seed)) == 74
    assert genes(seed) - genes(found) == set()
    human = {symbol for organism, symbol, _ in genes(found) if organism == "9606"}
    assert {"CTNNB1", "ANGPT1", "ANGPT2", "ANGPT4"} <= human
    assert len(human - {symbol for organism, symbol, _ in genes(seed) if organism == "9606"}) <= 15
    assert {row["word"] for row in found} <= set(words)
    assert_counts(found)


def assert_counts(found: list[dict[str, str]]) -> None:
    organisms: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in found:
        organisms[row["organism_id"]].append(row)
    assert list(organisms) == ["9606", "10090", "7955"]
    for own in organisms.values():
        sources = Counter(row["source"] for row in own)
        expected = (
            str(sources["ncbigene_symbol"]),
            str(sources["ncbigene_synonym"] or "NA"),
            str(len({row["match"] for row in own})),
        )
        assert {(row["count_direct"], row["count_synonym"], row["count_match"]) for row in own} == {expected}
        assert set(sources) <= {"ncbigene_symbol", "ncbigene_synonym", "famplex_relations"}


@pytest.mark.parametrize("taxon", FILES)
def test_every_gene_of_a_real_file_is_found(taxon: int, tmp_path: Path) -> None:
    """Loaded in under 10 s; each gene that has a symbol is found by it, also those without synonyms."""
    start = time.perf_counter()
    data = compile_lexicon(read_gene_info(gene_info(taxon), taxon=taxon))
    assert time.perf_counter() - start < SECONDS
    path = tmp_path / "species.lexicon"
    path.write_bytes(data)
    lexicon = Lexicon([path])
    with gzip.open(gene_info(taxon), "rt", encoding="utf-8") as lines:
        cells = [line.split("\t")[:5] for line in lines if not line.startswith("#")]  # its subspecies, too
    named = [(number, symbol) for _, number, symbol, _, _ in cells if fold(symbol) and symbol != "NEWENTRY"]
    missed = [
        pair for pair in named if not any(s.entity.id == f"ncbigene:{pair[0]}" for s in lexicon.find(fold(pair[1])))
    ]
    assert missed == []
    alone = sum(synonyms == "-" for *_, synonyms in cells)
    assert alone > 1000  # so that what is proved of genes without synonyms is proved of many
    assert lexicon.concepts_by_kind() == {f"gene {taxon}": len(named)}
    assert lexicon.names_by_source()["ncbigene_symbol"] == len(named)
