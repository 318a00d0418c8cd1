"""JATS articles: every field, wherever a figure stands, whatever its markup; XML that cannot be trusted."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figpath.errors import InputError
from figpath.figure import Figure, Paper
from figpath.source.jats import figures_of_article
from made_papers import DOCTYPE, NAMESPACES, article, fig, front


def figures(body: str, **more: str) -> list[Figure]:
    return [published.figure for published in figures_of_article(article(body, **more))]


def numbers(body: str, **more: str) -> list[str]:
    return [figure.number for figure in figures(body, **more)]


def test_every_field_of_the_seed_record() -> None:
    """The article that PFOCR's seed record came from gives that record's fields."""
    caption = "Exosomal-induced angiogenesis in lung tumor. Tumor-derived exosomes express VEGF-A via JAK2/STAT3"
    (figure,) = figures(fig("12967_2021_2985_Fig2_HTML", anchor="Fig2", label="Fig. 2", caption=caption))
    assert figure == Figure(
        figid="PMC8287779__12967_2021_2985_Fig2_HTML",
        number="F2",
        title="Exosomal-induced angiogenesis in lung tumor",
        caption=caption,
        filename="12967_2021_2985_Fig2_HTML.jpg",
        link="/pmc/articles/PMC8287779/figure/Fig2/",
        paper=Paper(
            pmcid="PMC8287779",
            title="The role of exosomes in lung cancer metastasis: an updated review.",
            reference="Lei Yin, et al. J Transl Med. 2021;19:312.",
            year="2021",
            doi="10.1186/s12967-021-02985-1",
            journal="Journal of Translational Medicine",
            journal_abbreviation="J Transl Med",
            publisher="BioMed Central",
            licence="CC-BY-4.0",
            keywords=("Lung cancer", "Exosome"),
        ),
    )


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"authors": (("Shiu-Wan", "Chan"),)}, "Shiu-Wan Chan. J Transl Med. 2021;19:312."),
        ({"date": {"year": "2008", "month": "10"}, "volume": "4", "issue": "10", "pages": "e1000176"},
         "Lei Yin, et al. J Transl Med. 2008 Oct;4(10):e1000176."),
        ({"date": {"year": "2016", "month": "4", "day": "01"}}, "Lei Yin, et al. J Transl Med. 2016 Apr 1;19:312."),
        ({"date": {"year": "2018", "season": "Jan-Feb"}}, "Lei Yin, et al. J Transl Med. 2018 Jan-Feb;19:312."),
        ({"volume": "", "pages": "2023.03.03.530734", "date": {"year": "2023", "month": "Mar", "day": "7"}},
         "Lei Yin, et al. J Transl Med. 2023 Mar 7:2023.03.03.530734."),
        ({"date": {}}, "Lei Yin, et al. J Transl Med. 2020 Jul 21;19:312."),
        ({"authors": (), "abbreviation": "", "volume": "", "pages": ""}, "Journal of Translational Medicine. 2021."),
    ],
)  # fmt: skip
def test_the_citation_line_is_that_of_pmc(changed: dict[str, object], expected: str) -> None:
    """What an article does not say is left out, not written as NA."""
    (figure,) = figures(fig("f1"), matter=front(**changed))
    assert figure.paper.reference == expected


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ('<license xlink:href="http://creativecommons.org/licenses/by-nc-nd/3.0/"/>', "CC-BY-NC-ND-3.0"),
        ('<license><p><ext-link xlink:href="https://creativecommons.org/publicdomain/zero/1.0/"/></p></license>',
         "CC0-1.0"),
        ('<license xlink:href="https://example.org/terms"><p>Terms</p></license>', "https://example.org/terms"),
        ("<license><license-p>All rights   reserved.</license-p></license>", "All rights reserved."),
        ("<copyright-statement>Lei Yin. Under the terms of a Creative Commons License.</copyright-statement>",
         "Lei Yin. Under the terms of a Creative Commons License."),
        ("<copyright-statement>Lei Yin</copyright-statement>", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_the_licence_of_the_article(licence: str, expected: str) -> None:
    (figure,) = figures(fig("f1"), matter=front(licence=licence))
    assert figure.paper.licence == expected


def test_figures_wherever_they_stand() -> None:
    """In the text, in groups, among floats, in an appendix, as schemes and supplements, in the order of the article."""
    body = (
        fig("a", label="Figure 1")
        + '<fig-group id="g"><label>Figure 2</label><caption><title>Cells of the mouse.</title></caption>'
        + fig("b", caption="Liver.")
        + f"<fig-group>{fig('c', label='Figure 2—figure supplement 1', title='The liver in detail.')}</fig-group>"
        + "</fig-group>"
        + '<chem-struct-wrap id="sch1"><label>Scheme 1</label><graphic xlink:href="d"/></chem-struct-wrap>'
        + '<sec><p>Text <fig id="e"><label>Box 1</label><graphic xlink:href="gr5"/></fig> goes on.</p></sec>'
    )
    back = (
        f'<app-group><app>{fig("f", label="Figure A1")}</app></app-group><sec><supplementary-material id="SD1">'
        '<label>Figure S3</label><caption><p>More.</p></caption><media xlink:href="g.jpg"/></supplementary-material>'
        '<supplementary-material id="SD2"><label>Table S1</label><media xlink:href="h.xlsx"/></supplementary-material>'
        '<supplementary-material xlink:href="i.png"><label>Supplementary Figure 4</label></supplementary-material>'
        "</sec>"
    )
    found = figures(body, floats=fig("j", label="Fig. 9"), back=back)
    assert [figure.figid.partition("__")[2] for figure in found] == ["a", "b", "c", "d", "gr5", "f", "g", "i", "j"]
    assert [figure.number for figure in found] == ["F1", "F2", "SF2_1", "S1", "F5", "AF1", "SF3", "SF4", "F9"]
    assert (found[1].title, found[1].caption) == ("Cells of the mouse", "Liver.")
    assert (found[2].title, found[2].caption) == ("The liver in detail", "Cells of the mouse.")


def test_graphical_abstracts() -> None:
    """With a figure element or without, they are numbered as such."""
    abstracts = (
        f'<abstract abstract-type="graphical" id="ab1">{fig("ga", anchor="undfig1", caption="JAK2 acts.")}</abstract>'
        '<abstract abstract-type="graphical"><p><graphic xlink:href="fx1"/></p></abstract>'
        "<abstract><p>Words.</p></abstract>"
    )
    matter = front().replace("<kwd-group>", f"{abstracts}<kwd-group>")
    found = figures(fig("f1", label="Figure 1"), matter=matter)
    assert [(figure.figid[12:], figure.number) for figure in found] == [("ga", "GA1"), ("fx1", "GA2"), ("f1", "F1")]
    assert found[0].link == "/pmc/articles/PMC8287779/figure/undfig1/"


def test_several_pictures_of_a_figure_and_several_forms_of_a_picture() -> None:
    """Each picture is a figure; alternatives are one, and a picture shown twice is one."""
    body = (
        fig("p1", label="Figure 1", caption="Both parts.", more='<graphic xlink:href="p2"/>')
        + '<fig id="x"><label>Figure 2</label><alternatives><graphic xlink:href="q.tif"/><graphic xlink:href="q.jpg"/>'
        "</alternatives></fig>" + fig("p1", anchor="again", label="Figure 1")
    )
    found = figures_of_article(article(body))
    assert [one.files for one in found] == [("p1",), ("p2",), ("q.tif", "q.jpg")]
    assert [one.figure.caption for one in found[:2]] == ["Both parts.", "Both parts."]


def test_pictures_that_are_no_figures() -> None:
    """Formulas, tables, symbols in the text, and what reviewers sent."""
    body = (
        '<disp-formula><graphic xlink:href="e1"/></disp-formula><p><inline-graphic xlink:href="i1"/></p>'
        '<table-wrap><graphic xlink:href="t1"/></table-wrap>'
    )
    data = article(body).replace(
        b"</article>", f"<sub-article><body>{fig('r1')}</body></sub-article></article>".encode()
    )
    assert figures_of_article(data) == ()


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<bold>TGF-&#x003b2;</bold> and <italic>Ca</italic><sup>2+</sup>, H<sub>2</sub>O", "TGF-β and Ca2+, H2O"),
        ("&alpha;-tubulin &amp; &lt;b&gt;", "α-tubulin & <b>"),
        ("see <xref ref-type='fig' rid='f1'>Fig. 1</xref>; <ext-link xlink:href='http://x'>there</ext-link>",
         "see Fig. 1; there"),
        ("x<alternatives><tex-math>\\alpha</tex-math><mml:math><mml:mi>α</mml:mi></mml:math></alternatives>y", "xαy"),
        ("Cells.</p><p><bold>DOI:</bold> http://dx.doi.org/10.7554/eLife.00666.008", "Cells."),
        ("<![CDATA[a &b; c]]> &beta;", "a &b; c β"),
        ("one</p><p>two<break/>three", "one two three"),
        ("JAK2<!-- secret --><?pi x?>\u2009STAT3<fn><p>note</p></fn>", "JAK2 STAT3"),
    ],
)  # fmt: skip
def test_markup_of_captions(markup: str, expected: str) -> None:
    (figure,) = figures(fig("f1", label="Figure 1", title="A title of a figure", caption=markup))
    assert figure.caption == expected


def test_a_label_inside_the_caption() -> None:
    (figure,) = figures(fig("image", caption="Figure 4. JAK2 activates STAT3. More."))
    assert (figure.number, figure.title) == ("F4", "JAK2 activates STAT3")
    assert figure.caption == "JAK2 activates STAT3. More."


def test_a_title_that_is_not_used_stays_in_the_caption() -> None:
    """Nothing that the paper says is lost."""
    long = "JAK2 " * 60
    (figure,) = figures(fig("f1", title=long, caption="And more."))
    assert figure.title == "Exosomes in lung cancer metastasis: an updated review"
    assert figure.caption == f"{long.strip()} And more."


def test_a_missing_caption_is_the_title() -> None:
    (figure,) = figures(fig("f1", label="Figure 1"))
    assert figure.caption == figure.title


def test_articles_inside_what_services_send() -> None:
    """OAI and E-utilities wrap articles, in a namespace of their own."""
    inner = article(fig("f1", label="Figure 1")).partition(b"<article ")[2]
    wrapped = b'<OAI-PMH><record><article xmlns="https://jats.nlm.nih.gov/ns/archiving/1.3/" ' + inner
    found = figures_of_article(wrapped + b"</record></OAI-PMH>")
    assert [one.figure.number for one in found] == ["F1"]


def test_a_pmcid_from_the_name_of_the_file() -> None:
    data = article(fig("f1"), matter=front(pmcid=""))
    (published,) = figures_of_article(data, pmcid="PMC42")
    assert published.figure.figid == "PMC42__f1"
    (published,) = figures_of_article(data)
    assert (published.figure.figid, published.figure.link) == ("f1", "")


def test_names_that_are_unsafe_are_made_safe() -> None:
    """A figid never has a slash, an anchor never markup."""
    (figure,) = figures(fig("../../etc/passwd", anchor='"><script>', label="Figure 1"))
    assert (figure.figid, figure.link) == ("PMC8287779__passwd", "")


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BAD_XML = {
    "billion laughs": f'<!DOCTYPE article [<!ENTITY l0 "ha">{LAUGHS}]><article>&l9;</article>'.encode(),
    "external entity": b'<!DOCTYPE article [<!ENTITY x SYSTEM "file:///etc/passwd">]><article>&x;</article>',
    "parameter entity": b'<!DOCTYPE article [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x"> %x;]><article/>',
    "laughs in UTF-16": f'<!DOCTYPE article [<!ENTITY l0 "ha">{LAUGHS}]><article a="&l9;"/>'.encode("utf-16"),
    "unknown entity": b"<article>&unheard;</article>",
    "too deep": b"<article>" + b"<p>" * 5000 + b"</p>" * 5000 + b"</article>",
    "cut short": b"<article><front>",
    "no article": b"<html><body>Sorry</body></html>",
    "empty": b"",
    "text": b"I am an article",
    "another encoding": b'<?xml version="1.0" encoding="IBM037"?><article/>',
}


@pytest.mark.parametrize("name", BAD_XML)
def test_xml_that_cannot_be_trusted_is_one_error(name: str) -> None:
    with pytest.raises(InputError, match=r"^the XML [^\n]+$"):
        figures_of_article(BAD_XML[name])


def test_an_external_dtd_is_not_fetched() -> None:
    """Each article of PMC names one; nothing listens at this address, and the article is read."""
    doctype = '<!DOCTYPE article SYSTEM "http://127.0.0.1:1/jats.dtd">'
    assert len(figures_of_article(article(fig("f1")).replace(DOCTYPE.encode(), doctype.encode()))) == 1


@given(st.binary(max_size=400))
def test_any_bytes_are_an_article_or_one_error(data: bytes) -> None:
    for given_bytes in (data, f"<article {NAMESPACES}>".encode() + data + b"</article>"):
        with contextlib.suppress(InputError):
            assert isinstance(figures_of_article(given_bytes), tuple)
