"""What is taken away in the browser opens in the program that it is for; gene lists and mechanisms, by hand."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import gseapy
import ndex2.cx2
import pandas as pd
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from browsing import NEEDS_CHROMIUM, chromium, serving
from figpath.mechanism.formats.gpml import from_gpml
from figpath.mechanism.formats.sif import from_sif
from figpath.record import from_json
from figpath.serve import create_app
from figpath.serve.figure_files import FORMS
from figpath.source.pfocr import read_record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator

pytestmark = [pytest.mark.slow, NEEDS_CHROMIUM]

GENES = {"3717", "6774", "3569", "2246", "2247"}
"""Of the figure: JAK2, STAT3, IL6, and FGF1 and FGF2 with their family."""


@pytest.fixture(scope="module")
def address(served_corpus: Path) -> Iterator[str]:
    with serving(create_app(served_corpus)) as made:
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(base_url=address, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def taken(page: Page, link: Locator, folder: Path) -> Path:
    """Click on something; return the file that comes."""
    with page.expect_download() as download:
        link.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def opened(form: str, path: Path) -> set[str]:
    """Open a file with the library that it is for; return what shows that it was understood."""
    if form in ("tsv", "pfocr-genes", "pfocr-chemicals", "pfocr-diseases"):
        return set(map(str, pd.read_csv(path, sep="\t").columns))
    if form == "gmt":
        return {gene for genes in gseapy.parser.read_gmt(str(path)).values() for gene in genes}
    if form == "cx2":
        network = ndex2.cx2.RawCX2NetworkFactory().get_cx2network(json.loads(path.read_text(encoding="utf-8")))
        return {node["v"]["name"] for node in network.get_nodes().values()}
    if form == "graphml":
        networkx = pytest.importorskip("networkx")  # comes with ndex2
        return {about["name"] for _, about in networkx.read_graphml(path).nodes(data=True)}
    if form == "gpml":
        return {node.label for node in from_gpml(path.read_bytes()).graph.nodes}
    if form == "datanodes":
        return {node.get("TextLabel", "") for node in ElementTree.parse(path).iter() if node.tag.endswith("DataNode")}  # noqa: S314 - our own file
    if form == "sif":
        return {node.id for node in from_sif(path.read_bytes()).graph.nodes}
    if form == "json":
        return {mention.text for mention in from_json(path.read_bytes()).mentions}
    return {read_record(path).figure.paper.pmcid}


EXPECTED = {
    "tsv": {"text", "score"},
    "gmt": GENES,
    "cx2": {"JAK-2", "STAT3"},
    "graphml": {"JAK-2", "STAT3"},
    "gpml": {"JAK-2", "STAT3"},
    "datanodes": {"JAK2", "STAT3"},
    "sif": {"JAK-2", "STAT3"},
    "json": {"JAK-2", "STAT3", "Akt"},
    "pfocr": {"PMC101"},
    "pfocr-genes": {"ncbigene_id", "ncbigene_symbol"},
    "pfocr-chemicals": {"mesh", "chebi"},
    "pfocr-diseases": {"mesh"},
}


def test_downloads_of_a_figure_open_in_their_libraries(page: Page, tmp_path: Path) -> None:
    """Every form on the page, and the picture with the names on it."""
    downloads = page.get_by_role("navigation", name="Downloads")
    for number, form in enumerate(FORMS):
        if number % 5 == 0:  # Chromium stops a page that saves ten files
            page.goto("/figures/PMC101__fig2")
        if number in (5, 10):
            downloads.get_by_text("More forms").click()
        path = taken(page, downloads.get_by_role("link", name=form.label, exact=True), tmp_path)
        assert path.name == f"PMC101__fig2{form.ending}"
        found = opened(form.name, path)
        assert found >= EXPECTED[form.name], (form.name, found)
    together = read_record(tmp_path / "PMC101__fig2.md")
    assert {row.symbol for row in together.genes} == {"JAK2", "STAT3", "IL6", "FGF1", "FGF2"}
    assert len(together.chemicals) == len(together.diseases) == 1
    with Image.open(taken(page, downloads.get_by_role("link", name="Picture with names"), tmp_path)) as picture:
        assert picture.size == (1280, 840)  # twice that of the figure, for small letters


def test_a_gene_list_is_tested_opened_and_taken_away(page: Page, tmp_path: Path) -> None:
    """The hits as a table, sets and a picture; the first one has the genes of the list lit."""
    page.goto("/enrich")
    page.locator("#genes").fill("JAK2\nSTAT3\nTNF\nIL-6\nnonsense")
    page.get_by_role("button", name="Find figures").click()
    expect(page.get_by_text("1 name not found")).to_be_visible()
    expect(page.locator(".dotplot li").first.get_by_role("img")).to_be_visible()
    button = page.get_by_role("button", name="Table (TSV)")
    table = pd.read_csv(taken(page, button, tmp_path), sep="\t")
    assert table.figure[0] == "PMC104__fig1"
    assert len(table) == page.locator(".enriched tbody tr").count()
    sets = taken(page, page.get_by_role("button", name="Gene sets of these figures"), tmp_path)
    assert {"3717", "6774", "7124", "3569"} <= set(gseapy.parser.read_gmt(str(sets))["PMC104__fig1"])
    with Image.open(taken(page, page.get_by_role("button", name="Dot plot (PNG)"), tmp_path)) as picture:
        assert picture.width > 1000
    page.locator(".enriched").get_by_role("link", name="Cytokines in inflammation").click()
    expect(page.locator(".mark.lit")).to_have_count(4)


def test_a_mechanism_is_asked(page: Page) -> None:
    """The example by its form, then one of a figure, then one that is pasted."""
    page.goto("/mechanism")
    page.get_by_label("Block").select_option("F_JAK2")
    page.get_by_label("What happens to").select_option("E_VESSEL")
    page.get_by_role("button", name="What follows?").click()
    expect(page.get_by_role("heading", name=re.compile("vessel density falls"))).to_be_visible()
    page.goto("/figures/PMC101__fig2")
    page.get_by_role("link", name="Ask what follows from 1 arrow").click()
    page.get_by_label("Raise").select_option(label="JAK-2")
    page.get_by_label("What happens to").select_option(label="STAT3")
    page.get_by_role("button", name="What follows?").click()
    expect(page.get_by_role("heading", name=re.compile("STAT3 rises"))).to_be_visible()
    page.goto("/mechanism")
    page.get_by_label("Paste it").fill("source\tsign\ttarget\nTP53\t-\tMDM2\n")
    page.get_by_role("button", name="Show it").click()
    page.get_by_label("Block").select_option("TP53")
    page.get_by_label("What happens to").select_option("MDM2")
    page.get_by_role("button", name="What follows?").click()
    expect(page.get_by_role("heading", name=re.compile("MDM2 rises"))).to_be_visible()


@pytest.mark.parametrize("path", ["/mechanism", "/mechanism?block=antiVEGF&watch=T_METAST", "list"])
def test_new_pages_fit_a_small_telephone(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    if path == "list":
        page.goto("/enrich")
        page.locator("#genes").fill("JAK2, STAT3, TNF, IL-6")
        page.get_by_role("button", name="Find figures").click()
    else:
        page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
