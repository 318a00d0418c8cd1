"""The pages: what stands on them without any script."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from asking import Client
from figpath.grounding.mention import Mention
from figpath.serve import create_app
from figpath.serve.bars import bars
from figpath.serve.figure_view import caption_pieces, figure_view
from made_corpus import gene
from made_records import figure_record

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

FIGURE = "/figures/PMC101__fig2"


def test_home_offers_a_search_a_list_and_says_what_there_is(client: Client) -> None:
    page = client.get("/").text
    assert '<input id="q" type="search"' in page
    assert '<textarea id="genes"' in page
    assert "30 published figures" in page
    for name in ("Homo sapiens", "JAK2", "Figures per year"):
        assert name in page


def test_browse_lists_what_there_is(client: Client) -> None:
    page = client.get("/browse").text
    for text in ("Organism", "Mus musculus", "Gene or family", "Disease", "Fibrosis", "Journal", "Lung Biology"):
        assert text in page


def test_a_search_shows_cards_facets_and_where_else_to_ask(client: Client) -> None:
    page = client.get("/search?q=JAK2").text
    assert "<h1>12 figures" in page
    assert 'src="/thumbnails/PMC101__fig2"' in page
    assert "lit=JAK2" in page
    for title in ("Organism", "Year", "Journal", "Gene or family", "Disease"):
        assert f"<h2>{title}</h2>" in page
    for host in ("pfocr.wikipathways.org", "www.wikipathways.org", "ndexbio.org", "europepmc.org"):
        assert re.search(rf'href="https://(www\.)?{re.escape(host.removeprefix("www."))}[^"]*JAK2"', page), host


def test_a_card_has_picture_title_year_and_the_genes_of_the_query(client: Client) -> None:
    """Drawn genes and those that only a drawn family has are told apart; the genes lead to a figure with them lit."""
    page = client.get("/search?q=JAK2 gene:FGF2").text
    cards = re.findall(r'<li class="card">.*?</li>\n', page, re.DOTALL)
    card = next(one for one in cards if "PMC101__fig2" in one)
    assert 'src="/thumbnails/PMC101__fig2"' in card
    assert "Exosomes activate JAK2/STAT3 signaling in the lung</a></h3>" in card
    assert '<p class="soft">2021 · Lung Biology · PMC101</p>' in card
    assert re.findall(r'<li class="chip gene">(\w+)</li>', card) == ["JAK2"]
    assert re.findall(r'<li class="chip family"[^>]*>(\w+)</li>', card) == ["FGF2"]
    assert 'href="/figures/PMC101__fig2?lit=JAK2%2CFGF2"' in card


def test_a_paper_and_a_figure_are_found_by_their_ids(client: Client) -> None:
    assert "<h1>1 figure " in client.get("/search?q=PMC101__fig2").text
    assert "/figures/PMC101__fig2" in client.get("/search?q=pmc101").text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("JAK2 lung", "JAK2%20lung"), ('gene:JAK2 "lung cancer" year:2020..', "JAK2%20lung%20cancer"),
        ("gene:ncbigene:3717", "JAK2"), ("JAK2 NOT mouse", "JAK2"), ("organism:mouse", None), ("", None),
    ],
)  # fmt: skip
def test_other_sites_are_asked_in_plain_words(client: Client, query: str, words: str | None) -> None:
    """Our fields mean nothing to them."""
    page = client.get("/search", params={"q": query}).text
    found = re.findall(r'href="https://europepmc.org/search\?query=([^"]*)"', page)
    assert found == ([] if words is None else [words])


def test_a_facet_narrows_and_widens_again(client: Client) -> None:
    """Its link gives as many figures as it says, and from there leads back."""
    page = client.get("/search?q=JAK2").text
    link, count = re.findall(
        r'<a href="(/search\?q=JAK2[^"]*journal[^"]*)"><span>Reviews</span> <span[^>]*>(\d+)', page
    )[0]
    narrowed = client.get(unescape(link)).text
    assert f"<h1>{count} figures" in narrowed
    back = re.findall(r'<a href="([^"]+)" aria-current="true"', narrowed)[0]
    assert "<h1>12 figures" in client.get(unescape(back)).text


def test_the_address_holds_the_whole_query(client: Client) -> None:
    """Second page, sorted: 24 a page, and the links keep query and order."""
    first = client.get("/search?q=organism:human&sort=year").text
    assert first.count('<li class="card">') == 24
    link = unescape(re.findall(r'rel="next" href="([^"]+)"', first)[0])
    assert link == "/search?q=organism%3Ahuman&sort=year&offset=24"
    second = client.get(link).text
    assert second.count('<li class="card">') == 5
    assert '<option value="year" selected>' in second


def test_a_search_that_finds_nothing_helps(client: Client) -> None:
    assert "Did you mean" in client.get("/search?q=JAKK2").text
    assert "No figure matches" in client.get("/search?q=nothingatall").text
    wrong = client.get("/search?q=year:x")
    assert wrong.status_code == 400
    assert "year:x is no number or range" in wrong.text


def test_each_name_is_a_box_in_pixels_of_the_picture(client: Client) -> None:
    """The overlay scales with the picture: its coordinates are those of the record, three pixels wider."""
    record = client.get("/api/figures/PMC101__fig2").json()["data"]
    page = client.get(FIGURE).text
    assert f'viewBox="0 0 {record["width"]} {record["height"]}"' in page
    marks = re.findall(r'<a class="mark ([a-z ]+)" id="box-(\d+)".*?</a>', page, re.DOTALL)
    assert len(marks) == len(record["mentions"])
    x0, y0, x1, y1 = record["mentions"][0]["box"]
    assert f'x="{x0 - 3}" y="{y0 - 3}" width="{x1 - x0 + 6}" height="{y1 - y0 + 6}" rx="3"' in page


def test_kinds_differ_in_shape_too(client: Client) -> None:
    """Not by colour alone: a family has a second line, a chemical round ends, a disease cut corners."""
    page = client.get(FIGURE).text
    shapes = {
        kind: re.search(rf'<a class="mark {kind}".*?</a>', page, re.DOTALL)
        for kind in ("gene", "family", "chemical", "disease")
    }
    found = {kind: one[0] for kind, one in shapes.items() if one}
    assert found["gene"].count("<rect") == 2
    assert found["family"].count("<rect") == 3
    assert re.search(r'height="(\d+)" rx="(\d+)', found["chemical"])
    assert "<polygon" in found["disease"]


def test_a_box_says_what_it_is_and_leads_to_its_row(client: Client) -> None:
    """Name, entity, score and chain of rewrites, for eyes and for ears, without a script."""
    page = client.get(FIGURE).text
    spoken = "JAK-2: gene JAK2 (ncbigene:3717); score 0.90; JAK-2 → drop hyphen → JAK-2"
    assert f'aria-label="{spoken}"' in page
    assert f"<title>{spoken}</title>" in page
    for row in set(re.findall(r'href="#name-(\d+)"', page)):
        assert page.count(f'id="name-{row}"') == 1
    for box in set(re.findall(r'href="#box-(\d+)"', page)):
        assert page.count(f'id="box-{box}"') == 1


def test_the_genes_of_the_address_are_lit(client: Client) -> None:
    """By symbol or by identifier, in any case; members of families too."""
    for asked in ("JAK2", "ncbigene:3717", "jak2,unknown"):
        page = client.get(f"{FIGURE}?lit={asked}").text
        assert re.findall(r'<a class="mark (\w+) lit"', page) == ["gene"]
        assert "Lit up: JAK-2." in page
    assert '<a class="mark family lit"' in client.get(f"{FIGURE}?lit=FGF2").text


def test_the_caption_marks_the_same_names(client: Client) -> None:
    caption = re.findall(r'<p class="caption">(.*?)</p>', client.get(FIGURE).text)[0]
    marked = re.findall(r'<a class="named (\w+)"[^>]*>([^<]+)</a>', caption)
    assert marked == [
        ("gene", "IL6"), ("chemical", "cholesterol"), ("gene", "JAK2"), ("gene", "STAT3"), ("disease", "fibrosis"),
    ]  # fmt: skip


def test_small_letters_are_no_gene_in_a_caption() -> None:
    """REST is drawn; "rest" in the caption is a word."""
    rows = figure_view(figure_record(mentions=(gene("JAK2", "REST"),), relations=())).tables[0].rows
    assert [piece.kind for piece in caption_pieces("at rest REST", rows)] == [None, "gene"]
    assert "".join(piece.text for piece in caption_pieces("at rest REST.", rows)) == "at rest REST."


def test_tables_are_by_organism_and_kind(client: Client) -> None:
    page = client.get(FIGURE).text
    for title in ("Genes of Homo sapiens", "Families", "Chemicals", "Diseases", "Relations"):
        assert title in page
    for link in ("ncbigene:3717", "mesh:D002784", "CHEBI:16113", "fplx:FGF"):
        assert f'href="https://identifiers.org/{link}" rel="noreferrer"' in page
    assert "2 member genes" in page


def test_a_name_drawn_twice_is_one_row() -> None:
    twice = figure_record(
        mentions=tuple(Mention(text="A", kind="gene", score=s, box=(n, 0, n + 9, 9)) for n, s in ((1, 0.4), (20, 0.9))),
        relations=(),
    )
    view = figure_view(twice)
    assert [row.mentions for table in view.tables for row in table.rows] == [(0, 1)]
    assert [mark.row for mark in view.marks] == [1, 1]


def test_a_figure_without_a_picture_says_so_and_keeps_its_names(client: Client) -> None:
    page = client.get("/figures/PMC200__fig1").text
    assert "picture not kept" in page
    assert '<img src="/api/figures/PMC200__fig1/picture"' not in page
    assert "Genes of Homo sapiens" in page
    assert client.get("/thumbnails/PMC200__fig1").headers["content-type"] == "image/svg+xml"


def test_a_figure_that_failed_says_why(client: Client) -> None:
    page = client.get("/figures/PMC107__fig1")
    assert page.status_code == 200
    assert "it says so" in page.text


def test_citation_licence_and_what_search_engines_read(client: Client) -> None:
    page = client.get(FIGURE).text
    assert "CC BY 4.0" in page
    assert 'href="https://doi.org/10.1000/lung.1"' in page
    assert '<meta property="og:image" content="http://localhost:8000/api/figures/PMC101__fig2/picture">' in page
    linked = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[0])
    assert linked["@type"] == "ImageObject"
    assert linked["license"] == "CC BY 4.0"
    assert {"@type": "Gene", "identifier": "ncbigene:3717", "name": "JAK2"}.items() <= linked["about"][0].items()


def test_downloads_are_offered_on_top(client: Client) -> None:
    """Every form, and each link gives a file under the figure's name."""
    page = client.get(FIGURE).text
    links = re.findall(r'href="(/api/figures/PMC101__fig2/files/[\w-]+)" download', page)
    assert page.index(links[0]) < page.index('class="overlay"')
    assert len(links) == len(set(links)) == 13
    for link in links:
        answer = client.get(link)
        assert answer.status_code == 200
        assert 'filename="PMC101__fig2' in answer.headers["content-disposition"]


def test_a_gene_has_years_companions_and_figures(client: Client) -> None:
    page = client.get("/genes/JAK2").text
    assert "11 figures draw it" in page
    assert 'aria-label="Figures that draw JAK2: 2014: 3' in page
    assert 'href="/genes/ncbigene:7124"' in page
    assert page.count('<li class="card">') == 11
    assert client.get("/genes/Jak2?organism=mouse").text.count('<li class="card">') == 1


def test_a_gene_nobody_draws_is_not_found(client: Client) -> None:
    assert client.get("/genes/BRCA1").status_code == 404
    assert client.get("/genes/JAK2?organism=unicorn").status_code == 400


def test_enrich_shows_figures_with_the_genes_lit(client: Client) -> None:
    page = client.post("/enrich", data={"genes": "JAK2\nSTAT3\nTNF\nIL6\nFGF2\nnonsense"}).text
    link = unescape(re.findall(r'<a href="(/figures/PMC104__fig1\?lit=[^"]+)">Cytokines', page)[0])
    assert client.get(link).text.count(' lit"') >= 8
    assert "<b>nonsense</b>: unknown" in page
    assert 'src="/thumbnails/PMC104__fig1"' in page
    assert page.count('<svg role="img" aria-label="fold ') == page.count('<tr role="row">') - 1
    assert "JAK2\nSTAT3" in page


def test_an_enrichment_says_how_names_were_understood(client: Client) -> None:
    """What was not found with the reason, what a name became, and what the background has not."""
    page = client.post("/enrich", data={"genes": "JAK-2, IL6, bFGF, ENSG00000012048, p62", "popularity": "true"}).text
    assert "<b>p62</b>: ambiguous" in page
    assert "JAK-2 → <b>JAK2</b>" in page
    assert "ENSG00000012048 → <b>BRCA1</b>" in page
    assert "1 gene of the list is not in the background" in page
    assert 'data-label="popular q"' in page


def test_figures_that_draw_the_same_are_folded(client: Client) -> None:
    page = client.post("/enrich", data={"genes": "FGF1, FGF2, TP53"}).text
    assert "and 8 that draw nearly the same" in page
    every = client.post("/enrich", data={"genes": "FGF1, FGF2, TP53", "alike": "0"}).text
    assert "nearly the same</summary>" not in every
    assert every.count('<tr role="row">') > page.count('<tr role="row">')


@pytest.mark.parametrize(
    ("form", "name", "begins"),
    [
        ("tsv", ".tsv", b"figure\ttitle"), ("csv", ".csv", b"figure,title"), ("json", ".json", b"{"),
        ("gmt", ".gmt", b"PMC104__fig1\t"), ("svg", ".svg", b"<?xml"), ("png", ".png", b"\x89PNG"),
        ("heatmap", "-heat-map.svg", b"<?xml"),
    ],
)  # fmt: skip
def test_an_enrichment_is_taken_away(client: Client, form: str, name: str, begins: bytes) -> None:
    answer = client.post("/enrich", data={"genes": "JAK2, STAT3, TNF, IL6", "form": form})
    assert answer.content.startswith(begins)
    assert f"figures-of-my-genes{name}" in answer.headers["content-disposition"]


def test_the_table_is_that_of_the_command_line(client: Client, served_corpus: Path, run: Run) -> None:
    genes = "JAK2\nSTAT3\nTNF\nIL6\n"
    told = run("enrich", served_corpus, "-", "--format", "tsv", stdin=genes.encode()).out
    assert client.post("/enrich", data={"genes": genes, "form": "tsv"}).content == told


def test_a_wrong_list_comes_back_with_what_is_wrong(client: Client) -> None:
    answer = client.post("/enrich", data={"genes": "zzz", "background": "JAK2"})
    assert answer.status_code == 400
    assert "none of the 1 names in the list is a gene of Homo sapiens" in answer.text
    assert "<b>zzz</b>: unknown" in answer.text
    assert ">zzz</textarea>" in answer.text


def test_pages_work_below_a_path(served_corpus: Path) -> None:
    """Behind a proxy at /figures every link on a page begins there."""
    with Client(create_app(served_corpus), root="/corpus") as client:
        for address in (
            "/corpus/",
            "/corpus/search?q=JAK2",
            f"/corpus{FIGURE}",
            "/corpus/genes/JAK2",
            "/corpus/enrich",
        ):
            page = client.get(address)
            assert page.status_code == 200
            links = re.findall(r'(?:href|src|action)="(/[^"]*)"', page.text)
            assert links
            assert all(link.startswith("/corpus/") for link in links), links


def test_bars_fit_their_picture() -> None:
    made = bars([(2020, 4), (2016, 1)])
    assert [bar.year for bar in made] == list(range(2016, 2021))
    assert [bar.count for bar in made] == [1, 0, 0, 0, 4]
    assert all(bar.x >= 0 and bar.x + bar.width <= 640 and bar.y >= 0 for bar in made)
    assert bars([]) == ()
    assert len(bars([(1800, 1), (2025, 9)])) == 226


@pytest.mark.parametrize(
    "address", ["/", "/browse", "/read", "/search?q=JAK2", FIGURE, "/genes/JAK2", "/enrich", "/api/docs", "/nowhere"]
)
def test_pages_can_be_walked_without_eyes(client: Client, address: str) -> None:
    """One heading of the first rank, landmarks, a way past the top, a name for every field and picture."""
    page = client.get(address).text
    assert page.count("<h1") == 1
    assert page.count("<main ") == page.count("<header ") == page.count("<footer ") == 1
    assert 'class="skip" href="#main"' in page
    assert '<html lang="en">' in page
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', page))
    for field in re.findall(r"<(?:input|textarea|select)[^>]*>", page):
        inside = re.search(rf"<label[^>]*>[^<]*{re.escape(field)}", page) is not None
        name = re.search(r' id="([^"]+)"', field)
        assert 'type="hidden"' in field or inside or (name and name[1] in labelled), field
    assert all(" alt=" in image for image in re.findall(r"<img[^>]*>", page))
