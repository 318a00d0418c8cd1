"""Ranked lists: what lies at the ends is found, twice the same; GSEApy's words and errors become ours."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from figpath.enrich.gene_sets import gene_sets, sets_of
from figpath.enrich.gsea import enrich_ranked
from figpath.errors import EngineError, InputError
from made_sets import drawn, ids

if TYPE_CHECKING:
    from figpath.enrich.gene_sets import GeneSets

GENES = [f"g{n:03d}" for n in range(200)]
VALUES = list(np.linspace(2, -2, 200))


def some_sets() -> GeneSets:
    random = np.random.default_rng(0)
    sets = {f"random{n}": random.choice(GENES, 10, replace=False).tolist() for n in range(20)}
    return sets_of(sets | {"top": GENES[:10], "bottom": GENES[-10:]})


def test_both_ends_are_found_and_equal_seeds_give_equal_results() -> None:
    found = enrich_ranked(some_sets(), GENES, VALUES, permutations=100)
    assert {row.id: np.sign(row.nes) for row in found.rows[:2]} == {"top": 1, "bottom": -1}
    assert {row.id: set(row.drawn) for row in found.rows[:2]} == {"top": set(GENES[:10]), "bottom": set(GENES[-10:])}
    assert found.rows == enrich_ranked(some_sets(), GENES, VALUES, permutations=100).rows
    assert found.ties == 0
    assert list(found.to_frame().columns) == ["id", "size", "es", "nes", "p", "q", "drawn", "expanded"]


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # pandas about GSEApy
def test_scores_are_those_of_gseapy() -> None:
    import gseapy
    import pandas as pd

    sets = some_sets()
    members = {name: [sets.genes[gene] for gene in sets.gene[sets.start[at] : sets.start[at + 1]]]
               for at, name in enumerate(sets.ids)}  # fmt: skip
    theirs = gseapy.prerank(
        rnk=pd.Series(VALUES, index=GENES), gene_sets=members, min_size=5, permutation_num=50, seed=0, threads=1,
        outdir=None, no_plot=True,
    ).res2d.set_index("Term")  # fmt: skip
    for row in enrich_ranked(sets, GENES, VALUES, permutations=50).rows:
        assert row.es == pytest.approx(theirs.loc[row.id, "ES"])


def test_ties_are_counted_and_no_warning_escapes() -> None:
    assert enrich_ranked(some_sets(), GENES, [round(value) for value in VALUES], permutations=20).ties == 1


def test_families_stay_told_apart() -> None:
    text = " ".join(f"x{n:02d}" for n in range(40))
    sets = gene_sets(drawn({"one": "a FAM:b,c d e f", "rest": text}), families="members")
    genes = ids("a b c d e f " + text)
    rows = enrich_ranked(sets, genes, list(range(len(genes), 0, -1)), permutations=20).rows
    row = next(row for row in rows if row.id == "one")
    assert row.drawn == ("A", "D", "E", "F")
    assert row.expanded == (("FAM", ("B", "C")),)


@pytest.mark.parametrize(
    ("genes", "values", "said"),
    [
        (GENES[:3], VALUES[:3], "make no ranked list"),
        (GENES, VALUES[:10], "make no ranked list"),
        (GENES, [float("nan"), *VALUES[1:]], "g000 has no finite number"),
        ([f"x{n}" for n in range(20)], VALUES[:20], "no set has between 5 and 500"),
    ],
)
def test_lists_that_cannot_be_ranked(genes: list[str], values: list[float], said: str) -> None:
    with pytest.raises(InputError, match=said):
        enrich_ranked(some_sets(), genes, values)


@pytest.mark.parametrize(
    ("values", "permutations", "said"),
    [([0.0] * 200, 100, "all 200 numbers are 0"), (VALUES, 0, "0 permutations"), (VALUES, -1, "-1 permutations")],
)
def test_what_gseapy_would_break_on_is_refused_first(values: list[float], permutations: int, said: str) -> None:
    with pytest.raises(InputError, match=said):
        enrich_ranked(some_sets(), GENES, values, permutations=permutations)


def test_without_gseapy(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.import_module

    def absent(name: str) -> Any:
        if name == "gseapy":
            raise ImportError(name)
        return real(name)

    monkeypatch.setattr(importlib, "import_module", absent)
    with pytest.raises(EngineError, match=r"pip install 'figpath\[gsea\]'"):
        enrich_ranked(some_sets(), GENES, VALUES)


def test_its_errors_are_wrapped(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**_: object) -> None:
        raise RuntimeError("something in Rust")

    monkeypatch.setattr("gseapy.prerank", fails)
    with pytest.raises(EngineError, match="something in Rust"):
        enrich_ranked(some_sets(), GENES, VALUES)
