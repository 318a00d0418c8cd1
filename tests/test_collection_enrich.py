"""Lists of genes from Python: the answers of the command line, kept while the corpus stays as it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import figpath
from figpath.enrich.enricher import Enricher
from figpath.errors import InputError
from figpath.grounding.lexicon import gene_ids
from figpath.grounding.lexicon.lexicon import open_lexicon
from figpath.resources import packaged_gene_ids
from figpath.store import open_store, write_store
from made_corpus import IDS, corpus_of, entry, family, gene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Run
    from figpath.entry import Entry
    from figpath.store.gene_sets import DrawnGenes

SIGNED = {"JAK2": 2.0, "STAT3": 1.5, "IL6": 3.0, "AKT1": -1.0, "FGF2": -2.0}


def figures() -> tuple[Entry, ...]:
    return (
        entry("a", *map(gene, ("JAK2", "STAT3", "IL6")), title="Cytokines"),
        entry("b", *map(gene, ("JAK2", "STAT3", "IL6")), title="The same again"),
        entry("c", family("FGF", "FGF1", "FGF2"), gene("AKT1", "Akt"), gene("TP53", "p53"), title="Growth"),
        entry("d", *map(gene, ("TNF", "TP53", "AKT1")), title="Death"),
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return corpus_of(tmp_path / "corpus.db", *figures())


@pytest.fixture
def corpus(path: Path) -> Iterator[figpath.Collection]:
    with figpath.open(path) as found:
        yield found


@pytest.mark.parametrize(
    ("genes", "options", "keywords"),
    [
        ("JAK2\nIL-6\nbFGF\nfoo", (), {}),
        ("JAK2\nIL-6\nbFGF\nfoo", ("--alike", "0", "--limit", "2"), {"alike": 0, "limit": 2}),
        ("JAK2\nbFGF", ("--names", "strict", "--min-size", "2"), {"names": "strict", "least": 2}),
        ("FGF1\nFGF2", ("--families", "members", "--popularity"), {"families": "members", "popularity": True}),
        ("JAK2\nFGF2", ("--background", "all.txt"), {"background": [*IDS, "KIT"]}),
        ("".join(f"{name}\t{number}\n" for name, number in SIGNED.items()), ("--limit", "0"), {"limit": None}),
    ],
)
def test_python_and_the_command_line_give_one_answer(
    run: Run, path: Path, genes: str, options: tuple[str, ...], keywords: dict[str, Any]
) -> None:
    (path.parent / "all.txt").write_text("\n".join([*IDS, "KIT"]), encoding="utf-8")
    ran = run("enrich", path, "-", "--format", "json", *options, stdin=genes.encode())
    with figpath.open(path) as corpus:
        found = corpus.enrich(genes, **keywords)
    assert json.loads(ran.out) == json.loads(json.dumps(found.to_dict()))
    assert found.figures


def test_a_ranked_list_gives_one_answer_too(run: Run, tmp_path: Path) -> None:
    names = [f"CXCL{n}" for n in (1, 2, 3, 5, 6, 8, 9, 10, 11, 12, 13, 14, 16, 17)] + ["JAK2", "STAT3", "IL6"]
    ranked = {name: float(number) for number, name in enumerate(names, start=-8)}
    path = corpus_of(tmp_path / "corpus.db", *figures())
    text = "".join(f"{name}\t{number}\n" for name, number in ranked.items()).encode()
    ran = run("enrich", path, "-", "-f", "json", "--method", "gsea", "--permutations", "50", stdin=text)
    with figpath.open(path) as corpus:
        found = corpus.enrich_ranked(pd.Series(ranked), permutations=50)
    assert json.loads(ran.out) == json.loads(json.dumps(found.to_dict()))
    assert [(one.figid, one.alike) for one in found] == [("a", ("b",))]
    assert found.tested == 2
    assert found.ties == 0
    assert list(found.to_frame().columns) == [
        "figid", "title", "size", "es", "nes", "p", "q", "drawn", "expanded", "alike",
    ]  # fmt: skip
    assert b"<svg" in found.dot_plot()
    assert b"<svg" in found.heat_map()


def test_typed_values_and_a_data_frame(corpus: figpath.Collection) -> None:
    found = corpus.enrich(["JAK2", "IL-6", "bFGF", "nonsense"])
    assert len(found) == 2
    first, second = found
    assert (first.figid, first.title, first.alike) == ("a", "Cytokines", ("b",))
    assert (first.overlap, first.size, first.drawn, first.direction) == (2, 3, ("IL6", "JAK2"), None)
    assert second.expanded == (("FGF", ("FGF2",)),)
    assert found.listed.unmapped == (("nonsense", "unknown"),)
    assert (found.tested, found.background, found.outside) == (4, 8, ())
    frame = found.to_frame()
    assert frame.figid.tolist() == ["a", "c"]
    assert frame.p.tolist() == [one.p for one in found]
    assert "signed_p" not in frame
    assert len(found.found.to_frame()) == 3, "all that share a gene"
    assert b"<svg" in found.dot_plot()
    assert found.heat_map(form="png").startswith(b"\x89PNG")


def test_signs(corpus: figpath.Collection) -> None:
    """A dictionary, a Series and a text with numbers are tested up and down; the heat map shows which."""
    found = corpus.enrich(SIGNED)
    assert {one.figid: one.direction for one in found} == {"a": "up", "c": "down", "d": "down"}
    assert corpus.enrich(pd.Series(SIGNED)).to_frame().equals(found.to_frame())
    assert {"direction", "up_overlap", "signed_q"} <= set(found.to_frame())
    assert found.heat_map() != corpus.enrich([*SIGNED]).heat_map()
    assert corpus.enrich({"JAK2": 1.0, "IL6": 2.0}).signed is None, "nothing went down"


def test_genes_that_went_neither_up_nor_down_count_for_the_whole_list(corpus: figpath.Collection) -> None:
    """`p` is of all genes of the list, `up_p` and `down_p` of each part."""
    found = {one.figid: one for one in corpus.enrich(SIGNED | {"TNF": 0.0, "TP53": 0.0})}
    plain = {one.figid: one for one in corpus.enrich([*SIGNED, "TNF", "TP53"])}
    parts = {one.figid: one for one in corpus.enrich(SIGNED)}
    assert {name: one.p for name, one in found.items()} == {name: one.p for name, one in plain.items()}
    assert (found["d"].overlap, found["d"].up_overlap, found["d"].down_overlap) == (3, 0, 1)
    assert [found["d"].up_p, found["d"].down_p] == [parts["d"].up_p, parts["d"].down_p]


def test_a_list_without_a_hit_is_an_empty_table(corpus: figpath.Collection) -> None:
    found = corpus.enrich("KIT", background=["JAK2", "STAT3", "IL6", "KIT"])
    assert len(found) == 0
    assert found.to_frame().empty
    assert found.to_dict()["figures"] == []
    with pytest.raises(InputError, match="nothing to draw"):
        found.dot_plot()


def test_a_list_without_a_hit_has_no_popularity_either(corpus: figpath.Collection) -> None:
    """Also where figures draw families."""
    background = [*IDS, "KIT"]
    assert len(corpus.enrich(["KIT"], background=background, popularity=True)) == 0


def test_gene_sets(corpus: figpath.Collection) -> None:
    frame = corpus.gene_sets().to_frame()
    assert list(frame.columns) == ["figid", "gene", "symbol", "family"]
    assert list(frame[frame.figid == "c"][["symbol", "family"]].itertuples(index=False, name=None)) == [
        ("AKT1", ""), ("TP53", ""), ("FGF1", "FGF"), ("FGF2", "FGF"),
    ]  # fmt: skip
    assert corpus.gene_sets(names="synonyms", least=2).to_frame().family.eq("").all()
    assert set(corpus.gene_sets(background=["JAK2", "STAT3"], least=1).to_frame().symbol) == {"JAK2", "STAT3"}


def test_a_list_is_mapped_once_and_taken_as_it_is(corpus: figpath.Collection) -> None:
    listed = corpus.map_genes(["jak-2", "p53", "AKT"])
    assert listed.genes == ("ncbigene:3717", "ncbigene:7157")
    assert listed.unmapped[0][0] == "AKT"
    assert corpus.enrich(listed).listed is listed


@pytest.mark.parametrize(
    ("genes", "keywords", "says"),
    [
        ([], {}, "the list has no gene"),
        (["", " "], {}, "the list has no gene"),
        (["nonsense"], {}, "none of the 1 names in the list is a gene of Homo sapiens: check the organism"),
        (3717, {}, "the list is of type int: give names"),
        (Path("genes.txt"), {}, "Path: give names, the text of a file"),
        (pd.DataFrame({"gene": ["JAK2"]}), {}, "'gene' has '0 JAK2 Name: gene, dtype"),
        (b"\x89PNG\0", {}, "no text"),
        ([3.5], {}, "calls a gene '3.5', which is no text"),
        ([None], {}, "calls a gene 'None', which is no text"),
        ({"JAK2": float("nan")}, {}, "'JAK2' has 'nan' for a number"),
        ({"JAK2": "high"}, {}, "'JAK2' has 'high' for a number"),
        (["JAK2"], {"background": []}, "the background has no gene"),
        (["JAK2"], {"background": ["nonsense"]}, "in the background is a gene of Homo sapiens"),
        (["JAK2"], {"names": "some"}, "unknown names 'some': choose one of strict, synonyms, all"),
        (["JAK2"], {"families": "two"}, "unknown families 'two': choose one of one, members"),
        (["JAK2"], {"organism": "elf"}, "unknown species"),
        (["JAK2"], {"organism": "zebrafish"}, "no gene of taxon 7955"),
        (["JAK2"], {"limit": -1}, "limit -1 is no number of figures"),
        (["JAK2"], {"alike": 3}, "alike 3 is no share"),
        (["JAK2"], {"least": 9, "most": 3}, "change the limits"),
    ],
)
def test_what_cannot_be_asked_is_said(
    corpus: figpath.Collection, genes: Any, keywords: dict[str, Any], says: str
) -> None:
    with pytest.raises(InputError, match=says):
        corpus.enrich(genes, **keywords)


def test_a_ranked_list_needs_numbers(corpus: figpath.Collection) -> None:
    with pytest.raises(InputError, match="needs a number beside each gene"):
        corpus.enrich_ranked(["JAK2", "STAT3"])


def test_the_next_answer_knows_what_has_changed(path: Path) -> None:
    """A figure that another writer put in, replaced or took out, and titles; an unfinished build too."""
    with figpath.open(path) as corpus:
        assert [one.figid for one in corpus.enrich(["TNF"], alike=0)] == ["d"]
        corpus_of(path, entry("e", *map(gene, ("TNF", "JAK2", "AKT1")), title="New"), finished=False)
        assert {one.figid for one in corpus.enrich(["TNF"], alike=0)} == {"d", "e"}
        assert len(corpus.gene_sets()) == 5
        corpus_of(path, entry("d", *map(gene, ("JAK2", "TP53", "AKT1")), title="Death"))
        assert [one.figid for one in corpus.enrich(["TNF"], alike=0)] == ["e"]
        with write_store(path) as writer:
            writer.remove("e")
            writer.put([entry("d", *map(gene, ("FGF1", "TNF", "AKT1")), title="Renamed")])
        assert [(one.figid, one.title) for one in corpus.enrich(["TNF"], alike=0)] == [("d", "Renamed")]


def test_gene_sets_are_prepared_once(path: Path) -> None:
    """Per species, names, families, background and limits; at most four are kept."""
    with open_store(path) as store:
        counting = CountingCorpus(store)
        enricher = Enricher(counting, open_lexicon(), lambda: gene_ids.load(packaged_gene_ids()))
        first = enricher.gene_sets(taxon=9606)
        assert enricher.gene_sets(taxon=9606) is first
        others = [
            enricher.gene_sets(taxon=9606, names="synonyms"),
            enricher.gene_sets(taxon=9606, families="members"),
            enricher.gene_sets(taxon=9606, least=2),
        ]
        assert enricher.gene_sets(taxon=9606) is first
        assert all(one is not first for one in others)
        for least in (1, 4, 5, 6):
            enricher.gene_sets(taxon=9606, least=least, most=600)
        assert enricher.gene_sets(taxon=9606) is not first
        assert counting.read == 1


class CountingCorpus:
    """A corpus that counts how often its genes are read."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.read = 0

    def state(self) -> tuple[int, int]:
        found: tuple[int, int] = self._store.state()
        return found

    def drawn_genes(self) -> DrawnGenes:
        self.read += 1
        found: DrawnGenes = self._store.drawn_genes()
        return found

    def titles(self, figids: Any) -> dict[str, str]:
        return {}
