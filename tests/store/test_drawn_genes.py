"""Gene sets of a corpus: which genes of which figure, kept with the corpus, and never out of step with it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np

from fake_work import source
from figpath.corpus.task import entry_of as entry_for
from figpath.corpus.task import task_of
from figpath.enrich.gene_sets import gene_sets
from figpath.figure import Figure
from figpath.grounding.mention import Entity, Mention
from figpath.publish import gmt
from figpath.record import Record
from figpath.store import open_store, write_store
from figpath.store.gene_sets import EXPANDED, SYMBOL, SYNONYM, DrawnGenes

if TYPE_CHECKING:
    from pathlib import Path

    from figpath.entry import Entry

AKT = ("ncbigene:207", "ncbigene:208", "ncbigene:10000")


def entity(curie: str, source: str = "hgnc_symbol") -> Entity:
    return Entity(id=curie, symbol=f"S{curie.rpartition(':')[2]}", taxon=9606, source=source)


def gene(number: int, source: str = "hgnc_symbol", score: float = 0.9) -> Mention:
    return Mention(text=f"g{number}", kind="gene", score=score, entities=(entity(f"ncbigene:{number}", source),))


def family(name: str, *members: str, named: bool = True) -> Mention:
    head = (Entity(id=f"fplx:{name}", symbol=name, source="famplex_name"),) * named
    found = tuple(entity(curie, "famplex_relations") for curie in members)
    return Mention(text=name, kind="family", score=0.9, entities=(*head, *found))


def record(figid: str, *mentions: Mention) -> Record:
    return Record(
        figid=figid, figure=Figure(figid=figid, title=f"Title of {figid}"), organisms=(9606,), mentions=mentions
    )


def entry(record: Record) -> Entry:
    return entry_for(record, task_of(source(record.figid, record.figid), fingerprint="f1").key)


RECORDS = (
    record("b", gene(1), gene(2, "hgnc_alias"), gene(1, "hgnc_alias"), gene(3, score=0.4), family("AKT", *AKT)),
    record("a", gene(207), gene(4), family("AKT", *AKT), family("AGC", *AKT, "ncbigene:5"), family("PKB kinase", *AKT)),
    record("c", family("RAF", "ncbigene:673", "ncbigene:5894", named=False), gene(9), gene(8)),
)


def filled(path: Path, *records: Record) -> Path:
    with write_store(path) as store:
        store.put([entry(one) for one in records])
        store.link_duplicates()
    return path


def rows(found: DrawnGenes, figid: str) -> set[tuple[str, int, str]]:
    at = found.figids.index(figid)
    return {
        (found.curies[found.gene[n]].rpartition(":")[2], int(found.source[n]), families[found.family[n]])
        for families in [(*found.families, "")]
        for n in range(found.start[at], found.start[at + 1])
    }


def same(one: DrawnGenes, other: DrawnGenes) -> bool:
    arrays = all(
        np.array_equal(getattr(one, n), getattr(other, n))
        for n in ("start", "gene", "source", "family", "taxa", "first")
    )
    return arrays and all(getattr(one, n) == getattr(other, n) for n in ("figids", "curies", "symbols", "families"))


def test_each_gene_is_in_a_figure_once_by_the_most_direct_way(tmp_path: Path) -> None:
    """Drawn before expanded, symbol before synonym, the smaller family before the larger; unsure names do not count."""
    with open_store(filled(tmp_path / "corpus.db", *RECORDS)) as store:
        found = store.drawn_genes()
    assert found.figids == ("a", "b", "c")
    assert rows(found, "b") == {
        ("1", SYMBOL, ""), ("2", SYNONYM, ""), ("207", EXPANDED, "AKT"), ("208", EXPANDED, "AKT"),
        ("10000", EXPANDED, "AKT"),
    }  # fmt: skip
    assert rows(found, "a") == {
        ("207", SYMBOL, ""), ("4", SYMBOL, ""), ("208", EXPANDED, "AKT"), ("10000", EXPANDED, "AKT"),
        ("5", EXPANDED, "AGC"),
    }  # fmt: skip
    assert rows(found, "c") == {
        ("9", SYMBOL, ""), ("8", SYMBOL, ""), ("673", EXPANDED, "RAF"), ("5894", EXPANDED, "RAF"),
    }  # fmt: skip


def test_the_sets_are_those_of_the_gmt_files(tmp_path: Path) -> None:
    """Strict, synonyms and all mean what they mean in an export."""
    with open_store(filled(tmp_path / "corpus.db", *RECORDS)) as store:
        drawn = store.drawn_genes()
        for names in ("strict", "synonyms", "all"):
            exported = gmt.gene_sets(store.records(), taxon=9606, names=names)
            sets = gene_sets(drawn, names=names, families="members")
            ours = {
                figid: {sets.genes[n].rpartition(":")[2] for n in sets.gene[sets.start[at] : sets.start[at + 1]]}
                for at, figid in enumerate(sets.ids)
            }
            assert {one.id: set(one.members) for one in exported} == {
                k: v for k, v in ours.items() if len(v) >= gmt.LEAST
            }


def test_they_are_never_out_of_step(tmp_path: Path) -> None:
    """Whatever is put in or taken out, also when nothing was finished afterwards, is seen by the next reader."""
    path = filled(tmp_path / "corpus.db", *RECORDS)
    with write_store(path) as store:
        store.put([entry(record("b", gene(77)))])
        store.remove("c")
    with open_store(path) as store:
        assert rows(store.drawn_genes(), "b") == {("77", SYMBOL, "")}
        assert store.drawn_genes().figids == ("a", "b")
        derived = store.drawn_genes()
    with write_store(path) as store:
        store.link_duplicates()
    with open_store(path) as store:
        assert same(store.drawn_genes(), derived)


def test_kept_and_derived_are_the_same(tmp_path: Path) -> None:
    path = filled(tmp_path / "corpus.db", *RECORDS)
    with open_store(path) as store:
        kept = store.drawn_genes()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM gene_sets")
        connection.commit()
    with open_store(path) as store:
        assert same(store.drawn_genes(), kept)


def test_a_corpus_without_a_gene_has_no_sets(tmp_path: Path) -> None:
    with open_store(filled(tmp_path / "corpus.db", record("a"))) as store:
        found = store.drawn_genes()
    assert (found.figids, found.curies, len(found.gene)) == (("a",), (), 0)


def test_reading_while_another_process_writes(tmp_path: Path) -> None:
    path = filled(tmp_path / "corpus.db", *RECORDS)
    with write_store(path) as writer, open_store(path) as reader:
        assert reader.drawn_genes().figids == ("a", "b", "c")
        writer.put([entry(record("d", gene(5)))])
        assert reader.drawn_genes().figids == ("a", "b", "c", "d")


def test_titles(tmp_path: Path) -> None:
    with open_store(filled(tmp_path / "corpus.db", *RECORDS)) as store:
        assert store.titles(["a", "nowhere", "c"]) == {"a": "Title of a", "c": "Title of c"}


def test_a_gene_that_a_family_name_may_stand_for_is_a_member_and_not_drawn(tmp_path: Path) -> None:
    """ "TGF-β" is an alias of TGFB1, too; drawn alone it stays one family."""
    named = Entity(id="fplx:TGFB", symbol="TGFB", source="famplex_name")
    members = (entity("ncbigene:7040", "hgnc_alias"), entity("ncbigene:7042", "famplex_relations"))
    drawn = Mention(text="TGF-β", kind="family", score=0.9, entities=(named, *members))
    with open_store(filled(tmp_path / "corpus.db", record("d", drawn))) as store:
        found = store.drawn_genes()
    assert rows(found, "d") == {("7040", EXPANDED, "TGFB"), ("7042", EXPANDED, "TGFB")}


def test_a_name_of_two_families_is_called_alike_in_whatever_order_figures_came(tmp_path: Path) -> None:
    """Entities are numbered as they come, and rows are read by these numbers."""
    head = tuple(Entity(id=f"fplx:{name}", symbol=name, source="famplex_name") for name in ("B", "A"))
    two = Mention(text="AB", kind="family", score=0.9, entities=(*head, entity("ncbigene:5", "famplex_relations")))
    others = [record(name, family(name, "ncbigene:6")) for name in ("B", "A")]
    for number, ordered in enumerate(([*others, record("c", two)], [*others[::-1], record("c", two)])):
        with write_store(tmp_path / f"{number}.db") as store:
            store.put([entry(one) for one in ordered])
            found = store.drawn_genes()
        assert [found.families[at] for at in found.family] == ["A", "B", "A"]
