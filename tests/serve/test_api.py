"""The JSON API: one envelope, paging, tags, the contract keys, the flavours, the shape of BioThings."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

import pytest

from asking import Client
from figpath.errors import StoreError
from figpath.serve import Settings, create_app
from figpath.serve.biothings import translated
from made_corpus import corpus_of, entry, gene

if TYPE_CHECKING:
    from pathlib import Path

GENES = "associatedWith.mentions.genes.ncbigene"


def test_a_figure_has_the_keys_of_the_contract(client: Client) -> None:
    """DESIGN section 4."""
    found = client.get("/api/figures/PMC101__fig2").json()["data"]
    for key in ("figid", "status", "width", "height", "pathway_score", "organisms", "lines", "mentions", "relations"):
        assert key in found
    assert {"text", "kind", "box", "score", "entities"} <= set(found["mentions"][0])
    assert {"id", "symbol", "taxon", "source"} <= set(found["mentions"][0]["entities"][0])
    assert {"source", "target", "sign", "score", "path"} <= set(found["relations"][0])


def test_success_has_one_shape(client: Client) -> None:
    for address in ("corpus", "search", "facets", "figures/PMC101__fig2", "figures/PMC101__fig2/similar", "genes/JAK2"):
        answer = client.get(f"/api/{address}")
        assert answer.headers["content-type"] == "application/json"
        assert set(answer.json()) <= {"data", "page"}
        assert "data" in answer.json()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("figures/none", 404), ("figures/none/similar", 404), ("figures/PMC200__fig1/picture", 404),
        ("figures/PMC101__fig2/files/none", 404), ("genes/none", 404), ("nowhere", 404), ("figure/none", 404),
        ("search?q=%22", 400), ("search?q=year:x", 400), ("sets?organism=unicorn", 400), ("genes/JAK2?organism=x", 400),
        ("search?limit=x", 422), ("search?limit=-1", 422), ("search?sort=none", 422), ("query?size=9999", 422),
    ],
)  # fmt: skip
def test_failure_has_one_shape(client: Client, address: str, status: int) -> None:
    answer = client.get(f"/api/{address}")
    assert answer.status_code == status
    error = answer.json()["error"]
    assert error["status"] == status
    assert error["message"]
    assert "\n" not in error["message"]


def test_pages_lead_through_everything_once(client: Client) -> None:
    """Following `next` gives each figure once, following `previous` leads back."""
    address: str | None = "/api/search?q=&limit=7&sort=figid"
    seen: list[str] = []
    pages = []
    while address:
        answer = client.get(address).json()
        seen += [hit["figid"] for hit in answer["data"]["hits"]]
        pages.append(answer["page"])
        address = answer["page"]["next"]
    assert len(seen) == len(set(seen)) == pages[0]["total"] == 30
    assert pages[0]["previous"] is None
    assert client.get(pages[-1]["previous"]).json()["page"]["offset"] == pages[-2]["offset"]


def test_what_has_not_changed_is_not_sent_again(client: Client) -> None:
    """The tag stands for the body: the same for the same question, another one for another."""
    for address in ("/api/search?q=JAK2", "/figures/PMC101__fig2", "/api/figures/PMC101__fig2/picture", "/api/query"):
        first = client.get(address)
        again = client.get(address, headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        weak = client.get(address, headers={"if-none-match": f'"x", W/{first.headers["etag"]}'})
        assert weak.status_code == 304
        assert client.get(address, headers={"if-none-match": '"x"'}).status_code == 200
    assert client.get("/api/search").headers["etag"] != client.get("/api/search?q=JAK2").headers["etag"]


def sets(client: Client, names: str, organism: str = "human") -> dict[str, set[str]]:
    answer = client.get(f"/api/sets?names={names}&organism={organism}")
    assert answer.headers["content-type"] == "application/x-ndjson"
    found = [json.loads(line) for line in answer.text.splitlines()]
    return {one["figid"]: set(one["symbols"]) for one in found}


def test_three_flavours_of_gene_sets(client: Client) -> None:
    """Official symbols alone; any name; members of families too. A figure with fewer than three is left out."""
    figure = "PMC101__fig2"
    assert figure not in sets(client, "strict")
    assert sets(client, "synonyms")[figure] == {"JAK2", "STAT3", "IL6"}
    assert sets(client, "all")[figure] == {"JAK2", "STAT3", "IL6", "FGF1", "FGF2"}
    assert len(sets(client, "strict")) == 28
    assert sets(client, "all", "mouse") == {}


def test_enrichment_is_that_of_the_command_line(client: Client, served_corpus: Path, run: Any) -> None:
    """The same JSON, with every choice that both have, and for a list with signs."""
    lists = {"genes": "JAK2\nSTAT3\nTNF\nIL6\nzzz\n", "signs": "JAK2\t1\nIL6\t2\nTNF\t-1\nFGF2\t-2\n"}
    for genes in lists.values():
        ours = client.post("/api/enrich", json={"genes": genes}).json()["data"]
        assert ours == json.loads(run("enrich", served_corpus, "-", "--format", "json", stdin=genes.encode()).out)
    chosen = {"names": "synonyms", "families": "members", "min_size": 2, "max_size": 9, "popularity": True, "alike": 0}
    ours = client.post("/api/enrich", json={"genes": genes, **chosen, "limit": 3}).json()["data"]
    options = [
        "--names", "synonyms", "--families", "members", "--min-size", 2, "--max-size", 9, "--popularity", "--alike", 0,
        "--limit", 3,
    ]  # fmt: skip
    told = json.loads(run("enrich", served_corpus, "-", *options, "--format", "json", stdin=genes.encode()).out)
    assert ours == told
    assert len(ours["figures"]) == 3


def test_a_list_of_more_names_than_genes_is_refused(client: Client) -> None:
    answer = client.post("/api/enrich", json={"genes": "JAK2," * 100_001})
    assert answer.status_code == 400
    assert "has 100,001 names: send at most 100,000" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    "body",
    [{}, {"genes": ""}, {"genes": "JAK2", "names": "x"}, {"genes": "JAK2", "limit": 0}, {"genes": 1}, [], "x", None],
)
def test_an_enrichment_of_the_wrong_form_is_refused(client: Client, body: object) -> None:
    answer = client.post("/api/enrich", json=body)
    assert answer.status_code == 422
    assert answer.json()["error"]["message"]


def test_a_list_without_genes_is_explained(client: Client) -> None:
    for genes in ("zzz", "JAK2\tnan", "\0"):
        answer = client.post("/api/enrich", json={"genes": genes})
        assert answer.status_code == 400
        assert answer.json()["error"]["message"]


# ---- BioThings


def test_a_document_has_the_shape_of_biothings(client: Client) -> None:
    found = client.get("/api/figure/PMC101__fig2").json()
    assert found["_id"] == "PMC101__fig2"
    about = found["associatedWith"]
    assert about["pmc"] == "PMC101"
    assert about["mentions"]["genes"]["ncbigene"] == ["3717", "6774", "3569", "2246", "2247"]
    assert about["mentions"]["chemicals"] == {"mesh": ["D002784"], "chebi": ["CHEBI:16113"]}
    assert about["mentions"]["diseases"] == {"mesh": ["D005355"]}
    strict = client.get("/api/figure/PMC101__fig2?names=strict").json()["associatedWith"]["mentions"]
    assert strict["genes"]["ncbigene"] == ["6774"]


def test_a_query_of_biothings_finds_what_a_search_finds(client: Client) -> None:
    theirs = client.get(f"/api/query?q={GENES}:3717&size=1000&fields=_id,associatedWith.pmc").json()
    ours = client.get("/api/search?q=gene:ncbigene:3717&limit=500").json()
    assert theirs["total"] == ours["page"]["total"] == 11
    assert [hit["_id"] for hit in theirs["hits"]] == [hit["figid"] for hit in ours["data"]["hits"]]
    assert set(theirs["hits"][0]["associatedWith"]) <= {"pmc"}
    assert client.get("/api/query?q=__all__&size=0").json()["total"] == 30


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (f"{GENES}:3717", "gene:ncbigene:3717"),
        (f"{GENES}:3717 AND {GENES}:6774", "gene:ncbigene:3717 AND gene:ncbigene:6774"),
        ('associatedWith.mentions.chemicals.mesh:"D002784"', "chemical:mesh:D002784"),
        ("associatedWith.mentions.chemicals.chebi:CHEBI\\:16113", "chemical:chebi:16113"),
        ("associatedWith.mentions.diseases.doid:DOID:162", "disease:doid:162"),
        ("associatedWith.title:lung", "lung"),
        ("__all__", ""),
        ("exosome", "exosome"),
    ],
)
def test_queries_of_biothings_are_translated(theirs: str, ours: str) -> None:
    assert translated(theirs) == ours


def test_several_gene_lists_at_once(client: Client) -> None:
    """As BioThings Explorer of the Translator asks: figures that have at least two of the genes."""
    asked = {
        "q": ["3717 6774 7124", "1"], "scopes": GENES, "fields": ["_id", GENES, "associatedWith.pmc"],
        "operator": "OR", "analyzer": "whitespace", "minimum_should_match": 2, "size": 1000, "with_total": True,
    }  # fmt: skip
    found = client.post("/api/query", json=asked).json()
    hits = [hit for hit in found["hits"] if "notfound" not in hit]
    assert found["max_total"] == len(hits) == 11
    assert all(
        len({"3717", "6774", "7124"} & set(h["associatedWith"]["mentions"]["genes"]["ncbigene"])) > 1 for h in hits
    )
    assert found["hits"][-1] == {"query": "1", "notfound": True}
    alone = client.post("/api/query", json=asked | {"with_total": False, "operator": "AND"}).json()
    assert [hit.get("_id") for hit in alone][:1] == ["PMC104__fig1"]
    assert alone[0]["_score"] == 3


# ---- the description, load, and a writer beside


def test_the_description_names_every_path(client: Client) -> None:
    """OpenAPI and its page agree, and the page loads nothing from elsewhere (see test_safety)."""
    paths = client.get("/api/openapi.json").json()["paths"]
    page = client.get("/api/docs").text
    assert {"/api/search", "/api/enrich", "/api/query", "/api/figure/{figid}", "/api/sets"} <= set(paths)
    for path in paths:
        assert path in page


def test_a_busy_server_asks_to_come_back(served_corpus: Path) -> None:
    """More questions than may wait get 503 and a time; those that wait are answered."""
    app = create_app(served_corpus, settings=Settings(threads=1, waiting=2))
    gate = threading.Event()
    with Client(app) as client:
        client._runner.run(app.state.site.desks.ask(lambda desk: None))

        async def crowd() -> list[Any]:
            import asyncio

            blocked = asyncio.create_task(app.state.site.desks.ask(lambda desk: gate.wait(10)))
            await asyncio.sleep(0.05)
            asked = [asyncio.create_task(client._client.get("/api/corpus")) for _ in range(6)]
            while sum(one.done() for one in asked) < 4:
                await asyncio.sleep(0.01)
            gate.set()
            await blocked
            return [await one for one in asked]

        answers = client._runner.run(crowd())
    assert sorted(one.status_code for one in answers) == [200] * 2 + [503] * 4
    busy = next(one for one in answers if one.status_code == 503)
    assert int(busy.headers["retry-after"]) > 0


def test_new_figures_are_seen_without_a_restart(tmp_path: Path) -> None:
    """A corpus is built while it is served; the home page, searches and gene sets follow."""
    from figpath.store import write_store

    path = corpus_of(tmp_path / "corpus.db", entry("one", *map(gene, ("JAK2", "STAT3", "TNF"))))
    with Client(create_app(path)) as client:
        assert client.get("/api/corpus").json()["data"]["figures"] == 1
        assert "1 published figure:" in client.get("/").text
        assert len(sets(client, "all")) == 1
        with write_store(path) as store:
            store.put([entry("two", *map(gene, ("JAK2", "STAT3", "IL6")))])
            store.link_duplicates()
            assert client.get("/api/figures/two").status_code == 200
        assert client.get("/api/search?q=IL6").json()["page"]["total"] == 1
        assert "2 published figures:" in client.get("/").text
        assert len(sets(client, "all")) == 2


def test_nothing_fails_while_the_corpus_is_written(tmp_path: Path) -> None:
    """A build puts figures in, one commit after the other, while pages and the API are asked."""
    from figpath.store import write_store

    symbols = ("JAK2", "STAT3", "TNF", "IL6", "AKT1")
    path = corpus_of(tmp_path / "corpus.db", entry("f0", *map(gene, symbols[:3])))

    def build() -> None:
        with write_store(path) as store:
            for number in range(1, 25):
                store.put([entry(f"f{number}", *map(gene, symbols[number % 3 :]))])
            store.link_duplicates()

    with Client(create_app(path)) as client:
        writer = threading.Thread(target=build)
        writer.start()
        rounds = 0
        while writer.is_alive() or rounds == 0:
            addresses = ("/", "/search?q=JAK2", "/figures/f0", "/genes/TNF", "/api/sets", "/api/corpus", "/browse")
            assert {one.status_code for one in client.together(*addresses)} == {200}
            rounds += 1
        writer.join()
        assert client.get("/api/search").json()["page"]["total"] == 25


def test_many_at_once_are_answered_alike(client: Client) -> None:
    addresses = [f"/api/search?q={name}&limit=3" for name in ("JAK2", "TNF", "FGF1", "lung")] * 10
    answers = client.together(*addresses)
    assert {one.status_code for one in answers} == {200}
    assert len({(address, one.text) for address, one in zip(addresses, answers, strict=True)}) == 4


def test_a_file_that_is_no_corpus_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no corpus"):
        create_app(tmp_path / "none.db")
