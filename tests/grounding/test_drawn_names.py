"""The names that pathway figures draw most: with the packaged lexicon, each stands for the gene that is meant."""

import csv
from pathlib import Path

import pytest

from figpath.grounding.ground import ground_text
from figpath.grounding.lexicon.lexicon import Lexicon
from figpath.resources import packaged_lexicon

TABLE = Path(__file__).parents[1] / "data" / "names_that_figures_draw.tsv"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon([packaged_lexicon()])


def rows() -> list[tuple[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return [(row["drawn"], row["symbol"]) for row in csv.DictReader(stream, delimiter="\t")]


@pytest.mark.parametrize(("drawn", "symbol"), rows())
def test_a_name_that_figures_draw_stands_for_its_gene(lexicon: Lexicon, drawn: str, symbol: str) -> None:
    symbols = {entity.symbol for mention in ground_text(drawn, lexicon) for entity in mention.entities}
    assert symbol in symbols


@pytest.mark.parametrize(
    "word", ["cell", "type", "ER", "or", "damage", "Golgi", "TGN", "HIV", "Th17", "NK", "12", "5′"]
)
def test_ordinary_words_organelles_cells_and_viruses_are_not_taken_for_genes(lexicon: Lexicon, word: str) -> None:
    assert [m for m in ground_text(word, lexicon) if m.kind in ("gene", "family")] == []


@pytest.mark.parametrize(
    ("family", "size"), [("FGF", 22), ("WNT", 19), ("VEGF", 5), ("Angiopoietin", 3), ("Caspase", 12)]
)
def test_a_family_is_one_mention_with_all_of_its_members(lexicon: Lexicon, family: str, size: int) -> None:
    (mention,) = ground_text(family, lexicon)
    assert mention.kind == "family"
    assert len([entity for entity in mention.entities if entity.taxon == 9606]) == size


def test_the_packaged_lexicon_counts_its_names_by_source(lexicon: Lexicon) -> None:
    names = lexicon.names_by_source()
    least = {
        "hgnc_symbol": 43_000, "hgnc_alias": 30_000, "hgnc_previous": 11_000, "ncbigene_synonym": 13_000,
        "famplex_name": 700, "mgi_symbol": 26_000, "rgd_symbol": 29_000, "mesh_name": 8_000, "chebi_name": 4_000,
        "doid_name": 6_000, "mirna_name": 200, "name_family": 400,
    }  # fmt: skip
    assert {source: count for source, count in least.items() if names[source] < count} == {}


def test_the_packaged_lexicon_fits_its_budget() -> None:
    assert packaged_lexicon().stat().st_size <= 15_000_000
