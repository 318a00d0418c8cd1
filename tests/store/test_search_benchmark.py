"""The synthetic corpus is the same on every run and shaped like PFOCR; the benchmark of search measures it."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import figpath
from corpus_contents import contents

if TYPE_CHECKING:
    from types import ModuleType

pytestmark = pytest.mark.slow
BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
FIGURES = 250


@pytest.fixture(scope="module")
def synthetic(tmp_path_factory: pytest.TempPathFactory) -> tuple[ModuleType, Path]:
    sys.path.insert(0, str(BENCHMARKS))
    module = importlib.import_module("synthetic")
    path = tmp_path_factory.mktemp("synthetic") / "corpus.db"
    module.write_corpus(path, figures=FIGURES, seed=3)
    return module, path


def test_equal_seeds_give_equal_corpora(synthetic: tuple[ModuleType, Path], tmp_path: Path) -> None:
    module, path = synthetic
    module.write_corpus(tmp_path / "again.db", figures=FIGURES, seed=3)
    assert contents(tmp_path / "again.db") == contents(path)


def test_its_figures_have_as_many_genes_as_those_of_pfocr(synthetic: tuple[ModuleType, Path]) -> None:
    """About 42 rows and 20 drawn genes a figure; the most popular gene in a large share; real symbols."""
    with figpath.open(synthetic[1]) as corpus:
        rows = corpus.mentions(minimum_score=0).to_frame()
        genes = rows[rows.taxon.notna()]
        assert 30 < len(genes) / FIGURES < 55
        drawn = genes[genes.drawn & (genes.taxon == 9606)].groupby("figid").symbol.nunique()
        assert 14 < drawn.mean() < 26
        assert 0.12 < genes[genes.drawn].groupby("symbol").figid.nunique().max() / FIGURES < 0.4
        assert corpus.search("MAPK1").total > FIGURES / 8


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_the_benchmark_prints_a_table(synthetic: tuple[ModuleType, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module("search")
    monkeypatch.setattr("multiprocessing.get_context", lambda _: Here())
    numbers = module.measured(synthetic[1], count=40)
    assert [row.count for row in numbers.rows][:3] == [40, 40, 40]
    assert "search, asked for the first time" in module.table(numbers)


class Here:
    """Runs in this process what the benchmark runs in another."""

    def Pool(self, _: int) -> Here:  # noqa: N802 - as multiprocessing calls it
        return self

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def apply(self, function: object, arguments: tuple[object, ...], options: dict[str, object]) -> object:
        return function(*arguments, **options)  # type: ignore[operator]  # it is one
