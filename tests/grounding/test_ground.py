"""From a reading to mentions: where names begin and end, over words and lines, and what keeps them out."""

import pytest

from figpath.figure import Figure
from figpath.grounding.ground import ground, ground_figure, ground_text
from figpath.grounding.lexicon.lexicon import Lexicon
from figpath.grounding.species import Scope
from figpath.reading.document import Alternative, Line, Reading, Word
from figpath.resources import packaged_lexicon

STEP = 8  # pixels a character takes in the lines made here


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon([packaged_lexicon()])


def line(text: str, x: int = 10, y: int = 10, *, alternatives: tuple[Alternative, ...] = ()) -> Line:
    words, at = [], x
    for word in text.split():
        box = (at, y, at + STEP * len(word), y + 12)
        words.append(Word(text=word, box=box, score=0.99, alternatives=alternatives))
        at += STEP * (len(word) + 1)
    return Line(text=text, box=(x, y, at - STEP, y + 12), score=0.99, words=tuple(words))


def reading(*lines: Line) -> Reading:
    return Reading(width=400, height=300, lines=lines)


def symbols(lexicon: Lexicon, *lines: Line) -> list[list[str]]:
    return [[e.symbol for e in m.entities][:2] for m in ground(reading(*lines), lexicon)]


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("JAK2 activates STAT3", ["JAK2", "STAT3"]),
        ("tumor necrosis factor", ["tumor necrosis factor"]),
        ("p-STAT3 in the nucleus", ["p-STAT3"]),
        ("cleaved caspase-3", ["cleaved caspase-3"]),
        ("TLR7/8", ["TLR7", "TLR7/8"]),
        ("IRF3,7", ["IRF3", "IRF3,7"]),
        ("TNF-α, IL-6 and IL-1β", ["TNF-α", "IL-6", "IL-1β"]),
        ("CARD9-BCL10-MALT1", ["CARD9", "BCL10", "MALT1"]),
        ("NAP1NAK", ["NAP1", "NAK"]),
        ("phosphorylation", []),
        ("acts as a co-factor", []),
        ("G C", []),
        ("(IL-6)", ["IL-6"]),
    ],
)
def test_a_line_is_cut_into_the_longest_names_that_are_known(lexicon: Lexicon, text: str, drawn: list[str]) -> None:
    assert [mention.text for mention in ground_text(text, lexicon)] == drawn


def test_each_element_of_a_list_has_its_own_part_of_the_box(lexicon: Lexicon) -> None:
    jak1, tyk2 = ground(reading(line("JAK1/TYK2")), lexicon)
    assert (jak1.box, tyk2.box) == ((10, 10, 42, 22), (50, 10, 82, 22))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((line("NF-"), line("κB", y=24)), [["NFkappaB", "NFKB1"]]),
        ((line("Caspase"), line("8", x=30, y=24)), [["CASP8"]]),
        ((line("TRAF"), line("2/3", y=24)), [["TRAF2"], ["TRAF3"]]),
        ((line("JAK2"), line("STAT3", y=24)), [["JAK2"], ["STAT3"]]),
        ((line("Insulin"), line("receptor", y=24)), [["INSR"]]),
        ((line("Caspase"), line("8", x=300, y=200)), [["Caspase", "CASP1"]]),
    ],
)
def test_lines_under_one_another_are_joined_when_only_together_they_say_what_is_drawn(
    lexicon: Lexicon, lines: tuple[Line, ...], expected: list[list[str]]
) -> None:
    assert symbols(lexicon, *lines) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((line("IKKγ"), line("α β", y=26)), ["IKBKG", "CHUK", "IKBKB"]),
        ((line("CD3"), line("ζ", x=60, y=40), line("ε", x=90, y=40)), ["CD3", "CD247", "CD3E"]),
        ((line("TNF"), line("IKKγ", y=50), line("β", x=60, y=50)), ["TNF", "IKBKG", "IKBKB"]),
        ((line("IKKγ"), line("α", x=300, y=200)), ["IKBKG"]),
        ((line("JAK2"), line("α", y=26)), ["JAK2"]),
    ],
)
def test_a_lone_greek_letter_continues_the_nearest_name_that_it_makes_a_gene_of(
    lexicon: Lexicon, lines: tuple[Line, ...], expected: list[str]
) -> None:
    assert [first for first, *_ in symbols(lexicon, *lines)] == expected


def test_another_reading_of_the_pixels_is_taken_when_it_is_a_name(lexicon: Lexicon) -> None:
    misread = line("lL1b", alternatives=(Alternative(text="Il1b", score=0.6),))
    (mention,) = ground(reading(misread), lexicon)
    assert (mention.text, mention.entities[0].symbol) == ("Il1b", "IL1B")
    assert mention.rewrites == ("other_reading",)


def test_a_word_that_is_explained_as_it_stands_is_not_read_otherwise_for_the_same_gene(lexicon: Lexicon) -> None:
    word = line("p-STAT3", alternatives=(Alternative(text="STAT3", score=0.4),))
    (mention,) = ground(reading(word), lexicon)
    assert (mention.text, mention.rewrites) == ("p-STAT3", ("drop_prefix",))


def test_letters_misread_are_corrected_in_the_mention_and_left_in_the_line(lexicon: Lexicon) -> None:
    (mention,) = ground(reading(line("STATl")), lexicon)
    assert (mention.text, mention.rewrites) == ("STAT1", ("lookalike_digits",))


def test_names_of_another_organism_stay_without_human_genes_and_say_why(lexicon: Lexicon) -> None:
    (mention,) = ground(reading(line("MyD88")), lexicon, scope=Scope(taxa=(), foreign="Drosophila"))
    assert (mention.entities, mention.alternatives) == ((), ())
    assert "Drosophila" in mention.note


@pytest.mark.parametrize(("viral", "entities"), [(True, 0), (False, 1)])
def test_a_viral_protein_is_no_human_gene_in_a_figure_about_a_virus(
    lexicon: Lexicon, viral: bool, entities: int
) -> None:
    (mention,) = ground(reading(line("TAT")), lexicon, scope=Scope(viral=viral))
    assert min(1, len(mention.entities)) == entities


def test_what_the_caption_defines_is_understood_on_the_picture(lexicon: Lexicon) -> None:
    figure = Figure(figid="f", caption="PS, phosphatidylserine; binds its receptor.")
    _, (mention,) = ground_figure(reading(line("PS")), figure, lexicon)
    assert (mention.kind, mention.entities[0].symbol) == ("chemical", "Phosphatidylserines")


def test_a_family_that_a_gene_belongs_to_says_which_member_is_named_itself(lexicon: Lexicon) -> None:
    (mention,) = ground_text("VEGF", lexicon)
    sources = {entity.symbol: entity.source for entity in mention.entities}
    assert mention.kind == "family"
    assert (sources["VEGFA"], sources["VEGFB"]) == ("hgnc_previous", "famplex_relations")


def test_genes_of_accompanying_species_join_those_of_the_leading_one(lexicon: Lexicon) -> None:
    (mention,) = ground_text("STAT3", lexicon, taxa=(9606, 10090))
    assert [(e.symbol, e.taxon) for e in mention.entities] == [("STAT3", 9606), ("Stat3", 10090)]


@pytest.mark.parametrize(("name", "first", "other"), [("p62", "SQSTM1", "NUP62"), ("TAK1", "MAP3K7", "NR2C2")])
def test_ambiguous_names_keep_their_other_meanings_as_alternatives(
    lexicon: Lexicon, name: str, first: str, other: str
) -> None:
    (mention,) = ground_text(name, lexicon)
    assert [entity.symbol for entity in mention.entities] == [first]
    assert other in {alternative.entity.symbol for alternative in mention.alternatives}
    assert all(alternative.score < mention.score for alternative in mention.alternatives)
