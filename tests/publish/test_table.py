"""One row a mention: what is drawn, what it means, and why, for people and for tab-separated files."""

from __future__ import annotations

from figpath.figure import Figure
from figpath.grounding.mention import Entity, Mention
from figpath.publish.table import MentionRow, mention_rows, short, to_tsv
from figpath.record import Record


def gene(number: int, symbol: str, source: str = "hgnc_symbol", taxon: int = 9606) -> Entity:
    return Entity(id=f"ncbigene:{number}", symbol=symbol, taxon=taxon, source=source)


def row(*entities: Entity, **changes: object) -> MentionRow:
    mention = Mention(text="x", kind="gene", score=0.9, entities=entities)
    (found,) = mention_rows(Record(figid="f", figure=Figure(figid="f"), mentions=(mention,)))
    return found


def test_the_row_of_a_mention() -> None:
    mention = Mention(
        text="p-IKKβ",
        kind="gene",
        score=0.98,
        box=(10, 20, 60, 34),
        match="IKK-beta",
        rewrites=("phospho", "greek_to_word"),
        entities=(gene(3551, "IKBKB"), gene(16150, "Ikbkb", taxon=10090)),
    )
    record = Record(figid="PMC1__f1", figure=Figure(figid="PMC1__f1"), mentions=(mention,))
    assert mention_rows(record) == (
        MentionRow(
            figid="PMC1__f1",
            text="p-IKKβ",
            kind="gene",
            symbols=("IKBKB", "Ikbkb"),
            ids=("ncbigene:3551", "ncbigene:16150"),
            taxa=(9606, 10090),
            score=0.98,
            match="IKK-beta",
            rewrites=("phospho", "greek_to_word"),
            box=(10, 20, 60, 34),
        ),
    )
    assert to_tsv(mention_rows(record)) == (
        "figid\ttext\tkind\tsymbols\tids\ttaxa\tscore\tmatch\trewrites\tbox\n"
        "PMC1__f1\tp-IKKβ\tgene\tIKBKB|Ikbkb\tncbigene:3551|ncbigene:16150\t9606|10090\t0.98\tIKK-beta"
        "\tphospho|greek_to_word\t10,20,60,34\n"
    )


def test_a_family_is_its_symbol_and_how_many_genes_it_has() -> None:
    family = Entity(id="fplx:FGF", symbol="FGF", source="famplex_name")
    members = [gene(n, f"FGF{n}", "famplex_relations") for n in range(1, 23)]
    found = row(family, *members)
    assert found.symbols == ("FGF (22 genes)",)
    assert found.ids == ("fplx:FGF",)
    assert found.taxa == (9606,)


def test_a_member_that_the_name_names_itself_is_counted_with_its_family() -> None:
    """VEGF is the family and a synonym of VEGFA; the mouse gene is of a species without families."""
    family = Entity(id="fplx:VEGF", symbol="VEGF", source="famplex_name")
    member = gene(7423, "VEGFB", "famplex_relations")
    mouse = gene(22339, "Vegfa", "mgi_synonym", 10090)
    assert row(family, gene(7422, "VEGFA", "hgnc_alias"), member, mouse).symbols == ("VEGF (2 genes)", "Vegfa")


def test_two_families_count_their_own_genes() -> None:
    one, two = Entity(id="fplx:A", symbol="A"), Entity(id="fplx:B", symbol="B")
    members = [gene(n, str(n), "famplex_relations") for n in range(3)]
    assert row(one, *members[:2], two, members[2]).symbols == ("A (2 genes)", "B (1 gene)")


def test_what_belongs_to_no_species_stands_by_its_name() -> None:
    found = row(Entity(id="mesh:D020123", symbol="Sirolimus"), Entity(id="chebi:9168", symbol="sirolimus"))
    assert (found.symbols, found.taxa) == (("Sirolimus", "sirolimus"), ())


def test_a_mention_without_a_meaning_has_empty_cells() -> None:
    assert to_tsv([row()]).splitlines()[1] == "f\tx\tgene\t\t\t\t0.9\t\t\t"


def test_nothing_ends_a_cell() -> None:
    mention = Mention(text="a\tb\r\nc", kind="gene", score=1)
    rows = mention_rows(Record(figid="f", figure=Figure(figid="f"), mentions=(mention,)))
    assert to_tsv(rows).splitlines()[1].startswith("f\ta b c\tgene\t")


def test_few_words_for_many_symbols() -> None:
    assert short(row(gene(1, "A"))) == "A"
    assert short(row(*(gene(n, f"G{n}") for n in range(6)))) == "G0, G1, G2, G3 and 2 more"


def test_four_species_are_joined_like_three() -> None:
    """Only a box has commas between its numbers."""
    taxa = (9606, 10090, 10116, 7955)
    line = to_tsv([row(*(gene(n, "A", taxon=n) for n in taxa))]).splitlines()[1]
    assert line.split("\t")[5] == "9606|10090|10116|7955"
