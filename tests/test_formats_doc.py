"""docs/formats.md says what the code does: its example is printed by it, its columns are the code's."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import msgspec

from figpath.corrections.correction import Anchor, Signature, to_json_lines
from figpath.corrections.decide import reassign, undo
from figpath.corrections.meaning import Assigned
from figpath.figure import Figure, Paper
from figpath.grounding.mention import Entity, Mention
from figpath.publish import pfocr, table
from figpath.publish.gpml import ARROW_HEADS, to_gpml
from figpath.publish.network import from_record
from figpath.publish.network_formats import FORMATS
from figpath.publish.sif import to_sif
from figpath.reading.document import Line, Word
from figpath.record import SCHEMA, Provenance, Record, Relation, from_json, to_json

DOCUMENT = Path(__file__).parents[1] / "docs" / "formats.md"

IKK, NFKB = (10, 20, 60, 34), (110, 20, 160, 34)
EXAMPLE = Record(
    figid="PMC0000001__f1",
    width=200,
    height=60,
    pathway_score=0.97,
    organisms=(9606,),
    figure=Figure(
        figid="PMC0000001__f1",
        number="F1",
        title="IKKβ activates NF-κB",
        filename="f1.jpg",
        paper=Paper(pmcid="PMC0000001", title="Two names and an arrow", year="2024"),
    ),
    lines=(
        Line(
            text="IKKβ NF-κB",
            box=(10, 20, 160, 34),
            score=0.97,
            words=(Word(text="IKKβ", box=IKK, score=0.98), Word(text="NF-κB", box=NFKB, score=0.96)),
        ),
    ),
    mentions=(
        Mention(
            text="IKKβ",
            kind="gene",
            score=0.98,
            box=IKK,
            entities=(Entity(id="ncbigene:3551", symbol="IKBKB", taxon=9606, source="hgnc_alias"),),
            match="IKK-beta",
            rewrites=("greek_to_word",),
        ),
        Mention(
            text="NF-κB",
            kind="family",
            score=0.96,
            box=NFKB,
            entities=(
                Entity(id="fplx:NFkappaB", symbol="NFkappaB", source="famplex_synonym"),
                Entity(id="ncbigene:4790", symbol="NFKB1", taxon=9606, source="famplex_relations"),
                Entity(id="ncbigene:5970", symbol="RELA", taxon=9606, source="famplex_relations"),
            ),
            match="NF-kappaB",
            rewrites=("greek_to_word",),
        ),
    ),
    relations=(Relation(source=0, target=1, sign="activates", score=0.81, path=((62, 27), (108, 27))),),
    provenance=Provenance(version="0.1.0", engine="name and version", lexicon="fingerprint", image_sha256="0a1b"),
)


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)


def test_the_example_record_is_what_the_code_writes() -> None:
    (shown,) = blocks("json")
    assert shown == msgspec.json.format(to_json(EXAMPLE), indent=2).decode("utf-8") + "\n"
    assert from_json(shown) == EXAMPLE


def test_the_example_tables_are_what_the_code_writes() -> None:
    rows, genes = blocks("tsv")
    assert rows == table.to_tsv(table.mention_rows(EXAMPLE))
    assert genes == pfocr.genes_tsv(pfocr.from_record(EXAMPLE).genes)


def test_the_example_page_is_what_the_code_writes() -> None:
    (page,) = blocks("yaml")
    assert page == pfocr.page_text(pfocr.from_record(EXAMPLE))


def test_the_example_networks_are_what_the_code_writes() -> None:
    (drawn,), (interactions,) = blocks("xml"), blocks("sif")
    assert drawn == to_gpml(from_record(EXAMPLE)).decode("utf-8")
    assert interactions == to_sif(from_record(EXAMPLE)).decode("utf-8")


def test_the_example_log_is_what_the_code_writes() -> None:
    meaning = Assigned(
        kind="gene", entities=(Entity(id="ncbigene:1147", symbol="CHUK", taxon=9606, source="person"),), match="CHUK"
    )
    by = Signature(id="3f2a", when="2026-11-24T12:08:46.000000Z", who="Ada Lovelace")
    first = reassign(EXAMPLE, Anchor(text="IKKβ", box=IKK), meaning, by=by)
    second = undo([first], "3f2a", by=replace(by, id="77b1", when="2026-11-24T12:09:10.000000Z"))
    (shown,) = blocks("jsonl")
    assert shown.encode() == b"".join(to_json_lines([first, second]))


def test_every_format_of_networks_is_named() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for form in FORMATS:
        assert f"| `{form.name}` | `{{figid}}{form.ending}` |" in text
    assert all(f"`{head}`" in text for head in ARROW_HEADS.values())


def test_the_schema_and_the_columns_are_named() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for name in (SCHEMA, *pfocr.GENE_COLUMNS, *pfocr.CHEMICAL_COLUMNS, *pfocr.DISEASE_COLUMNS):
        assert f"`{name}`" in text, name
