"""Numbers of figures: the cascade of the PFOCR record, each row a case."""

from __future__ import annotations

import pytest

from figpath.source.numbers import figure_number


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Figure 2", "F2"),
        ("Fig. 7.", "F7"),
        ("FIGURE 10", "F10"),
        ("Fig.\xa01", "F1"),
        ("Fig 03", "F3"),
        ("Figure 3a", "F3a"),
        ("Scheme 1", "S1"),
        ("Figure 1—figure supplement 2", "SF1_2"),
        ("Figure 4-figure supplement 11.", "SF4_11"),
        ("Supplementary Figure 3", "SF3"),
        ("Supplementary Fig. S4", "SF4"),
        ("Fig. S2", "SF2"),
        ("Figure A1", "AF1"),
        ("Figure EV2", "EV2"),
        ("Figure II", "F2"),
        ("Fig. IV", "F4"),
        ("Scheme I", "S1"),
        ("Box 1", "F0"),
        ("Chart 2", "F0"),
        ("Figure 1.2", "F0"),
        ("Graphical Abstract", "F0"),
        ("SF1_2", "SF1_2"),
        ("F0", "F0"),
        ("", "F0"),
    ],
)
def test_a_label_gives_the_number(label: str, expected: str) -> None:
    assert figure_number(label) == expected


@pytest.mark.parametrize(
    ("filename", "expected"),
    [
        ("gr3_lrg.jpg", "F3"),
        ("12967_2021_2985_Fig2_HTML.jpg", "F2"),
        ("fimmu-08-00119-g001", "F1"),
        ("pone.0051939.g007.jpg", "F7"),
        ("zjv9990914810004", "F4"),
        ("1746-6148-8-208-1", "F1"),
        ("joces-128-165209-g7", "F7"),
        ("absFig1", "GA1"),
        ("ga1.jpg", "GA1"),
        ("sc2", "S2"),
        ("srep24744-f7", "F7"),
        ("nothing", "F0"),
    ],
)
def test_without_a_label_the_file_name_does(filename: str, expected: str) -> None:
    """Also a box, a chart, or a label that has a decimal point leaves it to the file."""
    assert figure_number("", filename=filename) == expected
    assert figure_number("Box 9", filename=filename) == expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/pmc/articles/PMC1/figure/F5/", "F5"),
        ("/sch1/", "S1"),
        ("/SII/", "S2"),
        ("/f3-ijms/", "F3"),
        ("/figA/", "GA1"),
        ("/undfig2/", "GA2"),
        ("/Fig6/", "F6"),
    ],
)
def test_without_either_the_anchor_does(link: str, expected: str) -> None:
    assert figure_number("", filename="image", link=link) == expected
