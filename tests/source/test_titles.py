"""Titles: what PFOCR's rules give, without the losses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figpath.source.titles import figure_title, first_sentence, strip_label

PAPER = "The role of exosomes in lung cancer metastasis: an updated review."


@pytest.mark.parametrize(
    ("title", "caption", "label", "expected"),
    [
        ("Signalling by JAK2 in cells.", "", "", "Signalling by JAK2 in cells"),
        ("Figure 2. Signalling by JAK2..", "", "Figure 2", "Signalling by JAK2"),
        ("Fig. 2 | Signalling by JAK2", "", "", "Signalling by JAK2"),
        ("", "Exosomal angiogenesis in tumours. They secrete VEGF-A.", "", "Exosomal angiogenesis in tumours"),
        ("Model.", "The model of TGF-β signalling! And more.", "", "The model of TGF-β signalling"),
        ("", "Short. Then more.", "", "Exosomes in lung cancer metastasis: an updated review"),
        ("", "", "", "Exosomes in lung cancer metastasis: an updated review"),
        ("Too short", "", "", "Exosomes in lung cancer metastasis: an updated review"),
        ("x" * 251, "", "", "Exosomes in lung cancer metastasis: an updated review"),
        ("x" * 250, "", "", "x" * 250),
        ("The role of NF-κB in cells", "", "", "NF-κB in cells"),
        ("Summary of the pathway of cells", "", "", "Summary of the pathway of cells"),
        ("(A) Pathway of cells [, ] here", "", "", "Pathway of cells here"),
        (r"PI3K\AKT signalling", "", "", "PI3K/AKT signalling"),
    ],
)
def test_a_title_is_cleaned(title: str, caption: str, label: str, expected: str) -> None:
    assert figure_title(title, caption=caption, paper_title=PAPER, label=label) == expected


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("A model of the S. cerevisiae interaction. It binds.", "A model of the S. cerevisiae interaction"),
        ("Doses of 1.5 mg (see Fig. 2) act on cells. More.", "Doses of 1.5 mg (see Fig. 2) act on cells"),
        ("As shown by Smith et al. the kinase acts? Yes.", "As shown by Smith et al. the kinase acts"),
        ("No end", "No end"),
    ],
)
def test_abbreviations_end_no_sentence(caption: str, expected: str) -> None:
    assert first_sentence(caption) == expected


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("Figure 3. Model", "Figure 3.", "Model"),
        ("Figure 3 Model", "", "Model"),
        ("Fig. S2: Model", "", "Model"),
        ("Supplementary Figure 1 — Model", "", "Model"),
        ("Figure 30 Model", "Figure 3", "Model"),
        ("Figures show it", "", "Figures show it"),
        ("Figure 3 shows it", "", "Figure 3 shows it"),
        ("Figure 3 shows it", "Figure 3", "Figure 3 shows it"),
        ("Schemes of 3 models", "", "Schemes of 3 models"),
        ("JAK2", "", "JAK2"),
    ],
)
def test_labels_are_taken_away(text: str, label: str, expected: str) -> None:
    assert strip_label(text, label) == expected


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=30))
def test_a_title_is_one_usable_line(title: str, caption: str, label: str) -> None:
    """Whatever the paper says, where the paper's own title is usable, so is the figure's."""
    found = figure_title(title, caption=caption, paper_title=PAPER, label=label)
    assert 1 <= len(found) <= 250
    assert found == found.strip()
