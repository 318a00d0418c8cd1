"""Labels of drawn pathways count as read when their text stands at their place."""

from __future__ import annotations

import pytest

from figpath.evaluate import labels
from figpath.evaluate.labels import DrawnPathway, Label, LabelLine
from figpath.evaluate.predictions import LooseBox, PredictedEntity, PredictedLine, PredictedMention, Prediction

BOX = (100.0, 100.0, 160.0, 120.0)


def drawn(*texts: Label, organism: str = "Homo sapiens") -> DrawnPathway:
    return DrawnPathway(id="w1", organism=organism, texts=texts)


def label(text: str, kind: str = "gene", **more: object) -> Label:
    return Label(text=text, box=BOX, kind=kind, **more)  # type: ignore[arg-type]  # options of the tests below


def line(text: str, box: LooseBox = BOX) -> PredictedLine:
    return PredictedLine(text=text, box=box)


TWO_LINES = label("Toll receptor", lines=(LabelLine(text="Toll"), LabelLine(text="receptor")))

READ = {
    "letter for letter": (label("IKKβ"), [line("IKKβ")], (1, 1)),
    "case and blanks are forgiven": (label("Nf kb"), [line("NFkB")], (1, 1)),
    "another text": (label("IL1"), [line("IL-1")], (0, 1)),
    "at another place": (label("IL1"), [line("IL1", (300, 100, 360, 120))], (0, 1)),
    "part of a longer line is not exact": (label("IL1"), [line("IL1 IL2")], (0, 1)),
    "in two lines": (TWO_LINES, [line("Toll"), line("receptor")], (1, 1)),
    "one of two lines": (TWO_LINES, [line("Toll")], (0, 1)),
    "no gene": (label("ATP", "metabolite"), [line("ATP")], (0, 0)),
    "overlaps another text": (label("IL1", clash=True), [line("IL1")], (0, 0)),
    "a protein": (label("IL1", "protein"), [line("IL1")], (1, 1)),
}


@pytest.mark.parametrize("case", READ)
def test_a_label_is_read_when_its_text_stands_at_its_place(case: str) -> None:
    truth, lines, counts = READ[case]
    score = labels.compare(drawn(truth), Prediction(figid="w1", lines=tuple(lines)))
    assert (score.read, score.labels) == counts


def test_a_mention_at_the_place_counts_as_read_too_and_none_without_a_box() -> None:
    at, nowhere = PredictedMention(text="IL1", box=BOX), PredictedMention(text="IL1")
    assert labels.compare(drawn(label("IL1")), Prediction(figid="w1", mentions=(at,))).read == 1
    assert labels.compare(drawn(label("IL1")), Prediction(figid="w1", mentions=(nowhere,))).read == 0


@pytest.mark.parametrize(
    ("ids", "organism", "given", "counts"),
    [
        (("3551",), "Homo sapiens", "ncbigene:3551", (1, 1)),
        (("3551", "1"), "Homo sapiens", "ncbigene:1", (1, 1)),
        (("3551",), "Homo sapiens", "ncbigene:35", (0, 1)),
        ((), "Homo sapiens", "ncbigene:3551", (0, 0)),
        (("3551",), "Mus musculus", "ncbigene:3551", (0, 0)),
    ],
)
def test_a_label_of_a_human_pathway_is_named_by_any_of_its_ids(
    ids: tuple[str, ...], organism: str, given: str, counts: tuple[int, int]
) -> None:
    mention = PredictedMention(text="x", box=BOX, entities=(PredictedEntity(id=given),))
    score = labels.compare(
        drawn(label("IKKβ", ncbigene=ids), organism=organism), Prediction(figid="w1", mentions=(mention,))
    )
    assert (score.named, score.with_id) == counts


@pytest.mark.parametrize(
    ("box", "shared"),
    [
        (BOX, True),
        ((100, 100, 120, 120), True),  # inside
        ((140, 100, 200, 120), True),  # a third of it
        ((141, 100, 201, 120), False),
        ((160, 100, 200, 120), False),  # side by side
        ((110, 110, 110, 110), False),  # empty
        (None, False),
    ],
)
def test_boxes_are_one_place_when_they_share_a_third_of_the_smaller(box: LooseBox | None, shared: bool) -> None:
    assert labels.lies_on(box, BOX) is shared


def test_what_was_not_read_is_listed_with_what_stands_there_instead() -> None:
    truth = drawn(label("IKKβ", font_px=7.5), label("JAK2"))
    score = labels.compare(truth, Prediction(figid="w1", lines=(line("JAK2"),)))
    (miss,) = score.missed
    assert (miss.figid, miss.text, miss.font_px, miss.instead) == ("w1", "IKKβ", 7.5, ("JAK2",))


def test_measures_are_over_the_labels_of_all_figures() -> None:
    scores = [labels.compare(drawn(label("A1"), label("B1", ncbigene=("1",))), None), labels.LabelScore(
        read=3, labels=3, named=2, with_id=2, missed=()
    )]  # fmt: skip
    read, named = labels.measures(scores)
    assert (read.name, read.value, read.count) == ("labels.exact", 3 / 5, 5)
    assert (named.name, named.value, named.count) == ("labels.id", 2 / 3, 3)
