"""Lists, slashes and ranges."""

import pytest

from figpath.grounding.lists import elements, hyphenated


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("TLR7/8", ("TLR7", "TLR8")),
        ("SMAD2/3", ("SMAD2", "SMAD3")),
        ("SMAD2/3/4", ("SMAD2", "SMAD3", "SMAD4")),
        ("JAK1/TYK2", ("JAK1", "TYK2")),
        ("IRF3,7", ("IRF3", "IRF7")),
        ("TLR 3, 7, 8", ("TLR 3", "TLR 7", "TLR 8")),
        ("miR-200a/b/c", ("miR-200a", "miR-200b", "miR-200c")),
        ("FGF1-4", ("FGF1", "FGF2", "FGF3", "FGF4")),
        ("MMP1–3", ("MMP1", "MMP2", "MMP3")),
        ("KDM6A/B", ("KDM6A", "KDM6B")),
        ("IKKα/β", ("IKKα", "IKKβ")),
        ("HIF-1α/2α", ("HIF-1α", "HIF-2α")),
        ("Caspase-3/-7", ("Caspase-3", "Caspase-7")),
        ("IL-17A/F", ("IL-17A", "IL-17F")),
        ("VEGF/FGF/IL-6/Angiopoietin", ("VEGF", "FGF", "IL-6", "Angiopoietin")),
        ("Wnt/ß-catenin", ("Wnt", "ß-catenin")),
        ("IL-4 and IL-13", ("IL-4", "IL-13")),
        ("MAVS (IPS-1)", ("MAVS", "IPS-1")),
        ("Akt/2", ("Akt", "Akt2")),
        ("IL-6", ()),
        ("STAT3", ()),
        ("FGF4-1", ()),  # no range runs backwards
        ("A1-99", ()),  # nor over more than thirty
        ("/", ()),
    ],
)
def test_a_list_is_written_out_in_drawn_order(text: str, names: tuple[str, ...]) -> None:
    assert elements(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [("CARD9-BCL10-MALT1", ("CARD9", "BCL10", "MALT1")), ("IL-6", ()), ("STAT3", ()), ("PD-L1", ())],
)
def test_a_complex_has_parts_of_three_characters_or_more(text: str, names: tuple[str, ...]) -> None:
    assert hyphenated(text) == names
