"""Predictions and gold from outside: what is left out has a default, what is wrong is named with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from figpath.errors import InputError
from figpath.evaluate.gold import read_gold
from figpath.evaluate.predictions import coverage, parse_predictions
from figpath.figure import Figure
from figpath.grounding.mention import Entity, Mention
from figpath.record import Record, to_json_lines

if TYPE_CHECKING:
    from pathlib import Path


def test_a_record_of_figpath_is_a_prediction() -> None:
    entity = Entity(id="ncbigene:3551", symbol="IKBKB", taxon=9606)
    mention = Mention(text="IKKβ", kind="gene", score=0.98, box=(1, 2, 30, 40), entities=(entity,))
    family = Mention(text="TLR", kind="family", score=0.9, entities=(Entity(id="fplx:TLR", symbol="TLR"),))
    record = Record(figid="f1", figure=Figure(figid="f1"), organisms=(9606,), mentions=(mention, family))
    (found,) = parse_predictions(b"".join(to_json_lines([record])), name="x").values()
    assert found.mentions[0].human_symbols() == {"IKBKB"}
    assert found.mentions[0].box == (1, 2, 30, 40)
    assert found.mentions[1].human_symbols() == frozenset()


def test_what_other_programs_leave_out_has_a_default() -> None:
    line = '{"figid": "f1", "mentions": [{"text": "a\u2028b", "kind": "gene", "entities": [{"symbol": "A"}]}]}'
    (found,) = parse_predictions(f"\n{line}\r\n".encode(), name="x").values()
    assert found.mentions[0].score == 1.0
    assert found.mentions[0].human_symbols() == {"A"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"figid": "f1"}\n{"figid": ', "x line 2: not what was expected"),
        (b'{"figid": "f1"}\n\n{"mentions": []}', r"x line 3: .*missing required field `figid`"),
        (b'{"figid": "f1", "mentions": [{"text": 3}]}', r"x line 1: .*\$\.mentions\[0\]\.text"),
        (b"\xff", "x line 1"),
        (b'{"figid": "f1"}\n{"figid": "f1"}', "x line 2: figure f1 stands here twice"),
    ],
)
def test_a_line_in_another_form_is_named_with_its_number(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        parse_predictions(data, name="x")
    assert "\n" not in str(caught.value)


def test_figures_that_only_one_side_has_are_told() -> None:
    found = coverage(parse_predictions(b'{"figid": "a"}\n{"figid": "b"}', name="x"), ["b", "c"])
    assert (found.unknown, found.absent) == (("a",), ("c",))


@pytest.mark.parametrize("data", [b"", b'{"figid": "other"}'])
def test_predictions_of_other_figures_only_are_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="no predicted figure is one of the 2 of the truth"):
        coverage(parse_predictions(data, name="x"), ["b", "c"])


def test_gold_comes_in_order_of_its_ids_and_ignores_what_it_does_not_know(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"figid": "f2", "mentions": [], "edges": []}', encoding="utf-8")
    bare = '{"figid": "f1", "mentions": [{"text": "A", "type": "gene", "symbols": null}]}'
    (tmp_path / "b.json").write_text(bare, encoding="utf-8")
    (tmp_path / "manifest.json").write_text("[]", encoding="utf-8")
    assert [figure.figid for figure in read_gold(tmp_path)] == ["f1", "f2"]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "no .json file in folder"),
        ({"a.json": "{}"}, r"a\.json: not what was expected"),
        ({"a.json": '{"figid": "f", "mentions": []}', "b.json": '{"figid": "f", "mentions": []}'}, "two files of"),
    ],
)
def test_a_gold_folder_that_cannot_be_used_is_refused(tmp_path: Path, files: dict[str, str], said: str) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_gold(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no folder .*gold figures"):
        read_gold(tmp_path / "none")
