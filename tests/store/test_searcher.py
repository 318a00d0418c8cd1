"""A search finds what it should, ranks it, counts it, and says why; whatever is typed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from figpath.errors import InputError
from figpath.figure import Paper
from figpath.search.results import FACETS
from figpath.store import Searcher, open_store, write_store
from made_corpus import corpus_of, entry, family, gene, mouse_gene, other

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from figpath.entry import Entry
    from figpath.search.results import Sort

CHOLESTEROL = other("chemical", "Chol", ("mesh:D002784", "Cholesterol"), ("chebi:16113", "cholesterol"))
ASTHMA = other("disease", "asthma", ("mesh:D001249", "Asthma"), ("doid:2841", "asthma"))
CELL = Paper(pmcid="PMC1", title="Exosomes in the lung", year="2019", journal="Cell Reports", keywords=("lung cancer",))
IMMUNITY = Paper(pmcid="PMC2", title="A review", year="2021", journal="Frontiers in Immunology")


def figures() -> list[Entry]:
    """Figures a to h; what each draws and says is all that the tests need to know."""
    return [
        entry("a", gene("JAK2"), gene("STAT3"), title="JAK2 in exosomes of the lung", paper=CELL, pathway=0.95),
        entry("b", gene("JAK2"), gene("TNF", "TNF-α"), caption="JAK2 acts. " * 30 + "See IL-6.", paper=IMMUNITY),
        entry("c", family("FGF", "FGF1", "FGF2"), gene("TP53", "p53"), paper=IMMUNITY, number="S1", pathway=0.5),
        entry("d", gene("FGF2", "bFGF"), CHOLESTEROL, ASTHMA, paper=Paper(year="2020"), number="GA1"),
        entry("e", mouse_gene("Jak2", 16452), organisms=(10090,), title="Résumé of rest", paper=Paper(year="1999")),
        entry("f", gene("STAT3", score=0.3), title="Working model"),
        entry("g", gene("AKT1"), status="failed"),
        entry("h", family("FGF", "FGF1", "FGF2"), gene("FGF1"), title="FGF signaling"),
    ]


class SomeNames:
    """A lexicon of a few synonyms."""

    KNOWN = {  # noqa: RUF012 - never changed
        "bfgf": ("ncbigene:2247",),
        "jak2": ("ncbigene:3717", "ncbigene:16452"),
        "fgf": ("fplx:FGF",),
        "cholesterol": ("mesh:D002784", "chebi:16113"),
    }

    def of_name(self, name: str, kinds: object = ()) -> tuple[str, ...]:
        return self.KNOWN.get(name.lower(), ())

    def is_ordinary(self, word: str) -> bool:
        return word == "rest"


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    path = corpus_of(tmp_path_factory.mktemp("search") / "corpus.db", *figures())
    with open_store(path) as store:
        yield store.searcher(SomeNames())


def found(searcher: Searcher, query: str, *, sort: Sort = "figid") -> str:
    """The figures that a query finds, as one word."""
    return "".join(hit.figid for hit in searcher.search(query, sort=sort).hits)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("JAK2", "abe"),
        ("jak2", "abe"),
        ("gene:JAK2", "abe"),
        ("gene:3717", "ab"),
        ("ncbigene:16452", "e"),
        ("gene:JAK*", "abe"),
        ("JAK2 lung", "a"),
        ("lung OR asthma", "ad"),
        ("JAK2 NOT lung", "be"),
        ("NOT JAK2", "cdfh"),
        ("(lung OR TNF) JAK2", "ab"),
        ("exosome", "a"),
        ("exo*", "a"),
        ('"in the lung"', "a"),
        ('"lung the in"', ""),
        ('"lung canc"*', "a"),
        ("TNF-alpha", "b"),
        ("IL6", "b"),
        ("gene:IL6", ""),
        ("resume", "e"),
        ("rest", "e"),
        ("gene:STAT3", "a"),
        ("gene:FGF2", "cdh"),
        ("drawn:FGF2", "d"),
        ("drawn:FGF1", "h"),
        ("gene:FGF1", "ch"),
        ("drawn:bFGF", "d"),
        ("gene:bFGF", "cdh"),
        ("gene:FGF", "ch"),
        ("drawn:FGF", "ch"),
        ("drawn:p53", "c"),
        ("chemical:cholesterol", "d"),
        ("cholesterol", "d"),
        ("gene:cholesterol", ""),
        ("disease:asthma", "d"),
        ("mesh:D001249", "d"),
        ("organism:mouse", "e"),
        ("organism:human year:2019..2020", "ad"),
        ("year:..2019", "ae"),
        ("year:>2020", "bc"),
        ("NOT year:1000..3000", "fh"),
        ("journal:immunology", "bc"),
        ('journal:"cell reports"', "a"),
        ("journal:reports", "a"),
        ("journal:report", ""),
        ("type:scheme", "c"),
        ("type:abstract OR type:scheme", "cd"),
        ("type:figure pathway:>0.9", "a"),
        ("pathway:0.5..0.9", "c"),
        ("PMC1", "a"),
        ("pmc2", "bc"),
        ("PMC2 JAK2", "b"),
        ("PMC3", ""),
        ("h", "h"),
        ("AKT1", ""),
        ("nowhere", ""),
    ],
)
def test_a_query_finds_its_figures(searcher: Searcher, query: str, expected: str) -> None:
    """Drawn, expanded and written; with synonyms; failed figures and unsure names never."""
    result = searcher.search(query, sort="figid")
    assert "".join(hit.figid for hit in result.hits) == expected
    assert result.total == len(expected)


def test_a_figure_is_found_by_its_figid(tmp_path: Path) -> None:
    """Also when the paper is not known; PMC1 is not PMC10, and a figid comes before a text that names it."""
    figids = ("PMC1__fig1", "PMC1__fig2", "PMC10__fig1", "PMC1_odd", "sketch-1")
    entries = [entry(figid, gene("JAK2"), caption="As in PMC1__fig2." if "odd" in figid else "") for figid in figids]
    with open_store(corpus_of(tmp_path / "corpus.db", *entries)) as store:
        searcher = store.searcher(SomeNames())
        asked = {
            query: [hit.figid for hit in searcher.search(query).hits]
            for query in ("PMC1", "pmc1__fig2", "sketch-1", "PMC1__fig9")
        }
    assert asked["PMC1"] == ["PMC1__fig1", "PMC1__fig2", "PMC1_odd"]
    assert asked["pmc1__fig2"] == ["PMC1__fig2", "PMC1_odd"]
    assert asked["sketch-1"] == ["sketch-1"]
    assert asked["PMC1__fig9"] == []


def test_drawn_and_expanded_are_told_apart(searcher: Searcher) -> None:
    hits = {hit.figid: (hit.drawn, hit.expanded) for hit in searcher.search("gene:FGF2 OR gene:FGF1").hits}
    assert hits == {"d": (("FGF2",), ()), "c": ((), ("FGF1", "FGF2")), "h": (("FGF1",), ("FGF2",))}


def test_a_hit_says_what_its_genes_are_called_on_the_figure(searcher: Searcher) -> None:
    """And its texts show that name, too."""
    hits = {hit.figid: hit for hit in searcher.search("gene:FGF2").hits}
    assert {figid: hit.drawn_as for figid, hit in hits.items()} == {"d": ("bFGF",), "c": ("FGF",), "h": ("FGF",)}
    (one,) = hits["h"].snippets
    assert [one.text[a:b] for a, b in one.marks] == ["FGF"]


def test_what_is_drawn_comes_before_what_is_expanded(searcher: Searcher) -> None:
    assert found(searcher, "gene:FGF2", sort="relevance")[0] == "d"


def test_the_title_counts_more_than_the_caption(searcher: Searcher) -> None:
    result = searcher.search("JAK2")
    assert result.hits[0].figid == "a"
    assert [hit.score for hit in result.hits] == sorted((hit.score for hit in result.hits), reverse=True)


def test_filters_alone_rank_by_year_and_figid(searcher: Searcher) -> None:
    assert found(searcher, "organism:human", sort="relevance") == "bcdafh"
    assert found(searcher, "organism:human", sort="year") == "bcdafh"


def test_pages_follow_each_other(searcher: Searcher) -> None:
    whole = [hit.figid for hit in searcher.search("NOT nowhere").hits]
    for size in (1, 2, 3):
        pages = [searcher.search("NOT nowhere", limit=size, offset=at) for at in range(0, 9, size)]
        assert [hit.figid for page in pages for hit in page.hits] == whole
        assert {page.total for page in pages} == {7}
    assert searcher.search("NOT nowhere", limit=0).hits == ()
    assert searcher.search("NOT nowhere", limit=0).total == 7


def test_snippets_show_the_match(searcher: Searcher) -> None:
    (hit,) = searcher.search("IL6").hits
    (one,) = hit.snippets
    assert (one.field, [one.text[a:b] for a, b in one.marks]) == ("caption", ["IL-6"])
    assert one.text.startswith("…")
    fields = [one.field for one in searcher.search("lung").hits[0].snippets]
    assert fields == ["title", "paper_title", "keywords"]


def test_facets_count_what_was_found(searcher: Searcher) -> None:
    """Every value, exactly; a disease in two vocabularies counts once, expanded genes do not count."""
    facets = {facet.name: facet for facet in searcher.search("NOT nowhere", facets=FACETS).facets}
    counts = {name: {value.label: value.count for value in facet.values} for name, facet in facets.items()}
    assert counts["organism"] == {"Homo sapiens": 6, "Mus musculus": 1}
    assert counts["year"] == {"2021": 2, "2020": 1, "2019": 1, "1999": 1}
    assert list(counts["year"]) == ["2021", "2020", "2019", "1999"]
    assert counts["journal"] == {"Cell Reports": 1, "Frontiers in Immunology": 2}
    genes = {"JAK2": 2, "STAT3": 1, "TNF": 1, "TP53": 1, "FGF2": 1, "FGF1": 1, "Jak2 (mouse)": 1}
    assert counts["gene"] == genes
    assert counts["disease"] == {"Asthma": 1}


def test_a_facet_narrows_a_query_to_its_count(searcher: Searcher) -> None:
    for facet in searcher.search("JAK2", facets=FACETS).facets:
        for value in facet.values:
            narrowed = f"JAK2 {value.query}"
            assert searcher.search(narrowed).total == value.count, narrowed


def test_spelling_help_names_what_is_known(searcher: Searcher) -> None:
    assert [one.nearest for one in searcher.search("gene:STTA3").suggestions] == [("STAT3",)]
    assert [one.nearest for one in searcher.search("JAK3 lung").suggestions] == [("JAK2",)]
    assert searcher.search("JAK2").suggestions == ()


def test_a_list_without_blanks_is_told_apart(searcher: Searcher) -> None:
    """Names that a comma joins are one word, which nothing has; when each is known, they are what is suggested."""
    assert [one.nearest for one in searcher.search("STAT3,JAK2").suggestions] == [("STAT3", "JAK2")]
    assert searcher.search("JAK2,nothing").suggestions == ()


@pytest.mark.parametrize(
    ("options", "says"),
    [({"limit": -1}, "from 0 up"), ({"offset": -1}, "from 0 up"), ({"facets": ("x",)}, "facets are")],
)
def test_impossible_pages_are_refused(searcher: Searcher, options: dict[str, object], says: str) -> None:
    with pytest.raises(InputError, match=says):
        searcher.search("JAK2", **options)  # type: ignore[arg-type]  # wrong on purpose


PIECES = (
    *('"', "*", "(", ")", "'", ";", "--", "^", "+", "{", "\0", "é", "x"),
    *("NEAR", "NEAR(a b)", "title:", "gene:", "drawn:", "JAK2", "OR", "NOT"),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.one_of(st.text(max_size=30), st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join)))
def test_any_text_finds_figures_or_is_an_input_error(searcher: Searcher, text: str) -> None:
    """Never an error of SQLite: what is typed is never part of its language."""
    try:
        result = searcher.search(text, facets=FACETS)
    except InputError:
        return
    assert 0 <= len(result.hits) <= result.total <= 7


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    one=st.sampled_from(("JAK2", "lung", "gene:FGF2", "year:2020", "organism:human", "type:scheme", "exo*")),
    other=st.sampled_from(("TNF", "NOT lung", "drawn:FGF1", "pathway:>0.9", "journal:immunology")),
)
def test_queries_are_sets(searcher: Searcher, one: str, other: str) -> None:
    """AND is the common part, OR the whole, NOT the rest."""
    left, right = set(found(searcher, one)), set(found(searcher, other))
    assert set(found(searcher, f"({one}) ({other})")) == left & right
    assert set(found(searcher, f"({one}) OR ({other})")) == left | right
    assert set(found(searcher, f"NOT ({one})")) == set("abcdefh") - left


def test_a_search_sees_what_was_put_and_removed_meanwhile(tmp_path: Path) -> None:
    """A reader that is open while others write answers from the present state, finished or not."""
    path = corpus_of(tmp_path / "corpus.db", *figures())
    with open_store(path) as reader:
        searcher = reader.searcher(SomeNames())
        assert found(searcher, "JAK2") == "abe"
        with write_store(path) as writer:
            writer.put([entry("aa", gene("JAK2")), entry("b", gene("TNF"))])
            assert found(searcher, "JAK2") == "aaae"
            writer.remove("a")
            assert found(searcher, "JAK2") == "aae"
            assert found(searcher, "lung") == ""
            writer.link_duplicates()
            assert found(searcher, "JAK2") == "aae"


def test_a_search_sees_a_reindexed_corpus(tmp_path: Path) -> None:
    """Also one that lost all of its figures."""
    path = corpus_of(tmp_path / "corpus.db", entry("a", gene("JAK2")), entry("b", gene("TNF")))
    with open_store(path) as reader:
        searcher = reader.searcher()
        assert found(searcher, "JAK2 OR TNF") == "ab"
        with write_store(path) as writer:
            writer.reindex()
        assert found(searcher, "JAK2 OR TNF") == "ab"
        with write_store(path) as writer:
            writer.remove("a")
            writer.remove("b")
            writer.reindex()
        assert found(searcher, "JAK2 OR TNF") == ""


def test_an_unfinished_corpus_answers_like_a_finished_one(tmp_path: Path) -> None:
    """What a killed writer left, in any order, gives the answers of a corpus made anew."""
    whole = corpus_of(tmp_path / "whole.db", *figures())
    pieces = corpus_of(tmp_path / "pieces.db", *figures()[4:])
    corpus_of(pieces, *reversed(figures()[:5]), entry("h", gene("IL6")), finished=False)
    corpus_of(pieces, figures()[7], finished=False)
    queries = ("JAK2 OR FGF", "gene:FGF2", "NOT nowhere", "organism:mouse", "year:>2000", "IL6")
    answers = []
    for path in (whole, pieces):
        with open_store(path) as store:
            searcher = store.searcher(SomeNames())
            answers.append([searcher.search(query, facets=FACETS) for query in queries])
    assert answers[0] == answers[1]


def test_an_empty_corpus_has_answers_too(tmp_path: Path) -> None:
    with open_store(corpus_of(tmp_path / "corpus.db")) as store:
        result = store.searcher().search("JAK2 OR year:2020 OR gene:STAT3", facets=FACETS)
    assert (result.total, result.hits) == (0, ())


def test_facets_of_many_figures_are_those_of_few(tmp_path: Path) -> None:
    """Counting all figures or only the chosen ones gives the same."""
    genes = ("JAK2", "STAT3", "TNF", "IL6", "AKT1")
    made = [entry(f"f{n:02}", *(gene(genes[(n * k) % 5]) for k in (1, 2))) for n in range(40)]
    with open_store(corpus_of(tmp_path / "corpus.db", *made)) as store:
        for query in ("gene:JAK2", "NOT gene:JAK2", "NOT nowhere"):
            result = store.searcher().search(query, limit=50, facets=("gene",))
            drawn = Counter(s for hit in result.hits for s in {m.text for m in store.record(hit.figid).mentions})
            assert {value.label: value.count for value in result.facets[0].values} == drawn


def test_hits_are_told_alike_in_whatever_order_figures_came(tmp_path: Path) -> None:
    """Entities are numbered as they come; what a hit draws is in the order of symbols."""
    both = entry("c", gene("FGF2", "bFGF"), gene("FGF1"))
    found = []
    for name, others in (("one", ("FGF1", "FGF2")), ("two", ("FGF2", "FGF1"))):
        path = corpus_of(tmp_path / f"{name}.db", *(entry(f"{at}", gene(one)) for at, one in enumerate(others)), both)
        with open_store(path) as store:
            found.append(next(hit for hit in store.searcher().search("FGF*").hits if hit.figid == "c"))
    assert found[0] == found[1]
    assert (found[0].drawn, found[0].drawn_as) == (("FGF1", "FGF2"), ("FGF1", "bFGF"))
