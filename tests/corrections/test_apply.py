"""What people correct holds, whatever the machine reads next time, and can be taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from figpath.corrections.apply import apply
from figpath.corrections.correction import Anchor, Correction, undone
from figpath.corrections.decide import accept, add, mention_at, reassign, reject, undo
from figpath.corrections.verdict import REJECTED, verdict
from figpath.errors import InputError
from figpath.grounding.mention import Alternative, Entity
from made_corpus import gene
from made_corrections import FREE, JAK2, STAT3, at, by, means, placed, read_record
from made_records import any_record

if TYPE_CHECKING:
    from figpath.record import Record

RECORD = read_record()
FIRST, SECOND, THIRD = RECORD.mentions


def names(record: Record) -> list[tuple[str, str, float]]:
    """Text, symbols and score of each mention."""
    return [(m.text, ",".join(e.symbol for e in m.entities), m.score) for m in record.mentions]


def moved(record: Record, by_pixels: int) -> Record:
    """The same figure read again: every box a little elsewhere, every score a little other."""
    shifted = []
    for mention in record.mentions:
        x0, y0, x1, y1 = mention.box or (0, 0, 0, 0)
        box = None if mention.box is None else (x0 + by_pixels, y0 + by_pixels, x1 + by_pixels, y1 + by_pixels)
        shifted.append(replace(mention, box=box, score=0.7))
    return replace(record, mentions=tuple(shifted))


def test_each_action_does_what_it_says() -> None:
    """A name is accepted, one rejected, one means something else, one is added; the others stay."""
    log = [
        accept(RECORD, at(FIRST), by=by(1)),
        reject(RECORD, at(SECOND), by=by(2)),
        reassign(RECORD, at(THIRD), means("IL6"), by=by(3)),
        add(RECORD, Anchor(text="p53", box=FREE), means("TP53", "hgnc_alias"), by=by(4)),
    ]
    found = apply(RECORD, log)
    assert names(found.record) == [("JAK2", "JAK2", 1), ("STAT3", "", 0), ("TNF", "IL6", 1), ("p53", "TP53", 1)]
    assert [verdict(m) for m in found.record.mentions] == ["accept", "reject", "reassign", "add"]
    assert found.record.mentions[1].note == REJECTED
    assert found.record.mentions[3].box == FREE
    assert found.record.relations == RECORD.relations
    assert (found.log, found.undone, found.lost) == (tuple(log), frozenset(), frozenset())
    assert [m.text for m in found.record.taken()] == ["JAK2", "TNF", "p53"]


def test_without_corrections_the_record_is_the_same_object() -> None:
    other = replace(accept(RECORD, at(FIRST), by=by(1)), figid="another")
    assert apply(RECORD, ()).record is RECORD
    assert apply(RECORD, [other]).record is RECORD


@pytest.mark.parametrize("pixels", [-6, -1, 2, 5])
def test_names_are_found_again_when_boxes_have_moved(pixels: int) -> None:
    """The box is where the machine has it now."""
    log = [
        accept(RECORD, at(FIRST), by=by(1)),
        reject(RECORD, at(SECOND), by=by(2)),
        reassign(RECORD, at(THIRD), means("IL6"), by=by(3)),
    ]
    again = moved(RECORD, pixels)
    found = apply(again, log)
    assert names(found.record) == [("JAK2", "JAK2", 1), ("STAT3", "", 0), ("TNF", "IL6", 1)]
    assert [m.box for m in found.record.mentions] == [m.box for m in again.mentions]
    assert not found.lost


def test_of_two_equal_names_the_nearer_one_is_meant() -> None:
    """Also when both have moved: each keeps its own correction."""
    here, there = placed("JAK2", "JAK2", (10, 10, 60, 30)), placed("JAK2", "JAK2", (40, 10, 90, 30))
    twice = read_record(here, there)
    found = apply(moved(twice, 3), [reject(twice, at(there), by=by(1))])
    assert [m.score for m in found.record.mentions] == [0.7, 0]


def test_names_of_one_box_are_told_apart() -> None:
    """A list such as IRF3/7 has one box with several names."""
    box = (10, 10, 60, 30)
    both = read_record(placed("JAK2", "JAK2", box), placed("STAT3", "STAT3", box))
    found = apply(both, [reject(both, at(both.mentions[1]), by=by(1))])
    assert names(found.record) == [("JAK2", "JAK2", 0.9), ("STAT3", "", 0)]


def test_what_is_added_stands_beside_other_names_of_its_box() -> None:
    """As the second name of a list; a name that is read there otherwise is not taken away."""
    line = add(RECORD, Anchor(text="JAK3", box=JAK2), means("TP53"), by=by(1))
    assert names(apply(RECORD, [line]).record)[::3] == [("JAK2", "JAK2", 0.9), ("JAK3", "TP53", 1)]


def test_a_rejection_that_is_missed_does_no_harm() -> None:
    """What the machine reads there now is something else, or nothing."""
    log = [reject(RECORD, at(FIRST), by=by(1))]
    for record in (read_record(placed("TP53", "TP53", JAK2), SECOND), read_record(SECOND, THIRD)):
        found = apply(record, log)
        assert found.record.mentions == record.mentions
        assert not found.lost


def test_what_the_machine_now_reads_otherwise_is_what_the_person_said() -> None:
    """Other letters in the same place: the person's stay, and there are no two names in one place."""
    log = [accept(RECORD, at(FIRST), by=by(1)), reassign(RECORD, at(THIRD), means("IL6"), by=by(2), text="IL-6")]
    again = read_record(placed("JAKZ", "AKT1", (11, 9, 61, 30)), SECOND, placed("IL-6", "IL6", (10, 61, 50, 81)))
    assert names(apply(again, log).record) == [("JAK2", "JAK2", 1), ("STAT3", "STAT3", 0.9), ("IL-6", "IL6", 1)]


def test_a_name_that_the_machine_misses_now_is_put_in_again() -> None:
    log = [accept(RECORD, at(FIRST), by=by(1)), add(RECORD, Anchor(text="p53", box=FREE), means("TP53"), by=by(2))]
    found = apply(read_record(SECOND, THIRD), log)
    assert names(found.record) == [
        ("STAT3", "STAT3", 0.9), ("TNF", "TNF", 0.9), ("JAK2", "JAK2", 1), ("p53", "TP53", 1),
    ]  # fmt: skip
    assert not found.lost


def test_a_name_that_was_added_and_is_read_now_is_there_once() -> None:
    log = [add(RECORD, Anchor(text="p53", box=FREE), means("TP53"), by=by(1))]
    again = read_record(FIRST, placed("P53", "TP53", (99, 61, 151, 79)))
    assert names(apply(again, log).record) == [("JAK2", "JAK2", 0.9), ("p53", "TP53", 1)]


def test_what_is_not_on_another_picture_is_lost_and_told() -> None:
    """A figure of the same name with another picture: what is still drawn there is set, the rest is told."""
    log = [
        accept(RECORD, at(FIRST), by=by(1)),
        accept(RECORD, at(SECOND), by=by(2)),
        reject(RECORD, at(THIRD), by=by(3)),
    ]
    found = apply(read_record(FIRST, picture="bb"), log)
    assert names(found.record) == [("JAK2", "JAK2", 1)]
    assert found.lost == {"c2"}
    smaller = replace(read_record(FIRST), width=90)
    assert apply(smaller, log).lost == {"c2"}


def test_a_figure_that_failed_stays_so() -> None:
    failed = replace(RECORD, status="failed", mentions=(), relations=())
    found = apply(failed, [accept(RECORD, at(FIRST), by=by(1)), reject(RECORD, at(SECOND), by=by(2))])
    assert found.record is failed
    assert found.lost == {"c1"}


def test_names_without_places_are_found_by_text() -> None:
    """As in records taken over from PFOCR."""
    typed = read_record(gene("JAK2"), gene("STAT3"))
    log = [reject(typed, Anchor(text="STAT3"), by=by(1)), reassign(typed, Anchor(text="JAK2"), means("TNF"), by=by(2))]
    assert names(apply(typed, log).record) == [("JAK2", "TNF", 1), ("STAT3", "", 0)]
    assert apply(read_record(gene("STAT3")), log).lost == {"c2"}


def test_what_else_a_name_could_mean_is_the_machines_to_say() -> None:
    """The log does not repeat it, and the record keeps it."""
    other = Alternative(entity=Entity(id="ncbigene:1", symbol="A1BG", taxon=9606), score=0.2)
    doubtful = read_record(replace(FIRST, alternatives=(other,)))
    line = accept(doubtful, at(FIRST), by=by(1))
    assert line.before is not None
    assert line.before.alternatives == ()
    assert apply(doubtful, [line]).record.mentions[0].alternatives == (other,)


def test_the_species_of_what_people_say_is_one_of_the_figure() -> None:
    mouse = Entity(id="ncbigene:16452", symbol="Jak2", taxon=10090, source="mgi_symbol")
    meaning = replace(means("JAK2"), entities=(mouse,))
    assert apply(RECORD, [reassign(RECORD, at(FIRST), meaning, by=by(1))]).record.organisms == (9606, 10090)


# ---- taking back


def test_everything_taken_back_is_what_the_machine_read() -> None:
    """To the byte; and taking that back brings the correction again."""
    first = reject(RECORD, at(FIRST), by=by(1))
    second = undo([first], "c1", by=by(2))
    third = undo([first, second], "c2", by=by(3))
    assert apply(RECORD, [first, second]).record is RECORD
    assert apply(RECORD, [first, second]).undone == {"c1"}
    assert apply(RECORD, [first, second, third]).undone == {"c2"}
    assert apply(RECORD, [first, second, third]).record.mentions[0].score == 0
    assert (second.before, second.after) == (None, first.before)


def test_the_later_correction_of_a_name_holds() -> None:
    """And when it is taken back, the earlier one."""
    first = reject(RECORD, at(FIRST), by=by(1))
    after = apply(RECORD, [first]).record
    second = reassign(after, at(FIRST), means("IL6"), by=by(2))
    assert names(apply(RECORD, [second, first]).record)[0] == ("JAK2", "IL6", 1)
    back = undo([first, second], "c2", by=by(3))
    assert names(apply(RECORD, [first, second, back]).record)[0] == ("JAK2", "", 0)


def test_an_added_name_can_be_rejected() -> None:
    added = add(RECORD, Anchor(text="p53", box=FREE), means("TP53"), by=by(1))
    after = apply(RECORD, [added]).record
    found = apply(RECORD, [added, reject(after, Anchor(text="p53", box=FREE), by=by(2))])
    assert names(found.record)[-1] == ("p53", "", 0)


@given(st.permutations(range(6)))
def test_the_order_of_lines_is_that_of_their_times(order: list[int]) -> None:
    first = reject(RECORD, at(FIRST), by=by(1))
    second = reassign(apply(RECORD, [first]).record, at(FIRST), means("IL6"), by=by(2))
    third = accept(RECORD, at(SECOND), by=by(3))
    fourth = undo([third], "c3", by=by(4))
    log = [first, second, third, fourth, undo([first, second], "c2", by=by(5)), first]
    assert apply(RECORD, [log[n] for n in order]) == apply(RECORD, log)


@given(any_record(), any_record(), st.data())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_log_gives_a_record(read: Record, again: Record, data: st.DataObject) -> None:
    """Whatever was corrected and whatever is read next; all of it taken back is what the machine read."""
    record, log = read, []
    for number in range(data.draw(st.integers(0, 4))):
        if not record.mentions:
            break
        mention = data.draw(st.sampled_from(record.mentions))
        if not mention.text.strip():
            continue
        action = "reassign" if verdict(mention) == "reject" else data.draw(st.sampled_from(["accept", "reject", ""]))
        make = {"accept": accept, "reject": reject}.get(action)
        line = (
            reassign(record, at(mention), means("TNF"), by=by(number))
            if make is None
            else make(record, at(mention), by=by(number))
        )
        log.append(line)
        record = apply(read, log).record
    assert len(apply(again, log).record.mentions) >= len(again.mentions)
    if log:
        backed = [*log, *(undo(log, one.id, by=by(100 + n)) for n, one in enumerate(log))]
        assert apply(read, backed).record is read
        assert undone(backed) == {one.id for one in log}


# ---- what is refused


@pytest.mark.parametrize(
    ("anchor", "message"),
    [
        (Anchor(text="JAK2", box=FREE), "has no name 'JAK2' at 100, 60, 150, 80: open its page again"),
        (Anchor(text="JAK2"), "has no name 'JAK2': open its page"),
        (Anchor(text="JAK", box=JAK2), "has no name 'JAK' at"),
    ],
)
def test_a_name_that_is_not_there_is_not_corrected(anchor: Anchor, message: str) -> None:
    for decide in (accept, reject):
        with pytest.raises(InputError, match=message):
            decide(RECORD, anchor, by=by(1))
    with pytest.raises(InputError, match=message):
        mention_at(RECORD, anchor)


def test_what_was_rejected_is_not_accepted() -> None:
    """It has no meaning any more: it can be undone, or be given one."""
    log = [reject(RECORD, at(FIRST), by=by(1))]
    after = apply(RECORD, log).record
    with pytest.raises(InputError, match="'JAK2' was rejected: undo that, or say what it stands for"):
        accept(after, at(FIRST), by=by(2))
    log.append(reassign(after, at(FIRST), means("JAK2"), by=by(2)))
    assert names(apply(RECORD, log).record)[0] == ("JAK2", "JAK2", 1)


@pytest.mark.parametrize(
    ("text", "box", "message"),
    [
        ("STAT3", (102, 10, 160, 30), "is there already"),
        ("p53", (150, 60, 100, 80), "is not on the picture of 200 x 100 pixels"),
        ("p53", (150, 60, 201, 80), "is not on the picture"),
        ("p53", (-1, 60, 20, 80), "is not on the picture"),
        ("p53", None, "is not on the picture"),
        (" ", FREE, "has 1 to 500 characters"),
        ("x" * 501, FREE, "has 1 to 500 characters"),
    ],
)
def test_what_cannot_be_added_is_refused(text: str, box: tuple[int, int, int, int] | None, message: str) -> None:
    with pytest.raises(InputError, match=message):
        add(RECORD, Anchor(text=text, box=box), means("TP53"), by=by(1))
    assert STAT3


def test_only_what_is_there_is_taken_back() -> None:
    line = reject(RECORD, at(FIRST), by=by(1))
    with pytest.raises(InputError, match="there is no correction 'c9'"):
        undo([line], "c9", by=by(2))
    with pytest.raises(InputError, match="is taken back already"):
        undo([line, undo([line], "c1", by=by(2))], "c1", by=by(3))


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=6))
def test_undoing_is_total(pairs: list[tuple[int, int]]) -> None:
    """Lines that undo themselves, each other, or what comes later, as a log from elsewhere may have."""
    log = [
        Correction(id=f"c{a}", figid="fig", when=by(a).when, who="Ada", action="undo", undoes=f"c{b}") for a, b in pairs
    ]
    assert undone(log) <= {f"c{b}" for _, b in pairs}
