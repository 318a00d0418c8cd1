"""The record and its JSON: canonical, validated at the door, and equal after a round trip."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figpath.errors import RecordError
from figpath.figure import Figure, Paper
from figpath.grounding.mention import Alternative as Meaning
from figpath.grounding.mention import Entity, Mention
from figpath.reading.document import Alternative, Line, Word
from figpath.record import (
    SCHEMA,
    Provenance,
    Record,
    Relation,
    from_json,
    from_json_lines,
    json_schema,
    to_json,
    to_json_lines,
)

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
SCORE = st.floats(0, 1)
PIXEL = st.integers(0, 30_000)
BOX = st.tuples(PIXEL, PIXEL, PIXEL, PIXEL)
FIGID = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,20}", fullmatch=True).filter(lambda text: ".." not in text)


def some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


ENTITIES = st.builds(Entity, id=TEXT, symbol=TEXT, taxon=st.none() | st.integers(1, 10**7), source=TEXT)
MENTIONS = st.builds(
    Mention,
    text=TEXT,
    kind=st.sampled_from(["gene", "family", "chemical", "disease"]),
    score=SCORE,
    box=st.none() | BOX,
    entities=some(ENTITIES),
    match=TEXT,
    rewrites=some(TEXT),
    alternatives=some(st.builds(Meaning, entity=ENTITIES, score=SCORE)),
    note=TEXT,
)
WORDS = st.builds(
    Word, text=TEXT, box=BOX, score=SCORE, alternatives=some(st.builds(Alternative, text=TEXT, score=SCORE))
)
LINES = st.builds(Line, text=TEXT, box=BOX, score=SCORE, words=some(WORDS), angle=st.sampled_from([0, 90, 270]))
PAPERS = st.builds(Paper, pmcid=TEXT, title=TEXT, year=TEXT, keywords=some(TEXT), organisms=some(TEXT))


@st.composite
def records(draw: st.DrawFn) -> Record:
    figid = draw(FIGID)
    mentions = draw(some(MENTIONS))
    ends = st.integers(0, max(len(mentions) - 1, 0))
    relations = st.builds(
        Relation,
        source=ends,
        target=ends,
        sign=st.sampled_from(["activates", "inhibits", "undirected"]),
        score=SCORE,
        path=some(st.tuples(PIXEL, PIXEL)),
    )
    return Record(
        figid=figid,
        status=draw(st.sampled_from(["ok", "partial", "failed"])),
        reason=draw(TEXT),
        width=draw(PIXEL),
        height=draw(PIXEL),
        pathway_score=draw(st.none() | SCORE),
        organisms=draw(some(st.integers(1, 10**7))),
        figure=Figure(figid=figid, title=draw(TEXT), caption=draw(TEXT), paper=draw(PAPERS)),
        lines=draw(some(LINES)),
        mentions=mentions,
        relations=draw(some(relations)) if mentions else (),
        provenance=draw(st.builds(Provenance, version=TEXT, engine=TEXT, lexicon=TEXT, image_sha256=TEXT)),
    )


def example(**changes: Any) -> Record:
    """The record of the contract: one line, one mention, one relation."""
    box = (10, 20, 60, 34)
    gene = Entity(id="ncbigene:3551", symbol="IKBKB", taxon=9606, source="hgnc_alias")
    mention = Mention(text="IKKβ", kind="gene", box=box, score=0.98, entities=(gene,))
    values: dict[str, Any] = {
        "figid": "PMC1__f1",
        "width": 700,
        "height": 500,
        "pathway_score": 0.97,
        "organisms": (9606,),
        "figure": Figure(figid="PMC1__f1"),
        "lines": (Line(text="IKKβ", box=box, score=0.97, words=(Word(text="IKKβ", box=box, score=0.97),)),),
        "mentions": (mention, replace(mention, text="NF-kB")),
        "relations": (Relation(source=0, target=1, sign="activates", score=0.81, path=((60, 27), (120, 27))),),
    }
    return Record(**values | changes)


def test_the_keys_that_are_a_contract_are_there() -> None:
    """Each key of the contract in DESIGN section 4 is in the JSON under its name, with its type."""
    found = json.loads(to_json(example()))
    assert found | {"status": "ok", "width": 700, "height": 500, "pathway_score": 0.97} == found
    assert found["figid"] == "PMC1__f1"
    assert found["organisms"] == [9606]
    assert found["lines"][0] | {"text": "IKKβ", "box": [10, 20, 60, 34], "score": 0.97} == found["lines"][0]
    mention = found["mentions"][0]
    assert mention | {"text": "IKKβ", "kind": "gene", "box": [10, 20, 60, 34], "score": 0.98} == mention
    entity = {"id": "ncbigene:3551", "symbol": "IKBKB", "taxon": 9606, "source": "hgnc_alias"}
    assert mention["entities"] == [entity]
    relation = {"source": 0, "target": 1, "sign": "activates", "score": 0.81, "path": [[60, 27], [120, 27]]}
    assert found["relations"] == [relation]


def test_the_keys_stand_in_the_order_of_the_fields() -> None:
    found = json.loads(to_json(example()))
    assert list(found) == [field.name for field in fields(Record)]
    assert list(found["mentions"][0]) == [field.name for field in fields(Mention)]
    assert next(iter(found.items())) == ("schema", SCHEMA)


@settings(deadline=None, max_examples=50)
@given(records())
def test_a_record_comes_back_from_json_as_it_was(record: Record) -> None:
    data = to_json(record)
    assert from_json(data) == record
    assert to_json(from_json(data)) == data
    assert b"\n" not in data


@settings(deadline=None, max_examples=50)
@given(records())
def test_what_json_holds_obeys_the_schema(record: Record) -> None:
    """Every key that is written is named in the JSON Schema, and every required key is written."""
    schema = json_schema()
    document = json.loads(to_json(record))
    definition = schema["$defs"]["Record"]
    assert set(document) == set(definition["properties"])
    assert {"schema", "figid", "figure"} == set(definition["required"])


def test_the_schema_names_itself_and_its_dialect() -> None:
    schema = json_schema()
    assert schema["$id"] == SCHEMA
    assert schema["$schema"].endswith("2020-12/schema")
    assert schema["$defs"]["Record"]["properties"]["schema"]["enum"] == [SCHEMA]


@pytest.mark.parametrize(
    ("given_score", "kept"),
    [(0.123449, 0.1234), (0.12345678, 0.1235), (1, 1.0), (-0.0, 0.0), (np.float32(0.5), 0.5), (0.99999, 1.0)],
)
def test_floats_are_rounded_to_four_decimals_when_a_record_is_made(given_score: float, kept: float) -> None:
    """Wherever a float stands in a record it becomes a plain float of four decimals."""
    meaning = Meaning(entity=Entity(id="ncbigene:1", symbol="A1BG"), score=given_score)
    mention = Mention(text="A", kind="gene", score=given_score, alternatives=(meaning,))
    word = Word(
        text="A",
        box=(0, 0, 1, 1),
        score=given_score,
        alternatives=(Alternative(text="B", score=given_score),),
    )
    record = example(
        pathway_score=given_score,
        lines=(Line(text="A", box=(0, 0, 1, 1), score=given_score, words=(word,)),),
        mentions=(mention,),
        relations=(Relation(source=0, target=0, sign="undirected", score=given_score),),
    )
    found = list(floats(record))
    assert len(found) == 7
    assert {repr(value) for value in found} == {repr(kept)}


def floats(value: object) -> Any:
    if isinstance(value, float):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from floats(item)
    elif is_dataclass(value):
        for item in fields(value):
            yield from floats(getattr(value, item.name))


def test_equal_records_give_equal_bytes() -> None:
    """An integer, a NumPy float and a mean just over 1 are the same probability and the same bytes."""
    documents = {to_json(example(pathway_score=score)) for score in (1, 1.0, np.float64(1.0), 1.0000001)}
    assert len(documents) == 1


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"pathway_score": float("nan")}, "$.pathway_score"),
        ({"mentions": (Mention(text="A", kind="gene", score=1.5),), "relations": ()}, "$.mentions[0].score"),
        ({"mentions": ()}, "$.relations[0].source"),
        ({"figid": "a/b"}, "$.figid"),
        ({"figid": "../up"}, "$.figid"),
        ({"figure": Figure(figid="other")}, "$.figure.figid"),
    ],
)
def test_a_value_out_of_range_is_refused_with_its_path(changes: dict[str, Any], path: str) -> None:
    with pytest.raises(RecordError) as caught:
        example(**changes)
    assert path in str(caught.value)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"schema": "figpath.record/2"}, "has schema 'figpath.record/2', expected 'figpath.record/1'"),
        ({"schema": None}, "names no schema, expected 'figpath.record/1'"),
        ({"schema": 1}, "$.schema"),
        ({"width": "700"}, "$.width"),
        ({"width": -1}, "$.width"),
        ({"width": 10**400}, "$.width"),
        ({"width": 700.5}, "$.width"),
        ({"status": "fine\nor not"}, "$.status"),
        ({"mentions": [{"text": "A", "kind": "cell", "score": 1}]}, "$.mentions[0].kind"),
        ({"mentions": [{"text": "A", "kind": "gene"}]}, "$.mentions[0]"),
        ({"mentions": [{"text": "A", "kind": "gene", "score": 2}], "relations": []}, "$.mentions[0].score"),
        ({"lines": [{"text": "A", "box": [1, 2, 3], "score": 1}]}, "$.lines[0].box"),
        (
            {"relations": [{"source": 0, "target": 9, "sign": "activates", "score": 1}]},
            "$.relations[0].target",
        ),
        ({"relations": [{"source": 0, "target": 1, "sign": "kills", "score": 1}]}, "$.relations[0].sign"),
        ({"figid": "a/b"}, "$.figid"),
    ],
)
def test_a_broken_document_is_refused_with_the_path_inside_it(change: dict[str, Any], says: str) -> None:
    document = json.loads(to_json(example())) | change
    with pytest.raises(RecordError) as caught:
        from_json(json.dumps(document))
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"schema": "figpath.record/1"}',
        b'{"a":' + b"[" * 100_000,
        b"\x00",
    ],
)
def test_what_is_no_record_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(RecordError) as caught:
        from_json(data)
    assert "\n" not in str(caught.value)


def test_a_key_that_is_not_known_is_passed_over() -> None:
    document = json.loads(to_json(example()))
    document["later"] = {"more": [1]}
    document["mentions"][0]["later"] = 1
    assert from_json(json.dumps(document)) == example()


def test_a_minimal_document_is_read() -> None:
    """Whoever writes records by hand needs the schema, the id and the figure."""
    text = '{"schema": "figpath.record/1", "figid": "f", "figure": {"figid": "f"}}'
    assert from_json(text) == Record(figid="f", figure=Figure(figid="f"))


@pytest.mark.parametrize("text", ["\ud800", "half \udfff"])
def test_half_a_character_cannot_be_written(text: str) -> None:
    with pytest.raises(RecordError, match="PMC1__f1 cannot be written"):
        to_json(example(reason=text))


def test_a_number_of_numpy_cannot_be_written_as_pixel() -> None:
    """NumPy integers would be another type in memory and the same in JSON, so they are refused loudly."""
    with pytest.raises(RecordError, match="cannot be written"):
        to_json(example(width=np.int64(700)))


def test_json_lines_end_with_a_newline_and_come_back() -> None:
    pair = [example(), example(status="failed", reason="no text")]
    lines = list(to_json_lines(pair))
    assert all(line.endswith(b"\n") and line.count(b"\n") == 1 for line in lines)
    assert list(from_json_lines([*lines, b"\n"])) == pair


def test_a_broken_line_is_named_by_its_number() -> None:
    with pytest.raises(RecordError, match=r"^line 2: "):
        list(from_json_lines([to_json(example()), b"{"]))


def test_taken_leaves_out_what_is_unlikely_or_has_no_meaning() -> None:
    sure = example().mentions[0]
    record = example(mentions=(sure, replace(sure, score=0.4), replace(sure, entities=())), relations=())
    assert record.taken() == (sure,)
    assert record.taken(minimum_score=0.3) == record.mentions[:2]


def test_msgspec_errors_are_wrapped() -> None:
    """No error of the JSON library leaks; it stays as the cause."""
    with pytest.raises(RecordError) as caught:
        from_json(b"{")
    assert isinstance(caught.value.__cause__, msgspec.DecodeError)
