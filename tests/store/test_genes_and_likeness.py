"""The view of a gene and the figures that resemble one, against computations by hand."""

from __future__ import annotations

import math
import random
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from figpath.errors import InputError, StoreError
from figpath.figure import Paper
from figpath.search.association import signed_root
from figpath.store import open_store
from made_corpus import IDS, corpus_of, entry, family, gene, mouse_gene

if TYPE_CHECKING:
    from pathlib import Path

    from figpath.store import Searcher

GENES = tuple(IDS)
PICTURES = {"f03": 0, "f04": 1, "f05": 2}  # nearly the same one


def drawn_by(number: int) -> tuple[str, ...]:
    """A few genes, those at the front of the list more often."""
    chance = random.Random(number)  # noqa: S311 - no secret
    return tuple(name for place, name in enumerate(GENES) if chance.random() < 1 / (1 + place))


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    made = [
        entry(
            f"f{n:02}",
            *map(gene, drawn_by(n)),
            *([family("FGF", "FGF1", "FGF2")] if n % 7 == 0 else []),
            paper=Paper(year=str(2000 + n % 5)),
            dhash=PICTURES.get(f"f{n:02}", random.Random(1000 + n).getrandbits(64)),  # noqa: S311 - no secret
            title=f"Figure {n}",
        )
        for n in range(60)
    ]
    path = corpus_of(tmp_path_factory.mktemp("genes") / "corpus.db", *made, entry("mouse", mouse_gene("Jak2", 16452)))
    return open_store(path).searcher()


def vectors() -> dict[str, dict[str, float]]:
    names = {f"f{n:02}": {*drawn_by(n), *(["FGF"] if n % 7 == 0 else [])} for n in range(60)}
    names["mouse"] = {"Jak2"}
    counts = {name: sum(name in one for one in names.values()) for one in names.values() for name in one}
    rarity = {name: math.log(len(names) / count) for name, count in counts.items()}
    return {figid: {name: rarity[name] for name in one} for figid, one in names.items()}


def cosine(one: dict[str, float], other: dict[str, float]) -> float:
    shared = sum(one[name] * other[name] for name in one.keys() & other.keys())
    length = math.hypot(*one.values()) * math.hypot(*other.values())
    return shared / length if length else 0.0


@pytest.mark.parametrize("figid", ["f00", "f07", "f11", "f03"])
def test_likeness_is_the_cosine_of_rarities(searcher: Searcher, figid: str) -> None:
    """Families count as such and their members do not; the most alike come first, equal ones by figid."""
    known = vectors()
    found = searcher.similar(figid, limit=100)
    apart = {figid, *found.same_picture}
    expected = {other: cosine(known[figid], one) for other, one in known.items() if other not in apart}
    expected = {other: score for other, score in expected.items() if score > 0}
    assert {one.figid: one.score for one in found.likenesses} == pytest.approx(expected, abs=1e-4)
    for one, other in pairwise(found.likenesses):
        assert (-one.score, one.figid) <= (-other.score + 1e-4, other.figid) or one.score > other.score
    for one in found.likenesses[:5]:
        assert set(one.shared) == known[figid].keys() & known[one.figid].keys()
        rarities = [known[figid][name] for name in one.shared]
        assert rarities == sorted(rarities, reverse=True)
    assert [one.figid for one in searcher.similar(figid, limit=3).likenesses] == [
        one.figid for one in found.likenesses[:3]
    ]


def test_nearly_the_same_pictures_stand_apart(searcher: Searcher) -> None:
    for figid in PICTURES:
        found = searcher.similar(figid)
        assert found.same_picture == tuple(other for other in PICTURES if other != figid)
        assert not {one.figid for one in found.likenesses} & PICTURES.keys()


def test_a_figure_that_failed_is_nobody_s_twin(tmp_path: Path) -> None:
    """It has no names to compare, whatever its picture."""
    made = [entry("a", gene("IL6"), dhash=7), entry("b", gene("IL6"), dhash=7), entry("c", status="failed", dhash=7)]
    with open_store(corpus_of(tmp_path / "corpus.db", *made)) as store:
        assert store.searcher().similar("a").same_picture == ("b",)


def test_a_figure_that_is_not_there_has_no_like(searcher: Searcher) -> None:
    with pytest.raises(StoreError, match=r"'nowhere' is not in the corpus: figpath status"):
        searcher.similar("nowhere")


def test_a_gene_has_its_figures_and_years(searcher: Searcher) -> None:
    view = searcher.gene("FGF2", figures=100)
    drawing = [n for n in range(60) if "FGF2" in drawn_by(n)]
    assert (view.id, view.symbol, view.taxon, view.drawn) == ("ncbigene:2247", "FGF2", 9606, len(drawing))
    assert view.expanded == sum("FGF2" not in drawn_by(n) for n in range(0, 60, 7))
    counts = dict(view.years)
    assert sum(counts.values()) == len(drawing)
    assert {2000 + n % 5 for n in drawing} <= counts.keys()
    first = [hit.figid for hit in view.figures[: view.drawn]]
    assert sorted(first) == [f"f{n:02}" for n in drawing]
    assert all(hit.expanded == ("FGF2",) for hit in view.figures[view.drawn :])


def test_companions_are_those_of_the_log_likelihood_ratio(searcher: Searcher) -> None:
    """Each picture counts once, and only genes that are drawn."""
    view = searcher.gene("STAT3", companions=50)
    figures = [set(drawn_by(n)) for n in range(60) if f"f{n:02}" not in ("f04", "f05")]
    figures = [one for one in figures if one]
    one = sum("STAT3" in names for names in figures)
    expected = {}
    for name in set(GENES) - {"STAT3"}:
        together = sum({"STAT3", name} <= names for names in figures)
        alone = sum(name in names for names in figures)
        root = signed_root(np.array([together]), one, np.array([alone]), len(figures))[0]
        if together >= 3 and root > 0:
            expected[name] = (together, round(float(root), 2))
    assert {one.symbol: (one.together, one.g) for one in view.companions} == expected
    roots = [one.g for one in view.companions]
    assert roots == sorted(roots, reverse=True)


def test_a_species_can_be_asked_for(searcher: Searcher) -> None:
    assert searcher.gene("jak2").symbol == "JAK2"
    assert searcher.gene("3717").symbol == "JAK2"
    assert searcher.gene("JAK2", taxon=10090).id == "ncbigene:16452"
    assert searcher.gene("FGF").id == "fplx:FGF"
    assert searcher.gene("FGF").companions == ()


@pytest.mark.parametrize(
    ("name", "taxon", "says"),
    [("STTA3", None, r"no figure draws a gene 'STTA3': did you mean STAT3\?"), ("STAT3", 10090, "of taxon 10090"),
     ("qqqqqq", None, "give another name of it"), ("", None, "no figure draws")],
)  # fmt: skip
def test_a_gene_that_no_figure_draws_is_one_clear_line(
    searcher: Searcher, name: str, taxon: int | None, says: str
) -> None:
    with pytest.raises(InputError, match=says):
        searcher.gene(name, taxon=taxon)
