"""A line of the log comes back from JSON equal, and what is none is refused with its place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from figpath.corrections import correction as form
from figpath.corrections.correction import SCHEMA, Anchor, Correction, from_json, from_json_lines, to_json, when_of
from figpath.corrections.decide import accept, undo
from figpath.errors import InputError
from figpath.grounding.mention import Entity, Mention
from made_corrections import at, by, read_record

RECORD = read_record()
LINE = accept(RECORD, at(RECORD.mentions[0]), by=by(1))
TEXT = st.text(max_size=12)
NAME = TEXT.filter(str.strip)
BOX = st.tuples(*[st.integers(0, 5000)] * 4)
ENTITY = st.builds(Entity, id=TEXT, symbol=TEXT, taxon=st.none() | st.integers(1, 10**6), source=TEXT)
MENTION = st.builds(
    Mention,
    text=NAME,
    kind=st.sampled_from(["gene", "family", "chemical", "disease"]),
    score=st.sampled_from([0.0, 0.25, 1.0]),
    box=st.none() | BOX,
    entities=st.lists(ENTITY, max_size=3).map(tuple),
    match=TEXT,
    rewrites=st.lists(TEXT, max_size=2).map(tuple),
    note=TEXT,
)


@st.composite
def any_correction(draw: st.DrawFn) -> Correction:
    action = draw(st.sampled_from(["accept", "reject", "reassign", "add", "undo"]))
    moment = datetime(2026, 11, 24, tzinfo=UTC) + draw(st.timedeltas(timedelta(days=-9999), timedelta(days=9999)))
    values: dict[str, Any] = {
        "id": draw(st.sampled_from(["c1", "A-_z", "0" * 64])),
        "figid": draw(st.sampled_from(["PMC1__f1", "fig"])),
        "when": when_of(moment),
        "who": draw(st.sampled_from(["Ada", "Grace Ö", "α", "<b>", "x" * 100])),
        "action": action,
        "picture": draw(TEXT),
    }
    if action == "undo":
        return Correction(**values, undoes="c1")
    return Correction(
        **values,
        anchor=draw(st.builds(Anchor, text=NAME, box=st.none() | BOX)),
        before=None if action == "add" else draw(MENTION),
        after=None if action == "reject" else draw(MENTION),
    )


@given(st.lists(any_correction(), max_size=4))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_log_comes_back_equal(log: list[Correction]) -> None:
    """As values, and written again as the same bytes."""
    data = b"".join(form.to_json_lines(log))
    assert from_json_lines(data, name="log") == tuple(log)
    assert b"".join(form.to_json_lines(from_json_lines(data, name="log"))) == data


def test_a_line_says_its_form_first() -> None:
    assert to_json(LINE).startswith(b'{"schema":"figpath.correction/1","id":"c1","figid":"fig","when":"2026-11-24T12')
    assert SCHEMA == "figpath.correction/1"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"figpath.correction/1"', '"figpath.correction/2"', r"not a correction .*\$\.schema"),
        ('"c1"', '""', "has no id"),
        ('"c1"', '"../x"', "has no id"),
        ('"fig"', '"a/b"', "cannot be a figure id"),
        ("2026-11-24T12:00:00.000001Z", "yesterday", "has the time 'yesterday'"),
        ("2026-11-24T12:00:00.000001Z", "2026-13-24T12:00:00.000001Z", "has the time"),
        ('"Ada"', '" "', "does not say who made it"),
        ('"Ada"', '"a\\nb"', "does not say who made it"),
        ('"accept"', '"reject"', "is to reject: expected no mention after it"),
        ('"accept"', '"add"', "is to add: expected no mention before it"),
        ('"accept"', '"undo"', "undoes nothing"),
        ('"accept"', '"praise"', r"\$\.action"),
        ('"score":1.0', '"score":7.0', "has the score 7.0"),
        ('"kind":"gene"', '"kind":"city"', r"\$\.before\.kind"),
    ],
)
def test_what_is_no_correction_is_refused(old: str, new: str, message: str) -> None:
    """With the number of its line."""
    good = to_json(LINE).decode()
    assert old in good
    data = f"{good}\n\n{good.replace(old, new)}\n".encode()
    with pytest.raises(InputError, match=f"log.jsonl line 3: .*{message}"):
        from_json_lines(data, name="log.jsonl")


def test_unknown_keys_are_passed_over_and_other_bytes_refused() -> None:
    assert from_json(to_json(LINE).replace(b"{", b'{"more":1,', 1)) == LINE
    for data in (b"", b"[]", b"\xff", b"nonsense"):
        with pytest.raises(InputError, match="not a correction"):
            from_json(data)


def test_half_a_character_is_no_error_of_others() -> None:
    odd = Correction(id="c", figid="fig", when=by(1).when, who="Ada", action="undo", undoes="c1", picture="\ud800")
    with pytest.raises(InputError, match="cannot be written as JSON"):
        to_json(odd)


def test_times_count_up_whatever_the_clock_says() -> None:
    """In UTC, from any zone."""
    noon = datetime(2026, 11, 24, 13, 0, tzinfo=timezone(timedelta(hours=1)))
    assert when_of(noon) == "2026-11-24T12:00:00.000000Z"
    assert when_of(noon, after="2026-11-24T11:00:00.000000Z") == "2026-11-24T12:00:00.000000Z"
    assert when_of(noon, after="2026-11-24T12:59:59.999999Z") == "2026-11-24T13:00:00.000000Z"


def test_an_undo_names_what_it_takes_back() -> None:
    found = undo([LINE], "c1", by=by(2, who="Grace"))
    assert (found.undoes, found.who, found.anchor) == ("c1", "Grace", LINE.anchor)
